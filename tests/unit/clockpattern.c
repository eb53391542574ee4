/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pattern of missing episodes, and clocks that could not be counted.
 */
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
#include "core/xalloc.h"

struct world {
	struct casefile c;
	uint64_t n;
};

static void
write_entry(struct world *w, const char *kind, const char *on,
    const char *body)
{
	struct entry e = {.n = ++w->n, .case_id = w->c.id,
	    .at = INT64_C(1795190400000) + (int64_t)w->n * 60000,
	    .on = span_none()};
	json_t *whole = json_loads(body, 0, NULL);
	struct err err;

	if (on != NULL)
		assert_int_equal(span_parse(on, &e.on, NULL), RC_OK);
	if (kind_check_draft(kind_find(kind), &e.on, whole, &err) != RC_OK)
		fail_msg("%s: %s", kind, err.text);
	json_decref(whole);
	memset(e.author.b, 1, AUTHOR_LEN);
	memcpy(e.kind, kind, strlen(kind) + 1);
	e.body = xstrdup(body);
	entry_seal_id(&e);
	casefile_apply(&w->c, &e);
	entry_release(&e);
}

static void
go_missing(struct world *w, const char *since)
{
	char body[256];

	(void)snprintf(body, sizeof(body), "{\"since\":\"%s\",\"from\":"
	    "\"home\",\"kind\":\"missing\",\"reported_by\":\"r\"}", since);
	write_entry(w, "missing", NULL, body);
}

static void
world_init(struct world *w)
{
	const struct case_id id = {{1}};

	casefile_init(&w->c, &id);
	w->n = 0;
}

struct seen {
	const char *rule;
	int n;
	int64_t due;
	char counted[512];
};

static bool
look(const struct clock_row *row, void *ctx)
{
	struct seen *s = ctx;

	if (strcmp(row->id, s->rule) != 0)
		return true;
	s->n++;
	s->due = row->due;
	(void)snprintf(s->counted, sizeof(s->counted), "%s", row->counted);
	return true;
}

static struct seen
clock_of(struct world *w, const char *rule)
{
	struct seen s = {.rule = rule};

	casefile_settle(&w->c, NULL);
	casefile_clocks(&w->c, look, &s);
	return s;
}

static void
three_in_thirty_days_ask_for_a_meeting(void **state)
{
	struct world w;
	struct seen s;
	int64_t third;

	(void)state;
	world_init(&w);
	/* Written down in another order than they happened. */
	go_missing(&w, "2026-11-19T22:00:00Z");
	go_missing(&w, "2026-10-21T22:00:00Z");
	assert_int_equal(clock_of(&w, "repeat-missing").n, 0);
	go_missing(&w, "2026-11-02T22:00:00Z");
	s = clock_of(&w, "repeat-missing");
	assert_int_equal(s.n, 1);
	assert_int_equal(moment_parse("2026-11-19T22:00:00Z", &third, NULL),
	    RC_OK);
	assert_int_equal(s.due, third);
	assert_non_null(strstr(s.counted, "21 October 2026, 2 November 2026 "
	    "and 19 November 2026"));
	casefile_release(&w.c);
}

static void
thirty_one_days_do_not(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	go_missing(&w, "2026-10-20T22:00:00Z");
	go_missing(&w, "2026-11-02T22:00:00Z");
	go_missing(&w, "2026-11-19T22:00:00Z");
	assert_int_equal(clock_of(&w, "repeat-missing").n, 0);
	casefile_release(&w.c);
}

static void
a_strategy_discussion_answers_until_the_next(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	go_missing(&w, "2026-11-01T22:00:00Z");
	go_missing(&w, "2026-11-02T22:00:00Z");
	go_missing(&w, "2026-11-04T22:00:00Z");
	write_entry(&w, "process", "2026-11-03", "{\"step\":\"strategy\","
	    "\"state\":\"planned\",\"who\":\"w\"}");
	assert_int_equal(clock_of(&w, "repeat-missing").n, 1);
	write_entry(&w, "process", "2026-11-05", "{\"step\":\"strategy\","
	    "\"state\":\"not-held\",\"who\":\"w\",\"outcome\":\"o\"}");
	assert_int_equal(clock_of(&w, "repeat-missing").n, 1);
	write_entry(&w, "process", "2026-11-05", "{\"step\":\"strategy\","
	    "\"state\":\"planned\",\"who\":\"w\"}");
	assert_int_equal(clock_of(&w, "repeat-missing").n, 0);
	go_missing(&w, "2026-11-09T22:00:00Z");
	assert_int_equal(clock_of(&w, "repeat-missing").n, 1);
	write_entry(&w, "close", NULL, "{\"why\":\"safe\",\"words\":\"w\","
	    "\"child\":\"c\"}");
	assert_int_equal(clock_of(&w, "repeat-missing").n, 0);
	casefile_release(&w.c);
}

