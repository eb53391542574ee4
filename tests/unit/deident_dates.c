/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates in texts are moved in the form in which they were written. */
#include "config.h"

#include "core/deident.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"

struct trial {
	const char *text, *want;
};

/* Ten weeks on. */
static const struct trial trials[] = {
	{"on 3 March 2026 she", "on 12 May 2026 she"},
	{"on the 3rd of March, 2026", "on the 12th of May, 2026"},
	{"3rd March", "12th May"},
	{"March 3rd, 2026", "May 12th, 2026"},
	{"03/03/26 and 3/3/2026", "12/05/26 and 12/5/2026"},
	{"03.03.2026, 03-03-2026.", "12.05.2026, 12-05-2026."},
	{"2026-03-03T16:05", "2026-05-12T16:05"},
	{"in March 2026", "in May 2026"},
	{"Mar 2026; 3 Mar 2026; 3-Mar-2026", "May 2026; 12 May 2026; "
	    "12-May-2026"},
	{"03/2026 and 2026-03", "05/2026 and 2026-05"},
	{"Tuesday 3 March 2026", "Tuesday 12 May 2026"},
	{"3 and 5 March 2026", "12 and 14 May 2026"},
	{"3-5 March", "12-14 May"},
	{"3 to the 5th of March", "12 to the 14th of May"},
	{"20 and 24 March 2026", "29 May and 2 June 2026"},
	{"22 October and 26 October 2025", "31 December and 4 January 2026"},
	{"born 12/05/2011, aged 14", "born 21/07/2011, aged 14"},
	{"since January", "since March"},
	{"In September she", "In November she"},
	{"3rd\nMarch 2026", "12th\nMay 2026"},
	/* What is no date. */
	{"She may come; they march on", "She may come; they march on"},
	{"May I go? 24/7, 1.5 hours, 2/3", "May I go? 24/7, 1.5 hours, 2/3"},
	{"on the 3rd and 31/02/26", "on the 3rd and 31/02/26"},
	{"at 10.30 on Tuesday", "at 10.30 on Tuesday"},
};

static void
dates_move_by_whole_weeks(void **state)
{
	struct deident d = { .moved = 70 };
	struct casefile c = { .changed = INT64_C(1773100800000) };
	struct str out;
	size_t bad = 0;

	(void)state;
	d.c = &c;
	str_init(&out);
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		str_clear(&out);
		deident_text(&d, trials[i].text, &out);
		if (strcmp(out.s, trials[i].want) != 0) {
			print_message("\"%s\"\n  gives \"%s\"\n  wants "
			    "\"%s\"\n", trials[i].text, out.s,
			    trials[i].want);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
	str_release(&out);
}

struct doubted {
	const char *text, *what;
};

static const struct doubted doubts[] = {
	{"She went on the 3rd.", "3rd"},
	{"It was in 2024.", "2024"},
	{"We met at Christmas.", "Christmas"},
	{"It was on 31/02/26.", "31/02/26"},
	{"It was on 3/4.", "3/4"},
};

static void
what_cannot_be_moved_is_doubtful(void **state)
{
	struct deident d = { .moved = 70 };
	struct doubt_found *found;
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(doubts) / sizeof(doubts[0]); i++) {
		n = deident_doubts(&d, doubts[i].text, &found);
		assert_int_equal(n, 1);
		assert_int_equal(found[0].type, DOUBT_DATE);
		assert_memory_equal(doubts[i].text + found[0].at,
		    doubts[i].what, found[0].n);
		assert_int_equal(found[0].n, strlen(doubts[i].what));
		free(found);
	}
	assert_int_equal(deident_doubts(&d, "On 3 March 2026 she came.",
	    &found), 0);
	free(found);
}

/* Every day of years, there and back: the form and the weekday stay. */
static void
a_day_moved_back_is_the_day(void **state)
{
	struct casefile c = { .changed = INT64_C(1773100800000) };
	struct deident d = { .c = &c };
	char text[SPAN_WORDS_MAX];
	struct str there, back;

	(void)state;
	str_init(&there);
	str_init(&back);
	for (int32_t day = 18000; day < 21000; day++) {
		day_words(day, text);
		d.moved = 56 + 7 * (day % 45);
		str_clear(&there);
		deident_text(&d, text, &there);
		assert_string_not_equal(there.s, text);
		assert_memory_equal(there.s, text, 3);
		d.moved = -d.moved;
		str_clear(&back);
		deident_text(&d, there.s, &back);
		assert_string_equal(back.s, text);
	}
	str_release(&there);
	str_release(&back);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_move_by_whole_weeks),
		cmocka_unit_test(what_cannot_be_moved_is_doubtful),
		cmocka_unit_test(a_day_moved_back_is_the_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
