/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a store (core/facts.h), in one pass over its cases. */
#ifndef HEARKEN_DB_FACTS_H
#define HEARKEN_DB_FACTS_H

#include "core/facts.h"
#include "db/links.h"

/*
 * Every case that these eyes may open; others are counted as restricted, and
 * what was disposed of is left out.  l (may be NULL) numbers the children; a
 * case that is not in it is a child of its own.  RC_REFUSED in a store for
 * training, RC_NOTFOUND in one without a checklist, RC_CANCELLED when fn (may
 * be NULL) says so.  *out is the caller's to release, whatever is returned.
 */
NODISCARD enum rc store_facts(struct store *s,
    const struct joined_window *w, const struct linkage *l,
    store_progress_fn fn, void *ctx, struct facts *out, struct err *e);

#endif
