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
#define MET "content/instruments/met-safeguard.yaml"

static void
occ_is_what_was_published(void **state)
{
	struct instrument *in = load_instrument(OCC);
	struct itemset covered = { 0 };
	struct itemset left;

	(void)state;
	assert_string_equal(in->id, "occ-csegg");
	assert_int_equal(itemset_count(&in->vulnerabilities), 15);
	assert_int_equal(itemset_count(&in->signs), 14);
	assert_int_equal(itemset_count(&in->listed), 29);
	assert_int_equal(itemset_count(&in->questions), 3);
	assert_int_equal(in->review_days, 42);
	assert_int_equal(in->nlevels, 3);
	assert_string_equal(in->levels[0].id, "high");
	assert_string_equal(in->levels[1].id, "potential");
	assert_string_equal(in->levels[2].id, "vulnerable");
	assert_int_equal(in->items[item_of(in, "A4")].applies_when,
	    item_of(in, "gang"));
	assert_int_equal(in->nviews, 1);
	assert_int_equal(in->views[0].ngroups, 9);
	for (size_t i = 0; i < 9; i++)
		covered = itemset_or(covered, &in->views[0].groups[i].items);
	left = itemset_minus(in->listed, &covered);
	assert_int_equal(itemset_count(&left), 0);
	instrument_free(in);
}

/* IICSA Organised Networks F.3: nothing may sound like an all-clear. */
static void
nothing_says_low_risk(void **state)
{
	static const char *const files[] = { OCC, MET };
	static const char *const words[] = { "low risk", "no risk",
	    "not at risk", "prostitut", "puts themselves at risk" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *text = load_text(files[i]);

		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			assert_null(strcasestr(text, words[k]));
		free(text);
	}
}

static void
every_item_has_help_and_source(void **state)
{
	static const char *const files[] = { OCC, MET };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct instrument *in = load_instrument(files[i]);

		for (size_t k = 0; k < in->nitems; k++) {
			assert_true(strlen(in->items[k].help) > 80);
			assert_true(strlen(in->items[k].source) > 20);
			assert_true(strlen(in->items[k].label) < 60);
		}
		for (size_t k = 0; k < in->nrules; k++)
			assert_true(strlen(in->rules[k].source) > 20);
		instrument_free(in);
	}
}

static void
memory_aid_has_no_level(void **state)
{
	struct instrument *in = load_instrument(MET);
	struct screening s;
	struct answers a;

	(void)state;
	assert_true(in->unscored);
	assert_int_equal(in->nitems, 9);
	answers_init(&a);
	answers_set(&a, 0, ANSWER_PRESENT);
	screen_run(in, &a, &s);
	assert_string_equal(screen_level_id(in, s.level), "insufficient");
	assert_int_equal(s.not_known, 8);
	assert_int_equal(s.nchanges, 0);
	instrument_free(in);
}

static void
every_fault_is_listed(void **state)
{
	static const char *const expected[] = {
		"f:3:1: \"title\" is missing",
		"f:3:5: \"9lives\" is not an id",
		"f:5:1: unknown key \"titel\"",
		"f:7:14: a screening must be looked at again",
		"f:10:3: a source must be text",
		"f:12:18: \"value\" is \"many\"; expected a whole number",
		"f:13:3: \"any\" is a word of the rule language",
		"f:13:27: the source \"three\" is not listed",
		"f:17:11: \"role\" is \"vulnerabilty\"",
		"f:21:14: the name \"a1\" is used twice",
		"f:22:9: \"help\" is missing",
		"f:23:45: \"weight\" is \"-1\"",
		"f:24:51: \"A1\" is not a direct question",
		"f:25:9: an item must be a map",
		"f:28:12: the section has no items",
		"f:31:10: the level \"high\" is listed twice",
		"f:32:10: \"insufficient\" is always there",
		"f:34:3: \"none-recorded\" is missing",
		"f:36:21: there is no level \"hihg\"; did you mean \"high\"?",
		"f:39:23: \"tree\" is not a number or a setting",
		"f:42:5: \"source\" is missing",
		"f:42:9: the rule \"r2\" is listed twice",
		"f:44:25: \"cuont\" is not known here; did you mean \"count\"?",
		"f:48:11: at character 12 of the rule: expected count",
		"f:52:13: the source \"oen\" is not listed under sources; did "
		    "you mean \"one\"?",
		"f:57:32: there is no item \"A9\"; did you mean \"A"
	};
	char *text = load_text("tests/data/broken-instrument.yaml");
	struct instrument *in = NULL;
	struct faults f;
	struct err e;
	struct str s;

	(void)state;
	faults_init(&f, "f");
	str_init(&s);
	assert_int_equal(instrument_parse(text, strlen(text), "f", &in, &f,
	    &e), RC_INPUT);
	assert_null(in);
	for (size_t i = 0; i < f.n; i++) {
		str_clear(&s);
		fault_words(&f, i, &s);
		if (i >= sizeof(expected) / sizeof(expected[0]) ||
		    strncmp(s.s, expected[i], strlen(expected[i])) != 0)
			fail_msg("fault %zu: %s", i, s.s);
	}
	assert_int_equal(f.n, sizeof(expected) / sizeof(expected[0]));
	assert_non_null(strstr(e.text, "(and 25 more)"));
	str_release(&s);
	faults_release(&f);
	free(text);
}

