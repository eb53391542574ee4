/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which cases are of one child with a single case, by what is decided: the
 * same as the whole linkage has it.
 */
#include "config.h"

#include "db/linknear.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/watch.h"
#include "tests/store/disposing.h"
#include "tests/store/linking.h"

#define PEER "Bram Oystercatcher"

static const struct return_child ann = {"Invented High School/1", "Invented "
    "High School", "Annelore", "Marshwiggle", "2012-03-04", "ZZ1 1AA"};
static const struct return_child ann_too = {"Example Surgery/9", "Example "
    "Surgery", "Annelore", "Marshwiggle", "2012-03-04", "ZZ1 1AA"};
static const struct return_child third = {"Fabled Police/3", "Fabled Police",
    "Annelore", "Marshwiggle", "2012-03-04", "ZZ1 1AA"};
static const struct return_child twin = {"Example Surgery/10", "Example "
    "Surgery", "Bettine", "Marshwiggle", "2012-03-04", "ZZ1 1AA"};
static const struct return_child other = {"Fabled Police/4", "Fabled Police",
    "Quentin", "Umbervale", "2009-11-21", "QQ7 7QQ"};

static struct link_model *m;

static enum rc
no_names(void *ctx, const struct link_names **out, struct err *e)
{
	size_t *asked = ctx;

	(void)e;
	*out = NULL;
	(*asked)++;
	return RC_OK;
}

/* How many; *asked (may be NULL): how often names were asked for. */
static struct links_near
near_of(struct world *w, const struct case_id *id, size_t *asked)
{
	size_t own = 0;
	struct link_names_source names = {no_names,
	    asked != NULL ? asked : &own};
	struct links_near near;

	world_ok(w, store_links_near(w->s, id, &names, &near, &w->e));
	return near;
}

static bool
has(const struct links_near *near, const struct case_id *id)
{
	for (size_t i = 0; i < near->n; i++)
		if (case_id_equal(&near->cases[i], id))
			return true;
	return false;
}

/* The same as the whole linkage has it, of every case. */
static void
expect_as_linkage(struct world *w)
{
	struct linkage l;

	linking_read(w, m, &l);
	for (size_t i = 0; i < l.n; i++) {
		struct links_near near = near_of(w, &l.cases[i].id, NULL);
		size_t n = 0;

		for (size_t k = 0; k < l.n; k++) {
			if (k == i || l.result.lower[k] != l.result.lower[i])
				continue;
			n++;
			assert_true(has(&near, &l.cases[k].id));
		}
		assert_int_equal(near.n, n);
	}
	linkage_release(&l);
}

static void
sign_all(struct world *w)
{
	struct linkage l;
	size_t n = 0;

	linking_read(w, m, &l);
	world_ok(w, store_link_auto(w->s, &l, m, &n, &w->e));
	assert_true(n > 0);
	linkage_release(&l);
	w->now += 1000;
}

static void
decide(struct world *w, const struct case_id *a, const struct case_id *b,
    bool same)
{
	world_ok(w, linking_decide(w, m, a, b, same));
	w->now += 1000;
}

static void
nothing_decided_asks_for_no_names(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct links_near near;
	size_t asked = 0;

	(void)linking_child(w, &ann_too);
	near = near_of(w, &a, &asked);
	assert_int_equal(near.n, 0);
	assert_int_equal(near.restricted, 0);
	assert_false(near.many);
	assert_int_equal(asked, 0);
}

static void
a_person_joins_and_parts(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &other);
	struct links_near near;

	decide(w, &a, &b, true);
	near = near_of(w, &a, NULL);
	assert_int_equal(near.n, 1);
	assert_true(has(&near, &b));
	assert_int_equal(near_of(w, &b, NULL).n, 1);
	decide(w, &a, &b, false);
	assert_int_equal(near_of(w, &a, NULL).n, 0);
	decide(w, &a, &b, true);
	assert_int_equal(near_of(w, &a, NULL).n, 1);
	expect_as_linkage(w);
}

