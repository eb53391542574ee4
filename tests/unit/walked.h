/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training session for tests of what folds it: entries by numbered people,
 * a minute apart, each checked as the store checks it unless it is written
 * by hand; and the case of them in any order.
 */
#ifndef HEARKEN_TESTS_UNIT_WALKED_H
#define HEARKEN_TESTS_UNIT_WALKED_H

#include "core/walk.h"

#define WALKED_BASE INT64_C(1795341600000)	/* 2026-11-22 10:00 UTC */
#define WALKED_AUTHORS 4
#define WALKED_ME 1	/* whoever begins the session */

struct walked {
	struct entry *entries;	size_t n;
	uint64_t chain[WALKED_AUTHORS];
	int64_t now;
	struct case_id id;
	const struct instrument *in;	/* borrowed */
	char *text;
	struct study *study;
	struct casefile c;	/* of the last walked_walk() */
	struct walk w;
	bool walking;
};

struct author_id walked_author(unsigned who);
/* Returns owned the study of a text, which is sound. */
struct study *walked_study(const char *text);
/* Begins a session on the study of the text, which is kept a copy of. */
void walked_init(struct walked *w, const struct instrument *in,
    const char *text, enum walk_mode mode);
/* On one of content/studies. */
void walked_init_shipped(struct walked *w, const struct instrument *in,
    const char *id);
void walked_release(struct walked *w);
/* Adds an entry; takes the draft, which must pass kind_check_draft(). */
struct entry_id walked_add(struct walked *w, unsigned who,
    struct entry_draft d);
/* Adds one of any body, checked by nobody. */
struct entry_id walked_write(struct walked *w, unsigned who,
    const char *kind, const char *body);
/* The case of the entries, applied in an order that seed shuffles. */
void walked_case(const struct walked *w, uint64_t seed,
    struct casefile *out);
/* Folds them anew; the result is kept in w->c and w->w. */
const struct walk *walked_walk(struct walked *w);
/* Commits these answers to the stage in hand, in its next round. */
struct entry_id walked_attempt(struct walked *w, const struct answers *a);
/* Looks back and chooses: an index, or STUDY_END. */
void walked_lookback(struct walked *w, uint32_t choice);
/* The choice that leads from the stage in hand to another. */
uint32_t walked_choice_to(const struct walk *w, uint32_t stage);
/* The model's answers at the stage in hand. */
struct answers walked_model(const struct walk *w);
struct answers walked_all(const struct instrument *in, enum answer state);

#endif
