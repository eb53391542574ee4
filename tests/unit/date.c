/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
/* British time by rule, so that no zone files are needed. */
#define BRITISH "GMT0BST,M3.5.0/1,M10.5.0"

static uint32_t seed;

static uint32_t
any_number(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed;
}

static int32_t
day(int year, int month, int of_month)
{
	return day_from_civil((struct civil){ year, month, of_month });
}

static void
test_known_days(void **state)
{
	static const struct {
		int year, month, day;
		int32_t n;
		int weekday;	/* 0 Monday */
	} known[] = {
		{ 1970, 1, 1, 0, 3 }, { 1969, 12, 31, -1, 2 },
		{ 2000, 1, 1, 10957, 5 }, { 2000, 2, 29, 11016, 1 },
		{ 2026, 11, 22, 20779, 6 }, { 1900, 1, 1, -25567, 0 },
		{ 2038, 1, 19, 24855, 1 }, { 1800, 1, 1, -62091, 2 },
		{ 2200, 12, 31, 84370, 2 }
	};

	(void)state;
	for (size_t i = 0; i < COUNT(known); i++) {
		struct civil c = day_to_civil(known[i].n);

		assert_int_equal(day(known[i].year, known[i].month,
		    known[i].day), known[i].n);
		assert_int_equal(c.year, known[i].year);
		assert_int_equal(c.month, known[i].month);
		assert_int_equal(c.day, known[i].day);
		assert_int_equal(day_of_week(known[i].n), known[i].weekday);
	}
}

/* Every day of the years that are served, one after the other. */
static void
test_every_day(void **state)
{
	struct civil c = { YEAR_MIN, 1, 1 };
	int32_t n = day_from_civil(c);
	int weekday = 2;

	(void)state;
	while (c.year <= YEAR_MAX) {
		struct civil back = day_to_civil(n);

		assert_true(civil_valid(c));
		assert_int_equal(day_from_civil(c), n);
		assert_memory_equal(&back, &c, sizeof(c));
		assert_int_equal(day_of_week(n), weekday);
		weekday = (weekday + 1) % 7;
		n++;
		if (++c.day > month_days(c.year, c.month)) {
			c.day = 1;
			c.month = c.month % 12 + 1;
			c.year += c.month == 1;
		}
	}
}

static void
test_valid(void **state)
{
	static const struct {
		struct civil c;
		bool valid;
	} cases[] = {
		{ { 2024, 2, 29 }, true }, { { 2026, 2, 29 }, false },
		{ { 2000, 2, 29 }, true }, { { 1900, 2, 29 }, false },
		{ { 2100, 2, 29 }, false }, { { 2026, 4, 31 }, false },
		{ { 2026, 0, 1 }, false }, { { 2026, 13, 1 }, false },
		{ { 2026, 1, 0 }, false }, { { 1799, 12, 31 }, false },
		{ { 1800, 1, 1 }, true }, { { 2200, 12, 31 }, true },
		{ { 2201, 1, 1 }, false }
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(civil_valid(cases[i].c), cases[i].valid);
}

static void
test_months_and_age(void **state)
{
	(void)state;
	assert_int_equal(day_add_months(day(2026, 1, 31), 1), day(2026, 2, 28));
	assert_int_equal(day_add_months(day(2024, 1, 31), 1), day(2024, 2, 29));
	assert_int_equal(day_add_months(day(2026, 3, 31), -1),
	    day(2026, 2, 28));
	assert_int_equal(day_add_months(day(2026, 3, 15), -15),
	    day(2024, 12, 15));
	assert_int_equal(day_add_months(day(2024, 2, 29), 12),
	    day(2025, 2, 28));
	assert_int_equal(day_add_months(day(2026, 5, 5), 0), day(2026, 5, 5));

	assert_int_equal(day_age(day(2010, 6, 15), day(2026, 6, 14)), 15);
	assert_int_equal(day_age(day(2010, 6, 15), day(2026, 6, 15)), 16);
	assert_int_equal(day_age(day(2008, 2, 29), day(2026, 2, 28)), 17);
	assert_int_equal(day_age(day(2008, 2, 29), day(2026, 3, 1)), 18);
	assert_int_equal(day_age(day(2026, 1, 1), day(2026, 1, 1)), 0);
	assert_int_equal(day_age(day(2026, 1, 2), day(2026, 1, 1)), -1);
	assert_int_equal(day_age(DAY_NONE, day(2026, 1, 1)), -1);
	assert_int_equal(day_age(day(2026, 1, 1), DAY_NONE), -1);
}

static void
test_day_parse(void **state)
{
	static const char *const good[] = {
		"2026-03-04", "4/3/2026", "04/03/2026", " 4/3/2026 ",
		"2026-3-4", "4 March 2026", "4 mar 2026", "04 MARCH 2026"
	};
	static const char *const bad[] = {
		"", " ", "2026-03", "2026", "4/3/26", "4/3", "2026-02-29",
		"31/4/2026", "2026-13-01", "13/13/2026", "1799-01-01",
		"2026-03-04x", "x", "4 Ma 2026", "4 Smarch 2026", "99999-1-1",
		"2026/03/04", "2026-03-04 2026-03-05", "-1/3/2026", "0/3/2026",
		"2026--1", "2201-01-01", "4 Marchs 2026"
	};
	int32_t n;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		n = 0;
		assert_int_equal(day_parse(good[i], &n, &e), RC_OK);
		assert_int_equal(n, day(2026, 3, 4));
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		err_clear(&e);
		assert_int_equal(day_parse(bad[i], &n, &e), RC_INPUT);
		assert_true(e.text[0] != '\0');
	}
	assert_int_equal(day_parse("29/2/2026", &n, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "February 2026, which has 28 days"));
	assert_int_equal(day_parse("3/31/2026", &n, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "no month 31"));
}

