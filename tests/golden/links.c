/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The link review: a pair and the weight of each field, what is decided and
 * not signed, and a mistaken link that is split.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/xalloc.h"
#include "tests/golden/linkfake.h"

static const int sizes[][2] = {{80, 24}, {120, 40}, {40, 10}, {1, 1}};

static void
every_size(void **state)
{
	struct fake f = {0};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = links_golden(&f, false, 0, sizes[i]);

		golden_check(g, "links-between");
		golden_keys(g, "j");
		golden_check(g, "links-number");
		golden_keys(g, "j");
		golden_check(g, "links-twins");
		golden_keys(g, "Tab");
		golden_check(g, "links-children");
		golden_free(g);
	}
	assert_null(f.draft);
}

static void
twins_are_told_in_plain_words_and_last(void **state)
{
	struct fake f = {0};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_hides(g, "these may be twins");
	golden_keys(g, "G");
	golden_shows(g, "Same birthday and surname, other forename: these may "
	    "be twins.");
	golden_shows(g, "pair 3 of 3");
	golden_free(g);
}

static void
one_no_answers_all_pairs_of_the_two(void **state)
{
	struct fake f = {.many = true};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_shows(g, "pair 1 of 5");
	golden_keys(g, "j");
	golden_shows(g, "n answers 2 more pairs, too.");
	golden_keys(g, "n");
	golden_shows(g, "2 more pairs of these two children are answered");
	golden_shows(g, "pair 5 of 5");
	golden_keys(g, "k");
	golden_shows(g, "Answered: you parted these two children");
	golden_check(g, "links-answered");
	golden_keys(g, "$");
	golden_check(g, "links-sign-answered");
	golden_keys(g, "Esc Backspace");
	golden_shows(g, "pair 2 of 5");
	golden_shows(g, "n answers 2 more pairs, too.");
	golden_keys(g, "n $ Enter");
	assert_int_equal(f.signed_, 1);
	golden_free(g);
}

/* A yes is for one pair: nobody joins twins in a heap. */
static void
a_yes_answers_nothing_else(void **state)
{
	struct fake f = {.many = true};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_keys(g, "j y");
	golden_shows(g, "pair 3 of 5");
	golden_hides(g, "nswered");
	golden_free(g);
	free(f.draft);
}

static void
answers_come_back_after_a_lock(void **state)
{
	struct fake f = {.many = true};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_keys(g, "j n");
	golden_free(g);
	g = links_golden(&f, false, 0, sizes[0]);
	golden_keys(g, "j j");
	golden_shows(g, "Answered: you parted these two children");
	golden_free(g);
	free(f.draft);
}

static void
one_reason_is_shown_alone(void **state)
{
	struct fake f = {.many = true};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_keys(g, "f");
	golden_check(g, "links-filter");
	golden_keys(g, "Down Enter");
	golden_shows(g, "pair 1 of 1 that would join two others");
	golden_shows(g, "To link them joins Surgery/10 and Example Surgery/11, "
	    "too");
	golden_keys(g, "j j k G");
	golden_shows(g, "pair 1 of 1");
	golden_keys(g, "Esc");
	golden_shows(g, "pair 1 of 5, the likeliest first");
	golden_keys(g, "f Down Down Enter j");
	golden_shows(g, "pair 2 of 4 that may be twins");
	golden_keys(g, "Esc Esc");
	assert_int_equal(f.reads, 1);
	golden_free(g);
}

static void
what_was_not_compared_is_told(void **state)
{
	struct fake f = {.divided = 3};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = links_golden(&f, false, 0, sizes[i]);

		golden_check(g, "links-divided");
		golden_free(g);
	}
}

static void
what_was_not_compared_is_told_when_nothing_waits(void **state)
{
	struct fake f = {.divided = 3, .none = true};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_shows(g, "Not every pair was compared: 3 groups");
	golden_keys(g, "Tab");
	golden_shows(g, "Not every pair was compared: 3 groups");
	golden_free(g);
}

static void
decisions_gather_and_are_signed_together(void **state)
{
	struct fake f = {0};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_keys(g, "n y");
	golden_shows(g, "pair 3 of 3");
	golden_shows(g, "2 decided, not signed");
	assert_non_null(f.draft);
	golden_keys(g, "b");
	golden_shows(g, "Your decision, not signed: the same child.");
	golden_keys(g, "$");
	golden_check(g, "links-sign");
	golden_keys(g, "Esc");
	golden_shows(g, "Nothing was signed.");
	assert_int_equal(f.signed_, 0);
	golden_keys(g, "$ Enter");
	assert_int_equal(f.signed_, 2);
	assert_int_equal(f.same, 1);
	assert_int_equal(f.reads, 2);
	assert_null(f.draft);
	golden_shows(g, "Signed: 2 decisions.");
	golden_free(g);
}

