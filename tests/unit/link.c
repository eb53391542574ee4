/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Case by case: what is linked without a person, what is asked and why, and
 * what people decided.  All children are invented.
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

#include "core/date.h"
#include "core/xalloc.h"
#include "tests/unit/kin.h"

#define NHS_A "9434765919"
#define NHS_B "4010232137"
#define NONE 255		/* no such pair is told */

struct child {
	uint32_t agency;
	const char *given, *family, *birth, *postcode;
	char sex;
	const char *nhs;
};

static struct link_names *names;
static struct link_model *model;

static int
load(void **state)
{
	(void)state;
	names = kin_names();
	model = kin_model();
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	link_names_free(names);
	link_model_free(model);
	return 0;
}

static void
add(struct links *l, const struct child *c)
{
	struct link_raw raw = { .agency = c->agency, .forename = c->given,
	    .surname = c->family, .name = "", .birth = DAY_NONE,
	    .sex = c->sex == '\0' ? 'U' : c->sex, .postcode = c->postcode,
	    .nhs = c->nhs == NULL ? "" : c->nhs, .upn = "" };
	struct err e;

	if (c->birth[0] != '\0')
		assert_int_equal(day_parse(c->birth, &raw.birth, &e), RC_OK);
	(void)links_add(l, &raw);
}

static void
run(const struct child *c, size_t n, const struct link_decided *d, size_t nd,
    struct link_result *out)
{
	struct links *l = links_new(names);

	for (size_t i = 0; i < n; i++)
		add(l, &c[i]);
	links_run(l, model, d, nd, out);
	links_free(l);
}

static const struct link_pair *
pair_of(const struct link_result *r, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < r->npairs; i++)
		if (r->pairs[i].a == a && r->pairs[i].b == b)
			return &r->pairs[i];
	return NULL;
}

static void
expect_pair(const struct link_result *r, uint32_t a, uint32_t b, int verdict,
    unsigned why)
{
	const struct link_pair *p = pair_of(r, a, b);

	if (verdict == NONE) {
		assert_null(p);
		return;
	}
	if (p == NULL)
		fail_msg("%u and %u are not told", a, b);
	if (p->verdict != verdict || (p->why & why) != why)
		fail_msg("%u and %u: verdict %u, why %x, weight %.1f", a, b,
		    p->verdict, p->why, (double)p->weight);
	assert_true((r->lower[a] == r->lower[b]) ==
	    (verdict == LINK_AUTO || verdict == LINK_SAME));
}

struct two {
	const char *what;
	struct child a, b;
	int verdict;
	unsigned why;
};
#define B1 "2012-05-07"
#define P1 "QA1 2XB"
#define JADE(given, family) { 1, given, family, B1, P1, 'F', "" }
#define ANNA { 0, "Ruth", "Invented", B1, P1, 'F', "" }

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
	struct links *l = links_new(names);
	struct link_result r;

	(void)state;
	for (uint32_t i = 0; i < 8; i++) {
		struct link_raw raw = { .agency = i, .forename = orders[i][0],
		    .surname = orders[i][1], .name = orders[i][2],
		    .birth = 15000, .sex = 'F', .postcode = P1 };

		(void)links_add(l, &raw);
	}
	links_run(l, model, NULL, 0, &r);
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
		cmocka_unit_test(
		    test_one_parting_answers_all_pairs_of_the_two),
		cmocka_unit_test(
		    test_no_parting_answers_what_the_model_would_link),
		cmocka_unit_test(
		    test_twins_of_quite_another_name_are_asked_last),
		cmocka_unit_test(test_decisions_that_clash_are_asked),
		cmocka_unit_test(test_a_split_is_remembered),
		cmocka_unit_test(test_nothing_and_nonsense),
	};

	return cmocka_run_group_tests_name("link", tests, load, unload);
}
