/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the screens of one run share: the store while it is unlocked, the
 * clock, where content and help are, the drafts, and the places to come back
 * to after a lock.  Owns the store; draws nothing.
 *
 * Locking closes the store and wipes its keys; the screens are destroyed a
 * moment later, so a destroy() never touches the store: what must be kept is
 * kept in save().  What is needed to come back (which list, which case, which
 * form) is kept as a draft of the user's own in the store, never in memory: a
 * filter can hold a name.
 *
 * Keys of drafts (SESSION_KEY_MAX bytes with the NUL):
 *
 *	new-case			the form of a new case
 *	KIND/CASE			a new entry of a case being written
 *	KIND/CASE/WHAT			the same about one thing: an item id, or the
 *					hex id of the entry it corrects
 *	pending/CASE			ticks and entries kept and not yet signed
 *	places				where the person was when it locked
 *
 * KIND is a name of kinds.def, CASE the case id in hex.
 */
#ifndef HEARKEN_TUI_SESSION_H
#define HEARKEN_TUI_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/clock.h"
#include "core/entry.h"
#include "core/err.h"
#include "core/instrument.h"
#include "core/secret.h"
#include "db/store.h"
#include "tui/pane.h"
#include "tui/tui.h"

#define SESSION_KEY_MAX 192

struct app;
struct calendar;	/* core/calendar.h */
struct deadlines;	/* core/deadline.h */
struct services;	/* core/services.h */
struct session;

/* Borrows o and all that it names.  Locked at first. */
struct session *session_new(const struct tui_opts *o);
/* Closes the store if it is open; s may be NULL. */
void session_free(struct session *s);

/* ---- what there is ---- */

/* NULL while locked.  Borrowed until the lock. */
struct store *session_store(const struct session *s);
const struct clock *session_clock(const struct session *s);
const struct rng *session_rng(const struct session *s);
int64_t session_now(const struct session *s);	/* UTC ms */
int32_t session_today(const struct session *s);	/* local day */
const char *session_path(const struct session *s);
/* The file's name without its folder. */
const char *session_file_name(const struct session *s);
/* Who unlocked last, "" before the first time; stays through a lock. */
const char *session_user(const struct session *s);
const char *session_help_dir(const struct session *s);
const char *session_content_dir(const struct session *s);
/* True if the user's role may write entries of this kind.  False while locked. */
bool session_may_write(const struct session *s, const char *kind);

/*
 * RC_OK if this run may make a file at path (a backup, an export), else
 * RC_REFUSED with the way to allow it.
 */
NODISCARD enum rc session_may_make(const struct session *s, const char *path,
    struct err *e);

/* The same for a file that is read: a bundle, a card. */
NODISCARD enum rc session_may_read(const struct session *s, const char *path,
    struct err *e);

/* The instrument by which cases are listed; NULL while locked or without one. */
const struct instrument *session_instrument(const struct session *s);
/*
 * Bank holidays and limits from the content folder, read when first asked
 * for; borrowed from the session.
 */
NODISCARD enum rc session_calendar(struct session *s,
    const struct calendar **out, struct err *e);
NODISCARD enum rc session_deadlines(struct session *s,
    const struct deadlines **out, struct err *e);

/*
 * The directory of services from the content folder, read when first asked
 * for; borrowed from the session.  NULL when there is none at all.  e is set
 * to RC_OK, or to what a part of it lacks.
 */
const struct services *session_services(struct session *s, struct err *e);

/* ---- locking ---- */

/* Derives the key: takes most of a second.  user NULL: the only slot. */
NODISCARD enum rc session_unlock(struct session *s, const char *user,
    const struct secret *pass, struct err *e);
/*
 * Keeps the places, closes the store and forgets the keys.  The screens are
 * gone from the app before.
 */
void session_lock(struct session *s);
/* Fills user, role, training, alarm and unsigned_ for the status line. */
void session_status(const struct session *s, struct status *st);

/* ---- drafts ---- */

