/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries on their way to another store, in a stream: each author's in the
 * order of their chain, and behind each unbroken run the proof that it is
 * theirs.
 *
 * A seal signs the end of a chain, so a run that ends with a sealed entry is
 * proved by its author: store_append() seals at each change of case, for a
 * bundle holds one case and not what was signed beside it, and behind what
 * not everybody may write, for nobody else could vouch for that.  Whoever unlocked
 * the store seals their own runs that end elsewhere (an import under one
 * seal).  For the runs of others they vouch: a signature of their own over
 * the same place.  At the other end a vouched entry counts only if whoever
 * vouched might have written it themselves, so that nobody vouches their own
 * lowering into being.
 */
#ifndef HEARKEN_DB_CARRY_H
#define HEARKEN_DB_CARRY_H

#include "db/store.h"

struct proof {
	struct author_id author;
	uint64_t n;		/* of the run's last entry */
	struct entry_id head;	/* its id */
	struct author_id by;	/* who signed: the author, or who vouches */
	int64_t at;		/* of the last entry */
	unsigned char signature[64];
};

/* True if the signature is by's over author, n and head. */
bool proof_holds(const struct proof *p);
bool proof_vouches(const struct proof *p);	/* by is not the author */

struct carry_want {
	const struct case_id *cases;
	size_t ncases;
	/*
	 * NULL: every entry of them.  Else only those for which pick is true;
	 * it is asked with the entry's body.
	 */
	bool (*pick)(const struct entry *en, void *ctx);
	void *ctx;
};

/* Either an entry (borrowed for the call) or the proof of those before it. */
struct carried {
	const struct entry *entry;	/* NULL for a proof */
	const struct proof *proof;
};
typedef enum rc (*carry_fn)(const struct carried *c, void *ctx,
    struct err *e);

/*
 * Hands out every wanted entry.  RC_REFUSED, before the first, for a case
 * that is masked to whoever unlocked the store (db/mask.h) and for one that
 * was disposed of; on the way, for an entry of somebody else that has no seal
 * and that whoever unlocked the store might not have written.  RC_TAMPERED
 * when nothing proves here what they would sign for.  Memory does not grow
 * with the number of entries.
 */
NODISCARD enum rc store_carry(struct store *s, const struct carry_want *want,
    carry_fn fn, void *ctx, struct err *e);

/*
 * How many entries it would hand out; refuses what it would refuse, on the
 * way too, but for what proves nothing: that comes out when it is carried.
 */
NODISCARD enum rc store_carry_count(struct store *s,
    const struct carry_want *want, uint64_t *n, struct err *e);

/*
 * Returns owned an array of bodies of the kind "introduced": what this
 * store's register says of its own people, and what is known here of those of
 * other stores.
 */
NODISCARD enum rc store_introductions(struct store *s, json_t **out,
    struct err *e);

/* ---- keys: their secrets never leave db/ ---- */

/*
 * Opens a box sealed to whoever unlocked the store (crypto_box_seal).
 * RC_NOTFOUND when it is not for them.
 */
NODISCARD enum rc store_unseal(struct store *s, const unsigned char *box,
    size_t n, unsigned char *out, struct err *e);
/* Signs "hearken.bundle.1\0" and the 32 bytes with the person's key. */
void store_sign_bundle(struct store *s, const unsigned char hash[32],
    unsigned char signature[64]);
bool bundle_signature_holds(const struct author_id *by,
    const unsigned char hash[32], const unsigned char signature[64]);
/* uuid, root key, founder of this store, for a bundle's head. */
void store_origin(const struct store *s, unsigned char uuid[16],
    unsigned char root[32], struct author_id *founder);

#endif
