/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people decided and what they signed for the model, and what is asked
 * after it.  All children are invented.
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

static const struct child three[] = {
	{ 0, "Ruth", "Invented", B1, P1, 'F', "" },
	{ 1, "Ruth", "Invented", B1, P1, 'F', "" },
	{ 2, "Ruth", "Invented", B1, P1, 'F', "" },
};

static void
test_parted_are_not_joined_over_a_third(void **state)
{
	static const struct link_decided d[] = { { 2, 0, LINK_SAID_APART } };
	struct link_result r;

	(void)state;
	run(three, 3, d, 1, &r);
	expect_pair(&r, 0, 2, LINK_NOT_SAME, 0);
	assert_int_equal(r.nlower, 2);
	assert_int_equal(r.nupper, 2);
	assert_int_not_equal(r.lower[0], r.lower[2]);
	assert_int_not_equal(r.upper[0], r.upper[2]);
	link_result_release(&r);
}

static void
test_the_later_decision_holds(void **state)
{
	static const struct link_decided d[] = { { 0, 1, LINK_SAID_APART },
	    { 0, 1, LINK_SAID_SAME } };
	static const struct link_decided back[] = { { 0, 1, LINK_SAID_SAME },
	    { 1, 0, LINK_SAID_APART } };
	struct link_result r;

	(void)state;
	run(three, 2, d, 2, &r);
	expect_pair(&r, 0, 1, LINK_SAME, 0);
	link_result_release(&r);
	run(three, 2, back, 2, &r);
	expect_pair(&r, 0, 1, LINK_NOT_SAME, 0);
	link_result_release(&r);
}

static void
test_a_person_joins_what_no_machine_would(void **state)
{
	static const struct child c[] = {
		{ 0, "Ruth", "Invented", B1, P1, 'F', "" },
		{ 1, "Poppy", "Other", "2015-11-30", "QZ9 9QQ", 'F', "" },
	};
	static const struct link_decided d[] = { { 0, 1, LINK_SAID_SAME } };
	struct link_result r;

	(void)state;
	run(c, 2, d, 1, &r);
	expect_pair(&r, 0, 1, LINK_SAME, 0);
	assert_int_equal(r.nlower, 1);
	link_result_release(&r);
}

/* A correction may show that what the model linked are twins. */
static void
test_twins_are_asked_though_the_model_linked_them(void **state)
{
	static const struct child c[] = { ANNA, JADE("Naomi", "Invented") };
	static const struct link_decided signed_[] = {
	    { 0, 1, LINK_SAID_BY_MODEL } };
	static const struct link_decided person[] = {
	    { 0, 1, LINK_SAID_SAME } };
	struct link_result r;

	(void)state;
	run(c, 2, signed_, 1, &r);
	expect_pair(&r, 0, 1, LINK_ASK, LINK_TWIN);
	assert_int_equal(r.nlower, 2);
	link_result_release(&r);
	run(c, 2, person, 1, &r);
	assert_int_equal(r.nlower, 1);
	link_result_release(&r);
}

#define MODEL LINK_SAID_BY_MODEL

static void
run_signed(const struct child *c, size_t n, const uint32_t (*pairs_)[2],
    size_t npairs, struct link_result *r)
{
	struct link_decided d[4];

	for (size_t i = 0; i < npairs; i++)
		d[i] = (struct link_decided){ pairs_[i][0], pairs_[i][1],
		    MODEL };
	run(c, n, d, npairs, r);
}

static void
expect_over(const struct link_result *r, uint32_t a, uint32_t b, uint32_t x,
    uint32_t y)
{
	const struct link_pair *p = pair_of(r, a, b);

	if (p == NULL || !((p->over[0] == x && p->over[1] == y) ||
	    (p->over[0] == y && p->over[1] == x)))
		fail_msg("%u and %u: not over %u and %u", a, b, x, y);
}

/* Each signed in a run of its own: together they would chain. */
static const uint32_t chain[][2] = { { 0, 1 }, { 1, 2 } };

static void
test_signed_links_never_chain_two_of_one_agency(void **state)
{
	static const struct child c[] = {
		ANNA, JADE("Ruth", "Invented"),
		{ 0, "Ruth", "Invented", B1, "QA1 9ZZ", 'F', "" },
	};
	struct link_result r;

	(void)state;
	run_signed(c, 3, chain, 2, &r);
	expect_pair(&r, 0, 1, LINK_SAME, 0);
	expect_pair(&r, 1, 2, LINK_ASK, LINK_CHAIN | LINK_SAME_AGENCY);
	expect_over(&r, 1, 2, 0, 2);
	assert_int_equal(r.nlower, 2);
	assert_int_equal(r.nupper, 2);
	link_result_release(&r);
}

