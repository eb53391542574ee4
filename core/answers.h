/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers to a checklist as sets of items: small, flat values that a rule
 * can be run over with AND and popcount, one child or a million.
 */
#ifndef HEARKEN_CORE_ANSWERS_H
#define HEARKEN_CORE_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"

struct instrument;

#define ITEMS_MAX 128		/* items an instrument may have */
#define WINDOWS_MAX 8		/* different `within` clauses it may use */

/* The states of an answer, weakest first: where several stand, the strongest wins. */
enum answer {
	ANSWER_NOT_ASKED = 0,
	ANSWER_NOT_KNOWN,
	ANSWER_ABSENT,
	ANSWER_SUSPECTED,
	ANSWER_PRESENT
};
#define ANSWER_STATES 5

/* "present", "suspected", "absent", "not known", "not asked". */
const char *answer_name(enum answer a);
/*
 * Reads a state, case and surrounding spaces ignored; "-" and "_" count as a
 * space.  False if it is none of the five.
 */
bool answer_from_name(const char *s, size_t n, enum answer *out);

struct itemset {
	uint64_t w[ITEMS_MAX / 64];
};

struct answers {
	struct itemset present, suspected, absent, not_known;
	/* Of present and suspected, those inside each of the instrument's windows. */
	struct itemset present_in[WINDOWS_MAX], suspected_in[WINDOWS_MAX];
	int age;	/* whole years; -1 when not known */
	bool age_unsure;	/* estimated or disputed: may be younger */
};

static inline void
itemset_add(struct itemset *s, unsigned i)
{
	s->w[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline void
itemset_remove(struct itemset *s, unsigned i)
{
	s->w[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

static inline bool
itemset_has(const struct itemset *s, unsigned i)
{
	return (s->w[i / 64] >> (i % 64) & 1u) != 0;
}

static inline struct itemset
itemset_and(struct itemset a, const struct itemset *b)
{
	a.w[0] &= b->w[0];
	a.w[1] &= b->w[1];
	return a;
}

static inline struct itemset
itemset_or(struct itemset a, const struct itemset *b)
{
	a.w[0] |= b->w[0];
	a.w[1] |= b->w[1];
	return a;
}

static inline struct itemset
itemset_minus(struct itemset a, const struct itemset *b)
{
	a.w[0] &= ~b->w[0];
	a.w[1] &= ~b->w[1];
	return a;
}

static inline unsigned
itemset_count(const struct itemset *s)
{
	return (unsigned)(__builtin_popcountll(s->w[0]) +
	    __builtin_popcountll(s->w[1]));
}

void answers_init(struct answers *a);
enum answer answers_get(const struct answers *a, unsigned item);
/* Replaces the state of one item; windows are left to the caller. */
void answers_set(struct answers *a, unsigned item, enum answer state);
/* As answers_set, but never weakens what is there. */
void answers_raise(struct answers *a, unsigned item, enum answer state);

/* One answer by one observer: an item, its state and the days it speaks of. */
struct sighting {
	unsigned item;
	enum answer state;
	struct span on;
};

/*
 * Counts a sighting in: the strongest state of an item wins, and each of the
 * instrument's windows that its days touch holds it.  The one way to build
 * answers for an instrument that uses `within`.  A sighting without a date
 * is in no window.
 */
void answers_note(struct answers *a, const struct instrument *in,
    const struct sighting *s, int32_t today);
/* Counts in what else is known of the same child; the age stays. */
void answers_merge(struct answers *to, const struct answers *from);

#endif
