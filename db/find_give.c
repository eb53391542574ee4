/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was found, in order and by case.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/find_impl.h"

/* The better reason first, then what stands, then the newer. */
static int
compare_hits(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	bool gone_x = x->state != FIND_STANDS, gone_y = y->state != FIND_STANDS;

	if (x->counted != y->counted)
		return x->counted ? 1 : -1;
	if (x->why != y->why)
		return x->why < y->why ? -1 : 1;
	if (gone_x != gone_y)
		return gone_x ? 1 : -1;
	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	return x->row > y->row ? -1 : x->row < y->row;
}

/* The hits of the case of hit i from there on; *n is how many. */
static size_t
hits_of_case(const struct finder *f, size_t i, size_t list[FIND_OF_CASE],
    size_t *n)
{
	size_t shown = 0;

	*n = 0;
	for (size_t k = i; k < f->n; k++) {
		if (f->hits[k].book != f->hits[i].book)
			continue;
		if (shown < FIND_OF_CASE)
			list[shown++] = k;
		++*n;
	}
	return shown;
}

static bool
is_first(const struct finder *f, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (f->hits[k].book == f->hits[i].book)
			return false;
	return true;
}

static bool
give_hit(const struct hit *h,
    const struct case_row *row, struct find_row *r,
    const struct store_find_to *to)
{
	r->row = row;
	r->why = h->why;
	r->entry = h->id;
	r->kind = h->kind;
	r->on = h->on;
	r->at = h->at;
	r->state = h->state;
	r->field = h->field;
	r->snippet = h->snippet;
	r->nmarks = h->nmarks;
	memcpy(r->marks, h->marks, sizeof(r->marks));
	return to->fn(r, to->ctx);
}

/* A case that has no line (any more) is passed over. */
static enum rc
give_case(struct finder *f, size_t i, const struct store_find_to *to,
    bool *stopped, struct err *e)
{
	size_t list[FIND_OF_CASE], n, shown = hits_of_case(f, i, list, &n);
	struct case_row row;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, f->s, STMT_LIST_CASE, e, "i",
	    f->hits[i].book);

	if (rc == RC_OK && stmt_next(&rows)) {
		rc = case_row_read(f->s, rows.st, &row, e);
		for (size_t k = 0; rc == RC_OK && k < shown && !*stopped;
		    k++) {
			struct find_row r = {.first = k == 0,
			    .more = k + 1 == shown ? n - shown : 0};

			*stopped = !give_hit(&f->hits[list[k]], &row, &r,
			    to);
		}
	}
	return stmt_close(&rows, rc, "read the list of cases", e);
}

static void
count(const struct finder *f, struct find_sum *sum)
{
	sum->hits = f->n;
	for (size_t i = 0; i < f->n; i++)
		sum->cases += is_first(f, i) ? 1 : 0;
}

enum rc
find_give(struct finder *f, struct find_sum *sum,
    const struct store_find_to *to, struct err *e)
{
	bool stopped = false;
	enum rc rc = RC_OK;

	if (f->n > 1)
		qsort(f->hits, f->n, sizeof(*f->hits), compare_hits);
	count(f, sum);
	for (size_t i = 0; i < f->n && rc == RC_OK && !stopped; i++)
		if (is_first(f, i))
			rc = give_case(f, i, to, &stopped, e);
	return rc;
}