static void
test_signed_links_never_chain_twins(void **state)
{
	static const struct child c[] = {
		{ 0, "Jane Sofia", "Invented", B1, P1, 'F', "" },
		{ 1, "Jane", "Invented", B1, P1, 'F', "" },
		{ 2, "Jane Ruth", "Invented", B1, P1, 'F', "" },
	};
	struct link_result r;

	(void)state;
	run_signed(c, 3, chain, 2, &r);
	expect_pair(&r, 0, 1, LINK_SAME, 0);
	expect_pair(&r, 1, 2, LINK_ASK, LINK_CHAIN | LINK_TWIN);
	expect_over(&r, 1, 2, 0, 2);
	assert_int_equal(r.nlower, 2);
	link_result_release(&r);
}

static void
test_signed_links_never_chain_two_numbers(void **state)
{
	static const struct child c[] = {
		{ 0, "Ruth", "Invented", B1, P1, 'F', NHS_A },
		{ 1, "Ruth", "Invented", B1, P1, 'F', "" },
		{ 2, "Ruth", "Invented", B1, P1, 'F', NHS_B },
	};
	struct link_result r;

	(void)state;
	run_signed(c, 3, chain, 2, &r);
	assert_int_equal(r.nlower, 2);
	expect_pair(&r, 1, 2, LINK_ASK, LINK_CHAIN | LINK_CONFLICT);
	link_result_release(&r);
	run(c, 3, NULL, 0, &r);
	assert_int_not_equal(r.lower[0], r.lower[2]);
	link_result_release(&r);
}

/* A person's link holds; what the model signed before it is asked. */
static void
test_a_person_comes_before_what_the_model_signed(void **state)
{
	static const struct child c[] = {
		{ 0, "Jane Sofia", "Invented", B1, P1, 'F', "" },
		{ 1, "Jane", "Invented", B1, P1, 'F', "" },
		{ 2, "Jane Ruth", "Invented", B1, P1, 'F', "" },
	};
	static const struct link_decided d[] = { { 0, 1, MODEL },
	    { 1, 2, LINK_SAID_SAME } };
	static const struct link_decided both[] = { { 0, 1, LINK_SAID_SAME },
	    { 1, 2, LINK_SAID_SAME } };
	struct link_result r;

	(void)state;
	run(c, 3, d, 2, &r);
	expect_pair(&r, 1, 2, LINK_SAME, 0);
	expect_pair(&r, 0, 1, LINK_ASK, LINK_CHAIN | LINK_TWIN);
	link_result_release(&r);
	run(c, 3, both, 2, &r);
	assert_int_equal(r.nlower, 1);
	link_result_release(&r);
}

/* What an agency wrote twice is one child still, signed or not. */
static void
test_signed_copies_stay_one(void **state)
{
	static const struct child c[] = { JADE("Ruth", "Invented"), ANNA,
	    JADE("Ruth", "Invented") };
	static const uint32_t copies[][2] = { { 0, 2 }, { 0, 1 } };
	struct link_result r;

	(void)state;
	run_signed(c, 3, copies, 2, &r);
	assert_int_equal(r.nlower, 1);
	link_result_release(&r);
}

/* What is about to be signed sees what was signed before it came. */
static void
test_nothing_new_chains_with_what_is_signed(void **state)
{
	static const struct child c[] = {
		{ 0, "Jane Sofia", "Invented", B1, P1, 'F', "" },
		{ 1, "Jane", "Invented", B1, P1, 'F', "" },
		{ 2, "Jane Ruth", "Invented", B1, P1, 'F', "" },
	};
	struct link_result r;

	(void)state;
	for (uint32_t k = 0; k < 2; k++) {
		run_signed(c, 3, &chain[k], 1, &r);
		expect_pair(&r, chain[k][0], chain[k][1], LINK_SAME, 0);
		expect_pair(&r, chain[1 - k][0], chain[1 - k][1], LINK_ASK,
		    LINK_CHAIN | LINK_TWIN);
		link_result_release(&r);
	}
}

/* Two children of whom two agencies each know one more record. */
static const struct child twosome[] = {
	{ 0, "Erin", "Invented", B1, P1, 'F', "" },
	{ 1, "Erin", "Invented", B1, P1, 'F', "" },
	{ 2, "Eryn", "Invented", B1, P1, 'F', "" },
	{ 3, "Eryn", "Invented", B1, P1, 'F', "" },
};

static size_t
asked_of(const struct link_result *r, size_t *questions)
{
	struct link_asked asked;

	link_asked_count(r, &asked);
	*questions = asked.questions;
	assert_int_equal(asked.pairs, asked.by[1] + asked.by[0]);
	return asked.pairs;
}

