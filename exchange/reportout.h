/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report as what other programs and people read.
 *
 * The one standard CSV, whatever the report: a line for each cell but those
 * of the first column, which names the row.
 *
 *	report	"board"
 *	table	"referrals"
 *	row	what the first column says
 *	column	the column's head
 *	value	as people read it: 12, 2 to 4, 45.0 (percent), 3.4 (per
 *		10,000), words; c: suppressed; empty: there is none
 *	of	of a share or rate: the whole
 *	lower, upper
 *		the count, or the part of a share or rate: the least and most,
 *		which differ where cases may be of one child
 *
 * A cell that a spreadsheet would run as a formula begins with an apostrophe.
 */
#ifndef HEARKEN_EXCHANGE_REPORTOUT_H
#define HEARKEN_EXCHANGE_REPORTOUT_H

#include <jansson.h>

#include "core/report.h"
#include "exchange/leave.h"
#include "exchange/out.h"

/* "the report board, whole": what entries of the store call it.  Appends. */
void report_entry_words(const struct report_def *d, bool whole,
    struct str *out);

void report_csv(const struct report *r, struct out *o);
/* The heads and rows of one table, as they are: for a return like SSDA903. */
void report_table_csv(const struct report_table *t, struct out *o);
/*
 * {report, title, from, to, suppressed, tables: [{id, title, note, columns,
 * rows: [[cell]]}]}; a cell is null, a text, or {value, of, lower, upper}
 * without what it has not.  Returns a new reference.
 */
json_t *report_json(const struct report *r);

struct report_order {
	const struct report_def *def;	/* may say: CSV is the first table */
	enum leave_format format;
	const char *made;		/* of leave_made(); for papers */
	int64_t now;
};
/* Appends its bytes; unknown as paper_pdf() has it. */
NODISCARD enum rc report_bytes(const struct report *r,
    const struct report_order *o, struct str *out, struct str *unknown,
    struct err *e);

#endif
