/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries and proofs as records of a bundle: bytes and back.  Each has one
 * form only; what has another is refused, so that what was signed and what is
 * kept are the same bytes.  Integers are little-endian.
 *
 *	entry	32	author
 *		 8	n, from 1
 *		32	prev; zeros only for n 1
 *		16	case; never zeros, which is the register
 *		 1+k	length and name of the kind
 *		 8	at, UTC ms, not negative
 *		 1+k	length and span_format() of the date
 *		...	the body: canonical JSON, at most ENTRY_BODY_MAX
 *	proof	32	author
 *		 8	n
 *		32	head
 *		32	by
 *		 8	at
 *		64	signature
 *
 * The hashes of an entry are not among them: they are worked out by whoever
 * reads it.  Pure.
 */
#ifndef HEARKEN_EXCHANGE_BUNDLE_ENTRY_H
#define HEARKEN_EXCHANGE_BUNDLE_ENTRY_H

#include "db/carry.h"

#define BUNDLE_PROOF_LEN 176
/* Of an entry without its body, at most. */
#define BUNDLE_ENTRY_FRONT (32 + 8 + 32 + 16 + KIND_NAME_MAX + 8 + \
	SPAN_TEXT_MAX)
#define BUNDLE_ENTRY_MAX (BUNDLE_ENTRY_FRONT + ENTRY_BODY_MAX)

/*
 * Writes what stands before the body and returns its length; the body's own
 * bytes follow.  en has a body.
 */
size_t bundle_entry_front(const struct entry *en,
    unsigned char out[BUNDLE_ENTRY_FRONT]);
/*
 * Reads n bytes.  out->body is borrowed from p, which has a NUL behind the
 * n bytes; id and body hash are zeros.  RC_INPUT says what is wrong.
 */
NODISCARD enum rc bundle_entry_read(unsigned char *p, size_t n,
    struct entry *out, struct err *e);

void bundle_proof_write(const struct proof *p,
    unsigned char out[BUNDLE_PROOF_LEN]);
NODISCARD enum rc bundle_proof_read(const unsigned char *p, size_t n,
    struct proof *out, struct err *e);

#endif
