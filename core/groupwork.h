/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a group answered in a session that a facilitator leads: the fold of
 * "group-answers" and "reveal" of one session (core/walk.h).  Nothing of a
 * round is counted for anybody to see before it was revealed; who shows it
 * asks groupwork_shown() first.  Of several answers of one learner to the
 * same item in a round the latest holds; "not asked" takes one back.  What is
 * written after its round was revealed does not count, nor what belongs to a
 * stage that was not reached, nor a second round revealed before the first.
 * Learners beyond GROUP_LEARNERS_MAX do not count, the latest of them.  Pure.
 */
#ifndef HEARKEN_CORE_GROUPWORK_H
#define HEARKEN_CORE_GROUPWORK_H

#include "core/agree.h"
#include "core/walk.h"

#define GROUP_ROUNDS 2
#define GROUP_LEARNERS_MAX 200

struct group_learner {
	char *name;		/* owned */
};

/*
 * One learner's answers to a stage in a round.  As in live work an answer
 * stands until it is changed: `answers` has those of the stages and the round
 * before, too.
 */
struct group_answers {
	size_t learner;
	uint32_t stage;
	unsigned round;
	struct answers answers;		/* what stands then */
	struct itemset given;		/* items answered in this very round */
	const struct record *record;	/* the latest of them */
};

struct groupwork {
	const struct walk *w;	/* borrowed */
	struct group_learner *learners;	size_t nlearners, caplearners;
	struct group_answers *given;	size_t ngiven, capgiven;
	bool shown[STUDY_STAGES_MAX][GROUP_ROUNDS];
};

/*
 * True if both name one learner: whatever the capitals, and no more, for
 * "P1-1" and "P11" are two.
 */
bool group_same_name(const char *a, const char *b);

/* Borrows the walk and its case. */
void groupwork_of(const struct walk *w, struct groupwork *out);
void groupwork_release(struct groupwork *g);
bool groupwork_shown(const struct groupwork *g, uint32_t stage,
    unsigned round);
/* How many learners have answered the stage in the round. */
size_t groupwork_count(const struct groupwork *g, uint32_t stage,
    unsigned round);

/* NULL when the learner has not answered it. */
const struct group_answers *groupwork_answers(const struct groupwork *g,
    size_t learner, uint32_t stage, unsigned round);
/* The model's answers after a stage; false if it was not reached. */
bool groupwork_model(const struct groupwork *g, uint32_t stage,
    struct answers *out);
/* Present or suspected: the sign was seen. */
bool group_sees(enum answer a);

/*
 * How the answers to one item spread over those who have answered the round.
 * An item left open is the model's own answer where the model does not know.
 */
struct group_spread {
	unsigned item;
	size_t n[ANSWER_STATES];	/* by state; not asked: not answered */
	size_t same;			/* as the model */
	enum answer model;
};
/*
 * Appends a spread for each item that somebody or the model has an answer
 * other than not known to: those most missed first, then those that the model
 * sees, then those answered most unlike it.  *out is a vec of the caller's
 * (free).  Returns how many.
 */
size_t groupwork_spread(const struct groupwork *g, uint32_t stage,
    unsigned round, struct group_spread **out);

/* What became of an item from the first round to the second. */
struct group_turn {
	size_t both;		/* learners who answered both rounds */
	size_t towards, away;	/* of these: nearer to the model, further off */
};
struct group_turn groupwork_turn(const struct groupwork *g, uint32_t stage,
    unsigned item);
/* How many come to the model's level by the rules. */
size_t groupwork_levels(const struct groupwork *g, uint32_t stage,
    unsigned round);

/*
 * True if the item is rated in the round: by anybody, or by the model alone;
 * what nobody saw is what to talk about.  model as groupwork_model() has it.
 */
bool groupwork_rated(const struct groupwork *g, uint32_t stage,
    unsigned round, unsigned item, const struct answers *model);
/*
 * The table of the round as core/agree.h takes it: the items that are rated,
 * those who have answered the round as raters, categories the five states.
 * An item that one of them left open is not missing but "not asked": whoever
 * ticks little would else agree with all.
 * Cells, model and groups are owned by *out.
 */
struct group_table {
	struct agree_table table;
	struct agree_model model;
	int16_t *cells, *answers;
	uint32_t *group;
	unsigned *items;	/* of each row */
};
void groupwork_table(const struct groupwork *g, uint32_t stage,
    unsigned round, struct group_table *out);
void group_table_release(struct group_table *t);

/*
 * Before and after: two sessions on matched studies, learners paired by name
 * (case ignored), over the first rounds that were revealed.  Each
 * sign counts at the stage that tells of it: a hit is a sign of the model's,
 * present or suspected, that the learner has as either; what was left open is
 * missed.  Levels are those that the rules make of the answers.
 */
struct group_change {
	char *name;		/* owned */
	struct agree_counts before, after;
	size_t levels_before, levels_right_before;
	size_t levels_after, levels_right_after;
};
struct group_compared {
	struct group_change *changes;	size_t n, cap;
	size_t only_before, only_after;	/* learners in one of the two */
};
/* RC_INPUT when the two studies are no pair. */
NODISCARD enum rc groupwork_compare(const struct groupwork *before,
    const struct groupwork *after, struct group_compared *out,
    struct err *e);
void group_compared_release(struct group_compared *c);

/* The draft of kind "group-answers"; its body is owned by the caller. */
struct group_entry {
	const char *learner;
	uint32_t stage;
	unsigned round;
	const struct answers *answers;
	const struct itemset *given;
	const char *from;	/* "typed", "file", "session" */
	const struct entry_id *attempt;	/* NULL: none */
};
struct entry_draft groupwork_draft(const struct walk *w,
    const struct group_entry *g);
struct entry_draft groupwork_reveal_draft(const struct walk *w,
    uint32_t stage, unsigned round);

#endif
