/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rule.h"
#include "core/str.h"
#include "tests/unit/loaded.h"

/* Two vulnerabilities, three signs (weights 1, 2, 5), one question. */
static const char small[] =
    "id: small\nversion: '1'\ntitle: T\nsummary: S\nsources: {x: Invented}\n"
    "settings: {three: {value: 3, source: x}}\n"
    "sections:\n"
    "  - {id: Q, label: Questions, role: question, source: x, items: [\n"
    "    {id: told, label: L, help: H}]}\n"
    "  - {id: A, label: Context, role: vulnerability, source: x, items: [\n"
    "    {id: A1, label: L, help: H}, {id: A2, label: L, help: H}]}\n"
    "  - {id: B, label: Signs, role: sign, source: x, items: [\n"
    "    {id: B1, label: L, help: H},\n"
    "    {id: B2, label: L, help: H, weight: 2},\n"
    "    {id: B3, label: L, help: H, weight: 5}]}\n"
    "levels: [{id: high, label: High, action: Act}]\n"
    "residual:\n"
    "  insufficient: {label: Not enough, action: Ask}\n"
    "  none-recorded: {label: None, action: Look again}\n"
    "rules: [{id: r, level: high, when: 'count(A, B) >= three',\n"
    "  because: B, source: x}]\n";

static int
set_up(void **state)
{
	*state = instrument_of_text(small);
	return 0;
}

static int
tear_down(void **state)
{
	instrument_free(*state);
	return 0;
}

/* "B1 b2? A1-": present, suspected, absent; "@12" is the age. */
static void
answer(const struct instrument *in, const char *words, struct answers *a)
{
	answers_init(a);
	while (*words != '\0') {
		char id[16] = "";
		size_t n = strcspn(words, " ?-");

		if (*words == '@') {
			a->age = (int)strtol(words + 1, NULL, 10);
			n = strcspn(words, " ");
		} else {
			memcpy(id, words, n);
			answers_set(a, item_of(in, id),
			    words[n] == '?' ? ANSWER_SUSPECTED :
			    words[n] == '-' ? ANSWER_ABSENT : ANSWER_PRESENT);
			n += words[n] == '?' || words[n] == '-';
		}
		words += n;
		words += strspn(words, " ");
	}
}

static void
means_what_it_says(void **state)
{
	static const struct {
		const char *rule;
		const char *answers;
		bool holds;
	} table[] = {
		{"count(B)", "", false},
		{"count(B)", "B2", true},
		{"count(b)", "B2", true},
		{"count(B) >= 2", "B2", false},
		{"count(B) >= 2", "B2 B3", true},
		{"count(B) > 2", "B2 B3", false},
		{"count(B) > 2", "B1 B2 B3", true},
		{"count(B)>=three", "B1 B2 B3", true},
		{"count(B) >= 1 + 1", "B1", false},
		{"count(B) >= 1 + 1", "B1 B2", true},
		{"count(A, B) >= three", "A1 B1", false},
		{"count(A, B) >= three", "A1 A2 B1", true},
		{"count(A) + count(B) >= 3", "A1 A2 B1", true},
		{"(count(A) + count(B)) >= 3", "A1 A2 B1", true},
		{"(count(A)) + 1 >= 3", "A1 A2", true},
		{"count(A, A1) >= 2", "A1", false},
		{"weight(B) >= 7", "B2 B3", true},
		{"weight(B) >= 7", "B1 B3", false},
		{"any(A, B) + any(B) >= 2", "B1 B2", true},
		{"any(A) + any(B) >= 2", "B1 B2", false},
		{"(count(A) >= 2) + (count(B) >= 1) >= 2", "A1 A2 B1", true},
		{"(count(A) >= 2) + (count(B) >= 1) >= 2", "A1 B1", false},
		{"count(B) >= 1", "B1?", false},
		{"count(B suspected) >= 1", "B1?", true},
		{"count(B suspected) >= 2", "B1? B2", true},
		{"count(B) >= 1", "B1-", false},
		{"flag(told)", "told", true},
		{"flag(told)", "told?", false},
		{"flag(told)", "B1 A1", false},
		{"any(B) and age < 13", "B1 @12", true},
		{"any(B) and age < 13", "B1 @13", false},
		{"any(B) and age < 13", "B1", false},
		{"any(B) and (age < 13 or any(A2))", "B1 A2", true},
		{"any(A1) or any(A2) and any(B)", "A1", true},
		{"any(A1) or any(A2) and any(B)", "A2", false},
		{"(any(A1) or any(A2)) and any(B)", "A1", false},
		{"count(A) and count(B)", "A1 B1", true},
		{"count(A) and count(B)", "A1 A2", false},
		{"\n count ( B )\t>=\n2 ", "B1 B2", true}
	};
	struct instrument *in = *state;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct expr *x = NULL;
		struct answers a;
		struct err e;
		size_t at = 0;

		if (rule_compile(in, table[i].rule, &x, &at, &e) != RC_OK)
			fail_msg("%s: at %zu: %s", table[i].rule, at, e.text);
		answer(in, table[i].answers, &a);
		if (rule_holds(in, x, &a) != table[i].holds)
			fail_msg("%s over \"%s\" is not %d", table[i].rule,
			    table[i].answers, table[i].holds);
		rule_free(x);
	}
}

