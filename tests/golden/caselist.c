/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of cases: empty, few, many, filtered, searched.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/xalloc.h"
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

static char searched[64];
static size_t searches, found;

static bool refuse;

static bool
note_searched(void *ctx, struct app *app, const char *words, size_t n)
{
	(void)ctx;
	(void)app;
	(void)snprintf(searched, sizeof(searched), "%s", words);
	searches++;
	found = n;
	return !refuse;
}

static size_t asked_users;

static void
note_users(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	asked_users++;
}

static struct notices notices;

static struct notices *
give_notices(void *ctx)
{
	(void)ctx;
	return &notices;
}

static struct entry_id opened_at;

static void
note_open_at(void *ctx, struct app *app, const struct case_id *id,
    const struct entry_id *entry)
{
	note_open(ctx, app, id);
	opened_at = *entry;
}

/* ---- filters kept ---- */

static char kept[3][2][80];
static size_t nkept;

static bool
kept_nth(void *ctx, size_t i, struct str *name, struct str *text)
{
	(void)ctx;
	if (i >= nkept)
		return false;
	str_add(name, kept[i][0]);
	str_add(text, kept[i][1]);
	return true;
}

static enum rc
kept_load(void *ctx, const char *name, char **text, struct err *e)
{
	(void)ctx;
	*text = NULL;
	for (size_t i = 0; i < nkept; i++)
		if (strcmp(kept[i][0], name) == 0)
			*text = xstrdup(kept[i][1]);
	return *text != NULL ? RC_OK : err_set(e, RC_NOTFOUND,
	    "No filter is kept as \"%s\"", name);
}

static enum rc
kept_save(void *ctx, const char *name, const char *text, struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(kept[nkept][0], 80, "%s", name);
	(void)snprintf(kept[nkept++][1], 80, "%s", text);
	return RC_OK;
}

static enum rc
kept_drop(void *ctx, const char *name, struct err *e)
{
	(void)ctx;
	(void)e;
	if (strcmp(kept[nkept - 1][0], name) == 0)
		nkept--;
	return RC_OK;
}

static struct golden *
list_golden(struct fakecases *fc, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);
	struct caselist_opts o = {
		.source = fakecases_source(fc),
		.may_create = true,
		.open = note_open,
		.open_at = note_open_at,
		.saved = {NULL, kept_nth, kept_load, kept_save, kept_drop},
		.has_saved = true,
		.create = note_create,
		.users = note_users,
		.searched = note_searched,
		.notices = give_notices,
		.moved = note_moved
	};

	searches = 0;
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
	golden_keys(g, "f 'signs>=1 ri'");
	/* What may stand there is said as one types. */
	golden_shows(g, "risk: risk:high risk:potential");
	golden_keys(g, "Tab");
	golden_shows(g, "signs>=1 risk:");
	golden_keys(g, "Tab");
	golden_shows(g, "signs>=1 risk:high");
	golden_keys(g, "Tab");
	golden_shows(g, "signs>=1 risk:potential");
	golden_keys(g, "^U 'owner:I' Tab");
	golden_shows(g, "owner:\"Ilse Marwood\"");
	golden_keys(g, "^U 'kind:note,mis' Tab");
	golden_shows(g, "kind:note,missing");
	golden_keys(g, "^U 'signs'");
	golden_keys(g, "'>='");
	golden_shows(g, "signs>=3: how many signs");
	golden_free(g);
}

static void
search_as_one_types(void **state)
{
	struct fakecases fc = {.n = 40};
	struct golden *g = list_golden(&fc, 80, 24);
	struct case_id first = fakecases_id(0);

	(void)state;
	golden_keys(g, "/ 'zoe'");
	golden_check(g, "caselist-search");
	golden_keys(g, "Enter j");
	golden_check(g, "caselist-search-hit");
	golden_keys(g, "Enter");
	assert_int_equal(opens, 1);
	assert_true(case_id_equal(&opened, &first));
	assert_int_equal(opened_at.b[0], 1);
	golden_keys(g, "Esc");
	golden_shows(g, "40 of 40");
	golden_keys(g, "/ 'nobody at all'");
	golden_shows(g, "No case holds these words.");
	golden_free(g);
}

static void
results_at_every_size(void **state)
{
	(void)state;
	at_every_size(40, "/ 'zoe' Enter j j", "caselist-results");
}

/* Never "nothing" when it was not all read. */
static void
a_search_that_was_cut_says_so(void **state)
{
	struct fakecases fc = {.n = 40, .cut = true};
	struct golden *g = list_golden(&fc, 80, 24);

	(void)state;
	golden_keys(g, "/ 'zoe'");
	golden_shows(g, "there is more: add a word");
	golden_keys(g, "^U 'nobody at all'");
	golden_shows(g, "Cut short");
	golden_hides(g, "No case holds");
	golden_free(g);
}

static void
restricted_results_say_that_and_nothing_else(void **state)
{
	struct fakecases fc = {.n = 7, .restricted = 3};
	struct golden *g = list_golden(&fc, 80, 24);

	(void)state;
	golden_keys(g, "/ 'robin' Enter");
	golden_shows(g, "Restricted");
	golden_hides(g, "Robin");
	golden_hides(g, "bus station");
	golden_free(g);
}

