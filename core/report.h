/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report: tables of counts and rates over the facts (core/facts.h), made
 * once and then written as text, CSV, JSON or pages, or drawn with charts.
 * Counts under 5 are suppressed where a table is for publication, with
 * secondary suppression (core/suppress.h).  Each maker is a line of
 * core/reports.def.  Pure.
 *
 *	REPORT(id, "name", "Title", "what it is for", maker, flags)
 *
 * A new report is a line there and a file core/report_<id>.c.
 */
#ifndef HEARKEN_CORE_REPORT_H
#define HEARKEN_CORE_REPORT_H

#include "core/facts.h"
#include "core/paper.h"
#include "core/suppress.h"

enum report_cell_type {
	REPORT_TEXT,
	REPORT_COUNT,
	REPORT_RANGE,		/* "2 to 4": under lower and upper linkage */
	REPORT_RATE,		/* per 10,000, one decimal */
	REPORT_SHARE,		/* of n, in percent */
	REPORT_SUPPRESSED,	/* "c": under 5, or it would tell one that is */
	REPORT_NONE		/* not known, no denominator: "-" */
};
struct report_cell {
	enum report_cell_type type;
	char *text;		/* owned; REPORT_TEXT */
	/*
	 * REPORT_COUNT, RANGE; of a share or rate the part.  upper is under
	 * upper linkage, and fewer children, where more records are of one.
	 */
	uint64_t count, upper;
	uint64_t of;		/* of a share or rate: the whole */
	/* The cases that a count is of; for those allowed; owned, may be NULL. */
	uint32_t *cases;	size_t ncases;	/* indexes in facts */
	/*
	 * Rows, of a table of the report by its number, that it is worked out
	 * of beside its own; owned.
	 */
	size_t *of_rows, nof_rows, of_table;
	size_t of_column;		/* of these rows; 0: any */
};
struct report_table {
	char *id, *title, *note;	/* owned; note: what it counts, and what not */
	char **heads;			size_t ncolumns;
	struct report_cell *cells;	/* rows x ncolumns */
	size_t nrows, caprows;
	size_t chart;			/* column to draw as bars, or SIZE_MAX */
	bool *marked;			/* ncolumns; owned; NULL: all counts */
	bool total_row, total_column;	/* the last ones: of what is marked */
	bool by_rows;			/* of report_by_rows() */
	bool months;	/* marked cells but totals, row by row, are months */
	unsigned shared;		/* 0, or tables with the same totals */
	enum {
		HIDE_CELLS, HIDE_COLUMNS, HIDE_ALL
	} hide;				/* of report_publish() alone */
};
struct report {
	char *name, *title;
	struct joined_window window;
	struct report_table *tables;	size_t n, cap;
	bool whole;		/* not suppressed though it could be: said on paper */
	bool personal;		/* about children: its paper is classified so */
	bool no_cases;		/* counts no cases: no window is said */
};

/* What beside facts a report may need; each may be NULL. */
struct report_needs {
	const struct population *population;	/* core/population.h */
	const char *standards;	/* text of the self-assessment, YAML */
	const json_t *extra;	/* of the store: staff, agreement, recommendations */
};
typedef void (*report_fn)(const struct facts *f,
    const struct report_needs *needs, struct report *out);
struct report_def {
	const char *name, *title, *help;
	report_fn make;
	bool published;		/* suppressed unless asked for whole */
	bool personal;		/* rows about children: leaves like a case */
	bool rows;		/* its CSV is its first table, as it is */
	bool no_cases;		/* makes it of needs alone: facts are empty */
	bool population;	/* asks needs for it */
};
enum report_flags {
	REPORT_PUBLISHED = 1, REPORT_PERSONAL = 2, REPORT_ROWS = 4,
	REPORT_NO_CASES = 8, REPORT_POPULATION = 16
};
/*
 * The makers add tables to what report_init() has begun, and leave counts
 * whole: whoever publishes calls report_publish().
 */
