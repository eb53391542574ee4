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

/*
 * Calls fn with each session, the latest begun first; w is NULL, with e set,
 * when its study cannot be read.  False stops.
 */
typedef bool (*store_session_fn)(const struct casefile *c,
    const struct walk *w, const struct err *e, void *ctx);
NODISCARD enum rc store_sessions(struct store *s, store_session_fn fn,
    void *ctx, struct err *e);
/*
 * A reference that no case has yet: "the-headset-3".  Appends.
 */
NODISCARD enum rc store_session_reference(struct store *s,
    const char *study, struct str *out, struct err *e);
/* Begins a session; *id is that of its case. */
NODISCARD enum rc store_session_begin(struct store *s,
    const struct walk_order *o, struct case_id *id, struct err *e);

/*
 * The log of whoever unlocked the store: a case of its own, opened with the
 * study "log", made at its first entry.  RC_NOTFOUND without make.
 */
NODISCARD enum rc store_log_case(struct store *s, bool make,
    struct case_id *id, struct err *e);
/* What is to be asked again of whoever unlocked the store. */
NODISCARD enum rc store_retests(struct store *s, struct retests *out,
    struct err *e);

/* Studies taken in with their whole text (kind "study-kept"), newest of each id. */
typedef bool (*store_study_fn)(const char *id, const char *text, size_t n,
    void *ctx);
NODISCARD enum rc store_studies(struct store *s, store_study_fn fn,
    void *ctx, struct err *e);
NODISCARD enum rc store_study_keep(struct store *s, const char *text,
    size_t n, struct err *e);

#endif
