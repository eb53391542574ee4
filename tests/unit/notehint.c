/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a point that a note has, too; never more than a hint. */
#include "config.h"

#include "core/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
hints_are_words_in_common(void **state)
{
	static const struct {
		const char *point, *note, *words;
		enum walk_point p;
	} rows[] = {
		{ "What was seen, with since when", "", "", POINT_MISSING },
		{ "The credit, the sum and since when",
		    "He found credits for three hundred pounds, since May.",
		    "credit, since", POINT_NAMED },
		{ "Who speaks with B. tomorrow", "I will speak to him",
		    "speaks", POINT_PARTLY },
		{ "Who speaks with B. tomorrow",
		    "Tomorrow the tutor is speaking with him",
		    "speaks, tomorrow", POINT_NAMED },
		{ "The school", "School rang the schools", "school",
		    POINT_PARTLY },
		{ "That this is what they were about",
		    "That this is what they were about", "",
		    POINT_MISSING },
		{ "his worries", "he does worry", "worries", POINT_PARTLY },
		{ "Tell him", "Tell him", "Tell", POINT_PARTLY },
		/* Neither short words nor a shared beginning will do. */
		{ "A car by the bus stop", "the car by the bus", "",
		    POINT_MISSING },
		{ "contact with police", "content of politics", "",
		    POINT_MISSING },
		/* Each word of the point is counted once. */
		{ "phone, phones, PHONE and money", "A phone.", "phone",
		    POINT_PARTLY },
		{ "Zo\xc3\xab\xe2\x80\x99s caf\xc3\xa9 visits",
		    "cafe, visit of ZOE'S", "Zo\xc3\xab\xe2\x80\x99s, "
		    "caf\xc3\xa9, visits", POINT_NAMED },
		{ "\xff\xfe broken", "broken \x80", "broken",
		    POINT_PARTLY },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum walk_point p;
		struct str out;

		str_init(&out);
		p = note_hint(rows[i].point, rows[i].note, &out);
		assert_string_equal(out.s, rows[i].words);
		if (p != rows[i].p)
			fail_msg("%s: %d", rows[i].point, (int)p);
		str_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hints_are_words_in_common),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
