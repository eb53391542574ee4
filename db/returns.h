/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Returns of agencies that were taken in (kind "return"), and mappings that
 * were kept.  The rows that a return brought: db/returned.h.
 */
#ifndef HEARKEN_DB_RETURNS_H
#define HEARKEN_DB_RETURNS_H

#include "db/store.h"

struct return_row {
	int64_t at;
	/* live for the call */
	const char *agency, *file, *hash, *mapping, *mapping_hash;
	/* The mapping's id where rows name their agencies; else "". */
	const char *sender;
	uint64_t rows, bad, added, known, struck;
};
typedef bool (*return_fn)(const struct return_row *r, void *ctx);
/* The latest first; fn returning false stops. */
NODISCARD enum rc store_returns(struct store *s, return_fn fn, void *ctx,
    struct err *e);
/* True if a file of this hash was taken in whole. */
NODISCARD enum rc store_return_known(struct store *s, const char *hash,
    bool *known, struct err *e);
/* Adds the entry "return" to a bulk that is open; `at' is not read. */
NODISCARD enum rc store_return_add(struct store *s,
    const struct return_row *r, struct err *e);

/* Mappings kept in the store (kind "mapping-kept"): the newest of each id. */
typedef bool (*mapping_fn)(const char *id, const char *text, size_t n,
    void *ctx);
NODISCARD enum rc store_mappings(struct store *s, mapping_fn fn, void *ctx,
    struct err *e);
/* RC_EXISTS when the newest of its id says just this. */
NODISCARD enum rc store_mapping_keep(struct store *s, const char *text,
    size_t n, struct err *e);

#endif
