/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of ratings for tests of core/agree.h, made from what is printed in
 * articles: counts of two raters, counts of categories, or rows.
 */
#ifndef HEARKEN_TESTS_UNIT_AGREETABLE_H
#define HEARKEN_TESTS_UNIT_AGREETABLE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/agree.h"

#define NA AGREE_MISSING
#define CELLS_MAX 20000

static int16_t cells[CELLS_MAX];
static const struct agree_opts point = {.resamples = 0};

static inline struct agree_table
table_of(size_t items, size_t raters, size_t categories)
{
	assert_true(items * raters <= CELLS_MAX);
	return (struct agree_table){items, raters, categories, cells, true};
}

/* Two raters from k x k counts: the first one's categories are the rows. */
static inline struct agree_table
from_counts(const int *counts, size_t k)
{
	size_t i, n = 0;
	int c;

	for (i = 0; i < k * k; i++)
		for (c = 0; c < counts[i]; c++) {
			cells[2 * n] = (int16_t)(i / k);
			cells[2 * n + 1] = (int16_t)(i % k);
			n++;
		}
	return table_of(n, 2, k);
}

/* Raters who are told apart by nothing but their number, as with Fleiss. */
static inline struct agree_table
from_shares(const int *shares, size_t items, size_t k, size_t raters)
{
	size_t i, c, at = 0;
	int n;

	for (i = 0; i < items; i++) {
		for (c = 0; c < k; c++)
			for (n = 0; n < shares[i * k + c]; n++)
				cells[at++] = (int16_t)c;
		assert_int_equal(at, (i + 1) * raters);
	}
	return table_of(items, raters, k);
}

/* Rows of numbers from 1; 0 is missing. */
static inline struct agree_table
from_rows(const int *rows, size_t items, size_t raters, size_t k)
{
	size_t i;

	for (i = 0; i < items * raters; i++)
		cells[i] = (int16_t)(rows[i] - 1);
	return table_of(items, raters, k);
}

static inline double
value_of(const struct agree_table *t, enum agree_coefficient which)
{
	struct agree_result r;

	agree_compute(t, which, &point, &r);
	if (!r.computed)
		fail_msg("%s: %s", agree_name(which), r.why);
	assert_true(isfinite(r.value));
	assert_false(r.has_interval);
	return r.value;
}

static inline void
near(double got, double expected, int digits)
{
	double half = 0.5 * pow(10, -digits) * 1.0001;

	if (!(fabs(got - expected) <= half))
		fail_msg("%.9f, expected %.*f", got, digits, expected);
}

static inline void
expect(const struct agree_table *t, enum agree_coefficient which,
    double expected, int digits)
{
	near(value_of(t, which), expected, digits);
}

/*
 * Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section
 * C: four observers, twelve units, seven values missing; 40 are pairable.
 */
static const int krippendorff[12 * 4] = {
	1, 1, 0, 1,  2, 2, 3, 2,  3, 3, 3, 3,  3, 3, 3, 3,
	2, 2, 2, 2,  1, 2, 3, 4,  4, 4, 4, 4,  1, 1, 2, 1,
	2, 2, 2, 2,  0, 5, 5, 5,  0, 0, 1, 1,  0, 0, 3, 0,
};

/*
 * Fleiss, "Measuring nominal scale agreement among many raters" (1971), table
 * 1: 30 patients, six psychiatrists each, five diagnoses; kappa .430.  The
 * manual of irr (kappam.fleiss on diagnoses) prints 0.4302445.
 */
static const int diagnoses[30 * 5] = {
	0, 0, 0, 6, 0,  0, 3, 0, 0, 3,  0, 1, 4, 0, 1,  0, 0, 0, 0, 6,
	0, 3, 0, 3, 0,  2, 0, 4, 0, 0,  0, 0, 4, 0, 2,  2, 0, 3, 1, 0,
	2, 0, 0, 4, 0,  0, 0, 0, 0, 6,  1, 0, 0, 5, 0,  1, 1, 0, 4, 0,
	0, 3, 3, 0, 0,  1, 0, 0, 5, 0,  0, 2, 0, 3, 1,  0, 0, 5, 0, 1,
	3, 0, 0, 1, 2,  5, 1, 0, 0, 0,  0, 2, 0, 4, 0,  1, 0, 2, 0, 3,
	0, 0, 0, 0, 6,  0, 1, 0, 5, 0,  0, 2, 0, 1, 3,  2, 0, 0, 4, 0,
	1, 0, 0, 4, 1,  0, 5, 0, 1, 0,  4, 0, 0, 0, 2,  0, 2, 0, 4, 0,
	1, 0, 5, 0, 0,  0, 0, 0, 0, 6,
};

#endif
