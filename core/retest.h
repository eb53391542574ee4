/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asking again what was missed, after longer and longer times: 1, 3, 7, 21
 * and 60 days.  An indicator that a learner missed (MATCH_MISSED in a first
 * round) is due a day later; each right answer moves it on to the next time,
 * a wrong one back to the first; after the last it is learnt until it is
 * missed again.  An answer before its day moves nothing on.  Pure: the day is
 * given.
 */
#ifndef HEARKEN_CORE_RETEST_H
#define HEARKEN_CORE_RETEST_H

#include "core/walk.h"

#define RETEST_BOXES 5
/* Days until what is in a box is asked again; box < RETEST_BOXES. */
int retest_days(unsigned box);
#define RETEST_ASKED 4		/* items asked at once, with the one in question */

struct retest_item {
	unsigned item;
	unsigned box;		/* 0 to RETEST_BOXES; RETEST_BOXES: learnt */
	int32_t due;		/* day, or DAY_NONE when learnt */
	size_t missed;		/* sessions in which it was */
	size_t asked, right;
	char *study;		/* id, where it was missed last; owned */
	char *stage;		/* its id; owned */
};

/* One thing that happened to an indicator; for retests_settle(). */
struct retest_event {
	uint64_t n;		/* in the learner's chain */
	int64_t at;
	struct entry_id entry;
	unsigned item;
	enum { RETEST_MISSED, RETEST_WRONG, RETEST_RIGHT } what;
	char *study, *stage;	/* owned */
};

struct retests {
	const struct instrument *in;	/* borrowed */
	struct retest_event *events;	size_t nevents, capevents;
	struct retest_item *items;	size_t n, cap;
};

void retests_init(struct retests *r, const struct instrument *in);
void retests_release(struct retests *r);
/* What a session's attempts of `who` missed; any order of calls. */
void retests_add_walk(struct retests *r, const struct walk *w,
    const struct author_id *who);
/*
 * The entries "retest" of `who` in a case of theirs.  A wrong answer to what
 * no session here missed counts as missed, for it was so elsewhere.
 */
void retests_add_log(struct retests *r, const struct casefile *c,
    const struct author_id *who);
/* Works out boxes and days; the earliest due first. */
void retests_settle(struct retests *r);
size_t retests_due(const struct retests *r, int32_t today);

/* A question: a stage of a study, and the items that are asked. */
struct retest_question {
	unsigned item;			/* the one in question */
	const struct study *study;	/* borrowed */
	uint32_t stage;
	unsigned items[RETEST_ASKED];	/* shuffled; the one in question among them */
	enum answer model[RETEST_ASKED];
	size_t n;
};
/*
 * A stage at which the model answers the item present or suspected: of
 * another study than it was missed in, if there is one.  What is asked with it
 * the model answers at that very stage, or nowhere up to it, so that what the
 * stage tells is enough.  False when none of the studies has such a stage.
 * rng chooses and shuffles.
 */
bool retest_ask(const struct retests *r, const struct retest_item *it,
    const struct study *const *studies, size_t nstudies,
    const struct rng *rng, struct retest_question *out);
/* The draft of kind "retest"; given[i] answers items[i].  *right is told. */
struct entry_draft retest_draft(const struct retest_question *q,
    const struct instrument *in, const struct case_id *log,
    const enum answer *given, bool *right);

#endif
