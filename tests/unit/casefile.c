/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/casefile.h"
#include "core/str.h"
#include "core/xalloc.h"

#define BASE INT64_C(1795190400000)
#define BODY_MAX 512

static const char tool[] =
    "id: t\nversion: '1'\ntitle: Test\nsummary: s\nreview-days: 42\n"
    "sources: {src: A source}\n"
    "sections:\n"
    "  - id: A\n    label: Vulnerabilities\n    role: vulnerability\n"
    "    help: h\n    items:\n"
    "      - {id: A1, label: a, help: h, source: src}\n"
    "  - id: B\n    label: Signs\n    role: sign\n    help: h\n    items:\n"
    "      - {id: B1, label: b, help: h, source: src}\n"
    "      - {id: B2, label: c, help: h, source: src}\n"
    "levels:\n"
    "  - {id: high, label: High, action: act}\n"
    "residual:\n"
    "  insufficient: {label: Not enough known yet, action: ask}\n"
    "  none-recorded: {label: None recorded, action: review}\n"
    "rules:\n"
    "  - {id: r1, level: high, when: 'count(A, B) >= 2', because: two,"
    " action: act, source: src}\n";

struct world {
	struct entry *e;
	size_t n;
	struct roster roster;
	struct case_id id;
};

static struct author_id
author(unsigned char who)
{
	struct author_id a;

	memset(a.b, who, AUTHOR_LEN);
	return a;
}

/* Adds an entry by `who`, `minute` minutes after BASE; returns its id in hex. */
static const char *
write_entry(struct world *w, unsigned char who, int minute, const char *kind,
    const char *on, const char *body)
{
	static char hex[4][2 * ENTRY_ID_LEN + 1];
	static unsigned turn;
	struct entry *e;

	w->e = xreallocarray(w->e, w->n + 1, sizeof(*w->e));
	e = &w->e[w->n];
	memset(e, 0, sizeof(*e));
	e->author = author(who);
	e->n = w->n++ + 1;
	e->case_id = w->id;
	e->at = BASE + (int64_t)minute * 60000;
	memcpy(e->kind, kind, strlen(kind) + 1);
	e->on = span_none();
	if (on != NULL)
		assert_int_equal(span_parse(on, &e->on, NULL), RC_OK);
	e->body = xstrdup(body);
	entry_seal_id(e);
	turn = (turn + 1) % 4;
	hex_format(e->id.b, ENTRY_ID_LEN, hex[turn]);
	return hex[turn];
}

static void
give_role(struct world *w, unsigned char who, const char *role)
{
	char key[2 * AUTHOR_LEN + 1];
	struct author_id a = author(who);
	struct entry e;
	struct str body;

	hex_format(a.b, AUTHOR_LEN, key);
	memset(&e, 0, sizeof(e));
	e.at = BASE - 1000;
	str_init(&body);
	memcpy(e.kind, "user", 5);
	str_add_fmt(&body, "{\"name\":\"U%u\",\"key\":\"%s\"}", who, key);
	e.body = body.s;
	roster_apply(&w->roster, &e);
	str_clear(&body);
	memcpy(e.kind, "role", 5);
	str_add_fmt(&body, "{\"role\":\"%s\",\"key\":\"%s\"}", role, key);
	e.body = body.s;
	roster_apply(&w->roster, &e);
	str_release(&body);
}

static int
setup(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));

	memset(w->id.b, 0x44, CASE_ID_LEN);
	roster_init(&w->roster);
	give_role(w, 1, "practitioner");
	give_role(w, 2, "supervisor");
	give_role(w, 3, "auditor");
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;
	size_t i;

	for (i = 0; i < w->n; i++)
		entry_release(&w->e[i]);
	free(w->e);
	roster_release(&w->roster);
	free(w);
	return 0;
}

static void
fold(struct world *w, struct casefile *c)
{
	size_t i;

	casefile_init(c, &w->id);
	for (i = 0; i < w->n; i++)
		casefile_apply(c, &w->e[i]);
	casefile_settle(c, &w->roster);
}

