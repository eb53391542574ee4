/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The clocks of a case: everything in it that is due, read from its entries.
 * When a clock ends was counted when the entry was written (core/deadline.h)
 * and stands in it, with the words that say how; which entry stops it is
 * said here, in one table.  Pure.
 */
#ifndef HEARKEN_CORE_CLOCKS_H
#define HEARKEN_CORE_CLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/casefile.h"

/* All borrowed from the casefile. */
struct clock_row {
	int64_t due;		/* UTC ms: the moment at which it has passed */
	const char *id;		/* of the rule, "referral-decision" */
	const char *label;	/* "referral decision" */
	const char *counted;	/* how it was counted, in words; "" */
	const char *owner;	/* who has to act, as written; "" */
	const struct record *record;	/* the entry that started it */
};

/* Return false to stop. */
typedef bool (*clock_row_fn)(const struct clock_row *row, void *ctx);

/*
 * Every clock that runs, in the order of the entries.  A closed case has
 * none but that of a restriction: who may open it is still to be looked at.
 * c is settled.
 */
void casefile_clocks(const struct casefile *c, clock_row_fn fn, void *ctx);

#endif
