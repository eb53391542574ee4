/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/report_kids.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

void
kids_init(struct kids *k, const struct facts *f)
{
	k->f = f;
	fact_children(f, false, &k->of[0]);
	fact_children(f, true, &k->of[1]);
}

void
kids_release(struct kids *k)
{
	fact_children_release(&k->of[0]);
	fact_children_release(&k->of[1]);
}

const char *const *
kids_classes(void)
{
	static const char *const heads[] = {
		"Known victims", "At high risk", "Potential victims"
	};

	return heads;
}

size_t
kids_class(const struct kids *k, const struct child_facts *c)
{
	(void)k;
	return c->class < CLASS_NONE ? (size_t)c->class : SIZE_MAX;
}

/* ---- one child in one row ---- */

#define NO_COLUMN SIZE_MAX

struct mark {
	uint32_t key;
	size_t column;
	unsigned side;
	const struct child_facts *child;
};
struct marks {
	struct mark *list;
	size_t n, cap;
};

static void
add_mark(struct marks *m, uint32_t key, size_t column, unsigned side,
    const struct child_facts *c)
{
	m->list = vec_room(m->list, m->n, &m->cap, sizeof(*m->list));
	m->list[m->n++] = (struct mark){key, column, side, c};
}

static void
mark_child(const struct kids *k, const struct kids_table *d,
    const struct child_facts *c, unsigned side, struct marks *m)
{
	uint32_t keys[KIDS_KEYS_MAX];
	size_t column = d->column(k, c), n;

	if (column == SIZE_MAX && !d->all_rows)
		return;
	n = d->keys(k, c, keys);
	for (size_t i = 0; i < n; i++)
		add_mark(m, keys[i], column, side, c);
}

static void
mark_all(const struct kids *k, const struct kids_table *d, struct marks *m)
{
	for (unsigned side = 0; side < 2; side++)
		for (size_t i = 0; i < k->of[side].n; i++)
			mark_child(k, d, &k->of[side].list[i], side, m);
}

static int
by_mark(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

/* ---- which rows ---- */

struct row_name {
	uint32_t key;
	char *label, *folded;
};
struct rows {
	struct row_name *list;
	size_t n, cap;
};

static void
add_row(const struct kids *k, const struct kids_table *d, uint32_t key,
    struct rows *r)
{
	struct row_name *row;
	struct str label, folded;

	str_init(&label);
	str_init(&folded);
	if (key == KIDS_SMALL)
		str_add(&label, "Others, fewer than 5 children each");
	else if (key == KIDS_TWO)
		str_add(&label, "Recorded in two ways");
	else
		d->label(k, key, &label);
	utf8_fold(&folded, label.s, label.len);
	r->list = vec_room(r->list, r->n, &r->cap, sizeof(*r->list));
	row = &r->list[r->n++];
	row->key = key;
	row->label = str_take(&label);
	row->folded = str_take(&folded);
}

/* What is of no name or of many stands last. */
static int
by_label(const void *a, const void *b)
{
	const struct row_name *x = a, *y = b;
	int last = (x->key >= KIDS_TWO) - (y->key >= KIDS_TWO);
	int d = last != 0 ? last : strcmp(x->folded, y->folded);

	return d != 0 ? d : x->key < y->key ? -1 : x->key > y->key;
}

static void
find_rows(const struct kids *k, const struct kids_table *d,
    const struct marks *m, struct rows *r)
{
	for (size_t i = 0; i < m->n; i++) {
		uint32_t key = m->list[i].key;
		uint32_t next = r->n > 0 ? r->list[r->n - 1].key + 1 : key;

		if (r->n > 0 && r->list[r->n - 1].key == key)
			continue;
		while (d->by_key && next < key && key < KIDS_TWO)
			add_row(k, d, next++, r);
		add_row(k, d, key, r);
	}
	if (r->n > 0 && !d->by_key)
		qsort(r->list, r->n, sizeof(*r->list), by_label);
}

static void
rows_release(struct rows *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->list[i].label);
		free(r->list[i].folded);
	}
	free(r->list);
	memset(r, 0, sizeof(*r));
}

/* Of very many rows, those of fewer than 5 children under either linkage. */
static void
put_small_together(struct marks *m)
{
	for (size_t i = 0, to; i < m->n; i = to) {
		size_t count[2] = {0, 0};

		for (to = i; to < m->n && m->list[to].key ==
		    m->list[i].key; to++)
			count[m->list[to].side] +=
			    m->list[to].column != NO_COLUMN;
		for (size_t n = i; n < to && count[0] < SUPPRESS_BELOW &&
		    count[1] < SUPPRESS_BELOW &&
		    m->list[i].key != NO_WORD; n++)
			m->list[n].key = KIDS_SMALL;
	}
}

static void
sort_marks(struct marks *m)
{
	if (m->n > 0)
		qsort(m->list, m->n, sizeof(*m->list), by_mark);
}

