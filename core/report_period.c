/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/report_period.h"

#include <stdlib.h>

#include "core/xalloc.h"

#define QUARTERS_MAX 400	/* a century: what was dated before is in the first */

static int32_t
quarter_of(int32_t day)
{
	struct civil c = day_to_civil(day);

	return (int32_t)c.year * 4 + (c.month - 1) / 3;
}

struct quarters
quarters_of(const struct facts *f)
{
	int32_t from = f->window.from, to = f->window.to;
	struct quarters q;

	if (to == DAY_NONE)
		to = f->today;
	if (from == DAY_NONE) {
		from = to;
		for (size_t i = 0; i < f->nevents; i++)
			if (f->events[i].day < from)
				from = f->events[i].day;
	}
	q.first = quarter_of(from < to ? from : to);
	q.n = (size_t)(quarter_of(to) - q.first) + 1;
	if (q.n > QUARTERS_MAX) {
		q.first += (int32_t)(q.n - QUARTERS_MAX);
		q.n = QUARTERS_MAX;
	}
	return q;
}

void
quarter_words(const struct quarters *q, size_t i, struct str *out)
{
	const int32_t at = q->first + (int32_t)i;
	const int month = at % 4 * 3 + 1;

	str_add_fmt(out, "%s to %s %d", month_name(month),
	    month_name(month + 2), at / 4);
}

static size_t
row_of(const struct quarters *q, int32_t day)
{
	const int32_t at = quarter_of(day) - q->first;

	if (at < 0)
		return 0;
	return (size_t)at < q->n ? (size_t)at : q->n - 1;
}

/* ---- counting ---- */

/* Events that count, by cell: a list of rows each, as they came. */
struct grid {
	const struct facts *f;
	const struct quarters *q;
	const struct quarter_table *t;
	size_t columns;
	uint64_t *counts;		/* (n + 1) x columns */
	size_t *seen, cells;	/* by case: the last cell that has it */
};

static void
grid_count(struct grid *g)
{
	const size_t last = g->columns - 1;

	for (size_t i = 0; i < g->f->nevents; i++) {
		const struct fact_event *v = &g->f->events[i];
		size_t column = g->t->column(v, g->t), row;

		if (column >= g->t->n)
			continue;
		row = row_of(g->q, v->day);
		g->counts[row * g->columns + column]++;
		g->counts[row * g->columns + last]++;
		g->counts[g->q->n * g->columns + column]++;
		g->counts[g->q->n * g->columns + last]++;
	}
}

static bool
is_of(const struct grid *g, const struct fact_event *v, size_t row,
    size_t column)
{
	const size_t at = g->t->column(v, g->t);

	return at < g->t->n && (column == g->columns - 1 || at == column) &&
	    (row == g->q->n || row_of(g->q, v->day) == row);
}

/* Each case once. */
static void
give_cases(struct grid *g, size_t row, size_t column,
    struct report_cell *c)
{
	const uint64_t count = g->counts[row * g->columns + column];
	uint32_t *list;
	size_t n = 0;

	if (count == 0)
		return;
	list = xcalloc((size_t)count, sizeof(*list));
	g->cells++;
	for (size_t i = 0; i < g->f->nevents; i++) {
		const struct fact_event *v = &g->f->events[i];

		if (!is_of(g, v, row, column) || g->seen[v->row] == g->cells)
			continue;
		g->seen[v->row] = g->cells;
		list[n++] = v->row;
	}
	report_cases(c, list, n);
}

static void
add_row(struct report_table *out, struct grid *g, size_t row)
{
	struct report_cell *cells = report_row(out);
	struct str words;

	str_init(&words);
	if (row == g->q->n)
		str_add(&words, "All");
	else
		quarter_words(g->q, row, &words);
	report_text(&cells[0], words.s);
	str_release(&words);
	for (size_t i = 0; i < g->columns; i++) {
		report_count(&cells[i + 1],
		    g->counts[row * g->columns + i]);
		give_cases(g, row, i, &cells[i + 1]);
	}
}

struct report_table *
report_quarters(struct report *r, const struct facts *f,
    const struct quarters *q, const struct quarter_table *t)
{
	const char *heads[QUARTER_COLUMNS_MAX + 2] = {"Quarter"};
	bool marked[QUARTER_COLUMNS_MAX + 2] = {false};
	struct grid g = {.f = f, .q = q, .t = t, .columns = t->n + 1};
	struct report_table *out;

	for (size_t i = 0; i < t->n; i++)
		heads[i + 1] = t->heads[i];
	heads[t->n + 1] = "All";
	for (size_t i = 0; i <= t->n; i++)
		marked[i + 1] = true;
	out = report_table_add(r, t->id, t->title, heads, t->n + 2);
	report_note(out, t->note);
	g.counts = xcalloc((q->n + 1) * g.columns, sizeof(*g.counts));
	g.seen = xcalloc(f->n + 1, sizeof(*g.seen));
	grid_count(&g);
	for (size_t i = 0; i <= q->n; i++)
		add_row(out, &g, i);
	free(g.counts);
	free(g.seen);
	report_by_rows(out, marked, true, true);
	out->chart = t->n + 1;
	return out;
}

/* ---- months ---- */

static size_t
month_column(const struct fact_event *v, const struct quarter_table *t)
{
	return v->what != t->what ? SIZE_MAX :
	    (size_t)(day_to_civil(v->day).month - 1) % 3;
}

/* What happened in the first months of all quarters means nothing. */
void
report_months(struct report *r, const struct facts *f,
    const struct quarters *q, const struct quarter_table *t)
{
	static const char *const heads[] = {"First month", "Second month",
	    "Third month"};
	struct quarter_table by_month = *t;
	struct report_table *out;

	by_month.heads = heads;
	by_month.n = 3;
	by_month.column = month_column;
	out = report_quarters(r, f, q, &by_month);
	for (size_t i = 1; i <= 3; i++) {
		struct report_cell *c = &out->cells[q->n * out->ncolumns + i];

		report_cases(c, NULL, 0);
		c->type = REPORT_NONE;
		c->count = c->upper = 0;
	}
	out->months = true;
}

/* ---- parts of a whole ---- */

struct report_table *
report_parts(struct report *r, const char *id, const char *title,
    struct report_part *parts, size_t n)
{
	static const char *const heads[] = {"What", "How many", "Share"};
	static const bool marked[] = {false, true, false};
	struct report_table *t = report_table_add(r, id, title, heads, 3);
	uint64_t lower = 0, upper = 0;

	for (size_t i = 0; i < n; i++) {
		lower += parts[i].lower;
		upper += parts[i].upper;
	}
	for (size_t i = 0; i <= n; i++) {
		struct report_cell *row = report_row(t);

		report_text(&row[0], i < n ? parts[i].words : "All");
		report_range(&row[1], i < n ? parts[i].lower : lower,
		    i < n ? parts[i].upper : upper);
		if (i < n) {
			report_cases(&row[1], parts[i].cases,
			    parts[i].ncases);
			report_share(&row[2], parts[i].lower, lower);
		}
	}
	report_by_rows(t, marked, true, false);
	t->chart = 1;
	return t;
}
