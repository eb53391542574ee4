/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Case by case: what is linked without a person, and what is asked and why.
 * All children are invented.
 */
#include "config.h"

#include "core/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/linkcase.h"

struct two {
	const char *what;
	struct child a, b;
	int verdict;
	unsigned why;
};

static const struct two pairs[] = {
	{ "the same", ANNA, JADE("Ruth", "Invented"), LINK_AUTO, 0 },
	{ "twins", ANNA, JADE("Naomi", "Invented"), LINK_ASK, LINK_TWIN },
	{ "twins, names alike", { 0, "Ella", "Invented", B1, P1, 'F', "" },
	    JADE("Ellie", "Invented"), LINK_ASK, LINK_TWIN },
	{ "twins, one letter", { 0, "Erin", "Invented", B1, P1, 'F', "" },
	    JADE("Eryn", "Invented"), LINK_ASK, LINK_TWIN },
	{ "twins with one number", { 0, "Ruth", "Invented", B1, P1, 'F', NHS_A },
	    { 1, "Naomi", "Invented", B1, P1, 'F', NHS_A }, LINK_ASK,
	    LINK_TWIN },
	{ "twins apart, one house", ANNA, JADE("Naomi", "Sample"), LINK_ASK,
	    LINK_TWIN },
	{ "twins who share a first name",
	    { 0, "Muhammad Ali", "Invented", B1, P1, 'M', "" },
	    { 1, "Mohammed Hassan", "Invented", B1, P1, 'M', "" }, LINK_ASK,
	    LINK_TWIN },
	{ "a shared first name alone",
	    { 0, "Muhammad Ali", "Invented", B1, P1, 'M', "" },
	    { 1, "Mohammed", "Invented", B1, P1, 'M', "" }, LINK_ASK,
	    LINK_TWIN },
	{ "called by the second", { 0, "Muhammad Ali", "Invented", B1, P1,
	    'M', "" }, { 1, "Ali", "Invented", B1, P1, 'M', "" }, LINK_AUTO, 0 },
	{ "Alex of two names", { 0, "Alex", "Invented", B1, P1, 'U', "" },
	    { 1, "Alexander", "Invented", B1, P1, 'M', "" }, LINK_ASK,
	    LINK_TWIN },
	{ "Alex, a girl", { 0, "Alex", "Invented", B1, P1, 'F', "" },
	    JADE("Alexandra", "Invented"), LINK_AUTO, 0 },
	{ "a girl and a boy", { 0, "Robin", "Invented", B1, P1, 'F', "" },
	    { 1, "Robin", "Invented", B1, P1, 'M', "" }, LINK_ASK, LINK_TWIN },
	{ "an initial", { 0, "R", "Invented", B1, P1, 'F', "" },
	    JADE("Ruth", "Invented"), LINK_ASK, LINK_TWIN },
	{ "two initials", { 0, "R", "Invented", B1, P1, 'F', "" },
	    JADE("R.", "Invented"), LINK_ASK, LINK_TWIN },
	{ "no name yet", { 0, "Baby", "Invented", B1, P1, 'F', "" },
	    JADE("BABY GIRL", "Invented"), LINK_ASK, LINK_TWIN },
	{ "no name yet, word by word", { 0, "Baby Girl", "Invented", B1, P1,
	    'F', "" }, JADE("Baby Girl", "Invented"), LINK_ASK, LINK_TWIN },
	{ "one agency's two initials", { 1, "R", "Invented", B1, P1, 'F', "" },
	    JADE("R", "Invented"), LINK_ASK, LINK_TWIN | LINK_SAME_AGENCY },
	{ "no given name", { 0, "", "Invented", B1, P1, 'F', "" },
	    JADE("Ruth", "Invented"), LINK_ASK, LINK_TWIN },
	{ "no birth", { 0, "Naomi", "Invented", "", P1, 'F', "" },
	    JADE("Ruth", "Invented"), NONE, 0 },
	{ "the birth of one is missing", { 0, "Ruth", "Quixley", "", P1, 'F',
	    "" }, JADE("Ruth", "Quixley"), LINK_ASK, LINK_BETWEEN },
	{ "siblings", ANNA, { 1, "Naomi", "Invented", "2014-09-21", P1, 'F',
	    "" }, NONE, 0 },
	{ "a short form", { 0, "Tom", "Invented", B1, P1, 'M', "" },
	    { 1, "Thomas", "Invented", B1, P1, 'M', "" }, LINK_AUTO, 0 },
	{ "Zoe", { 0, "Zo\xc3\xab", "Invented", B1, P1, 'F', "" },
	    JADE("Zoe", "Invented"), LINK_AUTO, 0 },
	{ "O'Brien", { 0, "Ruth", "O'Brien", B1, P1, 'F', "" },
	    JADE("Ruth", "O\xe2\x80\x99""Brien"), LINK_AUTO, 0 },
	{ "OBrien", { 0, "Ruth", "O Brien", B1, P1, 'F', "" },
	    JADE("Ruth", "OBrien"), LINK_AUTO, 0 },
	{ "names swapped", { 0, "Invented", "Ruth", B1, P1, 'F', "" },
	    JADE("Ruth", "Invented"), LINK_AUTO, 0 },
	{ "day and month swapped", { 0, "Ruth", "Invented", "2012-07-05", P1,
	    'F', "" }, JADE("Ruth", "Invented"), LINK_AUTO, 0 },
	{ "moved, other family name", { 0, "Ruth", "Sample", B1, "QZ9 9QQ",
	    'F', "" }, JADE("Ruth", "Invented"), LINK_ASK, LINK_BETWEEN },
	{ "a number, and nothing else", { 0, "Ruth", "Sample", B1, "QZ9 9QQ",
	    'F', NHS_A }, { 1, "Poppy", "Other", "2015-11-30", P1, 'F', NHS_A },
	    LINK_ASK, LINK_ID_ALONE },
	{ "two numbers of one sort", { 0, "Ruth", "Invented", B1, P1, 'F',
	    NHS_A }, { 1, "Ruth", "Invented", B1, P1, 'F', NHS_B }, LINK_ASK,
	    LINK_CONFLICT },
	{ "one agency's own, all the same", { 1, "Ruth", "Invented", B1, P1,
	    'F', "" }, JADE("Ruth", "Invented"), LINK_AUTO, 0 },
	{ "one agency's own, another address", { 1, "Ruth", "Invented", B1,
	    "QA1 9ZZ", 'F', "" }, JADE("Ruth", "Invented"), LINK_ASK,
	    LINK_SAME_AGENCY },
	{ "one agency's own twins", { 1, "Naomi", "Invented", B1, P1, 'F', "" },
	    JADE("Ruth", "Invented"), NONE, 0 },
};

