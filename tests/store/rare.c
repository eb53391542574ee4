/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many children of the store share what a study would tell of one.
 */
#include "config.h"

#include "db/rare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/watch.h"
#include "tests/store/disposing.h"

#define TODAY 20593	/* 2026-05-20 */

static struct case_id
child(struct world *w, const char *reference, const char *birth,
    const char *sign)
{
	struct case_id id = world_case(w, reference);

	world_ok(w, world_append(w, draft_identity(id, reference, birth),
	    NULL));
	if (sign != NULL)
		world_ok(w, world_append(w, draft_observation(id, sign,
		    "present", "seen"), NULL));
	return id;
}

static struct rare_counts
count(struct world *w, const struct case_id *id)
{
	const struct rare_query q = {.id = id,
	    .in = store_default_instrument(w->s), .today = TODAY};
	struct rare_counts n;

	world_ok(w, store_rare(w->s, &q, &n, &w->e));
	return n;
}

static void
children_are_counted_by_what_they_share(void **state)
{
	struct world *w = *state;
	struct case_id id = child(w, "WREN-1", "2012-03-01", "B1");
	struct rare_counts n;

	n = count(w, &id);
	assert_int_equal(n.children, 1);
	assert_int_equal(n.all, 1);
	(void)child(w, "WREN-2", "2011-03-01", "B1");	/* a year older */
	(void)child(w, "WREN-3", "2012-02-01", NULL);	/* without the sign */
	(void)child(w, "WREN-4", "2008-02-01", "B1");	/* much older */
	n = count(w, &id);
	assert_int_equal(n.children, 4);
	assert_int_equal(n.age_sex, 3);
	assert_int_equal(n.signs, 3);
	assert_int_equal(n.all, 2);
}

static void
who_has_more_signs_has_these(void **state)
{
	struct world *w = *state;
	struct case_id one = child(w, "WREN-1", "2012-03-01", "B1");
	struct case_id two = child(w, "WREN-2", "2012-03-01", "B1");

	world_ok(w, world_append(w, draft_observation(two, "A1", "present",
	    "seen"), NULL));
	assert_int_equal(count(w, &one).signs, 2);
	assert_int_equal(count(w, &two).signs, 1);
}

static void
a_case_carried_on_is_no_other_child(void **state)
{
	struct world *w = *state;
	struct case_id one = child(w, "WREN-1", "2012-03-01", NULL);
	struct case_id two = child(w, "WREN-2", "2012-03-01", NULL);
	struct entry_draft d = {two, "close", span_of_day(20000), NULL};

	assert_int_equal(count(w, &one).children, 2);
	d.body = json_pack("{s:s, s:s, s:s}", "why", "other-case", "words",
	    "carried on as WREN-1", "child", "was told");
	world_ok(w, world_append(w, d, NULL));
	assert_int_equal(count(w, &one).children, 1);
	assert_int_equal(count(w, &two).children, 2);
}

static void
what_is_restricted_to_others_is_not_counted(void **state)
{
	struct world *w = *state;
	struct case_id one = child(w, "WREN-1", "2012-03-01", NULL);
	struct case_id two = child(w, "WREN-2", "2012-03-01", NULL);
	const char *const people[] = {SECOND};
	struct restriction r = {&two, people, 1, "an invented reason",
	    DAY_NONE};

	world_ok(w, store_restrict(w->s, &r, &w->e));
	assert_int_equal(count(w, &one).children, 2);	/* one is named too */
	raw_person(w->s, "Bram Oystercatcher", "practitioner");
	raw_become(w->s, "Bram Oystercatcher");
	assert_int_equal(count(w, &one).children, 1);
}

static bool
stop_at_second(uint64_t done, uint64_t all, void *ctx)
{
	(void)ctx;
	assert_true(done <= all);
	return done < 1;
}

static void
counting_can_be_stopped(void **state)
{
	struct world *w = *state;
	struct case_id id = child(w, "WREN-1", "2012-03-01", NULL);
	const struct rare_query q = {.id = &id,
	    .in = store_default_instrument(w->s), .today = TODAY,
	    .progress = stop_at_second};
	struct rare_counts n;

	(void)child(w, "WREN-2", "2012-03-01", NULL);
	assert_int_equal(store_rare(w->s, &q, &n, &w->e), RC_CANCELLED);
}

int
main(void)
{
#define RARE(fn) cmocka_unit_test_setup_teardown(fn, disposing_make, \
	    disposing_unmake)
	const struct CMUnitTest tests[] = {
		RARE(children_are_counted_by_what_they_share),
		RARE(who_has_more_signs_has_these),
		RARE(a_case_carried_on_is_no_other_child),
		RARE(what_is_restricted_to_others_is_not_counted),
		RARE(counting_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
