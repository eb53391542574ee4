/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/answers.h"
#include "core/near.h"

static void
names_of_answers(void **state)
{
	enum answer a;

	(void)state;
	for (unsigned i = 0; i < ANSWER_STATES; i++) {
		const char *name = answer_name((enum answer)i);

		assert_true(answer_from_name(name, strlen(name), &a));
		assert_int_equal(a, i);
	}
	assert_true(answer_from_name(" Not_Known\r", 11, &a));
	assert_int_equal(a, ANSWER_NOT_KNOWN);
	assert_true(answer_from_name("NOT-ASKED", 9, &a));
	assert_int_equal(a, ANSWER_NOT_ASKED);
	assert_false(answer_from_name("yes", 3, &a));
	assert_false(answer_from_name("", 0, &a));
	assert_false(answer_from_name("presentx", 8, &a));
	assert_false(answer_from_name("not  known", 10, &a));
}

static void
the_strongest_answer_stands(void **state)
{
	struct answers a;

	(void)state;
	answers_init(&a);
	answers_raise(&a, 70, ANSWER_ABSENT);
	answers_raise(&a, 70, ANSWER_NOT_KNOWN);
	assert_int_equal(answers_get(&a, 70), ANSWER_ABSENT);
	answers_raise(&a, 70, ANSWER_PRESENT);
	answers_raise(&a, 70, ANSWER_SUSPECTED);
	assert_int_equal(answers_get(&a, 70), ANSWER_PRESENT);
	answers_set(&a, 70, ANSWER_NOT_ASKED);
	assert_int_equal(answers_get(&a, 70), ANSWER_NOT_ASKED);
}

static void
near_names(void **state)
{
	static const struct {
		const char *word, *best;
	} table[] = {
		{"B11", "B1"}, {"cuont", "count"}, {"COUNT", "count"},
		{"zz", NULL}, {"weihgt", "weight"}, {"flagged", NULL},
		{"a-very-long-word-that-is-longer-than-forty-bytes", NULL}
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct near n;

		near_init(&n, table[i].word, strlen(table[i].word));
		near_offer(&n, "B1");
		near_offer(&n, "weight");
		near_offer(&n, "count");
		near_offer(&n, "flag");
		if (table[i].best == NULL)
			assert_null(n.best);
		else
			assert_string_equal(n.best, table[i].best);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_answers),
		cmocka_unit_test(the_strongest_answer_stands),
		cmocka_unit_test(near_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
