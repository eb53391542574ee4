/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The book of bundles: which left, which came, and what is still out.  Read
 * from the entries bundle-out and bundle-in of the register and, for
 * receipts, from the cases.
 */
#ifndef HEARKEN_DB_BUNDLES_H
#define HEARKEN_DB_BUNDLES_H

#include "db/carry.h"

#define BUNDLE_ID_LEN 16
struct bundle_id { unsigned char b[BUNDLE_ID_LEN]; };

/*
 * What the next bundle to a person is: number, and the one before.  One that
 * never left after all has neither: nobody is to wait for it.
 */
NODISCARD enum rc store_bundle_next(struct store *s,
    const struct author_id *to, uint64_t *sequence,
    struct bundle_id *previous, struct err *e);

/* What is known of a sender's bundles to whoever unlocked the store. */
struct bundle_known {
	bool had;		/* this very bundle was taken in */
	int64_t had_at;
	uint64_t last;		/* highest number taken in; 0: none */
	bool gap;		/* the one before it never came */
};
NODISCARD enum rc store_bundle_known(struct store *s,
    const struct author_id *from, const struct bundle_id *id,
    uint64_t sequence, const struct bundle_id *previous,
    struct bundle_known *out, struct err *e);

/* What is written of a bundle that leaves. */
struct bundle_note {
	const json_t *out;		/* body of its entry bundle-out */
	const json_t *sent;		/* of the bundle-sent in each case */
	const struct case_id *cases;
	size_t n;
	struct entry_id *ids;	/* n; filled in with those bundle-sent */
};
/*
 * Notes a bundle that is about to leave, in a transaction that stays open, so
 * that its file can be written with these entries in it while nobody can
 * find them if it fails: store_bundle_end, or store_bundle_abandon.  Between
 * the two the store may be read and nothing else be written.
 */
NODISCARD enum rc store_bundle_begin(struct store *s,
    const struct bundle_note *n, struct err *e);
/* When it returns RC_OK they are on the disk; else they never were. */
NODISCARD enum rc store_bundle_end(struct store *s, struct err *e);
/* Harmless when nothing was begun. */
void store_bundle_abandon(struct store *s);
/*
 * After the end: its file could not be given its name, so nothing left.
 * Strikes what says that it did, and frees its number, in one transaction.
 */
NODISCARD enum rc store_bundle_stayed(struct store *s,
    const struct bundle_note *n, const char *why, struct err *e);

enum bundle_side { BUNDLE_OUT, BUNDLE_IN };

/* One line of Outbox or Inbox; strings live for the call. */
struct bundle_row {
	enum bundle_side side;
	struct bundle_id id;
	int64_t at;
	const char *who;	/* "Ada Invented (School), Ben Made-Up" */
	const char *file, *selection;
	size_t cases;
	uint64_t entries, added, conflicts;
	uint64_t sequence;	/* IN */
	bool missing_before;	/* IN: the number before it never came */
	size_t people, receipts;	/* OUT: whom for, and who has answered */
	int64_t receipt_due;	/* OUT: INT64_MAX when none is waited for */
	bool recalled;		/* taken back by its sender */
	bool stayed;		/* OUT: it never left after all */
	size_t hidden;		/* its cases that are not for these eyes */
	const struct case_id *case_ids;	/* of those that are */
	size_t ncase_ids;
};
typedef bool (*store_bundle_fn)(const struct bundle_row *row, void *ctx);
/* Newest first. */
NODISCARD enum rc store_bundles(struct store *s, enum bundle_side side,
    store_bundle_fn fn, void *ctx, struct err *e);

#endif