static void
faults_have_a_place(void **state)
{
	static const struct {
		const char *rule;
		size_t at;
		const char *words;
	} table[] = {
		{"", 0, "expected count(...)"},
		{"   ", 3, "but the rule ends here"},
		{"count", 5, "expected \"(\", but the rule ends"},
		{"count(", 6, "a section or an item, but the rule ends"},
		{"count()", 6, "a section or an item, found \")\""},
		{"count(B", 7, "\")\", but the rule ends"},
		{"count(B,)", 8, "a section or an item, found \")\""},
		{"count(B4)", 6, "did you mean \"B"},
		{"count(zebra)", 6, "\"zebra\" is not a section or an item"},
		{"cuont(B)", 0, "did you mean \"count\"?"},
		{"count(B) >= thre", 12, "did you mean \"three\"?"},
		{"count(B) >= count(A)", 12, "a present answer never lowers"},
		{"count(B) >=", 11, "a number or a setting, but the rule"},
		{"count(B) >= 3 >= 2", 14, "expected \"and\", \"or\""},
		{"count(B) = 3", 9, "found \"=\""},
		{"count(B) < 3", 9, "\"<\" may only follow \"age\""},
		{"count(B) - 1", 9, "found \"-\""},
		{"not any(B)", 0, "there is no \"not\""},
		{"any(B) and not any(A)", 11, "there is no \"not\""},
		{"any(B) and", 10, "but the rule ends here"},
		{"any(B) or or any(A)", 10, "found \"or\""},
		{"any(B) any(A)", 7, "found \"any\""},
		{"(any(B)", 7, "\")\", but the rule ends"},
		{"any(B))", 6, "found \")\""},
		{"flag(B1)", 5, "is not a direct question"},
		{"flag(tol)", 5, "did you mean \"told\"?"},
		{"flag()", 5, "expected a direct question, found \")\""},
		{"age > 13", 4, "expected \"<\" after \"age\""},
		{"age < 0", 6, "from 1 to 120"},
		{"age < 121", 6, "from 1 to 120"},
		{"count(B) >= 0", 9, "always true"},
		{"count(B) + 1 >= 1", 13, "always true"},
		{"3", 0, "always true"},
		{"any(A) or 1", 10, "always true"},
		{"0", 0, "never be true"},
		{"count(B) >= 4", 9, "4 are needed and 3 is the most"},
		{"count(B) > three", 9, "can never be true"},
		{"weight(B) >= 9", 10, "8 is the most"},
		{"any(A) + any(B) >= 3", 16, "2 is the most"},
		{"count(B within)", 14, "a number after \"within\""},
		{"count(B within 6)", 16, "\"days\", \"weeks\" or \"months\""},
		{"count(B within 6 years)", 17, "found \"years\""},
		{"count(B within 6 to 6 months)", 15, "end further back"},
		{"count(B within 0 days)", 15, "end further back"},
		{"count(B within 9999 months)", 15, "100 years"},
		{"count(B) >= 99999999999999999999", 12, "too large"},
		{"count(B) >= 3x", 12, "found \"3x\""},
		{"count(B) >= \xc3\xa9", 12, "found \"\xc3\xa9\""}
	};
	struct instrument *in = *state;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct expr *x = NULL;
		size_t at = 999;
		struct err e;

		if (rule_compile(in, table[i].rule, &x, &at, &e) != RC_INPUT)
			fail_msg("%s: taken for good", table[i].rule);
		if (at != table[i].at || strstr(e.text, table[i].words) == NULL)
			fail_msg("%s: at %zu: %s", table[i].rule, at, e.text);
	}
}

