/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

/* ---- making ---- */

void
report_init(struct report *r, const char *name, const char *title,
    const struct joined_window *w)
{
	memset(r, 0, sizeof(*r));
	r->name = xstrdup(name);
	r->title = xstrdup(title);
	r->window = *w;
}

static void
table_release(struct report_table *t)
{
	for (size_t i = 0; i < t->nrows * t->ncolumns; i++) {
		free(t->cells[i].text);
		free(t->cells[i].cases);
		free(t->cells[i].of_rows);
	}
	for (size_t i = 0; i < t->ncolumns; i++)
		free(t->heads[i]);
	free(t->cells);
	free(t->heads);
	free(t->marked);
	free(t->id);
	free(t->title);
	free(t->note);
}

void
report_release(struct report *r)
{
	for (size_t i = 0; i < r->n; i++)
		table_release(&r->tables[i]);
	free(r->tables);
	free(r->name);
	free(r->title);
	memset(r, 0, sizeof(*r));
}

struct report_table *
report_table_add(struct report *r, const char *id, const char *title,
    const char *const *heads, size_t n)
{
	struct report_table *t;

	r->tables = vec_room(r->tables, r->n, &r->cap, sizeof(*r->tables));
	t = &r->tables[r->n++];
	t->id = xstrdup(id);
	t->title = xstrdup(title);
	t->note = xstrdup("");
	t->heads = xcalloc(n, sizeof(*t->heads));
	for (size_t i = 0; i < n; i++)
		t->heads[i] = xstrdup(heads[i]);
	t->ncolumns = n;
	t->chart = SIZE_MAX;
	return t;
}

void
report_note(struct report_table *t, const char *note)
{
	free(t->note);
	t->note = xstrdup(note);
}

struct report_cell *
report_row(struct report_table *t)
{
	struct report_cell *row;

	t->cells = vec_room(t->cells, t->nrows, &t->caprows,
	    t->ncolumns * sizeof(*t->cells));
	row = &t->cells[t->nrows++ * t->ncolumns];
	for (size_t i = 0; i < t->ncolumns; i++)
		row[i] = (struct report_cell){.type = REPORT_NONE};
	return row;
}

void
report_text(struct report_cell *c, const char *text)
{
	free(c->text);
	c->type = REPORT_TEXT;
	c->text = xstrdup(text);
}

void
report_count(struct report_cell *c, uint64_t n)
{
	c->type = REPORT_COUNT;
	c->count = c->upper = n;
}

void
report_range(struct report_cell *c, uint64_t lower, uint64_t upper)
{
	c->type = lower == upper ? REPORT_COUNT : REPORT_RANGE;
	c->count = lower;
	c->upper = upper;
}

static void
set_of(struct report_cell *c, enum report_cell_type type, uint64_t part,
    uint64_t whole)
{
	c->type = whole > 0 ? type : REPORT_NONE;
	c->count = c->upper = part;
	c->of = whole;
}

void
report_share(struct report_cell *c, uint64_t part, uint64_t whole)
{
	set_of(c, REPORT_SHARE, part, whole);
}

void
report_rate(struct report_cell *c, uint64_t part, uint64_t whole)
{
	set_of(c, REPORT_RATE, part, whole);
}

void
report_rate_range(struct report_cell *c, uint64_t lower, uint64_t upper,
    uint64_t whole)
{
	set_of(c, REPORT_RATE, lower, whole);
	c->upper = upper;
}

void
report_of_rows(struct report_cell *c, size_t table, size_t *rows, size_t n)
{
	free(c->of_rows);
	c->of_table = table;
	c->of_rows = rows;
	c->nof_rows = n;
}

void
report_cases(struct report_cell *c, uint32_t *cases, size_t n)
{
	free(c->cases);
	c->cases = cases;
	c->ncases = n;
}

/* ---- suppressing ---- */

/* Columns that are marked, but for one of totals, and where that is. */
struct marked {
	size_t *list;
	size_t n, total;	/* total: SIZE_MAX without */
};

static struct marked
marked_of(const struct report_table *t, const bool *columns, bool has_total)
{
	struct marked m = {xcalloc(t->ncolumns, sizeof(size_t)), 0, SIZE_MAX};

	for (size_t i = 0; i < t->ncolumns; i++)
		if (columns[i])
			m.list[m.n++] = i;
	if (has_total && m.n > 1)
		m.total = m.list[--m.n];
	return m;
}

