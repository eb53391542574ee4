/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define HEAD "id: t\ntitle: T\nsource: s\nconfirmed-from: 1995\n" \
	"confirmed-to: 2027\n"

static struct calendar *england;

static int32_t
day(int year, int month, int of_month)
{
	return day_from_civil((struct civil){ year, month, of_month });
}

static int32_t
read_day(const char *text)
{
	int32_t n = 0;
	struct err e;

	assert_int_equal(day_parse(text, &n, &e), RC_OK);
	return n;
}

static int
load_england(void **state)
{
	const char *dir = getenv("HEARKEN_SRCDIR");
	static char text[65536];
	char path[4096];
	struct faults f;
	FILE *file;
	size_t n;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/content/calendars/"
	    "england-wales.yaml", dir == NULL ? "." : dir);
	file = fopen(path, "r");
	if (file == NULL)
		return -1;
	n = fread(text, 1, sizeof(text), file);
	(void)fclose(file);
	faults_init(&f, "england-wales.yaml");
	england = calendar_parse(text, n, &f);
	for (size_t i = 0; i < f.n; i++)
		print_error("%u:%u: %s\n", f.list[i].line, f.list[i].column,
		    f.list[i].text);
	faults_release(&f);
	return england == NULL ? -1 : 0;
}

static int
free_england(void **state)
{
	(void)state;
	calendar_free(england);
	return 0;
}

/* Month and day of Easter Sunday, 2000 to 2099, from the published tables. */
static const int easters[100] = {
	423, 415, 331, 420, 411, 327, 416, 408, 323, 412,
	404, 424, 408, 331, 420, 405, 327, 416, 401, 421,
	412, 404, 417, 409, 331, 420, 405, 328, 416, 401,
	421, 413, 328, 417, 409, 325, 413, 405, 425, 410,
	401, 421, 406, 329, 417, 409, 325, 414, 405, 418,
	410, 402, 421, 406, 329, 418, 402, 422, 414, 330,
	418, 410, 326, 415, 406, 329, 411, 403, 422, 414,
	330, 419, 410, 326, 415, 407, 419, 411, 403, 423,
	407, 330, 419, 404, 326, 415, 331, 420, 411, 403,
	416, 408, 330, 412, 404, 424, 415, 331, 420, 412
};

static void
test_easter(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++) {
		assert_int_equal(easter_sunday(2000 + i),
		    day(2000 + i, easters[i] / 100, easters[i] % 100));
		assert_int_equal(day_of_week(easter_sunday(2000 + i)), 6);
	}
	assert_int_equal(easter_sunday(1818), day(1818, 3, 22));
	assert_int_equal(easter_sunday(1943), day(1943, 4, 25));
	assert_int_equal(easter_sunday(1981), day(1981, 4, 19));
}

/* As published on gov.uk, one year a line. */
static const char *const published[] = {
	"2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 "
	    "2020-12-25 2020-12-28",
	"2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 "
	    "2021-12-27 2021-12-28",
	"2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 "
	    "2022-08-29 2022-09-19 2022-12-26 2022-12-27",
	"2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 "
	    "2023-08-28 2023-12-25 2023-12-26",
	"2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 "
	    "2024-12-25 2024-12-26",
	"2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 "
	    "2025-12-25 2025-12-26",
	"2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 "
	    "2026-12-25 2026-12-28",
	"2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 "
	    "2027-12-27 2027-12-28"
};

static void
test_published_years(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(published); i++) {
		int year = 2020 + (int)i;

		for (int32_t d = day(year, 1, 1); d <= day(year, 12, 31); d++) {
			char text[DAY_TEXT_MAX];
			bool want;

			day_format(d, text);
			want = strstr(published[i], text) != NULL;
			if (want != (calendar_holiday(england, d) != NULL))
				fail_msg("%s", text);
			assert_int_equal(calendar_is_working_day(england, d),
			    !want && day_of_week(d) < 5);
		}
	}
}

