/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the checklist, shared by what it shows (checklist_fill.c)
 * and what its keys do (checklist.c).
 */
#ifndef HEARKEN_TUI_CHECKLIST_IMPL_H
#define HEARKEN_TUI_CHECKLIST_IMPL_H

#include "tui/casehost.h"
#include "tui/casework.h"
#include "tui/lines.h"
#include "tui/pane.h"

#define TOPIC_MAX 96

/* A row that can be selected: an item, or one observation of it. */
struct check_row {
	unsigned item;
	size_t seen;			/* 0 the item, 1.. its observations */
	const struct record *record;	/* NULL for the item; of w->now */
};

struct checklist {
	struct pane base;
	struct casework *w;		/* borrowed */
	const struct case_host *host;	/* borrowed */
	struct lines lines;
	struct check_row *rows;		/* one for each row of lines */
	size_t nrows, caprows;
	size_t grouping;		/* 0 sections, else views[grouping - 1] */
	struct str title;
	char topic[TOPIC_MAX];
	struct str find;		/* what was searched last */
};

/* Fills lines and rows anew; the selected item shows its observations. */
void checklist_fill(struct checklist *c, struct check_row at);
/* The row that is selected; item NO_ITEM when there are none. */
struct check_row checklist_at(const struct checklist *c);

#endif
