/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the two files of the book of bundles share: reading its entries.
 */
#ifndef HEARKEN_DB_BUNDLES_IMPL_H
#define HEARKEN_DB_BUNDLES_IMPL_H

#include "db/bundles.h"
#include "db/impl.h"

/* body is that of r, and its author had the right to write it. */
typedef enum rc (*bundle_entry_fn)(const struct entry_row *r,
    const json_t *body, void *ctx, struct err *e);
/*
 * Entries of this kind in the register; NULL: bundle-sent, bundle-received
 * and bundle-recall of all cases.
 */
NODISCARD enum rc bundle_entries(struct store *s, const char *kind,
    bundle_entry_fn fn, void *ctx, struct err *e);

bool bundle_field(const json_t *body, const char *name,
    struct bundle_id *out);
bool key_field(const json_t *body, const char *name, struct author_id *out);
uint64_t count_field(const json_t *body, const char *name);

#endif
