/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every deadline rule of content/deadlines/england.yaml, counted by hand.
 * The counting stands in the comment above each row, so that a person with a
 * wall calendar can check the program; a rule without a row fails.
 *
 * Bank holidays met below: Christmas and Boxing Day 2025 (Thursday 25, Friday
 * 26 December), New Year 2026 (Thursday 1 January), Easter 2026 (Good Friday
 * 3 April, Easter Monday 6 April), early May 2026 (Monday 4 May), late May
 * 2026 (Monday 25 May), late August 2026 (Monday 31 August), Christmas 2026
 * (Friday 25; Boxing Day is a Saturday, so Monday 28 December), New Year 2027
 * (Friday 1 January).  Clocks: forward on Sunday 29 March 2026, back on
 * Sunday 25 October 2026.
 */
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

struct sum {
	const char *id, *start;
	const char *last;	/* last day of the limit */
	const char *passed;	/* the moment at which it has passed, UTC */
};

static const struct sum sums[] = {
	/*
	 * 72 hours of real time.  Plain: Tue 10:15 + 3 days = Fri 10:15,
	 * summer time: 09:15 UTC.
	 */
	{"return-interview", "2026-06-02 10:15", "2026-06-05",
	    "2026-06-05T09:15:00Z"},
	/* Over Christmas no hour is left out: Wed 21:00 to Sat 21:00. */
	{"return-interview", "2025-12-24 21:00", "2025-12-27",
	    "2025-12-27T21:00:00Z"},
	/* Clocks go forward in between: Fri 18:00 UTC + 72 h = 18:00 UTC. */
	{"return-interview", "2026-03-27 18:00", "2026-03-30",
	    "2026-03-30T18:00:00Z"},
	/* Clocks go back in between: Sat 18:00 BST = 17:00 UTC. */
	{"return-interview", "2026-10-24 18:00", "2026-10-27",
	    "2026-10-27T17:00:00Z"},
	/* Only the day known: from its start, Sat 00:00 to Tue 00:00. */
	{"return-interview", "2026-02-28", "2026-03-03",
	    "2026-03-03T00:00:00Z"},

	/* Received Fri 20 Nov; 21, 22 weekend; day 1 is Mon 23. */
	{"referral-decision", "2026-11-20 16:59", "2026-11-23",
	    "2026-11-24T00:00:00Z"},
	/* Thu 2 Apr; 3 Good Friday, 4 and 5 weekend, 6 Easter Monday. */
	{"referral-decision", "2026-04-02", "2026-04-07",
	    "2026-04-07T23:00:00Z"},
	/* Wed 24 Dec 2025; 25, 26 holidays, 27, 28 weekend; day 1 Mon 29. */
	{"referral-decision", "2025-12-24", "2025-12-29",
	    "2025-12-30T00:00:00Z"},

	/* Recognised Sat 29 Aug; 30 Sunday, 31 bank holiday; Tue 1 Sep. */
	{"referral-made", "2026-08-29", "2026-09-01",
	    "2026-09-01T23:00:00Z"},
	/* Wed 4 Nov; day 1 is Thu 5. */
	{"referral-made", "2026-11-04", "2026-11-05",
	    "2026-11-06T00:00:00Z"},

	/*
	 * Wed 4 Mar 2026.  5, 6 Mar: 2; 9-13: 7; 16-20: 12; 23-27: 17;
	 * 30 Mar-2 Apr: 21 (3 Good Friday); 7-10: 25 (6 Easter Monday);
	 * 13-17: 30; 20-24: 35; 27 Apr-1 May: 40; 5-8 May: 44 (4 holiday);
	 * Mon 11 May: 45.
	 */
	{"assessment", "2026-03-04", "2026-05-11", "2026-05-11T23:00:00Z"},
	/*
	 * Sun 22 Nov 2026.  23-27: 5; 30 Nov-4 Dec: 10; 7-11: 15; 14-18: 20;
	 * 21-24: 24 (25 Christmas); 29-31: 27 (28 for Boxing Day); 4-8 Jan:
	 * 32 (1 New Year); 11-15: 37; 18-22: 42; 25, 26, 27 Jan: 45.
	 */
	{"assessment", "2026-11-22", "2027-01-27", "2027-01-28T00:00:00Z"},
	/*
	 * Wed 1 Jun 2022, the Jubilee: 2 and 3 Jun are holidays.  6-10: 5;
	 * each week 5 more: 13 Jun 10, 20 15, 27 20, 4 Jul 25, 11 30, 18 35,
	 * 25 40; 1-5 Aug: 45.
	 */
	{"assessment", "2022-06-01", "2022-08-05", "2022-08-05T23:00:00Z"},

	/*
	 * Thu 18 Dec 2025.  19: 1; 22-24: 4; 29-31: 7; 2 Jan: 8 (1 New
	 * Year); 5-9: 13; 12: 14; Tue 13 Jan: 15.
	 */
	{"initial-conference", "2025-12-18", "2026-01-13",
	    "2026-01-14T00:00:00Z"},
	/*
	 * Mon 18 May 2026.  19-22: 4; 26-29: 8 (25 holiday); 1-5 Jun: 13;
	 * 8, 9 Jun: 15.
	 */
	{"initial-conference", "2026-05-18", "2026-06-09",
	    "2026-06-09T23:00:00Z"},

	/* Wed 25 Mar.  26, 27: 2; 30 Mar-2 Apr: 6; 7-10 Apr: 10. */
	{"core-group", "2026-03-25", "2026-04-10", "2026-04-10T23:00:00Z"},
	/* Fri 16 Oct, over the change of clocks.  19-23: 5; 26-30: 10. */
	{"core-group", "2026-10-16", "2026-10-30", "2026-10-31T00:00:00Z"},

	/* Fri 1 May; 2, 3 weekend, 4 bank holiday; day 1 is Tue 5. */
	{"lado", "2026-05-01", "2026-05-05", "2026-05-05T23:00:00Z"},
	/* Thu 31 Dec 2026; 1 New Year, 2 and 3 weekend; Mon 4 Jan. */
	{"lado", "2026-12-31", "2027-01-04", "2027-01-05T00:00:00Z"},

	/* Mon 30 Mar.  31 Mar, 1, 2 Apr: 3; 7, 8 Apr: 5. */
	{"nrm-reasonable-grounds", "2026-03-30", "2026-04-08",
	    "2026-04-08T23:00:00Z"},
	/* Tue 22 Dec 2026.  23, 24: 2; 29, 30, 31: 5. */
	{"nrm-reasonable-grounds", "2026-12-22", "2026-12-31",
	    "2027-01-01T00:00:00Z"},

	/*
	 * 30 days, every day counts.  Fri 20 Nov: 10 days to 30 Nov, 20 more
	 * are Sun 20 Dec; decided from Mon 21 on.
	 */
	{"nrm-conclusive", "2026-11-20", "2026-12-20",
	    "2026-12-21T00:00:00Z"},
	/* 2 Mar: 29 days to 31 Mar, 1 more is Wed 1 Apr, summer time. */
	{"nrm-conclusive", "2026-03-02", "2026-04-01",
	    "2026-04-01T23:00:00Z"},

	/* 6 weeks are 42 days.  Mon 16 Feb: 12 to 28 Feb, 30 Mar: 42. */
	{"screening-review", "2026-02-16", "2026-03-30",
	    "2026-03-30T23:00:00Z"},
	/* Sun 22 Nov: 8 to 30 Nov, 31 to 31 Dec: 39; Sun 3 Jan: 42. */
	{"screening-review", "2026-11-22", "2027-01-03",
	    "2027-01-04T00:00:00Z"},

	/* A pattern is met on the day of the third episode. */
	{"repeat-missing", "2026-11-22", "2026-11-22",
	    "2026-11-23T00:00:00Z"},

	/* Fri 18 Dec 2026.  21-24: 4; 25 and 28 holidays; Tue 29: 5. */
	{"transfer-receipt", "2026-12-18", "2026-12-29",
	    "2026-12-30T00:00:00Z"},
	/* Thu 27 Aug.  28: 1; 31 holiday; 1-4 Sep: 5. */
	{"transfer-receipt", "2026-08-27", "2026-09-04",
	    "2026-09-04T23:00:00Z"},

	/* Sun 22 Nov 2026.  23-27: 5. */
	{"bundle-receipt", "2026-11-22", "2026-11-27",
	    "2026-11-28T00:00:00Z"},
	/* Wed 1 Apr.  2: 1; 3 to 6 Easter; 7, 8, 9, 10: 5. */
	{"bundle-receipt", "2026-04-01", "2026-04-10",
	    "2026-04-10T23:00:00Z"},

	/* 90 days.  1 Jan: 30 to 31 Jan, 58 to 28 Feb, 89 to 31 Mar, 90. */
	{"restriction-review", "2026-01-01", "2026-04-01",
	    "2026-04-01T23:00:00Z"},
	/* 22 Nov: 8, 39 to 31 Dec, 70 to 31 Jan; 20 Feb: 90. */
	{"restriction-review", "2026-11-22", "2027-02-20",
	    "2027-02-21T00:00:00Z"},
};

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
	(void)setenv("TZ", BRITISH, 1);
	tzset();
	faults_init(&f, "content");
	text = read_content("calendars/england-wales.yaml", &n);
	days = text == NULL ? NULL : calendar_parse(text, n, &f);
	text = read_content("deadlines/england.yaml", &n);
	england = text == NULL ? NULL : deadlines_parse(text, n, &f);
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

