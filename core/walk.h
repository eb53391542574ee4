/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training session: one case study gone through stage by stage, as the
 * fold of the entries of its case.  The learner answers the same checklist as
 * in live work and commits; only then is the model shown; then they look back
 * on their note point by point, choose where the study lets them, and go on.
 *
 *	open, identity, session			walk_begin()
 *	observation ..., note, attempt		the learner commits to a stage
 *	lookback				and goes on to the next
 *	group-answers ..., reveal		of a group: core/groupwork.h
 *
 * Two rounds of a stage: the second attempt follows the first one's, before
 * the lookback.  What belongs to a stage that was not reached on the way does
 * not count, nor does a second attempt of the same round.  A session alone
 * goes by the learner's own entries only, in the order of their chain; in a
 * group anybody of the store may lead on, a stage is shown by its first
 * "reveal", and a lookback counts without an attempt.  Pure.
 */
#ifndef HEARKEN_CORE_WALK_H
#define HEARKEN_CORE_WALK_H

#include "core/casefile.h"
#include "core/clock.h"
#include "core/screen.h"
#include "core/study.h"

enum walk_mode { WALK_ALONE, WALK_GROUP };
enum walk_part { WALK_BY_ITSELF, WALK_BEFORE, WALK_AFTER };

/* Where a session stands. */
enum walk_state {
	WALK_ANSWER,	/* the stage is to be answered; no model yet */
	WALK_MODEL,	/* committed or revealed: the model may be shown */
	WALK_END	/* the last stage was looked back on */
};

struct walk_change {
	int64_t at;		/* UTC ms */
	unsigned item;		/* of the instrument */
	enum answer state;
};

/* What was committed to at a stage in a round. */
struct walk_attempt {
	const struct record *record;	/* borrowed from the case */
	uint32_t stage;			/* index in the study */
	unsigned round;
	int64_t started, committed;	/* UTC ms */
	struct answers answers;
	unsigned level;			/* by the rules */
	unsigned judgement;		/* NO_ITEM: as the rules */
	const char *why;		/* borrowed; "" */
	struct walk_change *changes;	size_t nchanges, capchanges;
	const struct record **notes;	size_t nnotes, capnotes;
};

enum walk_point { POINT_MISSING, POINT_PARTLY, POINT_NAMED };

struct walk_lookback {
	const struct record *record;
	uint32_t stage;
	unsigned round;
	enum walk_point points[STUDY_LIST_MAX];	/* of the stage's note */
	uint32_t choice;		/* index, or STUDY_END: none */
};

struct walk {
	struct study *study;		/* the text of the session entry */
	bool lent;			/* it is of struct walk_studies */
	const struct casefile *c;	/* borrowed */
	const struct instrument *in;	/* borrowed */
	const struct record *session;
	struct author_id learner;	/* who began it */
	enum walk_mode mode;
	enum walk_part part;
	const char *sitting;		/* borrowed; "" */
	enum walk_state state;
	struct study_way way;		/* stages gone through, the present one last */
	struct walk_attempt *attempts;	size_t nattempts, capattempts;
	struct walk_lookback *lookbacks; size_t nlookbacks, caplookbacks;
};

/*
 * Folds the case, which is settled.  RC_NOTFOUND when it is no session,
 * RC_INPUT when its study cannot be read or is not for this instrument.
 * After RC_OK *out is owned (walk_release); c and in must outlive it.
 */
NODISCARD enum rc walk_of(const struct casefile *c,
    const struct instrument *in, struct walk *out, struct err *e);
/*
 * The id of the checklist that a session's study is answered with, owned;
 * fails as walk_of() does.
 */
NODISCARD enum rc walk_checklist(const struct casefile *c, char **out,
    struct err *e);
/*
 * Studies read for one session and lent to others of the same text: of many
 * sessions most of the time goes into reading the same few.  Begun with
 * zeros.  A walk that has a lent study is released before the next is made.
 */
struct walk_studies {
	struct walk_known {
		char *text, *hash;	/* owned */
		struct study *study;
	} *list;
	size_t n, cap;
};
void walk_studies_release(struct walk_studies *k);
/* As walk_checklist() and walk_of(); *id is live as long as the walk. */
NODISCARD enum rc walk_checklist_known(const struct casefile *c,
    struct walk_studies *k, const char **id, struct err *e);
