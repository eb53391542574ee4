/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report: its tables, what is hidden in it, and what is asked before that is
 * shown.
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
#include "core/xalloc.h"
#include "tests/golden/collationfake.h"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

static struct collation_fake *it;

/* ---- a report ---- */

static void
make_report(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	static const char *const heads[] = {"Area", "Children",
	    "Known victims", "Per 10,000"};
	static const char *const months[] = {"Month", "Children"};
	static const struct {
		const char *name;
		unsigned n, victims;
	} areas[] = {{"Invented Borough", 412, 31}, {ZOE, 38, 3},
	    {"Sample Town", 12, 0}, {"Nowhere", 200, 22}};
	struct report_table *t = report_table_add(out, "areas",
	    "Children by area", heads, 4);
	struct report_cell *c;
	uint32_t *cases;
	char name[16];

	(void)needs;
	t->chart = 1;
	for (size_t i = 0; i < 4; i++) {
		c = report_row(t);
		report_text(&c[0], areas[i].name);
		report_count(&c[1], areas[i].n);
		cases = xcalloc(f->n > 0 ? f->n : 1, sizeof(*cases));
		for (size_t k = 0; k < f->n; k++)
			cases[k] = (uint32_t)k;
		report_cases(&c[1], cases, f->n);
		report_count(&c[2], areas[i].victims);
		report_cases(&c[2], xcalloc(3, sizeof(*cases)), 3);
		report_rate(&c[3], areas[i].n, 41200);
	}
	report_note(t, "Children with an indicator, by where they live.");
	t = report_table_add(out, "months", "Children by month", months, 2);
	t->chart = 1;
	for (unsigned i = 1; i <= 11; i++) {
		c = report_row(t);
		(void)snprintf(name, sizeof(name), "2026-%02u", i);
		report_text(&c[0], name);
		report_count(&c[1], i * 7 % 40 + 5);
	}
}

static const struct report_def areas_def = {.name = "areas",
    .title = "Hotspots", .help = "Where.", .make = make_report,
    .published = true, .population = true};

static struct pane *
report(void)
{
	struct reportscreen_opts o = {.source = collation_fake_source(),
	    .def = &areas_def,
	    .window = window_months(moment_day(GOLDEN_NOW), 12),
	    .open = fake_open};

	return reportscreen_new(&o);
}

static void
report_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = fake_shown(report(), sizes[i]);

		golden_check(g, "collation-report");
		golden_keys(g, "v");
		golden_check(g, "collation-grid");
		golden_keys(g, "v Tab");
		golden_check(g, "collation-months");
		golden_free(g);
	}
}

static void
a_number_opens_its_cases(void **state)
{
	struct golden *g = fake_shown(report(), sizes[1]);

	(void)state;
	golden_keys(g, "Right Enter");
	golden_shows(g, "5 cases");
	golden_shows(g, "2 restricted cases");
	golden_keys(g, "j Enter");
	assert_string_equal(it->asked, "open 2");
	golden_free(g);
}

static void
a_report_is_written(void **state)
{
	struct golden *g = fake_shown(report(), sizes[1]);

	(void)state;
	golden_keys(g, "w Down Enter '/etc/x.csv' Enter");
	golden_shows(g, "does not reach");
	golden_keys(g, "^U 'x.csv' Enter 'for the board in December' Enter");
	golden_keys(g, "");
	assert_string_equal(it->asked, "write areas csv x.csv suppressed");
	golden_shows(g, "Written to x.csv");
	golden_free(g);
	it->lacking = true;
	it->asked[0] = '\0';
	g = fake_shown(report(), sizes[1]);
	golden_keys(g, "w");
	golden_shows(g, "your role may not");
	golden_free(g);
}

/* ---- what can tell who a child is ---- */

#define WHY "'looking for the outlier' Enter"

static void
every_count_needs_a_reason_once_a_view(void **state)
{
	struct golden *g = fake_shown(report(), sizes[1]);

	(void)state;
	golden_keys(g, "s");
	golden_shows(g, "Why");
	golden_check(g, "collation-why");
	golden_keys(g, "'short' Enter");
	assert_string_equal(it->asked, "");
	golden_keys(g, "^U " WHY " 'arias' Enter");
	golden_shows(g, "Type areas to go on");
	assert_string_equal(it->asked, "");
	golden_keys(g, "^U 'areas' Enter");
	golden_keys(g, "");
	assert_string_equal(it->asked, "tell areas of 5: looking for the outlier");
	golden_shows(g, "EVERY COUNT");
	golden_shows(g, "not for publication");
	it->asked[0] = '\0';
	golden_keys(g, "s");
	golden_hides(g, "EVERY COUNT");
	golden_keys(g, "s");
	golden_shows(g, "EVERY COUNT");
	assert_string_equal(it->asked, "");
	/* Other days are other numbers: another entry, the same reason. */
	golden_keys(g, "f ^U '3' Enter");
	golden_keys(g, "");
	assert_string_equal(it->asked, "tell areas of 5: looking for the outlier");
	golden_shows(g, "EVERY COUNT");
	golden_free(g);
}

