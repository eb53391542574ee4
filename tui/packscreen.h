/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The screen on which a person goes through a file for a subject access
 * request: the names of others above, every entry below, each given or
 * withheld with its reason.  Enter reads an entry as it will leave.  What is
 * decided is kept as a draft.
 */
#ifndef HEARKEN_TUI_PACKSCREEN_H
#define HEARKEN_TUI_PACKSCREEN_H

#include "core/accesspack.h"
#include "tui/casework.h"
#include "tui/pane.h"

struct app;

struct packscreen_opts {
	const struct casework *w;	/* borrowed for the life of the screen */
	void *ctx;
	/*
	 * Asks for file and reason and lets the pack leave.  Borrows both
	 * while the form is open: it lies over the screen.
	 */
	void (*leave)(void *ctx, struct app *app,
	    const struct access_pack *pack, const struct reading *g);
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};

struct pane *packscreen_new(const struct packscreen_opts *o);

#endif
