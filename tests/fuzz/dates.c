/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates as people write them.  What is taken is written in one form, and
 * that form is read as the same again.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"

static void
check_day(const char *text)
{
	char out[DAY_TEXT_MAX], words[SPAN_WORDS_MAX];
	int32_t day = 5, again;
	struct err e;

	if (day_parse(text, &day, &e) != RC_OK) {
		HOLDS(day == 5);
		fuzz_message(&e, text);
		return;
	}
	HOLDS(civil_valid(day_to_civil(day)));
	day_format(day, out);
	HOLDS(day_parse(out, &again, &e) == RC_OK && again == day);
	day_words(day, words);
}

static void
check_span(const char *text)
{
	char out[SPAN_TEXT_MAX], words[SPAN_WORDS_MAX];
	struct span s, again;
	struct err e;

	if (span_parse(text, &s, &e) != RC_OK) {
		fuzz_message(&e, text);
		return;
	}
	HOLDS(s.first <= s.last);
	span_format(&s, out);
	HOLDS(span_parse(out, &again, &e) == RC_OK);
	HOLDS(again.first == s.first && again.last == s.last);
	HOLDS(again.from == s.from && again.to == s.to);
	span_words(&s, words);
}

static void
check_moment(const char *text)
{
	char out[SPAN_TEXT_MAX];
	int64_t ms, again;
	struct err e;

	if (moment_parse(text, &ms, &e) != RC_OK) {
		fuzz_message(&e, text);
		return;
	}
	moment_format(ms, out);
	if (out[0] != '\0')
		HOLDS(moment_parse(out, &again, &e) == RC_OK &&
		    again == ms);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text;

	if (n > 512)
		return 0;
	text = fuzz_text(data, n);
	check_day(text);
	check_span(text);
	check_moment(text);
	free(text);
	return 0;
}
