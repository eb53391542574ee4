/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The coefficients.  Two forms of data, so that one resample costs as much
 * as the ratings it holds:
 *
 *	two raters	a table of categories x categories is counted, and the
 *			weighted disagreement is set against that of its
 *			margins; Cohen's kappa is the case of weight 1
 *	any number	sums over the counts of each item
 *
 * Ordinal alpha: the difference of two categories in Krippendorff's metric is
 * that of their middle ranks, so an item's disagreement is the spread of its
 * ranks about their mean, which loses no digits by cancelling.
 */
#include "config.h"

#include "core/agree_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

static bool
both_rated(const int16_t *cells)
{
	return cells[0] != AGREE_MISSING && cells[1] != AGREE_MISSING;
}

static void
take_pairs(struct agree_data *d, const struct agree_table *t)
{
	const int16_t *row = t->cells;
	size_t i;

	d->pair = xcalloc(t->items + 1, sizeof(*d->pair));
	for (i = 0; i < t->items; i++, row += t->raters) {
		if (!both_rated(row))
			continue;
		d->pair[d->n][0] = (uint16_t)row[0];
		d->pair[d->n][1] = (uint16_t)row[1];
		d->n++;
	}
}

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

static void
take_shares(struct agree_data *d, const struct agree_table *t)
{
	size_t most = t->categories < t->raters ? t->categories : t->raters;
	uint32_t counts[AGREE_CATEGORIES_MAX], n, c;
	size_t i, used = 0;

	d->start = xcalloc(t->items + 1, sizeof(*d->start));
	d->ratings = xcalloc(t->items + 1, sizeof(*d->ratings));
	d->shares = xcalloc(t->items * most + 1, sizeof(*d->shares));
	for (i = 0; i < t->items; i++) {
		n = count_row(t, i, counts);
		if (n < least_ratings(d->which))
			continue;
		d->ratings[d->n++] = n;
		for (c = 0; c < t->categories; c++)
			if (counts[c] != 0)
				d->shares[used++] = (struct agree_share){c,
				    counts[c]};
		d->start[d->n] = used;
	}
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
	free(d->start);
	free(d->shares);
	free(d->ratings);
	free(d->scratch);
}

static size_t
nth(const uint32_t *pick, size_t i)
{
	return pick != NULL ? pick[i] : i;
}

/* ---- two raters ---- */

static double
weight(const struct agree_data *d, size_t i, size_t j)
{
	double apart = i > j ? (double)(i - j) : (double)(j - i);

	if (d->which == AGREE_COHEN)
		return i != j ? 1 : 0;
	if (d->which == AGREE_QUADRATIC)
		return apart * apart;
	return d->weights != NULL ? d->weights[i * d->categories + j] : apart;
}

/*
 * Counts are whole numbers below 2^53, so that without weights of the
 * caller's own both sums are exact, and 0 is 0.
 */
static bool
pair_value(const struct agree_data *d, const uint32_t *pick, double *out)
{
	size_t k = d->categories, i, j;
	double *seen = d->scratch, *rows = seen + k * k, *columns = rows + k;
	double observed = 0, expected = 0, w;
	const uint16_t *p;

	memset(seen, 0, (k * k + 2 * k) * sizeof(*seen));
	for (i = 0; i < d->n; i++) {
		p = d->pair[nth(pick, i)];
		seen[p[0] * k + p[1]] += 1;
		rows[p[0]] += 1;
		columns[p[1]] += 1;
	}
	for (i = 0; i < k; i++)
		for (j = 0; j < k; j++) {
			w = weight(d, i, j);
			observed += w * seen[i * k + j];
			expected += w * (rows[i] * columns[j]);
		}
	if (!(expected > 0))
		return false;
	*out = 1 - observed * (double)d->n / expected;
	return true;
}

/* ---- any number of raters ---- */

/* The share of pairs of raters who agree on an item of m ratings. */
static double
item_agreement(const struct agree_data *d, size_t item)
{
	double m = d->ratings[item], same = 0, c;
	size_t s;

	for (s = d->start[item]; s < d->start[item + 1]; s++) {
		c = d->shares[s].count;
		same += c * (c - 1);
	}
	return same / (m * (m - 1));
}

static bool
mean_agreement(const struct agree_data *d, const uint32_t *pick, double *out)
{
	double sum = 0;
	size_t i, item, n = 0;

	for (i = 0; i < d->n; i++) {
		item = nth(pick, i);
		if (d->ratings[item] < 2)
			continue;
		sum += item_agreement(d, item);
		n++;
	}
	if (n == 0)
		return false;
	*out = sum / (double)n;
	return true;
}

