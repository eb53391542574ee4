/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Returns of agencies that were taken in (kind "return"), and the rows that
 * they brought: an observation names its agency's reference of the row, so
 * that a corrected file strikes what it replaces.
 */
#ifndef HEARKEN_DB_RETURNS_H
#define HEARKEN_DB_RETURNS_H

#include "db/store.h"

struct return_row {
	int64_t at;
	const char *agency, *file, *hash, *mapping;	/* live for the call */
	uint64_t rows, bad, added, known, struck;
};
typedef bool (*return_fn)(const struct return_row *r, void *ctx);
/* The latest first. */
NODISCARD enum rc store_returns(struct store *s, return_fn fn, void *ctx,
    struct err *e);
/* True if a file of this hash was taken in whole. */
NODISCARD enum rc store_return_known(struct store *s, const char *hash,
    bool *known, struct err *e);
/*
 * The standing observations of an agency's row, for a bulk that is open.
 * ids has room for `room`; *n is how many there are.
 */
NODISCARD enum rc store_row_entries(struct store *s, const char *agency,
    const char *row, struct entry_id *ids, struct case_id *cases,
    size_t room, size_t *n, struct err *e);
/* Mappings kept in the store (kind "mapping-kept"): the newest of each id. */
typedef bool (*mapping_fn)(const char *id, const char *text, size_t n,
    void *ctx);
NODISCARD enum rc store_mappings(struct store *s, mapping_fn fn, void *ctx,
    struct err *e);
NODISCARD enum rc store_mapping_keep(struct store *s, const char *text,
    size_t n, struct err *e);

#endif