static void
test_pairs_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct child both[] = { pairs[i].a, pairs[i].b };
		struct link_result r;

		print_message("%s\n", pairs[i].what);
		run(both, 2, NULL, 0, &r);
		expect_pair(&r, 0, 1, pairs[i].verdict, pairs[i].why);
		link_result_release(&r);
	}
}

static void
test_nguyen_thi_anh_in_every_order(void **state)
{
	static const char *const orders[][3] = {
		{ "Anh", "Nguyen", "" }, { "Thi Anh", "Nguyen", "" },
		{ "Anh", "Nguyen Thi", "" }, { "Nguyen", "Anh", "" },
		{ "", "", "Nguyen Thi Anh" }, { "", "", "Nguyen, Thi Anh" },
		{ "", "", "Anh Thi Nguyen" },
		{ "", "", "Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b Anh" },
	};
	struct links *l = linkcase_links();
	struct link_result r;

	(void)state;
	for (uint32_t i = 0; i < 8; i++) {
		struct link_raw raw = { .agency = i, .forename = orders[i][0],
		    .surname = orders[i][1], .name = orders[i][2],
		    .birth = 15000, .sex = 'F', .postcode = P1 };

		(void)links_add(l, &raw);
	}
	links_run(l, linkcase_model(), NULL, 0, &r);
	for (uint32_t i = 1; i < 8; i++)
		if (r.lower[i] != r.lower[0])
			fail_msg("order %u", i);
	assert_int_equal(r.nlower, 1);
	link_result_release(&r);
	links_free(l);
}

/* Jane alone fits both Jane Sofia and Jane Ruth: nobody joins the twins. */
static void
test_twins_are_not_joined_over_a_third(void **state)
{
	static const struct child c[] = {
		{ 0, "Jane Sofia", "Invented", B1, P1, 'F', "" },
		{ 1, "Jane Ruth", "Invented", B1, P1, 'F', "" },
		{ 2, "Jane", "Invented", B1, P1, 'F', "" },
	};
	struct link_result r;

	(void)state;
	run(c, 3, NULL, 0, &r);
	assert_int_not_equal(r.lower[0], r.lower[1]);
	assert_int_equal(r.nlower, 2);
	link_result_release(&r);
}

static void
test_two_that_fit_as_well_are_asked(void **state)
{
	static const struct child c[] = {
		{ 0, "Ruth", "Invented", B1, P1, 'F', "" },
		{ 1, "Ruth", "Invented", B1, P1, 'F', "" },
		{ 1, "Ruth", "Invented", B1, P1, 'U', "" },
	};
	struct link_result r;

	(void)state;
	run(c, 3, NULL, 0, &r);
	expect_pair(&r, 0, 1, LINK_ASK, LINK_NO_LEAD);
	expect_pair(&r, 0, 2, LINK_ASK, LINK_NO_LEAD);
	assert_int_equal(r.nlower, 3);
	assert_int_equal(r.nupper, 2);
	link_result_release(&r);
}

static void
test_nothing_and_nonsense(void **state)
{
	static const struct link_decided d[] = { { 0, 0, LINK_SAID_SAME },
	    { 7, 9, LINK_SAID_APART } };
	static const struct child c[] = {
		{ 0, "", "", "", "", 'U', "" }, { 1, "", "", "", "", 'U', "" },
		{ 1, "-- \xff\xfe", "'", "", "nowhere", 'X', "12" },
	};
	struct link_result r;

	(void)state;
	run(NULL, 0, NULL, 0, &r);
	assert_int_equal(r.npairs, 0);
	assert_int_equal(r.nupper, 0);
	link_result_release(&r);
	run(c, 3, d, 2, &r);
	assert_int_equal(r.npairs, 0);
	assert_int_equal(r.nlower, 3);
	link_result_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pairs_by_name),
		cmocka_unit_test(test_nguyen_thi_anh_in_every_order),
		cmocka_unit_test(test_twins_are_not_joined_over_a_third),
		cmocka_unit_test(test_two_that_fit_as_well_are_asked),
		cmocka_unit_test(test_nothing_and_nonsense),
	};

	return cmocka_run_group_tests_name("link", tests, linkcase_load,
	    linkcase_unload);
}
