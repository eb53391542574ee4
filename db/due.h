/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is due, over all cases: every clock that runs (core/clocks.h), one's
 * own first, overdue before the rest.  Mine is what is in a case that I
 * opened, what an entry names me for, and what an entry of mine names nobody
 * for.  Read from a projection, a page at a time.
 */
#ifndef HEARKEN_DB_DUE_H
#define HEARKEN_DB_DUE_H

#include "core/deadline.h"
#include "db/store.h"

/* In the order in which they are shown. */
enum due_group {
	DUE_MINE_OVER = 0,	/* longest overdue first */
	DUE_MINE,		/* not counted first, then what is next */
	DUE_OTHERS_OVER,
	DUE_OTHERS,
	DUE_RESTRICTED,		/* cases restricted to others, in no order */
	DUE_GROUPS
};
/* "Mine, overdue" */
const char *due_group_label(enum due_group g);

struct due_query {
	int64_t now;		/* UTC ms: what has passed is overdue */
	bool mine, overdue;	/* only these */
	int64_t until;		/* due before this moment; INT64_MAX: all */
	const char *rule;	/* of this rule alone, or NULL */
	size_t offset, limit;	/* limit 0: all */
};

/* Strings live for the call. */
struct due_row {
	enum due_group group;
	struct case_id case_id;
	const char *reference, *name;
	const char *rule, *what;	/* "return-interview", and in words */
	enum deadline_kind kind;
	int64_t due;		/* UTC ms; INT64_MAX: could not be counted */
	const char *counted;	/* how, or why not; "" when nothing says */
	const char *who;	/* has to act; the entry's author if !named */
	bool named;
	struct entry_id entry;	/* that started the clock */
	/*
	 * Not for these eyes: something is due in a case that is restricted
	 * to others; all else is left out.
	 */
	bool restricted;
};
/* Return false to stop. */
typedef bool (*store_due_fn)(const struct due_row *row, void *ctx);

struct due_counts {
	size_t in[DUE_GROUPS];	/* lines; of the restricted: cases */
	size_t all;
	size_t cases;		/* looked at: those one may see */
};

/*
 * A query that asks for anything in particular leaves restricted cases out,
 * whatever is due in them: the answer would tell it.
 */
NODISCARD enum rc store_due(struct store *s, const struct due_query *q,
    store_due_fn fn, void *ctx, struct err *e);
NODISCARD enum rc store_due_count(struct store *s, const struct due_query *q,
    struct due_counts *out, struct err *e);

#endif
