/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A seal: an author's Ed25519 signature over the place where their chain
 * stands.  It proves the entry of that place, and by the hashes every one
 * before it.
 *
 *	15	"hearken.seal.1\0"
 *	32	author
 *	 8	n of the last entry, little-endian
 *	32	its id
 */
#ifndef HEARKEN_CORE_SEAL_H
#define HEARKEN_CORE_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/entry.h"

#define SEAL_LEN (15 + AUTHOR_LEN + 8 + ENTRY_ID_LEN)
#define SEAL_SIGNATURE_LEN 64

/* The bytes that a seal signs. */
void seal_message(const struct author_id *author, uint64_t n,
    const struct entry_id *head, unsigned char out[SEAL_LEN]);
/* True if the signature is the author's own over n and head. */
bool seal_holds(const struct author_id *author, uint64_t n,
    const struct entry_id *head,
    const unsigned char signature[SEAL_SIGNATURE_LEN]);

#endif
