/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/clocks.h"
#include "core/roster.h"
#include "core/str.h"
#include "core/xalloc.h"

#define BASE INT64_C(1795190400000)
#define ID_TEXT (2 * ENTRY_ID_LEN + 1)
#define ENTRIES_MAX 8

/* An episode is named by its id; which one it is, its clock does not mind. */
#define EPISODE "\"episode\":\"" \
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\""

/* So is a referral, by a step of it. */
#define REFERRED "\"referral\":\"" \
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\""

struct world {
	struct entry e[ENTRIES_MAX];
	size_t n;
	struct case_id id;
};

/* An entry that starts a clock and one that stops it; %s: the first's id. */
struct clock_trial {
	const char *rule, *owner, *due;
	const char *kind, *body;
	const char *stop, *stop_body;	/* NULL: nothing stops it */
	bool when_closed;
};

#define REFERRAL(service) "{\"service\":\"" service "\",\"to\":\"Duty\"," \
	"\"urgency\":\"today\",\"concern\":\"c\",\"words\":\"w\"," \
	"\"asked\":\"a\",\"contact\":\"me\",\"consent\":\"given\"," \
	"\"decision_due\":\"2026-11-24T17:00:00Z\"," \
	"\"assessment_due\":\"2027-01-26T00:00:00Z\",\"counted\":\"so\"}"
#define STEP(step, more) "{\"referral\":\"%s\",\"step\":\"" step "\"," \
	"\"who\":\"w\"" more "}"
#define RECEIVED "{" REFERRED ",\"step\":\"received\",\"who\":\"w\"," \
	"\"decision_due\":\"2026-11-25T00:00:00Z\"}"
#define PROCESS(step, state, result, more) "{\"step\":\"" step "\"," \
	"\"state\":\"" state "\",\"who\":\"w\",\"result\":\"" result "\"," \
	"\"outcome\":\"o\",\"child\":\"c\"" more "}"
#define STRATEGY PROCESS("strategy", "held", "section47", \
	",\"conference_due\":\"2026-12-12T00:00:00Z\"")
#define CONFERENCE PROCESS("conference", "held", "protection-plan", \
	",\"core_group_due\":\"2026-12-05T00:00:00Z\"")
#define SCREENING(clock) "{\"instrument\":\"t\",\"version\":\"1\"," \
	"\"hash\":\"00\",\"answers\":{\"B1\":\"present\"}," \
	"\"level\":\"high\",\"could_be\":\"high\"," \
	"\"judgement\":\"high\",\"review\":\"2027-01-01\"" clock "}"
#define PLAN "{\"aim\":\"a\",\"negotiated\":\"n\",\"danger\":\"d\"," \
	"\"review\":\"2026-12-18\"}"
#define RG_YES "{\"responder\":\"r\",\"age\":\"child\"," \
	"\"offences\":\"none\",\"decision\":\"rg-yes\"," \
	"\"decided\":\"2026-11-20\"," \
	"\"conclusive_after\":\"2026-12-21T00:00:00Z\"}"
#define NRM(decision) "{\"responder\":\"r\",\"age\":\"child\"," \
	"\"offences\":\"none\",\"decision\":\"" decision "\"," \
	"\"decided\":\"2026-11-20\"," \
	"\"decision_due\":\"2026-11-27T17:00:00Z\",\"counted\":\"so\"" \
	",\"replaces\":[\"%s\"]}"
#define CONSENT(state) "{\"state\":\"" state "\",\"by\":\"child\"," \
	"\"to\":\"t\",\"until\":\"2026-12-20\"}"
#define RESTRICT(state) "{\"state\":\"" state "\",\"people\":[]," \
	"\"reason\":\"r\",\"review\":\"2027-02-01\"}"

/* The key of whoever writes here, and of two others. */
#define KEY_1 \
	"0101010101010101010101010101010101010101010101010101010101010101"
#define KEY_2 \
	"0202020202020202020202020202020202020202020202020202020202020202"
#define KEY_3 \
	"0303030303030303030303030303030303030303030303030303030303030303"
#define BUNDLE(to, keys) "{\"bundle\":\"b1\",\"to\":[" to "]," \
	"\"keys\":[" keys "],\"selection\":\"all\",\"purpose\":\"p\"," \
	"\"basis\":\"safeguarding\",\"expires\":\"2026-12-18\"," \
	"\"receipt_due\":\"2026-11-28T00:00:00Z\",\"counted\":\"so\"}"
