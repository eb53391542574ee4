/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

static bool
same(const char *a, const char *b)
{
	struct str ka, kb;
	bool equal;

	str_init(&ka);
	str_init(&kb);
	reference_key(&ka, a);
	reference_key(&kb, b);
	equal = strcmp(ka.s, kb.s) == 0;
	str_release(&ka);
	str_release(&kb);
	return equal;
}

static void
spellings_are_one_child(void **state)
{
	(void)state;
	assert_true(same("K-0142", "k 0142"));
	assert_true(same("K-0142", "K0142"));
	assert_true(same("  K--0142 ", "k\t0142"));
	assert_true(same("K\xE2\x80\x93" "0142", "K\xC2\xA0" "0142"));
	assert_true(same("Zo\xC3\xAB 1", "ZOE 1"));
	assert_true(same("O'Hara 7", "ohara-7"));
	assert_true(same("12-3", "12 3"));
	assert_true(same("Wren-One", "wren one"));
	assert_true(same("943 476 5919", "9434765919"));
}

static void
two_children_stay_two(void **state)
{
	(void)state;
	assert_false(same("12-3", "1-23"));
	assert_false(same("12-3", "123"));
	assert_false(same("K-12-3", "K-1-23"));
	assert_false(same("\xC3\xA9-12-3", "\xC3\xA9-1-23"));
	assert_false(same("J SM", "JS M"));
	assert_false(same("K/12", "K12"));
	assert_false(same("-", "--"));
	assert_false(same("-", "'"));
	assert_true(same("", ""));
}

static void
a_key_is_appended(void **state)
{
	struct str out;

	(void)state;
	str_init(&out);
	str_add(&out, "7");
	reference_key(&out, "1-K 2\xC3\xA9-X");
	assert_string_equal(out.s, "71k2e x");
	str_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spellings_are_one_child),
		cmocka_unit_test(two_children_stay_two),
		cmocka_unit_test(a_key_is_appended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
