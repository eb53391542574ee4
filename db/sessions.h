/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sessions of a training store, and where studies come from that were
 * taken into it.  Reads every case: a training store is small.
 */
#ifndef HEARKEN_DB_SESSIONS_H
#define HEARKEN_DB_SESSIONS_H

#include "core/retest.h"
#include "core/walk.h"
#include "db/store.h"

/* True if the store was made for training (kind "purpose"). */
bool store_training(const struct store *s);
/* RC_REFUSED in a store of the other sort; what: "a session". */
NODISCARD enum rc store_need_training(const struct store *s,
    const char *what, struct err *e);
/* The same the other way round; what: "an import". */
NODISCARD enum rc store_need_live(const struct store *s, const char *what,
    struct err *e);

/*
 * The checklist that a study is answered with: the default one if it has
 * that id, else the one adopted last under it; NULL if none is.
 */
const struct instrument *store_instrument_named(const struct store *s,
    const char *id);

/*
 * Loads a session; RC_NOTFOUND when the case is none.  After RC_OK *c and *w
 * are owned, and w borrows from c, which must not move.
 */
NODISCARD enum rc store_session_load(struct store *s,
    const struct case_id *id, struct casefile *c, struct walk *w,
    struct err *e);
/*
 * RC_REFUSED when it is somebody else's, gone through alone, and whoever
 * unlocked the store is neither a trainer nor a supervisor: it has their
 * misses, and the model's answers to a study that may still lie ahead.
 */
NODISCARD enum rc store_session_readable(const struct store *s,
    const struct walk *w, struct err *e);
/*
 * Calls fn with each session, the latest begun first; w is NULL, with e set,
 * when its study cannot be read.  False stops.
 */
typedef bool (*store_session_fn)(const struct casefile *c,
    const struct walk *w, const struct err *e, void *ctx);
NODISCARD enum rc store_sessions(struct store *s, store_session_fn fn,
    void *ctx, struct err *e);
/*
 * The same of the max that were worked on last and of all that whoever
 * unlocked the store wrote in; *left cases are neither.
 */
NODISCARD enum rc store_sessions_lately(struct store *s, size_t max,
    store_session_fn fn, void *ctx, size_t *left, struct err *e);
/*
 * A reference that no case has yet: "the-headset-3".  Appends.
 */
NODISCARD enum rc store_session_reference(struct store *s,
    const char *study, struct str *out, struct err *e);
/*
 * Begins a session; *id is that of its case.  An order without a reference or
 * with an id of zeros gets new ones.  RC_INPUT when the study's checklist was
 * not adopted, or the study does not go with it (study_check).
 */
NODISCARD enum rc store_session_begin(struct store *s,
    const struct walk_order *o, struct case_id *id, struct err *e);

/* The "study" of an `open' that holds a person's log. */
#define STUDY_LOG "log"
/*
 * The log of whoever unlocked the store: a case of its own, opened with the
 * study "log", made at its first entry.  RC_NOTFOUND without make.
 */
NODISCARD enum rc store_log_case(struct store *s, bool make,
    struct case_id *id, struct err *e);
/*
 * What is to be asked again of whoever unlocked the store, with the default
 * checklist.  After RC_OK *out is owned.
 */
NODISCARD enum rc store_retests(struct store *s, struct retests *out,
    struct err *e);

/*
 * Studies taken in with their whole text (kind "study-kept"), the newest of
 * each id, by id.  What cannot be read as a study is left out.
 */
typedef bool (*store_study_fn)(const char *id, const char *text, size_t n,
    void *ctx);
NODISCARD enum rc store_studies(struct store *s, store_study_fn fn,
    void *ctx, struct err *e);
/*
 * RC_INPUT with the first fault when it is no sound study for its checklist,
 * RC_EXISTS when the same text is the newest that is kept of its id.
 */
NODISCARD enum rc store_study_keep(struct store *s, const char *text,
    size_t n, struct err *e);

#endif
