/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the screen of people, for userscreen.c, userscreen_draw.c
 * and userforms.c only.
 */
#ifndef HEARKEN_TUI_USERSCREEN_IMPL_H
#define HEARKEN_TUI_USERSCREEN_IMPL_H

#include "tui/app.h"
#include "tui/userscreen.h"

/* A person as the store told it; texts owned. */
struct listed {
	struct person p;
	char *name, *why;
};

struct userscreen {
	struct pane base;
	struct userscreen_opts o;
	struct listed *list;
	size_t n, cap;
	struct scroll scroll;
	struct recovery_state recovery;	/* by the keys that are no people */
	struct err fault;	/* why nobody is listed */
	int w, h;
};

/* Goes to the person of this name who has access, if there is one. */
void userscreen_select(struct userscreen *u, const char *name);
/* NULL when nobody is listed. */
const struct listed *userscreen_row(const struct userscreen *u);
/* userscreen_draw.c */
int userscreen_foot_rows(const struct userscreen *u);
int userscreen_top_rows(const struct userscreen *u);
void userscreen_draw(const struct pane *p, const struct view *v,
    bool focused);

/* userforms.c: each opens its form over the screen. */
void userform_add(struct userscreen *u, struct app *app);
void userform_role(struct userscreen *u, struct app *app,
    const struct listed *who);
void userform_reset(struct userscreen *u, struct app *app,
    const struct listed *who);
void userform_end(struct userscreen *u, struct app *app,
    const struct listed *who);
void userform_code(struct userscreen *u, struct app *app);

#endif
