/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coefficients of agreement against published worked examples.  Each names
 * where table and value stand; the value is given to the digits printed there
 * and met to half of the last one.
 *
 * Where an article is not at hand, the value is that of a package's manual,
 * which is named: irr (Gamer, Lemon, Fellows, Singh), irrCAC (Gwet), psych
 * (Revelle), vcd (Meyer, Zeileis, Hornik), and SAS.
 */
#include "config.h"

#include "core/agree.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/agreetable.h"

static void
krippendorff_missing(void **state)
{
	struct agree_table t = from_rows(krippendorff, 12, 4, 5);
	struct agree_result r;

	(void)state;
	expect(&t, AGREE_ALPHA, 0.743, 3);		/* section C */
	expect(&t, AGREE_ALPHA_ORDINAL, 0.815, 3);	/* section D */
	agree_compute(&t, AGREE_ALPHA, &point, &r);
	assert_int_equal(r.items, 11);
	assert_int_equal(r.raters, 4);
	assert_int_equal(r.ratings, 40);
	assert_int_equal(r.single, 1);
	assert_int_equal(r.unrated, 0);
	assert_int_equal(r.missing, 7);
}

/* The same, section A: two observers, two categories, ten units. */
static void
krippendorff_binary(void **state)
{
	static const int rows[10 * 2] = {
		1, 2,  2, 2,  1, 2,  1, 1,  1, 1,
		1, 2,  1, 1,  1, 1,  2, 1,  1, 1,
	};
	struct agree_table t = from_rows(rows, 10, 2, 2);

	(void)state;
	expect(&t, AGREE_ALPHA, 0.095, 3);
}

/* The same, section B: two observers, five categories, twelve units. */
static void
krippendorff_nominal(void **state)
{
	static const int rows[12 * 2] = {
		1, 2,  1, 1,  2, 2,  2, 2,  4, 2,  3, 3,
		3, 3,  3, 3,  5, 5,  4, 4,  4, 4,  1, 4,
	};
	struct agree_table t = from_rows(rows, 12, 2, 5);

	(void)state;
	expect(&t, AGREE_ALPHA, 0.692, 3);
}

/*
 * Cohen, "Weighted kappa" (1968), table 1: two judges, 200 cases, personality
 * disorder, neurosis, psychosis; proportions as in the manual of psych
 * (cohen.kappa), which also gives Cohen's second set of weights.
 */
static void
cohen_1968(void **state)
{
	static const int counts[9] = {88, 14, 18, 10, 40, 10, 2, 6, 12};
	static const double weights[9] = {0, 1, 3, 1, 0, 6, 3, 6, 0};
	static const double uneven[9] = {0, 1, 4, 1, 0, 6, 2, 2, 0};
	struct agree_opts o = {.weights = weights};
	struct agree_table t = from_counts(counts, 3);
	struct agree_result r;

	(void)state;
	expect(&t, AGREE_COHEN, 0.492, 3);
	agree_compute(&t, AGREE_LINEAR, &o, &r);
	near(r.value, 0.348, 3);
	o.weights = uneven;
	agree_compute(&t, AGREE_LINEAR, &o, &r);
	near(r.value, 0.353, 3);
}

/* SAS, PROC FREQ, printed in the tests of statsmodels (inter_rater). */
static void
sas_freq(void **state)
{
	static const int counts[9] = {0, 4, 1, 0, 8, 0, 0, 1, 5};
	struct agree_table t = from_counts(counts, 3);

	(void)state;
	expect(&t, AGREE_COHEN, 0.4842, 4);
	expect(&t, AGREE_LINEAR, 0.4701, 4);
}

/*
 * "anxiety" of irr: 20 subjects, raters 2 and 3; kappa2 prints these for
 * weights unweighted, equal and squared.  Nobody chose 5 of 1 to 6, and irr
 * counts only what was chosen.
 */
static void
irr_anxiety(void **state)
{
	static const int second[20] = {
		3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4
	}, third[20] = {
		2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2
	};
	struct agree_table t = table_of(20, 2, 5);
	size_t i;

	(void)state;
	for (i = 0; i < 20; i++) {
		cells[2 * i] = (int16_t)(second[i] - 1 - (second[i] == 6));
		cells[2 * i + 1] = (int16_t)(third[i] - 1 - (third[i] == 6));
	}
	expect(&t, AGREE_COHEN, -0.006289308, 9);
	expect(&t, AGREE_LINEAR, 0.1459075, 7);
	expect(&t, AGREE_QUADRATIC, 0.2520325, 7);
}

/*
 * SAS/STAT User's Guide, The FREQ Procedure, "Agreement Study": two
 * dermatologists, 88 patients, terrible to clear.
 */
static void
sas_dermatologists(void **state)
{
	static const int counts[16] = {
		10, 4, 1, 0, 5, 10, 12, 2, 2, 4, 12, 5, 0, 2, 6, 13
	};
	struct agree_table t = from_counts(counts, 4);

	(void)state;
	expect(&t, AGREE_COHEN, 0.3449, 4);
	expect(&t, AGREE_LINEAR, 0.5082, 4);
}

