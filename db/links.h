/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linkage of the cases of a store: its records are the cases that agencies'
 * returns opened, and every other case with a name; decisions are entries of
 * the register (kinds same-child, not-same-child).  Restricted cases take
 * part only for whoever may open them.
 */
#ifndef HEARKEN_DB_LINKS_H
#define HEARKEN_DB_LINKS_H

#include "core/link.h"
#include "db/store.h"

/* A case as a record, with what a person compares. */
struct link_case {
	struct case_id id;
	char *reference, *agency;	/* owned */
	char *forename, *surname, *postcode, *nhs, *upn;	/* owned, "" */
	int32_t birth;
	char sex;
};
struct linkage {
	struct link_case *cases;	size_t n, cap;	/* record number -> case */
	struct links *links;
	struct link_decided *decided;	size_t ndecided, capdecided;
	struct link_result result;
	bool run;
};
/* Reads the cases and decisions; progress as elsewhere, cancellable. */
NODISCARD enum rc store_linkage(struct store *s,
    const struct link_names *names, store_progress_fn fn, void *ctx,
    struct linkage *out, struct err *e);
void linkage_release(struct linkage *l);
void linkage_run(struct linkage *l, const struct link_model *m);

/* One decision of a person, with the weights that they saw. */
NODISCARD enum rc store_link_decide(struct store *s,
    const struct linkage *l, const struct link_pair *p, bool same,
    const struct link_model *m, const char *reason, struct err *e);
/*
 * All that the model links by itself, under one seal; what is there already
 * adds nothing.  *n is how many were added.
 */
NODISCARD enum rc store_link_auto(struct store *s, const struct linkage *l,
    const struct link_model *m, size_t *n, struct err *e);
/* Takes a link back for good: a decision "not the same" of each of its pairs. */
NODISCARD enum rc store_link_split(struct store *s,
    const struct linkage *l, const struct case_id *part, size_t npart,
    const struct case_id *rest, size_t nrest, const char *reason,
    struct err *e);

#endif
