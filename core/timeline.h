/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small picture of a chronology: time across in weeks, months, quarters or
 * years, kinds of event down, how many in each cell, so that clusters of
 * missing episodes and of signs are seen at once.  Only entries that stand
 * are counted, each where its date begins; who is around the young person is
 * no event and is left out.  Pure: a table of numbers and its words.
 */
#ifndef HEARKEN_CORE_TIMELINE_H
#define HEARKEN_CORE_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/chronology.h"

/* Three episodes in thirty days: Derbyshire, as in content/deadlines. */
#define REPEAT_EPISODES 3
#define REPEAT_DAYS 30

enum timeline_unit {
	TIMELINE_WEEKS,
	TIMELINE_MONTHS,
	TIMELINE_QUARTERS,
	TIMELINE_YEARS
};

struct timeline_row {
	const char *id;		/* "missing", "sign"; a word of the filter */
	const char *label;	/* "Missing episodes" */
	unsigned *counts;	/* one a column; owned */
	bool *marked;		/* a third episode begins there; owned */
	unsigned total;		/* of the columns */
};

/* A run of episodes, each with two more in thirty days. */
struct timeline_run {
	int32_t first, last;	/* days on which the episodes began */
	size_t begins, episodes;	/* number of the first; how many */
};

struct timeline {
	enum timeline_unit unit;
	int cell;		/* columns of text that a column takes */
	int32_t *starts;	/* cols + 1 first days; owned */
	size_t cols;
	struct timeline_row *rows;	/* those with anything in them; owned */
	size_t nrows;
	struct timeline_run *runs;	/* owned */
	size_t nruns, capruns;
	size_t earlier;		/* entries before the first column */
};

/* Room for the labels of rows, a space behind them. */
#define TIMELINE_LABEL 18

/*
 * Counts the rows of t that are in `shown` (indexes in order; NULL: all n).
 * The finest unit is taken whose columns fit into `width` columns of text,
 * the labels taken off; where not even years fit, the last ones are shown.
 */
void timeline_make(const struct chronology *t, const size_t *shown, size_t n,
    const struct reading *g, int width, struct timeline *out);
void timeline_release(struct timeline *tl);

/* The column that a day falls into; tl->cols if it is before the first. */
size_t timeline_col(const struct timeline *tl, int32_t day);

/* Words of a column: the upper line ("2026" where a year begins, or "") ... */
void timeline_upper(const struct timeline *tl, size_t col, char out[8]);
/* ... the lower one ("Mar", "09", "Q1", "2026") ... */
void timeline_lower(const struct timeline *tl, size_t col, char out[8]);
/* ... and all of it: "March 2026", "week of 9 March 2026". */
void timeline_col_words(const struct timeline *tl, size_t col,
    struct str *out);
/* "2", "3!" where a third episode begins, "." for none, at most "99+". */
void timeline_cell(const struct timeline_row *row, size_t col, char out[8]);
/* "! Missing 3 times, all in 30 days: 3 to 28 October 2026", a line a run. */
void timeline_runs(const struct timeline *tl, struct str *out);
/* All of it as lines of plain text. */
void timeline_text(const struct timeline *tl, struct str *out);

/* True if there is such a row. */
bool timeline_row_named(const char *id);
/* True if the entry would be counted in that row, did it stand. */
bool timeline_row_is(const struct reading *g, const struct record *r,
    const char *id);

#endif
