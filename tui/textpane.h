/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screen of text that is read or agreed to: one entry whole, or the list
 * of what is about to be signed.  What it says and what its keys do are the
 * caller's.
 */
#ifndef HEARKEN_TUI_TEXTPANE_H
#define HEARKEN_TUI_TEXTPANE_H

#include "tui/lines.h"
#include "tui/pane.h"

struct textpane_opts {
	const char *name;
	const char *topic;
	enum context context;
	void *ctx;
	/* Fills out, which is empty, for its width. */
	void (*fill)(void *ctx, struct lines *out);
	/* Keys that do not move: false for what is none of its business. */
	bool (*act)(void *ctx, const struct event *ev, struct app *app,
	    struct pane *self);
	bool (*can)(const void *ctx, enum action a);
	void (*destroy)(void *ctx);
};

struct pane *textpane_new(const struct textpane_opts *o);
void textpane_refresh(struct pane *p);

#endif