void
report_hide(struct report_cell *c)
{
	if (c->type == REPORT_TEXT || c->type == REPORT_NONE)
		return;
	c->type = REPORT_SUPPRESSED;
	c->count = c->upper = c->of = 0;
	free(c->cases);
	c->cases = NULL;
	c->ncases = 0;
}

static bool
is_few(uint64_t n)
{
	return n > 0 && n < SUPPRESS_BELOW;
}

/* What was worked out from a hidden count would give it back. */
void
report_hide_worked_out(struct report_table *t)
{
	for (size_t r = 0; r < t->nrows; r++) {
		struct report_cell *row = &t->cells[r * t->ncolumns];
		bool any = false;

		for (size_t i = 0; i < t->ncolumns; i++)
			any = any || row[i].type == REPORT_SUPPRESSED;
		for (size_t i = 0; i < t->ncolumns; i++) {
			struct report_cell *c = &row[i];

			if ((c->type == REPORT_SHARE ||
			    c->type == REPORT_RATE) && (any ||
			    is_few(c->count) || is_few(c->upper) ||
			    is_few(c->of - c->count) ||
			    is_few(c->of - c->upper)))
				report_hide(c);
		}
	}
}

static void
hide_found(struct report_table *t, const struct marked *m, size_t rows,
    const struct suppressed *s)
{
	for (size_t r = 0; r < rows; r++) {
		struct report_cell *row = &t->cells[r * t->ncolumns];

		for (size_t k = 0; k < m->n; k++)
			if (s->cells[r * m->n + k] != CELL_SHOWN)
				report_hide(&row[m->list[k]]);
		if (m->total != SIZE_MAX && s->row_total[r] != CELL_SHOWN)
			report_hide(&row[m->total]);
	}
	if (rows == t->nrows)
		return;
	for (size_t k = 0; k < m->n; k++)
		if (s->column_total[k] != CELL_SHOWN)
			report_hide(&t->cells[rows * t->ncolumns + m->list[k]]);
	if (m->total != SIZE_MAX && s->grand_total != CELL_SHOWN)
		report_hide(&t->cells[rows * t->ncolumns + m->total]);
}

/* One end of the ranges; of a count both are the same. */
static uint64_t *
ends(const struct report_table *t, const struct marked *m, size_t rows,
    bool upper)
{
	uint64_t *out = xcalloc(rows * m->n, sizeof(*out));

	for (size_t i = 0; i < rows * m->n; i++) {
		const struct report_cell *c = &t->cells[i / m->n *
		    t->ncolumns + m->list[i % m->n]];

		if (c->type == REPORT_COUNT || c->type == REPORT_RANGE)
			out[i] = upper ? c->upper : c->count;
	}
	return out;
}

void
report_suppress(struct report_table *t, const bool *columns,
    bool has_total_row, bool has_total_column)
{
	struct marked m = marked_of(t, columns, has_total_column);
	bool total_row = has_total_row && t->nrows > 0;
	size_t rows = t->nrows - total_row;
	uint64_t *counts[2];
	struct suppressed s;

	if (rows > 0 && m.n > 0) {
		counts[0] = ends(t, &m, rows, false);
		counts[1] = ends(t, &m, rows, true);
		for (int i = 0; i < 2; i++) {
			suppress(&(struct count_table){rows, m.n, counts[i],
			    m.total != SIZE_MAX, total_row,
			    total_row && m.total != SIZE_MAX,
			    t->shared != 0 && total_row}, &s);
			hide_found(t, &m, rows, &s);
			suppressed_release(&s);
			free(counts[i]);
		}
	}
	report_hide_worked_out(t);
	free(m.list);
}

void
report_totals(struct report_table *t, const bool *columns,
    bool has_total_row, bool has_total_column)
{
	free(t->marked);
	t->marked = xcalloc(t->ncolumns, sizeof(*t->marked));
	memcpy(t->marked, columns, t->ncolumns * sizeof(*t->marked));
	t->total_row = has_total_row;
	t->total_column = has_total_column;
}

static void
mark_counts(struct report_table *t)
{
	t->marked = xcalloc(t->ncolumns, sizeof(*t->marked));
	for (size_t i = 0; i < t->nrows * t->ncolumns; i++)
		if (t->cells[i].type == REPORT_COUNT ||
		    t->cells[i].type == REPORT_RANGE)
			t->marked[i % t->ncolumns] = true;
}