/* share[c]: the mean over items of the share of its ratings that are c. */
static size_t
category_shares(const struct agree_data *d, const uint32_t *pick,
    double *share)
{
	size_t i, s, item, used = 0, c;

	memset(share, 0, d->categories * sizeof(*share));
	for (i = 0; i < d->n; i++) {
		item = nth(pick, i);
		for (s = d->start[item]; s < d->start[item + 1]; s++)
			share[d->shares[s].category] += d->shares[s].count /
			    (double)d->ratings[item];
	}
	for (c = 0; c < d->categories; c++) {
		used += share[c] > 0;
		share[c] /= (double)d->n;
	}
	return used;
}

static bool
fleiss_value(const struct agree_data *d, const uint32_t *pick, double *out)
{
	double *share = d->scratch, agreed, chance = 0;
	size_t c;

	if (!mean_agreement(d, pick, &agreed) ||
	    category_shares(d, pick, share) < 2)
		return false;
	for (c = 0; c < d->categories; c++)
		chance += share[c] * share[c];
	*out = (agreed - chance) / (1 - chance);
	return true;
}

static bool
ac1_value(const struct agree_data *d, const uint32_t *pick, double *out)
{
	double *share = d->scratch, agreed, chance = 0;
	size_t c;

	if (d->categories < 2 || !mean_agreement(d, pick, &agreed))
		return false;
	(void)category_shares(d, pick, share);
	for (c = 0; c < d->categories; c++)
		chance += share[c] * (1 - share[c]);
	chance /= (double)(d->categories - 1);
	*out = (agreed - chance) / (1 - chance);
	return true;
}

/* How often each category was chosen, over all; returns the sum. */
static double
category_counts(const struct agree_data *d, const uint32_t *pick,
    double *count)
{
	double all = 0;
	size_t i, s, item;

	memset(count, 0, d->categories * sizeof(*count));
	for (i = 0; i < d->n; i++) {
		item = nth(pick, i);
		for (s = d->start[item]; s < d->start[item + 1]; s++)
			count[d->shares[s].category] += d->shares[s].count;
		all += d->ratings[item];
	}
	return all;
}

/* Where the middle of each category lies when all ratings stand in a row. */
static void
middle_ranks(const double *count, size_t k, double *rank)
{
	double below = 0;
	size_t c;

	for (c = 0; c < k; c++) {
		rank[c] = below + count[c] / 2;
		below += count[c];
	}
}

/*
 * The sum over ordered pairs of ratings of how far they are apart: 1 for
 * other categories (rank NULL), else the square of the ranks' distance.
 * n shares of m ratings in all.
 */
static double
apart(const struct agree_share *s, size_t n, double m, const double *rank)
{
	double same = 0, mean = 0, spread = 0, off;
	size_t i;

	if (rank == NULL) {
		for (i = 0; i < n; i++)
			same += (double)s[i].count * s[i].count;
		return m * m - same;
	}
	for (i = 0; i < n; i++)
		mean += s[i].count * rank[s[i].category];
	mean /= m;
	for (i = 0; i < n; i++) {
		off = rank[s[i].category] - mean;
		spread += s[i].count * off * off;
	}
	return 2 * m * spread;
}

/* apart() of all ratings at once. */
static double
apart_by_chance(const double *count, size_t k, double all, const double *rank)
{
	struct agree_share shares[AGREE_CATEGORIES_MAX];
	size_t c, n = 0;

	for (c = 0; c < k; c++)
		if (count[c] > 0)
			shares[n++] = (struct agree_share){(uint32_t)c,
			    (uint32_t)count[c]};
	return n < 2 ? 0 : apart(shares, n, all, rank);
}

static bool
alpha_value(const struct agree_data *d, const uint32_t *pick, double *out)
{
	double *count = d->scratch, *rank = NULL, all, chance, seen = 0;
	size_t i, item, from;

	all = category_counts(d, pick, count);
	if (d->which == AGREE_ALPHA_ORDINAL) {
		rank = count + d->categories;
		middle_ranks(count, d->categories, rank);
	}
	chance = apart_by_chance(count, d->categories, all, rank);
	if (!(chance > 0))
		return false;
	for (i = 0; i < d->n; i++) {
		item = nth(pick, i);
		from = d->start[item];
		seen += apart(d->shares + from, d->start[item + 1] - from,
		    d->ratings[item], rank) / (d->ratings[item] - 1.0);
	}
	*out = 1 - (all - 1) * seen / chance;
	return true;
}

bool
agree_value(const struct agree_data *d, const uint32_t *pick, double *out)
{
	static bool (*const by[AGREE_COEFFICIENTS])(const struct agree_data *,
	    const uint32_t *, double *) = {
		[AGREE_PERCENT] = mean_agreement,
		[AGREE_COHEN] = pair_value,
		[AGREE_LINEAR] = pair_value,
		[AGREE_QUADRATIC] = pair_value,
		[AGREE_FLEISS] = fleiss_value,
		[AGREE_ALPHA] = alpha_value,
		[AGREE_ALPHA_ORDINAL] = alpha_value,
		[AGREE_AC1] = ac1_value,
	};

	return d->n != 0 && by[d->which](d, pick, out);
}