static const char *
strike(char out[BODY_MAX], const char *target)
{
	(void)snprintf(out, BODY_MAX, "{\"target\":\"%s\",\"reason\":"
	    "\"wrong child\"}", target);
	return out;
}

static const char *
seen(char out[BODY_MAX], const char *item, const char *state)
{
	(void)snprintf(out, BODY_MAX, "{\"instrument\":\"t\",\"indicator\":"
	    "\"%s\",\"state\":\"%s\",\"agency\":\"School\",\"evidence\":"
	    "\"told\"}", item, state);
	return out;
}

/* Returns owned. */
static struct instrument *
read_tool(void)
{
	struct instrument *in;
	struct faults faults;
	struct err e;

	faults_init(&faults, "tool");
	if (instrument_parse(tool, strlen(tool), "tool", &in, &faults, &e) !=
	    RC_OK)
		fail_msg("%s", e.text);
	faults_release(&faults);
	return in;
}

static enum answer
answer_of(struct world *w, unsigned item)
{
	struct instrument *in = read_tool();
	struct casefile c;
	struct answers a;

	fold(w, &c);
	casefile_answers(&c, in, moment_day(BASE), &a);
	casefile_release(&c);
	instrument_free(in);
	return answers_get(&a, item);
}

static void
strongest_observation_wins(void **state)
{
	struct world *w = *state;
	char b[BODY_MAX];

	assert_int_equal(answer_of(w, 1), ANSWER_NOT_ASKED);
	write_entry(w, 1, 1, "observation", "2026-11", seen(b, "B1", "absent"));
	assert_int_equal(answer_of(w, 1), ANSWER_ABSENT);
	write_entry(w, 2, 2, "observation", "2026-10",
	    seen(b, "b1", "present"));
	assert_int_equal(answer_of(w, 1), ANSWER_PRESENT);
	write_entry(w, 1, 3, "observation", "2026-11",
	    seen(b, "B1", "suspected"));
	assert_int_equal(answer_of(w, 1), ANSWER_PRESENT);
	assert_int_equal(answer_of(w, 2), ANSWER_NOT_ASKED);
}

static void
strike_takes_out_and_can_be_struck(void **state)
{
	struct world *w = *state;
	char b[BODY_MAX];
	const char *first, *second;
	struct casefile c;

	first = write_entry(w, 1, 1, "observation", "2026-11",
	    seen(b, "B1", "present"));
	second = write_entry(w, 1, 2, "strike", NULL, strike(b, first));
	assert_int_equal(answer_of(w, 1), ANSWER_NOT_ASKED);
	fold(w, &c);
	assert_int_equal(c.nrecords, 2);
	assert_ptr_equal(c.records[0]->struck_by, c.records[1]);
	casefile_release(&c);
	write_entry(w, 2, 3, "strike", NULL, strike(b, second));
	assert_int_equal(answer_of(w, 1), ANSWER_PRESENT);
}

/* A clock that ran backwards must not let a struck strike still strike. */
static void
strikes_do_not_depend_on_clocks(void **state)
{
	struct world *w = *state;
	char b[BODY_MAX];
	const char *first, *second;

	first = write_entry(w, 1, 30, "observation", "2026-11",
	    seen(b, "B1", "present"));
	second = write_entry(w, 1, 20, "strike", NULL, strike(b, first));
	write_entry(w, 2, 10, "strike", NULL, strike(b, second));
	assert_int_equal(answer_of(w, 1), ANSWER_PRESENT);
}

static void
a_case_cannot_lose_its_opening(void **state)
{
	struct world *w = *state;
	char b[BODY_MAX];
	struct casefile c;
	const char *id;

	id = write_entry(w, 1, 1, "open", NULL, "{\"reference\":\"K-1\"}");
	write_entry(w, 1, 2, "strike", NULL, strike(b, id));
	fold(w, &c);
	assert_string_equal(c.reference, "K-1");
	casefile_release(&c);
}

