/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/deadline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define BRITISH "GMT0BST,M3.5.0/1,M10.5.0"
#define RULE "  - id: a\n    label: A\n    kind: limit\n    amount: 1\n" \
	"    unit: days\n    clock-starts: c\n    source: s\n    verified: yes\n"
#define HEAD "id: t\ntitle: T\ncalendar: c\nrules:\n"

static struct deadlines *england;
static struct calendar *days;

static char *
read_content(const char *name, size_t *n)
{
	const char *dir = getenv("HEARKEN_SRCDIR");
	static char text[65536];
	char path[4096];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/content/%s",
	    dir == NULL ? "." : dir, name);
	file = fopen(path, "r");
	if (file == NULL)
		return NULL;
	*n = fread(text, 1, sizeof(text), file);
	(void)fclose(file);
	return text;
}

static int
load(void **state)
{
	struct faults f;
	char *text;
	size_t n = 0;

	(void)state;
	faults_init(&f, "content");
	text = read_content("calendars/england-wales.yaml", &n);
	days = text == NULL ? NULL : calendar_parse(text, n, &f);
	text = read_content("deadlines/england.yaml", &n);
	england = text == NULL ? NULL : deadlines_parse(text, n, &f);
	for (size_t i = 0; i < f.n; i++)
		print_error("%u:%u: %s\n", f.list[i].line, f.list[i].column,
		    f.list[i].text);
	faults_release(&f);
	return england == NULL || days == NULL ? -1 : 0;
}

static int
unload(void **state)
{
	(void)state;
	deadlines_free(england);
	calendar_free(days);
	return 0;
}

static const struct deadline_rule *
rule(const char *id)
{
	const struct deadline_rule *r = NULL;
	struct err e;

	err_clear(&e);
	if (deadlines_find(england, id, day_from_civil(
	    (struct civil){ 2026, 1, 1 }), &r, &e) != RC_OK)
		fail_msg("%s", e.text);
	return r;
}

static struct due
count(const char *id, const char *start)
{
	struct deadline_start s;
	struct due due;
	struct err e;

	err_clear(&e);
	assert_int_equal(deadline_start_parse(start, &s, &e), RC_OK);
	assert_int_equal(deadline_count(rule(id), days, &s, &due, &e), RC_OK);
	return due;
}

/* One line for each rule of the file, so that none is changed unseen. */
static const struct {
	const char *id, *limit;
	bool verified;
} table[] = {
	{ "return-interview", "72 hours", true },
	{ "referral-decision", "1 working day", true },
	{ "referral-made", "1 working day", true },
	{ "assessment", "45 working days", true },
	{ "initial-conference", "15 working days", true },
	{ "core-group", "10 working days", false },
	{ "lado", "1 working day", true },
	{ "nrm-reasonable-grounds", "aim: 5 working days", true },
	{ "nrm-conclusive", "not before 30 days", true },
	{ "screening-review", "6 weeks", true },
	{ "repeat-missing", "3 within 30 days: strategy meeting", true },
	{ "transfer-receipt", "5 working days", true },
	{ "bundle-receipt", "5 working days", true },
	{ "restriction-review", "90 days", true }
};

static void
test_table(void **state)
{
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(england->nrules, COUNT(table));
	assert_string_equal(england->calendar, calendar_id(days));
	for (size_t i = 0; i < COUNT(table); i++) {
		const struct deadline_rule *r = rule(table[i].id);

		str_clear(&out);
		deadline_limit_words(r, &out);
		assert_string_equal(out.s, table[i].limit);
		assert_int_equal(r->verified, table[i].verified);
		assert_true(r->source[0] != '\0');
		assert_true(r->clock_starts[0] != '\0');
	}
	str_release(&out);
}

