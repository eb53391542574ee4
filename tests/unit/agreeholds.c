/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What holds of every coefficient, whatever the table: labels, raters, order,
 * chance, complete agreement, refusals and intervals.
 */
#include "config.h"

#include "core/agree.h"

#include <stdlib.h>
#include <string.h>

#include "core/agree_impl.h"
#include "tests/unit/agreetable.h"

static uint64_t seed = 7;

static unsigned
draw(unsigned n)
{
	return (unsigned)(agree_random(&seed) >> 33) % n;
}

/* Each rater copies a hidden answer with some luck, and leaves some out. */
static struct agree_table
random_table(size_t items, size_t raters, unsigned k, unsigned luck)
{
	struct agree_table t = table_of(items, raters, k);
	unsigned hidden;
	size_t i, r;

	for (i = 0; i < items; i++) {
		hidden = draw(k);
		for (r = 0; r < raters; r++)
			cells[i * raters + r] = draw(10) == 0 && raters > 2 ?
			    NA : (int16_t)(draw(100) < luck ? hidden : draw(k));
	}
	return t;
}

static bool
fits(enum agree_coefficient which, const struct agree_table *t)
{
	return !agree_for_two(which) || t->raters == 2;
}

static void
each_equal(const struct agree_table *t, const double *before,
    bool ordinal_too)
{
	struct agree_result r;
	unsigned i;

	for (i = 0; i < AGREE_COEFFICIENTS; i++) {
		if (!ordinal_too && agree_needs_order((enum agree_coefficient)i))
			continue;
		agree_compute(t, (enum agree_coefficient)i, &point, &r);
		if (fabs(r.value - before[i]) > 1e-9)
			fail_msg("%s: %.12f, before %.12f", agree_name(r.which),
			    r.value, before[i]);
	}
}

static void
all_values(const struct agree_table *t, double *out)
{
	struct agree_result r;
	unsigned i;

	for (i = 0; i < AGREE_COEFFICIENTS; i++) {
		agree_compute(t, (enum agree_coefficient)i, &point, &r);
		assert_int_equal(r.computed, fits(r.which, t));
		out[i] = r.value;
	}
}

/* What the categories are called changes nothing. */
static void
labels_permuted(void **state)
{
	static const int16_t other[5] = {3, 0, 4, 2, 1};
	double before[AGREE_COEFFICIENTS];
	struct agree_table t;
	size_t raters, i;

	(void)state;
	for (raters = 2; raters < 7; raters++) {
		t = random_table(60, raters, 5, 50);
		all_values(&t, before);
		for (i = 0; i < 60 * raters; i++)
			if (cells[i] != NA)
				cells[i] = other[cells[i]];
		each_equal(&t, before, false);
	}
}

/* Nor for ordered ones whether they are counted from above or below. */
static void
order_turned(void **state)
{
	double before[AGREE_COEFFICIENTS];
	struct agree_table t;
	size_t raters, i;

	(void)state;
	for (raters = 2; raters < 7; raters++) {
		t = random_table(60, raters, 5, 50);
		all_values(&t, before);
		for (i = 0; i < 60 * raters; i++)
			if (cells[i] != NA)
				cells[i] = (int16_t)(4 - cells[i]);
		each_equal(&t, before, true);
	}
}

/* Nor which rater stands first. */
static void
raters_turned(void **state)
{
	double before[AGREE_COEFFICIENTS];
	struct agree_table t;
	size_t raters, i, r;
	int16_t *row, kept;

	(void)state;
	for (raters = 2; raters < 7; raters++) {
		t = random_table(60, raters, 4, 40);
		all_values(&t, before);
		for (i = 0; i < 60; i++)
			for (row = cells + i * raters, r = 0; r < raters / 2;
			    r++) {
				kept = row[r];
				row[r] = row[raters - 1 - r];
				row[raters - 1 - r] = kept;
			}
		each_equal(&t, before, true);
	}
}

