/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the words of `hearken train` share, one file each: the training store
 * that was unlocked, and a session found in it.
 */
#ifndef HEARKEN_CLI_TRAIN_H
#define HEARKEN_CLI_TRAIN_H

#include "cli/command.h"
#include "cli/format.h"
#include "core/groupwork.h"
#include "db/watch.h"

struct train {
	const struct call *c;	/* args[0] is the word, args[1] the store */
	struct store *s;	/* open, and for training */
};

NODISCARD enum rc train_list(const struct train *t, bool *attention,
    struct err *e);
NODISCARD enum rc train_replay(const struct train *t, bool *attention,
    struct err *e);
NODISCARD enum rc train_collect(const struct train *t, bool *attention,
    struct err *e);
NODISCARD enum rc train_ratings(const struct train *t, bool *attention,
    struct err *e);
NODISCARD enum rc train_compare(const struct train *t, bool *attention,
    struct err *e);
NODISCARD enum rc train_missed(const struct train *t, bool *attention,
    struct err *e);
NODISCARD enum rc train_log(const struct train *t, bool *attention,
    struct err *e);

/* A session; it holds what it borrows, so it must not be moved. */
struct train_session {
	struct casefile cf;
	struct walk w;
	struct groupwork g;	/* as train_answers() has it */
	bool loaded;
};
/* Finds it by its reference, notes the look, and loads it. */
NODISCARD enum rc train_session_load(const struct train *t, const char *ref,
    enum look look, struct train_session *out, struct err *e);
/* Harmless when it was zeroed and not loaded. */
void train_session_release(struct train_session *x);

/*
 * What was answered in a session, of a group as of one alone: then its learner
 * is the one of the group, and what was committed to is shown.
 */
void train_answers(const struct train *t, const struct walk *w,
    struct groupwork *out);

/*
 * The learner's name, the same in every store: of somebody elsewhere without
 * their agency.
 */
const char *train_name(const struct store *s, const struct author_id *who);
/* "alone", "group"; "none", "before", "after". */
const char *train_mode(const struct walk *w);
const char *train_part(const struct walk *w);

/* What --round says, else 1; RC_USAGE unless 1 or 2. */
NODISCARD enum rc train_round(const struct call *c, unsigned *out,
    struct err *e);
/*
 * The stage that --stage names by its id or number; without it *out is as it
 * was.  RC_NOTFOUND names those there are.
 */
NODISCARD enum rc train_stage(const struct call *c, const struct study *st,
    uint32_t *out, struct err *e);
/* "0.83" with two digits, or "" when there is nothing to divide by. */
void train_share(bool any, double share, char out[8]);

#endif
