/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a report: cells in words, suppression, paper. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/report.h"

static const struct joined_window year = {20454, 20818};

static void
reads(const struct report_cell *c, const char *want)
{
	struct str s;

	str_init(&s);
	report_cell_words(c, &s);
	assert_string_equal(s.s, want);
	str_release(&s);
}

static void
cells_in_words(void **state)
{
	struct report_cell c = {.type = REPORT_NONE};

	(void)state;
	reads(&c, "-");
	report_count(&c, 12);
	reads(&c, "12");
	report_range(&c, 2, 4);
	reads(&c, "2 to 4");
	report_range(&c, 7, 7);
	reads(&c, "7");
	report_rate(&c, 14, 41200);
	reads(&c, "3.4");
	report_rate(&c, 14, 0);
	reads(&c, "-");
	report_share(&c, 9, 20);
	reads(&c, "45.0% of 20");
	report_share(&c, 2, 3);
	reads(&c, "66.7% of 3");
}

/* Areas by two counts, a rate, with a row and a column of totals. */
static struct report_table *
areas(struct report *r, const uint64_t (*n)[2], size_t rows)
{
	static const char *const heads[] = {"Area", "At risk", "Victims",
	    "All", "Per 10,000"};
	struct report_table *t;
	uint64_t a = 0, b = 0;

	report_init(r, "areas", "Areas", &year);
	t = report_table_add(r, "areas", "By area", heads, 5);
	for (size_t i = 0; i <= rows; i++) {
		uint64_t x = i < rows ? n[i][0] : a, y = i < rows ? n[i][1] : b;
		struct report_cell *c = report_row(t);

		report_text(&c[0], i < rows ? "An invented area" : "All");
		report_count(&c[1], x);
		report_count(&c[2], y);
		report_count(&c[3], x + y);
		report_rate(&c[4], x + y, 10000);
		a += x;
		b += y;
	}
	return t;
}

static const bool counted[] = {false, true, true, true, false};

static void
a_small_count_and_what_tells_it_go(void **state)
{
	static const uint64_t n[][2] = {{12, 3}, {20, 9}, {31, 40}};
	struct report r;
	struct report_table *t = areas(&r, n, 3);
	size_t hidden = 0;

	(void)state;
	report_suppress(t, counted, true, true);
	reads(&t->cells[2], "c");
	/* Its row would tell it, and its rate. */
	reads(&t->cells[4], "c");
	for (size_t i = 0; i < 4 * 5; i++)
		hidden += t->cells[i].type == REPORT_SUPPRESSED &&
		    i % 5 != 4;
	assert_true(hidden >= 4);
	reads(&t->cells[3 * 5 + 3], "115");
	report_release(&r);
}

static void
nothing_small_stays_whole(void **state)
{
	static const uint64_t n[][2] = {{12, 30}, {20, 9}};
	struct report r;
	struct report_table *t = areas(&r, n, 2);

	(void)state;
	report_suppress(t, counted, true, true);
	for (size_t i = 0; i < 3 * 5; i++)
		assert_int_not_equal(t->cells[i].type, REPORT_SUPPRESSED);
	report_release(&r);
}

/* "0 to 3" would say that there are under five. */
static void
both_ends_of_a_range_are_protected(void **state)
{
	static const uint64_t n[][2] = {{12, 30}, {20, 9}};
	struct report r;
	struct report_table *t = areas(&r, n, 2);

	(void)state;
	report_range(&t->cells[1], 0, 3);
	report_suppress(t, counted, false, false);
	reads(&t->cells[1], "c");
	report_release(&r);
}

/* Of 20 all but two: that tells the two. */
static void
a_share_of_all_but_few_goes(void **state)
{
	static const char *const heads[] = {"What", "Share"};
	static const bool none[] = {false, false};
	struct report r;
	struct report_table *t;

	(void)state;
	report_init(&r, "r", "R", &year);
	t = report_table_add(&r, "t", "T", heads, 2);
	report_share(&report_row(t)[1], 18, 20);
	report_share(&report_row(t)[1], 3, 20);
	report_share(&report_row(t)[1], 10, 20);
	report_suppress(t, none, false, false);
	reads(&t->cells[1], "c");
	reads(&t->cells[3], "c");
	reads(&t->cells[5], "50.0% of 20");
	report_release(&r);
}

static void
the_cases_of_a_hidden_count_go(void **state)
{
	static const uint64_t n[][2] = {{3, 30}};
	struct report r;
	struct report_table *t = areas(&r, n, 1);
	uint32_t *list = calloc(3, sizeof(*list));

	(void)state;
	report_cases(&t->cells[1], list, 3);
	report_suppress(t, counted, true, true);
	assert_null(t->cells[1].cases);
	report_release(&r);
}

static void
paper_says_the_window_and_each_table(void **state)
{
	static const uint64_t n[][2] = {{12, 3}, {20, 9}};
	struct report r;
	struct report_table *t = areas(&r, n, 2);
	struct paper p;
	struct str s;

	(void)state;
	report_note(t, "Children under 18.");
	report_suppress(t, counted, true, true);
	report_paper(&r, "made for a test", &p);
	str_init(&s);
	paper_text(&p, 80, &s);
	assert_non_null(strstr(s.s, "By area"));
	assert_non_null(strstr(s.s, "From 1 January 2026 to 31 December"));
	assert_non_null(strstr(s.s, "Children under 18."));
	assert_null(strstr(s.s, " 3 "));
	str_release(&s);
	paper_release(&p);
	report_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_in_words),
		cmocka_unit_test(a_small_count_and_what_tells_it_go),
		cmocka_unit_test(nothing_small_stays_whole),
		cmocka_unit_test(both_ends_of_a_range_are_protected),
		cmocka_unit_test(a_share_of_all_but_few_goes),
		cmocka_unit_test(the_cases_of_a_hidden_count_go),
		cmocka_unit_test(paper_says_the_window_and_each_table),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
