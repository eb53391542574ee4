/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which cases are of one child: what is read of a case, what holds of several
 * decisions, and what leaves.
 */
#include "config.h"

#include "db/links.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/links_impl.h"
#include "db/watch.h"
#include "tests/store/disposing.h"
#include "tests/store/linking.h"

#define PEER "Bram Oystercatcher"

static const struct return_child ann = {"Invented High School/1", "Invented "
    "High School", "Annelore", "Marshwiggle", "2012-03-04", "ZZ1 1AA"};
static const struct return_child ann_too = {"Example Surgery/9", "Example "
    "Surgery", "Annelore", "Marshwiggle", "2012-03-04", "ZZ1 1AA"};
static const struct return_child twin = {"Example Surgery/10", "Example "
    "Surgery", "Bettine", "Marshwiggle", "2012-03-04", "ZZ1 1AA"};
static const struct return_child third = {"Fabled Police/3", "Fabled Police",
    "Annelore", "Marshwiggle", "2012-03-04", "ZZ1 1AA"};
static const struct return_child other = {"Fabled Police/4", "Fabled Police",
    "Quentin", "Umbervale", "2009-11-21", "QQ7 7QQ"};

static struct link_model *m;

static size_t
count(struct world *w, enum link_verdict v)
{
	struct linkage l;
	size_t n = 0;

	linking_read(w, m, &l);
	for (size_t i = 0; i < l.result.npairs; i++)
		n += l.result.pairs[i].verdict == v;
	linkage_release(&l);
	return n;
}

static enum rc
link_all(struct world *w, size_t *n)
{
	struct linkage l;
	enum rc rc;

	linking_read(w, m, &l);
	rc = store_link_auto(w->s, &l, m, n, &w->e);
	linkage_release(&l);
	return rc;
}

/* ---- the model ---- */

static void
the_model_links_under_one_seal(void **state)
{
	struct world *w = *state;
	long long seals;
	size_t n = 0;

	(void)linking_child(w, &ann);
	(void)linking_child(w, &ann_too);
	(void)linking_child(w, &third);
	(void)linking_child(w, &other);
	assert_true(count(w, LINK_AUTO) > 0);
	assert_int_equal(linking_children(w, m), 2);
	seals = raw_number(w->s, "select count(*) from seal");
	world_ok(w, link_all(w, &n));
	assert_true(n > 0);
	assert_int_equal(raw_number(w->s, "select count(*) from seal"),
	    seals + 1);
	assert_int_equal(count(w, LINK_AUTO), 0);
	assert_int_equal(linking_children(w, m), 2);
	world_ok(w, link_all(w, &n));
	assert_int_equal(n, 0);
	assert_sound(w);
	world_reopen(w);
	assert_int_equal(linking_children(w, m), 2);
	assert_sound(w);
}

static void
what_is_there_adds_nothing_twice(void **state)
{
	struct world *w = *state;
	struct linkage l;
	uint64_t before, after;
	size_t n = 0;

	(void)linking_child(w, &ann);
	(void)linking_child(w, &ann_too);
	linking_read(w, m, &l);
	world_ok(w, store_link_auto(w->s, &l, m, &n, &w->e));
	assert_int_equal(n, 1);
	world_ok(w, store_entry_count(w->s, &before, &w->e));
	world_ok(w, store_link_auto(w->s, &l, m, &n, &w->e));
	assert_int_equal(n, 0);
	world_ok(w, store_entry_count(w->s, &after, &w->e));
	assert_int_equal(before, after);
	linkage_release(&l);
}

/* What was decided meanwhile may make twins of what it would link. */
static void
the_model_signs_only_what_was_just_compared(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &twin);
	struct linkage l;
	size_t n = 7;

	(void)linking_child(w, &third);
	linking_read(w, m, &l);
	world_ok(w, linking_decide(w, m, &a, &b, false));
	assert_refused(w, store_link_auto(w->s, &l, m, &n, &w->e),
	    RC_REFUSED, "compare them again");
	assert_int_equal(n, 0);
	linkage_release(&l);
	world_ok(w, link_all(w, &n));
	assert_int_equal(n, 1);
	assert_sound(w);
}

