/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "core/query.h"

static bool
level_known(const char *id, void *ctx)
{
	(void)ctx;
	return strcmp(id, "high") == 0 || strcmp(id, "potential") == 0;
}

static enum rc
parse(const char *text, struct query *q, size_t *at, struct err *e)
{
	struct query_context qc = {.level_known = level_known};

	qc.today = day_from_civil((struct civil){2026, 11, 20});
	qc.now = moment_of_day(qc.today) + 3600000;
	return query_parse(text, &qc, q, at, e);
}

static void
reads_each_form(void **state)
{
	static const struct {
		const char *text;
		enum query_key key;
		enum query_op op;
		bool not;
		const char *value;
	} table[] = {
		{"risk:high", QUERY_RISK, QUERY_EQ, false, "high"},
		{"level:high,potential", QUERY_RISK, QUERY_EQ, false,
		    "high,potential"},
		{"risk>=potential", QUERY_RISK, QUERY_GE, false, "potential"},
		{"could:high", QUERY_COULD, QUERY_EQ, false, "high"},
		{"signs>=3", QUERY_SIGNS, QUERY_GE, false, "3"},
		{"vulnerabilities<2", QUERY_VULNERABILITIES, QUERY_LT, false,
		    "2"},
		{"notknown=0", QUERY_NOTKNOWN, QUERY_EQ, false, "0"},
		{"-name:Zoë", QUERY_NAME, QUERY_EQ, true, "Zoë"},
		{"not ref:K-1", QUERY_REF, QUERY_EQ, true, "K-1"},
		{"not -ref:K-1", QUERY_REF, QUERY_EQ, false, "K-1"},
		{"text:\"bus station\"", QUERY_TEXT, QUERY_EQ, false,
		    "bus station"},
		{"\"bus station\"", QUERY_TEXT, QUERY_EQ, false,
		    "bus station"},
		{"station", QUERY_TEXT, QUERY_EQ, false, "station"},
		{"  is:lowering  ", QUERY_IS, QUERY_EQ, false, "lowering"},
		{"due:overdue", QUERY_DUE, QUERY_EQ, false, "overdue"},
		{"owner:me", QUERY_OWNER, QUERY_EQ, false, "me"},
		{"kind:missing,plan", QUERY_KIND, QUERY_EQ, false,
		    "missing,plan"},
		{"-has:plan", QUERY_KIND, QUERY_EQ, true, "plan"},
		{"is:closed,overdue", QUERY_IS, QUERY_EQ, false,
		    "closed,overdue"},
		{"age<13", QUERY_AGE, QUERY_LT, false, "13"},
		{"area:\"Hill, and Dale\"", QUERY_AREA, QUERY_EQ, false,
		    "Hill, and Dale"},
		{"school:hill", QUERY_SCHOOL, QUERY_EQ, false, "hill"},
		{"agency:police,school", QUERY_AGENCY, QUERY_EQ, false,
		    "police,school"},
		{"with:Ola", QUERY_WITH, QUERY_EQ, false, "Ola"},
		/* A word that only looks like a key is a word. */
		{"K-0142", QUERY_TEXT, QUERY_EQ, false, "K-0142"},
	};
	struct query q;
	struct err e;
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_int_equal(parse(table[i].text, &q, &at, &e), RC_OK);
		assert_int_equal(q.n, 1);
		assert_int_equal(q.terms[0].key, table[i].key);
		assert_int_equal(q.terms[0].op, table[i].op);
		assert_int_equal(q.terms[0].not, table[i].not);
		assert_string_equal(q.terms[0].text, table[i].value);
		query_release(&q);
	}
}

static void
joins_terms(void **state)
{
	struct query q;
	struct err e;
	size_t at;

	(void)state;
	assert_int_equal(parse("risk:high and signs>3 due<7d -is:screened "
	    "\"a b\"", &q, &at, &e), RC_OK);
	assert_int_equal(q.n, 5);
	assert_int_equal(q.terms[1].number, 3);
	assert_true(q.terms[3].not);
	query_release(&q);
	assert_int_equal(parse("", &q, &at, &e), RC_OK);
	assert_int_equal(q.n, 0);
	query_release(&q);
}

