/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A percentile bootstrap over items.  The numbers come from SplitMix64
 * (Steele, Lea and Flood 2014): a counter that grows by an odd constant, and
 * a mixing of it; with a fixed seed every machine draws the same items.  It
 * guards nothing and is used for nothing else.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/agree_impl.h"
#include "core/xalloc.h"

/* Draws and counts of all resamples together, for a wait of a second. */
#define WORK_MAX ((size_t)200 * 1000 * 1000)
#define RESAMPLES_MIN 200u

uint64_t
agree_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/*
 * Each below n equally likely (Lemire 2019): the upper half of a product, and
 * the few lower halves that would favour some are drawn anew.
 */
static uint32_t
number_below(uint64_t *state, uint32_t n)
{
	uint64_t product = (agree_random(state) >> 32) * n;

	if ((uint32_t)product < n) {
		uint32_t unfair = (UINT32_MAX - n + 1) % n;

		while ((uint32_t)product < unfair)
			product = (agree_random(state) >> 32) * n;
	}
	return (uint32_t)(product >> 32);
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* A fortieth is cut off at each end of what is sorted. */
static void
interval_of(double *values, unsigned n, struct agree_result *out)
{
	unsigned cut = n / 40;

	qsort(values, n, sizeof(*values), by_size);
	if (values[0] >= values[n - 1]) {
		(void)snprintf(out->why_no_interval, AGREE_WHY_MAX,
		    "every resample of the items gave the same value, so that "
		    "they cannot tell how far off it may be");
		return;
	}
	out->low = values[cut];
	out->high = values[n - 1 - cut];
	out->has_interval = true;
}

/* Which of the different items each item is; owned. */
static uint32_t *
each_item(const struct agree_data *d)
{
	uint32_t *list = xcalloc(d->all + 1, sizeof(*list));
	size_t i, n = 0;
	uint32_t t;

	for (i = 0; i < d->n; i++)
		for (t = 0; t < d->times[i]; t++)
			list[n++] = (uint32_t)i;
	return list;
}

/*
 * As many as asked for, unless the table is so large that a person would have
 * to wait for them; its interval is then narrow, and fewer tell its ends.
 */
static unsigned
resamples_for(const struct agree_data *d, unsigned asked)
{
	size_t one = d->all + (d->start != NULL ? d->start[d->n] : d->n);
	size_t most = WORK_MAX / (one + 1);

	if (most < RESAMPLES_MIN)
		most = RESAMPLES_MIN;
	return asked < most ? asked : (unsigned)most;
}

void
agree_bootstrap(const struct agree_data *d, unsigned resamples,
    uint64_t seed, struct agree_result *out)
{
	unsigned tries = resamples_for(d, resamples), b, got = 0;
	uint32_t *times = xcalloc(d->n + 1, sizeof(*times));
	uint32_t *items = each_item(d);
	double *values = xcalloc(tries + 1, sizeof(*values));
	size_t i;

	for (b = 0; b < tries; b++) {
		memset(times, 0, d->n * sizeof(*times));
		for (i = 0; i < d->all; i++)
			times[items[number_below(&seed,
			    (uint32_t)d->all)]]++;
		got += agree_value(d, times, &values[got]);
	}
	out->resamples = tries;
	out->undefined = tries - got;
	if (out->undefined > tries / 10)
		(void)snprintf(out->why_no_interval, AGREE_WHY_MAX,
		    "%u of %u resamples of the items hold too little variation "
		    "to compute it", out->undefined, tries);
	else
		interval_of(values, got, out);
	free(values);
	free(items);
	free(times);
}
