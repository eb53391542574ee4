/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Write ...": the kinds of entry that a person writes in a form, to choose
 * from; then, for one that belongs to another entry, which of those open.
 */
#ifndef HEARKEN_TUI_WRITEMENU_H
#define HEARKEN_TUI_WRITEMENU_H

#include <stdbool.h>
#include <stddef.h>

#include "core/kinds.h"
#include "tui/casework.h"

struct app;

#define MENU_MAX 64

/* Lives in the screen that shows it. */
struct write_menu {
	const struct casework *w;	/* borrowed */
	void *ctx;
	/* A kind that stands alone was chosen. */
	void (*write)(void *ctx, struct app *app, const char *kind);
	/* One about a signed entry. */
	void (*about)(void *ctx, struct app *app, const char *kind,
	    const struct record *r);

	/* Its own. */
	const struct kind *kinds[MENU_MAX];
	struct entry_id targets[MENU_MAX];
	size_t nkinds, ntargets;
	size_t kind, target;		/* what is chosen */
};

/* True for kinds written in a form of their own from the case screen. */
/* True if a form of this kind may be left unfinished: those, and a strike. */
bool form_can_be_left(const char *kind);
bool kind_has_form(const struct kind *k);

void write_menu_open(struct write_menu *m, struct app *app);

#endif
