/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The screen of one case: checklist, risk, notes and referrals side by side
 * or as tabs, under a line that says whose case it is.  Holds the working
 * state (casework.h) and what its panes share; reaches the store through a
 * door, so that a test needs none.
 */
#ifndef HEARKEN_TUI_CASESCREEN_H
#define HEARKEN_TUI_CASESCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/entry.h"
#include "core/err.h"
#include "tui/casework.h"
#include "tui/pane.h"
#include "tui/session.h"

struct app;

/*
 * NULL with e when the case cannot be read or may not be: that it is looked
 * at is noted before.  Borrows the session.
 */
struct pane *case_screen_new(struct session *s, const struct case_id *id,
    struct err *e);
/*
 * The working state of a case without a screen, for what is done in several
 * cases at once.  Nothing of it is shown, so no look is noted.
 */
NODISCARD enum rc case_work_open(struct session *s, const struct case_id *id,
    struct casework *w, struct err *e);
void case_work_close(struct casework *w);
/*
 * The way to a case of the session's store; out->ctx is freed with free().
 * That it is looked at is noted before.
 */
NODISCARD enum rc case_door_open(struct session *s, const struct case_id *id,
    struct case_door *out, struct err *e);
/*
 * Takes up what session_at() said of it: `at` of the PLACE_CASE, and then
 * the form of a PLACE_FORM from its draft (pushes the form).
 */
void case_screen_return(struct pane *screen, struct app *app,
    const struct place *p);

/*
 * Shows one of its entries over it; does nothing when it has none of this id
 * or when screen is another than that of a case.
 */
void case_screen_entry(struct pane *screen, struct app *app,
    const struct entry_id *id);

/* The review queue that opened a case. */
struct case_queue {
	void *ctx;
	/* Appends "2 of 14 in the queue"; false: it is none of it. */
	bool (*words)(void *ctx, const struct case_id *id, struct str *out);
	/* Goes on to the next one, in place of this screen, or says why not. */
	void (*next)(void *ctx, struct app *app);
};
/* A line says so, and its places are one deeper.  Copies q. */
void case_screen_queue(struct pane *screen, const struct case_queue *q);
/*
 * The form of a decision on it; when that is kept or left, the screen goes
 * too.  Says why, and goes, when whoever sits here may not decide.
 */
void case_screen_decide(struct pane *screen, struct app *app);

/* Called when the restriction of the case is another, or it was sent. */
struct case_changed {
	void *ctx;
	void (*fn)(void *ctx, struct app *app);
};
/* The form that sends the case of a door of case_door_open(). */
void case_door_send(const struct case_door *door, struct app *app,
    const struct casework *w, const struct case_changed *then);

/* The same without a session, for tests. */
struct case_screen_opts {
	struct case_door door;		/* copied */
	struct case_id id;
	bool training;
	bool broken;		/* restricted, and opened with a reason */
	void *ctx;
	/* Shows who looked at the case; NULL: not offered. */
	void (*looked)(void *ctx, struct app *app, const char *reference);
	/*
	 * Opens the case of this reference instead of this one, or says why
	 * not; the screen may be gone then.  NULL: not offered.
	 */
	void (*open)(void *ctx, struct app *app, const char *reference);
	/* Asks whom the case is restricted to; NULL: not offered. */
	void (*restrict_)(void *ctx, struct app *app,
	    const struct casefile *c, const struct case_changed *then);
	/*
	 * Takes something out of the store: the entry in hand (NULL: none) or
	 * more; all of it for a subject access request.  NULL: not offered.
	 */
	void (*take_out)(void *ctx, struct app *app, const struct casework *w,
	    const struct record *at);
	void (*access_pack)(void *ctx, struct app *app,
	    const struct casework *w);
	/* Sends it to people elsewhere; NULL: not offered. */
	void (*bundle)(void *ctx, struct app *app, const struct casework *w,
	    const struct case_changed *then);
	/* As session_at; may be NULL. */
	void (*at)(void *ctx, size_t depth, const struct place *p);
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};
struct pane *case_screen_on(const struct case_screen_opts *o, struct err *e);

#endif