NODISCARD enum rc walk_of_known(const struct casefile *c,
    const struct instrument *in, struct walk_studies *k, struct walk *out,
    struct err *e);
void walk_release(struct walk *w);
/* The stage in hand; of a walk that has ended, the last one. */
const struct study_stage *walk_stage(const struct walk *w);
/*
 * "stage 2 of 4", or "stage 2 of up to 4" where a choice is ahead: the place-th
 * of the way, from 0.  Appends.
 */
void walk_place_words(const struct walk *w, size_t place, struct str *out);
/* The attempt at a stage in a round, or NULL. */
const struct walk_attempt *walk_attempt_at(const struct walk *w,
    uint32_t stage, unsigned round);
/*
 * Appends what became known by the choice that led to the i-th stage of the
 * way, or with way.n to the end; nothing when there is nothing.
 */
void walk_disclosed(const struct walk *w, size_t i, struct str *out);

/*
 * The same answers as at the i-th stage of the way, with its age, and dated
 * for rules that look back: a sign that the model has, too, when the model
 * has it; any other since the stage where it was first answered so.  What
 * the level of an attempt is worked out from.  out may be given.
 */
void walk_date(const struct walk *w, size_t i, const struct answers *given,
    struct answers *out);

/* ---- against the model ---- */

enum walk_match {
	MATCH_SAME,
	MATCH_MISSED,	/* the model says present or suspected, the learner less */
	MATCH_WEAKER,	/* present as suspected: seen, but not as sure */
	MATCH_BEYOND,	/* the learner says more than was known */
	MATCH_OTHER	/* absent against not known, and the like */
};

struct walk_item {
	unsigned item;
	enum answer model, given;
	enum walk_match match;
	const struct study_answer *why;	/* the model's last word, or NULL */
};

struct walk_model {
	struct answers answers;		/* after the stages of the way */
	struct screening result;
	unsigned level;			/* the study's judgement, else the rules' */
	struct walk_item *items;	/* those that either answered; owned */
	size_t nitems, capitems;
	bool level_same;		/* what both stand by, judgements and all */
};
/*
 * Lays an attempt beside the model at the i-th stage of the way.  Missed
 * first, then weaker, beyond, other, same; each in the checklist's order.
 */
void walk_model_of(const struct walk *w, size_t i,
    const struct walk_attempt *a, struct walk_model *out);
void walk_model_release(struct walk_model *m);
/* "missed", ... for people. */
const char *walk_match_words(enum walk_match m);

/*
 * Words of a point of the model's note that a learner's note has, too: a hint
 * to whoever ticks the points, and no more.  Appends them with ", " between;
 * returns what it looks like.
 */
enum walk_point note_hint(const char *point, const char *note,
    struct str *out);

/* ---- beginning, and what is written ---- */

struct walk_order {
	struct case_id id;		/* a new one */
	const char *reference;		/* "the-headset-1" */
	const struct study *study;
	const char *text;		/* of its file */
	enum walk_mode mode;
	enum walk_part part;
	const char *sitting;		/* "" for none */
};
#define WALK_BEGIN_DRAFTS 3
/* Fills d with the entries that begin a session; released by the caller. */
void walk_begin(const struct walk_order *o,
    struct entry_draft d[WALK_BEGIN_DRAFTS]);

struct walk_commit {
	uint32_t stage;
	unsigned round;
	int64_t started;
	const struct answers *answers;
	const struct walk_change *changes;
	size_t nchanges;
	unsigned judgement;		/* NO_ITEM: as the rules */
	const char *why;
	/* None: those of the chain since the attempt before, as they are read. */
	const struct entry_id *notes;
	size_t nnotes;
};
/* The draft of kind "attempt"; its body is owned by the caller. */
struct entry_draft walk_attempt_draft(const struct walk *w,
    const struct walk_commit *a);
/* The draft of kind "lookback" of the stage in hand. */
struct entry_draft walk_lookback_draft(const struct walk *w, unsigned round,
    const enum walk_point *points, uint32_t choice);

#endif
