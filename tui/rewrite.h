/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screen on which one text is written anew, the old one above it, and
 * beneath it what there is to say of it as it stands.
 */
#ifndef HEARKEN_TUI_REWRITE_H
#define HEARKEN_TUI_REWRITE_H

#include "core/str.h"
#include "tui/pane.h"

struct rewrite_opts {
	const char *title;	/* copied */
	const char *was;	/* copied */
	const char *text;	/* to begin with; copied */
	const char *topic;	/* borrowed */
	void *ctx;
	/* F2: the screen is popped after it. */
	void (*keep)(void *ctx, struct app *app, const char *text);
	/* Esc: what was typed is given up.  May be NULL. */
	void (*left)(void *ctx, struct app *app);
	/* After every change, to put it away; may be NULL. */
	void (*changed)(void *ctx, const char *text);
	/* What is to be said of the text as it stands; may be NULL. */
	void (*remark)(void *ctx, const char *text, struct str *out);
};

struct pane *rewrite_new(const struct rewrite_opts *o);

#endif
