/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows that an agency's returns brought, as an index in memory: which
 * observations a row of theirs is in the store as.  It is made by one reading
 * of the entries when a return comes of an agency that sent one before; kept
 * in the file it would cost every import and every check of the store, and a
 * reading of a million entries takes less than taking in a week's return.
 */
#ifndef HEARKEN_DB_RETURNED_H
#define HEARKEN_DB_RETURNED_H

#include "db/store.h"

#define SAID_LEN 16

struct returned_row {
	struct entry_id id;
	struct case_id case_id;
	unsigned char said[SAID_LEN];
	uint64_t file;		/* the beginning of its return's hash */
	size_t text;		/* the row's reference: returned_text() */
	uint32_t next;		/* of the same row; 0: none */
	uint64_t struck_by;	/* the return that struck it; 0: none did */
	bool struck;		/* does not stand */
	bool shut;		/* in a case restricted to others */
	bool seen, kept;	/* the caller's: named, and said again */
	uint32_t who;		/* the caller's: whose row it is */
};

struct returned;

/* Those of one agency, or of all when it is NULL.  *out is owned. */
NODISCARD enum rc store_returned(struct store *s, const char *agency,
    struct returned **out, struct err *e);
void returned_free(struct returned *r);
/* The observations of an agency's row; NULL when there is none. */
struct returned_row *returned_first(struct returned *r, const char *agency,
    const char *row);
struct returned_row *returned_next(struct returned *r,
    const struct returned_row *row);
size_t returned_count(const struct returned *r);
struct returned_row *returned_at(struct returned *r, size_t i);
const char *returned_text(const struct returned *r,
    const struct returned_row *row);
/* Notes an observation that has just been added; kept and seen. */
NODISCARD enum rc returned_note(struct returned *r,
    const struct entry_draft *d, const struct entry_id *id, struct err *e);
/* What an observation says; two of one row that say the same are one. */
void returned_said(const struct entry_draft *d,
    unsigned char out[SAID_LEN]);
/* The beginning of a hash in hex, for `file'. */
uint64_t returned_file(const char *hex);

#endif