void
report_share_totals(struct report_table *t, unsigned group)
{
	t->shared = t->total_row ? group : 0;
}

static bool
row_hides(const struct report_table *t, size_t row, size_t column)
{
	const struct report_cell *cells = &t->cells[row * t->ncolumns];

	for (size_t i = 0; i < t->ncolumns; i++)
		if ((column == 0 || column == i) &&
		    cells[i].type == REPORT_SUPPRESSED)
			return true;
	return false;
}

static void
hide_of_rows(const struct report *r, struct report_table *t)
{
	for (size_t i = 0; i < t->nrows * t->ncolumns; i++)
		for (size_t k = 0; k < t->cells[i].nof_rows; k++)
			if (row_hides(&r->tables[t->cells[i].of_table],
			    t->cells[i].of_rows[k], t->cells[i].of_column))
				report_hide(&t->cells[i]);
}

static bool
is_few_cell(const struct report_cell *c)
{
	return (c->type == REPORT_COUNT || c->type == REPORT_RANGE) &&
	    (is_few(c->count) || is_few(c->upper));
}

/* Which totals that tables share are under 5: of a column, and of all. */
static void
look_at_shared(const struct report_table *t, bool *column, bool *all)
{
	struct marked m = marked_of(t, t->marked, t->total_column);
	const struct report_cell *row = &t->cells[(t->nrows - 1) *
	    t->ncolumns];

	for (size_t i = 0; i < m.n; i++)
		*column = *column || is_few_cell(&row[m.list[i]]);
	if (m.total != SIZE_MAX)
		*all = *all || is_few_cell(&row[m.total]);
	else
		*all = *all || *column;
	free(m.list);
}

/* Hides marked columns, but for that of totals unless `all`. */
static void
hide_columns(struct report_table *t, bool all)
{
	struct marked m = marked_of(t, t->marked, t->total_column);

	for (size_t r = 0; r < t->nrows; r++) {
		struct report_cell *row = &t->cells[r * t->ncolumns];

		for (size_t i = 0; i < m.n; i++)
			report_hide(&row[m.list[i]]);
		if (all && m.total != SIZE_MAX)
			report_hide(&row[m.total]);
	}
	for (size_t i = 0; i < m.n; i++)
		t->marked[m.list[i]] = false;
	t->total_column = false;
	if (all && m.total != SIZE_MAX)
		t->marked[m.total] = false;
	free(m.list);
}

/* What the group of a table cannot publish at all. */
static void
look_at_group(const struct report *r, unsigned group, bool *column,
    bool *all)
{
	*column = *all = false;
	for (size_t i = 0; group != 0 && i < r->n; i++)
		if (r->tables[i].shared == group && r->tables[i].nrows > 0)
			look_at_shared(&r->tables[i], column, all);
}

void
report_publish(struct report *r)
{
	bool column, all;

	for (size_t i = 0; i < r->n; i++)
		if (r->tables[i].marked == NULL)
			mark_counts(&r->tables[i]);
	/* The totals are looked at before any is hidden. */
	for (size_t i = 0; i < r->n; i++) {
		struct report_table *t = &r->tables[i];

		look_at_group(r, t->shared, &column, &all);
		t->hide = all ? HIDE_ALL : column ? HIDE_COLUMNS : HIDE_CELLS;
	}
	for (size_t i = 0; i < r->n; i++) {
		struct report_table *t = &r->tables[i];

		if (t->hide != HIDE_CELLS)
			hide_columns(t, t->hide == HIDE_ALL);
		if (t->by_rows) {
			report_suppress_rows(t);
			continue;
		}
		report_suppress(t, t->marked, t->total_row, t->total_column);
	}
	for (size_t i = 0; i < r->n; i++)
		hide_of_rows(r, &r->tables[i]);
}

/* ---- words ---- */

/* One decimal, rounded half up, without a floating point's doubts. */
static void
add_tenths(struct str *out, uint64_t part, uint64_t per, uint64_t whole)
{
	uint64_t tenths = (part * per * 20 / whole + 1) / 2;

	str_add_fmt(out, "%" PRIu64 ".%" PRIu64, tenths / 10, tenths % 10);
}

static uint64_t
least_of(const struct report_cell *c)
{
	return c->count < c->upper ? c->count : c->upper;
}

static uint64_t
most_of(const struct report_cell *c)
{
	return c->count < c->upper ? c->upper : c->count;
}

