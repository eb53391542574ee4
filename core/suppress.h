/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables that may be published: counts from 1 to 4 are suppressed, and then
 * so many others that no suppressed count can be worked out from what is
 * shown: rows, columns and totals together (secondary suppression).
 *
 * A table with its totals is a circulation: the grand total flows out to the
 * rows, through the cells to the columns, and back.  What is shown is fixed;
 * by how much a suppressed count could be another is the most that can flow
 * round through suppressed ones alone (Gusfield 1988, "A graph theoretic
 * approach to statistical data security").  Pure.
 */
#ifndef HEARKEN_CORE_SUPPRESS_H
#define HEARKEN_CORE_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SUPPRESS_BELOW 5u
/*
 * Rows or columns of a table that is looked at count by count; a larger one
 * with totals and a small count shows none.
 */
#define SUPPRESS_SIDE_MAX 400u

/* Published with the same sign: it must not tell which count is small. */
enum cell_state { CELL_SHOWN, CELL_SMALL, CELL_SECONDARY };

struct count_table {
	size_t rows, columns;		/* at least 1 */
	const uint64_t *counts;		/* rows x columns; borrowed */
	bool row_totals, column_totals, grand_total;	/* which are published */
	/*
	 * Column totals and the grand total are known from elsewhere: they
	 * stay, and none of them is from 1 to 4.
	 */
	bool fixed;
};
struct suppressed {
	enum cell_state *cells;		/* rows x columns; owned */
	enum cell_state *row_total, *column_total;	/* owned */
	enum cell_state grand_total;
};
/*
 * Afterwards each count of 1 to 4, totals too, could be any of a range at
 * least SUPPRESS_BELOW wide.
 */
void suppress(const struct count_table *t, struct suppressed *out);
void suppressed_release(struct suppressed *s);
/*
 * The least and the most that a cell can be by what is shown, none being
 * below 0; the most is told up to SUPPRESS_BELOW above what it is.
 */
void suppress_bounds(const struct count_table *t, const struct suppressed *s,
    size_t row, size_t column, uint64_t *least, uint64_t *most);

#endif
