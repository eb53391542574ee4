/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Screening: an instrument's rules run over a set of answers.  Pure.  The
 * result is always an interval, the level on what is present and the level
 * it could be, with the rules that fired and the fewest answers that would
 * change it.  Never says "low risk" (IICSA Organised Networks F.3, F.4).
 */
#ifndef HEARKEN_CORE_SCREEN_H
#define HEARKEN_CORE_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/answers.h"
#include "core/instrument.h"
#include "core/str.h"

/* Below the instrument's own levels (0 the highest) there are always these two. */
#define LEVEL_INSUFFICIENT(in) ((unsigned)(in)->nlevels)
#define LEVEL_NONE(in) ((unsigned)(in)->nlevels + 1)

#define RULES_MAX 32

/* Any `n` of these items. */
struct pick {
	unsigned n;
	struct itemset from;
};
#define PICKS_MAX 4

/*
 * The fewest answers that would give `level`: all of the picks answered
 * present.  Nearly always there is one pick, and then any n of `from` do.
 */
struct change {
	unsigned level;
	unsigned n;		/* answers in all */
	struct itemset from;	/* all items of the picks */
	bool age;		/* and the date of birth shows a young age */
	struct pick picks[PICKS_MAX];
	size_t npicks;
};
#define CHANGES_MAX 8

struct screening {
	unsigned level;		/* on what is present */
	unsigned could_be;	/* if all not absent were present */
	unsigned vulnerabilities, signs;	/* present, by section role */
	unsigned suspected;
	unsigned not_known;	/* listed items not known or not asked */
	unsigned not_asked;	/* of these, not asked */
	unsigned listed;	/* listed items in all: "n of 29 not known" */
	unsigned fired[RULES_MAX];	/* indexes of rules, in their order */
	size_t nfired;
	struct change changes[CHANGES_MAX];	/* shortest first */
	size_t nchanges;
};

/*
 * The level is that of the first rule that fires: an instrument that was
 * loaded lists its rules from the highest level down.
 *
 * Level and could-be only: a handful of AND and popcount, for batch work.
 */
void screen_levels(const struct instrument *in, const struct answers *a,
    unsigned *level, unsigned *could_be);
/* All of the result but the changes, which take the longest to find. */
void screen_judge(const struct instrument *in, const struct answers *a,
    struct screening *out);
/* The whole result. */
void screen_run(const struct instrument *in, const struct answers *a,
    struct screening *out);

/* Stable id ("high", "insufficient", "none-recorded") and label of a level. */
const char *screen_level_id(const struct instrument *in, unsigned level);
/* What the person reads; the fired rule's own label where it has one. */
const char *screen_label(const struct instrument *in,
    const struct screening *s);
const char *screen_level_label(const struct instrument *in, unsigned level);
const char *screen_action(const struct instrument *in,
    const struct screening *s);
/* Index by id, or NO_ITEM. */
unsigned screen_level_from_id(const struct instrument *in, const char *id);
/* "1 more sign: any of B1, B3, B4 -> High: ..." for people. */
void screen_change_words(const struct instrument *in, const struct change *c,
    struct str *out);
/* "Rule r3 fired: 3 indicators of A and B (needs 3)": the operands, in words. */
void screen_rule_words(const struct instrument *in, const struct answers *a,
    unsigned rule, struct str *out);

#endif
