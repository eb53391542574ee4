/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The screen of a learner's own session on a case study: the story above,
 * below it the same checklist, risk and notes panes as in live work.  Reaches
 * the store through a door, so that a test needs none.
 */
#ifndef HEARKEN_TUI_WALKSCREEN_H
#define HEARKEN_TUI_WALKSCREEN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/date.h"
#include "core/err.h"
#include "tui/casescreen.h"
#include "tui/pane.h"
#include "tui/session.h"

struct walk_door {
	struct case_door door;		/* copied */
	struct case_id id;		/* of the session's case */
	void *ctx;
	/* Adds a "training-log" to the log of whoever sits here. */
	enum rc (*log)(void *ctx, const json_t *body, const struct span *on,
	    struct err *e);
	/* True if an entry of that log names the session. */
	bool (*logged)(void *ctx, const char *reference);
	/* Sends the session to a trainer elsewhere; NULL: not offered. */
	void (*send)(void *ctx, struct app *app, const struct casework *w,
	    const struct case_changed *then);
	/* As session_at; may be NULL. */
	void (*at)(void *ctx, size_t depth, const struct place *p);
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};

/* NULL with e when the session cannot be read; o->destroy was called then. */
struct pane *walk_screen_on(const struct walk_door *o, struct err *e);
/* True if it is one of these. */
bool walk_screen_is(const struct pane *screen);
/*
 * Takes up what session_at() said of it: a PLACE_WALK, then the form of a
 * PLACE_FORM from its draft.
 */
void walk_screen_return(struct pane *screen, struct app *app,
    const struct place *p);

#endif
