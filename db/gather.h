/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The entries of many cases at once, out of one pass over the table.  The
 * entries of a case lie far apart; to look each one up costs more than to
 * read all of them in the order in which they lie.
 */
#ifndef HEARKEN_DB_GATHER_H
#define HEARKEN_DB_GATHER_H

#include "db/scan.h"

#define GATHER_MAX (UINT64_C(128) << 20)	/* bytes held at a time */

struct gathered;
struct gather_block;

struct gather {
	const struct books *books;
	size_t first, n;		/* which of them */
	struct gathered **ends;		/* of each book's ring of entries */
	struct gather_block *blocks;	/* the memory of all */
	size_t room;			/* left in the first block */
};

void gather_init(struct gather *g, const struct books *b);
void gather_release(struct gather *g);
/* The books from `first` on of which all entries fit in GATHER_MAX; >= 1. */
size_t gather_fits(const struct books *b, size_t first);
/* Makes room for n books from `first` on and forgets those before. */
NODISCARD enum rc gather_begin(struct gather *g, size_t first, size_t n,
    struct err *e);
/* Keeps a copy of an entry of one of them; its date has been read. */
NODISCARD enum rc gather_keep(struct gather *g, const struct scan_row *r,
    struct err *e);
/*
 * The case of the ith book of all.  The hash of the body and of the entry
 * before are not kept: the chains are looked at elsewhere.  RC_NOTFOUND when
 * it has no entries.
 */
NODISCARD enum rc gather_case(const struct gather *g, size_t i,
    struct casefile *out, struct err *e);

#endif