/* ---- counting ---- */

struct sum {
	uint64_t n[2];
	uint32_t *cases;
	size_t ncases, cap;
};

static void
count_in(struct sum *s, const struct mark *m)
{
	s->n[m->side]++;
	for (size_t i = 0; i < m->child->n; i++) {
		s->cases = vec_room(s->cases, s->ncases, &s->cap,
		    sizeof(*s->cases));
		s->cases[s->ncases++] = m->child->rows[i];
	}
}

static int
by_case(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Hands the cases over, each once. */
static void
set_cell(struct report_cell *c, struct sum *s)
{
	size_t n = 0;

	if (s->ncases > 0)
		qsort(s->cases, s->ncases, sizeof(*s->cases), by_case);
	for (size_t i = 0; i < s->ncases; i++)
		if (n == 0 || s->cases[n - 1] != s->cases[i])
			s->cases[n++] = s->cases[i];
	report_range(c, s->n[0], s->n[1]);
	report_cases(c, s->cases, n);
}

static size_t
row_of(const struct rows *r, uint32_t key)
{
	size_t i = 0;

	while (i < r->n && r->list[i].key != key)
		i++;
	return i;
}

/* One more row and column than there are: of totals. */
static struct sum *
count_all(const struct kids_table *d, const struct marks *m,
    const struct rows *r)
{
	size_t wide = d->ncolumns + 1, row = 0;
	struct sum *sums = xcalloc((r->n + 1) * wide, sizeof(*sums));

	for (size_t i = 0; i < m->n; i++) {
		const struct mark *one = &m->list[i];

		if (i == 0 || m->list[i - 1].key != one->key)
			row = row_of(r, one->key);
		if (one->column == NO_COLUMN)
			continue;
		count_in(&sums[row * wide + one->column], one);
		count_in(&sums[row * wide + d->ncolumns], one);
		count_in(&sums[r->n * wide + one->column], one);
		count_in(&sums[r->n * wide + d->ncolumns], one);
	}
	return sums;
}

/* ---- the table ---- */

static struct report_table *
add_table(const struct kids_table *d, struct report *out)
{
	size_t n = 0;
	const char **heads = xcalloc(d->ncolumns + d->nmore + 2,
	    sizeof(*heads));
	struct report_table *t;

	heads[n++] = d->head;
	for (size_t i = 0; i < d->ncolumns; i++)
		heads[n++] = d->columns[i];
	heads[n++] = "All";
	for (size_t i = 0; i < d->nmore; i++)
		heads[n++] = d->more[i];
	t = report_table_add(out, d->id, d->title, heads, n);
	report_note(t, d->note);
	t->chart = d->ncolumns + 1;
	free(heads);
	return t;
}

static void
say_totals(const struct kids_table *d, struct report_table *t)
{
	bool *columns = xcalloc(t->ncolumns, sizeof(*columns));

	for (size_t i = 0; i <= d->ncolumns; i++)
		columns[i + 1] = true;
	report_totals(t, columns, d->totals, true);
	if (d->totals)
		report_share_totals(t, d->group != 0 ? d->group : 1);
	free(columns);
}

static void
fill_rows(const struct kids_table *d, const struct rows *r,
    struct sum *sums, struct report_table *t)
{
	size_t wide = d->ncolumns + 1;

	for (size_t i = 0; i <= r->n; i++) {
		struct report_cell *row;

		if (i == r->n && !d->totals) {
			for (size_t k = 0; k < wide; k++)
				free(sums[i * wide + k].cases);
			continue;
		}
		row = report_row(t);
		report_text(&row[0], i < r->n ? r->list[i].label : "All");
		for (size_t k = 0; k < wide; k++)
			set_cell(&row[k + 1], &sums[i * wide + k]);
	}
}

uint32_t *
kids_add(const struct kids *k, const struct kids_table *d,
    struct report *out, size_t *n)
{
	struct report_table *t = add_table(d, out);
	struct marks m = {.n = 0};
	struct rows r = {.n = 0};
	struct sum *sums;
	uint32_t *keys;

	mark_all(k, d, &m);
	sort_marks(&m);
	find_rows(k, d, &m, &r);
	if (r.n > KIDS_MANY) {
		put_small_together(&m);
		sort_marks(&m);
		rows_release(&r);
		find_rows(k, d, &m, &r);
	}
	sums = count_all(d, &m, &r);
	fill_rows(d, &r, sums, t);
	say_totals(d, t);
	keys = xcalloc(r.n + 1, sizeof(*keys));
	for (size_t i = 0; i < r.n; i++)
		keys[i] = r.list[i].key;
	*n = r.n;
	rows_release(&r);
	free(sums);
	free(m.list);
	return keys;
}

bool
kids_has_key(const uint32_t *list, size_t n, uint32_t word)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == word)
			return true;
	return false;
}