/* kind and the case, and what it is about (NULL for none). */
void session_draft_key(char out[SESSION_KEY_MAX], const char *kind,
    const struct case_id *id, const char *what);
/* As store_draft_save; RC_REFUSED while locked.  Empty text drops the draft. */
NODISCARD enum rc session_draft_save(struct session *s, const char *key,
    const char *text, struct err *e);
/* *text owned, NULL when there is none. */
NODISCARD enum rc session_draft_load(struct session *s, const char *key,
    char **text, struct err *e);
NODISCARD enum rc session_draft_drop(struct session *s, const char *key,
    struct err *e);
/* How many drafts have a key that begins with prefix. */
size_t session_drafts(const struct session *s, const char *prefix);

/* ---- places ---- */

enum place_type {
	PLACE_CASES = 0,	/* text: the filter; at: the selected row */
	PLACE_NEW_CASE,		/* text: what was searched; at: 1 in the form */
	PLACE_CASE,		/* id; at: the pane in focus */
	PLACE_FORM,		/* over PLACE_CASE: text is the draft's key */
	PLACE_DUE,		/* text: what it is narrowed to; at: the line */
	PLACE_QUEUE,		/* the same; a case that it opened is at 2 */
	PLACE_WALK,		/* id; at: see walkscreen.c; a form may follow */
	PLACE_TRAINING,		/* text: what it is narrowed to; at: the row */
	PLACE_SESSION,		/* id: a training session */
	PLACE_REPLAY,		/* id; at: the step */
	PLACE_AGAIN,		/* what was missed, asked again */
	PLACE_LOG,		/* the training log */
	PLACE_COLLATION,	/* at: the row */
	PLACE_JOINED,		/* text: the window; at: the row */
	PLACE_REPORT,		/* text: its name and the window */
	PLACE_LINKS		/* text: "children" or none; at: the row */
};
#define PLACES_MAX 4

struct place {
	enum place_type type;
	struct case_id id;	/* PLACE_CASE, PLACE_FORM; zeros else */
	const char *text;	/* borrowed; NULL for none */
	size_t at;
};

/*
 * "I am here": a screen says so in enter(), and whoever opens a form says so
 * for it just before app_push().  The list is at depth 0, a case or the
 * search for a new one at 1, a form at 2.  Deeper places are forgotten.
 */
void session_at(struct session *s, size_t depth, const struct place *p);
/*
 * After unlocking: calls open for each place kept, the outermost first, until
 * one returns false; then they are forgotten.  False when there was none.
 */
typedef bool (*place_fn)(void *ctx, const struct place *p);
bool session_return(struct session *s, place_fn open, void *ctx);

/* ---- moving on ---- */

/*
 * Shows a case over what is there; a restricted one asks for a reason first;
 * tells why if it cannot.  The case screen gives for it, in tui/casescreen.h:
 *
 *	struct pane *case_screen_new(struct session *s,
 *	    const struct case_id *id, struct err *e);
 *	// Takes up what session_at() said of it: `at` of the PLACE_CASE, and
 *	// then the form of a PLACE_FORM from its draft (pushes the form).
 *	void case_screen_return(struct pane *screen, struct app *app,
 *	    const struct place *p);
 */
void session_open_case(struct session *s, struct app *app,
    const struct case_id *id);
/* The same with one entry of it shown over the case, if it opens at once. */
void session_open_entry(struct session *s, struct app *app,
    const struct case_id *id, const struct entry_id *entry);
/* True if it opens without a reason. */
bool session_case_open(struct session *s, const struct case_id *id);
/*
 * Notes a search with its final words and how many cases it showed.  False,
 * and told (app may be NULL), when it could not be noted: then what it found
 * is not shown any longer.
 */
bool session_searched(struct session *s, struct app *app, const char *words,
    size_t n);
/* As session_open_case(), instead of the screen on top. */
void session_replace_case(struct session *s, struct app *app,
    const struct case_id *id);

#endif
