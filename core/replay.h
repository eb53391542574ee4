/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training session (core/walk.h) as steps in time, so that it can be gone
 * through again from its entries alone: on the screen and as text.  Steps
 * follow the way through the study; inside an attempt they follow the clock.
 * Pure.
 */
#ifndef HEARKEN_CORE_REPLAY_H
#define HEARKEN_CORE_REPLAY_H

#include "core/walk.h"

enum replay_sort {
	REPLAY_BEGIN,		/* the session was begun */
	REPLAY_STAGE,		/* a stage was shown */
	REPLAY_CHANGE,		/* an answer was changed */
	REPLAY_NOTE,		/* a note was written */
	REPLAY_COMMIT,		/* the learner committed */
	REPLAY_GROUP,		/* answers of one of a group */
	REPLAY_REVEAL,		/* a round was shown to the group */
	REPLAY_LOOKBACK,	/* the note beside the model's */
	REPLAY_CHOICE,		/* what was chosen, and what came of it */
	REPLAY_END		/* the study ended */
};

struct replay_step {
	enum replay_sort sort;
	int64_t at;		/* UTC ms */
	int64_t started;	/* when its stage was first shown, or at */
	size_t way;		/* index in w->way */
	uint32_t stage;		/* index in the study */
	unsigned round;
	const struct walk_attempt *attempt;	/* of it, or NULL */
	const struct walk_change *change;	/* REPLAY_CHANGE */
	const struct walk_lookback *lookback;
	const struct record *record;	/* a note or an entry of a group */
};

struct replay {
	const struct walk *w;	/* borrowed, and all that the steps name */
	struct replay_step *steps;	size_t n, cap;
};

void replay_of(const struct walk *w, struct replay *out);
void replay_release(struct replay *r);
/*
 * The answers as they stood after step i, with the age of its stage and dated
 * as walk_date() has it; those of the round before stand when a stage begins.
 */
void replay_answers(const struct replay *r, size_t i, struct answers *out);
/* Appends "3 of 41, 14:05:10, 2 min 10 s into the stage"; local time. */
void replay_place(const struct replay *r, size_t i, struct str *out);
/*
 * Appends what happened in words, in one line or in several: the first says
 * the whole in short.
 */
void replay_words(const struct replay *r, size_t i, struct str *out);
/* Appends "14:05:10", local time. */
void clock_words(int64_t at, struct str *out);
/* Appends "2 min 10 s"; nothing below zero. */
void lasting_words(int64_t ms, struct str *out);

#endif
