/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the list of cases, for caselist.c and caselist_draw.c only.
 */
#ifndef HEARKEN_TUI_CASELIST_IMPL_H
#define HEARKEN_TUI_CASELIST_IMPL_H

#include "core/err.h"
#include "core/query.h"
#include "core/str.h"
#include "tui/caselist.h"

struct caselist {
	struct pane base;
	struct caselist_opts o;		/* its filter is not used */
	struct scroll scroll;
	struct caserows rows;		/* those from `first` on */
	size_t first;
	size_t total;			/* cases there are */

	struct str filter;		/* that in force; "" for none */
	struct query query;		/* of the filter */
	struct str bad;			/* a filter that was not understood */
	size_t bad_at;			/* byte of the fault in it */
	struct err bad_why;

	struct str words;		/* being searched; "" for none */
	struct str used;		/* last words with rows shown, not told */
	size_t used_n;			/* how many rows */
	struct notices *notices;	/* borrowed; NULL for none */
	struct err fault;		/* why there are no rows */
	struct str choice;		/* completion, borrowed by the prompt */
	int w, h;
};

/* Rows of the notices, which stand above all else. */
int caselist_notice_rows(const struct caselist *cl);
/* Rows above and below the list itself. */
int caselist_top_rows(const struct caselist *cl);
int caselist_foot_rows(const struct caselist *cl);
void caselist_draw(const struct pane *p, const struct view *v, bool focused);
/* NULL when the row is not loaded. */
const struct caserow *caselist_row(const struct caselist *cl, size_t i);

#endif
