/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What of a report may be published: small counts are hidden, and whatever
 * would tell them, in the same table and in every other one.
 */
#include "config.h"

#include "core/report.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

/* ---- one table ---- */

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

/* It says a number. */
static bool
is_told(const struct report_cell *c)
{
	return c->type != REPORT_TEXT && c->type != REPORT_NONE &&
	    c->type != REPORT_SUPPRESSED;
}

void
report_hide(struct report_cell *c)
{
	if (!is_told(c))
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

/* ---- tables together ---- */

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

/* A count with totals is told by these: then the table keeps all to itself. */
static void
hide_of_others(struct report_table *t, size_t i)
{
	struct report_cell *c = &t->cells[i];
	const bool counts = (c->type == REPORT_COUNT ||
	    c->type == REPORT_RANGE) && t->marked[i % t->ncolumns] &&
	    (t->total_row || t->total_column);

	report_hide(c);
	if (counts)
		hide_columns(t, true);
}

/* True when something was hidden that was not before. */
static bool
hide_of_rows(const struct report *r, struct report_table *t)
{
	bool more = false;

	for (size_t i = 0; i < t->nrows * t->ncolumns; i++) {
		const struct report_cell *c = &t->cells[i];
		bool hides = false;

		if (!is_told(c))
			continue;
		for (size_t k = 0; k < c->nof_rows && !hides; k++)
			hides = row_hides(&r->tables[c->of_table],
			    c->of_rows[k], c->of_column);
		if (hides)
			hide_of_others(t, i);
		more = more || hides;
	}
	return more;
}

/* What is hidden in one table may be what another was worked out of. */
static void
hide_until_stable(struct report *r)
{
	bool more;

	do {
		more = false;
		for (size_t i = 0; i < r->n; i++)
			more = hide_of_rows(r, &r->tables[i]) || more;
	} while (more);
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

/* ---- parts of nothing ---- */

/* What a table adds up, as it was before anything was hidden. */
struct adds {
	bool *columns;
	bool total_column;
};

static struct adds *
adds_of(const struct report *r)
{
	struct adds *out = xcalloc(r->n + 1, sizeof(*out));

	for (size_t i = 0; i < r->n; i++) {
		const struct report_table *t = &r->tables[i];

		out[i].columns = xcalloc(t->ncolumns, sizeof(bool));
		memcpy(out[i].columns, t->marked, t->ncolumns * sizeof(bool));
		out[i].total_column = t->total_column;
	}
	return out;
}

static bool
is_nothing(const struct report_cell *c)
{
	return (c->type == REPORT_COUNT || c->type == REPORT_RANGE) &&
	    c->upper == 0;
}

/* A part of a total that is shown as 0; true if it was hidden. */
static bool
show_nothing(const struct report_cell *total, struct report_cell *part)
{
	if (!is_nothing(total) || part->type != REPORT_SUPPRESSED)
		return false;
	part->type = REPORT_COUNT;
	return true;
}

static bool
show_parts(struct report_table *t, const struct marked *m)
{
	const size_t n = t->ncolumns;
	struct report_cell *last = &t->cells[(t->nrows - 1) * n];
	bool more = false;

	for (size_t r = 0; r < t->nrows; r++)
		for (size_t k = 0; k < m->n; k++) {
			struct report_cell *c = &t->cells[r * n + m->list[k]];

			if (m->total != SIZE_MAX)
				more |= show_nothing(&t->cells[r * n +
				    m->total], c);
			if (t->total_row && r + 1 < t->nrows)
				more |= show_nothing(&last[m->list[k]], c);
		}
	for (size_t r = 0; m->total != SIZE_MAX && t->total_row &&
	    r + 1 < t->nrows; r++)
		more |= show_nothing(&last[m->total],
		    &t->cells[r * n + m->total]);
	return more;
}

/*
 * No count is below 0: whoever reads that a total is 0 knows its parts, so
 * that to hide them would protect nothing and only look so.
 */
static void
show_parts_of_nothing(struct report *r, struct adds *adds)
{
	for (size_t i = 0; i < r->n; i++) {
		struct report_table *t = &r->tables[i];
		struct marked m = marked_of(t, adds[i].columns,
		    adds[i].total_column);

		while (t->nrows > 0 && show_parts(t, &m))
			;
		free(m.list);
		free(adds[i].columns);
	}
	free(adds);
}

void
report_publish(struct report *r)
{
	struct adds *adds;
	bool column, all;

	for (size_t i = 0; i < r->n; i++)
		if (r->tables[i].marked == NULL)
			mark_counts(&r->tables[i]);
	adds = adds_of(r);
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
	hide_until_stable(r);
	show_parts_of_nothing(r, adds);
}