void
report_cell_words(const struct report_cell *c, struct str *out)
{
	switch (c->type) {
	case REPORT_TEXT:
		str_add(out, c->text);
		return;
	case REPORT_COUNT:
		str_add_fmt(out, "%" PRIu64, c->count);
		return;
	case REPORT_RANGE:
		str_add_fmt(out, "%" PRIu64 " to %" PRIu64, least_of(c),
		    most_of(c));
		return;
	case REPORT_RATE:
		add_tenths(out, least_of(c), 10000, c->of);
		if (c->upper == c->count)
			return;
		str_add(out, " to ");
		add_tenths(out, most_of(c), 10000, c->of);
		return;
	case REPORT_SHARE:
		add_tenths(out, c->count, 100, c->of);
		str_add_fmt(out, "%% of %" PRIu64, c->of);
		return;
	case REPORT_SUPPRESSED:
		str_add(out, "c");
		return;
	case REPORT_NONE:
	default:
		str_add(out, "-");
	}
}

/* ---- paper ---- */

static void
add_wide(struct paper *p, const struct report_table *t, size_t row,
    struct str *words)
{
	const struct report_cell *cells = &t->cells[row * t->ncolumns];

	for (size_t i = 0; i < t->ncolumns; i++) {
		str_clear(words);
		report_cell_words(&cells[i], words);
		paper_field(p, t->heads[i], words->s);
	}
}

static void
add_row(struct paper *p, const struct report_table *t, size_t row)
{
	struct str words[PAPER_COLUMNS_MAX];
	const char *texts[PAPER_COLUMNS_MAX];

	for (size_t i = 0; i < t->ncolumns; i++) {
		str_init(&words[i]);
		report_cell_words(&t->cells[row * t->ncolumns + i],
		    &words[i]);
		texts[i] = words[i].s;
	}
	paper_row(p, texts, t->ncolumns);
	for (size_t i = 0; i < t->ncolumns; i++)
		str_release(&words[i]);
}

static void
add_table(struct paper *p, const struct report_table *t)
{
	bool narrow = t->ncolumns <= PAPER_COLUMNS_MAX;
	const char *heads[PAPER_COLUMNS_MAX];
	int widths[PAPER_COLUMNS_MAX];
	struct str words;

	paper_add(p, PAPER_HEADING, t->title);
	for (size_t i = 0; narrow && i < t->ncolumns; i++) {
		heads[i] = t->heads[i];
		widths[i] = i == 0 ? 3 : 1;
	}
	if (narrow && t->nrows > 0)
		paper_table(p, heads, widths, t->ncolumns);
	str_init(&words);
	for (size_t r = 0; r < t->nrows; r++) {
		if (narrow)
			add_row(p, t, r);
		else
			add_wide(p, t, r, &words);
	}
	str_release(&words);
	if (t->nrows == 0)
		paper_add(p, PAPER_TEXT, "Nothing to count.");
	if (t->note[0] != '\0')
		paper_add(p, PAPER_SMALL, t->note);
}

void
report_window_words(const struct joined_window *w, struct str *out)
{
	char from[SPAN_WORDS_MAX] = "the beginning", to[SPAN_WORDS_MAX] = "now";
	struct span day;

	if (w->from != DAY_NONE) {
		day = span_of_day(w->from);
		span_words(&day, from);
	}
	if (w->to != DAY_NONE) {
		day = span_of_day(w->to);
		span_words(&day, to);
	}
	str_add_fmt(out, "From %s to %s.", from, to);
}

void
report_paper(const struct report *r, const char *made, struct paper *p)
{
	struct str words;

	paper_init(p, r->title, "", r->personal ? PAPER_CLASSIFICATION :
	    "OFFICIAL-SENSITIVE", made);
	str_init(&words);
	if (!r->no_cases)
		report_window_words(&r->window, &words);
	if (!r->whole && !r->personal && !r->no_cases)
		str_add(&words, " \"c\": not shown, because it is under 5 or "
		    "would tell a count that is.");
	if (words.len > 0)
		paper_add(p, PAPER_TEXT, words.s);
	str_release(&words);
	if (r->whole)
		paper_add(p, PAPER_NOTICE, "Whole: nothing is suppressed. Not "
		    "for publication: small counts can tell who a child is.");
	for (size_t i = 0; i < r->n; i++)
		add_table(p, &r->tables[i]);
}