static const struct {
	const char *id, *start, *due, *at;	/* at: the moment it has passed */
} sums[] = {
	{ "initial-conference", "2022-06-01",
	    "by the end of Friday 24 June 2022", "2022-06-24T23:00:00Z" },
	{ "assessment", "2022-06-01",
	    "by the end of Friday 5 August 2022", "2022-08-05T23:00:00Z" },
	{ "lado", "2025-12-24",
	    "by the end of Monday 29 December 2025", "2025-12-30T00:00:00Z" },
	{ "initial-conference", "2025-12-18",
	    "by the end of Tuesday 13 January 2026", "2026-01-14T00:00:00Z" },
	{ "referral-decision", "2026-11-20 16:59",
	    "by the end of Monday 23 November 2026", "2026-11-24T00:00:00Z" },
	{ "nrm-reasonable-grounds", "2026-03-30",
	    "aim: by the end of Wednesday 8 April 2026",
	    "2026-04-08T23:00:00Z" },
	{ "nrm-conclusive", "2026-11-01",
	    "not before the end of Tuesday 1 December 2026",
	    "2026-12-02T00:00:00Z" },
	{ "screening-review", "2026-11-22",
	    "by the end of Sunday 3 January 2027", "2027-01-04T00:00:00Z" },
	{ "restriction-review", "2026-11-22",
	    "by the end of Saturday 20 February 2027",
	    "2027-02-21T00:00:00Z" },
	{ "repeat-missing", "2026-11-22", "on Sunday 22 November 2026",
	    "2026-11-23T00:00:00Z" },
	/* 72 hours of real time: plain, into summer, out of it, at midnight. */
	{ "return-interview", "2026-06-01 10:15",
	    "by 4 June 2026 at 10:15", "2026-06-04T09:15:00Z" },
	{ "return-interview", "2026-03-27 18:00",
	    "by 30 March 2026 at 19:00", "2026-03-30T18:00:00Z" },
	{ "return-interview", "2026-10-24 18:00",
	    "by 27 October 2026 at 17:00", "2026-10-27T17:00:00Z" },
	{ "return-interview", "2026-10-25 01:30",
	    "by 28 October 2026 at 00:30", "2026-10-28T00:30:00Z" },
	{ "return-interview", "2026-12-24",
	    "by 27 December 2026 at 00:00", "2026-12-27T00:00:00Z" }
};

static void
test_sums(void **state)
{
	char at[SPAN_TEXT_MAX];
	struct str out;

	(void)state;
	str_init(&out);
	for (size_t i = 0; i < COUNT(sums); i++) {
		struct due due = count(sums[i].id, sums[i].start);

		str_clear(&out);
		due_words(rule(sums[i].id), &due, &out);
		assert_string_equal(out.s, sums[i].due);
		moment_format(due.at, at);
		assert_string_equal(at, sums[i].at);
		assert_false(due.unconfirmed);
		assert_int_equal(due.to_the_minute,
		    rule(sums[i].id)->unit == DEADLINE_HOURS);
		due_release(&due);
	}
	str_release(&out);
}

static const struct {
	const char *id, *start, *how;
} told[] = {
	{ "initial-conference", "2022-06-01", "Day 1 is Monday 6 June 2022, the "
	    "first working day after Wednesday 1 June 2022; working day 15 is "
	    "Friday 24 June 2022. Skipped: 3 weekends, Spring bank holiday "
	    "(2 June 2022) and Platinum Jubilee bank holiday (3 June 2022)." },
	{ "initial-conference", "2026-03-30", "Day 1 is Tuesday 31 March 2026, "
	    "the day after Monday 30 March 2026; working day 15 is Wednesday "
	    "22 April 2026. Skipped: 3 weekends, Good Friday (3 April 2026) "
	    "and Easter Monday (6 April 2026)." },
	{ "lado", "2026-11-23", "Day 1 is Tuesday 24 November 2026, the day "
	    "after Monday 23 November 2026. No weekend or bank holiday lies "
	    "between." },
	{ "lado", "2026-08-30", "Day 1 is Tuesday 1 September 2026, the first "
	    "working day after Sunday 30 August 2026. Skipped: Summer bank "
	    "holiday (31 August 2026)." },
	{ "lado", "2026-11-21", "Day 1 is Monday 23 November 2026, the first "
	    "working day after Saturday 21 November 2026. Skipped: 1 "
	    "weekend." },
	{ "lado", "2026-05-02", "Day 1 is Tuesday 5 May 2026, the first working "
	    "day after Saturday 2 May 2026. Skipped: 1 weekend and Early May "
	    "bank holiday (4 May 2026)." },
	{ "nrm-conclusive", "2026-11-01", "Day 1 is Monday 2 November 2026, the "
	    "day after the start; day 30 is Tuesday 1 December 2026. Every "
	    "day counts, weekends and bank holidays too." },
	{ "return-interview", "2026-03-27 18:00", "72 hours of the clock from "
	    "27 March 2026 at 18:00, weekends and bank holidays counted. "
	    "Clocks go forward by 1 hour in between; these are hours of real "
	    "time, so by the clock on the wall it ends that much later." },
	{ "return-interview", "2026-10-24 18:00", "72 hours of the clock from "
	    "24 October 2026 at 18:00, weekends and bank holidays counted. "
	    "Clocks go back by 1 hour in between; these are hours of real "
	    "time, so by the clock on the wall it ends that much earlier." },
	{ "return-interview", "2026-12-24", "No time was given, so the clock is "
	    "counted from the start of the day, the earliest it can have "
	    "begun. 72 hours of the clock from 24 December 2026 at 00:00, "
	    "weekends and bank holidays counted." },
	{ "repeat-missing", "2026-11-22", "3 within 30 days, first and last day "
	    "counted: when the last is on Sunday 22 November 2026, the first "
	    "is on or after Saturday 24 October 2026. Then: strategy "
	    "meeting." }
};

