/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the screen of what is due, for duescreen.c and
 * duescreen_draw.c only.
 */
#ifndef HEARKEN_TUI_DUESCREEN_IMPL_H
#define HEARKEN_TUI_DUESCREEN_IMPL_H

#include "core/str.h"
#include "tui/duescreen.h"

/* A row as the source told it; texts owned. */
struct dueline {
	struct due_row r;
	char *reference, *name, *what, *counted, *who;
};

struct duescreen {
	struct pane base;
	struct duescreen_opts o;
	struct str narrow;
	struct str choice;	/* completion, borrowed by the prompt */
	char *rule;		/* owned; NULL: any */
	bool mine, overdue;
	int64_t now;		/* for which rows and counts hold */
	struct due_counts counts;
	struct dueline *rows;	/* those from row `first` on */
	size_t nrows, caprows, first;
	struct scroll scroll;	/* over lines: rows, and the groups' heads */
	size_t begin;		/* line to go to once lines are known */
	struct err fault;
	int w, h;
};

/*
 * What a line holds.  Each group that has rows begins with a line of its
 * own; *row is the number of the row, or of the first one of the group.
 */
bool due_line_is_head(const struct duescreen *ds, size_t line,
    enum due_group *group, size_t *row);
/* NULL when the row is not loaded. */
const struct dueline *due_row_at(const struct duescreen *ds, size_t row);
bool due_is_narrowed(const struct duescreen *ds);
int due_top_rows(const struct duescreen *ds);
int due_foot_rows(const struct duescreen *ds);
void due_draw(const struct pane *p, const struct view *v, bool focused);

#endif
