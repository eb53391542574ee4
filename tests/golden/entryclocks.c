/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What starts each clock that is counted when an entry is written, and what
 * does not: a row each of the table of entryclock.c.  That the counting is
 * right is tests/unit/deadlinerules.c; what stops a clock tests/unit/clocks.c.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/entryclock.h"

/* Sunday 22 November 2026, 14:05; %s is the id of a referral to the hub. */
static const struct trial {
	const char *kind, *on, *body;
	const char *field, *due;	/* NULL: not started */
} trials[] = {
	{"located", "", "{\"at\":\"2026-11-20T14:30:00Z\"}",
	    "interview_due", "2026-11-23T14:30:00Z"},
	{"located", "", "{\"at\":\"soon\"}", "interview_due", NULL},
	{"nrm", "2026-11-20", "{\"decision\":\"waiting\"}",
	    "decision_due", "2026-11-28T00:00:00Z"},
	{"nrm", "2026-11-20", "{\"decision\":\"rg-yes\"}",
	    "decision_due", NULL},
	{"nrm", "2026-11-10",
	    "{\"decision\":\"rg-yes\",\"decided\":\"2026-11-20\"}",
	    "conclusive_after", "2026-12-21T00:00:00Z"},
	{"nrm", "2026-11-10", "{\"decision\":\"rg-yes\"}",
	    "conclusive_after", NULL},
	{"nrm", "2026-11-10",
	    "{\"decision\":\"cg-yes\",\"decided\":\"2026-11-20\"}",
	    "conclusive_after", NULL},
	{"person-of-concern", "2026-11-22",
	    "{\"works_with_children\":\"yes\"}",
	    "lado_due", "2026-11-24T00:00:00Z"},
	{"person-of-concern", "2026-11-22",
	    "{\"works_with_children\":\"no\"}", "lado_due", NULL},
	{"process", "2026-11-20", "{\"step\":\"strategy\",\"state\":\"held\","
	    "\"result\":\"section47\"}",
	    "conference_due", "2026-12-12T00:00:00Z"},
	{"process", "2026-11-20", "{\"step\":\"strategy\","
	    "\"state\":\"planned\",\"result\":\"section47\"}",
	    "conference_due", NULL},
	{"process", "2026-11-20", "{\"step\":\"strategy\",\"state\":\"held\","
	    "\"result\":\"no-action\"}", "conference_due", NULL},
	{"process", "2026-11-20", "{\"step\":\"conference\","
	    "\"state\":\"held\",\"result\":\"protection-plan\"}",
	    "core_group_due", "2026-12-05T00:00:00Z"},
	{"process", "2026-11-20", "{\"step\":\"conference\","
	    "\"state\":\"held\",\"result\":\"child-in-need\"}",
	    "core_group_due", NULL},
	{"referral", "2026-11-22", "{\"service\":\"social-care\"}",
	    "decision_due", "2026-11-24T00:00:00Z"},
	{"referral", "2026-11-22", "{\"service\":\"hub\"}",
	    "decision_due", "2026-11-24T00:00:00Z"},
	{"referral", "2026-11-22", "{\"service\":\"voluntary\"}",
	    "decision_due", NULL},
	{"referral", "2026-11-22", "{\"service\":\"social-care\"}",
	    "assessment_due", "2027-01-28T00:00:00Z"},
	{"referral", "2026-11-22", "{\"service\":\"hub\"}",
	    "assessment_due", "2027-01-28T00:00:00Z"},
	{"referral", "2026-11-22", "{\"service\":\"police\"}",
	    "assessment_due", NULL},
	{"referral", "2026-11-22", "{\"service\":\"hub\"}",
	    "due", "2026-11-24T00:00:00Z"},
	{"referral-step", "2026-11-20",
	    "{\"referral\":\"%s\",\"step\":\"received\"}",
	    "decision_due", "2026-11-24T00:00:00Z"},
	{"referral-step", "2026-11-20",
	    "{\"referral\":\"%s\",\"step\":\"sent\"}", "decision_due", NULL},
	{"transfer", "2026-11-20", "{\"to\":\"t\"}",
	    "receipt_due", "2026-11-28T00:00:00Z"},
	{"transfer", "", "{\"to\":\"t\"}", "receipt_due", NULL},
	{"note", "2026-11-20", "{\"facts\":\"f\"}", "due", NULL},
};