static void
check(const struct sum *s)
{
	char last[DAY_TEXT_MAX], passed[SPAN_TEXT_MAX];
	const struct deadline_rule *r = NULL;
	struct deadline_start start;
	struct due due;
	struct err e;

	assert_int_equal(deadline_start_parse(s->start, &start, &e), RC_OK);
	if (deadlines_find(england, s->id, start.day, &r, &e) != RC_OK ||
	    deadline_count(r, days, &start, &due, &e) != RC_OK)
		fail_msg("%s from %s: %s", s->id, s->start, e.text);
	day_format(due.day, last);
	moment_format(due.at, passed);
	if (strcmp(last, s->last) != 0 || strcmp(passed, s->passed) != 0)
		fail_msg("%s from %s: %s, passed %s; by hand %s, passed %s",
		    s->id, s->start, last, passed, s->last, s->passed);
	assert_false(due.unconfirmed);
	/* Who reads it is told when nobody has checked the rule. */
	assert_int_equal(due.warning[0] == '\0', r->verified);
	due_release(&due);
}

static void
each_is_counted_by_hand(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sums); i++)
		check(&sums[i]);
}

static void
no_rule_is_without_a_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < england->nrules; i++) {
		bool there = false;

		for (size_t j = 0; j < COUNT(sums); j++)
			there = there || strcmp(sums[j].id,
			    england->rules[i].id) == 0;
		if (!there)
			fail_msg("%s: count it by hand and write it here",
			    england->rules[i].id);
	}
}

