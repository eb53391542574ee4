/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cases of a store as records, and what was decided on them.
 */
#include "config.h"

#include "db/links.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "db/links_impl.h"
#include "db/mask.h"
#include "db/scan.h"
#include "db/sessions.h"

enum rc
link_check_store(struct store *s, struct err *e)
{
	if (store_training(s))
		return err_set(e, RC_REFUSED, "%s: this store was made for "
		    "training; children are linked in the store where their "
		    "real cases are", s->path);
	return right_check(store_role(s), RIGHT_READ, e);
}

static enum rc
no_memory(const struct store *s, struct err *e)
{
	return err_set(e, RC_NOMEM, "%s: not enough memory to compare the "
	    "cases", s->path);
}

/* ---- cases ---- */

/* Takes k. */
static enum rc
keep_case(struct store *s, struct linkage *l, struct link_case *k,
    struct err *e)
{
	size_t cap = l->cap != 0 ? l->cap * 2 : 256;
	struct link_case *more;

	if (l->n == l->cap) {
		more = l->n < UINT32_MAX / 2 ?
		    realloc(l->cases, cap * sizeof(*more)) : NULL;
		if (more == NULL) {
			link_case_release(k);
			return no_memory(s, e);
		}
		l->cases = more;
		l->cap = cap;
	}
	l->cases[l->n++] = *k;
	return RC_OK;
}

static void
add_record(struct linkage *l, const struct link_case *k)
{
	struct link_raw raw = {.agency = joined_agency(&l->agencies,
	    k->agency), .forename = k->forename, .surname = k->surname,
	    .name = "", .birth = k->birth, .sex = k->sex,
	    .postcode = k->postcode, .nhs = k->nhs, .upn = k->upn};

	(void)links_add(l->links, &raw);
}

static enum rc
take_case(struct store *s, const struct case_id *id, struct linkage *l,
    struct err *e)
{
	struct link_case k;
	struct casefile c;
	bool named = false;
	enum rc rc = store_case_load(s, id, &c, e);

	if (rc != RC_OK)
		return rc;
	rc = link_case_of(&c, &s->roster, &k, &named, e);
	casefile_release(&c);
	if (rc == RC_OK && named)
		rc = keep_case(s, l, &k, e);
	if (rc == RC_OK && named)
		add_record(l, &l->cases[l->n - 1]);
	return rc;
}

enum rc
link_take_book(struct store *s, const struct book *b, struct linkage *l,
    struct err *e)
{
	bool masked;
	enum rc rc;

	if (b->id == REGISTER_BOOK ||
	    disposals_cover(&s->disposals, &b->case_id))
		return RC_OK;
	rc = mask_book(s, b->id, &masked, e);
	if (rc != RC_OK)
		return rc;
	l->restricted += masked;
	return masked ? link_hide(s, b->id, l, e) :
	    take_case(s, &b->case_id, l, e);
}

/* ---- by id ---- */

struct by_id { struct case_id id; uint32_t record; };

static int
compare_ids(const void *a, const void *b)
{
	const struct by_id *x = a, *y = b;

	return memcmp(x->id.b, y->id.b, CASE_ID_LEN);
}

static struct by_id *
index_cases(const struct linkage *l)
{
	struct by_id *list = calloc(l->n + 1, sizeof(*list));

	for (size_t i = 0; list != NULL && i < l->n; i++)
		list[i] = (struct by_id){l->cases[i].id, (uint32_t)i};
	if (list != NULL)
		qsort(list, l->n, sizeof(*list), compare_ids);
	return list;
}

static const struct by_id *
find_id(const struct linkage *l, const struct by_id *list,
    const struct case_id *id)
{
	struct by_id key = {.id = *id};

	return l->n > 0 ? bsearch(&key, list, l->n, sizeof(*list),
	    compare_ids) : NULL;
}

size_t
linkage_find(const struct linkage *l, const struct case_id *id)
{
	for (size_t i = 0; i < l->n; i++)
		if (case_id_equal(&l->cases[i].id, id))
			return i;
	return SIZE_MAX;
}

/* ---- decisions ---- */

static int
compare_pairs(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	return a != c ? (a < c ? -1 : 1) : b != d ? (b < d ? -1 : 1) : 0;
}

struct settled { struct link_decided d; struct link_basis basis; };

static int
compare_settled(const void *a, const void *b)
{
	const struct settled *x = a, *y = b;

	return compare_pairs(x->d.a, x->d.b, y->d.a, y->d.b);
}

/* Those of which both cases take part, by (a, b). */
static size_t
settle(const struct linkage *l, const struct by_id *ids,
    const struct link_rulings *r, struct settled *out)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct link_ruling *k = &r->list[i];
		const struct by_id *a = find_id(l, ids, &k->a);
		const struct by_id *b = find_id(l, ids, &k->b);

		if (a == NULL || b == NULL)
			continue;
		out[n].d.a = a->record < b->record ? a->record : b->record;
		out[n].d.b = a->record < b->record ? b->record : a->record;
		out[n].d.same = !k->same ? LINK_SAID_APART :
		    k->basis.model ? LINK_SAID_BY_MODEL : LINK_SAID_SAME;
		out[n++].basis = k->basis;	/* its reason is still r's */
	}
	if (n > 0)
		qsort(out, n, sizeof(*out), compare_settled);
	return n;
}

