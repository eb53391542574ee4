/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Raters against a model answer. */
#include "config.h"

#include "core/agree.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define NA AGREE_MISSING

/* Five raters, four indicators over two studies; 1 is present, 0 is not. */
static void
against_model(void **state)
{
	static const int16_t rows[6 * 5] = {
		1, 1, 0, 1, 1,	/* indicator 0, present */
		0, 0, 0, 0, 1,	/* 0 in the other study, absent */
		1, 0, 0, 0, NA,	/* 1, present */
		0, 0, 0, 0, 0,	/* 2, absent */
		0, 0, 0, 0, 0,	/* 3, present */
		1, 1, 1, 1, 1,	/* 3 in the other, without an answer */
	};
	static const int16_t answers[6] = {1, 0, 1, 0, 1, NA};
	static const uint32_t group[6] = {0, 0, 1, 2, 3, 3};
	static const bool positive[2] = {false, true};
	struct agree_model m = {answers, positive, group, 4};
	const struct agree_table t = {6, 5, 2, rows, true};
	struct agree_counts c[4], all;
	uint32_t order[4];
	double x;

	(void)state;
	agree_against(&t, &m, c);
	assert_true(c[0].hits == 4 && c[0].missed == 1);
	assert_true(c[0].passed == 4 && c[0].alarms == 1);
	assert_true(agree_sensitivity(&c[0], &x) && x == 0.8);
	assert_true(agree_specificity(&c[0], &x) && x == 0.8);
	assert_true(c[1].missed == 3 && c[1].unanswered == 1);
	assert_false(agree_specificity(&c[1], &x));
	assert_false(agree_sensitivity(&c[2], &x));
	assert_true(agree_specificity(&c[2], &x) && x == 1);
	assert_true(agree_sensitivity(&c[3], &x) && x == 0);
	assert_int_equal(agree_most_missed(c, 4, order), 3);
	assert_true(order[0] == 3 && order[1] == 1 && order[2] == 0);
	all = agree_counts_sum(c, 4);
	assert_true(all.hits == 5 && all.missed == 9 && all.passed == 9 &&
	    all.alarms == 1 && all.unanswered == 1);
}

/*
 * Altman and Bland, "Diagnostic tests 1: sensitivity and specificity", BMJ
 * 1994;308:1552: 258 abnormal livers of which 231 are found, 86 others of
 * which 54 are passed; 0.90 and 0.63.
 */
static void
altman_bland(void **state)
{
	static const struct agree_counts c = {.hits = 231, .missed = 27,
	    .passed = 54, .alarms = 32};
	double x;

	(void)state;
	assert_true(agree_sensitivity(&c, &x));
	assert_true(fabs(x - 0.90) < 0.005);
	assert_true(agree_specificity(&c, &x));
	assert_true(fabs(x - 0.63) < 0.005);
}

/* Shares that are equal as fractions: the more often missed comes first. */
static void
missed_ties(void **state)
{
	static const struct agree_counts c[4] = {
		{.hits = 2, .missed = 1}, {.hits = 9}, {.hits = 4, .missed = 2},
		{.hits = 2, .missed = 1},
	};
	uint32_t order[4];

	(void)state;
	assert_int_equal(agree_most_missed(c, 4, order), 3);
	assert_true(order[0] == 2 && order[1] == 0 && order[2] == 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(against_model),
		cmocka_unit_test(altman_bland),
		cmocka_unit_test(missed_ties),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
