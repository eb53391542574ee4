/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of what happened, by quarters of the calendar.  Pure.
 */
#ifndef HEARKEN_CORE_REPORT_PERIOD_H
#define HEARKEN_CORE_REPORT_PERIOD_H

#include "core/report.h"

/* Consecutive ones; a quarter is its year times 4 and 0 to 3. */
struct quarters {
	int32_t first;
	size_t n;
};
/* Of the window; where it is open, of what happened, to today. */
struct quarters quarters_of(const struct facts *f);
/* "January to March 2026"; appends. */
void quarter_words(const struct quarters *q, size_t i, struct str *out);

/* Which of the columns an event counts in, or SIZE_MAX. */
struct quarter_table {
	const char *id, *title, *note;
	const char *const *heads;	/* of the columns between */
	size_t n;			/* at most QUARTER_COLUMNS_MAX */
	size_t (*column)(const struct fact_event *v,
	    const struct quarter_table *t);
	enum fact_what what;		/* for column() */
};
#define QUARTER_COLUMNS_MAX 24

/*
 * Adds the table: a row for each quarter and one for all, a column for each
 * head and one for all.  Totals are shared with other tables.
 */
struct report_table *report_quarters(struct report *r, const struct facts *f,
    const struct quarters *q, const struct quarter_table *t);
/* The same by the three months of each quarter. */
void report_months(struct report *r, const struct facts *f,
    const struct quarters *q, const struct quarter_table *t);

/* A row of the table for each of n counts, and one for all of them. */
struct report_part {
	const char *words;
	uint64_t lower, upper;
	uint32_t *cases;	/* taken; may be NULL */
	size_t ncases;
};
/*
 * Adds a table of parts that make a whole: what, how many, and the share of
 * the whole.  The total is shared with other tables.
 */
struct report_table *report_parts(struct report *r, const char *id,
    const char *title, struct report_part *parts, size_t n);

#endif