static json_t *
body_of(const struct trial *t, const struct entry_id *referral)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	const char *at = strstr(t->body, "%s");
	json_t *body;
	struct str text;

	hex_format(referral->b, ENTRY_ID_LEN, hex);
	str_init(&text);
	str_add_n(&text, t->body, at != NULL ? (size_t)(at - t->body) :
	    strlen(t->body));
	if (at != NULL)
		str_add_fmt(&text, "%s%s", hex, at + 2);
	body = json_loads(text.s, 0, NULL);
	assert_non_null(body);
	str_release(&text);
	return body;
}

static void
check(const struct casework *w, const struct trial *t,
    const struct entry_id *referral)
{
	json_t *body = body_of(t, referral);
	struct span on = span_none();
	const char *due, *counted;

	/* What stood there before is counted anew, or goes. */
	json_object_set_new(body, t->field, json_string("old"));
	if (strcmp(t->kind, "note") == 0)
		json_object_del(body, t->field);
	if (*t->on != '\0')
		assert_int_equal(span_parse(t->on, &on, NULL), RC_OK);
	entryclock_put(w, t->kind, &on, body);
	due = json_string_value(json_object_get(body, t->field));
	counted = json_string_value(json_object_get(body, "counted"));
	if (t->due == NULL && due != NULL)
		fail_msg("%s %s: started", t->kind, t->body);
	if (t->due != NULL && (due == NULL || strcmp(due, t->due) != 0))
		fail_msg("%s %s: %s, not %s", t->kind, t->body,
		    due != NULL ? due : "nothing", t->due);
	if (t->due != NULL && (counted == NULL || *counted == '\0'))
		fail_msg("%s %s: nobody says how", t->kind, t->body);
	json_decref(body);
}

static void
each_starts_by_what_it_says(void **state)
{
	struct desk *d = desk_new();
	struct case_door door = desk_door(d);
	struct case_id id = desk_case(d);
	struct entry_id referral = desk_sign(d, "me", "referral",
	    "2026-11-19", json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}",
	    "service", "hub", "to", "t", "urgency", "today", "concern", "c",
	    "words", "w", "asked", "a", "consent", "given", "contact", "m"));
	struct casework w;

	(void)state;
	assert_int_equal(casework_open(&w, &door, &id, NULL, NULL), RC_OK);
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
		check(&w, &trials[i], &referral);
	casework_release(&w);
	desk_free(d);
}

/* More than one clock of an entry: each says how, on a line of its own. */
static void
words_stand_line_by_line(void **state)
{
	struct desk *d = desk_new();
	struct case_door door = desk_door(d);
	struct case_id id = desk_case(d);
	struct span on = span_of_day(moment_day(GOLDEN_NOW));
	json_t *body = json_pack("{s:s}", "service", "hub");
	struct casework w;
	const char *counted;

	(void)state;
	assert_int_equal(casework_open(&w, &door, &id, NULL, NULL), RC_OK);
	entryclock_put(&w, "referral", &on, body);
	entryclock_put(&w, "referral", &on, body);
	counted = json_string_value(json_object_get(body, "counted"));
	assert_non_null(counted);
	assert_int_equal(strncmp(counted, "To be made: ", 12), 0);
	assert_non_null(strstr(counted, "\nDecision: "));
	assert_non_null(strstr(counted, "\nAssessment: "));
	json_decref(body);
	casework_release(&w);
	desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_starts_by_what_it_says),
		cmocka_unit_test(words_stand_line_by_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
