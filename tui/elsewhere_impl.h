/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the screen of people elsewhere, for elsewhere.c,
 * elsewhere_draw.c and cardforms.c only.
 */
#ifndef HEARKEN_TUI_ELSEWHERE_IMPL_H
#define HEARKEN_TUI_ELSEWHERE_IMPL_H

#include "core/err.h"
#include "tui/app.h"
#include "tui/elsewhere.h"

/* Somebody as the source told of them; texts owned. */
struct outsider {
	struct foreigner f;	/* without the card */
	char *name, *agency, *why;
};

struct elsewhere {
	struct pane base;
	struct elsewhere_opts o;
	struct outsider *list;
	size_t n, cap;
	struct scroll scroll;
	struct err fault;	/* why nobody is listed */
	int w, h;
};

/* NULL when nobody is listed. */
const struct outsider *elsewhere_row(const struct elsewhere *x);
/* Goes to the person with this key, if there is one. */
void elsewhere_select(struct elsewhere *x, const struct author_id *key);
/* True if what they sign counts here. */
bool outsider_counts(const struct outsider *o);

/* elsewhere_draw.c */
int elsewhere_foot_rows(const struct elsewhere *x);
int elsewhere_top_rows(const struct elsewhere *x);
void elsewhere_draw(const struct pane *p, const struct view *v,
    bool focused);

/* cardforms.c: each opens its form over the screen. */
void cardform_mine(struct elsewhere *x, struct app *app);
void cardform_take(struct elsewhere *x, struct app *app);
void cardform_end(struct elsewhere *x, struct app *app,
    const struct outsider *who);

/* cardscreen.c: takes the card. */
struct pane *cardscreen_new(const struct abroad_source *source,
    struct card *card);

#endif