/* Nor a rater or an item without any rating. */
static void
empty_ones_added(void **state)
{
	double before[AGREE_COEFFICIENTS];
	struct agree_table t = random_table(40, 5, 3, 60);
	struct agree_result r, more;
	int16_t kept[200];
	size_t i;

	(void)state;
	all_values(&t, before);
	agree_compute(&t, AGREE_ALPHA, &point, &r);
	memcpy(kept, cells, sizeof(kept));
	for (i = 0; i < 41 * 6; i++)
		cells[i] = i % 6 < 5 && i / 6 < 40 ? kept[i / 6 * 5 + i % 6] :
		    NA;
	t = table_of(41, 6, 3);
	each_equal(&t, before, true);
	agree_compute(&t, AGREE_ALPHA, &point, &more);
	assert_int_equal(more.single, r.single);
	assert_int_equal(more.unrated, r.unrated + 1);
	assert_int_equal(more.missing, r.missing + 40 + 6);
	assert_int_equal(more.raters, 5);
}

static void
perfect_is_one(void **state)
{
	double got[AGREE_COEFFICIENTS];
	struct agree_result r;
	struct agree_table t;
	size_t raters, i;

	(void)state;
	for (raters = 2; raters < 6; raters++) {
		t = random_table(30, raters, 4, 100);
		all_values(&t, got);
		for (i = 0; i < AGREE_COEFFICIENTS; i++)
			if (fits((enum agree_coefficient)i, &t))
				assert_true(fabs(got[i] - 1) < 1e-12);
	}
	agree_compute(&t, AGREE_ALPHA, NULL, &r);
	assert_true(r.computed);
	assert_false(r.has_interval);
	assert_non_null(strstr(r.why_no_interval, "same value"));
}

static void
chance_is_near_nought(void **state)
{
	double got[AGREE_COEFFICIENTS];
	struct agree_table t;
	size_t raters, i;

	(void)state;
	for (raters = 2; raters < 6; raters++) {
		t = random_table(3000, raters, 3, 0);
		all_values(&t, got);
		for (i = 0; i < AGREE_COEFFICIENTS; i++)
			if (i != AGREE_PERCENT &&
			    fits((enum agree_coefficient)i, &t) &&
			    fabs(got[i]) > 0.05)
				fail_msg("%s is %f by chance",
				    agree_name((enum agree_coefficient)i),
				    got[i]);
		near(got[AGREE_PERCENT], 1.0 / 3, 1);
	}
}

/* Alpha from its definition, by a table of coincidences. */
static double
alpha_by_definition(const struct agree_table *t, bool ordinal)
{
	double o[8][8] = {{0}}, n[8] = {0}, all = 0, seen = 0, chance = 0, d;
	size_t k = t->categories, i, a, b, c, g, m;
	const int16_t *row;

	for (i = 0; i < t->items; i++) {
		row = t->cells + i * t->raters;
		for (m = a = 0; a < t->raters; a++)
			m += row[a] != NA;
		for (a = 0; a < t->raters; a++)
			for (b = 0; b < t->raters; b++)
				if (a != b && row[a] != NA && row[b] != NA)
					o[row[a]][row[b]] += 1 / ((double)m - 1);
	}
	for (a = 0; a < k; a++)
		for (b = 0; b < k; b++)
			n[a] += o[a][b];
	for (a = 0; a < k; a++)
		all += n[a];
	for (a = 0; a < k; a++)
		for (c = a + 1; c < k; c++) {
			for (d = 0, g = a; g <= c; g++)
				d += n[g];
			d = ordinal ? d - (n[a] + n[c]) / 2 : 1;
			seen += o[a][c] * d * d;
			chance += n[a] * n[c] * d * d;
		}
	return 1 - (all - 1) * seen / chance;
}

static void
alpha_as_defined(void **state)
{
	struct agree_table t;
	int i;

	(void)state;
	for (i = 0; i < 50; i++) {
		t = random_table(20 + draw(30), 2 + draw(6), 2 + draw(6),
		    draw(100));
		assert_true(fabs(value_of(&t, AGREE_ALPHA) -
		    alpha_by_definition(&t, false)) < 1e-9);
		assert_true(fabs(value_of(&t, AGREE_ALPHA_ORDINAL) -
		    alpha_by_definition(&t, true)) < 1e-9);
	}
}

