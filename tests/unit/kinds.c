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
#define ID64 "00112233445566778899aabbccddeeff" \
	"00112233445566778899aabbccddeeff"
#define POC "\"name\":\"n\",\"why\":\"w\",\"more_than_one\":\"no\"," \
	"\"exploitation\":\"unknown\",\"works_with_children\":\"no\""
#define STEP "\"step\":\"strategy\",\"who\":\"w\","
#define NRM "\"responder\":\"r\",\"age\":\"child\","
#define SHARE "\"asked_by\":\"a\",\"asked\":\"a\",\"reasons\":\"r\"," \
	"\"purpose\":\"p\",\"consent\":\"given\",\"decider\":\"d\","
#define SENT "\"what\":\"w\",\"to\":\"t\",\"route\":\"r\","
#define TALK "\"episode\":\"" ID64 "\",\"by\":\"b\","
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
	{"identity", NULL, "{\"name\":\"Z\",\"disability\":[\"LD\",\"AUT\"]}",
	    NULL},
	{"identity", NULL, "{\"name\":\"Z\",\"disability\":[\"NONE\"]}",
	    NULL},
	{"identity", NULL, "{\"name\":\"Z\",\"disability\":[\"LD\",\"NONE\"]}",
	    "\"none\" stands alone"},
	{"identity", NULL, "{\"name\":\"Z\",\"disability\":[\"LD\",\"LD\"]}",
	    "one choice stands twice"},
	{"identity", NULL, "{\"name\":\"Z\",\"disability\":[\"X\"]}",
	    "Disability: choose one"},
	{"identity", NULL, "{\"name\":\"Z\",\"disability\":[7]}",
	    "Disability: choose one"},
	{"identity", NULL, "{\"name\":\"Z\",\"disability\":\"LD\"}",
	    "a list of choices"},
	{"identity", NULL, "{\"name\":\"Z\",\"disability\":[]}",
	    "leave it out"},
	{"identity", NULL, "{\"name\":\"Z\",\"upn\":\"A950000178301\"}",
	    NULL},
	{"identity", NULL, "{\"name\":\"Z\",\"upn\":\"B950000178301\"}",
	    "Unique pupil number"},
	{"identity", NULL, "{\"name\":\"Z\",\"nhs\":\"943 476 5919\"}",
	    NULL},
	{"identity", NULL, "{\"name\":\"Z\",\"nhs\":\"943 476 5918\"}",
	    "NHS number"},
	{"identity", NULL, "{\"name\":\"Z\",\"la_id\":\"LA12345\"}",
	    NULL},
	{"identity", NULL, "{\"name\":\"Z\",\"la_id\":\"LA 123\"}",
	    "letters and digits"},
	{"identity", NULL, "{\"name\":\"Z\",\"age_about\":14}",
	    NULL},
	{"identity", NULL, "{\"name\":\"Z\",\"age_about\":-1}",
	    "0 or more"},
	{"model", NULL, "{\"models\":[\"online\"],\"why\":\"w\"}",
	    NULL},
	{"model", NULL, "{\"models\":[],\"why\":\"w\"}",
	    "must be filled in"},
	{"person-of-concern", "2026-11-20", "{" POC "}",
	    NULL},
	{"person-of-concern", NULL, "{" POC "}",
	    "say when it became known"},
	{"interview", "2026-11-20", "{" TALK "\"state\":\"offered\"}",
	    NULL},
	{"interview", NULL, "{" TALK "\"state\":\"offered\"}",
	    "say the day"},
	{"interview", "2026-11-20", "{" TALK "\"state\":\"held\"}",
	    "say whether the"},
	{"interview", "2026-11-20", "{" TALK "\"state\":\"held\","
	    "\"independent\":\"no\"}",
	    "not independent"},
	{"interview", "2026-11-20", "{" TALK "\"state\":\"held\","
	    "\"independent\":\"yes\"}",
	    NULL},
	{"interview", "2026-11-20", "{" TALK "\"state\":\"not-offered\"}",
	    "not offered"},
	{"interview", "2026-11-20", "{\"state\":\"held\",\"by\":\"b\"}",
	    "Episode: must be"},
	{"nrm", "2026-11-20", "{" NRM "\"offences\":\"none\","
	    "\"decision\":\"waiting\"}",
	    NULL},
	{"nrm", NULL, "{" NRM "\"offences\":\"none\","
	    "\"decision\":\"waiting\"}",
	    "day of the referral"},
	{"nrm", "2026-11-20", "{" NRM "\"offences\":\"linked\","
	    "\"decision\":\"waiting\"}",
	    "which offences"},
	{"nrm", "2026-11-20", "{" NRM "\"offences\":\"none\","
	    "\"decision\":\"rg-yes\"}",
	    "Decided on"},
	{"nrm", "2026-11-20", "{" NRM "\"offences\":\"none\","
	    "\"decision\":\"waiting\",\"reference\":\"1\\u001b\"}",
	    "NRM reference: a control"},
	{"process", "2026-11-20", "{" STEP "\"state\":\"planned\"}",
	    NULL},
	{"process", NULL, "{" STEP "\"state\":\"planned\"}",
	    "say the day"},
	{"process", "2026-11-20", "{" STEP "\"state\":\"held\"}",
	    "What came of it: choose"},
	{"process", "2026-11-20", "{" STEP "\"state\":\"held\","
	    "\"result\":\"section47\",\"child\":\"c\"}",
	    "what was decided"},
	{"process", "2026-11-20", "{" STEP "\"state\":\"held\","
	    "\"result\":\"section47\",\"outcome\":\"o\"}",
	    "The young person's voice in it"},
	{"process", "2026-11-20", "{" STEP "\"state\":\"held\","
	    "\"result\":\"section47\",\"outcome\":\"o\",\"child\":\"c\"}",
	    NULL},
	{"process", "2026-11-20", "{" STEP "\"state\":\"not-held\"}",
	    "why it was not held"},
	{"transfer", NULL, "{\"to\":\"t\",\"file\":\"case\","
	    "\"route\":\"r\",\"words\":\"w\"}",
	    "say the day"},
	{"transfer", "2026-11-20", "{\"to\":\"t\",\"file\":\"case\","
	    "\"route\":\"r\"}",
	    "must be filled in"},
	{"support", "2026-11-20", "{\"support\":\"aid\","
	    "\"state\":\"offered\",\"by\":\"b\"}",
	    NULL},
	{"support", NULL, "{\"support\":\"aid\","
	    "\"state\":\"offered\",\"by\":\"b\"}",
	    "say the day"},
	{"support", "2026-11-20", "{\"support\":\"other\","
	    "\"state\":\"offered\",\"by\":\"b\"}",
	    "which support"},
	{"support", "2026-11-20", "{\"support\":\"aid\","
	    "\"state\":\"not-offered\",\"by\":\"b\"}",
	    "not offered"},
	{"sharing", "2026-11-20", "{" SHARE SENT "\"decision\":\"share\","
	    "\"basis\":\"safeguarding\",\"told\":\"both\"}",
	    NULL},
	{"sharing", NULL, "{" SHARE SENT "\"decision\":\"share\","
	    "\"basis\":\"safeguarding\",\"told\":\"both\"}",
	    "day of the decision"},
	{"sharing", "2026-11-20", "{" SHARE "\"decision\":\"share\","
	    "\"basis\":\"safeguarding\",\"told\":\"both\"}",
	    "say all three"},
	{"sharing", "2026-11-20", "{" SHARE SENT "\"decision\":\"part\","
	    "\"basis\":\"none\",\"told\":\"both\"}",
	    "Lawful basis"},
	{"sharing", "2026-11-20", "{" SHARE SENT "\"decision\":\"share\","
	    "\"basis\":\"order\",\"told\":\"nobody\"}",
	    "Why not told"},
	{"sharing", "2026-11-20", "{" SHARE "\"decision\":\"not\","
	    "\"basis\":\"none\",\"told\":\"nobody\"}",
	    NULL},
	{"consent", "2026-11-20", "{\"state\":\"given\","
	    "\"by\":\"child\",\"to\":\"t\"}",
	    NULL},
	{"consent", NULL, "{\"state\":\"given\",\"by\":\"child\","
	    "\"to\":\"t\"}",
	    "when they said it"},
	{"close", "2026-11-20", "{\"why\":\"safe\",\"words\":\"w\"}",
	    "says to it: must be"},
	{"missing", NULL, "{\"since\":\"2026-11-20T10:00:00Z\","
	    "\"from\":\"home\",\"kind\":\"missing\",\"reported_by\":\"r\"}",
	    NULL},
	{"missing", "2026-11-20", "{\"since\":\"2026-11-20T10:00:00Z\","
	    "\"from\":\"home\",\"kind\":\"missing\",\"reported_by\":\"r\"}",
	    "takes no date"},
	{"missing", NULL, "{\"since\":\"soon\",\"from\":\"home\","
	    "\"kind\":\"missing\",\"reported_by\":\"r\"}",
	    "Missing since"},
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
