/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deadlines.  Every rule that is taken can be counted from any day, and ends
 * no sooner than it starts.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/deadline.h"

static const char calendar[] =
    "id: invented\ntitle: T\nsource: Invented\n"
    "confirmed-from: 2020\nconfirmed-to: 2027\n";

static void
check_rule(const struct deadline_rule *r, const struct calendar *c)
{
	struct deadline_start s = deadline_start_day(20454);
	struct due d;
	struct str words;
	struct err e;

	str_init(&words);
	deadline_limit_words(r, &words);
	if (deadline_count(r, c, &s, &d, &e) == RC_OK) {
		HOLDS(d.day >= 20454 && d.at >= moment_of_day(20454));
		due_words(r, &d, &words);
		due_release(&d);
	}
	HOLDS(words.len > 0 && fuzz_is_utf8(words.s, words.len));
	str_release(&words);
}

static void
check_rules(const struct deadlines *d)
{
	const struct deadline_rule *r;
	struct faults f;
	struct calendar *c;
	struct err e;

	faults_init(&f, "calendar");
	c = calendar_parse(calendar, strlen(calendar), &f);
	for (size_t i = 0; i < d->nrules && c != NULL; i++) {
		check_rule(&d->rules[i], c);
		if (deadlines_find(d, d->rules[i].id, 20454, &r, &e) == RC_OK)
			HOLDS(strcmp(r->id, d->rules[i].id) == 0);
	}
	calendar_free(c);
	faults_release(&f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct faults faults;
	struct deadlines *d;
	struct str lines;
	char *text;

	if (n > 16384)
		return 0;
	text = fuzz_text(data, n);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	d = deadlines_parse(text, n, &faults);
	if (d != NULL) {
		HOLDS(faults.n == 0);
		check_rules(d);
		deadlines_free(d);
	} else {
		HOLDS(faults.n > 0);
		faults_lines(&faults, &lines);
		HOLDS(fuzz_is_utf8(lines.s, lines.len));
	}
	str_release(&lines);
	faults_release(&faults);
	free(text);
	return 0;
}