static int64_t
number_of(const char *text)
{
	struct query q;
	struct err e;
	int64_t n;
	size_t at;

	assert_int_equal(parse(text, &q, &at, &e), RC_OK);
	n = q.terms[0].number;
	query_release(&q);
	return n;
}

static void
anchors_times(void **state)
{
	int32_t today = day_from_civil((struct civil){2026, 11, 20});
	int64_t now = moment_of_day(today) + 3600000;

	(void)state;
	assert_int_equal(number_of("due<7d"), now + 7 * INT64_C(86400000));
	assert_int_equal(number_of("due<2w"), now + 14 * INT64_C(86400000));
	assert_int_equal(number_of("changed>7d"),
	    now - 7 * INT64_C(86400000));
	assert_int_equal(number_of("due<2026-12-01"), moment_of_day(
	    day_from_civil((struct civil){2026, 12, 1})));
	assert_int_equal(number_of("born>=2010-01-01"),
	    day_from_civil((struct civil){2010, 1, 1}));
}

static void
points_at_the_fault(void **state)
{
	static const struct {
		const char *text;
		size_t at;
		const char *says;
	} table[] = {
		{"risk:hgih", 5, "there is no level \"hgih\""},
		{"signs>=x", 7, "a whole number was expected"},
		{"signs>=-1", 7, "a whole number was expected"},
		{"signs>=", 7, "a value was expected"},
		{"a b rsik:high", 4, "there is no key \"rsik\""},
		{"text:\"never closed", 5, "never closed"},
		{"due<soon", 4, "a number of days such as 7d"},
		{"is:happy", 3, "is: takes screened, unscreened, lowering, "
		    "conflict, restricted, open, closed, closed-lately, "
		    "flagged, returned, downgraded or overdue, not"},
		{"is:open,happy", 8, "not \"happy\""},
		{"risk:high,low", 10, "there is no level \"low\""},
		{"a kind:misssing", 7, "there is no kind of entry"},
		{"kind:note,,plan", 10, "between the commas"},
		{"kind:user", 5, "the kinds are open identity"},
		{"kind:\"note,plan\"", 5, "there is no kind of entry"},
		{"age<young", 4, "a whole number"},
		{"has>plan", 4, "takes only \":\""},
		{"name>Zoë", 5, "takes only \":\""},
		{"risk>high,potential", 5, "one level was expected"},
		{"risk:high and", 13, "after \"and\""},
		{"-", 1, "a word was expected"},
	};
	struct query q;
	struct err e;
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_int_equal(parse(table[i].text, &q, &at, &e), RC_INPUT);
		assert_int_equal(at, table[i].at);
		assert_non_null(strstr(e.text, table[i].says));
		assert_int_equal(q.n, 0);
	}
}

/* ---- completing ---- */

static const char *
level(size_t i, void *ctx)
{
	static const char *const levels[] = {"high", "potential"};

	(void)ctx;
	return i < 2 ? levels[i] : NULL;
}

static const char *
person(size_t i, void *ctx)
{
	static const char *const people[] = {"Ilse Marwood", "Zoë"};

	(void)ctx;
	return i < 2 ? people[i] : NULL;
}

static const char *
saved(size_t i, void *ctx)
{
	(void)ctx;
	return i == 0 ? "mine this week" : NULL;
}