#define RECEIPT "{\"sent\":\"%s\",\"bundle\":\"b1\",\"from\":\"f\"," \
	"\"added\":3}"
#define RECALL "{\"sent\":\"%s\",\"ask\":\"stop\",\"reason\":\"r\"}"

static const struct clock_trial trials[] = {
	{"referral-decision", "Duty", "2026-11-24T17:00:00Z",
	    "referral", REFERRAL("hub"), "referral-step",
	    "{\"referral\":\"%s\",\"step\":\"decision\",\"who\":\"w\"}",
	    false},
	{"referral-decision", "w", "2026-11-25T00:00:00Z",
	    "referral-step", RECEIVED, "referral-step", "{" REFERRED
	    ",\"step\":\"recalled\",\"who\":\"w\"}", false},
	{"assessment", "Duty", "2027-01-26T00:00:00Z",
	    "referral", REFERRAL("hub"), "process",
	    PROCESS("assessment", "held", "child-in-need", ""), false},
	{"assessment", "Duty", "2027-01-26T00:00:00Z",
	    "referral", REFERRAL("hub"), "referral-step",
	    STEP("decision", ",\"result\":\"no-action\""), false},
	{"assessment", "Duty", "2027-01-26T00:00:00Z",
	    "referral", REFERRAL("hub"), "referral-step",
	    STEP("recalled", ""), false},
	{"initial-conference", "", "2026-12-12T00:00:00Z",
	    "process", STRATEGY, "process", CONFERENCE, false},
	{"initial-conference", "", "2026-12-12T00:00:00Z",
	    "process", STRATEGY, "process",
	    PROCESS("section47", "held", "no-action", ""), false},
	{"core-group", "", "2026-12-05T00:00:00Z",
	    "process", CONFERENCE, "process",
	    PROCESS("core-group", "held", "other", ""), false},
	{"next-meeting", "", "2027-02-11T00:00:00Z", "process",
	    PROCESS("core-group", "held", "other",
	    ",\"next\":\"2027-02-10\""), "process",
	    PROCESS("review-conference", "held", "plan-ends", ""), false},
	{"transfer-receipt", "Ms Example", "2026-11-28T00:00:00Z",
	    "transfer", "{\"to\":\"Ms Example\",\"file\":\"case\","
	    "\"route\":\"r\",\"words\":\"w\","
	    "\"receipt_due\":\"2026-11-28T00:00:00Z\"}",
	    "transfer-receipt", "{\"transfer\":\"%s\",\"who\":\"w\"}",
	    false},
	{"bundle-receipt", "Ben Made-Up (Hub)", "2026-11-28T00:00:00Z",
	    "bundle-sent", BUNDLE("\"Ben Made-Up (Hub)\"", "\"" KEY_1
	    "\""), "bundle-received", RECEIPT, true},
	{"bundle-receipt", "Ben Made-Up (Hub); Cy Notreal (School)",
	    "2026-11-28T00:00:00Z", "bundle-sent", BUNDLE(
	    "\"Ben Made-Up (Hub)\",\"Cy Notreal (School)\"", "\"" KEY_2
	    "\",\"" KEY_3 "\""), "bundle-recall", RECALL, true},
	{"nrm-conclusive", "", "2026-12-21T00:00:00Z",
	    "nrm", RG_YES, "nrm", NRM("cg-yes"), false},
	{"referral-made", "", "2026-11-23T17:00:00Z",
	    "screening", SCREENING(",\"act_by\":\"2026-11-23T17:00:00Z\""),
	    "referral", REFERRAL("hub"), false},
	{"screening-review", "", "2027-01-02T00:00:00Z",
	    "screening", SCREENING(""), "screening",
	    SCREENING(",\"age\":14"), false},
	{"restriction-review", "", "2027-02-02T00:00:00Z",
	    "restrict", RESTRICT("set"), "restrict", RESTRICT("lifted"),
	    true},
	{"still-missing", "", "2026-11-20T14:30:00Z",
	    "missing", "{\"since\":\"2026-11-20T14:30:00Z\","
	    "\"from\":\"home\",\"kind\":\"missing\","
	    "\"reported_by\":\"b\"}",
	    "located", "{\"episode\":\"%s\","
	    "\"at\":\"2026-11-20T18:00:00Z\",\"where\":\"w\"}", false},
	{"return-interview", "", "2026-11-23T14:30:00Z",
	    "located", "{" EPISODE ",\"at\":\"2026-11-20T14:30:00Z\","
	    "\"where\":\"w\",\"interview_due\":\"2026-11-23T14:30:00Z\"}",
	    "interview", "{" EPISODE ",\"state\":\"held\",\"by\":\"b\","
	    "\"independent\":\"yes\"}", false},
	{"plan-review", "", "2026-12-19T00:00:00Z", "plan", PLAN,
	    NULL, NULL, false},
	{"action", "Ms Example", "2026-11-28T00:00:00Z", "action",
	    "{\"what\":\"w\",\"owner\":\"Ms Example\","
	    "\"due\":\"2026-11-27\"}", "action-outcome",
	    "{\"action\":\"%s\",\"outcome\":\"done\",\"words\":\"w\"}",
	    false},
	{"nrm-reasonable-grounds", "", "2026-11-27T17:00:00Z",
	    "nrm", NRM("waiting"), "nrm", NRM("rg-yes"), false},
	{"lado", "", "2026-11-23T23:59:00Z",
	    "person-of-concern", "{\"name\":\"n\",\"why\":\"w\","
	    "\"more_than_one\":\"no\",\"exploitation\":\"no\","
	    "\"works_with_children\":\"yes\","
	    "\"lado_due\":\"2026-11-23T23:59:00Z\"}",
	    "referral", REFERRAL("lado"), false},
	{"sharing-review", "Mr Sample", "2026-12-13T00:00:00Z",
	    "sharing", "{\"asked_by\":\"a\",\"asked\":\"a\","
	    "\"decision\":\"not\",\"reasons\":\"r\",\"purpose\":\"p\","
	    "\"basis\":\"none\",\"consent\":\"refused\","
	    "\"told\":\"both\",\"decider\":\"Mr Sample\","
	    "\"review\":\"2026-12-12\"}", NULL, NULL, false},
	{"consent", "", "2026-12-21T00:00:00Z",
	    "consent", CONSENT("given"), "consent", CONSENT("withdrawn"),
	    false},
};
#define NTRIALS (sizeof(trials) / sizeof(trials[0]))

