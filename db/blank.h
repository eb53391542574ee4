/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking the text of a case out of the file: the entries' bodies, what the
 * projections made of them, drafts, and the bytes that the database leaves
 * behind where rows moved.  All inside the caller's transaction.
 */
#ifndef HEARKEN_DB_BLANK_H
#define HEARKEN_DB_BLANK_H

#include "db/impl.h"

/* What was blanked. */
struct blanked {
	uint64_t entries;
	unsigned char digest[DISPOSAL_DIGEST_LEN];
};

NODISCARD enum rc blank_case(struct store *s, int64_t book,
    struct blanked *out, struct err *e);

/*
 * Overwrites what no table uses on any page (scrub.c).  secure_delete wipes
 * what is deleted, but not the copies that stay behind when the rows of a
 * page are spread over others.
 */
NODISCARD enum rc scrub_pages(struct store *s, struct err *e);

#endif
