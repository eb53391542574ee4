/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/screen.h"
#include "core/str.h"
#include "tests/unit/loaded.h"

#define OCC "content/instruments/occ-csegg.yaml"
#define WEIGHTED "tests/data/weighted.yaml"

static struct instrument *occ;

static int
set_up(void **state)
{
	(void)state;
	occ = load_instrument(OCC);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	instrument_free(occ);
	return 0;
}

static void
answer_all(const struct instrument *in, const struct itemset *items,
    enum answer state, struct answers *a)
{
	for (unsigned i = 0; i < in->nitems; i++)
		if (itemset_has(items, i))
			answers_set(a, i, state);
}

/*
 * Words in order: "B1" present, "B1?" suspected, "B1-" absent, "B1~" not
 * known, "@12" the age, "rest-" all listed items absent, "asked-" the direct
 * questions absent.
 */
static void
answer(const struct instrument *in, const char *words, struct answers *a)
{
	static const char marks[] = "?-~";
	static const enum answer states[] = { ANSWER_SUSPECTED, ANSWER_ABSENT,
	    ANSWER_NOT_KNOWN };

	answers_init(a);
	while (*words != '\0') {
		size_t n = strcspn(words, " ?-~");
		enum answer state = ANSWER_PRESENT;
		const char *mark = words[n] != '\0' ?
		    strchr(marks, words[n]) : NULL;
		char id[16] = "";

		assert_true(n < sizeof(id));
		memcpy(id, words, n);
		if (mark != NULL) {
			state = states[mark - marks];
			n++;
		}
		if (id[0] == '@')
			a->age = (int)strtol(id + 1, NULL, 10);
		else if (strcmp(id, "rest") == 0)
			answer_all(in, &in->listed, state, a);
		else if (strcmp(id, "asked") == 0)
			answer_all(in, &in->questions, state, a);
		else
			answers_set(a, item_of(in, id), state);
		words += n;
		words += strspn(words, " ");
	}
}

/* Every row of the rule table, with its neighbours on both sides. */
static void
occ_gives_the_level(void **state)
{
	static const struct {
		const char *answers, *level, *could_be, *label;
	} table[] = {
		{"disclosure", "high", "high",
		    "High: disclosure or observed harm"},
		{"harm rest-", "high", "high",
		    "High: disclosure or observed harm"},
		{"harm B1 B2 B3", "high", "high",
		    "High: disclosure or observed harm"},
		{"disclosure?", "insufficient", "high",
		    "Not enough known yet"},
		{"B1 B2 B3", "high", "high", "High: three or more indicators"},
		{"A1 A2 A3", "high", "high", "High: three or more indicators"},
		{"A1 B1 B14", "high", "high",
		    "High: three or more indicators"},
		{"rest- asked- A1 A2 B1 @15", "high", "high",
		    "High: three or more indicators"},
		{"rest- asked- B1 B2 @15", "potential", "potential",
		    "Potential victim: assess and act"},
		{"rest- asked- B1 @15", "potential", "potential",
		    "Potential victim: assess and act"},
		{"rest- asked- A1 B1 @15", "potential", "potential",
		    "Potential victim: assess and act"},
		{"rest- asked- A1 @12", "potential", "potential",
		    "Potential victim (floor)"},
		{"rest- asked- A1 @13", "vulnerable", "vulnerable",
		    "Vulnerability recorded; practitioner to decide"},
		{"rest- asked- A6 @15", "potential", "potential",
		    "Potential victim (floor)"},
		{"rest- asked- A1 A6 @15", "potential", "potential",
		    "Potential victim (floor)"},
		{"rest- asked- A1 A2 @15", "vulnerable", "vulnerable",
		    "Vulnerability recorded; practitioner to decide"},
		{"rest- asked- A1", "vulnerable", "potential",
		    "Vulnerability recorded; practitioner to decide"},
		{"rest- asked- A1 A6? @15", "vulnerable", "potential",
		    "Vulnerability recorded; practitioner to decide"},
		{"rest- asked- A1 A2 B1~ @15", "vulnerable", "high",
		    "Vulnerability recorded; practitioner to decide"},
		{"", "insufficient", "high", "Not enough known yet"},
		{"rest-", "none-recorded", "high",
		    "No listed sign recorded on this date; this does not rule "
		    "out exploitation"},
		{"rest- asked-", "none-recorded", "none-recorded",
		    "No listed sign recorded on this date; this does not rule "
		    "out exploitation"},
		{"rest- asked- B5~ @15", "insufficient", "potential",
		    "Not enough known yet"},
		{"rest- asked- A5~ @15", "insufficient", "vulnerable",
		    "Not enough known yet"},
		{"rest- asked- A5~", "insufficient", "potential",
		    "Not enough known yet"},
		{"rest- asked- A5? @15", "insufficient", "vulnerable",
		    "Not enough known yet"},
		{"rest- asked- harm~", "insufficient", "high",
		    "Not enough known yet"}
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct screening s;
		struct answers a;
		unsigned level, could_be;

		answer(occ, table[i].answers, &a);
		screen_run(occ, &a, &s);
		if (strcmp(screen_level_id(occ, s.level), table[i].level) ||
		    strcmp(screen_level_id(occ, s.could_be),
		    table[i].could_be) ||
		    strcmp(screen_label(occ, &s), table[i].label))
			fail_msg("\"%s\" gives %s, %s, %s", table[i].answers,
			    screen_level_id(occ, s.level),
			    screen_level_id(occ, s.could_be),
			    screen_label(occ, &s));
		screen_levels(occ, &a, &level, &could_be);
		assert_int_equal(level, s.level);
		assert_int_equal(could_be, s.could_be);
		assert_true(screen_action(occ, &s)[0] != '\0');
	}
}