#define HEAD "id: t\nversion: '1'\ntitle: T\nsummary: S\n" \
	"sources: {x: Invented}\n"
#define SECTIONS "sections:\n" \
	"  - {id: A, label: A, role: vulnerability, source: x, items: [\n" \
	"    {id: A1, label: L, help: H}, {id: A2, label: L, help: H}]}\n"
#define RESIDUAL "residual:\n" \
	"  insufficient: {label: L, action: A}\n" \
	"  none-recorded: {label: L, action: A}\n"
#define LEVELS "levels: [{id: top, label: L, action: A}, " \
	"{id: low, label: L, action: A}]\n"
#define RULE(id, level, when) "  - {id: " id ", level: " level ", when: '" \
	when "', because: B, source: x}\n"

static void
the_whole_is_checked(void **state)
{
	static const struct {
		const char *text, *words;
	} table[] = {
		{HEAD SECTIONS LEVELS RESIDUAL "rules:\n"
		    RULE("a", "low", "any(A)") RULE("b", "top", "count(A) > 1"),
		    "\"b\" (top) stands after \"a\" (low)"},
		{HEAD SECTIONS LEVELS RESIDUAL "rules:\n"
		    RULE("a", "top", "any(A)"),
		    "no rule gives the level \"low\""},
		{HEAD "settings: {spare: {value: 1, source: x}}\n" SECTIONS
		    LEVELS RESIDUAL "rules:\n"
		    RULE("a", "top", "count(A) > 1") RULE("b", "low", "any(A)"),
		    "no rule uses the setting \"spare\""},
		{HEAD "unscored: yes\n" SECTIONS LEVELS RESIDUAL,
		    "an unscored instrument has no levels"},
		{HEAD SECTIONS LEVELS RESIDUAL, "\"rules\" is missing"},
		{HEAD SECTIONS LEVELS RESIDUAL "rules: []\n",
		    "there are no rules"},
		{HEAD SECTIONS "levels: []\n" RESIDUAL "rules: []\n",
		    "there are no levels"},
		{"[a, b]", "an instrument must be a map"},
		{HEAD "settings: {s: {value: 1000001, source: x}}\n" SECTIONS,
		    "from 0 to 1000000"}
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct instrument *in = NULL;
		struct faults f;
		struct err e;
		bool found = false;

		faults_init(&f, "f");
		assert_int_equal(instrument_parse(table[i].text,
		    strlen(table[i].text), "f", &in, &f, &e), RC_INPUT);
		for (size_t k = 0; k < f.n; k++)
			found = found ||
			    strstr(f.list[k].text, table[i].words) != NULL;
		if (!found)
			fail_msg("row %zu: %s", i, e.text);
		faults_release(&f);
	}
}

/* The order fault says what is wrong; this says what it would do to a child. */
static void
a_lowering_answer_is_shown(void **state)
{
	static const char text[] = HEAD SECTIONS LEVELS RESIDUAL "rules:\n"
	    RULE("a", "low", "count(A) > 1") RULE("b", "top", "any(A1)");
	struct instrument *in = NULL;
	struct faults f;
	struct err e;

	(void)state;
	faults_init(&f, "f");
	assert_int_equal(instrument_parse(text, strlen(text), "f", &in, &f,
	    &e), RC_INPUT);
	assert_int_equal(f.n, 2);
	assert_non_null(strstr(f.list[1].text, "a further present answer "
	    "lowers the level: A1 present gives top, A1, A2 present gives "
	    "low"));
	faults_release(&f);
}

static void
the_hash_is_of_the_bytes(void **state)
{
	static const char text[] = HEAD SECTIONS LEVELS RESIDUAL "rules:\n"
	    RULE("a", "top", "count(A) > 1") RULE("b", "low", "any(A)");
	struct instrument *one = instrument_of_text(text);
	struct instrument *two = instrument_of_text(text);
	struct instrument *other = load_instrument(OCC);

	(void)state;
	assert_memory_equal(one->hash, two->hash, INSTRUMENT_HASH_LEN);
	assert_memory_not_equal(one->hash, other->hash, INSTRUMENT_HASH_LEN);
	instrument_free(one);
	instrument_free(two);
	instrument_free(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(occ_is_what_was_published),
		cmocka_unit_test(nothing_says_low_risk),
		cmocka_unit_test(every_item_has_help_and_source),
		cmocka_unit_test(memory_aid_has_no_level),
		cmocka_unit_test(every_fault_is_listed),
		cmocka_unit_test(the_whole_is_checked),
		cmocka_unit_test(a_lowering_answer_is_shown),
		cmocka_unit_test(the_hash_is_of_the_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
