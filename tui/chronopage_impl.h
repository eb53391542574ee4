/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the chronology, for chronopage.c and chronopage_draw.c. */
#ifndef HEARKEN_TUI_CHRONOPAGE_IMPL_H
#define HEARKEN_TUI_CHRONOPAGE_IMPL_H

#include "core/chronofilter.h"
#include "core/chronology.h"
#include "core/timeline.h"
#include "tui/chronopage.h"

struct chronopage {
	struct pane base;
	struct casework *w;
	const struct case_host *host;
	struct reading reading;
	struct chronology all;
	size_t *shown;		/* rows that the filter lets through; owned */
	size_t nshown;
	struct timeline timeline;
	struct scroll scroll;	/* over shown */
	struct scroll picture;	/* over the timeline's rows, when it is whole */
	bool whole;		/* the timeline instead of the list */
	int w_now, h_now;
	struct chronofilter filter;
	struct str text;	/* the filter in force, "" for none */
	struct str bad;		/* one that was refused, "" for none */
	size_t bad_at;
	struct err why;
	struct str find;	/* folded */
	struct str choice;	/* a completion */
	unsigned stamp;		/* of the case as it is shown; 0: not yet */
	bool held;		/* an entry was in hand, this one */
	struct entry_id hand;
	char title[64];
};

/* Rows of the view: the title, a filter with a fault, the timeline, the list. */
struct chrono_layout {
	int bad;		/* rows of the fault, under the title */
	int top;		/* where the timeline begins */
	int heads;		/* its lines of dates; 0: it is not drawn */
	int rows;		/* kinds shown */
	int runs;		/* lines that say why a cell is marked */
	int list;		/* where the list begins */
};
struct chrono_layout chronopage_layout(const struct chronopage *k, int w,
    int h);
void chronopage_draw(const struct pane *p, const struct view *v,
    bool focused);
/* The column of the selected row; timeline.cols when there is none. */
size_t chronopage_col(const struct chronopage *k);

#endif