static void
test_how(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(told); i++) {
		struct due due = count(told[i].id, told[i].start);

		assert_string_equal(due.how, told[i].how);
		due_release(&due);
	}
}

static void
test_warnings(void **state)
{
	char start[16];
	struct due due;

	(void)state;
	(void)snprintf(start, sizeof(start), "%d-12-20",
	    calendar_confirmed_to(days));
	due = count("initial-conference", start);
	assert_true(due.unconfirmed);
	assert_non_null(strstr(due.warning, "England and Wales) are confirmed"));
	due_release(&due);

	due = count("core-group", "2026-11-02");
	assert_false(due.unconfirmed);
	assert_non_null(strstr(due.warning, "Wales only"));
	due_release(&due);

	due = count("restriction-review", start);	/* needs no calendar */
	assert_false(due.unconfirmed);
	assert_string_equal(due.warning, "");
	due_release(&due);
}

static void
test_start(void **state)
{
	static const char *const bad[] = {
		"", "soon", "2026-11", "2026-11-31", "2026-11-22 25:00",
		"2026-11-22 9", "16:05"
	};
	struct deadline_start s = { .day = 2190 };
	struct due due;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		err_clear(&e);
		assert_int_equal(deadline_start_parse(bad[i], &s, &e),
		    RC_INPUT);
	}
	assert_int_equal(deadline_start_parse("3/4/2026", &s, &e), RC_OK);
	assert_false(s.has_time);
	assert_int_equal(deadline_start_parse("2026-07-01T23:30Z", &s, &e),
	    RC_OK);
	assert_true(s.has_time);
	assert_int_equal(day_to_civil(s.day).day, 2);	/* local day */
	assert_int_equal(deadline_start_parse("2199-01-01", &s, &e), RC_OK);
	assert_int_equal(deadline_count(rule("lado"), days, &s, &due, &e),
	    RC_INPUT);
	due_release(&due);
	s = deadline_start_moment(INT64_MAX);
	assert_int_equal(deadline_count(rule("lado"), days, &s, &due, &e),
	    RC_INPUT);
	due_release(&due);
}

static void
test_find(void **state)
{
	int32_t early = day_from_civil((struct civil){ 2013, 12, 31 });
	const struct deadline_rule *r = NULL;
	struct err e;

	(void)state;
	err_clear(&e);
	assert_int_equal(deadlines_find(england, "nothing", early, &r, &e),
	    RC_NOTFOUND);
	assert_non_null(strstr(e.text, "\"nothing\""));
	for (size_t i = 0; i < COUNT(table); i++)
		assert_non_null(strstr(e.text, table[i].id));
	assert_int_equal(deadlines_find(england, "return-interview", early, &r,
	    &e), RC_INPUT);
	assert_non_null(strstr(e.text, "begins on 1 January 2014"));
	assert_int_equal(deadlines_find(england, "return-interview", early + 1,
	    &r, &e), RC_OK);
}

static void
test_two_periods(void **state)
{
	static const char text[] = HEAD RULE "    to: 2020-12-31\n" RULE
	    "    from: 2021-01-01\n    to: 2021-12-31\n";
	int32_t first = day_from_civil((struct civil){ 2021, 1, 1 });
	const struct deadline_rule *r = NULL;
	struct deadlines *d;
	struct faults f;
	struct err e;

	(void)state;
	faults_init(&f, "t.yaml");
	d = deadlines_parse(text, strlen(text), &f);
	assert_non_null(d);
	assert_int_equal(deadlines_find(d, "a", first - 1, &r, &e), RC_OK);
	assert_ptr_equal(r, &d->rules[0]);
	assert_int_equal(deadlines_find(d, "a", first, &r, &e), RC_OK);
	assert_ptr_equal(r, &d->rules[1]);
	assert_int_equal(deadlines_find(d, "a", first + 365, &r, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "ended on 31 December 2021"));
	assert_int_equal(deadlines_find(d, "b", first, &r, &e), RC_NOTFOUND);
	deadlines_free(d);
	faults_release(&f);
}