static void
write_entry(struct world *w, const char *kind, const char *body)
{
	struct entry *e = &w->e[w->n];
	const struct kind *k = kind_find(kind);
	struct span on = span_none();
	json_t *whole = json_loads(body, 0, NULL);
	struct err err;

	assert_true(w->n < ENTRIES_MAX);
	assert_non_null(k);
	assert_non_null(whole);
	if (k->on_label != NULL)
		assert_int_equal(span_parse("2026-11-20", &on, NULL), RC_OK);
	if (kind_check_draft(k, &on, whole, &err) != RC_OK)
		fail_msg("%s: %s", kind, err.text);
	json_decref(whole);
	memset(e, 0, sizeof(*e));
	memset(e->author.b, 1, AUTHOR_LEN);
	e->n = ++w->n;
	e->case_id = w->id;
	e->at = BASE + (int64_t)w->n * 60000;
	memcpy(e->kind, kind, strlen(kind) + 1);
	e->on = on;
	e->body = xstrdup(body);
	entry_seal_id(e);
}

/* The body with each %s as the id of the first entry; returned owned. */
static char *
about_first(const struct world *w, const char *body)
{
	char hex[ID_TEXT] =
	    "00000000000000000000000000000000"
	    "00000000000000000000000000000000";
	const char *at;
	struct str out;

	if (w->n > 0)
		hex_format(w->e[0].id.b, ENTRY_ID_LEN, hex);
	str_init(&out);
	while ((at = strstr(body, "%s")) != NULL) {
		str_add_n(&out, body, (size_t)(at - body));
		str_add(&out, hex);
		body = at + 2;
	}
	str_add(&out, body);
	return str_take(&out);
}

static void
write_about(struct world *w, const char *kind, const char *body)
{
	char *whole = about_first(w, body);

	write_entry(w, kind, whole);
	free(whole);
}

