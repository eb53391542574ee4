/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rule language.  The first eight bytes choose answers, the rest is a
 * rule.  A rule that is taken is total and monotone: one answer more that is
 * present never makes it false.  A fault has its place inside the text.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/instrument.h"
#include "core/rule.h"

#define CHOICE 8

static void
choose(const struct instrument *in, const uint8_t *bytes, struct answers *a)
{
	answers_init(a);
	for (unsigned i = 0; i < in->nitems; i++) {
		struct sighting s = {i, (enum answer)(bytes[i % 6] >> i % 3 &
		    3), span_of_day(20000 - bytes[6] * 3)};

		answers_note(a, in, &s, 20000);
	}
	a->age = (int)bytes[7] % 40 - 1;
}

static void
check_rule(const struct instrument *in, const struct expr *x,
    const uint8_t *bytes)
{
	struct answers a, more;
	struct str words;
	bool held;

	choose(in, bytes, &a);
	held = rule_holds(in, x, &a);
	for (unsigned i = 0; i < in->nitems && held; i++) {
		struct sighting s = {i, ANSWER_PRESENT, span_of_day(20000)};

		more = a;
		answers_note(&more, in, &s, 20000);
		HOLDS(rule_holds(in, x, &more));
	}
	str_init(&words);
	rule_explain(in, x, &a, &words);
	HOLDS(words.len > 0 && fuzz_is_utf8(words.s, words.len));
	str_release(&words);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct instrument *in = fuzz_instrument();
	struct expr *x = NULL;
	struct err e;
	size_t at = 0, windows = in->nwindows;
	char *text;

	if (n < CHOICE || n > 4096)
		return 0;
	text = fuzz_text(data + CHOICE, n - CHOICE);
	if (rule_compile(in, text, &x, &at, &e) == RC_OK) {
		check_rule(in, x, data);
		rule_free(x);
	} else {
		HOLDS(at <= strlen(text));
		fuzz_message(&e, text);
	}
	/* The windows that the rule added. */
	in->nwindows = windows;
	free(text);
	return 0;
}
