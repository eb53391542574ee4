/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A world with several people: a supervisor who founded it, and one of each
 * role beside.  All have the passphrase WORLD_PASS.
 */
#ifndef HEARKEN_TESTS_STORE_TEAM_H
#define HEARKEN_TESTS_STORE_TEAM_H

#include "db/watch.h"
#include "tests/store/world.h"

#define SUPERVISOR WORLD_USER
#define SECOND "Gwen Pike"		/* a supervisor too */
#define NAMED "Tom Ashby"		/* practitioners */
#define OTHER "Nell Quarry"
#define TRAINER "Rue Fenwick"
#define ADMINISTRATOR "Odo Larch"
#define AUDITOR "Una Birk"

/* Makes the store and leaves it open for the supervisor. */
void people_make(struct world *w);
/* Opens it anew for somebody. */
void people_enter(struct world *w, const char *name);

/* Cases of a list or search, as they came. */
#define ROWS_MAX 16
struct rows {
	size_t n, masked;
	struct case_id ids[ROWS_MAX];
	char references[ROWS_MAX][32];
	bool leaks;	/* a masked row says more than that it is there */
	bool after;	/* a masked row comes before another */
};
/* A store_case_fn; ctx is a struct rows, zeroed. */
bool rows_take(const struct case_row *row, void *ctx);
/* The cases that a filter gives; NULL: all. */
struct rows rows_of_filter(struct world *w, const char *expr);
struct rows rows_of_search(struct world *w, const char *words,
    size_t limit);
size_t count_of_filter(struct world *w, const char *expr);

/*
 * Three cases.  WREN-1, of Ada Merle, also called Starling, is the most urgent
 * by far and restricted to NAMED and SUPERVISOR; of the others nothing is
 * known but that LARK-2 is about Ada Brook.
 */
struct desk {
	struct world w;
	struct case_id wren, lark, owl;
};
#define DESK_REASON "her aunt works in this office"
/* For cmocka; *state is a struct desk, open for the supervisor. */
int desk_make(void **state);
int desk_unmake(void **state);
/* Restricts WREN-1 anew. */
void desk_restrict(struct desk *d, const char *name);

/* How many looks a question gives. */
size_t looks_of(struct world *w, const struct look_query *q);

#endif
