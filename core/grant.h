/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The grant of a register entry: a signature by the store's root key, which
 * only those hold who may let others in.  An entry that adds a person, gives
 * a role, ends an access or says what the store is for counts only with it,
 * so that nobody can give themselves a role, whatever program they use.  It is bound to the store,
 * the author, the author's counter and the time: it cannot be used a second
 * time, nor moved before or behind another.
 *
 *	16	"hearken.right.1\0"
 *	16	uuid of the store
 *	32	author of the entry
 *	 8	the author's counter, little-endian
 *	 8	when it was written, UTC ms, little-endian
 *	32	BLAKE2b-256 of the kind's name, a zero byte and the canonical
 *		body without its field "grant"
 */
#ifndef HEARKEN_CORE_GRANT_H
#define HEARKEN_CORE_GRANT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/entry.h"

#define GRANT_KEY_LEN 32
#define GRANT_UUID_LEN 16

/* Whose grants count, and in which store. */
struct grantor {
	unsigned char root_pk[GRANT_KEY_LEN];
	unsigned char uuid[GRANT_UUID_LEN];
};

/*
 * Sets the field "grant" of body, signed with the root's secret key for the
 * author, counter, time and kind of e.
 */
void grant_sign(const struct grantor *g, const unsigned char root_sk[64],
    const struct entry *e, json_t *body);
/* True if the entry carries a grant of this store's root key. */
bool grant_holds(const struct grantor *g, const struct entry *e,
    const json_t *body);
/* True if an entry of this kind counts only with a grant. */
bool grant_needed(const char *kind);

#endif
