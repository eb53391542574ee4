/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table made ready for its coefficient.  Items that hold the same are held
 * once: a coefficient does not know which of them is which, and a thousand
 * cases of two raters are a few dozen different ones.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/agree_impl.h"
#include "core/xalloc.h"

/* ---- two raters: a table of categories by categories ---- */

static size_t
count_pairs(const struct agree_table *t, uint32_t *seen)
{
	const int16_t *row = t->cells;
	size_t i, n = 0;

	for (i = 0; i < t->items; i++, row += t->raters) {
		if (row[0] == AGREE_MISSING || row[1] == AGREE_MISSING)
			continue;
		seen[(size_t)row[0] * t->categories + (size_t)row[1]]++;
		n++;
	}
	return n;
}

static void
take_pairs(struct agree_data *d, const struct agree_table *t)
{
	size_t k = t->categories, i;
	uint32_t *seen = xcalloc(k * k + 1, sizeof(*seen));

	d->all = count_pairs(t, seen);
	d->pair = xcalloc(k * k + 1, sizeof(*d->pair));
	d->times = xcalloc(k * k + 1, sizeof(*d->times));
	for (i = 0; i < k * k; i++) {
		if (seen[i] == 0)
			continue;
		d->pair[d->n][0] = (uint16_t)(i / k);
		d->pair[d->n][1] = (uint16_t)(i % k);
		d->times[d->n++] = seen[i];
	}
	free(seen);
}

/* ---- any number: counts of categories, sorted ---- */

/* An item's counts, somewhere among those of all. */
struct held {
	const struct agree_share *shares;
	uint32_t n, ratings;
};

/* Fleiss and AC1 count an item of one rating towards the categories. */
static uint32_t
least_ratings(enum agree_coefficient which)
{
	return which == AGREE_FLEISS || which == AGREE_AC1 ? 1 : 2;
}

static uint32_t
count_row(const struct agree_table *t, size_t item, uint32_t *counts)
{
	const int16_t *row = t->cells + item * t->raters;
	uint32_t n = 0;
	size_t r;

	memset(counts, 0, t->categories * sizeof(*counts));
	for (r = 0; r < t->raters; r++)
		if (row[r] != AGREE_MISSING) {
			counts[row[r]]++;
			n++;
		}
	return n;
}

/* Into shares, which has room; returns how many different categories. */
static uint32_t
share_row(const uint32_t *counts, size_t k, uint32_t ratings,
    struct agree_share *shares)
{
	uint32_t c, n = 0;

	for (c = 0; c < k; c++)
		if (counts[c] != 0)
			shares[n++] = (struct agree_share){c, counts[c],
			    counts[c] / (double)ratings};
	return n;
}

static int
compare(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
by_content(const void *a, const void *b)
{
	const struct held *x = a, *y = b;
	int order = compare(x->ratings, y->ratings);
	uint32_t i;

	for (i = 0; order == 0 && i < x->n && i < y->n; i++) {
		order = compare(x->shares[i].category, y->shares[i].category);
		if (order == 0)
			order = compare(x->shares[i].count,
			    y->shares[i].count);
	}
	return order;
}

/* The share of pairs of its ratings that agree. */
static double
agreement_of(const struct held *h)
{
	double m = h->ratings, same = 0, c;
	uint32_t i;

	if (h->ratings < 2)
		return 0;
	for (i = 0; i < h->n; i++) {
		c = h->shares[i].count;
		same += c * (c - 1);
	}
	return same / (m * (m - 1));
}

static void
add_item(struct agree_data *d, const struct held *h)
{
	size_t i = d->n++;

	memcpy(d->shares + d->start[i], h->shares, h->n * sizeof(*h->shares));
	d->start[i + 1] = d->start[i] + h->n;
	d->ratings[i] = h->ratings;
	d->agreement[i] = agreement_of(h);
}

/* The sorted list, equal ones once. */
static void
take_different(struct agree_data *d, const struct held *list)
{
	size_t i;

	for (i = 0; i < d->all; i++) {
		if (i == 0 || by_content(&list[i - 1], &list[i]) != 0)
			add_item(d, &list[i]);
		d->times[d->n - 1]++;
	}
}

static void
take_shares(struct agree_data *d, const struct agree_table *t)
{
	size_t most = t->categories < t->raters ? t->categories : t->raters;
	struct agree_share *shares = xcalloc(t->items * most + 1,
	    sizeof(*shares));
	struct held *list = xcalloc(t->items + 1, sizeof(*list));
	uint32_t counts[AGREE_CATEGORIES_MAX], m;
	size_t i, used = 0;

	for (i = 0; i < t->items; i++) {
		m = count_row(t, i, counts);
		if (m < least_ratings(d->which))
			continue;
		list[d->all] = (struct held){shares + used, 0, m};
		list[d->all].n = share_row(counts, t->categories, m,
		    shares + used);
		used += list[d->all++].n;
	}
	qsort(list, d->all, sizeof(*list), by_content);
	d->times = xcalloc(d->all + 1, sizeof(*d->times));
	d->start = xcalloc(d->all + 1, sizeof(*d->start));
	d->ratings = xcalloc(d->all + 1, sizeof(*d->ratings));
	d->agreement = xcalloc(d->all + 1, sizeof(*d->agreement));
	d->shares = xcalloc(used + 1, sizeof(*d->shares));
	take_different(d, list);
	free(list);
	free(shares);
}

void
agree_data_init(struct agree_data *d, const struct agree_table *t,
    enum agree_coefficient which, const double *weights)
{
	size_t k = t->categories;

	*d = (struct agree_data){.which = which, .categories = k,
	    .weights = weights};
	if (agree_for_two(which))
		take_pairs(d, t);
	else
		take_shares(d, t);
	d->scratch = xcalloc(k * k + 2 * k + 1, sizeof(*d->scratch));
}

void
agree_data_release(struct agree_data *d)
{
	free(d->pair);
	free(d->times);
	free(d->start);
	free(d->shares);
	free(d->ratings);
	free(d->agreement);
	free(d->scratch);
}
