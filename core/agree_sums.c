/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The coefficients, of two forms of data:
 *
 *	two raters	a table of categories by categories; the weighted
 *			disagreement is set against that of its margins, and
 *			Cohen's kappa is the case of weight 1
 *	any number	sums over the counts of each item
 *
 * Ordinal alpha: the difference of two categories in Krippendorff's metric is
 * that of their middle ranks, so an item's disagreement is the spread of its
 * ranks about their mean, which loses no digits by cancelling.
 */
#include "config.h"

#include <string.h>

#include "core/agree_impl.h"

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
pair_value(const struct agree_data *d, const uint32_t *times, double *out)
{
	size_t k = d->categories, i, j;
	double *seen = d->scratch, *rows = seen + k * k, *columns = rows + k;
	double observed = 0, expected = 0, w;
	const uint16_t *p;

	memset(seen, 0, (k * k + 2 * k) * sizeof(*seen));
	for (i = 0; i < d->n; i++) {
		p = d->pair[i];
		seen[p[0] * k + p[1]] = times[i];
		rows[p[0]] += times[i];
		columns[p[1]] += times[i];
	}
	for (i = 0; i < k; i++)
		for (j = 0; j < k; j++) {
			w = weight(d, i, j);
			observed += w * seen[i * k + j];
			expected += w * (rows[i] * columns[j]);
		}
	if (!(expected > 0))
		return false;
	*out = 1 - observed * (double)d->all / expected;
	return true;
}

/* ---- any number of raters ---- */

static bool
mean_agreement(const struct agree_data *d, const uint32_t *times, double *out)
{
	double sum = 0, n = 0;
	size_t i;

	for (i = 0; i < d->n; i++)
		if (d->ratings[i] >= 2) {
			sum += times[i] * d->agreement[i];
			n += times[i];
		}
	if (!(n > 0))
		return false;
	*out = sum / n;
	return true;
}

/*
 * share[c]: the mean over items of the share of its ratings that are c.
 * Returns how many categories there are any of.
 */
static size_t
category_shares(const struct agree_data *d, const uint32_t *times,
    double *share)
{
	const struct agree_share *s = d->shares;
	size_t i, used = 0, c;

	memset(share, 0, d->categories * sizeof(*share));
	for (i = 0; i < d->n; i++)
		for (; s < d->shares + d->start[i + 1]; s++)
			share[s->category] += times[i] * s->part;
	for (c = 0; c < d->categories; c++) {
		used += share[c] > 0;
		share[c] /= (double)d->all;
	}
	return used;
}

static bool
fleiss_value(const struct agree_data *d, const uint32_t *times, double *out)
{
	double *share = d->scratch, agreed, chance = 0;
	size_t c;

	if (!mean_agreement(d, times, &agreed) ||
	    category_shares(d, times, share) < 2)
		return false;
	for (c = 0; c < d->categories; c++)
		chance += share[c] * share[c];
	*out = (agreed - chance) / (1 - chance);
	return true;
}

static bool
ac1_value(const struct agree_data *d, const uint32_t *times, double *out)
{
	double *share = d->scratch, agreed, chance = 0;
	size_t c;

	if (d->categories < 2 || !mean_agreement(d, times, &agreed))
		return false;
	(void)category_shares(d, times, share);
	for (c = 0; c < d->categories; c++)
		chance += share[c] * (1 - share[c]);
	chance /= (double)(d->categories - 1);
	*out = (agreed - chance) / (1 - chance);
	return true;
}

/* How often each category was chosen, over all; returns the sum. */
static double
category_counts(const struct agree_data *d, const uint32_t *times,
    double *count)
{
	const struct agree_share *s = d->shares;
	double all = 0;
	size_t i;

	memset(count, 0, d->categories * sizeof(*count));
	for (i = 0; i < d->n; i++) {
		for (; s < d->shares + d->start[i + 1]; s++)
			count[s->category] += (double)times[i] * s->count;
		all += (double)times[i] * d->ratings[i];
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
 * The sum over ordered pairs of m ratings of the square of how far their ranks
 * are apart.
 */
static double
spread(const struct agree_share *s, size_t n, double m, const double *rank)
{
	double mean = 0, sum = 0, off;
	size_t i;

	for (i = 0; i < n; i++)
		mean += s[i].count * rank[s[i].category];
	mean /= m;
	for (i = 0; i < n; i++) {
		off = rank[s[i].category] - mean;
		sum += s[i].count * off * off;
	}
	return 2 * m * sum;
}

/* The same of all ratings; without ranks, of which any two others are 1 apart. */
static double
by_chance(const double *count, size_t k, double all, const double *rank)
{
	double mean = 0, sum = 0, off;
	size_t c;

	if (rank == NULL) {
		for (c = 0; c < k; c++)
			sum += count[c] * (all - count[c]);
		return sum;
	}
	for (c = 0; c < k; c++)
		mean += count[c] * rank[c];
	mean /= all;
	for (c = 0; c < k; c++) {
		off = rank[c] - mean;
		sum += count[c] * off * off;
	}
	return 2 * all * sum;
}

/* Whether there are ratings of two categories. */
static bool
varies(const double *count, size_t k)
{
	size_t c, used = 0;

	for (c = 0; c < k; c++)
		used += count[c] > 0;
	return used > 1;
}

/* The disagreement within items, each by the ratings that one can be set by. */
static double
within_items(const struct agree_data *d, const uint32_t *times,
    const double *rank)
{
	double sum = 0, m;
	size_t i, from;

	for (i = 0; i < d->n; i++) {
		m = d->ratings[i];
		from = d->start[i];
		sum += times[i] * (rank == NULL ? m * (1 - d->agreement[i]) :
		    spread(d->shares + from, d->start[i + 1] - from, m, rank) /
		    (m - 1));
	}
	return sum;
}

static bool
alpha_value(const struct agree_data *d, const uint32_t *times, double *out)
{
	double *count = d->scratch, *rank = NULL, all;

	all = category_counts(d, times, count);
	if (!varies(count, d->categories))
		return false;
	if (d->which == AGREE_ALPHA_ORDINAL) {
		rank = count + d->categories;
		middle_ranks(count, d->categories, rank);
	}
	*out = 1 - (all - 1) * within_items(d, times, rank) /
	    by_chance(count, d->categories, all, rank);
	return true;
}

bool
agree_value(const struct agree_data *d, const uint32_t *times, double *out)
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

	return d->all != 0 && by[d->which](d, times, out);
}
