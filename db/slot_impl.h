/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the key slots share.
 */
#ifndef HEARKEN_DB_SLOT_IMPL_H
#define HEARKEN_DB_SLOT_IMPL_H

#include "db/slot.h"

#define KEK_LEN 32
#define IDENTITY_LEN 96

/* In guarded memory; freeing it wipes it. */
struct unlocking {
	unsigned char kek[KEK_LEN];
	unsigned char identity[IDENTITY_LEN];
};

/* True if a slot of this type is opened with a code. */
bool slot_by_code(enum slot_type type);
/*
 * The key-encrypting key of a new slot from req's passphrase or code; sets
 * the slot's cost.  A machine short of memory gets a cheaper slot, never
 * below the floor.  Salt is set already.
 */
NODISCARD enum rc slot_new_kek(struct header *h, size_t index,
    const struct slot_request *req, unsigned char kek[KEK_LEN],
    struct err *e);
/* Wraps u->identity under u->kek, bound to the slot's public part. */
void slot_wrap(struct header *h, size_t index, const struct unlocking *u);
/*
 * Seals the master key, and the root seed when the slot has_root, to the
 * slot's box key, and signs the grant.
 */
NODISCARD enum rc slot_grant(struct header *h, size_t index,
    const struct granting *by, struct err *e);

#endif
