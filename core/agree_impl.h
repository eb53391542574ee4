/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of core/agree*.c share: a table brought into the form that
 * a coefficient is computed from, again and again for an interval.
 */
#ifndef HEARKEN_CORE_AGREE_IMPL_H
#define HEARKEN_CORE_AGREE_IMPL_H

#include "core/agree.h"

/* How often a category was chosen for an item, and its part of the ratings. */
struct agree_share {
	uint32_t category, count;
	double part;
};

/*
 * The items that enter a coefficient, those that hold the same as one with how
 * many they are, in an order that does not depend on that of the table.  For
 * two raters `pair` holds their categories; else `shares` from start[i] to
 * start[i + 1] the counts of an item, ratings[i] their sum and agreement[i]
 * the share of pairs of its ratings that agree (0 of a single one).
 */
struct agree_data {
	enum agree_coefficient which;
	size_t n;			/* different items */
	uint32_t *times;		/* how often each is there */
	size_t all;			/* the sum of times */
	size_t categories;
	const double *weights;		/* borrowed; may be NULL */
	uint16_t (*pair)[2];
	size_t *start;
	struct agree_share *shares;
	uint32_t *ratings;
	double *agreement;
	double *scratch;	/* for agree_value: see agree_sums.c */
};

/* Takes nothing of t; released by agree_data_release. */
void agree_data_init(struct agree_data *d, const struct agree_table *t,
    enum agree_coefficient which, const double *weights);
void agree_data_release(struct agree_data *d);

/*
 * The coefficient when the i-th item is there times[i] times, d->all together.
 * False when chance would agree always too, so that there is nothing to divide
 * by.
 */
bool agree_value(const struct agree_data *d, const uint32_t *times,
    double *out);

/* The next of the numbers that resamples are drawn with. */
uint64_t agree_random(uint64_t *state);
/* The interval of what d holds into out. */
void agree_bootstrap(const struct agree_data *d, unsigned resamples,
    uint64_t seed, struct agree_result *out);

#endif
