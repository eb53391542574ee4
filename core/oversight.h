/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Oversight: what a second person has decided on a case, and what still waits
 * for one.  A lowering that a practitioner asked for holds only once a review
 * says so; nobody reviews their own work.  Pure.
 *
 * A review counts when it stands and its author wrote neither the screening,
 * the request nor the flag that it is about, nor the review that it is a
 * second look at.  It covers the case as it was: a later screening, request
 * or flag, or a level by the rules above the one that it saw, waits anew.
 */
#ifndef HEARKEN_CORE_OVERSIGHT_H
#define HEARKEN_CORE_OVERSIGHT_H

#include "core/casefile.h"

/* Why a case is in the queue, in the order in which it is said. */
enum queue_why {
	QUEUE_LOWERING = 1 << 0,	/* somebody asks to lower it */
	QUEUE_LEVEL = 1 << 1,	/* a level that asks for a referral */
	QUEUE_FLAG = 1 << 2,	/* somebody flagged it */
	QUEUE_RETURNED = 1 << 3,	/* given back with questions */
	QUEUE_OVERDUE = 1 << 4,	/* a clock has run out */
	QUEUE_CONFLICT = 1 << 5,	/* two values to be settled */
	QUEUE_SECOND = 1 << 6	/* drawn for a second, blind look */
};
#define QUEUE_WHYS 7
/* "asks to be lowered"; borrowed. */
const char *queue_why_words(enum queue_why why);
const char *queue_why_code(enum queue_why why);

struct oversight {
	const struct record *request;	/* a lowering that waits, or NULL */
	const struct record *flag;	/* the first flag that waits, or NULL */
	const struct record *review;	/* the latest that counts, or NULL */
	const struct record *returned;	/* the one that gave it back, unanswered */
	const struct record *second;	/* a review drawn and not yet seen twice */
	unsigned why;		/* bits of enum queue_why but OVERDUE, CONFLICT */
	int64_t since;		/* when the first of these began; INT64_MAX */
	/*
	 * The level that holds by people, as an index of the instrument: the
	 * rules' own, raised or lowered by judgement and review.
	 */
	unsigned level;
	bool lowered;		/* below the rules, by a review that counts */
};

/*
 * What waits in c, judged by the rules as `level` (an index of in).  One in
 * `sample` of the reviews that agreed is drawn for a second look, by the hash
 * of its id; 0: none.  c is settled.
 */
void casefile_oversight(const struct casefile *c, const struct instrument *in,
    unsigned level, unsigned sample, struct oversight *out);

/* RC_REFUSED, with whose work it is, when `who` may not review this. */
NODISCARD enum rc oversight_may(const struct casefile *c,
    const struct record *about, const struct author_id *who, struct err *e);

#endif
