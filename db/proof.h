/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The proofs of entries that travel, inside db/: signatures over a place in
 * somebody's chain, by its author (table `seal`) or by whoever carried the
 * entries (table `vouch`).
 */
#ifndef HEARKEN_DB_PROOF_H
#define HEARKEN_DB_PROOF_H

#include "db/carry.h"
#include "db/impl.h"

/*
 * The roles of which one is needed to vouch for an entry of this kind.  Of a
 * kind from a newer version nobody here can say who may write it.
 */
unsigned proof_roles(const char *kind);

/* Signs in p, whose author, n and head are set, as whoever has the store. */
void proof_sign(const struct store *s, struct proof *p);
/* The author's own seal on this place, if there is one: RC_NOTFOUND. */
NODISCARD enum rc proof_seal(struct store *s, int64_t author,
    struct proof *p, struct err *e);

/* A part of a chain that is known to hold. */
struct proven {
	int64_t author;		/* row; 0: none */
	uint64_t from, to;
};
/*
 * RC_OK when the author's entries from n on lead, each by its hash, to one
 * with a seal or a vouch that holds: nobody signs for what was planted.
 */
NODISCARD enum rc proof_chain(struct store *s, struct proven *known,
    int64_t author, uint64_t n, struct err *e);

/* Less memory for pages, for as long as entries stream by; then as before. */
NODISCARD enum rc pages_few(struct store *s, struct err *e);
void pages_many(struct store *s);

#endif