/* A4 is left out only where the gang question is answered absent. */
static void
gang_ties_count_until_ruled_out(void **state)
{
	static const struct {
		const char *answers, *level;
		unsigned vulnerabilities, not_known;
	} table[] = {
		{"rest- A4 A1 A2 gang @15", "high", 3, 0},
		{"rest- A4 A1 A2 @15", "high", 3, 0},
		{"rest- A4 A1 A2 gang~ @15", "high", 3, 0},
		{"rest- A4 A1 A2 gang? @15", "high", 3, 0},
		{"rest- A4 A1 A2 gang- @15", "vulnerable", 2, 0},
		{"rest- A4 gang- @15", "insufficient", 0, 0},
		{"rest- A4~ gang- @15", "none-recorded", 0, 0},
		{"rest- A4~ @15", "insufficient", 0, 1},
		{"gang-", "insufficient", 0, 28},
		{"gang", "insufficient", 0, 29}
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct screening s;
		struct answers a;

		answer(occ, table[i].answers, &a);
		screen_run(occ, &a, &s);
		if (strcmp(screen_level_id(occ, s.level), table[i].level))
			fail_msg("\"%s\" gives %s", table[i].answers,
			    screen_level_id(occ, s.level));
		assert_int_equal(s.vulnerabilities, table[i].vulnerabilities);
		assert_int_equal(s.not_known, table[i].not_known);
		assert_int_equal(s.listed, 29);
	}
}

static void
counts_are_kept_apart(void **state)
{
	struct screening s;
	struct answers a;
	struct str words;

	(void)state;
	answer(occ, "A1 A2? B1 B2 B3- B4~ disclosure", &a);
	screen_run(occ, &a, &s);
	assert_int_equal(s.vulnerabilities, 1);
	assert_int_equal(s.signs, 2);
	assert_int_equal(s.suspected, 1);
	assert_int_equal(s.not_known, 24);
	assert_int_equal(s.not_asked, 23);
	assert_int_equal(s.nfired, 4);
	assert_string_equal(occ->rules[s.fired[0]].id, "disclosed");
	assert_string_equal(occ->rules[s.fired[1]].id, "three-indicators");
	str_init(&words);
	screen_rule_words(occ, &a, s.fired[1], &words);
	assert_string_equal(words.s, "Rule three-indicators fired: "
	    "Vulnerabilities and Signs: 3, needs 3");
	str_release(&words);
	assert_int_equal(screen_level_from_id(occ, "high"), 0);
	assert_int_equal(screen_level_from_id(occ, "none-recorded"), 4);
	assert_int_equal(screen_level_from_id(occ, "low"), NO_ITEM);
}

