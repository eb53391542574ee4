/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Key slots: the way from a passphrase to the store's master key.
 *
 *	passphrase -- Argon2id --> key-encrypting key
 *	code -- BLAKE2b --> key-encrypting key (160 random bits need no more)
 *	key-encrypting key -- XChaCha20-Poly1305 --> identity:
 *	    Ed25519 seed, X25519 secret, root public key
 *	root key signs the grant: uuid, slot, roles, epoch, both public keys,
 *	    the master key and, for some, the root seed, each sealed to the
 *	    X25519 key
 *	master key -- crypto_kdf --> page key, header MAC key, receipts, drafts
 *
 * The root public key inside the identity pins the store: a master key that
 * anyone else sealed to this person is refused.  The other way round, nothing
 * is ever sealed to a slot whose own grant does not hold: everybody in the
 * store could write a header, only the root key makes a person of it.
 *
 * All of this happens in a struct header in memory; header_change() in
 * db/impl.h puts it on the disk.  Knows nothing of files.
 */
#ifndef HEARKEN_DB_SLOT_H
#define HEARKEN_DB_SLOT_H

#include <stddef.h>
#include <stdint.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/secret.h"
#include "db/header.h"
#include "db/store.h"

#define KDF_OPS 3u
#define KDF_MEM (UINT64_C(256) << 20)
#define KDF_FLOOR_OPS 3u
#define KDF_FLOOR_MEM (UINT64_C(64) << 20)
#define KDF_CEILING_OPS 64u
#define KDF_CEILING_MEM (UINT64_C(4) << 30)

/* All in locked memory; made by keys_new, wiped by keys_free. */
struct keys {
	unsigned char master[32];
	unsigned char ed_sk[64];	/* signs this person's entries */
	unsigned char x_sk[32];
	unsigned char root_pk[32];
	unsigned char page[32];
	unsigned char mac[32];
	unsigned char receipts[32];	/* authenticates remembered heads */
	unsigned char drafts[32];
};

/* NULL when locked memory cannot be had. */
struct keys *keys_new(void);
void keys_free(struct keys *k);
/* Makes all that hangs from master: page, mac, receipts, drafts. */
void keys_derive(struct keys *k);

/* Fills zeros of c with the defaults above. */
struct kdf_cost kdf_cost_full(const struct kdf_cost *c);

/* BLAKE2b-128 of uuid and folded name; RC_INPUT when nothing is left of it. */
NODISCARD enum rc slot_tag(const unsigned char uuid[UUID_LEN],
    const char *user, unsigned char tag[16], struct err *e);

struct slot_request {
	const char *user;	/* NULL in the slot of a code */
	/* The passphrase; or the bytes of the code, or of the pair's hash. */
	const struct secret *pass;
	unsigned role;
	struct kdf_cost cost;
	const struct rng *rng;
	enum slot_type type;	/* SLOT_FREE (0) stands for a passphrase */
	bool has_root;
	bool must_change;
	bool replaces;		/* another slot of the same name, until settled */
};

/*
 * Makes the first slot of a new header whose uuid is set: identity, root
 * key, master key, grant.  keys receives what a later unlock would give.
 */
NODISCARD enum rc slot_found(struct header *h,
    const struct slot_request *req, struct keys *keys, struct err *e);

/*
 * Unlocks the slot of user (NULL: the only person's); or, by type, the slot
 * that the code opens, whoever's it is.  RC_PASSPHRASE when there is none
 * such or the passphrase is another; RC_DAMAGED or RC_TAMPERED when the slot
 * is not what was written.  *index is the slot.
 */
NODISCARD enum rc slot_unlock(const struct header *h,
    const struct slot_request *req, struct keys *keys, size_t *index,
    struct err *e);
/* RC_OK if this passphrase opens this slot; keys are not touched. */
NODISCARD enum rc slot_try(const struct header *h, size_t index,
    const struct slot_request *req, struct err *e);

/* The root key, in locked memory: whoever has it may grant. */
struct root_key {
	unsigned char seed[32];
	unsigned char sk[64];
};
/*
 * Opens the root seed of the slot that k unlocked; *out is freed with
 * slot_root_free.  RC_REFUSED when this slot has none.
 */
NODISCARD enum rc slot_root_open(const struct header *h, size_t index,
    const struct keys *k, struct root_key **out, struct err *e);
void slot_root_free(struct root_key *r);

/* Who grants what: the root key, and the keys whose master is given away. */
struct granting {
	const struct root_key *root;
	const struct keys *keys;
};
/*
 * Puts a new identity into a free slot, under the passphrase or code of req,
 * marked pending.  RC_EXISTS when a slot has this name's tag, unless req
 * replaces it; RC_REFUSED when all are taken.
 */
NODISCARD enum rc slot_add(struct header *h, const struct slot_request *req,
    const struct granting *by, size_t *index, struct err *e);
/*
 * Wraps the identity in keys, that of this slot, under another passphrase:
 * new salt, nonce and cost; keys, grant and login tag stay.  must_change is
 * what req says.
 */
NODISCARD enum rc slot_rewrap(struct header *h, size_t index,
    const struct slot_request *req, const struct keys *keys, struct err *e);
/* Grants the role and has_root of req in place of what the slot had. */
NODISCARD enum rc slot_regrant(struct header *h, size_t index,
    const struct slot_request *req, const struct granting *by,
    struct err *e);
/*
 * Gives another master key, that of by->keys, to every slot in use, and the
 * root seed where it was; one epoch later.  Needs nobody's passphrase.
 * RC_TAMPERED, and h as it was, when a slot's present grant does not hold.
 */
NODISCARD enum rc slot_regrant_all(struct header *h,
    const struct granting *by, struct err *e);
/* True if the slot's grant was signed by the header's root key. */
bool slot_grant_holds(const struct header *h, size_t index);
void slot_clear(struct header *h, size_t index);
/* The slot of a signing key, or SLOTS. */
size_t slot_of_key(const struct header *h, const unsigned char ed_pk[32]);

#endif
