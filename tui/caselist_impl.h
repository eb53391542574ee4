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
#include "tui/findrows.h"

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

	struct findrows found;		/* of the words */
	struct str words;		/* being searched; "" for none */
	struct str used;		/* last words with rows shown, not told */
	size_t used_n;			/* how many rows */
	struct notices *notices;	/* borrowed; NULL for none */
	struct err fault;		/* why there are no rows */
	struct str choice;		/* completion, borrowed by the prompt */
	struct str saved_name;		/* the same, of a filter kept */
	int w, h;
};

/* Rows of the notices, which stand above all else. */
int caselist_notice_rows(const struct caselist *cl);
/* Rows above and below the list itself. */
int caselist_top_rows(const struct caselist *cl);
int caselist_foot_rows(const struct caselist *cl);
void caselist_draw(const struct pane *p, const struct view *v, bool focused);
/* Counts and reads anew; the selection stays on its row number. */
void caselist_load(struct caselist *cl);
void caselist_arrange(struct caselist *cl);
void caselist_tell_moved(struct caselist *cl);
/* Wipes what was there. */
void caselist_set_text(struct str *to, const char *text);

/* caselist_filter.c */
/* Puts the filter in force, or remembers what is wrong with it. */
bool caselist_apply(struct caselist *cl, const char *text);
void caselist_ask_filter(struct caselist *cl, struct app *app,
    const char *text);
void caselist_choose_saved(struct caselist *cl, struct app *app);

/* caselist_find.c */
void caselist_load_found(struct caselist *cl);
/* Searches for the text; "" goes back to the list. */
void caselist_search(struct caselist *cl, const char *text);
void caselist_tell_search(struct caselist *cl, struct app *app);
void caselist_ask_search(struct caselist *cl, struct app *app);
/* The entry of the selected hit, or NULL. */
const struct entry_id *caselist_hit(const struct caselist *cl);

/* NULL when the row is not loaded. */
const struct caserow *caselist_row(const struct caselist *cl, size_t i);

#endif