static void
later_identity_replaces(void **state)
{
	struct world *w = *state;
	char b[BODY_MAX];
	struct casefile c;
	const char *id;

	id = write_entry(w, 1, 1, "identity", NULL,
	    "{\"name\":\"Example One\",\"birth\":\"2012-01-01\"}");
	(void)snprintf(b, sizeof(b), "{\"name\":\"Example Two\",\"birth\":"
	    "\"2011-01-01\",\"replaces\":[\"%s\"]}", id);
	write_entry(w, 1, 2, "identity", NULL, b);
	fold(w, &c);
	assert_string_equal(c.name, "Example Two");
	assert_int_equal(c.nconflicts, 0);
	assert_int_equal(c.birth, day_from_civil((struct civil){2011, 1, 1}));
	casefile_release(&c);
}

static void
values_written_apart_are_both_shown(void **state)
{
	struct world *w = *state;
	struct casefile c;

	write_entry(w, 1, 1, "identity", NULL,
	    "{\"name\":\"Example One\",\"birth\":\"2013-01-01\",\"sex\":\"M\"}");
	write_entry(w, 2, 2, "identity", NULL,
	    "{\"name\":\"Example One\",\"birth\":\"2011-01-01\"}");
	fold(w, &c);
	assert_int_equal(c.nconflicts, 1);
	assert_string_equal(c.conflicts[0].field, "birth");
	/* The younger date counts until a person settles it. */
	assert_int_equal(c.birth, day_from_civil((struct civil){2013, 1, 1}));
	casefile_release(&c);
}

static const char *
model_body(char out[BODY_MAX], const char *why, const char *a, const char *b)
{
	(void)snprintf(out, BODY_MAX, "{\"models\":[\"online\"],\"why\":"
	    "\"%s\",\"replaces\":[%s%s%s%s%s%s%s]}", why, *a ? "\"" : "", a,
	    *a ? "\"" : "", *b ? "," : "", *b ? "\"" : "", b,
	    *b ? "\"" : "");
	return out;
}

static void
what_does_not_count_is_kept(void **state)
{
	struct world *w = *state;
	char b[BODY_MAX];
	struct casefile c;

	write_entry(w, 3, 1, "observation", "2026-11",
	    seen(b, "B1", "present"));
	write_entry(w, 9, 2, "observation", "2026-11",
	    seen(b, "B1", "present"));
	write_entry(w, 1, 3, "horoscope", NULL, "{\"any\":1}");
	write_entry(w, 1, 4, "note", NULL, "{\"risk\":\"no facts\"}");
	assert_int_equal(answer_of(w, 1), ANSWER_NOT_ASKED);
	fold(w, &c);
	assert_int_equal(c.nrecords, 4);
	assert_int_equal(c.records[0]->validity, RECORD_NO_ROLE);
	assert_int_equal(c.records[1]->validity, RECORD_NO_ROLE);
	assert_int_equal(c.records[2]->validity, RECORD_UNKNOWN_KIND);
	assert_int_equal(c.records[3]->validity, RECORD_BAD_BODY);
	casefile_release(&c);
}

#define SCREENING(level) "{\"instrument\":\"t\",\"version\":\"1\"," \
	"\"hash\":\"00\",\"answers\":{\"B1\":\"present\"},\"level\":\"" level \
	"\",\"could_be\":\"high\",\"judgement\":\"" level "\",\"review\":" \
	"\"2027-01-01\",\"act_by\":\"2026-11-23T23:59:00Z\"}"