static void
twins_are_never_linked_by_the_model(void **state)
{
	struct world *w = *state;
	struct linkage l;
	size_t asked = 0;

	(void)linking_child(w, &ann);
	(void)linking_child(w, &twin);
	linking_read(w, m, &l);
	assert_int_equal(l.result.nlower, 2);
	for (size_t i = 0; i < l.result.npairs; i++) {
		assert_int_not_equal(l.result.pairs[i].verdict, LINK_AUTO);
		asked += l.result.pairs[i].verdict == LINK_ASK &&
		    (l.result.pairs[i].why & LINK_TWIN) != 0;
	}
	assert_int_equal(asked, 1);
	linkage_release(&l);
}

/* ---- people ---- */

static void
a_person_decides_and_decides_anew(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &twin);

	world_ok(w, linking_decide(w, m, &a, &b, true));
	assert_int_equal(linking_children(w, m), 1);
	w->now += 1000;
	world_ok(w, linking_decide(w, m, &b, &a, false));
	assert_int_equal(linking_children(w, m), 2);
	assert_int_equal(count(w, LINK_ASK), 0);
	w->now += 1000;
	world_ok(w, linking_decide(w, m, &a, &b, true));
	assert_int_equal(linking_children(w, m), 1);
	assert_sound(w);
}

/* Same, same and apart: which "same" was the first, not which stands first. */
static void
of_clashing_links_the_earlier_holds(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);
	struct case_id c = linking_child(w, &third);
	struct linkage l;

	world_ok(w, linking_decide(w, m, &b, &c, true));
	w->now += 1000;
	world_ok(w, linking_decide(w, m, &a, &b, true));
	w->now += 1000;
	world_ok(w, linking_decide(w, m, &a, &c, false));
	linking_read(w, m, &l);
	assert_int_equal(l.result.lower[linkage_find(&l, &b)],
	    l.result.lower[linkage_find(&l, &c)]);
	assert_int_not_equal(l.result.lower[linkage_find(&l, &a)],
	    l.result.lower[linkage_find(&l, &b)]);
	linkage_release(&l);
	assert_int_equal(count(w, LINK_ASK), 1);
}

static void
a_model_never_overrules_a_person(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);
	char x[2 * CASE_ID_LEN + 1], y[2 * CASE_ID_LEN + 1];
	size_t n = 0;

	world_ok(w, linking_decide(w, m, &a, &b, false));
	w->now += 1000;
	world_ok(w, link_all(w, &n));
	assert_int_equal(n, 0);
	/* Nor one that was written past the program. */
	hex_format(a.b, CASE_ID_LEN, x);
	hex_format(b.b, CASE_ID_LEN, y);
	raw_granted(w->s, "same-child", json_pack("{s:s, s:s, s:s}", "a", x,
	    "b", y, "by", "model"));
	assert_int_equal(linking_children(w, m), 2);
	assert_sound(w);
}

static void
a_person_overrules_the_model(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);
	size_t n = 0;

	world_ok(w, link_all(w, &n));
	assert_int_equal(n, 1);
	w->now += 1000;
	world_ok(w, linking_decide(w, m, &a, &b, false));
	assert_int_equal(linking_children(w, m), 2);
	assert_int_equal(count(w, LINK_NOT_SAME), 1);
}

/* A clock put back neither hides a later decision nor refuses it silently. */
static void
a_clock_put_back_hides_no_decision(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);

	world_ok(w, linking_decide(w, m, &a, &b, true));
	w->now -= 30000;
	world_ok(w, linking_decide(w, m, &a, &b, false));
	assert_int_equal(linking_children(w, m), 2);
	w->now -= INT64_C(86400000);
	assert_refused(w, linking_decide(w, m, &a, &b, true), RC_REFUSED,
	    "clock is behind");
	assert_int_equal(linking_children(w, m), 2);
	w->now += INT64_C(2 * 86400000);
	world_ok(w, linking_decide(w, m, &a, &b, true));
	assert_int_equal(linking_children(w, m), 1);
}

