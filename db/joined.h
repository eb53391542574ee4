/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The joined list of a store (core/joinedlist.h) with what a person needs to
 * act on it: which cases a child is of, under which level, and whom to ring.
 * Headline facts alone: no evidence and no other narrative is read out.
 */
#ifndef HEARKEN_DB_JOINED_H
#define HEARKEN_DB_JOINED_H

#include "core/joinedlist.h"
#include "db/store.h"

/* All borrowed, for the call. */
struct joined_case {
	struct case_id id;
	const char *reference;
};
/* An agency that has something present, and who last told of it. */
struct joined_ring {
	const char *agency;
	const char *who;	/* as written, or who signed it; "": nobody */
	int32_t latest;
	struct itemset present;
};
/*
 * Whom to ring, over the cases of a child: of each agency that has a listed
 * sign present in the window of the facts, whoever told of it last.  The one
 * rule for the list and for the screen of a child.
 */
struct joined_rings {
	struct joined_ring *list;	size_t n, cap;	/* who: owned */
	int64_t *written;		size_t capwritten;
};
void joined_rings_clear(struct joined_rings *r);
void joined_rings_release(struct joined_rings *r);
/* Adds what a settled case tells; f is of the same store, and lives on. */
void joined_rings_add(struct joined_rings *r, const struct facts *f,
    const struct roster *roster, const struct casefile *c);

struct joined_row {
	const struct joined_entry *entry;
	const struct joined_child *child;	/* by the links alone */
	const struct joined_child *could;	/* NULL: the same */
	const char *name;	/* several that stand, " or " between; "" */
	const struct joined_case *cases;	size_t ncases;
	/* Others that it could be one child with. */
	const struct joined_case *others;	size_t nothers;
	const struct joined_ring *rings;	size_t nrings;
};
/* Return false to stop. */
typedef bool (*store_joined_fn)(const struct joined_row *row, void *ctx);

/*
 * Rows offset.. of the list, at most limit (0: all), each child's cases read
 * once more.  f is of this store (db/facts.h), and l of f.
 */
NODISCARD enum rc store_joined(struct store *s, const struct facts *f,
    const struct joined_list *l, const size_t range[2], store_joined_fn fn,
    void *ctx, struct err *e);

#endif
