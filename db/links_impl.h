/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of linkage in a store, for the files links*.c only: a case as a
 * record, and the decisions of the register folded by pair.
 */
#ifndef HEARKEN_DB_LINKS_IMPL_H
#define HEARKEN_DB_LINKS_IMPL_H

#include "db/impl.h"
#include "db/links.h"
#include "db/scan.h"

/* Fills *out from a settled case; false when nobody is named in it. */
NODISCARD enum rc link_case_of(const struct casefile *c,
    const struct roster *r, struct link_case *out, bool *named,
    struct err *e);
void link_case_release(struct link_case *k);
/*
 * Finds the first postcode in a text, "M1 1AE"; the length of what it takes,
 * 0 for none.
 */
size_t link_postcode(const char *text, const char **at);

/* What holds of a pair of cases. */
struct link_ruling {
	struct case_id a, b;	/* a before b, byte by byte */
	struct link_basis basis;
	bool same;
};
struct link_rulings {
	struct link_ruling *list;	/* by pair */
	size_t n, cap;
	size_t read;		/* entries, before the last of each pair held */
};
NODISCARD enum rc link_rulings_load(struct store *s,
    struct link_rulings *out, struct err *e);
/* Those that name one of the cases alone. */
NODISCARD enum rc link_rulings_of(struct store *s,
    const struct case_id *cases, size_t n, struct link_rulings *out,
    struct err *e);
void link_rulings_release(struct link_rulings *r);
/* NULL when nobody decided on the pair, whichever way round. */
const struct link_ruling *link_ruling_of(const struct link_rulings *r,
    const struct case_id *a, const struct case_id *b);

/* One more case as a record; one restricted to others is only counted. */
NODISCARD enum rc link_take_book(struct store *s, const struct book *b,
    struct linkage *l, struct err *e);
/* The rulings as decisions on the records. */
NODISCARD enum rc link_take_rulings(struct store *s,
    const struct link_rulings *r, struct linkage *l, struct err *e);

/* Keeps how a restricted case may be named; links_hidden.c. */
NODISCARD enum rc link_hide(struct store *s, int64_t book, struct linkage *l,
    struct err *e);
/* The text names one of them. */
bool link_names_hidden(const struct linkage *l, const char *text);
void link_hidden_release(struct linkage *l);

/* RC_REFUSED in a store made for training. */
NODISCARD enum rc link_check_store(struct store *s, struct err *e);

#endif
