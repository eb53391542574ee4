/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An entry of one store's register as it stands in another's, in an entry of
 * the kind "introduced": people and roles that prove themselves.  Every one
 * has a grant of its store's root key but the founder's first two, which have
 * a seal; the first of them may stand behind the second, which names its
 * hash.  Pure.
 *
 *	author	hex
 *	n	the author's counter
 *	prev	hex
 *	kind	user, role or revoke
 *	at	when it was written, UTC ms
 *	on	span_format()
 *	body	the canonical text of its body
 *	seal	hex of the signature over n; of the founding alone
 */
#ifndef HEARKEN_CORE_INTRODUCED_H
#define HEARKEN_CORE_INTRODUCED_H

#include <jansson.h>
#include <stdbool.h>

#include "core/entry.h"
#include "core/seal.h"

#define INTRODUCED_MAX 1000	/* of one entry "introduced" */
#define FOUNDING_ENTRIES 2	/* of the founder, which no grant covers */

/* True for the kinds that are introduced. */
bool introduced_kind(const char *kind);
/*
 * Returns owned the record of an entry of the register; seal is NULL when it
 * needs none.
 */
json_t *introduced_record(const struct entry *en,
    const unsigned char seal[SEAL_SIGNATURE_LEN]);

struct introduced {
	struct entry entry;	/* its id is worked out here */
	unsigned char seal[SEAL_SIGNATURE_LEN];
	bool sealed;		/* there is one; whether it holds is not said */
};
/*
 * False for what is no such record: another kind, a field that is missing or
 * of another shape, a body that its kind refuses.  Nothing is allocated then.
 */
NODISCARD bool introduced_read(const json_t *record, struct introduced *out);
void introduced_release(struct introduced *in);

#endif