static void
nothing_is_shown_without_a_reason(void **state)
{
	struct golden *g = fake_shown(report(), sizes[1]);

	(void)state;
	golden_keys(g, "s Esc");
	golden_keys(g, "");
	golden_hides(g, "EVERY COUNT");
	golden_shows(g, "nobody said why");
	golden_shows(g, "Children by area");
	it->lacking = true;
	golden_keys(g, "s");
	golden_hides(g, "EVERY COUNT");
	golden_shows(g, "your role may not");
	it->lacking = false;
	it->failing = true;
	golden_keys(g, "s " WHY " 'areas' Enter");
	golden_keys(g, "");
	golden_shows(g, "The store cannot be written");
	golden_hides(g, "EVERY COUNT");
	golden_free(g);
}

/* The second row has 3 known victims: how many cases would tell it. */
static void
a_hidden_number_opens_its_cases_for_a_reason(void **state)
{
	struct golden *g = fake_shown(report(), sizes[1]);

	(void)state;
	golden_keys(g, "j Right Right");
	golden_shows(g, "Enter asks why");
	golden_keys(g, "Enter");
	golden_shows(g, "This number is hidden");
	golden_keys(g, WHY " 'areas' Enter");
	golden_keys(g, "");
	assert_string_equal(it->asked, "tell areas of 5: looking for the outlier");
	golden_shows(g, "3 cases");
	golden_keys(g, "Esc");
	golden_keys(g, "");
	golden_hides(g, "EVERY COUNT");
	golden_free(g);
}

static void
make_rows(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	static const char *const heads[] = {"Child", "Birth"};
	struct report_cell *row = report_row(report_table_add(out, "rows",
	    "Rows", heads, 2));

	(void)f;
	(void)needs;
	report_text(&row[0], "INV-7");
	report_text(&row[1], "01/05/2012");
}

static const struct report_def rows_def = {.name = "rows",
    .title = "Rows", .help = "Who.", .make = make_rows, .personal = true};

static struct pane *
rows(void)
{
	struct reportscreen_opts o = {.source = collation_fake_source(),
	    .def = &rows_def,
	    .window = window_months(moment_day(GOLDEN_NOW), 12),
	    .open = fake_open};

	return reportscreen_new(&o);
}

static void
rows_about_children_need_a_reason_first(void **state)
{
	struct golden *g = fake_shown(rows(), sizes[1]);

	(void)state;
	golden_shows(g, "rows about children");
	golden_hides(g, "INV-7");
	golden_keys(g, WHY " 'rows' Enter");
	golden_keys(g, "");
	assert_string_equal(it->asked, "tell rows of 5: looking for the outlier");
	golden_shows(g, "INV-7");
	golden_keys(g, "p");
	golden_hides(g, "Population:");
	golden_free(g);
	it->lacking = true;
	g = fake_shown(rows(), sizes[1]);
	golden_shows(g, "your role may not");
	golden_hides(g, "INV-7");
	golden_free(g);
}

static struct pane *
below(void)
{
	struct collation_opts o = {.source = collation_fake_source(),
	    .take = fake_take,
	    .links = fake_links, .joined = fake_joined,
	    .report = fake_report};

	return collationscreen_new(&o);
}

/* Esc leads back to where one came from, not to an empty report. */
static void
without_a_reason_the_rows_are_left(void **state)
{
	struct golden *g = fake_shown(below(), sizes[1]);

	(void)state;
	app_push(golden_app(g), rows());
	golden_keys(g, "");
	golden_shows(g, "rows about children");
	golden_keys(g, "Esc");
	golden_keys(g, "");
	golden_hides(g, "INV-7");
	golden_shows(g, "Three or more only when joined");
	golden_free(g);
}

static void
make_none(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	static const char *const heads[] = {"Child", "Birth"};

	(void)f;
	(void)needs;
	(void)report_table_add(out, "rows", "Rows", heads, 2);
}

