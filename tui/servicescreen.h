/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directory of services as a screen: words are typed and what matches is
 * shown, those of the young person's area first; Tab goes through the kinds.
 * What choosing one means is handed in.
 */
#ifndef HEARKEN_TUI_SERVICESCREEN_H
#define HEARKEN_TUI_SERVICESCREEN_H

#include "core/services.h"
#include "tui/casework.h"
#include "tui/pane.h"

struct servicescreen_opts {
	const struct services *services;	/* borrowed for its life */
	const char *near;	/* an area; copied; NULL or "": none */
	void *ctx;
	/* Enter on one; the screen is popped before.  NULL: only shown. */
	void (*choose)(void *ctx, struct app *app, const struct service *s);
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};

struct pane *servicescreen_new(const struct servicescreen_opts *o);

/*
 * The same over the form of a referral: what is chosen fills the service, the
 * team and how it is sent.  Tells why when there is no directory.
 */
void servicescreen_pick(const struct casework *w, struct app *app,
    struct pane *form);

#endif
