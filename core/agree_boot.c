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

#include "core/agree_impl.h"
#include "core/xalloc.h"

uint64_t
agree_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* Each below n equally likely: what lies over a multiple of n is thrown away. */
static uint32_t
number_below(uint64_t *state, uint32_t n)
{
	uint64_t x, limit = UINT32_MAX - UINT32_MAX % n;

	do
		x = agree_random(state) >> 32;
	while (x >= limit);
	return (uint32_t)(x % n);
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

void
agree_bootstrap(const struct agree_data *d, unsigned resamples,
    uint64_t seed, struct agree_result *out)
{
	uint32_t *pick = xcalloc(d->n + 1, sizeof(*pick));
	double *values = xcalloc(resamples + 1, sizeof(*values));
	unsigned b, got = 0;
	size_t i;

	for (b = 0; b < resamples; b++) {
		for (i = 0; i < d->n; i++)
			pick[i] = number_below(&seed, (uint32_t)d->n);
		got += agree_value(d, pick, &values[got]);
	}
	out->resamples = resamples;
	out->undefined = resamples - got;
	if (out->undefined > resamples / 10)
		(void)snprintf(out->why_no_interval, AGREE_WHY_MAX,
		    "%u of %u resamples of the items hold too little variation "
		    "to compute it", out->undefined, resamples);
	else
		interval_of(values, got, out);
	free(values);
	free(pick);
}
