/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verifying is a list of walks, each over one kind of evidence.  The first
 * fault ends it; an error is something that kept a walk from being made.
 */
#ifndef HEARKEN_DB_VERIFY_H
#define HEARKEN_DB_VERIFY_H

#include "db/impl.h"

struct walk {
	struct store *s;
	store_progress_fn fn;
	void *ctx;
	uint64_t done, all;	/* steps, for the progress */
	struct store_verdict *v;
	struct roster roster;	/* of the register as it stands */
	struct disposals disposals;
	uint64_t disposed;	/* cases without a line in the list */
};

/* Notes the first fault. */
void walk_fault(struct walk *w, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* One step done; RC_CANCELLED when the caller has had enough. */
NODISCARD enum rc walk_step(struct walk *w, struct err *e);
/*
 * Turns a failure that is itself evidence (damage, tampering) into a fault
 * and RC_OK; hands every other on.
 */
NODISCARD enum rc walk_failed(struct walk *w, enum rc rc, struct err *e);

NODISCARD enum rc walk_pages(struct walk *w, struct err *e);
NODISCARD enum rc walk_structure(struct walk *w, struct err *e);
NODISCARD enum rc walk_chains(struct walk *w, struct err *e);
/* That disposals count, and took all and only what they say. */
NODISCARD enum rc walk_disposals(struct walk *w, struct err *e);
NODISCARD enum rc walk_cases(struct walk *w, struct err *e);
NODISCARD enum rc walk_indexes(struct walk *w, struct err *e);

/* Adds up BLAKE2b hashes of items, so that their order does not matter. */
struct tally {
	uint64_t sum[2], n;
};
void tally_add(struct tally *t, const void *a, size_t na, int64_t b);

#endif