static void
test_names(void **state)
{
	static const struct {
		const char *day, *name;
	} cases[] = {
		{ "2026-01-01", "New Year's Day" },
		{ "2022-01-03", "New Year's Day (substitute day)" },
		{ "2028-01-03", "New Year's Day (substitute day)" },
		{ "2026-04-03", "Good Friday" }, { "2026-04-06", "Easter Monday" },
		{ "2026-05-04", "Early May bank holiday" },
		{ "2026-05-25", "Spring bank holiday" },
		{ "2026-08-31", "Summer bank holiday" },
		{ "2026-12-25", "Christmas Day" },
		{ "2026-12-28", "Boxing Day (substitute day)" },
		{ "2027-12-27", "Christmas Day (substitute day)" },
		{ "2027-12-28", "Boxing Day (substitute day)" },
		{ "2022-12-27", "Christmas Day (substitute day)" },
		{ "2022-12-26", "Boxing Day" },
		{ "2023-05-08", "Coronation of King Charles III" },
		{ "2022-05-30", NULL }, { "2020-05-04", NULL },
		{ "2026-12-26", NULL }, { "2026-11-22", NULL },
		{ "1999-12-31", "Millennium holiday" }
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t d = read_day(cases[i].day);
		const char *name = calendar_holiday(england, d);

		if (cases[i].name == NULL)
			assert_null(name);
		else
			assert_string_equal(name, cases[i].name);
	}
	assert_non_null(calendar_holiday_source(england, day(2022, 9, 19)));
	assert_null(calendar_holiday_source(england, day(2026, 4, 3)));
	assert_null(calendar_holiday_source(england, day(2022, 5, 30)));
	assert_string_equal(calendar_id(england), "england-wales");
	assert_string_equal(calendar_title(england), "England and Wales");
	assert_non_null(calendar_source(england));
	assert_true(calendar_confirmed_from(england) <= 2020);
	assert_true(calendar_confirmed_to(england) >= 2027);
}

static const struct {
	const char *from;
	int n;
	const char *to;
} sums[] = {
	{ "2022-06-01", 15, "2022-06-24" }, { "2022-06-01", 45, "2022-08-05" },
	{ "2025-12-24", 1, "2025-12-29" }, { "2025-12-18", 15, "2026-01-13" },
	{ "2026-11-20", 1, "2026-11-23" }, { "2026-11-21", 1, "2026-11-23" },
	{ "2026-11-22", 1, "2026-11-23" }, { "2026-11-23", 5, "2026-11-30" },
	{ "2026-04-02", 1, "2026-04-07" }, { "2027-12-24", 1, "2027-12-29" },
	{ "2022-09-16", 1, "2022-09-20" }, { "2023-05-05", 1, "2023-05-09" },
	{ "2026-11-23", -1, "2026-11-20" }, { "2025-12-29", -1, "2025-12-24" },
	{ "2026-11-22", 0, "2026-11-23" }, { "2026-11-23", 0, "2026-11-23" },
	{ "2026-12-25", 0, "2026-12-29" }
};

static void
test_sums(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sums); i++) {
		bool unconfirmed = false;
		int32_t from = read_day(sums[i].from);

		assert_int_equal(calendar_add_working_days(england, from,
		    sums[i].n, &unconfirmed), read_day(sums[i].to));
		assert_false(unconfirmed);
	}
}

static void
test_unconfirmed(void **state)
{
	int last = calendar_confirmed_to(england);
	int first = calendar_confirmed_from(england);
	bool flag = false;

	(void)state;
	(void)calendar_add_working_days(england, day(last, 12, 1), 3, &flag);
	assert_false(flag);
	(void)calendar_add_working_days(england, day(last, 12, 20), 15, &flag);
	assert_true(flag);
	(void)calendar_add_working_days(england, day(last, 12, 1), 3, &flag);
	assert_true(flag);	/* never cleared */
	flag = false;
	(void)calendar_working_days_between(england, day(first - 1, 12, 31),
	    day(first, 1, 9), &flag);
	assert_true(flag);
	flag = false;
	(void)calendar_working_days_between(england, day(first, 1, 9),
	    day(first, 1, 2), &flag);
	assert_false(flag);
	(void)calendar_add_working_days(england, day(first, 1, 3), -5, &flag);
	assert_true(flag);
	(void)calendar_add_working_days(england, day(last + 1, 1, 3), 1, NULL);
}

static uint32_t seed = 27182818;

static uint32_t
any_number(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed;
}

