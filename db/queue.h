/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review queue: every case that a second person has to look at, and why,
 * in an order that can be said in one line: the highest level first; among
 * equals what is overdue, longest first, then what is due next; then what has
 * waited longest.  Read from a projection, a page at a time.
 */
#ifndef HEARKEN_DB_QUEUE_H
#define HEARKEN_DB_QUEUE_H

#include "core/deadline.h"
#include "core/oversight.h"
#include "db/store.h"

struct queue_query {
	int64_t now;		/* UTC ms */
	unsigned why;		/* bits of enum queue_why; 0: any */
	bool mine_too;		/* also where I may not decide: my own work */
	size_t offset, limit;	/* limit 0: all */
};

/* Strings live for the call. */
struct queue_row {
	struct case_id case_id;
	const char *reference, *name;
	unsigned level;		/* by people; index of the default instrument */
	unsigned rules;		/* by the rules */
	unsigned why;
	int64_t due;		/* the earliest clock; INT64_MAX: none */
	const char *due_why;	/* "restriction review"; "" */
	enum deadline_kind due_kind;	/* what its end means */
	int64_t since;		/* waits since then, UTC ms */
	struct author_id whose;	/* whose work is to be looked at */
	bool own;		/* it is that of whoever unlocked the store */
	bool restricted;	/* not for these eyes: all else is left out */
};
typedef bool (*store_queue_fn)(const struct queue_row *row, void *ctx);

struct queue_counts {
	size_t all;
	size_t why[QUEUE_WHYS];
	size_t own;		/* left to others: one's own work */
	size_t restricted;
	size_t looked;		/* cases looked at in all */
};

NODISCARD enum rc store_queue(struct store *s, const struct queue_query *q,
    store_queue_fn fn, void *ctx, struct err *e);
NODISCARD enum rc store_queue_count(struct store *s,
    const struct queue_query *q, struct queue_counts *out, struct err *e);

/* How second looks agreed with first ones, over all cases one may see. */
NODISCARD enum rc store_second_looks(struct store *s,
    struct second_looks *out, struct err *e);

#endif
