/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/date.h"
#include "core/duewhen.h"

struct trial {
	const char *now, *due;	/* local; a day: to its end */
	enum deadline_kind kind;
	const char *words;
};

/* Clocks went back on 25 October 2026. */
static const struct trial trials[] = {
	{"2026-11-20 16:00", "2026-11-20", DEADLINE_LIMIT, "today"},
	{"2026-11-20 23:59", "2026-11-20", DEADLINE_LIMIT, "today"},
	{"2026-11-21 00:00", "2026-11-20", DEADLINE_LIMIT, "1 day over"},
	{"2026-11-21 23:59", "2026-11-20", DEADLINE_LIMIT, "1 day over"},
	{"2026-11-22 00:00", "2026-11-20", DEADLINE_LIMIT, "2 days over"},
	{"2026-10-26 00:10", "2026-10-24", DEADLINE_LIMIT, "2 days over"},
	{"2026-11-20 16:00", "2026-11-21", DEADLINE_LIMIT, "tomorrow"},
	{"2026-11-20 16:00", "2026-11-22", DEADLINE_AIM, "in 2 days"},
	{"2026-10-24 12:00", "2026-10-26", DEADLINE_LIMIT, "in 2 days"},
	{"2026-11-20 16:00", "2026-11-20 16:05", DEADLINE_LIMIT,
	    "today by 16:05"},
	{"2026-07-20 16:00", "2026-07-20 16:05", DEADLINE_LIMIT,
	    "today by 16:05"},
	{"2026-11-20 16:00", "2026-11-21 09:30", DEADLINE_LIMIT,
	    "tomorrow by 09:30"},
	{"2026-11-20 16:00", "2026-11-23 09:30", DEADLINE_LIMIT,
	    "in 3 days"},
	{"2026-11-20 16:05", "2026-11-20 16:05", DEADLINE_LIMIT,
	    "now"},
	{"2026-11-20 16:06", "2026-11-20 16:05", DEADLINE_LIMIT,
	    "1 minute over"},
	{"2026-11-20 17:05", "2026-11-20 16:05", DEADLINE_LIMIT,
	    "1 hour over"},
	{"2026-11-22 16:04", "2026-11-20 16:05", DEADLINE_LIMIT,
	    "47 hours over"},
	{"2026-11-22 16:05", "2026-11-20 16:05", DEADLINE_LIMIT,
	    "2 days over"},
	{"2026-11-22 16:05", "2026-11-20 16:05", DEADLINE_PATTERN,
	    "since 20 Nov 2026"},
	{"2026-11-22 16:05", "2026-12-04 16:05", DEADLINE_NOT_BEFORE,
	    "from 4 Dec 2026"},
};

static int64_t
moment_of(const char *text)
{
	int64_t at;
	int32_t day;

	if (day_parse(text, &day, NULL) == RC_OK)
		return moment_of_day(day + 1);
	assert_int_equal(moment_parse(text, &at, NULL), RC_OK);
	return at;
}

static void
when_is_said_exactly(void **state)
{
	struct str out;

	(void)state;
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		str_init(&out);
		due_when_words(moment_of(trials[i].due), trials[i].kind,
		    moment_of(trials[i].now), &out);
		assert_string_equal(out.s, trials[i].words);
		str_release(&out);
	}
	str_init(&out);
	due_when_words(INT64_MAX, DEADLINE_LIMIT, 0, &out);
	assert_string_equal(out.s, "not counted");
	str_clear(&out);
	due_when_words(INT64_MAX, DEADLINE_PATTERN, 0, &out);
	assert_string_equal(out.s, "no limit set");
	str_release(&out);
}

static void
how_is_said_with_the_moment(void **state)
{
	struct str out;

	(void)state;
	str_init(&out);
	due_counted_words(moment_of("2026-11-20"), DEADLINE_LIMIT, "", &out);
	assert_string_equal(out.s, "Due by the end of 20 November 2026. The "
	    "day was set in the entry.");
	str_clear(&out);
	due_counted_words(moment_of("2026-11-20 16:05"), DEADLINE_LIMIT,
	    "72 hours from then.", &out);
	assert_string_equal(out.s, "Due by 20 November 2026 at 16:05. 72 "
	    "hours from then.");
	str_clear(&out);
	due_counted_words(INT64_MAX, DEADLINE_LIMIT, "Not counted: why",
	    &out);
	assert_string_equal(out.s, "Not counted: why");
	str_clear(&out);
	due_what_words("NRM decision", DEADLINE_AIM, &out);
	assert_string_equal(out.s, "NRM decision (aim)");
	str_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(when_is_said_exactly),
		cmocka_unit_test(how_is_said_with_the_moment),
	};

	return cmocka_run_group_tests_name("when it is due", tests, NULL,
	    NULL);
}