static void
clocks_run_until_answered(void **state)
{
	struct world *w = *state;
	char b[BODY_MAX];
	struct casefile c;
	const char *why, *id;

	fold(w, &c);
	assert_true(casefile_next_due(&c, &why) == INT64_MAX);
	casefile_release(&c);
	write_entry(w, 1, 1, "screening", "2026-11-20", SCREENING("high"));
	fold(w, &c);
	(void)casefile_next_due(&c, &why);
	assert_string_equal(why, "refer");
	casefile_release(&c);
	id = write_entry(w, 1, 2, "referral", "2026-11-20",
	    "{\"service\":\"hub\",\"to\":\"Duty\",\"urgency\":\"today\","
	    "\"concern\":\"c\",\"words\":\"w\",\"asked\":\"a\",\"contact\":"
	    "\"me\",\"consent\":\"given\",\"decision_due\":"
	    "\"2026-11-24T23:59:00Z\"}");
	fold(w, &c);
	(void)casefile_next_due(&c, &why);
	assert_string_equal(why, "referral decision");
	casefile_release(&c);
	(void)snprintf(b, sizeof(b), "{\"referral\":\"%s\",\"step\":"
	    "\"decision\",\"who\":\"Duty team\"}", id);
	write_entry(w, 1, 3, "referral-step", "2026-11-21", b);
	fold(w, &c);
	(void)casefile_next_due(&c, &why);
	assert_string_equal(why, "review");
	casefile_release(&c);
}

static void
a_lowering_waits_until_the_next_screening(void **state)
{
	struct world *w = *state;
	struct casefile c;

	write_entry(w, 1, 1, "screening", "2026-11-20", SCREENING("high"));
	write_entry(w, 1, 2, "review-request", NULL, "{\"level\":\"high\","
	    "\"asked_level\":\"potential\",\"reason\":\"known cause\"}");
	fold(w, &c);
	assert_non_null(c.lowering);
	casefile_release(&c);
	write_entry(w, 1, 3, "screening", "2026-11-21", SCREENING("high"));
	fold(w, &c);
	assert_null(c.lowering);
	casefile_release(&c);
}

/* ---- the same entries in any order, any number of times ---- */

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static void
random_entry(struct world *w, uint64_t *x)
{
	static const char *const states[] = {"present", "suspected", "absent",
	    "not known"};
	static const char *const items[] = {"A1", "B1", "B2"};
	unsigned char who = (unsigned char)(1 + next(x) % 4);
	int minute = (int)(next(x) % 20);
	char b[BODY_MAX], hex[2 * ENTRY_ID_LEN + 1] = "";

	if (w->n > 0)
		hex_format(w->e[next(x) % w->n].id.b, ENTRY_ID_LEN, hex);
	switch (next(x) % 7) {
	case 5:
		(void)snprintf(b, sizeof(b), "{\"name\":\"E\",\"age_about\":%d,"
		    "\"disability\":[\"%s\"],\"age_disputed\":%s}",
		    (int)(9 + next(x) % 3), next(x) % 2 ? "LD" : "MOB",
		    next(x) % 2 ? "true" : "false");
		write_entry(w, who, minute, "identity", NULL, b);
		break;
	case 6:
		write_entry(w, who, minute, "model", NULL, model_body(b,
		    next(x) % 2 ? "x" : "y", hex, ""));
		break;
	case 0:
		write_entry(w, who, minute, "strike", NULL, strike(b, hex));
		break;
	case 1:
		(void)snprintf(b, sizeof(b), "{\"name\":\"E%d\",\"replaces\":"
		    "[\"%s\"]}", (int)(next(x) % 3), hex);
		write_entry(w, who, minute, "identity", NULL, b);
		break;
	default:
		write_entry(w, who, minute, "observation", "2026-11",
		    seen(b, items[next(x) % 3], states[next(x) % 4]));
	}
}

/* Everything that a reader of the casefile can see, as text. */
static void
describe(const struct casefile *c, struct str *out)
{
	size_t i;

	str_add_fmt(out, "%s/%s/%d\n", c->reference, c->name, c->birth);
	for (i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		str_add_fmt(out, "%02x%02x %d %d %02x %02x\n",
		    r->entry.id.b[0], r->entry.id.b[1], (int)r->validity,
		    record_stands(r),
		    r->struck_by != NULL ? r->struck_by->entry.id.b[0] : 0u,
		    r->replaced_by != NULL ?
		    r->replaced_by->entry.id.b[0] : 0u);
	}
	for (i = 0; i < c->nconflicts; i++)
		str_add_fmt(out, "%s %02x %02x\n",
		    c->conflicts[i].field != NULL ? c->conflicts[i].field :
		    "(versions)",
		    c->conflicts[i].a->entry.id.b[0],
		    c->conflicts[i].b->entry.id.b[0]);
}