static void
changes_are_said(void **state)
{
	static const struct {
		const char *answers;
		const char *words[6];
	} table[] = {
		{"", {
		    "1 more present, any of disclosure, harm -> High",
		    "1 more present, any of A6, B1 to B14 -> Potential "
		    "victim: assess and act",
		    "1 more present, any of A1 to A5, A7 to A15 -> "
		    "Vulnerability recorded; practitioner to decide",
		    "3 more present, any of A1 to A15, B1 to B14 -> High"}},
		{"rest- asked- A1 A2 B1~ B2? @15", {
		    "1 more present, any of B1, B2 -> High"}},
		{"rest- asked- B1 B2~ @15", {NULL}},
		{"rest- asked- A1", {
		    "an age under 13 (age not certain) -> Potential "
		    "victim: assess and act"}},
		{"rest- asked- A1~ A2~", {
		    "1 more present, any of A1, A2 -> Vulnerability recorded; "
		    "practitioner to decide",
		    "1 more present, any of A1, A2 and an age under 13 (age "
		    "not certain) -> Potential victim: assess and act"}},
		{"rest- asked- A4~ gang- @15", {NULL}},
		{"rest- A1 B1 @15 disclosure- harm~", {
		    "1 more present: harm -> High"}},
		{"disclosure", {NULL}}
	};
	struct str s;

	(void)state;
	str_init(&s);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct screening r;
		struct answers a;

		answer(occ, table[i].answers, &a);
		screen_run(occ, &a, &r);
		for (size_t k = 0; k < r.nchanges; k++) {
			str_clear(&s);
			screen_change_words(occ, &r.changes[k], &s);
			if (table[i].words[k] == NULL)
				fail_msg("\"%s\" also says: %s",
				    table[i].answers, s.s);
			assert_string_equal(s.s, table[i].words[k]);
		}
		assert_null(table[i].words[r.nchanges]);
	}
	str_release(&s);
}

#define TODAY "2026-11-22"

static void
note(const struct instrument *in, const char *id, const char *when,
    struct answers *a)
{
	struct sighting s = { item_of(in, id), ANSWER_PRESENT, span_none() };
	int32_t today;
	struct err e;

	assert_int_equal(day_parse(TODAY, &today, &e), RC_OK);
	if (when != NULL)
		assert_int_equal(span_parse(when, &s.on, &e), RC_OK);
	answers_note(a, in, &s, today);
}

/* Five in the last 6 months, one if 6 to 12 months ago, six if both. */
static void
weighted_bands(void **state)
{
	static const struct {
		const char *id[5], *when[5];
		const char *level;
	} table[] = {
		{{"S1"}, {"2026-11-01"}, "band-1-level"},
		{{"S1"}, {"2026-02"}, "band-1-level"},
		{{"S1", "S1"}, {"2026-11-01", "2026-02-03"}, "band-2-level"},
		{{"S1", "S1"}, {"2026-11-01", "2026-10-30"}, "band-1-level"},
		{{"S1"}, {"2025-10-01"}, "insufficient"},
		{{"S1"}, {NULL}, "insufficient"},
		{{"S1", "V1"}, {"2026-11", NULL}, "band-2-level"},
		{{"S1", "M1"}, {"2026-11", "2026-02"}, "band-1-level"},
		{{"S1", "M1"}, {"2026-11", "2026-06-01"}, "band-2-level"},
		{{"S1", "S2", "V1"}, {"2026-11", "2026-11", NULL},
		    "band-3-level"},
		{{"S1", "S2", "S3"}, {"2026-11", "2026-11", "2026-11"},
		    "band-3-level"},
		{{"S1", "S2", "S3", "S1"}, {"2026-11", "2026-11", "2026-11",
		    "2026-01"}, "band-4-level"},
		/* The last day of each window, and the day after it. */
		{{"M1"}, {"2026-05-23"}, "band-1-level"},
		{{"M1"}, {"2026-05-22"}, "insufficient"},
		{{"S1", "V1"}, {"2026-05-23", NULL}, "band-2-level"},
		{{"S1", "V1"}, {"2026-05-22", NULL}, "band-1-level"},
		{{"S1"}, {"2025-11-21"}, "band-1-level"},
		{{"S1"}, {"2025-11-20"}, "insufficient"},
		/* A month that only touches the window counts as inside. */
		{{"M1"}, {"2026-05"}, "band-1-level"}
	};
	struct instrument *in = load_instrument(WEIGHTED);

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct screening s;
		struct answers a;

		answers_init(&a);
		for (size_t k = 0; k < 5 && table[i].id[k] != NULL; k++)
			note(in, table[i].id[k], table[i].when[k], &a);
		screen_run(in, &a, &s);
		if (strcmp(screen_level_id(in, s.level), table[i].level))
			fail_msg("row %zu gives %s", i,
			    screen_level_id(in, s.level));
		assert_string_equal(screen_level_id(in, s.could_be),
		    "band-4-level");
	}
	instrument_free(in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(occ_gives_the_level),
		cmocka_unit_test(gang_ties_count_until_ruled_out),
		cmocka_unit_test(counts_are_kept_apart),
		cmocka_unit_test(changes_are_said),
		cmocka_unit_test(weighted_bands),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