/*
 * Westlund and Kurland (1953), in Landis and Koch (1977) and as "MSPatients"
 * in vcd: two neurologists, patients of Winnipeg and of New Orleans, four
 * degrees of certainty.
 */
static void
vcd_two_cities(void **state)
{
	static const int winnipeg[16] = {
		38, 5, 0, 1, 33, 11, 3, 0, 10, 14, 5, 6, 3, 7, 3, 10
	}, new_orleans[16] = {
		5, 3, 0, 0, 3, 11, 4, 0, 2, 13, 3, 4, 1, 2, 4, 14
	};
	struct agree_table t = from_counts(winnipeg, 4);

	(void)state;
	expect(&t, AGREE_COHEN, 0.2079, 4);
	expect(&t, AGREE_LINEAR, 0.3797, 4);
	t = from_counts(new_orleans, 4);
	expect(&t, AGREE_COHEN, 0.2965, 4);
	expect(&t, AGREE_LINEAR, 0.4773, 4);
}

static void
fleiss_1971(void **state)
{
	struct agree_table t = from_shares(diagnoses, 30, 5, 6);

	(void)state;
	expect(&t, AGREE_FLEISS, 0.430, 3);
	expect(&t, AGREE_FLEISS, 0.4302445, 7);
	expect(&t, AGREE_PERCENT, 0.556, 3);
}

/*
 * irrCAC, "distrib.6raters": the first 15 of these patients; its manual
 * prints percent, AC1, Fleiss and Krippendorff.
 */
static void
irrcac_six_raters(void **state)
{
	struct agree_table t = from_shares(diagnoses, 15, 5, 6);

	(void)state;
	expect(&t, AGREE_PERCENT, 0.5511111, 7);
	expect(&t, AGREE_AC1, 0.4448007, 7);
	expect(&t, AGREE_FLEISS, 0.4139265, 7);
	expect(&t, AGREE_ALPHA, 0.4204384, 7);
}

/*
 * irrCAC, "cac.raw4raters" (Gwet, Handbook of Inter-Rater Reliability, 2014):
 * Krippendorff's table, where no rater rated all; its manual prints these.
 */
static void
irrcac_missing(void **state)
{
	struct agree_table t = from_rows(krippendorff, 12, 4, 5);

	(void)state;
	expect(&t, AGREE_PERCENT, 0.8181818, 7);
	expect(&t, AGREE_AC1, 0.77544, 5);
	expect(&t, AGREE_FLEISS, 0.76117, 5);
	expect(&t, AGREE_ALPHA, 0.74342, 5);
}

/* irrCAC, "cont3x3abstractors": two abstractors, 100 records. */
static void
irrcac_abstractors(void **state)
{
	static const int counts[9] = {13, 0, 0, 0, 20, 7, 0, 4, 56};
	struct agree_table t = from_counts(counts, 3);

	(void)state;
	expect(&t, AGREE_PERCENT, 0.89, 2);
	expect(&t, AGREE_COHEN, 0.7964094, 7);
	expect(&t, AGREE_AC1, 0.8493305, 7);
	expect(&t, AGREE_ALPHA, 0.7972585, 7);
}

/*
 * Kappa's paradox, after Gwet (2008): 125 subjects, nearly all of one kind;
 * the raters agree on 94 %, kappa is below 0.  By hand: the shares are 0.972
 * and 0.028, so that AC1 is (0.944 - 0.0544) / (1 - 0.0544).
 */
static void
gwet_2008_paradox(void **state)
{
	static const int counts[4] = {118, 5, 2, 0};
	struct agree_table t = from_counts(counts, 2);

	(void)state;
	expect(&t, AGREE_PERCENT, 0.944, 3);
	expect(&t, AGREE_AC1, 0.941, 3);
	expect(&t, AGREE_COHEN, -0.023, 3);
}

/*
 * Fleiss, "Statistical methods for rates and proportions" (1981), table 13.1:
 * two raters, 100 patients, psychotic, neurotic, organic; kappa .68.
 */
static void
fleiss_1981(void **state)
{
	static const int counts[9] = {75, 1, 4, 5, 4, 1, 0, 0, 10};
	struct agree_table t = from_counts(counts, 3);

	(void)state;
	expect(&t, AGREE_COHEN, 0.68, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(krippendorff_missing),
		cmocka_unit_test(krippendorff_binary),
		cmocka_unit_test(krippendorff_nominal),
		cmocka_unit_test(cohen_1968),
		cmocka_unit_test(sas_freq),
		cmocka_unit_test(irr_anxiety),
		cmocka_unit_test(sas_dermatologists),
		cmocka_unit_test(vcd_two_cities),
		cmocka_unit_test(fleiss_1971),
		cmocka_unit_test(irrcac_six_raters),
		cmocka_unit_test(irrcac_missing),
		cmocka_unit_test(irrcac_abstractors),
		cmocka_unit_test(gwet_2008_paradox),
		cmocka_unit_test(fleiss_1981),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
