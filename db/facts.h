/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a store (core/facts.h), in one pass over its cases. */
#ifndef HEARKEN_DB_FACTS_H
#define HEARKEN_DB_FACTS_H

#include "core/facts.h"
#include "db/links.h"

/*
 * Every case that these eyes may open; others are counted as restricted.
 * l (may be NULL) numbers the children.
 */
NODISCARD enum rc store_facts(struct store *s,
    const struct joined_window *w, const struct linkage *l, int32_t today,
    store_progress_fn fn, void *ctx, struct facts *out, struct err *e);

#endif
