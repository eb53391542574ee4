/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which entries of a case go into a bundle when not all do: what a filter of
 * the chronology chooses, or receipts alone; and what always goes along,
 * because the rest would be read wrongly without it: the opening, strikes and
 * later versions of what is chosen, a restriction, consent withdrawn or
 * refused, bundles taken back, and receipts and answers for those it is for.
 */
#ifndef HEARKEN_EXCHANGE_BUNDLE_PART_H
#define HEARKEN_EXCHANGE_BUNDLE_PART_H

#include "core/chronofilter.h"
#include "exchange/bundle.h"

struct bundle_part {
	const struct bundle_order *order;
	struct chronofilter filter;
	const char *sent;	/* this bundle's id, hex */
	struct entry_id *ids;	/* of what goes, sorted once all is added */
	size_t n, cap;
};

/* RC_INPUT for a filter that cannot be read. */
NODISCARD enum rc bundle_part_init(struct bundle_part *p,
    const struct bundle_order *o, const char *sent, struct err *e);
void bundle_part_release(struct bundle_part *p);
/* Adds what goes of one case. */
NODISCARD enum rc bundle_part_add(struct bundle_part *p,
    const struct store *s, const struct casefile *c, struct err *e);
/* Sorts; then bundle_part_picks() may be asked. */
void bundle_part_done(struct bundle_part *p);
/* For struct carry_want; ctx is a struct bundle_part. */
bool bundle_part_picks(const struct entry *en, void *ctx);

#endif