static void
depth_and_size_are_bounded(void **state)
{
	struct instrument *in = *state;
	struct expr *x = NULL;
	struct err e;
	struct str s;
	size_t at;

	str_init(&s);
	for (unsigned i = 0; i < 32; i++)
		str_add_char(&s, '(');
	str_add(&s, "any(B)");
	for (unsigned i = 0; i < 32; i++)
		str_add_char(&s, ')');
	assert_int_equal(rule_compile(in, s.s, &x, &at, &e), RC_OK);
	rule_free(x);
	str_splice(&s, 0, 0, "(", 1);
	str_add_char(&s, ')');
	assert_int_equal(rule_compile(in, s.s, &x, &at, &e), RC_INPUT);
	assert_int_equal(at, 32);
	assert_non_null(strstr(e.text, "32 deep"));
	str_clear(&s);
	for (unsigned i = 0; i < 1000; i++)
		str_add(&s, "any(B) or ");
	str_add(&s, "any(A)");
	assert_int_equal(rule_compile(in, s.s, &x, &at, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "256 parts"));
	str_release(&s);
}

static void
windows_are_shared(void **state)
{
	static const char *const more[] = {
		"count(B within 1 days)", "count(B within 2 weeks)",
		"count(B within 3 weeks)", "count(B within 4 weeks)",
		"count(B within 5 weeks)", "count(B within 7 weeks)"
	};
	struct instrument *in = *state;
	struct expr *x = NULL;
	struct err e;
	size_t at;

	assert_int_equal(rule_compile(in, "count(B within 6 months) + "
	    "count(A within 6 months) + count(B within 6 to 12 months) >= 2",
	    &x, &at, &e), RC_OK);
	rule_free(x);
	assert_int_equal(in->nwindows, 2);
	assert_int_equal(in->windows[0].from_days, 0);
	assert_int_equal(in->windows[0].to_days, 183);
	assert_int_equal(in->windows[1].from_days, 184);
	assert_int_equal(in->windows[1].to_days, 366);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(rule_compile(in, more[i], &x, &at, &e),
		    RC_OK);
		rule_free(x);
	}
	assert_int_equal(rule_compile(in, "count(B within 1 to 3 days)", &x,
	    &at, &e), RC_INPUT);
	assert_int_equal(at, 15);
	assert_non_null(strstr(e.text, "more than 8"));
}

static void
explains_itself(void **state)
{
	static const struct {
		const char *rule, *answers, *words;
	} table[] = {
		{"count(B) >= 3", "B1 B2", "Signs: 2, needs 3"},
		{"count(A) + count(B) >= 3", "A1 B1 B2",
		    "Context: 1 + Signs: 2 = 3, needs 3"},
		{"weight(B) >= 7", "B2 B3", "Signs by weight: 7, needs 7"},
		{"flag(told)", "told", "told present"},
		{"flag(told)", "", "none present of told"},
		{"any(A, B) and (age < 13 or any(A2))", "B1 @12",
		    "B1 present; and age 12, under 13"},
		{"any(B) and age < 13", "B1",
		    "B1 present; and age not known, asks for under 13"},
		{"age < 13", "@13", "age 13, not under 13"},
		{"any(A1) or any(A2)", "",
		    "none present of A1; or none present of A2"}
	};
	struct instrument *in = *state;
	struct str s;

	str_init(&s);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct expr *x = NULL;
		struct answers a;
		struct err e;
		size_t at;

		assert_int_equal(rule_compile(in, table[i].rule, &x, &at, &e),
		    RC_OK);
		answer(in, table[i].answers, &a);
		str_clear(&s);
		rule_explain(in, x, &a, &s);
		assert_string_equal(s.s, table[i].words);
		rule_free(x);
	}
	str_release(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(means_what_it_says, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(faults_have_a_place, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(depth_and_size_are_bounded,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(windows_are_shared, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(explains_itself, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
