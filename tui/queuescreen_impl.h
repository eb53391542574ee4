/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the review queue, for queuescreen.c and queuescreen_draw.c
 * only.
 */
#ifndef HEARKEN_TUI_QUEUESCREEN_IMPL_H
#define HEARKEN_TUI_QUEUESCREEN_IMPL_H

#include "tui/queuescreen.h"

/* A row as the source told it; texts owned. */
struct queueline {
	struct queue_row r;
	char *reference, *name, *due_why;
	char *decided;		/* what was decided and is not signed, or NULL */
};

struct queuescreen {
	struct pane base;
	struct queuescreen_opts o;
	struct str narrow;
	struct str choice;	/* completion, borrowed by the prompt */
	unsigned why;		/* bits it is narrowed to; 0: any */
	bool own;		/* one's own work, too */
	int64_t now;		/* for which rows and counts hold */
	struct queue_counts counts;
	size_t decisions;	/* not signed */
	struct queueline *rows;	/* those from row `first` on */
	size_t nrows, caprows, first;
	struct scroll scroll;
	size_t begin;		/* row to go to once rows are known */
	struct err fault;
	struct pane *beside;	/* the selected case; owned; NULL: none */
	struct case_id beside_id;
	struct err beside_fault;
	int w, h;
};

/* NULL when the row is not loaded. */
const struct queueline *queue_row_at(const struct queuescreen *qs,
    size_t row);
bool queue_is_narrowed(const struct queuescreen *qs);
int queue_top_rows(const struct queuescreen *qs);
/* Rows of the list; the rest is what stands below it. */
int queue_list_rows(const struct queuescreen *qs);
/* True if the window has room for the selected case below the list. */
bool queue_has_beside(const struct queuescreen *qs);
/* Why it waits, in words. */
void queue_why_all(unsigned why, struct str *out);
void queue_draw(const struct pane *p, const struct view *v, bool focused);

#endif