static void
filters_are_kept_under_a_name(void **state)
{
	struct fakecases fc = {.n = 40};
	struct golden *g = list_golden(&fc, 80, 24);
	struct pane *list = app_top(golden_app(g));

	(void)state;
	nkept = 0;
	golden_keys(g, "F");
	golden_shows(g, "No filter is kept yet");
	caselist_save_filter(list, golden_app(g), "none");
	golden_keys(g, "");
	golden_shows(g, "No filter is on");
	golden_keys(g, "f 'risk:high' Enter");
	caselist_save_filter(list, golden_app(g), "most urgent");
	golden_keys(g, "");
	golden_shows(g, "Kept as most urgent");
	golden_keys(g, "f ^U 'risk:potential' Enter");
	caselist_save_filter(list, golden_app(g), "");
	golden_keys(g, "'next' Enter Esc");
	golden_hides(g, "Filter:");
	golden_keys(g, "F");
	golden_check(g, "caselist-saved");
	golden_keys(g, "Enter Enter");
	golden_shows(g, "Filter: risk:high");
	golden_keys(g, "f ^U '@ne' Tab Enter");
	golden_shows(g, "Filter: risk:potential");
	golden_keys(g, "f ^U '@nosuch' Enter");
	golden_shows(g, "No filter is kept as");
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

static void
restricted_rows_say_that_and_nothing_else(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct fakecases fc = {.n = 7, .restricted = 3};
		struct golden *g = list_golden(&fc, sizes[i][0], sizes[i][1]);

		golden_keys(g, "j");
		golden_check(g, "caselist-restricted");
		golden_hides(g, "K-0002");
		golden_hides(g, "Robin");
		golden_free(g);
	}
}

/* One search, one telling: its final words, not each key. */
static void
a_search_is_told_once(void **state)
{
	struct fakecases fc = {.n = 40};
	struct golden *g = list_golden(&fc, 80, 24);

	(void)state;
	golden_keys(g, "/ 'zoe'");
	assert_int_equal(searches, 0);
	golden_keys(g, "Enter");
	assert_int_equal(searches, 1);
	assert_string_equal(searched, "zoe");
	assert_int_equal(found, 6);
	golden_keys(g, "j Enter Esc");
	assert_int_equal(searches, 1);
	/* Left with Esc: what was seen was seen. */
	golden_keys(g, "/ 'robin' Esc");
	assert_int_equal(searches, 2);
	assert_string_equal(searched, "robin");
	/* Rubbed out before leaving: the same. */
	golden_keys(g, "/ 'alex' ^U Esc");
	assert_int_equal(searches, 3);
	assert_string_equal(searched, "alex");
	/* Nothing typed, nothing told. */
	golden_keys(g, "/ Esc / Enter");
	assert_int_equal(searches, 3);
	/* The program ends with results on the screen. */
	golden_keys(g, "/ 'sam'");
	pane_save(app_top(golden_app(g)));
	assert_int_equal(searches, 4);
	golden_keys(g, "Esc");
	assert_int_equal(searches, 4);
	/* What could not be noted is not shown any longer. */
	refuse = true;
	golden_keys(g, "/ 'robin' Enter");
	refuse = false;
	assert_int_equal(searches, 5);
	golden_hides(g, "Search: robin");
	golden_shows(g, "40 of 40");
	golden_free(g);
}

static void
add_notices(void)
{
	notices_add(&notices, STYLE_ERROR, true, "This store is older than "
	    "what this machine remembers: 12 entries of 20 November 2026 are "
	    "not in it. Ask before you work in it; type :accept when it is "
	    "meant to be so.");
	notices_add(&notices, STYLE_WARNING, false, "The last backup was "
	    "written 9 days ago. Type :backup and a file's name.");
	notices_add(&notices, STYLE_NORMAL, false, "Zo\xC3\xAB O'Brien-"
	    "\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B opened a restricted case "
	    "with a reason: :flagged shows it.");
}

static void
notices_stand_above_the_list(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	(void)state;
	notices_init(&notices);
	add_notices();
	for (size_t i = 0; i < 4; i++) {
		struct fakecases fc = {.n = 40};
		struct golden *g = list_golden(&fc, sizes[i][0], sizes[i][1]);

		golden_check(g, "caselist-notices");
		golden_free(g);
	}
	notices_release(&notices);
}

/* Esc hides what may wait; what must not be overlooked stays. */
static void
grave_notice_stays(void **state)
{
	struct fakecases fc = {.n = 40};
	struct golden *g;

	(void)state;
	notices_init(&notices);
	add_notices();
	g = list_golden(&fc, 80, 24);
	golden_shows(g, "The last backup");
	golden_keys(g, "Esc");
	golden_hides(g, "The last backup");
	golden_shows(g, "! This store is older");
	golden_keys(g, "Esc");
	golden_shows(g, "! This store is older");
	golden_keys(g, "f 'risk:high' Enter");
	golden_shows(g, "! This store is older");
	app_push(golden_app(g), notices_screen_new(&notices));
	golden_keys(g, "");
	golden_check(g, "notices");
	golden_keys(g, "Esc");
	golden_free(g);
	notices_release(&notices);
}

static void
people_are_a_key_away(void **state)
{
	struct fakecases fc = {.n = 5};
	struct golden *g = list_golden(&fc, 80, 24);

	(void)state;
	golden_shows(g, "U people");
	golden_keys(g, "U");
	assert_int_equal(asked_users, 1);
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
		cmocka_unit_test(results_at_every_size),
		cmocka_unit_test(a_search_that_was_cut_says_so),
		cmocka_unit_test(restricted_results_say_that_and_nothing_else),
		cmocka_unit_test(filters_are_kept_under_a_name),
		cmocka_unit_test(only_visible_rows_are_read),
		cmocka_unit_test(opens_and_creates),
		cmocka_unit_test(who_may_not_create_is_told),
		cmocka_unit_test(fault_of_the_store_is_shown_whole),
		cmocka_unit_test(restricted_rows_say_that_and_nothing_else),
		cmocka_unit_test(a_search_is_told_once),
		cmocka_unit_test(notices_stand_above_the_list),
		cmocka_unit_test(grave_notice_stays),
		cmocka_unit_test(people_are_a_key_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
