/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/kinds.h"

static void
every_kind_is_whole(void **state)
{
	const struct kind *all;
	const struct field *f;
	size_t n, i;

	(void)state;
	all = kind_all(&n);
	assert_true(n > 10);
	for (i = 0; i < n; i++) {
		assert_ptr_equal(kind_find(all[i].name), &all[i]);
		assert_true(strlen(all[i].name) < 32);
		assert_true(strlen(all[i].label) > 0);
		assert_true(strlen(all[i].help) > 10);
		assert_true(all[i].roles != 0);
		for (f = all[i].fields; f->name != NULL; f++) {
			assert_ptr_equal(kind_field(&all[i], f->name), f);
			assert_true(strlen(f->label) > 0);
			assert_true(strlen(f->help) > 0);
			assert_true((f->type == FIELD_CODE ||
			    f->type == FIELD_CODES) == (f->codes != NULL));
		}
	}
	assert_null(kind_find("diary"));
}

static void
roles_have_names(void **state)
{
	(void)state;
	assert_int_equal(role_from_name("supervisor"), ROLE_SUPERVISOR);
	assert_string_equal(role_name(ROLE_TRAINER), "trainer");
	assert_int_equal(role_from_name("Supervisor"), 0);
	assert_null(role_name((enum role)3));
}

struct trial {
	const char *kind, *on, *body;
	const char *says;	/* NULL: passes */
};

static enum rc
try(const struct trial *t, struct err *e)
{
	json_t *body = json_loads(t->body, 0, NULL);
	struct span on = span_none();
	enum rc rc;

	assert_non_null(body);
	if (t->on != NULL)
		assert_int_equal(span_parse(t->on, &on, e), RC_OK);
	rc = kind_check_draft(kind_find(t->kind), &on, body, e);
	json_decref(body);
	return rc;
}

#define OBS "\"instrument\":\"i\",\"indicator\":\"B1\","
#define SCR "\"instrument\":\"i\",\"version\":\"1\",\"hash\":\"00\"," \
	"\"answers\":{\"B1\":\"present\"},\"could_be\":\"high\"," \
	"\"review\":\"2027-01-01\","
#define REF "\"service\":\"hub\",\"to\":\"Duty\",\"urgency\":\"today\"," \
	"\"concern\":\"c\",\"words\":\"w\",\"asked\":\"a\"," \
	"\"contact\":\"me\","

static const struct trial trials[] = {
	{"open", NULL, "{\"reference\":\"K-1\"}", NULL},
	{"open", NULL, "{}", "Reference: must be filled in"},
	{"open", NULL, "{\"reference\":\" \\n \"}", "must be filled in"},
	{"open", NULL, "{\"reference\":7}", "text was expected"},
	{"open", NULL, "{\"reference\":\"a\\nb\"}", "one line"},
	{"open", "2026-11-20", "{\"reference\":\"K-1\"}", "takes no date"},
	{"open", NULL, "[]", "not a record"},
	{"identity", NULL, "{\"name\":\"Zoë\",\"birth\":\"2012-02-30\"}",
	    "Date of birth"},
	{"identity", NULL, "{\"name\":\"Zoë\",\"sex\":\"X\"}",
	    "Sex: choose one"},
	{"identity", NULL, "{\"name\":\"Zoë\",\"sex\":\"F\",\"later\":1}",
	    NULL},
	{"identity", NULL, "{\"name\":\"Zoë\",\"replaces\":[\"x\",2]}",
	    "Replaces: text was expected"},
	{"observation", "2026-11", "{" OBS "\"state\":\"present\","
	    "\"agency\":\"School\",\"evidence\":\"seen\"}", NULL},
	{"observation", NULL, "{" OBS "\"state\":\"present\","
	    "\"agency\":\"School\",\"evidence\":\"seen\"}", "Date: say when"},
	{"observation", "2026-11", "{" OBS "\"state\":\"absent\"}",
	    "Agency: say whose"},
	{"observation", "2026-11", "{" OBS "\"state\":\"suspected\","
	    "\"agency\":\"School\",\"evidence\":\"  \"}",
	    "Evidence in words"},
	{"observation", "2026-11", "{" OBS "\"state\":\"absent\","
	    "\"agency\":\"School\"}", NULL},
	{"observation", NULL, "{" OBS "\"state\":\"not asked\"}", NULL},
	{"observation", NULL, "{" OBS "\"state\":\"maybe\"}",
	    "Answer: choose one"},
	{"strike", NULL, "{\"target\":\"00\",\"reason\":\"r\"}",
	    "the id of an entry"},
	{"screening", "2026-11-20", "{" SCR "\"level\":\"potential\","
	    "\"judgement\":\"potential\"}", NULL},
	{"screening", "2026-11-20", "{" SCR "\"level\":\"potential\","
	    "\"judgement\":\"high\"}", "Why: say why"},
	{"screening", NULL, "{" SCR "\"level\":\"high\","
	    "\"judgement\":\"high\"}", "snapshot of one day"},
	{"voice", "2026-11-20", "{\"words\":\"I want to stay\"}", NULL},
	{"voice", NULL, "{\"words\":\"I want to stay\"}", "say when they"},
	{"voice", NULL, "{\"why_not\":\"missing\"}", NULL},
	{"voice", NULL, "{}", "In their own words"},
	{"note", NULL, "{\"concern\":\"c\"}", "Facts: must be filled in"},
	{"referral", "2026-11-20", "{" REF "\"consent\":\"given\"}", NULL},
	{"referral", "2026-11-20", "{" REF "\"consent\":\"refused\"}",
	    "Basis for sharing"},
	{"referral", NULL, "{" REF "\"consent\":\"given\"}",
	    "day of the referral"},
};

static void
bodies_are_checked(void **state)
{
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		err_clear(&e);
		if (trials[i].says == NULL) {
			assert_int_equal(try(&trials[i], &e), RC_OK);
			continue;
		}
		assert_int_equal(try(&trials[i], &e), RC_INPUT);
		assert_non_null(strstr(e.text, trials[i].says));
	}
}

static void
limits_hold(void **state)
{
	json_t *body = json_object();
	char text[1100];
	struct err e;

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	(void)json_object_set_new(body, "reference", json_string(text));
	assert_int_equal(kind_check(kind_find("open"), body, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "too long, 1099 bytes; at most 64"));
	(void)json_object_set_new(body, "reference",
	    json_stringn_nocheck("a\0b", 3));
	assert_int_equal(kind_check(kind_find("open"), body, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "NUL"));
	(void)json_object_set_new(body, "reference",
	    json_stringn_nocheck("a\xff", 2));
	assert_int_equal(kind_check(kind_find("open"), body, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "UTF-8"));
	json_decref(body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_whole),
		cmocka_unit_test(roles_have_names),
		cmocka_unit_test(bodies_are_checked),
		cmocka_unit_test(limits_hold),
	};

	return cmocka_run_group_tests_name("kinds", tests, NULL, NULL);
}