#define REPORT(id, name, title, help, maker, flags) \
	void maker(const struct facts *f, const struct report_needs *needs, \
	    struct report *out);
#include "core/reports.def"
#undef REPORT
/* In the order of core/reports.def. */
const struct report_def *report_all(size_t *n);
const struct report_def *report_find(const char *name);

void report_init(struct report *r, const char *name, const char *title,
    const struct joined_window *w);
void report_release(struct report *r);
/* Returned table is borrowed until the next one is added. */
struct report_table *report_table_add(struct report *r, const char *id,
    const char *title, const char *const *heads, size_t n);
/* Says under the table what it counts, and what not. */
void report_note(struct report_table *t, const char *note);
/* A new row of empty cells; returns the first. */
struct report_cell *report_row(struct report_table *t);
void report_text(struct report_cell *c, const char *text);
void report_count(struct report_cell *c, uint64_t n);
void report_range(struct report_cell *c, uint64_t lower, uint64_t upper);
/* part of whole, in percent; whole 0: nothing to divide by. */
void report_share(struct report_cell *c, uint64_t part, uint64_t whole);
/* per 10,000 of whole. */
void report_rate(struct report_cell *c, uint64_t part, uint64_t whole);
/* The same under lower and upper linkage. */
void report_rate_range(struct report_cell *c, uint64_t lower,
    uint64_t upper, uint64_t whole);
/*
 * Takes an array of rows of a table (its number in the report) that the cell
 * is worked out of: it is suppressed when anything in one of them is.
 */
void report_of_rows(struct report_cell *c, size_t table, size_t *rows,
    size_t n);
/* Takes an array of indexes in facts. */
void report_cases(struct report_cell *c, uint32_t *cases, size_t n);
/*
 * Says what report_publish() suppresses: as report_suppress() has it.  Without
 * it that is every column that has a count, with no totals.
 */
void report_totals(struct report_table *t, const bool *columns,
    bool has_total_row, bool has_total_column);
/*
 * Says that the totals of the last row stand in other tables, too, those of
 * the same group (1 or more): of this report, or of another over the same
 * children.  Such totals stay as they are in all of them, so that no table
 * tells anything of what another one hides; where a column's is under 5, only
 * the column of totals is published, in all of them, and where that one's is
 * or there is none, nothing.  After report_totals() with a row of totals.
 */
void report_share_totals(struct report_table *t, unsigned group);
/*
 * report_totals() for a table that is read by rows, whose parts make the row's
 * total (the last marked column): totals are shown or not by what they are
 * alone, those of rows first, so that tables with the same ones hide the same
 * ones; then all of a row's parts or none, and totals of columns with none
 * hidden above.
 */
void report_by_rows(struct report_table *t, const bool *columns,
    bool has_total_row, bool has_total_column);
void report_suppress_rows(struct report_table *t);
/* Suppresses in every table what is to be. */
void report_publish(struct report *r);
/*
 * Suppresses the counts of the columns that are marked, in all rows together:
 * the last row is that of totals when has_total_row says so, and the last
 * marked column that of totals when has_total_column does.  Of ranges both
 * ends are protected.  Shares and rates go with any count of their row, and
 * where they are of fewer than SUPPRESS_BELOW, or of all but so few.
 */
void report_suppress(struct report_table *t, const bool *columns,
    bool has_total_row, bool has_total_column);
/* For whoever suppresses: a cell that counts; what was worked out of one. */
void report_hide(struct report_cell *c);
void report_hide_worked_out(struct report_table *t);
/*
 * "12", "2 to 4", "3.4", "45% of 20", "-"; "c" for what is suppressed, small
 * or not: the sign does not tell which.  Appends.
 */
void report_cell_words(const struct report_cell *c, struct str *out);

/*
 * A heading, a table and a note for each; a table of more columns than a page
 * has is told row by row.  CSV and JSON: exchange/reportout.h.
 */
void report_paper(const struct report *r, const char *made, struct paper *p);
/* "From 1 January 2026 to now."  Appends. */
void report_window_words(const struct joined_window *w, struct str *out);

#endif
