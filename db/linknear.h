/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cases that the decisions of the register make one child with a case:
 * by the rules of linkage (db/links.h), but over these few cases alone, so
 * that it is cheap to ask whenever a case is opened.  What the model would
 * link and nobody signed is not in it.
 */
#ifndef HEARKEN_DB_LINKNEAR_H
#define HEARKEN_DB_LINKNEAR_H

#include "core/link.h"
#include "db/store.h"

#define LINKS_NEAR_MAX 32	/* cases of one child that are followed */

struct links_near {
	struct case_id cases[LINKS_NEAR_MAX];	/* the others */
	size_t n;
	/* Said to be the same child as one of these, but not for these eyes. */
	size_t restricted;
	bool many;		/* more than are followed; n is then 0 */
};
/*
 * How the names of linkage are got: they are asked for only when there is a
 * decision on the case.  *out is borrowed.
 */
struct link_names_source {
	enum rc (*get)(void *ctx, const struct link_names **out,
	    struct err *e);
	void *ctx;
};
/* A store made for training has none. */
NODISCARD enum rc store_links_near(struct store *s, const struct case_id *id,
    const struct link_names_source *names, struct links_near *out,
    struct err *e);

#endif
