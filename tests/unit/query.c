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
		{"is:happy", 3, "is: takes"},
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
		cmocka_unit_test(has_a_limit),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