static void
completes_the_last_word(void **state)
{
	static const struct {
		const char *text;
		size_t i;
		const char *becomes;	/* NULL: no such choice */
	} table[] = {
		{"", 0, "risk:"},
		{"si", 0, "signs>="},
		{"si", 1, NULL},
		{"ri", 1, "risk:high"},
		{"ri", 2, "risk:potential"},
		{"ri", 3, NULL},
		{"s", 1, "school:"},
		{"a -ri", 0, "a -risk:"},
		{"risk:", 1, "risk:potential"},
		{"risk:high,p", 0, "risk:high,potential"},
		{"risk>=h", 0, "risk>=high"},
		{"owner:", 0, "owner:me"},
		{"owner:I", 0, "owner:\"Ilse Marwood\""},
		{"owner:\"Ilse M", 0, "owner:\"Ilse Marwood\""},
		{"kind:mis", 0, "kind:missing"},
		{"kind:note,refer", 1, "kind:note,referral-step"},
		{"is:o", 1, "is:overdue"},
		{"due:o", 0, "due:overdue"},
		{"due<", 1, "due<7d"},
		{"changed>=", 3, NULL},
		{"@m", 0, "@mine this week"},
		{"text:\"bus sta", 0, NULL},
		{"nosuch:", 0, NULL},
		{"signs>=", 0, NULL},
	};
	static const struct query_choices c = {level, person, saved, NULL};
	struct str out;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		str_init(&out);
		assert_int_equal(query_complete(table[i].text, &c, table[i].i,
		    &out), table[i].becomes != NULL);
		if (table[i].becomes != NULL)
			assert_string_equal(out.s, table[i].becomes);
		str_release(&out);
	}
}

/* Whatever completion offers for a key is understood. */
static void
every_choice_is_understood(void **state)
{
	static const char *const begun[] = {"risk:", "could:", "due:",
		"changed>=", "owner:", "kind:", "has:", "is:", NULL};
	static const struct query_choices c = {level, person, NULL, NULL};
	struct query q;
	struct str out;
	struct err e;
	size_t at;

	(void)state;
	str_init(&out);
	for (size_t k = 0; begun[k] != NULL; k++) {
		for (size_t i = 0; query_complete(begun[k], &c, i, &out);
		    i++) {
			assert_int_equal(parse(out.s, &q, &at, &e), RC_OK);
			query_release(&q);
			str_clear(&out);
		}
		str_clear(&out);
	}
	str_release(&out);
}

static void
hints_what_may_stand_there(void **state)
{
	static const struct {
		const char *text, *hint;
	} table[] = {
		{"vul", "vulnerabilities>="},
		{"risk:", "high potential"},
		{"ris", "risk: risk:high risk:potential"},
		{"signs>=", "signs>=3: how many signs"},
		{"is:cl", "closed closed-lately"},
		{"is:fl", "flagged"},
		{"is:d", "downgraded"},
		{"school:hi", "school:hill: where they go"},
		{"zebra", ""},
	};
	static const struct query_choices c = {level, person, NULL, NULL};
	struct str out;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		str_init(&out);
		query_hint(table[i].text, &c, &out);
		assert_string_equal(out.s, table[i].hint);
		str_release(&out);
	}
}

static void
items_are_told_apart(void **state)
{
	struct query q;
	struct err e;
	const char *p;
	size_t at;

	(void)state;
	assert_int_equal(parse("area:ab,c", &q, &at, &e), RC_OK);
	p = q.terms[0].text;
	assert_int_equal(query_item(&q.terms[0], &p), 2);
	assert_int_equal(query_item(&q.terms[0], &p), 1);
	assert_null(p);
	query_release(&q);
	assert_int_equal(parse("area:\"ab,c\"", &q, &at, &e), RC_OK);
	p = q.terms[0].text;
	assert_int_equal(query_item(&q.terms[0], &p), 4);
	assert_null(p);
	query_release(&q);
}

static void
has_a_limit(void **state)
{
	char text[200];
	struct query q;
	struct err e;
	size_t i, at;

	(void)state;
	for (i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "a ", 2);
	text[i] = '\0';
	assert_int_equal(parse(text, &q, &at, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "too many terms"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_each_form),
		cmocka_unit_test(joins_terms),
		cmocka_unit_test(anchors_times),
		cmocka_unit_test(points_at_the_fault),
		cmocka_unit_test(completes_the_last_word),
		cmocka_unit_test(every_choice_is_understood),
		cmocka_unit_test(hints_what_may_stand_there),
		cmocka_unit_test(items_are_told_apart),
		cmocka_unit_test(has_a_limit),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
