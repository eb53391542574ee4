/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inbox and Outbox: the bundles that came and those that left, newest first,
 * side by side or as tabs.  A bundle that came is looked into before anything
 * of it is taken in; one that left can be recalled.
 */
#ifndef HEARKEN_TUI_BUNDLESCREEN_H
#define HEARKEN_TUI_BUNDLESCREEN_H

#include "tui/bundles.h"
#include "tui/pane.h"

struct bundlescreen_opts {
	struct bundle_source source;
	void *ctx;
	void (*open_case)(void *ctx, struct app *app,
	    const struct case_id *id);
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};

struct pane *bundlescreen_new(const struct bundlescreen_opts *o);

/* One of several cases, to be opened.  Borrows the source. */
struct casepick_opts {
	struct bundle_source source;
	const char *title;		/* copied */
	const struct case_id *cases;	/* copied */
	size_t n;
	void *ctx;
	void (*open_case)(void *ctx, struct app *app,
	    const struct case_id *id);
};
struct pane *casepick_new(const struct casepick_opts *o);

#endif
