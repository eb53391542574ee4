/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The screen on which a person makes a case study out of a case: what is
 * replaced by what above, then every line of free text with what it was and
 * what it would be.  Each line is passed, written anew or left out by a key
 * of its own; nothing passes by itself.  Knows no store.
 */
#ifndef HEARKEN_TUI_DEIDENTSCREEN_H
#define HEARKEN_TUI_DEIDENTSCREEN_H

#include "core/deident.h"
#include "tui/pane.h"

struct app;

struct deident_source {
	void *ctx;
	/*
	 * Keeps the work (what NULL), or the line being typed ("line"), as an
	 * encrypted draft; text "" drops it.
	 */
	enum rc (*save)(void *ctx, const char *what, const char *text,
	    struct err *e);
	/* Returns owned what save() kept of it, or NULL. */
	char *(*restore)(void *ctx, const char *what);
	/* Counts over the store; RC_CANCELLED when the person pressed Esc. */
	enum rc (*count)(void *ctx, struct app *app, struct rare_counts *out,
	    struct err *e);
	/* Keeps the study, to wait for a supervisor, and drops the work. */
	enum rc (*keep)(void *ctx, const char *yaml, const char *report,
	    struct err *e);
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};

struct deidentscreen_opts {
	struct deident_source source;
	const char *reference;	/* of the case; copied */
	struct deident *d;	/* taken; *d is zeroed */
};

struct pane *deidentscreen_new(const struct deidentscreen_opts *o);

#endif
