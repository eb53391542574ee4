/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "core/report.h"
#include "core/xalloc.h"

void
report_by_rows(struct report_table *t, const bool *columns,
    bool has_total_row, bool has_total_column)
{
	report_totals(t, columns, has_total_row, has_total_column);
	t->by_rows = true;
}

/* ---- tables whose totals stand elsewhere, too ---- */

static struct report_cell *
cell_at(const struct report_table *t, size_t row, size_t column)
{
	return &t->cells[row * t->ncolumns + column];
}

static bool
is_counted(const struct report_cell *c)
{
	return c->type == REPORT_COUNT || c->type == REPORT_RANGE;
}

static bool
is_few(const struct report_cell *c)
{
	return is_counted(c) && ((c->count > 0 &&
	    c->count < SUPPRESS_BELOW) || (c->upper > 0 &&
	    c->upper < SUPPRESS_BELOW));
}

static size_t
rows_of(const struct report_table *t)
{
	return t->nrows - (t->total_row && t->nrows > 0);
}

/*
 * What one end of a column's counts asks to be hidden; true when its total
 * would be, too, though it is not small itself.
 */
static bool
column_end(const struct report_table *t, size_t column, bool upper,
    bool *hidden)
{
	const size_t rows = rows_of(t);
	uint64_t *counts = xcalloc(rows, sizeof(*counts));
	struct suppressed s;
	bool total;

	for (size_t r = 0; r < rows; r++) {
		const struct report_cell *c = cell_at(t, r, column);

		if (is_counted(c))
			counts[r] = upper ? c->upper : c->count;
	}
	suppress(&(struct count_table){.rows = rows, .columns = 1,
	    .counts = counts, .column_totals = t->total_row}, &s);
	for (size_t r = 0; r < rows; r++)
		hidden[r] = hidden[r] || s.cells[r] != CELL_SHOWN;
	total = t->total_row && s.column_total[0] == CELL_SECONDARY;
	suppressed_release(&s);
	free(counts);
	return total;
}

/* The total stays; where that would tell a part, all parts go. */
static void
publish_column(struct report_table *t, size_t column)
{
	const size_t rows = rows_of(t);
	bool *hidden, all;

	if (rows == 0)
		return;
	hidden = xcalloc(rows, sizeof(*hidden));
	all = column_end(t, column, false, hidden);
	all = column_end(t, column, true, hidden) || all;
	for (size_t r = 0; r < rows; r++)
		if (all || hidden[r])
			report_hide(cell_at(t, r, column));
	if (t->total_row && is_few(cell_at(t, rows, column)))
		report_hide(cell_at(t, rows, column));
	free(hidden);
}

/* True when any of them is, or has to be, hidden: then all are. */
static bool
publish_parts(struct report_table *t, size_t row, size_t margin)
{
	bool any = cell_at(t, row, margin)->type == REPORT_SUPPRESSED;

	for (size_t i = 0; i < margin; i++)
		any = any || (t->marked[i] && is_few(cell_at(t, row, i)));
	for (size_t i = 0; any && i < margin; i++)
		if (t->marked[i])
			report_hide(cell_at(t, row, i));
	return any;
}

static size_t
last_marked(const struct report_table *t)
{
	size_t last = t->ncolumns;

	while (last > 0 && !t->marked[last - 1])
		last--;
	return last - 1;
}

/* Totals of columns under hidden parts would tell them. */
static void
publish_rows(struct report_table *t, size_t margin)
{
	const size_t rows = rows_of(t);
	bool any = false;

	for (size_t r = 0; r < rows; r++)
		any = publish_parts(t, r, margin) || any;
	if (!t->total_row)
		return;
	(void)publish_parts(t, rows, margin);
	for (size_t i = 0; any && i < margin; i++)
		if (t->marked[i])
			report_hide(cell_at(t, rows, i));
}

void
report_suppress_rows(struct report_table *t)
{
	const size_t margin = last_marked(t);

	if (t->total_column && margin < t->ncolumns) {
		publish_column(t, margin);
		publish_rows(t, margin);
	} else {
		for (size_t i = 0; i < t->ncolumns; i++)
			if (t->marked[i])
				publish_column(t, i);
	}
	report_hide_worked_out(t);
}