static void
test_pattern(void **state)
{
	static const struct {
		int32_t days[6];
		size_t n;
		bool met;
		int32_t first, last;
	} cases[] = {
		{ { 0 }, 0, false, 0, 0 }, { { 1, 2 }, 2, false, 0, 0 },
		{ { 1, 2, 3 }, 3, true, 1, 3 },
		{ { 1, 2, 30 }, 3, true, 1, 30 },
		{ { 1, 2, 31 }, 3, false, 0, 0 },
		{ { 5, 5, 5 }, 3, true, 5, 5 },
		{ { 1, 40, 50, 60, 200 }, 5, true, 40, 60 },
		{ { 1, 2, 3, 100, 101, 102 }, 6, true, 100, 102 }
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t first = 0, last = 0;

		assert_int_equal(deadline_pattern_met(rule("repeat-missing"),
		    cases[i].days, cases[i].n, &first, &last), cases[i].met);
		assert_int_equal(first, cases[i].first);
		assert_int_equal(last, cases[i].last);
	}
	assert_false(deadline_pattern_met(rule("lado"), cases[2].days, 3,
	    NULL, NULL));
}

static const struct {
	const char *text;
	size_t faults;
	unsigned line, column;	/* of the first */
	const char *says;
} broken[] = {
	{ "- a\n", 1, 1, 1, "map" },
	{ "id: t\ntitle: T\ncalendar: c\n", 1, 1, 1, "rules" },
	{ HEAD "  - a\n", 1, 5, 5, "map" },
	{ HEAD RULE RULE, 1, 13, 9, "same time" },
	{ HEAD RULE "    to: 2020-01-01\n" RULE "    from: 2020-01-01\n",
	    1, 14, 9, "same time" },
	{ HEAD RULE "    colour: red\n", 1, 13, 5, "unknown key" },
	{ HEAD RULE "    count: 3\n", 1, 13, 12, "pattern only" },
	{ HEAD RULE "    leads-to: x\n", 1, 13, 15, "pattern only" },
	{ HEAD RULE "    from: 2020-13-01\n", 1, 13, 11, "no month 13" },
	{ HEAD RULE "    from: 2020-01-02\n    to: 2020-01-01\n", 1, 14, 9,
	    "before" },
	{ HEAD "  - id: Bad_Id\n    label: A\n    kind: never\n"
	    "    amount: 0\n    unit: months\n    clock-starts: c\n"
	    "    source: s\n    verified: maybe\n", 5, 5, 9, "lower-case" },
	{ HEAD "  - id: a\n", 7, 5, 5, "label" },
	{ HEAD "  - id: a\n    label: A\n    kind: pattern\n    amount: 30\n"
	    "    unit: weeks\n    clock-starts: c\n    source: s\n"
	    "    verified: no\n", 4, 5, 5, "leads-to" },
	{ HEAD "  - id: a\n    label: A\n    kind: limit\n    amount: 1.5\n"
	    "    unit: days\n    clock-starts: c\n    source: s\n"
	    "    verified: yes\n", 1, 8, 13, "whole number" }
};

static void
test_broken_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++) {
		struct faults f;

		faults_init(&f, "t.yaml");
		assert_null(deadlines_parse(broken[i].text,
		    strlen(broken[i].text), &f));
		if (f.n != broken[i].faults ||
		    f.list[0].line != broken[i].line ||
		    f.list[0].column != broken[i].column ||
		    strstr(f.list[0].text, broken[i].says) == NULL)
			fail_msg("file %zu: %zu faults, the first %u:%u: %s", i,
			    f.n, f.list[0].line, f.list[0].column,
			    f.list[0].text);
		faults_release(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_how),
		cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_start),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_two_periods),
		cmocka_unit_test(test_pattern),
		cmocka_unit_test(test_broken_files)
	};

	if (setenv("TZ", BRITISH, 1) != 0)
		return 99;
	tzset();
	return cmocka_run_group_tests_name("deadline", tests, load, unload);
}
