/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the panes of a case ask of the screen around them: to open a form,
 * to show an entry whole.  The panes decide nothing else about screens.
 */
#ifndef HEARKEN_TUI_CASEHOST_H
#define HEARKEN_TUI_CASEHOST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/casefile.h"

struct app;

struct case_host {
	void *ctx;
	/*
	 * A form for pending entry i.  fresh: it was added for this form, and
	 * goes again if the form is left with nothing changed.
	 */
	void (*edit)(void *ctx, struct app *app, size_t i, bool fresh);
	/* Asks why and makes the strike of a signed entry pending. */
	void (*strike)(void *ctx, struct app *app, const struct record *r);
	/* The whole of an entry in a screen of its own. */
	void (*show)(void *ctx, struct app *app, const struct record *r);
	/* A new version of a signed entry that takes its place. */
	void (*revise)(void *ctx, struct app *app, const struct record *r);
	/* A form for a new entry, of any kind_has_form(). */
	void (*write)(void *ctx, struct app *app, const char *kind);
	/* The case of this reference in place of the one that is open. */
	void (*open_case)(void *ctx, struct app *app, const char *reference);
	/* Goes on with a form that was left: kind and what of door.drafts. */
	void (*resume)(void *ctx, struct app *app, const char *kind,
	    const char *what);
	/* Drops one, after asking. */
	void (*discard)(void *ctx, struct app *app, const char *kind,
	    const char *what);
	/* A form for an entry that belongs to a signed one (entrylink.h). */
	void (*about)(void *ctx, struct app *app, const char *kind,
	    const struct record *r);
	/* A form for a new entry in which one choice is made: its code. */
	void (*choose)(void *ctx, struct app *app, const char *kind,
	    const char *code);
};

#endif