static void
roles_that_decide_nothing_count_for_nothing(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &twin);

	raw_person(w->s, "Quill Trainer", "trainer");
	raw_become(w->s, "Quill Trainer");
	assert_int_equal(store_link_decide(w->s, &(struct linkage){.n = 0},
	    &(struct link_pair){.b = 1}, true, m, "why", &w->e), RC_REFUSED);
	raw_pass_roles(w->s, true);
	{
		char x[2 * CASE_ID_LEN + 1], y[2 * CASE_ID_LEN + 1];

		hex_format(a.b, CASE_ID_LEN, x);
		hex_format(b.b, CASE_ID_LEN, y);
		raw_granted(w->s, "same-child", json_pack("{s:s, s:s, s:s}",
		    "a", x, "b", y, "by", "person"));
	}
	raw_pass_roles(w->s, false);
	raw_become(w->s, SECOND);
	assert_int_equal(linking_children(w, m), 2);
}

/* ---- splits ---- */

static void
a_mistaken_link_is_split_and_all_follows(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);
	struct case_id c = linking_child(w, &third);
	struct case_id rest[2] = {b, c};
	struct linkage l;
	size_t n = 0;

	world_ok(w, link_all(w, &n));
	assert_int_equal(linking_children(w, m), 1);
	w->now += 1000;
	linking_read(w, m, &l);
	world_ok(w, store_link_split(w->s, &l, &a, 1, rest, 2,
	    "another child of that name", &w->e));
	linkage_release(&l);
	linking_read(w, m, &l);
	assert_int_equal(l.result.nlower, 2);
	assert_int_equal(l.result.nupper, 2);
	assert_int_equal(l.result.lower[linkage_find(&l, &b)],
	    l.result.lower[linkage_find(&l, &c)]);
	linkage_release(&l);
	world_ok(w, link_all(w, &n));
	assert_int_equal(linking_children(w, m), 2);
	assert_sound(w);
}

static void
a_split_is_all_or_nothing(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);
	struct case_id nobody = store_new_case_id(w->s);
	struct case_id rest[2] = {b, nobody};
	struct linkage l;
	uint64_t before, after;

	linking_read(w, m, &l);
	world_ok(w, store_entry_count(w->s, &before, &w->e));
	assert_refused(w, store_link_split(w->s, &l, &a, 1, rest, 2, "no",
	    &w->e), RC_NOTFOUND, "takes no part");
	assert_refused(w, store_link_split(w->s, &l, &a, 1, &a, 1, "no",
	    &w->e), RC_NOTFOUND, "on both sides");
	assert_refused(w, store_link_split(w->s, &l, &a, 1, rest, 0, "no",
	    &w->e), RC_USAGE, "either side");
	world_ok(w, store_entry_count(w->s, &after, &w->e));
	assert_int_equal(before, after);
	linkage_release(&l);
}

/* ---- who sees it, and what leaves ---- */

static void
restricted_cases_take_part_for_those_named(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	const char *const people[] = {SECOND};
	struct restriction r = {&a, people, 1, "an invented reason",
	    DAY_NONE};
	struct linkage l;
	size_t n = 0;

	(void)linking_child(w, &ann_too);
	world_ok(w, link_all(w, &n));
	world_ok(w, store_restrict(w->s, &r, &w->e));
	assert_int_equal(linking_children(w, m), 1);
	raw_person(w->s, PEER, "practitioner");
	raw_become(w->s, PEER);
	linking_read(w, m, &l);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.restricted, 1);
	assert_int_equal(l.ndecided, 0);	/* nor why they were */
	assert_int_equal(linkage_find(&l, &a), SIZE_MAX);
	linkage_release(&l);
	raw_become(w->s, SECOND);
	assert_int_equal(linking_children(w, m), 1);
}

/* Of the two last cases. */
static void
decide_why(struct world *w, const char *reason)
{
	struct linkage l;
	struct link_pair pair;

	linking_read(w, m, &l);
	(void)linkage_pair(&l, (uint32_t)l.n - 2, (uint32_t)l.n - 1, &pair);
	world_ok(w, store_link_decide(w->s, &l, &pair, false, m, reason,
	    &w->e));
	linkage_release(&l);
	w->now += 1000;
}

static void
expect_why(struct world *w, const char *reason, bool withheld)
{
	struct linkage l;

	linking_read(w, m, &l);
	assert_int_equal(l.ndecided, 1);
	assert_string_equal(l.basis[0].reason, reason);
	assert_int_equal(l.basis[0].withheld, withheld);
	linkage_release(&l);
}