/* Three within 30 days, the first and the last of them counted. */
static void
three_missing_episodes(void **state)
{
	static const struct {
		const char *days[4];
		size_t n;
		bool met;
	} trials[] = {
		/* 1 to 30 November are 30 days. */
		{{"2026-11-01", "2026-11-15", "2026-11-30"}, 3, true},
		/* 1 November to 1 December are 31. */
		{{"2026-11-01", "2026-11-15", "2026-12-01"}, 3, false},
		/* 27 February to 28 March 2026: 2 + 28 = 30. */
		{{"2026-02-27", "2026-03-10", "2026-03-28"}, 3, true},
		/* The last three of four; twice on one day counts twice. */
		{{"2026-01-05", "2026-06-01", "2026-06-01", "2026-06-20"}, 4,
		    true},
		{{"2026-11-01", "2026-11-02"}, 2, false},
	};
	const struct deadline_rule *r = NULL;
	struct err e;

	(void)state;
	assert_int_equal(deadlines_find(england, "repeat-missing",
	    day_from_civil((struct civil){2026, 11, 22}), &r, &e), RC_OK);
	for (size_t i = 0; i < COUNT(trials); i++) {
		int32_t all[4], first, last;

		for (size_t j = 0; j < trials[i].n; j++)
			assert_int_equal(day_parse(trials[i].days[j],
			    &all[j], NULL), RC_OK);
		assert_int_equal(deadline_pattern_met(r, all, trials[i].n,
		    &first, &last), trials[i].met);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_counted_by_hand),
		cmocka_unit_test(no_rule_is_without_a_row),
		cmocka_unit_test(three_missing_episodes),
	};

	return cmocka_run_group_tests_name("deadlinerules", tests, load,
	    unload);
}
