/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms of a case: a new note, the child's words, a referral and its
 * steps, a judgement, a strike, and the details of a pending tick.  What is
 * typed is kept after every change and offered again; what is kept becomes
 * pending.  Knows which form; what it means is judge.h, referral.h, tick.h.
 */
#ifndef HEARKEN_TUI_CASEFORMS_H
#define HEARKEN_TUI_CASEFORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/casework.h"
#include "tui/pane.h"

struct app;
struct case_form;

struct caseforms {
	struct casework *w;	/* borrowed */
	void *ctx;
	/*
	 * A form is about to be shown: where to come back to after a lock.
	 * kind and what as in case_door.  May be NULL.
	 */
	void (*opening)(void *ctx, const char *kind, const char *what);
	/* An entry of this kind was kept and is pending. */
	void (*kept)(void *ctx, struct app *app, const char *kind);
	/* A form was left, and what is pending may be another. */
	void (*left)(void *ctx, struct app *app);
	/*
	 * The form in which something was typed since it was last put away:
	 * that is done once a turn, before the picture is drawn.
	 */
	struct case_form *dirty;
};

/*
 * The form of a new entry of any kind_has_form(), with what was typed before:
 * "screening" is the judgement, "identity" takes the place of those that
 * stand.
 */
void caseforms_write(struct caseforms *f, struct app *app, const char *kind);
/* An entry that belongs to a signed one; one of about_field(). */
void caseforms_about(struct caseforms *f, struct app *app, const char *kind,
    const struct record *r);
/*
 * A new entry in which one choice is made: the first field of the kind that
 * has this code.  What is typed is kept apart for each code.
 */
void caseforms_choose(struct caseforms *f, struct app *app, const char *kind,
    const char *code);
/* What a signed entry says now: it takes its place.  A kind with "replaces". */
void caseforms_revise(struct caseforms *f, struct app *app,
    const struct record *r);
/* Why a signed entry is wrong; then its strike is pending. */
void caseforms_strike(struct caseforms *f, struct app *app,
    const struct record *r);
/*
 * The form of pending entry i; what is typed goes into it at once.  fresh:
 * it goes again when the form is left with nothing changed.
 */
void caseforms_edit(struct caseforms *f, struct app *app, size_t i,
    bool fresh);
/*
 * The form that session_draft_key(kind, case, what) names, as it was before
 * a lock; nothing when what it was about is gone.
 */
void caseforms_return(struct caseforms *f, struct app *app, const char *key);
/*
 * The form that was left unfinished: kind and what as in case_door.  False,
 * and nothing, when what it was about is gone.
 */
bool caseforms_resume(struct caseforms *f, struct app *app, const char *kind,
    const char *what);
/* True if this form was left unfinished. */
bool caseforms_unfinished(const struct caseforms *f, const char *kind,
    const char *what);
/* Drops it. */
void caseforms_discard(struct caseforms *f, const char *kind,
    const char *what);

#endif