static void
check_result(const struct agree_result *r)
{
	assert_true(isfinite(r->value) && isfinite(r->low) &&
	    isfinite(r->high));
	assert_int_equal(r->computed, r->why[0] == '\0');
	assert_true(r->value <= 1 + 1e-12);
	if (!r->computed)
		assert_true(r->value == 0 && !r->has_interval);
	if (r->has_interval)
		assert_true(r->low <= r->high && r->high <= 1 + 1e-12);
	else if (r->computed)
		assert_true(r->why_no_interval[0] != '\0');
}

/* Small and lopsided tables: a number or a reason, and never both or NaN. */
static void
number_or_reason(void **state)
{
	struct agree_opts o = {.resamples = 40, .seed = 3};
	struct agree_result r;
	struct agree_table t;
	unsigned i, c, k;
	size_t n;

	(void)state;
	for (i = 0; i < 3000; i++) {
		k = 1 + draw(3);
		t = table_of(draw(9), draw(4), k);
		for (n = 0; n < t.items * t.raters; n++)
			cells[n] = draw(4) == 0 ? NA :
			    draw(3) != 0 ? 0 : (int16_t)draw(k);
		t.ordered = draw(2) != 0;
		for (c = 0; c < AGREE_COEFFICIENTS; c++) {
			agree_compute(&t, (enum agree_coefficient)c, &o, &r);
			check_result(&r);
		}
	}
}

/* ---- refusals ---- */

static void
refused(const struct agree_table *t, enum agree_coefficient which,
    const char *why)
{
	struct agree_result r;

	agree_compute(t, which, NULL, &r);
	assert_false(r.computed);
	assert_string_equal(r.why, why);
}

