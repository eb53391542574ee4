/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the walks over chains share: those of this store's own people, which
 * have no gaps, and those of people elsewhere (verify_abroad.c).
 */
#ifndef HEARKEN_DB_VERIFY_CHAIN_H
#define HEARKEN_DB_VERIFY_CHAIN_H

#include "db/verify.h"

#define PURPOSE_FAULT "does not belong into this store: practice and real " \
	"cases are kept apart; " OUTSIDE
#define OUTSIDE "it was changed outside Hearken, or the disk is failing; " \
	"keep the file and restore a backup"

struct author_walk {
	int64_t row;
	const char *name;
	uint64_t n;		/* the last entry seen */
	int64_t at;
	struct entry_id head;
};

void walk_entry_fault(struct walk *w, const struct author_walk *a,
    const struct entry *en, const char *what);
/*
 * Looks at one seal, or vouch when by is another: the signature, and that the
 * entry it speaks of is there.  st has n, head, signature, and at as column
 * at.
 */
NODISCARD enum rc walk_signature(struct walk *w, const struct author_walk *a,
    const struct author_id *by, sqlite3_stmt *st, int at, struct err *e);
/* All seals of an author; *last is the number of the last entry sealed. */
NODISCARD enum rc walk_seals(struct walk *w, const struct author_walk *a,
    uint64_t *last, struct err *e);

/* True if the entries of this key may have gaps. */
bool walk_is_abroad(const struct walk *w, const struct author_id *key);
NODISCARD enum rc walk_abroad(struct walk *w, int64_t author,
    struct err *e);
/* That no fewer are there than this store's own entries say; n are. */
NODISCARD enum rc walk_held(struct walk *w, uint64_t n, struct err *e);

#endif