static void
world_release(struct world *w)
{
	for (size_t i = 0; i < w->n; i++)
		entry_release(&w->e[i]);
	memset(w, 0, sizeof(*w));
}

struct seen {
	const char *rule;
	int n;
	int64_t due;
	char owner[64], counted[64];
};

static bool
look(const struct clock_row *row, void *ctx)
{
	struct seen *s = ctx;

	if (strcmp(row->id, s->rule) != 0)
		return true;
	s->n++;
	s->due = row->due;
	(void)snprintf(s->owner, sizeof(s->owner), "%s", row->owner);
	assert_non_null(row->record);
	assert_non_null(row->counted);
	(void)snprintf(s->counted, sizeof(s->counted), "%s", row->counted);
	assert_true(*row->label != '\0');
	return true;
}

static struct seen
clock_of(const struct world *w, const char *rule)
{
	struct seen s = {.rule = rule};
	struct casefile c;

	casefile_init(&c, &w->id);
	for (size_t i = 0; i < w->n; i++)
		casefile_apply(&c, &w->e[i]);
	casefile_settle(&c, NULL);
	casefile_clocks(&c, look, &s);
	casefile_release(&c);
	return s;
}

static void
every_clock_starts(void **state)
{
	(void)state;
	for (size_t i = 0; i < NTRIALS; i++) {
		struct world w = {.n = 0};
		int64_t due;
		struct seen s;

		write_about(&w, trials[i].kind, trials[i].body);
		s = clock_of(&w, trials[i].rule);
		if (s.n != 1)
			fail_msg("%s: %d clocks", trials[i].rule, s.n);
		assert_int_equal(moment_parse(trials[i].due, &due, NULL),
		    RC_OK);
		if (s.due != due)
			fail_msg("%s: due %lld, not %lld", trials[i].rule,
			    (long long)s.due, (long long)due);
		assert_string_equal(s.owner, trials[i].owner);
		world_release(&w);
	}
}

/* A new version has its own review: one clock stays, that of the later. */
static void
every_clock_stops(void **state)
{
	(void)state;
	for (size_t i = 0; i < NTRIALS; i++) {
		struct world w = {.n = 0};
		int left = strcmp(trials[i].rule, "screening-review") == 0;

		if (trials[i].stop == NULL)
			continue;
		write_about(&w, trials[i].kind, trials[i].body);
		write_about(&w, trials[i].stop, trials[i].stop_body);
		if (clock_of(&w, trials[i].rule).n != left)
			fail_msg("%s: still runs", trials[i].rule);
		world_release(&w);
	}
}

static void
a_struck_entry_has_no_clock(void **state)
{
	(void)state;
	for (size_t i = 0; i < NTRIALS; i++) {
		struct world w = {.n = 0};

		write_about(&w, trials[i].kind, trials[i].body);
		write_about(&w, "strike",
		    "{\"target\":\"%s\",\"reason\":\"r\"}");
		if (clock_of(&w, trials[i].rule).n != 0)
			fail_msg("%s: runs though struck", trials[i].rule);
		world_release(&w);
	}
}

/* A day that a person set is not explained by how another was counted. */
static void
counted_words_stay_with_their_clock(void **state)
{
	struct world w = {.n = 0};

	(void)state;
	write_entry(&w, "screening", SCREENING(",\"act_by\":"
	    "\"2026-11-24T00:00:00Z\",\"counted\":\"Day 1 is Monday.\""));
	assert_string_equal(clock_of(&w, "referral-made").counted,
	    "Day 1 is Monday.");
	assert_int_equal(clock_of(&w, "screening-review").n, 1);
	assert_string_equal(clock_of(&w, "screening-review").counted, "");
	world_release(&w);
}

static void
a_struck_answer_stops_nothing(void **state)
{
	struct world w = {.n = 0};
	char hex[ID_TEXT], body[256];

	(void)state;
	write_about(&w, "action", "{\"what\":\"w\",\"owner\":\"o\","
	    "\"due\":\"2026-11-27\"}");
	write_about(&w, "action-outcome", "{\"action\":\"%s\","
	    "\"outcome\":\"done\",\"words\":\"w\"}");
	assert_int_equal(clock_of(&w, "action").n, 0);
	hex_format(w.e[1].id.b, ENTRY_ID_LEN, hex);
	(void)snprintf(body, sizeof(body),
	    "{\"target\":\"%s\",\"reason\":\"r\"}", hex);
	write_entry(&w, "strike", body);
	assert_int_equal(clock_of(&w, "action").n, 1);
	world_release(&w);
}