static void
refusals(void **state)
{
	static const int four[8] = {1, 2, 2, 2, 1, 1, 2, 2};
	static const int apart[12] = {1, 0, 2, 0, 1, 0, 0, 1, 0, 2, 0, 1};
	static const int same[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
	struct agree_table t = from_rows(four, 4, 2, 2);

	(void)state;
	refused(&t, AGREE_PERCENT, "4 items were rated by two or more raters; "
	    "expected at least 5 items");
	t = from_rows(apart, 6, 2, 2);
	refused(&t, AGREE_ALPHA, "0 raters rated an item that somebody else "
	    "rated too; expected at least 2 raters");
	t = from_rows(same, 12, 1, 1);
	refused(&t, AGREE_AC1, "there is 1 rater; expected at least 2");
	t = from_rows(same, 6, 2, 1);
	refused(&t, AGREE_COHEN, "no variation: every rating is the same, so "
	    "that agreement cannot be told from chance");
	refused(&t, AGREE_AC1, "no variation: every rating is the same, so "
	    "that agreement cannot be told from chance");
	t = from_rows(same, 6, 2, 2);
	expect(&t, AGREE_AC1, 1, 9);	/* another category could be chosen */
	t = from_rows(krippendorff, 12, 4, 5);
	refused(&t, AGREE_COHEN, "it compares two raters and there are 4; "
	    "alpha, fleiss and ac1 compare more");
	t.ordered = false;
	refused(&t, AGREE_ALPHA_ORDINAL, "the ratings are words, and which is "
	    "more and which is less is not known");
}

static void
names(void **state)
{
	enum agree_coefficient which;
	unsigned i;

	(void)state;
	for (i = 0; i < AGREE_COEFFICIENTS; i++) {
		assert_true(agree_from_id(agree_id((enum agree_coefficient)i),
		    strlen(agree_id((enum agree_coefficient)i)), &which));
		assert_int_equal(which, i);
		assert_true(agree_source(which)[0] != '\0');
	}
	assert_true(agree_from_id("Alpha-Ordinal,", 13, &which));
	assert_false(agree_from_id("kappa", 5, &which));
	assert_false(agree_from_id("", 0, &which));
}

/* ---- intervals ---- */

/*
 * The generator's first numbers from 1234567, as its authors' program gives
 * them (prng.di.unimi.it/splitmix64.c; the same in Rosetta Code).
 */
static void
generator(void **state)
{
	uint64_t s = 1234567;

	(void)state;
	assert_true(agree_random(&s) == UINT64_C(6457827717110365317));
	assert_true(agree_random(&s) == UINT64_C(3203168211198807973));
	assert_true(agree_random(&s) == UINT64_C(9817491932198370423));
	assert_true(agree_random(&s) == UINT64_C(4593380528125082431));
	assert_true(agree_random(&s) == UINT64_C(16408922859458223821));
}

/*
 * Fleiss' kappa of his own table: the interval that every machine gives.  A
 * change of the generator, the seed or the order of draws shows here.
 */
#define FLEISS_LOW 0.316893515
#define FLEISS_HIGH 0.526199624

static void
interval_is_fixed(void **state)
{
	struct agree_table t = from_shares(diagnoses, 30, 5, 6);
	struct agree_opts other = {AGREE_RESAMPLES, AGREE_SEED + 1, NULL};
	struct agree_result r, again, r2;

	(void)state;
	agree_compute(&t, AGREE_FLEISS, NULL, &r);
	agree_compute(&t, AGREE_FLEISS, NULL, &again);
	assert_true(r.has_interval && r.resamples == AGREE_RESAMPLES);
	assert_true(r.low == again.low && r.high == again.high);
	assert_true(r.low < r.value && r.value < r.high);
	near(r.low, FLEISS_LOW, 9);
	near(r.high, FLEISS_HIGH, 9);
	agree_compute(&t, AGREE_FLEISS, &other, &r2);
	assert_true(r.low != r2.low && fabs(r.low - r2.low) < 0.03);
}

/* Rows of a file may be sorted anew: no interval changes by a bit. */
static void
interval_without_order(void **state)
{
	struct agree_table t;
	struct agree_result r, turned;
	unsigned c;
	size_t i, k, raters;
	int16_t kept;

	(void)state;
	for (raters = 2; raters < 5; raters += 2) {
		t = random_table(31, raters, 4, 50);
		for (c = 0; c < AGREE_COEFFICIENTS; c++) {
			agree_compute(&t, (enum agree_coefficient)c, NULL, &r);
			for (i = 0; i < 15; i++)
				for (k = 0; k < raters; k++) {
					kept = cells[i * raters + k];
					cells[i * raters + k] =
					    cells[(30 - i) * raters + k];
					cells[(30 - i) * raters + k] = kept;
				}
			agree_compute(&t, (enum agree_coefficient)c, NULL,
			    &turned);
			assert_int_equal(r.computed, fits(r.which, &t));
			assert_true(r.low == turned.low &&
			    r.high == turned.high);
		}
	}
}

/* Of many samples from one source, nearly all intervals hold its value. */
static void
interval_covers(void **state)
{
	struct agree_opts o = {.resamples = 400, .seed = AGREE_SEED};
	struct agree_result r;
	struct agree_table t;
	int i, inside = 0;

	(void)state;
	for (i = 0; i < 200; i++) {
		t = random_table(80, 2, 2, 50);
		agree_compute(&t, AGREE_ALPHA, &o, &r);
		/* Two raters copy at 1/2 each: they agree beyond chance at 1/4. */
		inside += r.low <= 0.25 && 0.25 <= r.high;
	}
	assert_true(inside >= 180 && inside < 200);
}

/* One item of ten tells the categories apart, and many resamples lack it. */
static void
interval_refused(void **state)
{
	struct agree_table t = table_of(10, 2, 2);
	struct agree_result r;

	(void)state;
	memset(cells, 0, sizeof(cells));
	cells[0] = cells[1] = 1;
	agree_compute(&t, AGREE_ALPHA, NULL, &r);
	assert_true(r.computed && r.value == 1);
	assert_false(r.has_interval);
	assert_true(r.undefined > AGREE_RESAMPLES / 10);
	assert_non_null(strstr(r.why_no_interval, "too little variation"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_permuted),
		cmocka_unit_test(order_turned),
		cmocka_unit_test(raters_turned),
		cmocka_unit_test(empty_ones_added),
		cmocka_unit_test(perfect_is_one),
		cmocka_unit_test(chance_is_near_nought),
		cmocka_unit_test(alpha_as_defined),
		cmocka_unit_test(number_or_reason),
		cmocka_unit_test(refusals),
		cmocka_unit_test(names),
		cmocka_unit_test(generator),
		cmocka_unit_test(interval_is_fixed),
		cmocka_unit_test(interval_without_order),
		cmocka_unit_test(interval_covers),
		cmocka_unit_test(interval_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
