/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two stores that know each other by card, for tests of bundles, and ways to
 * make of a bundle what should never come.
 */
#ifndef HEARKEN_TESTS_STORE_TWOSTORES_H
#define HEARKEN_TESTS_STORE_TWOSTORES_H

#include <sys/resource.h>

#include "db/abroad.h"
#include "exchange/bundle.h"
#include "tests/store/world.h"

#define ADA "Ada Invented"
#define SCHOOL "Marlow Street School"
#define BEN "Ben Made-Up"
#define TEAM "Harbour Team"

/* A store of its own, founded by a supervisor of this name. */
void founded(struct world *w, const char *name, uint64_t seed);
/* The same, and made for training if it is to be. */
void founded_for(struct world *w, const char *name, uint64_t seed,
    bool training);
/* w takes the card of whoever has other open. */
void takes_card(struct world *w, struct world *other, const char *agency);

struct two {
	struct world a, b;	/* ADA's and BEN's */
	struct author_id ada, ben;
	char path[700];		/* of a bundle; not there yet */
};
/* For cmocka; *state is a struct two. */
int two_make(void **state);
int two_unmake(void **state);

#define PLANTED "Wilhelmina Plantagenet"
#define PLANTED_TEXT "seen at the harbour kiosk on Tuesday"
#define PLANTED_AGENCY "Quillfeather House"

/* A case of Ada's with some text; larger than two pieces when wanted. */
struct case_id ada_case(struct two *t, const char *reference, bool large);
/* WREN-1, in a bundle for Ben. */
struct case_id sent_case(struct two *t, bool large);
/* Takes t->path in. */
struct bundle_report opened_by(struct two *t, struct world *w);

/* Files of at most so many bytes can be written: a disk that is full. */
void limit_files(rlim_t size);
rlim_t size_of(const char *path);

/* What a store is: it has not changed while these are the same. */
struct state_of {
	unsigned char projections[32];
	uint64_t entries;
};
struct state_of state_of(struct world *w);
void assert_untouched(struct world *w, const struct state_of *before);

/* An order of w for one case and one person, into path. */
struct bundle_order order_of(struct world *w, const struct case_id *id,
    const struct author_id *to, const char *path);
/* Makes it anew, over what was there. */
void make_anew(struct world *w, const struct bundle_order *o);
/* All cases of the one are those of the other, entry for entry. */
void assert_same_case(struct world *a, struct world *b,
    const struct case_id *id);

/*
 * The plain bytes of a bundle, as w unseals it, owned; and sealed again, to
 * whoever has `to` open.
 */
unsigned char *unsealed(struct world *w, const char *path, size_t *n);
void seal_again(struct world *to, const char *path, const unsigned char *p,
    size_t n);

#endif
