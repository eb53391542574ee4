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
#include "core/deadline.h"
#include "core/str.h"

/* All borrowed, for the call. */
struct clock_row {
	/* UTC ms: the moment at which it has passed; INT64_MAX: not counted */
	int64_t due;
	enum deadline_kind kind;
	const char *id;		/* of the rule, "referral-decision" */
	const char *label;	/* "referral decision" */
	const char *counted;	/* how it was counted, in words; "" */
	/* who has to act, as written; several parted by "; "; "" */
	const char *owner;
	const struct record *record;	/* the entry that started it */
};

/* Return false to stop. */
typedef bool (*clock_row_fn)(const struct clock_row *row, void *ctx);

/* Each rule of the table in its order, some twice; NULL after the last. */
const char *clock_id(size_t i);

/* What the end of a rule's clock means; DEADLINE_LIMIT for most. */
enum deadline_kind clock_kind(const char *id);

/* Appends how an entry's clock of this rule was counted: its own line. */
void clock_counted(const struct record *r, const char *id, struct str *out);

/* True of a referral that was taken back: nobody has been told by it. */
bool referral_recalled(const struct casefile *c, const struct record *a);

/*
 * The clock of a pattern: so many missing episodes within so many days ask
 * for a strategy meeting (rule "repeat-missing", with the numbers of the
 * rules that come with the program).  It runs from the last of them until a
 * strategy discussion, planned or held, or a referral to social care, the
 * hub or the police, of that day or later.  False when fn stopped.
 */
bool casefile_pattern(const struct casefile *c, clock_row_fn fn, void *ctx);

/* The latest run of episodes that is such a pattern. */
struct missing_run {
	int count, within;	/* so many within so many days */
	int32_t first, last;	/* the days on which its first and last began */
	const struct record *latest;	/* its last episode */
	const struct record *answer;	/* what answers it, or NULL */
};
/* False when there is none: then only count and within are set. */
bool casefile_missing_run(const struct casefile *c, struct missing_run *out);

/*
 * Every clock that runs, in the order of the entries.  A closed case has
 * none but that of a restriction: who may open it is still to be looked at.
 * c is settled.
 */
void casefile_clocks(const struct casefile *c, clock_row_fn fn, void *ctx);

#endif