static void
test_one_parting_answers_all_pairs_of_the_two(void **state)
{
	static const struct link_decided d[] = { { 0, 2, LINK_SAID_APART } };
	static const struct link_decided split[] = {
	    { 0, 2, LINK_SAID_APART }, { 0, 1, LINK_SAID_APART } };
	struct link_result r;
	size_t questions;

	(void)state;
	run(twosome, 4, NULL, 0, &r);
	assert_int_equal(asked_of(&r, &questions), 4);
	assert_int_equal(questions, 1);
	assert_int_equal(r.nlower, 2);
	link_result_release(&r);
	run(twosome, 4, d, 1, &r);
	assert_int_equal(asked_of(&r, &questions), 0);
	assert_int_equal(r.nlower, 2);
	assert_int_equal(r.nupper, 2);
	link_result_release(&r);
	/* Where the link that it went over is taken back, it is asked again. */
	run(twosome, 4, split, 2, &r);
	assert_int_equal(asked_of(&r, &questions), 2);
	link_result_release(&r);
}

/* The model is as sure of it as can be: that is no pair to pass over. */
static void
test_no_parting_answers_what_the_model_would_link(void **state)
{
	static const struct link_decided d[] = { { 0, 1, LINK_SAID_APART } };
	struct link_result r;

	(void)state;
	run(three, 3, d, 1, &r);
	assert_true(pair_of(&r, 0, 2) != NULL && pair_of(&r, 1, 2) != NULL);
	assert_int_equal((pair_of(&r, 0, 2)->verdict == LINK_ASK) +
	    (pair_of(&r, 1, 2)->verdict == LINK_ASK), 1);
	link_result_release(&r);
}

static void
test_twins_of_quite_another_name_are_asked_last(void **state)
{
	struct link_pair sure = { .weight = 21, .why = LINK_NO_LEAD };
	struct link_pair unsure = { .weight = 14, .why = LINK_BETWEEN };
	struct link_pair less = { .weight = 13, .why = LINK_BETWEEN };
	struct link_pair alike = { .weight = 13.5f, .why = LINK_TWIN,
	    .levels = { LEVEL_CLOSE } };
	struct link_pair twins = { .weight = 30, .why = LINK_TWIN,
	    .levels = { LEVEL_APART } };
	struct link_pair chain_ = { .weight = 20, .levels = { LEVEL_CLOSE },
	    .why = LINK_CHAIN | LINK_TWIN };
	const struct link_pair *order[] = { &sure, &chain_, &unsure, &alike,
	    &less, &twins };

	(void)state;
	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < 6; j++)
			assert_int_equal(link_ask_order(order[i], order[j]) <
			    0, i < j);
	assert_int_equal(link_main_reason(&chain_), LINK_CHAIN);
	assert_int_equal(link_main_reason(&alike), LINK_TWIN);
}

/* Same, same, and apart: the parting holds, the last "same" is asked again. */
static void
test_decisions_that_clash_are_asked(void **state)
{
	static const struct link_decided d[] = { { 0, 1, LINK_SAID_SAME },
	    { 1, 2, LINK_SAID_SAME }, { 0, 2, LINK_SAID_APART } };
	struct link_result r;

	(void)state;
	run(three, 3, d, 3, &r);
	expect_pair(&r, 0, 1, LINK_SAME, 0);
	expect_pair(&r, 1, 2, LINK_ASK, LINK_AGAINST);
	expect_pair(&r, 0, 2, LINK_NOT_SAME, 0);
	assert_int_equal(r.nupper, 2);
	link_result_release(&r);
}

/* A mistaken link is taken back by parting each pair across. */
static void
test_a_split_is_remembered(void **state)
{
	static const struct link_decided d[] = { { 0, 2, LINK_SAID_APART },
	    { 1, 2, LINK_SAID_APART } };
	struct link_result r;

	(void)state;
	run(three, 3, NULL, 0, &r);
	assert_int_equal(r.nlower, 1);
	link_result_release(&r);
	run(three, 3, d, 2, &r);
	assert_int_equal(r.nlower, 2);
	assert_int_equal(r.lower[0], r.lower[1]);
	assert_int_not_equal(r.lower[2], r.lower[1]);
	link_result_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parted_are_not_joined_over_a_third),
		cmocka_unit_test(test_the_later_decision_holds),
		cmocka_unit_test(test_a_person_joins_what_no_machine_would),
		cmocka_unit_test(
		    test_twins_are_asked_though_the_model_linked_them),
		cmocka_unit_test(
		    test_signed_links_never_chain_two_of_one_agency),
		cmocka_unit_test(test_signed_links_never_chain_twins),
		cmocka_unit_test(test_signed_links_never_chain_two_numbers),
		cmocka_unit_test(
		    test_a_person_comes_before_what_the_model_signed),
		cmocka_unit_test(test_signed_copies_stay_one),
		cmocka_unit_test(test_nothing_new_chains_with_what_is_signed),
		cmocka_unit_test(test_one_parting_answers_all_pairs_of_the_two),
		cmocka_unit_test(
		    test_no_parting_answers_what_the_model_would_link),
		cmocka_unit_test(
		    test_twins_of_quite_another_name_are_asked_last),
		cmocka_unit_test(test_decisions_that_clash_are_asked),
		cmocka_unit_test(test_a_split_is_remembered),
	};

	return cmocka_run_group_tests_name("linkdecided", tests, linkcase_load,
	    linkcase_unload);
}
