/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Collation: what came in, the joined list, one child whole.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "tests/golden/collationfake.h"
#include "tui/caserows.h"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

static struct collation_fake *it;

/* ---- the first screen ---- */

static struct pane *
first(void)
{
	struct collation_opts o = {.source = collation_fake_source(),
	    .take = fake_take,
	    .links = fake_links, .joined = fake_joined,
	    .report = fake_report};

	return collationscreen_new(&o);
}

static void
first_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = fake_shown(first(), sizes[i]);

		golden_check(g, "collation");
		golden_free(g);
	}
}

static void
rows_open_what_they_say(void **state)
{
	struct golden *g = fake_shown(first(), sizes[1]);

	(void)state;
	golden_keys(g, "Enter");
	assert_string_equal(it->asked, "take");
	golden_keys(g, "j j Enter");
	assert_string_equal(it->asked, "links");
	golden_keys(g, "j Enter");
	assert_string_equal(it->asked, "joined");
	golden_keys(g, "j Enter");
	assert_memory_equal(it->asked, "report ", 7);
	golden_keys(g, "a");
	assert_string_equal(it->asked, "take");
	golden_free(g);
}

static void
nothing_and_a_fault_are_told(void **state)
{
	struct golden *g;

	(void)state;
	it->none = true;
	g = fake_shown(first(), sizes[1]);
	golden_shows(g, "Nothing came in yet");
	golden_shows(g, "0 of 0 children");
	golden_free(g);
	it->failing = true;
	g = fake_shown(first(), sizes[1]);
	golden_shows(g, "the register is damaged");
	golden_free(g);
}

/* ---- the joined list ---- */

static struct pane *
joined(void)
{
	struct joined_opts o = {.source = collation_fake_source(), .open = fake_open,
	    .window = window_months(moment_day(GOLDEN_NOW), 12)};

	return joinedscreen_new(&o);
}

static void
joined_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = fake_shown(joined(), sizes[i]);

		golden_check(g, "collation-joined");
		golden_keys(g, "Enter");
		golden_check(g, "collation-child");
		golden_free(g);
	}
}

static void
a_link_is_split_and_the_list_follows(void **state)
{
	struct golden *g = fake_shown(joined(), sizes[1]);

	(void)state;
	golden_shows(g, "1 to 2 of 4 children");
	golden_keys(g, "Enter");
	golden_shows(g, "Three or more only when joined: no agency");
	golden_keys(g, "Enter");
	assert_string_equal(it->asked, "open 1");
	golden_keys(g, "j x");
	golden_shows(g, "Not the same child");
	golden_keys(g, "'Two birth dates.' Enter");
	golden_keys(g, "");
	assert_string_equal(it->asked, "split 2 from 1 of 1: Two birth dates.");
	golden_keys(g, "");
	golden_shows(g, "0 to 1 of 5 children");
	golden_free(g);
}

static void
the_window_is_chosen(void **state)
{
	struct golden *g = fake_shown(joined(), sizes[1]);

	(void)state;
	golden_keys(g, "f ^U '3' Enter");
	golden_keys(g, "");
	golden_shows(g, "from 22 August 2026 to 22 November 2026");
	golden_keys(g, "f ^U 'all' Enter");
	golden_keys(g, "");
	golden_shows(g, "at any time");
	golden_keys(g, "f ^U 'last week' Enter");
	golden_shows(g, "last week");
	it->none = true;
	golden_keys(g, "f ^U '2026-01-01..2026-02-01' Enter");
	golden_keys(g, "");
	golden_shows(g, "No case has an indicator");
	golden_free(g);
}

static void
row_shows(const char *reference, int w, const char *wanted)
{
	struct caserow row = {.r = {.reference = reference, .name = "A. Moss",
	    .owner = "", .due_why = ""}};
	struct caserow_look look = {.now = 0};
	struct cellbuf b;
	struct view v;
	struct str text;

	cellbuf_init(&b, w, 1);
	v = view_of(&b);
	caserow_draw(&v, 0, &row, &look);
	str_init(&text);
	cellbuf_rows(&b, &text);
	assert_non_null(strstr(text.s, wanted));
	str_release(&text);
	cellbuf_release(&b);
}

/* Cases of one agency must not all be called the same. */
static void
a_long_reference_keeps_its_own_part(void **state)
{
	(void)state;
	row_shows("Invented High School/S-0118", 80, "\xE2\x80\xA6/S-0118 ");
	row_shows("K-0142", 80, "K-0142 ");
	row_shows("A/7", 80, "A/7 ");
	row_shows("Invented-High-School/", 80, "Invented-\xE2\x80\xA6");
}

#define TEST(f) cmocka_unit_test_setup(f, collation_fake_fresh)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(first_every_size),
		TEST(a_long_reference_keeps_its_own_part),
		TEST(rows_open_what_they_say),
		TEST(nothing_and_a_fault_are_told),
		TEST(joined_every_size),
		TEST(a_link_is_split_and_the_list_follows),
		TEST(the_window_is_chosen),
	};
	int failed;

	if (sodium_init() < 0)
		return 99;
	it = collation_fake();
	it->desk = desk_new();
	failed = cmocka_run_group_tests_name("collation", tests, NULL, NULL);
	desk_free(it->desk);
	return failed;
}
