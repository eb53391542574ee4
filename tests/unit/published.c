/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is hidden in published reports, and what is not, in tables made for it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/report.h"
#include "core/xalloc.h"

static const struct joined_window ever = {DAY_NONE, DAY_NONE};

static void
add_row(struct report_table *t, const char *name, const uint64_t *n,
    size_t classes)
{
	struct report_cell *row = report_row(t);
	uint64_t sum = 0;

	report_text(&row[0], name);
	for (size_t c = 0; c < classes; c++) {
		report_count(&row[1 + c], n[c]);
		sum += n[c];
	}
	if (classes > 1)
		report_count(&row[1 + classes], sum);
}

static size_t
hidden_in(const struct report_table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->nrows * t->ncolumns; i++)
		n += t->cells[i].type == REPORT_SUPPRESSED;
	return n;
}

/* ---- parts of nothing ---- */

/* Two tables share a total of 2, so that neither shows a column. */
static void
a_part_of_nothing_is_nothing(void **state)
{
	static const char *const heads[] = {"Row", "A", "B", "All"};
	static const bool marked[] = {false, true, true, true};
	static const uint64_t n[][2] = {{2, 9}, {0, 0}, {0, 12}}, all[] =
	    {2, 21};
	const struct report_cell *c;
	struct report r;

	(void)state;
	report_init(&r, "r", "R", &ever);
	for (size_t t = 0; t < 2; t++) {
		struct report_table *to = report_table_add(&r, "t", "T",
		    heads, 4);

		for (size_t i = 0; i < 3; i++)
			add_row(to, "a row", n[i], 2);
		add_row(to, "All", all, 2);
		report_totals(to, marked, true, true);
		report_share_totals(to, 1);
	}
	report_publish(&r);
	c = r.tables[0].cells;
	assert_int_equal(c[1].type, REPORT_SUPPRESSED);
	assert_int_equal(c[2].type, REPORT_SUPPRESSED);
	for (size_t i = 5; i < 8; i++) {
		assert_int_equal(c[i].type, REPORT_COUNT);
		assert_int_equal(c[i].count, 0);
	}
	/* Among 12 it could be anything. */
	assert_int_equal(c[9].type, REPORT_SUPPRESSED);
	report_release(&r);
}

/* ---- what is worked out of what is worked out ---- */

static void
worked_out(struct report *r, const char *id, size_t table, size_t at)
{
	static const char *const heads[] = {"What", "Rate"};
	static const bool none[] = {false, false};
	struct report_table *t = report_table_add(r, id, "T", heads, 2);
	struct report_cell *row = report_row(t);
	size_t *rows = xcalloc(1, sizeof(*rows));

	report_text(&row[0], "of another");
	report_rate(&row[1], 40, 10000);
	rows[0] = at;
	report_of_rows(&row[1], table, rows, 1);
	report_totals(t, none, false, false);
}

/* The first table is of the second, that of the third, where 3 is hidden. */
static void
hiding_goes_on_until_nothing_more_follows(void **state)
{
	static const char *const heads[] = {"What", "How many"};
	struct report r;
	struct report_cell *row;

	(void)state;
	report_init(&r, "r", "R", &ever);
	worked_out(&r, "first", 1, 0);
	worked_out(&r, "second", 2, 0);
	row = report_row(report_table_add(&r, "third", "T", heads, 2));
	report_text(&row[0], "few");
	report_count(&row[1], 3);
	report_publish(&r);
	assert_int_equal(r.tables[2].cells[1].type, REPORT_SUPPRESSED);
	assert_int_equal(r.tables[1].cells[1].type, REPORT_SUPPRESSED);
	assert_int_equal(r.tables[0].cells[1].type, REPORT_SUPPRESSED);
	report_release(&r);
}

/* Its total and the rest of its column would give it back. */
static void
a_count_of_hidden_rows_is_not_told_by_its_total(void **state)
{
	static const char *const heads[] = {"What", "How many"};
	static const bool marked[] = {false, true};
	static const uint64_t n[] = {12, 30, 42};
	size_t *rows = xcalloc(1, sizeof(*rows));
	struct report_table *t;
	struct report_cell *row;
	struct report r;

	(void)state;
	report_init(&r, "r", "R", &ever);
	t = report_table_add(&r, "counts", "T", heads, 2);
	for (size_t i = 0; i < 3; i++) {
		row = report_row(t);
		report_text(&row[0], "a row");
		report_count(&row[1], n[i]);
	}
	report_totals(t, marked, true, false);
	report_of_rows(&t->cells[1], 1, rows, 1);
	t = report_table_add(&r, "few", "T", heads, 2);
	row = report_row(t);
	report_text(&row[0], "few");
	report_count(&row[1], 3);
	report_publish(&r);
	assert_int_equal(hidden_in(&r.tables[0]), 3);
	report_release(&r);
}

/* ---- very large tables ---- */

/* Past the sides that are looked at count by count all of it goes. */
static void
a_table_past_the_largest_side_shows_nothing(void **state)
{
	static const char *const heads[] = {"Row", "A", "B", "All"};
	static const bool marked[] = {false, true, true, true};
	uint64_t n[2] = {20, 30}, totals[2] = {0, 0};

	(void)state;
	for (int small = 0; small < 2; small++) {
		struct report r;
		struct report_table *t;

		report_init(&r, "r", "R", &ever);
		t = report_table_add(&r, "t", "T", heads, 4);
		totals[0] = totals[1] = 0;
		for (size_t i = 0; i <= SUPPRESS_SIDE_MAX; i++) {
			n[0] = i == 7 && small == 1 ? 3 : 20;
			add_row(t, "a row", n, 2);
			totals[0] += n[0];
			totals[1] += n[1];
		}
		add_row(t, "All", totals, 2);
		report_totals(t, marked, true, true);
		report_publish(&r);
		assert_int_equal(hidden_in(&r.tables[0]), small == 0 ? 0 :
		    (SUPPRESS_SIDE_MAX + 2) * 3);
		report_release(&r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_of_nothing_is_nothing),
		cmocka_unit_test(hiding_goes_on_until_nothing_more_follows),
		cmocka_unit_test(a_count_of_hidden_rows_is_not_told_by_its_total),
		cmocka_unit_test(a_table_past_the_largest_side_shows_nothing),
	};

	return cmocka_run_group_tests_name("published", tests, NULL, NULL);
}
