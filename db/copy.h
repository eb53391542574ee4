/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A copy of an open store in a file of its own: page by page, under the same
 * cipher and the key that its header gives, then opened again and read back.
 * Backup, migration and re-key are built on it.
 */
#ifndef HEARKEN_DB_COPY_H
#define HEARKEN_DB_COPY_H

#include "db/impl.h"

struct copy {
	struct store *from;		/* open, no transaction under way */
	const char *beside;		/* the file to make */
	const char *shown;		/* what messages call it */
	const struct header *header;	/* of the copy */
	const struct keys *keys;	/* of the copy */
	store_progress_fn fn;		/* may be NULL */
	void *ctx;
};

/* Where all chains stand. */
struct copy_ends {
	unsigned char hash[32];	/* store_heads_hash() */
	uint64_t last;		/* row of the newest entry */
};

/* Refuses while a transaction is under way. */
NODISCARD enum rc copy_may_begin(struct store *s, struct err *e);
/*
 * Makes the file with its header and all pages, and syncs it.  The cipher is
 * that of `from`: a copy under another would come out broken.
 */
NODISCARD enum rc copy_make(const struct copy *c, struct err *e);
/*
 * The same under any cipher: what people wrote is copied row by row, the rest
 * made anew (copy_rows.c).  Slower, and only for a change of cipher.
 */
NODISCARD enum rc copy_rows(const struct copy *c, struct err *e);
/* Removes it, where it is. */
void copy_remove(const struct copy *c);
/*
 * Opens the copy with its own keys, for statements only; closed by
 * copy_close.  fast: nothing is synced before copy_sync.
 */
NODISCARD enum rc copy_connect(const struct copy *c, bool fast,
    struct store **out, struct err *e);
void copy_close(struct store *copy);
NODISCARD enum rc copy_sync(struct store *copy, struct err *e);
/* Reads every page back: each must be what was written under its key. */
NODISCARD enum rc copy_walk(const struct copy *c, struct store *copy,
    struct err *e);
NODISCARD enum rc copy_ends(struct store *s, struct copy_ends *out,
    struct err *e);
/* RC_SYSTEM unless the copy ends where `from` does. */
NODISCARD enum rc copy_compare(const struct copy *c, struct store *copy,
    struct err *e);
/* Opens the copy, walks it, compares it and closes it. */
NODISCARD enum rc copy_prove(const struct copy *c, struct err *e);

#endif