static const struct {
	const char *text, *canonical, *words;
} spans[] = {
	{ "2026-03-04", "2026-03-04", "4 March 2026" },
	{ "4/3/2026", "2026-03-04", "4 March 2026" },
	{ "2026-03", "2026-03", "March 2026" },
	{ "03/2026", "2026-03", "March 2026" },
	{ "3/2026", "2026-03", "March 2026" },
	{ "March 2026", "2026-03", "March 2026" },
	{ "2026", "2026", "2026" },
	{ "2026-03-01/2026-03-09", "2026-03-01/2026-03-09", "1 to 9 March 2026" },
	{ "1/3/2026 to 9/3/2026", "2026-03-01/2026-03-09", "1 to 9 March 2026" },
	{ "1/3/2026..9/3/2026", "2026-03-01/2026-03-09", "1 to 9 March 2026" },
	{ "1/3/2026 .. 9/3/2026", "2026-03-01/2026-03-09", "1 to 9 March 2026" },
	{ "2026-02-28 / 2026-03-03", "2026-02-28/2026-03-03",
	    "28 February 2026 to 3 March 2026" },
	{ "2025 to 2026-03", "2025/2026-03", "2025 to March 2026" },
	{ "2025/2026", "2025/2026", "2025 to 2026" },
	{ "03/2026/05/2026", "2026-03/2026-05", "March 2026 to May 2026" },
	{ "2026-03-04 TO 2026-03-04", "2026-03-04/2026-03-04", "4 March 2026" },
	{ "2026-03 to 2026-03-04", "2026-03/2026-03-04",
	    "March 2026 to 4 March 2026" }
};

static void
test_spans(void **state)
{
	char text[SPAN_TEXT_MAX], words[SPAN_WORDS_MAX];
	struct span s, again;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(spans); i++) {
		err_clear(&e);
		assert_int_equal(span_parse(spans[i].text, &s, &e), RC_OK);
		span_format(&s, text);
		span_words(&s, words);
		assert_string_equal(text, spans[i].canonical);
		assert_string_equal(words, spans[i].words);
		assert_int_equal(span_parse(text, &again, &e), RC_OK);
		assert_memory_equal(&again, &s, sizeof(s));
	}
}

static void
test_bad_spans(void **state)
{
	static const char *const bad[] = {
		"", "  ", "soon", "2026-03-09/2026-03-01", "2026/2025",
		"2026-03-01/", "/2026", "2026-03-01 to", "2026-03-01 2026-03-02",
		"2026-02-30", "2026-03-01/2026-02-30", "1/3/2026to9/3/2026",
		"2026..2027..2028", "13/2026", "2026-00", "26", "026", "2300"
	};
	struct span s;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		err_clear(&e);
		assert_int_equal(span_parse(bad[i], &s, &e), RC_INPUT);
		assert_int_equal(e.rc, RC_INPUT);
		assert_true(strlen(e.text) > 10);
	}
}

