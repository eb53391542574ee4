/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of cases: empty, few, many, filtered, searched.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/fakecases.h"
#include "tests/golden/golden.h"
#include "tui/caselist.h"

static struct case_id opened;
static size_t opens, creates, moves, moved_to;

static void
note_open(void *ctx, struct app *app, const struct case_id *id)
{
	(void)ctx;
	(void)app;
	opened = *id;
	opens++;
}

static void
note_create(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	creates++;
}

static void
note_moved(void *ctx, const char *filter, size_t at)
{
	(void)ctx;
	(void)filter;
	moves++;
	moved_to = at;
}

static struct golden *
list_golden(struct fakecases *fc, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);
	struct caselist_opts o = {
		.source = fakecases_source(fc),
		.may_create = true,
		.open = note_open,
		.create = note_create,
		.moved = note_moved
	};

	opens = creates = moves = 0;
	app_push(golden_app(g), caselist_new(&o));
	golden_keys(g, "");
	return g;
}

static void
at_every_size(size_t n, const char *keys, const char *name)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	for (size_t i = 0; i < 4; i++) {
		struct fakecases fc = {.n = n};
		struct golden *g = list_golden(&fc, sizes[i][0], sizes[i][1]);

		golden_keys(g, keys);
		golden_check(g, name);
		golden_free(g);
	}
}

static void
empty_says_what_to_do(void **state)
{
	(void)state;
	at_every_size(0, "", "caselist-empty");
}

static void
few(void **state)
{
	(void)state;
	at_every_size(7, "j j", "caselist-few");
}

static void
many(void **state)
{
	(void)state;
	at_every_size(1000, "PgDn PgDn k", "caselist-many");
}

static void
filtered(void **state)
{
	(void)state;
	at_every_size(40, "f 'risk:high' Enter", "caselist-filtered");
}

static void
fault_in_the_filter_shows_its_place(void **state)
{
	(void)state;
	at_every_size(40, "f 'risk:high signs>=many' Enter",
	    "caselist-filter-fault");
}

static void
filter_is_mended_then_cleared(void **state)
{
	struct fakecases fc = {.n = 40};
	struct golden *g = list_golden(&fc, 80, 24);

	(void)state;
	golden_keys(g, "f 'risk:low' Enter");
	golden_shows(g, "Not understood: risk:low");
	golden_shows(g, "There is no level \"low\"");
	/* The prompt is open again with what was typed. */
	golden_keys(g, "^U 'risk:potential' Enter");
	golden_hides(g, "Not understood");
	golden_shows(g, "2 of 40");
	golden_shows(g, "Filter: risk:potential");
	golden_keys(g, "Esc");
	golden_shows(g, "40 of 40");
	golden_hides(g, "Filter:");
	golden_free(g);
}

static void
filter_words_complete(void **state)
{
	struct fakecases fc = {.n = 40};
	struct golden *g = list_golden(&fc, 80, 24);

	(void)state;
	golden_keys(g, "f 'signs>=1 ri' Tab");
	golden_shows(g, "signs>=1 risk:high");
	golden_keys(g, "Tab");
	golden_shows(g, "signs>=1 risk:potential");
	golden_free(g);
}

static void
search_as_one_types(void **state)
{
	struct fakecases fc = {.n = 40};
	struct golden *g = list_golden(&fc, 80, 24);

	(void)state;
	golden_keys(g, "/ 'zoe'");
	golden_check(g, "caselist-search");
	golden_keys(g, "Enter j Enter");
	assert_int_equal(opens, 1);
	golden_keys(g, "Esc");
	golden_shows(g, "40 of 40");
	golden_keys(g, "/ 'nobody at all'");
	golden_shows(g, "No case holds these words.");
	golden_free(g);
}

/* At most a page on either side of the window is asked for. */
static void
only_visible_rows_are_read(void **state)
{
	struct fakecases fc = {.n = 100000};
	struct golden *g = list_golden(&fc, 80, 24);

	(void)state;
	assert_true(fc.fetched <= 2 * 3 * 24);
	fc.fetched = 0;
	golden_keys(g, "G");
	golden_shows(g, "K-100000");
	assert_true(fc.fetched <= 3 * 24);
	fc.fetched = 0;
	golden_keys(g, "k k k k k PgUp");
	assert_int_equal(fc.fetched, 0);
	golden_keys(g, "PgUp PgUp");
	assert_true(fc.fetched > 0 && fc.fetched <= 3 * 24);
	golden_free(g);
}

static void
opens_and_creates(void **state)
{
	struct fakecases fc = {.n = 5};
	struct golden *g = list_golden(&fc, 80, 24);
	struct case_id third = fakecases_id(2);

	(void)state;
	golden_keys(g, "j j Enter c");
	assert_int_equal(opens, 1);
	assert_true(case_id_equal(&opened, &third));
	assert_int_equal(creates, 1);
	assert_int_equal(moved_to, 2);
	golden_free(g);
}

static void
who_may_not_create_is_told(void **state)
{
	struct fakecases fc = {.n = 0};
	struct golden *g = golden_new(NULL, 80, 24);
	struct caselist_opts o = {
		.source = fakecases_source(&fc),
		.open = note_open,
		.create = note_create
	};

	(void)state;
	creates = 0;
	app_push(golden_app(g), caselist_new(&o));
	golden_keys(g, "c");
	assert_int_equal(creates, 0);
	golden_shows(g, "Your role may not open");
	golden_hides(g, "new case");
	golden_free(g);
}

static void
fault_of_the_store_is_shown_whole(void **state)
{
	struct fakecases fc = {.n = 5, .failing = true};
	struct golden *g = list_golden(&fc, 80, 24);

	(void)state;
	golden_shows(g, "damaged on page 12. Run hearken verify.");
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_says_what_to_do),
		cmocka_unit_test(few),
		cmocka_unit_test(many),
		cmocka_unit_test(filtered),
		cmocka_unit_test(fault_in_the_filter_shows_its_place),
		cmocka_unit_test(filter_is_mended_then_cleared),
		cmocka_unit_test(filter_words_complete),
		cmocka_unit_test(search_as_one_types),
		cmocka_unit_test(only_visible_rows_are_read),
		cmocka_unit_test(opens_and_creates),
		cmocka_unit_test(who_may_not_create_is_told),
		cmocka_unit_test(fault_of_the_store_is_shown_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