static void
two_hops_are_followed(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &other);
	struct case_id c = linking_child(w, &third);
	struct case_id d = linking_child(w, &twin);
	struct links_near near;

	decide(w, &a, &b, true);
	decide(w, &b, &d, true);
	assert_true(case_id_equal(&near_of(w, &d, NULL).cases[0], &a));
	near = near_of(w, &a, NULL);
	assert_int_equal(near.n, 2);
	/* In the order in which they were opened, whatever their ids. */
	assert_true(case_id_equal(&near.cases[0], &b));
	assert_true(case_id_equal(&near.cases[1], &d));
	/* Parted over the middle one: the earlier link holds. */
	decide(w, &a, &d, false);
	near = near_of(w, &a, NULL);
	assert_int_equal(near.n, 1);
	assert_true(has(&near, &b));
	assert_int_equal(near_of(w, &d, NULL).n, 0);
	assert_int_equal(near_of(w, &c, NULL).n, 0);
}

static void
what_the_model_signed_counts(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);
	struct case_id c = linking_child(w, &third);

	sign_all(w);
	assert_int_equal(near_of(w, &a, NULL).n, 2);
	expect_as_linkage(w);
	decide(w, &a, &c, false);
	decide(w, &b, &c, false);
	assert_int_equal(near_of(w, &a, NULL).n, 1);
	assert_int_equal(near_of(w, &c, NULL).n, 0);
	expect_as_linkage(w);
}

/* What the model signed joins nobody once the records say two children. */
static void
the_models_guards_are_asked_here_too(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);
	struct entry_draft d = {b, "identity", span_none(), json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s}", "name", "Bettine Marshwiggle",
	    "birth", "2012-03-04", "forename", "Bettine", "surname",
	    "Marshwiggle", "agency", "Example Surgery", "postcode",
	    "ZZ1 1AA")};

	sign_all(w);
	assert_int_equal(near_of(w, &a, NULL).n, 1);
	world_ok(w, world_append(w, d, NULL));
	expect_as_linkage(w);
}

static void
restricted_cases_are_only_counted(void **state)
{
	struct world *w = *state;
	struct case_id a = linking_child(w, &ann);
	struct case_id b = linking_child(w, &ann_too);
	struct case_id c = linking_child(w, &other);
	const char *const people[] = {SECOND};
	struct restriction r = {&b, people, 1, "an invented reason",
	    DAY_NONE};
	struct links_near near;

	decide(w, &a, &b, true);
	decide(w, &b, &c, true);
	world_ok(w, store_restrict(w->s, &r, &w->e));
	assert_int_equal(near_of(w, &a, NULL).n, 2);
	raw_person(w->s, PEER, "practitioner");
	raw_become(w->s, PEER);
	near = near_of(w, &a, NULL);
	/* Nothing is followed over it, either. */
	assert_int_equal(near.n, 0);
	assert_int_equal(near.restricted, 1);
	assert_int_equal(near_of(w, &b, NULL).n, 0);
	assert_int_equal(near_of(w, &b, NULL).restricted, 0);
	raw_become(w->s, SECOND);
	assert_int_equal(near_of(w, &a, NULL).n, 2);
	assert_int_equal(near_of(w, &a, NULL).restricted, 0);
}

static void
more_than_are_followed_is_said(void **state)
{
	struct world *w = *state;
	struct case_id first = linking_child(w, &ann), last = first;
	char reference[40];

	for (int i = 0; i <= LINKS_NEAR_MAX; i++) {
		struct return_child k = other;
		struct case_id id;
		struct links_near near = near_of(w, &first, NULL);

		assert_int_equal(near.n, i);
		assert_false(near.many);
		(void)snprintf(reference, sizeof(reference),
		    "Fabled Police/%d", 100 + i);
		k.reference = reference;
		id = linking_child(w, &k);
		decide(w, &last, &id, true);
		last = id;
	}
	assert_true(near_of(w, &first, NULL).many);
	assert_int_equal(near_of(w, &first, NULL).n, 0);
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
		T(nothing_decided_asks_for_no_names),
		T(a_person_joins_and_parts),
		T(two_hops_are_followed),
		T(what_the_model_signed_counts),
		T(the_models_guards_are_asked_here_too),
		T(restricted_cases_are_only_counted),
		T(more_than_are_followed_is_said),
	};

	return cmocka_run_group_tests_name("the links of one case", tests,
	    make_model, drop_model);
}
