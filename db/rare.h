/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How rare a young person is among all of the store: how many children share
 * what a study would tell of one.
 */
#ifndef HEARKEN_DB_RARE_H
#define HEARKEN_DB_RARE_H

#include "core/deident.h"
#include "db/store.h"

struct rare_query {
	const struct case_id *id;	/* of the case in question */
	const struct instrument *in;
	int32_t today;
	store_progress_fn progress;	/* may be NULL; false: RC_CANCELLED */
	void *ctx;
};
/*
 * Counts over every case that whoever unlocked the store may open, one at a
 * time; the case in question counts as a child of its own.  What was closed
 * because it is carried on under another case is no further child, and
 * what was disposed of is none.
 */
NODISCARD enum rc store_rare(struct store *s, const struct rare_query *q,
    struct rare_counts *out, struct err *e);
/* Counts one child into out; mine are the traits in question.  Pure. */
void rare_count(const struct traits *mine, const struct traits *other,
    struct rare_counts *out);

#endif