static void
test_span_values(void **state)
{
	struct span s = span_none();
	char text[SPAN_TEXT_MAX], words[SPAN_WORDS_MAX];
	struct err e;

	(void)state;
	assert_true(span_is_none(&s));
	assert_false(span_overlaps(&s, INT32_MIN, INT32_MAX));
	span_format(&s, text);
	span_words(&s, words);
	assert_string_equal(text, "");
	assert_string_equal(words, "");
	s = span_of_day(DAY_NONE);
	assert_true(span_is_none(&s));

	assert_int_equal(span_parse("2024-02", &s, &e), RC_OK);
	assert_int_equal(s.first, day(2024, 2, 1));
	assert_int_equal(s.last, day(2024, 2, 29));
	assert_true(span_overlaps(&s, s.last, s.last + 9));
	assert_false(span_overlaps(&s, s.last + 1, s.last + 9));
	assert_true(span_overlaps(&s, s.first - 9, s.first));
	assert_false(span_overlaps(&s, s.first - 9, s.first - 1));
	assert_int_equal(span_parse("2025 to 2026", &s, &e), RC_OK);
	assert_int_equal(s.first, day(2025, 1, 1));
	assert_int_equal(s.last, day(2026, 12, 31));
}

static struct span
any_span(void)
{
	enum precision from = (enum precision)(1 + any_number() % 3);
	enum precision to = (enum precision)(any_number() % 4);
	struct civil a = { (int)(1900 + any_number() % 200),
	    (int)(1 + any_number() % 12), 1 };
	struct civil b = { (int)(a.year + 1 + (int)(any_number() % 5)),
	    (int)(1 + any_number() % 12), 1 };
	struct civil last;

	if (from == SPAN_DAY)
		a.day = (int)(1 + any_number() % 28);
	if (from == SPAN_YEAR)
		a.month = 1;
	last = to == SPAN_NONE ? a : b;
	if ((to == SPAN_NONE ? from : to) == SPAN_YEAR)
		last.month = 12;
	if ((to == SPAN_NONE ? from : to) != SPAN_DAY)
		last.day = month_days(last.year, last.month);
	return (struct span){ day_from_civil(a), day_from_civil(last), from,
	    to };
}

static void
test_round_trips(void **state)
{
	char text[SPAN_TEXT_MAX], short_text[DAY_TEXT_MAX];
	struct span s, back;
	struct err e;

	(void)state;
	seed = 31415926;
	for (int i = 0; i < 20000; i++) {
		int32_t n = day(1800, 1, 1) + (int32_t)(any_number() % 146000);
		int32_t again = 0;

		day_format(n, short_text);
		assert_int_equal(day_parse(short_text, &again, &e), RC_OK);
		assert_int_equal(again, n);
		s = any_span();
		span_format(&s, text);
		assert_int_equal(span_parse(text, &back, &e), RC_OK);
		assert_memory_equal(&back, &s, sizeof(s));
	}
	day_format(DAY_NONE, short_text);
	assert_string_equal(short_text, "");
	day_format(INT32_MAX, short_text);
	assert_int_equal(strlen(short_text) < DAY_TEXT_MAX, 1);
}