static void
a_failed_signing_loses_nothing(void **state)
{
	struct fake f = {.refusing = true};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_keys(g, "y $ Enter");
	golden_shows(g, "he disk is full");
	assert_non_null(f.draft);
	f.refusing = false;
	golden_keys(g, "Enter");
	assert_int_equal(f.signed_, 1);
	golden_free(g);
}

static void
who_cannot_tell_leaves_it_in_the_list(void **state)
{
	struct fake f = {0};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_keys(g, "u");
	golden_shows(g, "It stays in the list");
	golden_shows(g, "pair 2 of 3");
	golden_keys(g, "y b b y b b");
	golden_shows(g, "2 decided");
	golden_keys(g, "g u");
	golden_shows(g, "1 decided");
	golden_keys(g, "g Backspace");
	golden_hides(g, "decided, not signed");
	golden_shows(g, "Taken back");
	golden_shows(g, "pair 2 of 3");
	golden_keys(g, "Backspace");
	golden_shows(g, "Nothing to take back");
	assert_null(f.draft);
	golden_free(g);
}

static void
what_was_decided_comes_back_after_a_lock(void **state)
{
	struct fake f = {0};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_keys(g, "n");
	assert_int_equal(f.at, 1);
	golden_free(g);
	g = links_golden(&f, f.children, f.at, sizes[0]);
	golden_shows(g, "pair 2 of 3");
	golden_shows(g, "1 decided, not signed");
	golden_keys(g, "b");
	golden_shows(g, "Your decision, not signed: not the same.");
	golden_keys(g, "Tab j");
	assert_true(f.children);
	assert_int_equal(f.at, 1);
	golden_free(g);
	g = links_golden(&f, f.children, f.at, sizes[0]);
	golden_shows(g, "> |");
	golden_free(g);
	free(f.draft);
}

/* A draft of another version or of another store decides nothing. */
static void
a_strange_draft_is_passed_over(void **state)
{
	static const char *const drafts[] = {"", "{}", "[1, {}]",
	    "[{\"a\": \"00\", \"b\": \"00\", \"same\": true, \"order\": 1}]",
	    "[{\"a\": \"ff000000000000000000000000000000\", \"b\": "
	    "\"01000000000000000000000000000000\", \"same\": true, "
	    "\"order\": 1}]", "[{\"order\": -1}]"};

	(void)state;
	for (size_t i = 0; i < sizeof(drafts) / sizeof(drafts[0]); i++) {
		struct fake f = {.draft = xstrdup(drafts[i])};
		struct golden *g = links_golden(&f, false, 0, sizes[0]);

		golden_shows(g, "pair 1 of 3");
		golden_hides(g, "decided, not signed");
		golden_free(g);
		free(f.draft);
	}
}

static void
a_mistaken_link_is_split(void **state)
{
	struct fake f = {0};
	struct golden *g = links_golden(&f, true, 0, sizes[0]);

	(void)state;
	golden_keys(g, "j x");
	golden_check(g, "links-split");
	golden_keys(g, "'short' Enter");
	assert_int_equal(f.npart, 0);
	golden_shows(g, "at least 10 letters");
	golden_keys(g, "^U 'two children of that name' Enter");
	assert_int_equal(f.npart, 1);
	assert_int_equal(f.nrest, 2);
	assert_int_equal(f.part.b[0], 7);
	assert_string_equal(f.reason, "two children of that name");
	assert_int_equal(f.reads, 2);
	golden_shows(g, "Split and signed");
	golden_free(g);
}

static void
several_are_parted_together(void **state)
{
	struct fake f = {0};
	struct golden *g = links_golden(&f, true, 0, sizes[0]);

	(void)state;
	golden_keys(g, "Space j Space x 'because of the school' Enter");
	assert_int_equal(f.npart, 2);
	assert_int_equal(f.nrest, 1);
	golden_keys(g, "g Space j Space j Space x");
	golden_shows(g, "Every case of this child is marked");
	golden_free(g);
}