static void
test_there_and_back(void **state)
{
	(void)state;
	for (int i = 0; i < 3000; i++) {
		int32_t from = day(1996, 1, 1) + (int32_t)(any_number() % 15000);
		int n = (int)(1 + any_number() % 80);
		int32_t to = calendar_add_working_days(england, from, n, NULL);

		assert_true(calendar_is_working_day(england, to));
		assert_int_equal(calendar_working_days_between(england, from,
		    to, NULL), n);
		assert_int_equal(calendar_working_days_between(england, to,
		    from, NULL), -n);
		assert_int_equal(calendar_working_days_between(england, from,
		    to - 1, NULL), n - 1);
	}
	assert_int_equal(calendar_working_days_between(england,
	    day(2026, 4, 1), day(2026, 4, 1), NULL), 0);
}

static const struct {
	const char *text;
	size_t faults;
	unsigned line, column;	/* of the first */
	const char *says;
} broken[] = {
	{ "", 1, 0, 0, "" },
	{ "[]", 1, 1, 1, "map" },
	{ "id: t\ntitle: T\nsource: s\n", 1, 0, 0, "confirmed-from" },
	{ HEAD "extra: 1\n", 1, 6, 1, "unknown key" },
	{ "id: t\ntitle: T\nsource: s\nconfirmed-from: 2027\n"
	    "confirmed-to: 2020\n", 1, 5, 15, "before" },
	{ "id: t\ntitle: T\nsource: s\nconfirmed-from: 1066\n"
	    "confirmed-to: soon\n", 1, 4, 17, "whole number" },
	{ HEAD "added:\n  - day: 2026-02-30\n    name: N\n    source: s\n",
	    1, 7, 10, "no day 30" },
	{ HEAD "added:\n  - day: 2026-06-06\n    name: N\n    source: s\n",
	    1, 7, 10, "weekend" },
	{ HEAD "added:\n  - day: 2026-12-25\n    name: N\n    source: s\n",
	    1, 7, 10, "already" },
	{ HEAD "added:\n  - day: 2026-06-08\n", 2, 7, 5, "name" },
	{ HEAD "added:\n  - day: 2026-06-08\n    name: N\n    source: s\n"
	    "  - day: 2026-06-08\n    name: N\n    source: s\n",
	    1, 10, 10, "twice" },
	{ HEAD "moved:\n  - from: 2026-06-08\n    to: 2026-06-13\n"
	    "    name: N\n    source: s\n", 2, 7, 11, "no bank holiday" },
	{ HEAD "removed:\n  - day: 2026-06-08\n    source: s\n",
	    1, 7, 10, "no bank holiday" },
	{ HEAD "removed:\n  - 2026-06-08\n", 1, 7, 5, "maps" },
	{ HEAD "added: soon\n", 1, 6, 8, "list" }
};

static void
test_broken_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++) {
		struct faults f;

		faults_init(&f, "t.yaml");
		assert_null(calendar_parse(broken[i].text,
		    strlen(broken[i].text), &f));
		if (broken[i].line == 0) {
			assert_true(f.n >= broken[i].faults);
		} else if (f.n != broken[i].faults ||
		    f.list[0].line != broken[i].line ||
		    f.list[0].column != broken[i].column) {
			fail_msg("file %zu: %zu faults, the first %u:%u: %s", i,
			    f.n, f.list[0].line, f.list[0].column,
			    f.list[0].text);
		}
		assert_non_null(strstr(f.list[0].text, broken[i].says));
		faults_release(&f);
	}
}

static void
test_removed(void **state)
{
	static const char text[] = HEAD "removed:\n  - day: 2026-12-25\n"
	    "    source: invented\n";
	struct calendar *c;
	struct faults f;

	(void)state;
	faults_init(&f, "t.yaml");
	c = calendar_parse(text, strlen(text), &f);
	assert_non_null(c);
	assert_true(calendar_is_working_day(c, day(2026, 12, 25)));
	assert_false(calendar_is_working_day(c, day(2026, 12, 28)));
	/* Without the one-off days of the true file. */
	assert_true(calendar_is_working_day(c, day(2022, 9, 19)));
	calendar_free(c);
	calendar_free(NULL);
	faults_release(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_easter),
		cmocka_unit_test(test_published_years),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_unconfirmed),
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_broken_files),
		cmocka_unit_test(test_removed)
	};

	return cmocka_run_group_tests_name("calendar", tests, load_england,
	    free_england);
}
