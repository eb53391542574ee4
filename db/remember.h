/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands behind db/heads.h: the ends of a store's chains as a value,
 * how they are compared with a store, and the file that remembers them.
 * Whatever else carries heads (a copy of the store, a bundle) makes a struct
 * heads of them and asks heads_compare.
 *
 * The file is state_dir/<file uuid>-<author tag>.heads, one for each person,
 * so that colleagues on one account do not write over each other's.  It
 * belongs to the place where the store lay first.  A copy in another place, a
 * backup that somebody looks into or a store that was moved, is compared with
 * it once and then has its own, <file uuid>-<author tag>-<place tag>.heads:
 * what is written into a copy must not make the store look older, nor an
 * older file in the store's place look like a copy.  In both (integers
 * little-endian):
 *
 *	 0	 8	magic "HRKHEADS"
 *	 8	 4	version, 1
 *	12	 4	zero
 *	16	16	file uuid
 *	32	24	nonce
 *	56	  	sealed: XChaCha20-Poly1305, the 56 bytes before it as
 *			associated data
 *
 * and sealed in it
 *
 *	 8	generation of the header
 *	 8	entries in all
 *	 8	when, UTC ms
 *	32	BLAKE2b-256 of the store's path
 *	 4	number of chains, then for each
 *	72	author, n, head
 *
 * The key is made from the person's own signing key and the uuid: both stay
 * when the store gets a new master key or the person a new passphrase, so
 * that neither is taken for an attack.  It is sealed, not only authenticated,
 * because a stranger has no business to count entries either.
 */
#ifndef HEARKEN_DB_REMEMBER_H
#define HEARKEN_DB_REMEMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/entry.h"
#include "db/heads.h"

#define HEADS_MAX 4096u		/* chains in one file */
#define PLACE_LEN 32

struct head {
	struct author_id author;
	uint64_t n;
	struct entry_id id;
};

struct heads {
	uint64_t generation, entries;
	int64_t at;		/* when these were the heads */
	unsigned char place[PLACE_LEN];	/* hash of the path; zeros: none */
	struct head *list;	/* owned, by author */
	size_t n;
};

/* As the store stands now; released with heads_release. */
NODISCARD enum rc heads_of_store(struct store *s, struct heads *out,
    struct err *e);
void heads_release(struct heads *h);
/*
 * Whether every chain in known is in s.  RC_OK whatever it found.  The
 * generation of the header is looked at when known has one (not 0).
 */
NODISCARD enum rc heads_compare(struct store *s, const struct heads *known,
    struct heads_verdict *out, struct err *e);

/* The id of an author's nth entry; RC_NOTFOUND when there is none. */
NODISCARD enum rc heads_nth(struct store *s, const struct author_id *key,
    uint64_t n, struct entry_id *id, struct err *e);

/* Of the path; this is what a place is. */
void heads_place(const struct store *s, unsigned char out[PLACE_LEN]);

/*
 * The file; RC_NOTFOUND when nothing is remembered.  From then on heads_store
 * knows which of the two files is this place's.
 */
NODISCARD enum rc heads_load(struct store *s, struct heads *out,
    struct err *e);
NODISCARD enum rc heads_store(struct store *s, const struct heads *h,
    struct err *e);

/*
 * At opening: compares with what is remembered and, when that is in order,
 * remembers what is there now.  A failure becomes a notice.
 */
void heads_look(struct store *s);
/*
 * Remembers what is there now, unless the store is behind what was
 * remembered before.  For closing, and after a change of keys.
 */
void heads_save(struct store *s);

#endif
