/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Oversight: what a second person has decided on a case, and what still waits
 * for one.  A lowering that a practitioner asked for holds only once a review
 * says so; nobody reviews their own work.  Pure.
 *
 * A review counts when it stands and its author wrote neither the screening,
 * the request nor the flag that it is about, nor the review that it is a
 * second look at; of a case without a screening, none of the signs either.
 * Two keys of one name are one person here, of whatever store.
 *
 * It covers what its author saw, which it names (oversight_begin() does), and
 * no clock is asked for that: a screening, request or flag that it does not
 * name, or a level by the rules above the one that it saw, waits anew.  Two
 * reviews of which neither saw the other both stand, the higher level holds,
 * and they are a conflict when they differ, until a third names both.  What a
 * review set above the rules, only a review that saw it lowers again.  One
 * that gives the case back decides no level; a lowering that has not seen it
 * does not hold.
 *
 * A level waits in a closed case, too, when a sign or screening is here that
 * whoever closed it did not know of.
 *
 * What was given back is answered by a screening or a request of the one
 * whose work it is that the review had not seen, or by a note of theirs
 * written later; then it waits again.  A flag is taken down by whoever set
 * it, and by a review of somebody else; nobody but these and a supervisor
 * strikes it.
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
	/*
	 * The one that counts and holds: of two written apart that with the
	 * higher level, else the latest; or NULL.
	 */
	const struct record *review;
	const struct record *returned;	/* the one that gave it back, unanswered */
	const struct record *second;	/* a review drawn and not yet seen twice */
	unsigned why;		/* bits of enum queue_why but OVERDUE, CONFLICT */
	int64_t since;		/* when the first of these began; INT64_MAX */
	/*
	 * The level that holds by people, as an index of the instrument: the
	 * rules' own, raised or lowered by judgement and review.
	 */
	unsigned level;
	/*
	 * Below the rules or the judgement, and above both, by `review`.
	 */
	bool lowered, raised;
	int64_t downgraded;	/* the latest review that counts and set a
				 * level below its rules; INT64_MIN: none */
	/*
	 * What the next review is about: the request, the flag or the
	 * screening that waits, the review to be looked at again, or NULL for
	 * the case itself; and the author whose work that is.
	 */
	const struct record *about;
	struct author_id whose;
};

/*
 * What waits in c, judged by the rules as `level` (an index of in).  One in
 * `sample` of the reviews that agreed is drawn for a second look, by the hash
 * of its id; 0: none.  c is settled.  Without an instrument (NULL) no level is
 * known, and so none is lowered.
 */
void casefile_oversight(const struct casefile *c, const struct instrument *in,
    unsigned level, unsigned sample, struct oversight *out);

/* How second looks agreed with first ones; `drawn` are the seen and waiting. */
struct second_looks {
	uint64_t drawn, seen, agreed, differed;
};
/* Adds those of c. */
void casefile_second_looks(const struct casefile *c, unsigned sample,
    struct second_looks *out);
/*
 * Those whose first review speaks of the days, both inclusive; one without a
 * day of its own of the day on which it was written.
 */
void casefile_second_looks_between(const struct casefile *c, unsigned sample,
    int32_t from, int32_t to, struct second_looks *out);

/*
 * RC_REFUSED, with whose work it is, when `who` may not review this: a
 * screening, a request, a flag, a review that was drawn for a second look, or
 * NULL for the case itself.
 */
NODISCARD enum rc oversight_may(const struct casefile *c,
    const struct record *about, const struct author_id *who, struct err *e);
/*
 * Calls fn with each key whose person may not review it, some perhaps twice.
 */
typedef void (*oversight_key_fn)(const struct author_id *key, void *ctx);
void oversight_authors(const struct casefile *c, const struct record *about,
    oversight_key_fn fn, void *ctx);
/*
 * Puts into the body of a new review what it is about (as above; of a review
 * its second look, which is blind: it does not count as having seen the
 * first), the level by the rules, and all that its author has seen by now.
 */
void oversight_begin(const struct casefile *c, const struct record *about,
    const char *rules_level, json_t *body);

/* For casefile_settle() only: ends requests that are decided. */
void casefile_settle_oversight(struct casefile *c);

#endif