static void
a_split_that_fails_is_not_done(void **state)
{
	struct fake f = {.refusing = true};
	struct golden *g = links_golden(&f, true, 0, sizes[0]);

	(void)state;
	golden_keys(g, "x 'because of the school' Enter");
	golden_shows(g, "disk is full");
	golden_keys(g, "Esc");
	assert_int_equal(f.reads, 1);
	golden_shows(g, "Linked: 2 children");
	golden_free(g);
}

static void
the_model_s_links_take_a_typed_number(void **state)
{
	struct fake f = {0};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_keys(g, "a '2' Enter");
	assert_int_equal(f.linked, 0);
	golden_keys(g, "^U '1' Enter");
	assert_int_equal(f.linked, 1);
	golden_shows(g, "1 link is signed.");
	golden_free(g);
}

static void
the_two_cases_stand_beside_each_other(void **state)
{
	struct fake f = {.d = desk_new()};
	struct golden *g = links_golden(&f, false, 0, sizes[1]);

	(void)state;
	golden_keys(g, "s");
	assert_int_equal(f.looks, 2);
	golden_keys(g, "q");
	golden_shows(g, "pair 1 of 3");
	assert_int_equal(f.reads, 1);
	golden_free(g);
	desk_free(f.d);
}

static void
a_role_that_reads_decides_nothing(void **state)
{
	struct fake f = {.reader = true};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_keys(g, "y");
	golden_shows(g, "your role is another");
	golden_keys(g, "Tab x");
	golden_shows(g, "your role is another");
	golden_keys(g, "a");
	golden_shows(g, "Your role signs no links.");
	assert_null(f.draft);
	golden_free(g);
}

static void
nothing_waits(void **state)
{
	struct fake f = {.none = true};
	struct golden *g = links_golden(&f, false, 0, sizes[0]);

	(void)state;
	golden_shows(g, "No pair waits for a person among 1 case.");
	golden_shows(g, "restricted case");
	golden_keys(g, "y n u b s x $ Backspace Tab Space x j");
	golden_shows(g, "No two of the 1 case compared are linked");
	golden_free(g);
	f.failing = true;
	g = links_golden(&f, false, 0, sizes[0]);
	golden_shows(g, "The store cannot be read.");
	golden_keys(g, "y n u b s x $ Backspace Tab Space x j");
	golden_free(g);
}

/* A low window shows the fields by pages, and no size is too small. */
static void
a_low_window_shows_all_fields(void **state)
{
	struct fake f = {0};
	struct golden *g = links_golden(&f, false, 0, sizes[2]);

	(void)state;
	golden_shows(g, "Forename");
	golden_hides(g, "Agency");
	golden_keys(g, "PgDn PgDn PgDn");
	golden_shows(g, "Agency");
	golden_resize(g, 80, 24);
	golden_shows(g, "Forename");
	for (int h = 1; h < 26; h++) {
		golden_resize(g, h * 5, h);
		golden_keys(g, "PgDn Tab j Tab");
	}
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(twins_are_told_in_plain_words_and_last),
		cmocka_unit_test(one_no_answers_all_pairs_of_the_two),
		cmocka_unit_test(a_yes_answers_nothing_else),
		cmocka_unit_test(answers_come_back_after_a_lock),
		cmocka_unit_test(one_reason_is_shown_alone),
		cmocka_unit_test(what_was_not_compared_is_told),
		cmocka_unit_test(
		    what_was_not_compared_is_told_when_nothing_waits),
		cmocka_unit_test(decisions_gather_and_are_signed_together),
		cmocka_unit_test(a_failed_signing_loses_nothing),
		cmocka_unit_test(who_cannot_tell_leaves_it_in_the_list),
		cmocka_unit_test(what_was_decided_comes_back_after_a_lock),
		cmocka_unit_test(a_strange_draft_is_passed_over),
		cmocka_unit_test(a_mistaken_link_is_split),
		cmocka_unit_test(several_are_parted_together),
		cmocka_unit_test(a_split_that_fails_is_not_done),
		cmocka_unit_test(the_model_s_links_take_a_typed_number),
		cmocka_unit_test(the_two_cases_stand_beside_each_other),
		cmocka_unit_test(a_role_that_reads_decides_nothing),
		cmocka_unit_test(nothing_waits),
		cmocka_unit_test(a_low_window_shows_all_fields),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("the link review", tests,
	    linkfake_make, linkfake_drop);
}
