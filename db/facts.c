/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/facts.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "db/mask.h"
#include "db/scan.h"
#include "db/sessions.h"

static enum rc
check_store(struct store *s, struct err *e)
{
	if (store_training(s))
		return err_set(e, RC_REFUSED, "this store is for training: "
		    "reports count real cases only; open a live store");
	if (store_default_instrument(s) == NULL)
		return err_set(e, RC_NOTFOUND, "the store has no checklist; "
		    "adopt one first");
	return right_check(store_role(s), RIGHT_READ, e);
}

static enum rc
take_book(struct store *s, const struct book *b, struct facts *out,
    struct err *e)
{
	struct casefile c;
	bool masked;
	enum rc rc;

	if (b->id == REGISTER_BOOK ||
	    disposals_cover(&s->disposals, &b->case_id))
		return RC_OK;
	rc = mask_book(s, b->id, &masked, e);
	if (rc != RC_OK)
		return rc;
	if (masked) {
		out->restricted++;
		return RC_OK;
	}
	rc = store_case_load(s, &b->case_id, &c, e);
	if (rc != RC_OK)
		return rc;
	facts_add(out, &c, &s->roster);
	casefile_release(&c);
	return RC_OK;
}

/* ---- children ---- */

static int
by_id(const void *a, const void *b)
{
	const struct link_case *const *x = a, *const *y = b;

	return memcmp((*x)->id.b, (*y)->id.b, CASE_ID_LEN);
}

static const struct link_case **
sorted_cases(const struct linkage *l)
{
	const struct link_case **list = calloc(l->n + 1, sizeof(*list));

	for (size_t i = 0; list != NULL && i < l->n; i++)
		list[i] = &l->cases[i];
	if (list != NULL)
		qsort(list, l->n, sizeof(*list), by_id);
	return list;
}

/*
 * Rows that are no record of the linkage get numbers behind all others;
 * rows[record] becomes the row of each record.
 */
static void
number_rows(const struct facts *f, const struct linkage *l,
    const struct link_case **sorted, uint32_t *numbers, uint32_t *rows)
{
	memset(rows, 0xff, l->n * sizeof(*rows));
	for (size_t i = 0; i < f->n; i++) {
		const struct link_case key = {.id = f->cases[i].id};
		const struct link_case *at = &key, **found = NULL;
		size_t record;

		if (l->n > 0)
			found = bsearch(&at, sorted, l->n, sizeof(*sorted),
			    by_id);
		record = found != NULL ? (size_t)(*found - l->cases) : 0;
		if (found != NULL)
			rows[record] = (uint32_t)i;
		numbers[i] = found != NULL ? l->result.lower[record] :
		    (uint32_t)(l->n + i);
		numbers[f->n + i] = found != NULL ? l->result.upper[record] :
		    (uint32_t)(l->n + i);
	}
}

static void
take_pair(struct facts *f, const uint32_t *rows, const uint32_t pair[2],
    bool by_model)
{
	uint32_t a = rows[pair[0]], b = rows[pair[1]];

	if (a != UINT32_MAX && b != UINT32_MAX)
		facts_pair(f, a, b, by_model);
}

/* A link that would join what no machine may, or what is parted, is none. */
static bool
is_followed(const struct linkage *l, const struct link_decided *d)
{
	return l->result.lower[d->a] == l->result.lower[d->b];
}

/* What is written down says who found it; the rest the model finds now. */
static void
take_pairs(const struct linkage *l, const uint32_t *rows, struct facts *f)
{
	for (size_t i = 0; i < l->ndecided; i++)
		if (l->decided[i].same && is_followed(l, &l->decided[i]))
			take_pair(f, rows, (uint32_t[]){l->decided[i].a,
			    l->decided[i].b}, l->basis[i].model);
	for (size_t i = 0; i < l->result.npairs; i++)
		if (l->result.pairs[i].verdict == LINK_AUTO)
			take_pair(f, rows, (uint32_t[]){
			    l->result.pairs[i].a, l->result.pairs[i].b},
			    true);
}

static enum rc
link_rows(struct store *s, const struct linkage *l, struct facts *out,
    struct err *e)
{
	const struct link_case **sorted = sorted_cases(l);
	uint32_t *numbers = calloc(2 * out->n + 1, sizeof(*numbers));
	uint32_t *rows = calloc(l->n + 1, sizeof(*rows));
	enum rc rc = RC_OK;

	if (sorted == NULL || numbers == NULL || rows == NULL) {
		rc = err_set(e, RC_NOMEM, "%s: not enough memory to put the "
		    "children together", s->path);
	} else {
		number_rows(out, l, sorted, numbers, rows);
		facts_link(out, numbers, numbers + out->n);
		take_pairs(l, rows, out);
	}
	free(rows);
	free(sorted);
	free(numbers);
	return rc;
}

enum rc
store_facts(struct store *s, const struct joined_window *w,
    const struct linkage *l, store_progress_fn fn, void *ctx,
    struct facts *out, struct err *e)
{
	struct books books;
	enum rc rc = check_store(s, e);

	facts_init(out, store_default_instrument(s), w,
	    clock_now(s->clock));
	out->sample = s->second_look;
	if (rc != RC_OK)
		return rc;
	rc = books_load(s, &books, e);
	for (size_t i = 0; rc == RC_OK && i < books.n; i++) {
		if (fn != NULL && !fn(i, books.n, ctx))
			rc = err_set(e, RC_CANCELLED, "stopped; nothing was "
			    "counted");
		else
			rc = take_book(s, &books.list[i], out, e);
	}
	books_release(&books);
	if (rc == RC_OK && l != NULL && l->run)
		rc = link_rows(s, l, out, e);
	return rc;
}
