/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linkage of the cases of a store: its records are the cases that agencies'
 * returns opened, and every other case with a name; decisions are entries of
 * the register (kinds same-child, not-same-child).  Restricted cases take
 * part only for whoever may open them.
 *
 * Of several decisions about a pair the latest of a person holds, in the
 * order of entries; what the model said holds where no person said anything.
 */
#ifndef HEARKEN_DB_LINKS_H
#define HEARKEN_DB_LINKS_H

#include "core/joined.h"
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
/* Who decided on a pair, and when. */
struct link_basis {
	struct author_id by;
	int64_t at;
	bool model;		/* it was the model, at this person's word */
	size_t order;		/* among all decisions, from the first on */
	char *reason;		/* owned; "" when none was given */
	bool withheld;		/* it names a case that these eyes may not open */
};
struct linkage {
	struct link_case *cases;	size_t n, cap;	/* record number -> case */
	struct links *links;
	struct link_decided *decided;	/* by pair */
	size_t ndecided, capdecided;
	struct link_basis *basis;	/* of each decided */
	struct link_decided *in_order;	/* the same as they were written */
	size_t nrulings;		/* entries that these are read from */
	struct joined_names agencies;	/* numbers of struct link_raw */
	size_t restricted;		/* cases left out, not for these eyes */
	char **hidden;	size_t nhidden;	/* owned: how reasons may name them */
	struct link_result result;
	bool run;
};
/* Reads the cases and decisions; progress as elsewhere, cancellable. */
NODISCARD enum rc store_linkage(struct store *s,
    const struct link_names *names, store_progress_fn fn, void *ctx,
    struct linkage *out, struct err *e);
void linkage_release(struct linkage *l);
void linkage_run(struct linkage *l, const struct link_model *m);
/* The record of a case; SIZE_MAX when it takes no part. */
size_t linkage_find(const struct linkage *l, const struct case_id *id);
/*
 * The pair of two records as linkage_run() left it, in *out; false when it
 * is none of the result, and *out then has no weights.
 */
bool linkage_pair(const struct linkage *l, uint32_t a, uint32_t b,
    struct link_pair *out);
/* Who decided on a pair; NULL when nobody did. */
const struct link_basis *linkage_basis(const struct linkage *l, uint32_t a,
    uint32_t b);

/* One decision of a person, with the weights that they saw. */
NODISCARD enum rc store_link_decide(struct store *s,
    const struct linkage *l, const struct link_pair *p, bool same,
    const struct link_model *m, const char *reason, struct err *e);
/* Several, under one seal, or none. */
struct link_choice {
	struct link_pair pair;
	bool same;
	const char *reason;	/* "" for none */
};
NODISCARD enum rc store_link_decide_all(struct store *s,
    const struct linkage *l, const struct link_choice *choices, size_t n,
    const struct link_model *m, struct err *e);
/*
 * All that the model links by itself, under one seal; what is there already
 * adds nothing.  *n is how many were added.  RC_REFUSED when anything was
 * decided since l was read: together with it a link might join twins.
 */
NODISCARD enum rc store_link_auto(struct store *s, const struct linkage *l,
    const struct link_model *m, size_t *n, struct err *e);
/* Takes a link back for good: a decision "not the same" of each of its pairs. */
NODISCARD enum rc store_link_split(struct store *s,
    const struct linkage *l, const struct case_id *part, size_t npart,
    const struct case_id *rest, size_t nrest, const char *reason,
    struct err *e);

#endif
