/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as text with bars, as the standard CSV and as JSON. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/report_period.h"
#include "core/reportdraw.h"
#include "exchange/reportout.h"

static const struct joined_window half = {20454, 20634};

static bool
collect(const char *bytes, size_t n, void *ctx)
{
	str_add_n(ctx, bytes, n);
	return true;
}

static void
csv_is(const struct report *r, const char *want)
{
	struct str s;
	struct out o;

	str_init(&s);
	out_init(&o, collect, &s);
	report_csv(r, &o);
	assert_true(out_finish(&o));
	assert_string_equal(s.s, want);
	out_release(&o);
	str_release(&s);
}

static void
make(struct report *r)
{
	static const char *const heads[] = {"Area", "Children", "Share",
	    "Rate", "Word"};
	struct report_table *t;
	struct report_cell *row;

	report_init(r, "test", "A test", &half);
	t = report_table_add(r, "areas", "By area", heads, 5);
	row = report_row(t);
	report_text(&row[0], "=Invented");
	report_range(&row[1], 9, 7);
	report_share(&row[2], 9, 20);
	report_rate(&row[3], 14, 41200);
	report_text(&row[4], "a, b");
	row = report_row(t);
	report_text(&row[0], "Sample Town");
	report_count(&row[1], 3);
	t->chart = 1;
}

static void
the_standard_csv_has_one_shape(void **state)
{
	static const bool marked[] = {false, true, false, false, false};
	struct report r;

	(void)state;
	make(&r);
	report_totals(&r.tables[0], marked, false, false);
	report_publish(&r);
	csv_is(&r, "report,table,row,column,value,of,lower,upper\r\n"
	    "test,areas,'=Invented,Children,7 to 9,,7,9\r\n"
	    "test,areas,'=Invented,Share,45.0,20,9,9\r\n"
	    "test,areas,'=Invented,Rate,3.4,41200,14,14\r\n"
	    "test,areas,'=Invented,Word,\"a, b\",,,\r\n"
	    "test,areas,Sample Town,Children,c,,,\r\n"
	    "test,areas,Sample Town,Share,,,,\r\n"
	    "test,areas,Sample Town,Rate,,,,\r\n"
	    "test,areas,Sample Town,Word,,,,\r\n");
	report_release(&r);
}

static void
rows_are_a_csv_of_their_own(void **state)
{
	struct report r;
	struct str s;
	struct out o;

	(void)state;
	make(&r);
	str_init(&s);
	out_init(&o, collect, &s);
	report_table_csv(&r.tables[0], &o);
	assert_true(out_finish(&o));
	assert_string_equal(s.s, "Area,Children,Share,Rate,Word\r\n"
	    "'=Invented,7 to 9,45.0,3.4,\"a, b\"\r\n"
	    "Sample Town,3,,,\r\n");
	out_release(&o);
	str_release(&s);
	report_release(&r);
}

static void
json_has_the_cells(void **state)
{
	struct report r;
	const json_t *row, *cell;
	json_t *o;

	(void)state;
	make(&r);
	o = report_json(&r);
	assert_string_equal(json_string_value(json_object_get(o, "from")),
	    "2026-01-01");
	row = json_array_get(json_object_get(json_array_get(
	    json_object_get(o, "tables"), 0), "rows"), 0);
	assert_int_equal(json_array_size(row), 5);
	cell = json_array_get(row, 1);
	assert_int_equal(json_integer_value(json_object_get(cell, "lower")),
	    7);
	assert_int_equal(json_integer_value(json_object_get(cell, "upper")),
	    9);
	assert_true(json_is_null(json_array_get(json_array_get(
	    json_object_get(json_array_get(json_object_get(o, "tables"), 0),
	    "rows"), 1), 2)));
	json_decref(o);
	report_release(&r);
}