static const struct {
	const char *text, *utc, *words;
} moments[] = {
	{ "2026-03-04 16:05", "2026-03-04T16:05:00Z", "4 March 2026 at 16:05" },
	{ "2026-07-04 16:05", "2026-07-04T15:05:00Z", "4 July 2026 at 16:05" },
	{ "2026-07-04T16:05", "2026-07-04T15:05:00Z", "4 July 2026 at 16:05" },
	{ "2026-07-04T16:05Z", "2026-07-04T16:05:00Z", "4 July 2026 at 17:05" },
	{ "4/7/2026 9:05:59", "2026-07-04T08:05:59Z", "4 July 2026 at 09:05" },
	{ "4 July 2026  00:00", "2026-07-03T23:00:00Z", "4 July 2026 at 00:00" },
	{ "1965-01-01 00:00", "1965-01-01T00:00:00Z", "1 January 1965 at 00:00" },
	/* Clocks go forward at 01:00 on 29 March and back at 02:00 on 25 October. */
	{ "2026-03-29 00:59", "2026-03-29T00:59:00Z", "29 March 2026 at 00:59" },
	{ "2026-03-29 02:00", "2026-03-29T01:00:00Z", "29 March 2026 at 02:00" },
	{ "2026-10-25 00:59", "2026-10-24T23:59:00Z", "25 October 2026 at 00:59" },
	{ "2026-10-25 01:30", "2026-10-25T00:30:00Z", "25 October 2026 at 01:30" },
	{ "2026-10-25T01:30Z", "2026-10-25T01:30:00Z",
	    "25 October 2026 at 01:30" },
	{ "2026-10-25 02:00", "2026-10-25T02:00:00Z", "25 October 2026 at 02:00" }
};

static void
test_moments(void **state)
{
	char utc[SPAN_TEXT_MAX], words[SPAN_WORDS_MAX];
	struct err e;
	int64_t ms, again;

	(void)state;
	for (size_t i = 0; i < COUNT(moments); i++) {
		err_clear(&e);
		assert_int_equal(moment_parse(moments[i].text, &ms, &e), RC_OK);
		moment_format(ms, utc);
		moment_words(ms, words);
		assert_string_equal(utc, moments[i].utc);
		assert_string_equal(words, moments[i].words);
		assert_int_equal(moment_parse(utc, &again, &e), RC_OK);
		assert_int_equal(again, ms);
	}
}

static void
test_bad_moments(void **state)
{
	static const char *const bad[] = {
		"", "2026-03-04", "16:05", "2026-03-04 24:00", "2026-03-04 1605",
		"2026-03-04 16:60", "2026-03-04 16:5", "2026-03-04 16:05:60",
		"2026-03-04 16:05 pm", "2026-02-30 16:05", "2026-03 16:05",
		"2026-03-0416:05", "2026-03-29 01:00", "2026-03-29 01:59",
		"2026-03-04T16:05+01:00", "2026-02-30T16:05Z"
	};
	struct err e;
	int64_t ms;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		err_clear(&e);
		assert_int_equal(moment_parse(bad[i], &ms, &e), RC_INPUT);
		assert_true(strlen(e.text) > 10);
	}
	assert_int_equal(moment_parse("2026-03-29 01:30", &ms, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "clocks went forward"));
}

static void
test_moment_days(void **state)
{
	char out[SPAN_WORDS_MAX], text[SPAN_TEXT_MAX];
	int64_t start;

	(void)state;
	for (int32_t n = day(1971, 11, 1); n < day(2037, 12, 31); n++) {
		start = moment_of_day(n);
		assert_int_equal(moment_day(start), n);
		assert_int_equal(moment_day(start - 1), n - 1);
	}
	/* 23 and 25 hours long. */
	assert_int_equal(moment_of_day(day(2026, 3, 30)) -
	    moment_of_day(day(2026, 3, 29)), 23 * 3600000);
	assert_int_equal(moment_of_day(day(2026, 10, 26)) -
	    moment_of_day(day(2026, 10, 25)), 25 * 3600000);
	assert_int_equal(moment_day(INT64_MAX), DAY_NONE);
	assert_int_equal(moment_day(INT64_MIN), DAY_NONE);
	moment_words(INT64_MAX, out);
	assert_string_equal(out, "");
	moment_format(INT64_MIN, text);
	assert_string_equal(text, "");
	day_words(day(2026, 11, 22), out);
	assert_string_equal(out, "Sunday 22 November 2026");
	day_words(DAY_NONE, out);
	assert_string_equal(out, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_days),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_months_and_age),
		cmocka_unit_test(test_day_parse),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_bad_spans),
		cmocka_unit_test(test_span_values),
		cmocka_unit_test(test_round_trips),
		cmocka_unit_test(test_moments),
		cmocka_unit_test(test_bad_moments),
		cmocka_unit_test(test_moment_days)
	};

	if (setenv("TZ", BRITISH, 1) != 0)
		return 99;
	tzset();
	return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
