/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training session gone through again, change by change: what happened,
 * the story as it was known, the checklist and the level as they stood then.
 * Needs no store: the walk is the caller's.
 */
#ifndef HEARKEN_TUI_REPLAYSCREEN_H
#define HEARKEN_TUI_REPLAYSCREEN_H

#include "core/walk.h"
#include "tui/pane.h"

struct replayscreen_opts {
	const struct walk *w;	/* borrowed until destroy() */
	const char *reference;	/* copied */
	const char *who;	/* who went through it; copied */
	size_t at;		/* step to begin at */
	void *ctx;
	void (*moved)(void *ctx, size_t at);	/* may be NULL */
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};

struct pane *replayscreen_new(const struct replayscreen_opts *o);

#endif
