/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The people who have access: who, which role, since when, who may let
 * others in, whose passphrase must be changed; those whose access ended
 * stand below.  Who may, changes it here; who may not is told who may.
 */
#ifndef HEARKEN_TUI_USERSCREEN_H
#define HEARKEN_TUI_USERSCREEN_H

#include "tui/pane.h"
#include "tui/people.h"

struct userscreen_opts {
	struct people_source source;
	void *ctx;
	/* Shows what a person opened; name is borrowed for the call. */
	void (*looked)(void *ctx, struct app *app, const char *name);
	/* Shows the people of other stores; may be NULL. */
	void (*elsewhere)(void *ctx, struct app *app);
	/*
	 * A long step is over and this screen and its forms are as they
	 * were; may be NULL.  The store was encrypted anew: what was read
	 * of it before may be read again.
	 */
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};

struct pane *userscreen_new(const struct userscreen_opts *o);

/*
 * The form in which whoever unlocked the store changes their passphrase.
 * forced: the first one was given by somebody else, and nothing is shown
 * before it is another; left() is called for Esc, then() when it is done.
 */
struct passform_opts {
	struct people_source source;
	bool forced;
	void *ctx;
	void (*left)(void *ctx, struct app *app);
	void (*then)(void *ctx, struct app *app);
};
void passform_open(struct app *app, const struct passform_opts *o);

#endif
