/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Key slots: the way from a passphrase to the store's master key.
 *
 *	passphrase -- Argon2id --> key-encrypting key
 *	key-encrypting key -- XChaCha20-Poly1305 --> identity:
 *	    Ed25519 seed, X25519 secret, root public key
 *	root key signs the grant: uuid, slot, roles, epoch, both public keys
 *	    and the master key sealed to the X25519 key
 *	master key -- crypto_kdf --> page key, header MAC key
 *
 * The root public key inside the identity pins the store: a master key that
 * anyone else sealed to this person is refused.  Knows nothing of files.
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
};

/* NULL when locked memory cannot be had. */
struct keys *keys_new(void);
void keys_free(struct keys *k);
/* Makes page and mac from master. */
void keys_derive(struct keys *k);

/* Fills zeros of c with the defaults above. */
struct kdf_cost kdf_cost_full(const struct kdf_cost *c);

/* BLAKE2b-128 of uuid and folded name; RC_INPUT when nothing is left of it. */
NODISCARD enum rc slot_tag(const unsigned char uuid[UUID_LEN],
    const char *user, unsigned char tag[16], struct err *e);

struct slot_request {
	const char *user;
	const struct secret *pass;
	unsigned role;
	struct kdf_cost cost;
	const struct rng *rng;
};

/*
 * Makes the first slot of a new header whose uuid is set: identity, root
 * key, master key, grant.  keys receives what a later unlock would give.
 */
NODISCARD enum rc slot_found(struct header *h,
    const struct slot_request *req, struct keys *keys, struct err *e);

/*
 * Unlocks the slot of user (NULL: the only one).  RC_PASSPHRASE when there
 * is none such or the passphrase is another; RC_DAMAGED or RC_TAMPERED when
 * the slot is not what was written.  *index is the slot.
 */
NODISCARD enum rc slot_unlock(const struct header *h,
    const struct slot_request *req, struct keys *keys, size_t *index,
    struct err *e);

#endif
