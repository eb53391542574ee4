/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tests of links share: a small model of their own, so that the one in
 * use may be trained anew, and invented children as returns bring them.
 */
#ifndef HEARKEN_TESTS_STORE_LINKING_H
#define HEARKEN_TESTS_STORE_LINKING_H

#include "db/links.h"
#include "tests/store/world.h"

/* Owned. */
struct link_model *linking_model(void);

struct return_child {
	const char *reference, *agency, *forename, *surname, *birth, *postcode;
};
/* A case as a return opens it. */
struct case_id linking_child(struct world *w, const struct return_child *c);
/* Reads and runs; released by the caller. */
void linking_read(struct world *w, const struct link_model *m,
    struct linkage *out);
/* Children by links alone, of the store as it is. */
size_t linking_children(struct world *w, const struct link_model *m);
/* A person's decision on two cases. */
enum rc linking_decide(struct world *w, const struct link_model *m,
    const struct case_id *a, const struct case_id *b, bool same);

#endif