/* A reason may name a case that was open when it was written. */
static void
reasons_do_not_name_restricted_cases(void **state)
{
	static const char *const naming[] = {"not as INVENTED High School/1",
	    "Annelore  Marshwiggle's sister"};
	static const char *const others[] = {"as Invented High School/12 is",
	    "Annelore is another"};
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	const char *const people[] = {SECOND};
	struct restriction r = {&a, people, 1, "an invented reason",
	    DAY_NONE};

	(void)linking_child(w, &twin);
	(void)linking_child(w, &other);
	world_ok(w, store_restrict(w->s, &r, &w->e));
	raw_person(w->s, PEER, "practitioner");
	for (size_t i = 0; i < 2; i++) {
		raw_become(w->s, PEER);
		decide_why(w, naming[i]);
		expect_why(w, "", true);
		raw_become(w->s, SECOND);
		expect_why(w, naming[i], false);
		raw_become(w->s, PEER);
		decide_why(w, others[i]);
		expect_why(w, others[i], false);
	}
}

static void
a_disposed_case_leaves(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct linkage l;
	size_t n = 0;

	(void)linking_child(w, &ann_too);
	world_ok(w, link_all(w, &n));
	world_ok(w, ask(w, &a));
	raw_become(w->s, SECOND);
	world_ok(w, agree(w, &a));
	linking_read(w, m, &l);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.ndecided, 0);
	linkage_release(&l);
	assert_sound(w);
}

static bool
stop_soon(uint64_t done, uint64_t all, void *ctx)
{
	(void)all;
	(void)ctx;
	return done < 1;
}

static void
it_can_be_stopped(void **state)
{
	struct world *w = *state;
	struct linkage l;

	(void)linking_child(w, &ann);
	(void)linking_child(w, &ann_too);
	assert_int_equal(store_linkage(w->s, NULL, stop_soon, NULL, &l,
	    &w->e), RC_CANCELLED);
	assert_int_equal(l.n, 0);
}

/* Decisions are of their store: two that hold the same cases each decide. */
static void
another_store_decides_for_itself(void **state)
{
	struct world *w = *state, two;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);

	world_init(&two);
	world_create_as(&two, ROLE_SUPERVISOR);
	(void)linking_child(&two, &ann);
	(void)linking_child(&two, &ann_too);
	world_ok(w, linking_decide(w, m, &a, &b, false));
	assert_int_equal(linking_children(w, m), 2);
	assert_int_equal(linking_children(&two, m), 1);
	world_release(&two);
}

static void
a_training_store_links_nobody(void **state)
{
	struct store_founder f = {.user = WORLD_USER,
	    .role = ROLE_SUPERVISOR, .training = true};
	struct world w;
	struct linkage l;

	(void)state;
	world_init(&w);
	world_ok(&w, store_create(w.path, &f, &w.pass, &w.opts, &w.s, &w.e));
	assert_refused(&w, store_linkage(w.s, NULL, NULL, NULL, &l, &w.e),
	    RC_REFUSED, "made for training");
	world_release(&w);
}

static int
make_model(void **state)
{
	(void)state;
	m = linking_model();
	return 0;
}

static int
drop_model(void **state)
{
	(void)state;
	link_model_free(m);
	return 0;
}

#define T(f) cmocka_unit_test_setup_teardown(f, disposing_make, \
	disposing_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_model_links_under_one_seal),
		T(what_is_there_adds_nothing_twice),
		T(the_model_signs_only_what_was_just_compared),
		T(twins_are_never_linked_by_the_model),
		T(a_person_decides_and_decides_anew),
		T(of_clashing_links_the_earlier_holds),
		T(a_model_never_overrules_a_person),
		T(a_person_overrules_the_model),
		T(a_clock_put_back_hides_no_decision),
		T(roles_that_decide_nothing_count_for_nothing),
		T(a_mistaken_link_is_split_and_all_follows),
		T(a_split_is_all_or_nothing),
		T(restricted_cases_take_part_for_those_named),
		T(reasons_do_not_name_restricted_cases),
		T(a_disposed_case_leaves),
		T(it_can_be_stopped),
		T(another_store_decides_for_itself),
		T(a_training_store_links_nobody),
	};

	return cmocka_run_group_tests_name("links of cases", tests,
	    make_model, drop_model);
}