static void
shuffle(struct world *w, uint64_t *x)
{
	size_t i, j;

	for (i = w->n; i > 1; i--) {
		struct entry t = w->e[i - 1];

		j = next(x) % i;
		w->e[i - 1] = w->e[j];
		w->e[j] = t;
	}
}

static void
order_does_not_matter(void **state)
{
	struct world *w = *state;
	uint64_t x = 88172645463325252u;
	struct str want, got;
	struct casefile c;
	int round, again;
	size_t i;

	str_init(&want);
	str_init(&got);
	for (round = 0; round < 60; round++) {
		for (i = 0; i < 3; i++)
			random_entry(w, &x);
		str_clear(&want);
		fold(w, &c);
		describe(&c, &want);
		casefile_release(&c);
		for (again = 0; again < 4; again++) {
			shuffle(w, &x);
			fold(w, &c);
			/* Some a second time, and settled more than once. */
			for (i = 0; i < w->n; i += 2)
				casefile_apply(&c, &w->e[i]);
			casefile_settle(&c, &w->roster);
			str_clear(&got);
			describe(&c, &got);
			casefile_release(&c);
			assert_string_equal(got.s, want.s);
		}
	}
	str_release(&want);
	str_release(&got);
}

#define CLOSE "{\"why\":\"safe\",\"words\":\"w\",\"child\":\"c\"}"

/* A machine whose clock is behind opens a case again all the same. */
static void
a_closing_that_is_named_is_undone(void **state)
{
	struct world *w = *state;
	struct casefile c;
	const char *id;
	struct str body;

	(void)write_entry(w, 1, 0, "open", NULL, "{\"reference\":\"K-1\"}");
	id = write_entry(w, 1, 90, "close", "2026-11-20", CLOSE);
	str_init(&body);
	str_add_fmt(&body, "{\"why\":\"back\",\"close\":\"%s\"}", id);
	(void)write_entry(w, 2, 30, "reopen", NULL, body.s);
	fold(w, &c);
	assert_null(c.closed);
	casefile_release(&c);
	/* Closed once more, that stands. */
	(void)write_entry(w, 1, 95, "close", "2026-11-21", CLOSE);
	fold(w, &c);
	assert_non_null(c.closed);
	casefile_release(&c);
	str_release(&body);
}

static void
roles_begin_when_given(void **state)
{
	struct world *w = *state;
	struct author_id a = author(1);

	assert_int_equal(roster_roles(&w->roster, &a, BASE),
	    ROLE_PRACTITIONER);
	assert_int_equal(roster_roles(&w->roster, &a, BASE - 1001), 0);
	assert_string_equal(roster_name(&w->roster, &a), "U1");
	a = author(77);
	assert_int_equal(roster_roles(&w->roster, &a, BASE), 0);
	assert_string_equal(roster_name(&w->roster, &a), "unknown author");
}

#define WITH_WORLD(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_WORLD(strongest_observation_wins),
		WITH_WORLD(strike_takes_out_and_can_be_struck),
		WITH_WORLD(strikes_do_not_depend_on_clocks),
		WITH_WORLD(a_case_cannot_lose_its_opening),
		WITH_WORLD(later_identity_replaces),
		WITH_WORLD(values_written_apart_are_both_shown),
		WITH_WORLD(what_does_not_count_is_kept),
		WITH_WORLD(clocks_run_until_answered),
		WITH_WORLD(a_lowering_waits_until_the_next_screening),
		WITH_WORLD(order_does_not_matter),
		WITH_WORLD(a_closing_that_is_named_is_undone),
		WITH_WORLD(roles_begin_when_given),
	};

	return cmocka_run_group_tests_name("casefile", tests, NULL, NULL);
}
