/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the screen of a report, for reportscreen.c,
 * reportscreen_draw.c, reportnote.c, reporttell.c and reportdoor.c only.
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
	/*
	 * Why what can tell who a child is was asked for, and the days that it
	 * was noted for; owned, NULL: nobody said, and none of it is shown.
	 */
	char *reason;
	struct joined_window told;
	bool asked;		/* nothing is read anew after the asking */
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
/* How wide a column is drawn. */
int reportscreen_column(const struct report_table *t, size_t column, int w);
void reportscreen_draw(const struct pane *p, const struct view *v,
    bool focused);

/* reportnote.c */
/* Rows below the table: as many as its note takes and the table leaves. */
int reportscreen_foot_rows(const struct reportscreen *s);
/* True when not all of the note is seen. */
bool reportscreen_cuts_note(const struct reportscreen *s);
void reportscreen_draw_note(const struct reportscreen *s,
    const struct view *v);
/* The whole note, on a screen of its own. */
void reportscreen_read_note(struct reportscreen *s, struct app *app);

/* reporttell.c */
enum report_telling { TELL_ROWS, TELL_WHOLE, TELL_CASES };
/*
 * Asks why, and for the report's name, as `hearken report` does; notes it,
 * then shows what was asked for.
 */
void reportscreen_ask_why(struct reportscreen *s, struct app *app,
    enum report_telling what);
/* Notes what is shown for its days, unless that is done. */
NODISCARD enum rc reportscreen_note(struct reportscreen *s, struct err *e);
/* Whether the selected cell is hidden as long as nobody said why. */
bool reportscreen_hides_cell(const struct reportscreen *s);
void reportscreen_choose_population(struct reportscreen *s,
    struct app *app);

/* reportscreen.c */
NODISCARD enum rc reportscreen_make(struct reportscreen *s, struct err *e);
void reportscreen_show_whole(struct reportscreen *s, struct app *app);
void reportscreen_read(struct reportscreen *s, struct app *app);

/* reportdoor.c */
void reportscreen_open_cell(struct reportscreen *s, struct app *app);
void reportscreen_write(struct reportscreen *s, struct app *app);

#endif