static void
a_recalled_referral_answers_nothing(void **state)
{
	struct world w;
	char hex[2 * ENTRY_ID_LEN + 1], body[256];

	(void)state;
	world_init(&w);
	write_entry(&w, "referral", "2026-11-20", "{\"service\":\"hub\","
	    "\"to\":\"Duty\",\"urgency\":\"today\",\"concern\":\"c\","
	    "\"words\":\"w\",\"asked\":\"a\",\"contact\":\"me\","
	    "\"consent\":\"given\"}");
	hex_format(w.c.records[0]->entry.id.b, ENTRY_ID_LEN, hex);
	go_missing(&w, "2026-11-01T22:00:00Z");
	go_missing(&w, "2026-11-02T22:00:00Z");
	go_missing(&w, "2026-11-04T22:00:00Z");
	assert_int_equal(clock_of(&w, "repeat-missing").n, 0);
	(void)snprintf(body, sizeof(body), "{\"referral\":\"%s\","
	    "\"step\":\"recalled\",\"who\":\"w\",\"words\":\"why\"}", hex);
	write_entry(&w, "referral-step", "2026-11-21", body);
	assert_int_equal(clock_of(&w, "repeat-missing").n, 1);
	casefile_release(&w.c);
}

static void
what_could_not_be_counted_is_due(void **state)
{
	struct world w;
	struct seen s;

	(void)state;
	world_init(&w);
	write_entry(&w, "person-of-concern", "2026-11-20", "{\"name\":\"n\","
	    "\"why\":\"w\",\"more_than_one\":\"no\",\"exploitation\":\"no\","
	    "\"works_with_children\":\"yes\","
	    "\"counted\":\"Not counted: no rules\"}");
	s = clock_of(&w, "lado");
	assert_int_equal(s.n, 1);
	assert_true(s.due == INT64_MAX);
	assert_string_equal(s.counted, "Not counted: no rules");
	write_entry(&w, "process", "2026-11-20", "{\"step\":\"strategy\","
	    "\"state\":\"held\",\"result\":\"section47\",\"who\":\"w\","
	    "\"outcome\":\"o\",\"child\":\"c\","
	    "\"counted\":\"Not counted: no rules\"}");
	assert_int_equal(clock_of(&w, "initial-conference").n, 1);
	assert_int_equal(clock_of(&w, "core-group").n, 0);
	assert_int_equal(clock_of(&w, "next-meeting").n, 0);
	casefile_release(&w.c);
}

static void
each_clock_has_its_own_line(void **state)
{
	struct world w;
	struct seen s;

	(void)state;
	world_init(&w);
	write_entry(&w, "referral", "2026-11-20", "{\"service\":\"hub\","
	    "\"to\":\"Duty\",\"urgency\":\"today\",\"concern\":\"c\","
	    "\"words\":\"w\",\"asked\":\"a\",\"contact\":\"me\","
	    "\"consent\":\"given\","
	    "\"decision_due\":\"2026-11-24T00:00:00Z\","
	    "\"counted\":\"To be made: at once\\nDecision: one working day"
	    "\\nAssessment: Not counted: no calendar\"}");
	s = clock_of(&w, "referral-decision");
	assert_string_equal(s.counted, "one working day");
	s = clock_of(&w, "assessment");
	assert_int_equal(s.n, 1);
	assert_true(s.due == INT64_MAX);
	assert_string_equal(s.counted, "Not counted: no calendar");
	casefile_release(&w.c);
}

/* The program counts with the numbers of the rules that come with it. */
static void
content_says_the_same(void **state)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	static char text[65536];
	const struct deadline_rule *r;
	struct deadlines *d;
	struct faults f;
	char path[1024];
	size_t n;
	FILE *in;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/content/deadlines/england.yaml",
	    src != NULL ? src : ".");
	in = fopen(path, "rb");
	assert_non_null(in);
	n = fread(text, 1, sizeof(text), in);
	(void)fclose(in);
	faults_init(&f, "england.yaml");
	d = deadlines_parse(text, n, &f);
	assert_non_null(d);
	assert_int_equal(deadlines_find(d, "repeat-missing", 20777, &r, NULL),
	    RC_OK);
	assert_int_equal(r->kind, clock_kind("repeat-missing"));
	assert_int_equal(r->count, 3);
	assert_int_equal(r->amount, 30);
	for (size_t i = 0; i < d->nrules; i++)
		assert_int_equal(d->rules[i].kind, clock_kind(d->rules[i].id));
	deadlines_free(d);
	faults_release(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_in_thirty_days_ask_for_a_meeting),
		cmocka_unit_test(thirty_one_days_do_not),
		cmocka_unit_test(a_strategy_discussion_answers_until_the_next),
		cmocka_unit_test(a_recalled_referral_answers_nothing),
		cmocka_unit_test(what_could_not_be_counted_is_due),
		cmocka_unit_test(each_clock_has_its_own_line),
		cmocka_unit_test(content_says_the_same),
	};

	return cmocka_run_group_tests_name("patterns of clocks", tests, NULL,
	    NULL);
}
