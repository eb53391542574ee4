/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text of many styles, wrapped to a width, with rows that can be selected:
 * what the panes of a case are made of.  A row owns the lines from its first
 * one to the next row's; lines before the first row, and those added with no
 * row, belong to nobody and only scroll past.  Knows nothing of what the
 * text says.
 */
#ifndef HEARKEN_TUI_LINES_H
#define HEARKEN_TUI_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "tui/cellbuf.h"
#include "tui/keys.h"

#define NO_ROW SIZE_MAX

struct line {
	size_t row;		/* NO_ROW: nobody's */
	int x;			/* column of the text */
	enum style lead_style, style;
	char *lead;		/* at lead_x, or NULL; owned */
	int lead_x;
	char *text;		/* owned */
};

struct lines {
	struct line *l;
	size_t n, cap;
	int w, h;
	size_t rows;		/* how many rows there are */
	size_t filling;		/* row that new lines belong to */
	size_t row;		/* the selected one; 0 while there is none */
	size_t top;		/* first line shown */
};

void lines_init(struct lines *t);
void lines_release(struct lines *t);
/* Empties it and keeps selection, place and size, to be filled anew. */
void lines_clear(struct lines *t);
/* Width and height of the view; the caller fills it anew when w changed. */
void lines_resize(struct lines *t, int w, int h);

/* Begins a row; the lines that follow are its own.  Returns its number. */
size_t lines_row(struct lines *t);
/* Ends the row: the lines that follow belong to nobody. */
void lines_free_text(struct lines *t);

/* How a piece of text stands. */
struct line_look {
	int indent;		/* columns before the text */
	enum style style;
	const char *lead;	/* stands in the indent of the first line */
	enum style lead_style;
	bool cut;		/* one line, cut, instead of wrapped */
};
void lines_add(struct lines *t, const struct line_look *look,
    const char *text);
void lines_addf(struct lines *t, const struct line_look *look,
    const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Text over the whole width in one style. */
void lines_plain(struct lines *t, enum style s, const char *text);
void lines_blank(struct lines *t);

/* To be called when it is filled: keeps the selected row in sight. */
void lines_done(struct lines *t);
void lines_select(struct lines *t, size_t row);
/* Brings as much of these rows into sight as fits, the selected one first. */
void lines_show(struct lines *t, size_t from, size_t to);
/*
 * Up, down, pages, home, end.  A row taller than the view is scrolled
 * through before the next is selected.  False for any other action.
 */
bool lines_act(struct lines *t, enum action a);
void lines_draw(const struct lines *t, const struct view *v, bool focused);
/* True if lines are hidden above or below. */
bool lines_more_above(const struct lines *t);
bool lines_more_below(const struct lines *t);

#endif