/* What is hidden is in none of the forms. */
static void
what_is_suppressed_leaves_in_no_form(void **state)
{
	static const enum leave_format forms[] = {LEAVE_TEXT, LEAVE_CSV,
	    LEAVE_JSON};
	const struct report_def def = {.name = "test"};
	struct report_part parts[] = {
		{"Invented", 4, 4, NULL, 0}, {"Sample", 9876, 9876, NULL, 0},
		{"Other", 0, 0, NULL, 0}
	};
	struct report r;
	struct str s, unknown;

	(void)state;
	report_init(&r, "test", "Parts", &half);
	(void)report_parts(&r, "parts", "Parts", parts, 3);
	report_publish(&r);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const struct report_order o = {&def, forms[i], "", 0};

		str_init(&s);
		str_init(&unknown);
		assert_int_equal(report_bytes(&r, &o, &s, &unknown, NULL),
		    RC_OK);
		/* The total stands, and by it alone nothing is told. */
		assert_non_null(strstr(s.s, "9880"));
		assert_null(strstr(s.s, "9876"));
		str_release(&s);
		str_release(&unknown);
	}
	report_release(&r);
}

/* ---- drawn ---- */

static void
drawn(const struct report *r, const struct report_draw *d, const char *want)
{
	struct str s;

	str_init(&s);
	report_draw_table(&r->tables[0], d, &s);
	assert_string_equal(s.s, want);
	str_release(&s);
}

static void
bars_stand_beside_the_column(void **state)
{
	const struct report_draw d = {.columns = 60},
	    ascii = {.columns = 60, .ascii = true};
	struct report r;

	(void)state;
	make(&r);
	drawn(&r, &d, "\nBy area\n"
	    "Area         Children        Share  Rate  Word\n"
	    "=Invented      7 to 9  45.0% of 20   3.4  a, b  ████████████\n"
	    "Sample Town         3            -     -  -     ████\n");
	drawn(&r, &ascii, "\nBy area\n"
	    "Area         Children        Share  Rate  Word\n"
	    "=Invented      7 to 9  45.0% of 20   3.4  a, b  ############\n"
	    "Sample Town         3            -     -  -     ####\n");
	report_release(&r);
}

static void
what_is_too_wide_is_told_row_by_row(void **state)
{
	const struct report_draw d = {.columns = 40};
	struct report r;

	(void)state;
	make(&r);
	report_text(&r.tables[0].cells[4], "more words than would ever find "
	    "room in a column");
	drawn(&r, &d, "\nBy area\n=Invented\n    Children: 7 to 9\n"
	    "    Share: 45.0% of 20\n    Rate: 3.4\n"
	    "    Word: more words than would ever\n"
	    "    find room in a column\n"
	    "Sample Town\n    Children: 3\n    Share: -\n    Rate: -\n"
	    "    Word: -\n");
	report_release(&r);
}

static void
sparks_rise_and_hide(void **state)
{
	static const uint64_t n[] = {0, 1, 8, SPARK_HIDDEN, 4};
	struct str s;

	(void)state;
	str_init(&s);
	draw_spark(&s, n, 5, false);
	str_add(&s, " ");
	draw_spark(&s, n, 5, true);
	str_add(&s, " ");
	draw_bar(&s, 1, 1000000, 4, false);
	draw_bar(&s, 3, 8, 2, false);
	draw_bar(&s, 0, 0, 2, true);
	draw_bar(&s, 9, 8, 2, true);
	assert_string_equal(s.s, "▁▁█c▄ __#c- ▏   ▊   ##");
	str_release(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_standard_csv_has_one_shape),
		cmocka_unit_test(rows_are_a_csv_of_their_own),
		cmocka_unit_test(json_has_the_cells),
		cmocka_unit_test(what_is_suppressed_leaves_in_no_form),
		cmocka_unit_test(bars_stand_beside_the_column),
		cmocka_unit_test(what_is_too_wide_is_told_row_by_row),
		cmocka_unit_test(sparks_rise_and_hide),
	};

	return cmocka_run_group_tests_name("reportout", tests, NULL, NULL);
}
