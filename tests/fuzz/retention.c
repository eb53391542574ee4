/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Retention.  Every rule that is taken is found by its id and counts from
 * any case: to a day after its birth, or not at all.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/retention.h"

static void
check_rules(const struct retention *r)
{
	const struct retention_rule *rule;
	struct case_id id = {{7}};
	struct casefile c;
	struct str words;
	struct err e;

	casefile_init(&c, &id);
	casefile_settle(&c, NULL);
	c.birth = 11016;	/* a 29 February */
	c.changed = INT64_C(1767261600000);
	str_init(&words);
	for (size_t i = 0; i < r->nrules; i++) {
		int32_t until = retention_kept_until(&r->rules[i], &c,
		    &words);

		HOLDS(until == DAY_NONE || until >= c.birth);
		HOLDS(retention_find(r, r->rules[i].id, &rule, &e) == RC_OK);
		HOLDS(strcmp(rule->id, r->rules[i].id) == 0);
		retention_rule_words(rule, &words);
	}
	HOLDS(fuzz_is_utf8(words.s, words.len));
	str_release(&words);
	casefile_release(&c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct faults faults;
	struct retention *r;
	struct str lines;
	char *text;

	if (n > 16384)
		return 0;
	text = fuzz_text(data, n);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	r = retention_parse(text, n, &faults);
	if (r != NULL) {
		HOLDS(faults.n == 0);
		check_rules(r);
		retention_free(r);
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