static void
a_closed_case_waits_for_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < NTRIALS; i++) {
		struct world w = {.n = 0};

		write_about(&w, trials[i].kind, trials[i].body);
		write_about(&w, "close", "{\"why\":\"safe\",\"words\":\"w\","
		    "\"child\":\"c\"}");
		if (clock_of(&w, trials[i].rule).n != trials[i].when_closed)
			fail_msg("%s: closed", trials[i].rule);
		write_about(&w, "reopen", "{\"why\":\"w\"}");
		if (clock_of(&w, trials[i].rule).n != 1)
			fail_msg("%s: opened again", trials[i].rule);
		world_release(&w);
	}
}

/* Offered or declined is not held; another plan has its own review. */
static void
what_does_not_stop_a_clock(void **state)
{
	static const char *const states[] = {
		"offered", "declined", "not-offered"
	};
	struct world w = {.n = 0};
	char body[256];

	(void)state;
	write_about(&w, "located", "{" EPISODE ",\"at\":"
	    "\"2026-11-20T14:30:00Z\",\"where\":\"w\",\"interview_due\":"
	    "\"2026-11-23T14:30:00Z\"}");
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(body, sizeof(body), "{" EPISODE ",\"state\":"
		    "\"%s\",\"by\":\"b\",\"why\":\"w\"}", states[i]);
		write_entry(&w, "interview", body);
		assert_int_equal(clock_of(&w, "return-interview").n, 1);
	}
	world_release(&w);
	write_entry(&w, "plan", PLAN);
	write_entry(&w, "plan", PLAN);
	assert_int_equal(clock_of(&w, "plan-review").n, 1);
	world_release(&w);
	write_entry(&w, "consent", CONSENT("refused"));
	assert_int_equal(clock_of(&w, "consent").n, 0);
	world_release(&w);
}

/* A meeting that is planned, or that went on, leaves what was due. */
static void
what_does_not_stop_the_process(void **state)
{
	struct world w = {.n = 0};

	(void)state;
	write_entry(&w, "process", STRATEGY);
	write_entry(&w, "process", "{\"step\":\"conference\","
	    "\"state\":\"planned\",\"who\":\"w\"}");
	write_entry(&w, "process",
	    PROCESS("section47", "held", "conference", ""));
	assert_int_equal(clock_of(&w, "initial-conference").n, 1);
	world_release(&w);
	write_about(&w, "referral", REFERRAL("hub"));
	write_about(&w, "referral-step",
	    STEP("decision", ",\"result\":\"assessment\""));
	assert_int_equal(clock_of(&w, "assessment").n, 1);
	assert_int_equal(clock_of(&w, "referral-decision").n, 0);
	world_release(&w);
}

/* Each of those it is for is waited for, and the others are rung. */
static void
every_recipient_writes_a_receipt(void **state)
{
	struct world w = {.n = 0};
	struct seen s;

	(void)state;
	write_entry(&w, "bundle-sent", BUNDLE("\"Ben Made-Up (Hub)\","
	    "\"Cy Notreal (School)\"", "\"" KEY_2 "\",\"" KEY_3 "\""));
	write_about(&w, "bundle-received", RECEIPT);
	s = clock_of(&w, "bundle-receipt");
	assert_int_equal(s.n, 1);
	assert_string_equal(s.owner, "Ben Made-Up (Hub); "
	    "Cy Notreal (School)");
	memset(w.e[1].author.b, 2, AUTHOR_LEN);
	entry_seal_id(&w.e[1]);
	s = clock_of(&w, "bundle-receipt");
	assert_int_equal(s.n, 1);
	assert_string_equal(s.owner, "Cy Notreal (School)");
	write_about(&w, "bundle-received", RECEIPT);
	memset(w.e[2].author.b, 3, AUTHOR_LEN);
	entry_seal_id(&w.e[2]);
	assert_int_equal(clock_of(&w, "bundle-receipt").n, 0);
	/* Another bundle has receipts of its own. */
	write_about(&w, "bundle-sent", BUNDLE("\"Ben Made-Up (Hub)\"",
	    "\"" KEY_2 "\""));
	assert_int_equal(clock_of(&w, "bundle-receipt").n, 1);
	world_release(&w);
}

