/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the screen of a report, for reportscreen.c,
 * reportscreen_draw.c and reportdoor.c only.
 */
#ifndef HEARKEN_TUI_REPORTSCREEN_IMPL_H
#define HEARKEN_TUI_REPORTSCREEN_IMPL_H

#include "tui/collation.h"

struct reportscreen {
	struct pane base;
	struct reportscreen_opts o;
	const struct report_def *def;
	struct collation_data data;
	struct report report;	/* as it would be published */
	struct report whole;	/* with every count, to open their cases */
	struct window_ask ask;
	struct err fault;
	bool loaded, made, show_whole, grid;
	size_t table, column, left;	/* column selected; first one shown */
	struct scroll scroll;		/* rows */
	int w, h;
	struct str choice;
};

/* The table in hand as it is shown; NULL when there is none. */
const struct report_table *reportscreen_table(const struct reportscreen *s);
/* The selected cell with its cases; NULL when there is none. */
const struct report_cell *reportscreen_cell(const struct reportscreen *s);
/* True when the table can be drawn as a grid of areas. */
bool reportscreen_has_areas(const struct report_table *t);
/* Its first column is months: it is drawn as a line, too. */
bool reportscreen_has_months(const struct report_table *t);

/* reportscreen_draw.c */
int reportscreen_top_rows(const struct reportscreen *s);
int reportscreen_foot_rows(const struct reportscreen *s);
/* How wide a column is drawn. */
int reportscreen_column(const struct report_table *t, size_t column, int w);
void reportscreen_draw(const struct pane *p, const struct view *v,
    bool focused);

/* reportdoor.c */
void reportscreen_open_cell(struct reportscreen *s, struct app *app);
void reportscreen_write(struct reportscreen *s, struct app *app);

#endif
