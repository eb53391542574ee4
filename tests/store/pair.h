/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two stores that know each other's people, and entries on their way between
 * them in memory, where a test may change what it likes.
 */
#ifndef HEARKEN_TESTS_STORE_PAIR_H
#define HEARKEN_TESTS_STORE_PAIR_H

#include "db/abroad.h"
#include "db/bundles.h"
#include "db/unite.h"
#include "tests/store/folk.h"

/* What left: entries and proofs in their order, and the people. */
struct load {
	struct load_item {
		bool proof;
		struct entry entry;
		struct proof by;
	} items[400];
	size_t n;
	json_t *people;
};

struct pair {
	/* The school's founder is a practitioner, the board's a supervisor. */
	struct world school, board;
	struct load load;
};

/* cmocka's set-up: both open, cards exchanged; and its end. */
int pair_make(void **state);
int pair_unmake(void **state);

/* Each takes the card of whoever unlocked the other store. */
void pair_trust(struct world *w, struct world *of);
/* Fills p->load out of a store. */
enum rc load_up(struct pair *p, struct world *from,
    const struct carry_want *want);
enum rc load_case(struct pair *p, struct world *from, struct case_id id);
/* Takes p->load in: sum may be NULL. */
enum rc unload(struct pair *p, struct world *to, struct unite_sum *sum);
enum rc unload_try(struct pair *p, struct world *to, struct unite_sum *sum);
void load_clear(struct load *l);
/* How many proofs, or entries, are in the load. */
size_t load_count(const struct load *l, bool proofs);
/* The nth entry of the load, from 0. */
struct load_item *load_entry(struct load *l, size_t n);
struct load_item *load_proof(struct load *l, size_t n);
/* Takes one out of it. */
void load_drop(struct load *l, struct load_item *item);

/* Entries of the case in a store; 0 when it has none. */
size_t entries_of(struct world *w, struct case_id id);
struct entry_draft draft_of(struct case_id id, const char *kind,
    json_t *body);
struct entry_draft draft_flag(struct case_id id, const char *why);
/* A review of a case by whoever unlocked the store. */
struct entry_draft draft_review(struct case_id id, const char *reason);

#endif
