/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case study: one young person's story told in stages, as agencies come to
 * know it, with the model's answer to each indicator, the level that follows
 * and what a good note names.  Content, not code: trainers write it.  Opens
 * no files; nothing here knows of learners or of sessions.
 *
 *	id: by-the-bus-stop
 *	version: "1.0"
 *	title: By the bus stop
 *	instrument: occ-csegg	whose items are answered, whose rules run
 *	source: invented	or where the story stands
 *	covers: [boy, group]	words of study_cover_words
 *	teaches, missed		a line each
 *	pair: ID		if any: a study as hard, for before and after
 *	child:
 *	  called: I.		initials, never a name
 *	  age: 14		at the first stage, whole years
 *	  sex: M | F | U
 *	  care			where and with whom the child lives
 *	stages:			in order, and in each
 *	  id, date, agency, known
 *	  age			if any: the age from here on
 *	  child-says | not-heard   the child's own words, or why there are none
 *	  questions:		- ask, look-for: [...]
 *	  answers:		only what changes: - item, state, reason, source
 *				and on, when the sign was seen, if not that day
 *	  level			what the rules make of all answers so far
 *	  why			that level in words
 *	  judgement, judgement-why   if any: the higher level of a person
 *	  note: [...]		what a good note has to name
 *	  next			a stage further down, or "end"; or instead
 *	  choices:		- id, words, next, reply, and discloses if any
 *
 * An indicator that no stage has answered is not known.  Stages lead only
 * downwards, so no study goes in a circle and every way has an end.
 */
#ifndef HEARKEN_CORE_STUDY_H
#define HEARKEN_CORE_STUDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/answers.h"
#include "core/instrument.h"
#include "core/yaml.h"

#define STUDY_STAGES_MAX 16
#define STUDY_CHOICES_MAX 4
#define STUDY_LIST_MAX 24	/* questions, points and the like of a stage */
#define STUDY_WAYS_MAX 64	/* from the first stage to an end */
#define STUDY_TEXT_MAX 4000	/* bytes of one text */
#define STUDY_END UINT32_MAX	/* a `next' that ends the study */

struct study_place {
	unsigned line, column;
};

struct study_lines {
	char **list;
	size_t n, cap;
};

struct study_question {
	char *ask;
	struct study_lines look_for;	/* what a good answer names */
};

struct study_answer {
	char *item;
	enum answer state;	/* never ANSWER_NOT_ASKED */
	struct span on;
	char *reason, *source;
	struct study_place at;
};

struct study_choice {
	char *id, *words;
	char *reply;		/* what there is to say about it */
	char *discloses;	/* what else becomes known by it; "" if nothing */
	uint32_t next;		/* index of a stage, or STUDY_END */
};

struct study_stage {
	char *id, *agency, *known;
	char *child_says, *not_heard;	/* one of the two is "" */
	int32_t day;
	int age;
	struct study_question *questions;	size_t nquestions, capquestions;
	struct study_answer *answers;		size_t nanswers, capanswers;
	char *level, *why;
	char *judgement, *judgement_why;	/* "" if none */
	struct study_lines note;
	struct study_choice *choices;		size_t nchoices, capchoices;
	uint32_t next;		/* when there are no choices */
	struct study_place level_at, judgement_at;
};

struct study {
	char *id, *version, *title, *instrument, *source;
	char *teaches, *missed;
	char *pair;		/* "" if none */
	unsigned covers;	/* bit i: the i-th of study_cover_words */
	char *called, *care;
	char sex;		/* M, F or U */
	struct study_stage *stages;	size_t nstages, capstages;
	struct study_place instrument_at;
};

/* What a study can be about, ends with NULL: "boy", "disabled", ... */
const char *const *study_cover_words(void);
/* Appends "boy, group". */
void study_covers(const struct study *s, struct str *out);
/* "boy", "girl", "young person": in words, by age and sex. */
const char *study_child_word(const struct study *s);

/* Returns owned the study, or NULL with every fault, sorted. */
struct study *study_parse(const char *text, size_t n, struct faults *f);
void study_free(struct study *s);	/* s may be NULL */
/*
 * Appends the file of a study: what study_parse() reads back as the same.
 * Texts are quoted and wrapped; comments are not kept.
 */
void study_write(const struct study *s, struct str *out);

/* Stages in the order in which they are gone through. */
struct study_way {
	uint32_t stages[STUDY_STAGES_MAX];
	size_t n;
};
typedef void (*study_way_fn)(const struct study_way *way, void *ctx);
/* Calls fn with every way from the first stage to an end, each once. */
void study_each_way(const struct study *s, study_way_fn fn, void *ctx);
/* How many ways there are; more than STUDY_WAYS_MAX are not told apart. */
size_t study_ways(const struct study *s);

/* Stages that follow one, at the least and at the most. */
struct study_ahead {
	size_t least, most;
};
struct study_ahead study_ahead(const struct study *s, uint32_t from);

/*
 * The model's answers after the stages of the way: what is said last of an
 * item stands, all else is not known.  Items that the instrument does not
 * have are left out.  The way has one stage at least.
 */
void study_answers(const struct study *s, const struct instrument *in,
    const struct study_way *way, struct answers *out);
/* What is said last of an item on the way; NULL if nothing is. */
const struct study_answer *study_standing(const struct study *s,
    const struct instrument *in, const struct study_way *way, uint32_t item);

/*
 * Adds a fault for each item or level that the instrument does not have, and
 * for each stage whose stated level is not the one its rules give on some way
 * to it.  True when there was none.
 */
bool study_check(const struct study *s, const struct instrument *in,
    struct faults *f);

#endif
