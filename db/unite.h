/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Uniting: entries of other stores are added to this one's books.  A case is
 * the set of its entries, so the order of bundles does not matter and a
 * second time adds nothing.  Everything of one bundle is one transaction: an
 * entry whose hash, chain or proof does not hold, or whose author is not
 * known, ends it, and the store is as it was.
 *
 *	unite_begin -> unite_introduce -> (unite_entry | unite_proof)* ->
 *	    unite_finish, with our own entries about it; or unite_abandon
 */
#ifndef HEARKEN_DB_UNITE_H
#define HEARKEN_DB_UNITE_H

#include "db/carry.h"

#define UNITE_CASES_MAX 20000

struct unite;

struct unite_sum {
	size_t cases;		/* that the entries belong to */
	size_t opened;		/* of these, not here before */
	uint64_t entries;	/* looked at */
	uint64_t added, known;	/* new here, and here before */
	uint64_t sealed;	/* of a kind that this version does not know */
	uint64_t uncounted;	/* whose author had no right to, as seen here */
	uint64_t ahead;		/* dated days ahead of this clock */
	int64_t ahead_at;	/* the latest of these */
	uint64_t conflicts;	/* in these cases now, as far as one may see */
};

/* *out is ended by unite_finish or unite_abandon. */
NODISCARD enum rc unite_begin(struct store *s, struct unite **out,
    struct err *e);
/*
 * The same, to be ended by unite_try or unite_abandon alone: what is only
 * made to be found, and would be taken back, is not made.
 */
NODISCARD enum rc unite_begin_try(struct store *s, struct unite **out,
    struct err *e);
/*
 * People of the sender's store: an array of store_introductions().  Those of
 * stores of which no card is known here are passed over.  From then on they
 * count in this union; unite_finish keeps what is new as entries.
 */
NODISCARD enum rc unite_introduce(struct unite *u, const json_t *bodies,
    struct err *e);
/*
 * One entry; id and body hash are worked out here, never taken on trust.
 * RC_TAMPERED: it does not follow the one before it in its run, or another
 * one stands in its place (a forked chain: two copies of a store).
 * RC_REFUSED: its author is not known here, it is of the register, or one of
 * this store's own people wrote it and it is not here (a copy that was put
 * back), it is dated more than a year ahead, or it is of a real case and the
 * store for training, or the other way round (db/purpose.h).  The message says which.
 */
NODISCARD enum rc unite_entry(struct unite *u, struct entry *en,
    struct err *e);
/* The proof of the entries since the last one. */
NODISCARD enum rc unite_proof(struct unite *u, const struct proof *p,
    struct err *e);
/* Cases whose entries came so far, for the caller's own entries. */
const struct case_id *unite_cases(const struct unite *u, size_t *n);
/*
 * Entries added to the case so far.  One that is restricted to others is
 * counted as if nothing of it were here: what is, is not for these eyes.
 */
uint64_t unite_added(const struct unite *u, const struct case_id *id);
/*
 * Adds n entries of our own, those of cases first (kinds of the register
 * pass here too; of a bundle-in "conflicts" and "held" are filled in), then
 * projects and commits.  When it returns RC_OK all is on the disk; else the
 * store is as it was.  u is freed.
 */
NODISCARD enum rc unite_finish(struct unite *u,
    const struct entry_draft *drafts, size_t n, struct unite_sum *sum,
    struct err *e);
/* Works out the sum, conflicts included, then takes all back; u is freed. */
NODISCARD enum rc unite_try(struct unite *u, struct unite_sum *sum,
    struct err *e);
void unite_abandon(struct unite *u);

#endif
