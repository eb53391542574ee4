/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two stores: ours, of a supervisor, and that of somebody elsewhere, who is a
 * practitioner and its founder, with a case in it.
 */
#ifndef HEARKEN_TESTS_STORE_ELSEWHERE_H
#define HEARKEN_TESTS_STORE_ELSEWHERE_H

#include "db/abroad.h"
#include "tests/store/folk.h"

#define ADA "Ada Invented"
#define BEN "Ben Fictive"
#define SCHOOL "Marlow Street School"

struct elsewhere {
	struct world ours, theirs;	/* Ilse's, Ada's: a practitioner */
	struct case_id lark;		/* in theirs */
};

/* For cmocka; *state is a struct elsewhere. */
int abroad_make(void **state);
int abroad_unmake(void **state);

/* The card of whoever is in w; released by the caller. */
struct card abroad_card(struct world *w);
/* Their card is taken in by us. */
enum rc abroad_take(struct elsewhere *p);
/* What they know of themselves, and ncases of their cases, comes over. */
enum rc abroad_bring(struct elsewhere *p, size_t ncases);

/* What the list of people elsewhere says of one, and in all. */
struct asking {
	const char *name;
	struct foreigner f;
	struct card card;
	char why[256], order[256];
	unsigned found, all;
};
struct asking abroad_foreigner(struct elsewhere *p, const char *name);
/* What the last entry of whoever is at their store counts as here. */
unsigned abroad_counts_as(struct elsewhere *p);
void assert_refusal(struct world *w, enum rc got, enum rc want,
    const char *words);

#endif
