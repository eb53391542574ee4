/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An instrument.  One that is taken screens any answers: the level that it
 * could be is never below the level, and both are among those it has.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/screen.h"

static void
check_words(const struct instrument *in, const struct answers *a,
    const struct screening *s)
{
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < s->nfired; i++)
		screen_rule_words(in, a, s->fired[i], &words);
	for (size_t i = 0; i < s->nchanges; i++)
		screen_change_words(in, &s->changes[i], &words);
	HOLDS(fuzz_is_utf8(words.s, words.len));
	HOLDS(screen_label(in, s) != NULL && screen_action(in, s) != NULL);
	str_release(&words);
}

static void
check_screening(const struct instrument *in, uint32_t lots)
{
	struct screening s;
	struct answers a;
	unsigned level, could;

	answers_init(&a);
	for (unsigned i = 0; i < in->nitems; i++) {
		struct sighting seen = {i, (enum answer)(lots >> 16 & 3) + 1,
		    span_of_day(20400 - (int32_t)(lots >> 20 & 511))};

		lots = lots * 1103515245u + 12345u;
		answers_note(&a, in, &seen, 20400);
	}
	a.age = (int)(lots >> 16 & 31) - 1;
	screen_run(in, &a, &s);
	screen_levels(in, &a, &level, &could);
	HOLDS(level == s.level && could == s.could_be);
	HOLDS(s.level <= LEVEL_NONE(in) && s.could_be <= s.level);
	HOLDS(s.nfired <= in->nrules);
	HOLDS(screen_level_from_id(in, screen_level_id(in, s.level)) ==
	    s.level);
	check_words(in, &a, &s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct instrument *in = NULL;
	struct faults faults;
	struct str lines;
	struct err e;
	char *text;

	if (n > 32768)
		return 0;
	text = fuzz_text(data, n);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	if (instrument_parse(text, n, "test.yaml", &in, &faults, &e) ==
	    RC_OK) {
		HOLDS(in->nitems <= ITEMS_MAX && in->nlevels <= LEVELS_MAX);
		for (uint32_t i = 0; i < 4; i++)
			check_screening(in, (uint32_t)n * 2654435761u + i);
		instrument_free(in);
	} else {
		HOLDS(e.rc == RC_INPUT && faults.n > 0);
		faults_lines(&faults, &lines);
		HOLDS(fuzz_is_utf8(lines.s, lines.len));
	}
	str_release(&lines);
	faults_release(&faults);
	free(text);
	return 0;
}
