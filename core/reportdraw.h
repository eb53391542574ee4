/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report as text for a terminal: tables in columns, a bar beside the one
 * to be drawn, and a sparkline where a row's parts are months.  Pure.
 */
#ifndef HEARKEN_CORE_REPORTDRAW_H
#define HEARKEN_CORE_REPORTDRAW_H

#include "core/report.h"

struct report_draw {
	int columns;		/* at least 40 */
	bool ascii;		/* bars of '#', sparklines of " .:-=+*#" */
	const char *made;	/* as a paper's; or NULL */
};
/* Appends. */
void report_draw(const struct report *r, const struct report_draw *d,
    struct str *out);
/* One table of it. */
void report_draw_table(const struct report_table *t,
    const struct report_draw *d, struct str *out);

/* Appends a bar of at most `columns` for part of whole, blanks behind it. */
void draw_bar(struct str *out, uint64_t part, uint64_t whole, int columns,
    bool ascii);
/* Appends one sign a number; SPARK_HIDDEN: what is not shown. */
#define SPARK_HIDDEN UINT64_MAX
void draw_spark(struct str *out, const uint64_t *n, size_t count, bool ascii);

#endif