/* An empty page might be read as "all is well", or as not counted yet. */
static void
a_table_without_rows_says_so(void **state)
{
	static const struct report_def none = {.name = "none",
	    .title = "None", .help = "Who.", .make = make_none};
	struct reportscreen_opts o = {.source = collation_fake_source(),
	    .def = &none, .window = window_months(moment_day(GOLDEN_NOW), 12),
	    .open = fake_open};
	struct golden *g = fake_shown(reportscreen_new(&o), sizes[1]);

	(void)state;
	golden_shows(g, "No row: nothing of it is written down");
	golden_free(g);
}

/* ---- the note below a table ---- */

static void
make_long(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	static const char *const heads[] = {"What", "How many"};
	struct report_table *t = report_table_add(out, "long", "Long", heads,
	    2);

	(void)f;
	(void)needs;
	for (unsigned i = 0; i < 40; i++) {
		struct report_cell *c = report_row(t);

		report_text(&c[0], "a row");
		report_count(&c[1], i == 0 ? 3 : 10 + i);
	}
	report_note(t, "What is counted here is what was written down, and "
	    "what nobody wrote down is in none of these rows: a low number may "
	    "be a place where all is well or one where nobody looks. A child "
	    "is counted once in each row, and may be in several of them, so "
	    "that these numbers do not add up. Shares are of those for whom "
	    "it is known, and rates of those who live there, by the file of "
	    "the board, at the lastword.");
}

static const struct report_def long_def = {.name = "long",
    .title = "Long", .help = "Long.", .make = make_long, .published = true};

static struct golden *
long_shown(const int *size)
{
	struct reportscreen_opts o = {.source = collation_fake_source(),
	    .def = &long_def,
	    .window = window_months(moment_day(GOLDEN_NOW), 12),
	    .open = fake_open};

	return fake_shown(reportscreen_new(&o), size);
}

/* Half a sentence may say the reverse of the whole. */
static void
a_note_is_read_to_its_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct golden *g = long_shown(sizes[i]);

		golden_shows(g, "lastword.");
		golden_hides(g, "i note");
		golden_check(g, "collation-long");
		golden_free(g);
	}
}

static void
a_note_without_room_is_shown_by_a_key(void **state)
{
	static const int low[][2] = {{40, 10}, {40, 16}, {60, 20}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct golden *g = long_shown(low[i]);

		golden_hides(g, "lastword.");
		golden_shows(g, "i note");
		if (low[i][1] > 10)
			golden_shows(g, "i shows the rest of this note.");
		golden_keys(g, "i");
		golden_hides(g, "1 of 1: Long");
		golden_keys(g, "End");
		golden_shows(g, "lastword.");
		golden_keys(g, "Esc");
		golden_keys(g, "");
		golden_shows(g, "1 of 1: Long");
		golden_free(g);
	}
}

/* ---- what a report needs ---- */

/* Zeros in place of what could not be read would be believed. */
static void
what_a_report_lacks_stands_in_place_of_numbers(void **state)
{
	struct golden *g;

	(void)state;
	(void)snprintf(it->wanting, sizeof(it->wanting), "population/local.yaml:4:7: "
	    "a whole number was expected");
	g = fake_shown(report(), sizes[1]);
	golden_shows(g, "population/local.yaml:4:7");
	golden_hides(g, "412");
	golden_keys(g, "p");
	golden_shows(g, "Population:");
	golden_keys(g, "'bad' Tab Enter");
	golden_shows(g, "bad.yaml:3:5");
	golden_hides(g, "412");
	golden_keys(g, "p 'boa' Tab Enter");
	golden_keys(g, "");
	assert_string_equal(it->asked, "population board.yaml");
	golden_shows(g, "412");
	golden_free(g);
}

#define TEST(f) cmocka_unit_test_setup(f, collation_fake_fresh)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(report_every_size),
		TEST(a_table_without_rows_says_so),
		TEST(a_number_opens_its_cases),
		TEST(a_report_is_written),
		TEST(every_count_needs_a_reason_once_a_view),
		TEST(nothing_is_shown_without_a_reason),
		TEST(a_hidden_number_opens_its_cases_for_a_reason),
		TEST(rows_about_children_need_a_reason_first),
		TEST(without_a_reason_the_rows_are_left),
		TEST(a_note_is_read_to_its_end),
		TEST(a_note_without_room_is_shown_by_a_key),
		TEST(what_a_report_lacks_stands_in_place_of_numbers),
	};
	int failed;

	if (sodium_init() < 0)
		return 99;
	it = collation_fake();
	it->desk = desk_new();
	failed = cmocka_run_group_tests_name("reports", tests, NULL, NULL);
	desk_free(it->desk);
	return failed;
}