/* Received starts it anew: one clock, from the receipt. */
static void
a_receipt_takes_over_the_clock(void **state)
{
	struct world w = {.n = 0};
	int64_t due;

	(void)state;
	assert_int_equal(moment_parse("2026-11-25T00:00:00Z", &due, NULL),
	    RC_OK);
	write_about(&w, "referral", REFERRAL("hub"));
	write_about(&w, "referral-step", STEP("received",
	    ",\"decision_due\":\"2026-11-25T00:00:00Z\""));
	assert_int_equal(clock_of(&w, "referral-decision").n, 1);
	assert_true(clock_of(&w, "referral-decision").due == due);
	write_about(&w, "referral-step", STEP("decision", ""));
	assert_int_equal(clock_of(&w, "referral-decision").n, 0);
	world_release(&w);
}

/* A newer consent to something else hid when this one was to end. */
static void
consent_to_each_thing_has_its_own_clock(void **state)
{
	struct world w = {.n = 0};

	(void)state;
	write_entry(&w, "consent", CONSENT("given"));
	write_entry(&w, "consent", "{\"state\":\"given\",\"by\":\"child\","
	    "\"to\":\"another thing\",\"until\":\"2027-03-01\"}");
	assert_int_equal(clock_of(&w, "consent").n, 2);
	write_entry(&w, "consent", CONSENT("withdrawn"));
	assert_int_equal(clock_of(&w, "consent").n, 1);
	world_release(&w);
}

/* What was taken back was never said: to refer is due again. */
static void
a_recalled_referral_stops_nothing(void **state)
{
	struct world w = {.n = 0};

	(void)state;
	write_about(&w, "referral", REFERRAL("lado"));
	write_about(&w, "screening",
	    SCREENING(",\"act_by\":\"2026-11-23T17:00:00Z\""));
	write_about(&w, "person-of-concern", "{\"name\":\"n\","
	    "\"why\":\"w\",\"more_than_one\":\"no\","
	    "\"exploitation\":\"no\",\"works_with_children\":\"yes\","
	    "\"lado_due\":\"2026-11-23T23:59:00Z\"}");
	write_about(&w, "referral-step", STEP("received", ""));
	assert_int_equal(clock_of(&w, "referral-made").n, 0);
	assert_int_equal(clock_of(&w, "lado").n, 0);
	write_about(&w, "referral-step", STEP("recalled", ""));
	assert_int_equal(clock_of(&w, "referral-made").n, 1);
	assert_int_equal(clock_of(&w, "lado").n, 1);
	world_release(&w);
}

/* A new line of clocks.c asks for a row above. */
static void
no_clock_is_without_a_row(void **state)
{
	(void)state;
	for (size_t i = 0; clock_id(i) != NULL; i++) {
		bool there = strcmp(clock_id(i), "repeat-missing") == 0;

		for (size_t j = 0; j < NTRIALS; j++)
			there = there || strcmp(trials[j].rule,
			    clock_id(i)) == 0;
		if (!there)
			fail_msg("%s: say what starts and stops it",
			    clock_id(i));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_clock_starts),
		cmocka_unit_test(no_clock_is_without_a_row),
		cmocka_unit_test(every_clock_stops),
		cmocka_unit_test(a_struck_entry_has_no_clock),
		cmocka_unit_test(counted_words_stay_with_their_clock),
		cmocka_unit_test(a_struck_answer_stops_nothing),
		cmocka_unit_test(a_closed_case_waits_for_nothing),
		cmocka_unit_test(what_does_not_stop_a_clock),
		cmocka_unit_test(what_does_not_stop_the_process),
		cmocka_unit_test(a_receipt_takes_over_the_clock),
		cmocka_unit_test(every_recipient_writes_a_receipt),
		cmocka_unit_test(consent_to_each_thing_has_its_own_clock),
		cmocka_unit_test(a_recalled_referral_stops_nothing),
	};

	return cmocka_run_group_tests_name("clocks", tests, NULL, NULL);
}
