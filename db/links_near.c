/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The decisions around one case.  All that could come together with it over
 * what is decided is gathered, hop by hop; then linkage itself is run over
 * these few, so that no rule stands here a second time.
 */
#include "config.h"

#include "db/linknear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/links_impl.h"
#include "db/mask.h"
#include "db/sessions.h"

struct around {
	struct store *s;
	struct book books[LINKS_NEAR_MAX + 1];	/* the first: the case */
	struct case_id ids[LINKS_NEAR_MAX + 1];	/* the same */
	size_t n;
	struct case_id masked[LINKS_NEAR_MAX];
	size_t nmasked;
	bool many;
};

static bool
is_known(const struct around *a, const struct case_id *id)
{
	for (size_t i = 0; i < a->n; i++)
		if (case_id_equal(&a->ids[i], id))
			return true;
	for (size_t i = 0; i < a->nmasked; i++)
		if (case_id_equal(&a->masked[i], id))
			return true;
	return false;
}

static void
keep(struct around *a, const struct book *b, bool masked)
{
	if (masked && a->nmasked < LINKS_NEAR_MAX) {
		a->masked[a->nmasked++] = b->case_id;
	} else if (!masked && a->n <= LINKS_NEAR_MAX) {
		a->ids[a->n] = b->case_id;
		a->books[a->n++] = *b;
	} else {
		a->many = true;
	}
}

/* A case that is not here, or disposed of, takes no part. */
static enum rc
reach(struct around *a, const struct case_id *id, struct err *e)
{
	struct book b = {.case_id = *id};
	bool masked = false;
	enum rc rc;

	if (is_known(a, id) || disposals_cover(&a->s->disposals, id))
		return RC_OK;
	rc = book_find(a->s, id, &b.id, e);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = mask_book(a->s, b.id, &masked, e);
	if (rc == RC_OK)
		keep(a, &b, masked);
	return rc;
}

/* Nothing is followed over a case that these eyes may not see. */
static bool
is_open(const struct around *a, const struct case_id *id)
{
	for (size_t i = 0; i < a->n; i++)
		if (case_id_equal(&a->ids[i], id))
			return true;
	return false;
}

static enum rc
hop(struct around *a, const struct link_rulings *r, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < r->n; i++) {
		const struct link_ruling *k = &r->list[i];

		if (k->same && is_open(a, &k->a))
			rc = reach(a, &k->b, e);
		else if (k->same && is_open(a, &k->b))
			rc = reach(a, &k->a, e);
	}
	return rc;
}

/* *r: all that is decided on the cases; the caller's, whatever is returned. */
static enum rc
gather(struct around *a, struct link_rulings *r, struct err *e)
{
	size_t before;
	enum rc rc;

	memset(r, 0, sizeof(*r));
	do {
		before = a->n;
		link_rulings_release(r);
		rc = link_rulings_of(a->s, a->ids, a->n, r, e);
		if (rc == RC_OK)
			rc = hop(a, r, e);
	} while (rc == RC_OK && !a->many && a->n > before);
	return rc;
}

/* As they came into the store: rulings come by ids, which are drawn by lot. */
static int
by_book(const void *va, const void *vb)
{
	const struct book *x = va, *y = vb;

	return (x->id > y->id) - (x->id < y->id);
}

/* The first is the case and stays where it is. */
static void
sort_others(struct around *a)
{
	if (a->n > 2)
		qsort(a->books + 1, a->n - 1, sizeof(*a->books), by_book);
	for (size_t i = 1; i < a->n; i++)
		a->ids[i] = a->books[i].case_id;
}

/* ---- one child ---- */

/* Weighs nothing and links nothing by itself. */
static void
run(struct linkage *l)
{
	struct link_model none;

	memset(&none, 0, sizeof(none));
	none.upper = none.lower = HUGE_VAL;
	linkage_run(l, &none);
}

static bool
is_same(const struct linkage *l, const struct case_id *id, size_t own)
{
	size_t i = linkage_find(l, id);

	return i != SIZE_MAX &&
	    l->result.lower[i] == l->result.lower[own];
}

/* Said of one of the child's cases, and parted from none of them. */
static bool
is_of_child(const struct linkage *l, const struct link_rulings *r,
    const struct case_id *masked, size_t own)
{
	bool said = false;

	for (size_t i = 0; i < l->n; i++) {
		const struct link_ruling *k = is_same(l, &l->cases[i].id,
		    own) ? link_ruling_of(r, masked, &l->cases[i].id) : NULL;

		if (k != NULL && !k->same)
			return false;
		said = said || k != NULL;
	}
	return said;
}

static void
tell(const struct around *a, const struct linkage *l,
    const struct link_rulings *r, struct links_near *out)
{
	size_t own = linkage_find(l, &a->ids[0]);

	if (own == SIZE_MAX)
		return;
	for (size_t i = 1; i < a->n; i++)
		if (is_same(l, &a->ids[i], own))
			out->cases[out->n++] = a->ids[i];
	for (size_t i = 0; i < a->nmasked; i++)
		out->restricted += is_of_child(l, r, &a->masked[i], own);
}

static enum rc
join(struct around *a, const struct link_rulings *r,
    const struct link_names_source *source, struct links_near *out,
    struct err *e)
{
	const struct link_names *names = NULL;
	struct linkage l;
	enum rc rc = source != NULL ? source->get(source->ctx, &names, e) :
	    RC_OK;

	if (rc != RC_OK)
		return rc;
	memset(&l, 0, sizeof(l));
	joined_names_init(&l.agencies);
	l.links = links_new(names);
	for (size_t i = 0; rc == RC_OK && i < a->n; i++)
		rc = link_take_book(a->s, &a->books[i], &l, e);
	if (rc == RC_OK)
		rc = link_take_rulings(a->s, r, &l, e);
	if (rc == RC_OK) {
		run(&l);
		tell(a, &l, r, out);
	}
	linkage_release(&l);
	return rc;
}

enum rc
store_links_near(struct store *s, const struct case_id *id,
    const struct link_names_source *names, struct links_near *out,
    struct err *e)
{
	struct around a = {.s = s};
	struct link_rulings r;
	enum rc rc;

	memset(out, 0, sizeof(*out));
	if (store_training(s))
		return RC_OK;
	rc = reach(&a, id, e);
	if (rc != RC_OK || a.n == 0)
		return rc;
	rc = gather(&a, &r, e);
	sort_others(&a);
	out->many = rc == RC_OK && a.many;
	if (rc == RC_OK && !a.many && a.n + a.nmasked > 1)
		rc = join(&a, &r, names, out, e);
	link_rulings_release(&r);
	return rc;
}