static int
compare_orders(const void *a, const void *b)
{
	const struct settled *x = a, *y = b;

	return x->basis.order < y->basis.order ? -1 :
	    x->basis.order > y->basis.order;
}

/* By pair, to be found; and as they were written, for where they clash. */
static bool
keep_settled(struct linkage *l, struct settled *list, size_t n)
{
	l->in_order = calloc(n + 1, sizeof(*l->in_order));
	l->decided = calloc(n + 1, sizeof(*l->decided));
	l->basis = calloc(n + 1, sizeof(*l->basis));
	if (l->in_order == NULL || l->decided == NULL || l->basis == NULL)
		return false;
	for (; l->ndecided < n; l->ndecided++) {
		size_t i = l->ndecided;

		l->decided[i] = list[i].d;
		l->basis[i] = list[i].basis;
		l->basis[i].withheld = link_names_hidden(l,
		    list[i].basis.reason);
		l->basis[i].reason = strdup(l->basis[i].withheld ? "" :
		    list[i].basis.reason);
		if (l->basis[i].reason == NULL)
			return false;
	}
	if (n > 0)
		qsort(list, n, sizeof(*list), compare_orders);
	for (size_t i = 0; i < n; i++)
		l->in_order[i] = list[i].d;
	l->capdecided = n;
	return true;
}

enum rc
link_take_rulings(struct store *s, const struct link_rulings *r,
    struct linkage *l, struct err *e)
{
	struct by_id *ids = index_cases(l);
	struct settled *list = calloc(r->n + 1, sizeof(*list));
	enum rc rc = RC_OK;

	if (ids == NULL || list == NULL ||
	    !keep_settled(l, list, settle(l, ids, r, list)))
		rc = no_memory(s, e);
	l->nrulings = r->read;
	free(ids);
	free(list);
	return rc;
}

static enum rc
take_decisions(struct store *s, struct linkage *l, struct err *e)
{
	struct link_rulings r;
	enum rc rc = link_rulings_load(s, &r, e);

	if (rc != RC_OK)
		return rc;
	rc = link_take_rulings(s, &r, l, e);
	link_rulings_release(&r);
	return rc;
}

const struct link_basis *
linkage_basis(const struct linkage *l, uint32_t a, uint32_t b)
{
	size_t low = 0, high = l->ndecided;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int k = compare_pairs(l->decided[mid].a, l->decided[mid].b,
		    a < b ? a : b, a < b ? b : a);

		if (k == 0)
			return &l->basis[mid];
		if (k < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* ---- the whole ---- */

static enum rc
take_books(struct store *s, const struct books *books, store_progress_fn fn,
    void *ctx, struct linkage *out, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < books->n; i++) {
		if (fn != NULL && !fn(i, books->n, ctx))
			rc = err_set(e, RC_CANCELLED, "stopped; no case was "
			    "compared");
		else
			rc = link_take_book(s, &books->list[i], out, e);
	}
	return rc;
}

enum rc
store_linkage(struct store *s, const struct link_names *names,
    store_progress_fn fn, void *ctx, struct linkage *out, struct err *e)
{
	struct books books;
	enum rc rc = link_check_store(s, e);

	memset(out, 0, sizeof(*out));
	if (rc != RC_OK)
		return rc;
	rc = books_load(s, &books, e);
	if (rc != RC_OK)
		return rc;
	joined_names_init(&out->agencies);
	out->links = links_new(names);
	rc = take_books(s, &books, fn, ctx, out, e);
	books_release(&books);
	if (rc == RC_OK)
		rc = take_decisions(s, out, e);
	if (rc != RC_OK)
		linkage_release(out);
	return rc;
}

void
linkage_release(struct linkage *l)
{
	if (l->run)
		link_result_release(&l->result);
	if (l->links != NULL)
		links_free(l->links);
	for (size_t i = 0; i < l->n; i++)
		link_case_release(&l->cases[i]);
	free(l->cases);
	link_hidden_release(l);
	free(l->in_order);
	free(l->decided);
	for (size_t i = 0; i < l->ndecided; i++)
		free(l->basis[i].reason);
	free(l->basis);
	joined_names_release(&l->agencies);
	memset(l, 0, sizeof(*l));
}

void
linkage_run(struct linkage *l, const struct link_model *m)
{
	if (l->run)
		link_result_release(&l->result);
	links_run(l->links, m, l->in_order, l->ndecided, &l->result);
	l->run = true;
}

bool
linkage_pair(const struct linkage *l, uint32_t a, uint32_t b,
    struct link_pair *out)
{
	size_t low = 0, high = l->result.npairs;

	*out = (struct link_pair){.a = a < b ? a : b, .b = a < b ? b : a};
	for (size_t f = 0; f < LINK_FIELDS; f++)
		out->levels[f] = LEVEL_MISSING;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct link_pair *p = &l->result.pairs[mid];
		int k = compare_pairs(p->a, p->b, out->a, out->b);

		if (k == 0) {
			*out = *p;
			return true;
		}
		if (k < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}
