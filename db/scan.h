/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading all entries in the order of their rows, for verify: one pass over
 * the pages of the table, with no look into another table and no text read
 * twice.
 */
#ifndef HEARKEN_DB_SCAN_H
#define HEARKEN_DB_SCAN_H

#include "db/impl.h"

#define SCAN_ROW_COST 160	/* bytes that an entry takes beside its body */

/* Every book and its case, in memory. */
struct books {
	struct book {
		int64_t id;
		struct case_id case_id;
		uint64_t bytes;	/* of its entries, once counted */
	} *list;		/* owned, by id */
	size_t n, cap;
};
NODISCARD enum rc books_load(struct store *s, struct books *b,
    struct err *e);
/*
 * Those that were worked on last, max of them, and all that the author wrote
 * in, whenever; *left of the store are neither.  The register is none.
 */
NODISCARD enum rc books_load_lately(struct store *s, size_t max,
    struct books *b, size_t *left, struct err *e);
void books_release(struct books *b);
/* NULL when there is no such book. */
struct book *books_find(const struct books *b, int64_t id);

/* An entry whose date is still text; all borrowed until the next step. */
struct scan_row {
	struct entry_row r;	/* entry.on is not set */
	struct book *book;	/* NULL when it has none */
	const char *on;
	size_t non, nbody;
};
/* Reads a row of ENTRY_SCAN; RC_TAMPERED when it has not that shape. */
NODISCARD enum rc scan_row_read(struct store *s, const struct books *b,
    sqlite3_stmt *st, struct scan_row *out, struct err *e);
/* Sets entry.on from the text; RC_TAMPERED when it is no date. */
NODISCARD enum rc scan_row_date(struct store *s, struct scan_row *r,
    struct err *e);

#endif
