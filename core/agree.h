/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Agreement between raters: coefficients over a table of items and raters,
 * their intervals, and how raters' answers stand to a model answer.  Pure
 * numbers: knows nothing of files (exchange/ratings.h), of what is rated, or
 * of how results are shown.
 *
 * A result that cannot be computed says why and holds no number; no number
 * that it holds is ever NaN or infinite.  Sums run in a fixed order, so that
 * every machine with IEEE doubles gives the same digits, and an interval does
 * not change when rows of a file change places.
 *
 *	percent		mean over items of the share of pairs of raters who
 *			agree
 *	cohen		Cohen 1960
 *	linear		Cohen 1968, disagreement weighed by |i - j|
 *	quadratic	the same by (i - j)^2 (Fleiss and Cohen 1973)
 *	fleiss		Fleiss 1971; with missing ratings as in Gwet 2014
 *	alpha		Krippendorff 2011, nominal
 *	alpha-ordinal	the same, ordinal
 *	ac1		Gwet 2008; with missing ratings as in Gwet 2014
 */
#ifndef HEARKEN_CORE_AGREE_H
#define HEARKEN_CORE_AGREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AGREE_MISSING (-1)
#define AGREE_ITEMS_MIN 5u
#define AGREE_RATERS_MIN 2u
#define AGREE_ITEMS_MAX 100000u
#define AGREE_RATERS_MAX 1000u
#define AGREE_CELLS_MAX 4000000u
#define AGREE_CATEGORIES_MAX 64u
#define AGREE_WHY_MAX 200u

/* What every interval is made with. */
#define AGREE_RESAMPLES 2000u
#define AGREE_SEED UINT64_C(20121126)
#define AGREE_LEVEL_PERCENT 95

enum agree_coefficient {
	AGREE_PERCENT,
	AGREE_COHEN,
	AGREE_LINEAR,
	AGREE_QUADRATIC,
	AGREE_FLEISS,
	AGREE_ALPHA,
	AGREE_ALPHA_ORDINAL,
	AGREE_AC1
};
#define AGREE_COEFFICIENTS 8

/* The word for the command line: "alpha-ordinal". */
const char *agree_id(enum agree_coefficient which);
/* "Krippendorff's alpha (ordinal)". */
const char *agree_name(enum agree_coefficient which);
/* Where it was published: "Krippendorff 2011". */
const char *agree_source(enum agree_coefficient which);
/* Case ignored; false if there is no such coefficient. */
bool agree_from_id(const char *s, size_t n, enum agree_coefficient *out);
/* Whether it asks for categories with an order. */
bool agree_needs_order(enum agree_coefficient which);
/* Whether it compares exactly two raters. */
bool agree_for_two(enum agree_coefficient which);

/* Borrows all; within the limits above. */
struct agree_table {
	size_t items, raters, categories;
	/* items rows of raters cells: a category, or AGREE_MISSING. */
	const int16_t *cells;
	bool ordered;	/* the categories stand from lowest to highest */
};

struct agree_opts {
	unsigned resamples;	/* 0: no interval; fewer for a huge table */
	uint64_t seed;
	/*
	 * categories x categories: what each disagreement weighs, 0 on the
	 * diagonal, none negative, in place of |i - j| for AGREE_LINEAR;
	 * NULL: none.  Cohen's own general form.
	 */
	const double *weights;
};

struct agree_result {
	enum agree_coefficient which;
	bool computed;
	double value;			/* 0 unless computed */
	char why[AGREE_WHY_MAX];	/* why not; else "" */
	bool has_interval;
	double low, high;		/* 0 unless has_interval */
	char why_no_interval[AGREE_WHY_MAX];
	unsigned resamples, undefined;	/* tried; of these without a value */
	/* What the coefficient rests on. */
	size_t items, raters, ratings;
	/*
	 * Items with one rating only: left out, but for fleiss and ac1, where
	 * they count towards how often each category is used.
	 */
	size_t single;
	size_t unrated;			/* items without any rating */
	size_t missing;			/* empty cells of the whole table */
};

/*
 * opts may be NULL: AGREE_RESAMPLES, AGREE_SEED.  Always fills out.
 * For two raters alone "left out" means that either rating is missing.
 */
void agree_compute(const struct agree_table *t, enum agree_coefficient which,
    const struct agree_opts *opts, struct agree_result *out);

/* ---- against a model answer ---- */

struct agree_model {
	const int16_t *answers;		/* one an item, or AGREE_MISSING */
	const bool *positive;		/* for each category: is it a "present"? */
	/* The indicator of each item, below `groups`. */
	const uint32_t *group;
	size_t groups;
};

/* Counts of ratings; sensitivity is hits / (hits + missed), where there are any. */
struct agree_counts {
	uint64_t hits, missed;		/* the model says present */
	uint64_t passed, alarms;	/* it does not; alarms: the rater does */
	uint64_t unanswered;		/* the model has an answer, the rater none */
};

/* Fills m->groups counts. */
void agree_against(const struct agree_table *t, const struct agree_model *m,
    struct agree_counts *counts);
struct agree_counts agree_counts_sum(const struct agree_counts *counts,
    size_t n);
/* False when there is nothing to divide by; *out is then not set. */
bool agree_sensitivity(const struct agree_counts *c, double *out);
bool agree_specificity(const struct agree_counts *c, double *out);
/*
 * The groups that were missed at all, the largest share first, then the most
 * often, then in their order.  order has room for n; returns how many.
 */
size_t agree_most_missed(const struct agree_counts *counts, size_t n,
    uint32_t *order);

#endif
