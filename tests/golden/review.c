/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A second person's decision in a case: the form, what stands above it, what
 * a second look does not see, and what the practitioner sees of it all.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/xalloc.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/casescreen.h"
#include "tui/decidedscreen.h"

static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

#define REASON "Two of the three were one event told twice."

static void
three_signs(struct desk *d, const char *who)
{
	static const char *const items[] = {"B1", "B2", "B10"};

	for (size_t i = 0; i < 3; i++)
		(void)desk_sign(d, who, "observation", "2026-11-18",
		    desk_observation(items[i], "present", "Invented School",
		    "Told to the head of year."));
}

/* Three signs, kept as a screening by a colleague. */
static struct entry_id
high(struct desk *d, const char *who)
{
	three_signs(d, who);
	(void)desk_add(d, who, "voice", "2026-11-18",
	    "{\"words\": \"I want to stay at my school.\"}");
	return desk_add(d, who, "screening", "2026-11-19",
	    "{\"instrument\": \"occ-csegg\", \"version\": \"1\", \"hash\": "
	    "\"00\", \"level\": \"high\", \"could_be\": \"high\", "
	    "\"judgement\": \"high\", \"vulnerabilities\": 0, \"signs\": 3, "
	    "\"not_known\": 26, \"answers\": {\"B1\": \"present\"}, "
	    "\"rules\": [], \"review\": \"2026-12-31\"}");
}

static struct entry_id
request(struct desk *d, const char *who)
{
	return desk_sign(d, who, "review-request", "", json_pack(
	    "{s:s,s:s,s:s}", "level", "high", "asked_level", "vulnerable",
	    "reason", REASON));
}

static struct golden *
case_golden(struct desk *d, const int size[2])
{
	struct golden *g = golden_new(NULL, size[0], size[1]);

	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "");
	return g;
}

static void
the_form_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct desk *d = desk_new();
		struct golden *g;

		desk_supervise(d);
		(void)high(d, "Q. Sample");
		(void)request(d, "Q. Sample");
		g = case_golden(d, sizes[i]);
		golden_keys(g, "V");
		golden_check(g, "review-form");
		golden_keys(g, "Right Tab");
		golden_check(g, "review-agree");
		golden_free(g);
		desk_free(d);
	}
}

static void
agreed_and_signed(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;
	size_t n;

	(void)state;
	desk_supervise(d);
	(void)high(d, "Q. Sample");
	(void)request(d, "Q. Sample");
	g = case_golden(d, sizes[2]);
	n = desk_entries(d);
	golden_keys(g, "V F2");
	golden_shows(g, "Decision");	/* it is not complete */
	golden_keys(g, "Right Tab Tab 'I spoke with the school.' F2");
	golden_shows(g, "kept, not signed yet");
	golden_keys(g, "$");
	golden_check(g, "review-sign");
	golden_keys(g, "Enter");
	assert_int_equal(desk_entries(d), n + 1);
	golden_shows(g, "(as reviewed)");
	golden_check(g, "review-agreed");
	golden_free(g);
	desk_free(d);
}

static void
a_raise_is_higher_and_a_lowering_lower(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	desk_supervise(d);
	(void)high(d, "Q. Sample");
	g = case_golden(d, sizes[0]);
	golden_keys(g, "V Right Right Tab Right Tab 'No.' F2");
	golden_shows(g, "This is not lower");
	golden_keys(g, "Right F2");
	golden_shows(g, "kept, not signed yet");
	golden_free(g);
	desk_free(d);
}

/* Such a review would not hold, and nobody would look at the case again. */
static void
without_a_screening_nothing_is_lowered(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	desk_supervise(d);
	three_signs(d, "Q. Sample");
	g = case_golden(d, sizes[0]);
	golden_keys(g, "V Right Right Tab Right Right Tab 'No.' F2");
	golden_shows(g, "No screening is kept");
	golden_hides(g, "kept, not signed yet");
	golden_free(g);
	desk_free(d);
}

static void
nobody_decides_on_their_own(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	desk_supervise(d);
	(void)high(d, "me");
	(void)request(d, "me");
	g = case_golden(d, sizes[0]);
	golden_keys(g, "V");
	golden_shows(g, "our own work");
	golden_hides(g, "Return with questions");
	golden_free(g);
	desk_free(d);
}

static void
a_practitioner_is_told_who_decides(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)high(d, "me");
	g = case_golden(d, sizes[0]);
	golden_keys(g, "V");
	golden_shows(g, "A supervisor decides on this, not you: Q. Sample, ");
	golden_keys(g, "F 'Somebody waits at the gate.' F2 $ Enter");
	golden_keys(g, "V");
	golden_shows(g, "waits in their queue");
	golden_keys(g, "Tab Tab");
	golden_check(g, "review-flag");
	golden_keys(g, "a");
	golden_shows(g, "Flag taken down");
	golden_free(g);
	desk_free(d);
}

static struct entry_id
given_back(struct desk *d)
{
	struct entry_id s = high(d, "me");
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(s.b, ENTRY_ID_LEN, hex);
	return desk_sign(d, "Q. Sample", "review", "", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s,s:[s]}", "about", hex, "decision",
	    "return", "rules_level", "high", "reason", "It rests on one "
	    "talk.", "questions", "Who saw the injuries? Has the school been "
	    "asked?", "saw", hex));
}

static void
questions_come_first(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct desk *d = desk_new();
		struct golden *g;

		(void)given_back(d);
		g = case_golden(d, sizes[i]);
		golden_keys(g, "Tab");
		golden_check(g, "review-returned");
		golden_keys(g, "Tab");
		golden_check(g, "review-returned-notes");
		/* The whole entry is words: no ids of what was before it. */
		golden_keys(g, "Enter");
		if (i == 0)
			golden_shows(g, "Level by the rules");
		golden_hides(g, "Seen");
		golden_free(g);
		desk_free(d);
	}
}

/* Nothing waits for the supervisors: it is for its author to answer. */
static void
given_back_is_answered_first(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)given_back(d);
	g = case_golden(d, sizes[0]);
	golden_keys(g, "V");
	golden_shows(g, "It came back to you with questions: answer it first: "
	    "s or o.");
	golden_hides(g, "in their queue");
	golden_free(g);
	desk_free(d);
}

/* Whoever decides again sees what they asked, and what answers it. */
static void
answers_stand_above_the_decision(void **state)
{
	struct desk *d = desk_new();
	struct entry_id s = high(d, "Q. Sample"), back;
	char hex[2 * ENTRY_ID_LEN + 1], asked[2 * ENTRY_ID_LEN + 1];

	(void)state;
	desk_supervise(d);
	hex_format(s.b, ENTRY_ID_LEN, hex);
	back = desk_sign(d, "me", "review", "", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s,s:[s]}", "about", hex, "decision",
	    "return", "rules_level", "high", "reason", "It rests on one "
	    "talk.", "questions", "Who saw the injuries?", "saw", hex));
	hex_format(back.b, ENTRY_ID_LEN, asked);
	(void)desk_sign(d, "Q. Sample", "note", "2026-11-20", json_pack(
	    "{s:s,s:s,s:s}", "facts", "The school nurse saw them.", "nature",
	    "fact", "answers", asked));
	for (size_t i = 0; i < 2; i++) {
		struct golden *g = case_golden(d, sizes[i]);

		golden_keys(g, "V");
		golden_check(g, "review-answered");
		golden_keys(g, "PgUp PgUp");
		golden_shows(g, "You asked");
		golden_free(g);
	}
	desk_free(d);
}

static void
words_that_are_not_recorded_are_asked_for(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	desk_supervise(d);
	(void)desk_sign(d, "Q. Sample", "flag", "", json_pack("{s:s}", "why",
	    "Somebody waits at the gate."));
	g = case_golden(d, sizes[2]);
	golden_keys(g, "V");
	golden_shows(g, "The child's own words: not recorded: ask; that is a "
	    "reason to return it.");
	golden_free(g);
	desk_free(d);
}

static struct entry_id
first_look(struct desk *d)
{
	struct entry_id s = high(d, "me");
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(s.b, ENTRY_ID_LEN, hex);
	return desk_sign(d, "Q. Sample", "review", "", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s,s:[s]}", "about", hex, "decision", "agree",
	    "rules_level", "high", "level", "high", "reason",
	    "Secret of the first look.", "saw", hex));
}

static struct pane *
sampled_screen(struct desk *d)
{
	struct case_screen_opts o = {.door = desk_door(d),
	    .id = desk_case(d)};
	struct err e;
	struct pane *p;

	o.door.sample = 1;
	o.door.me = (struct author_id){{3}};
	o.door.user = "T. Third";
	p = case_screen_on(&o, &e);
	assert_non_null(p);
	return p;
}

/* Neither pane nor page tells what was decided first. */
static void
a_second_look_is_blind(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	desk_supervise(d);
	(void)first_look(d);
	g = golden_new(NULL, 132, 43);
	app_push(golden_app(g), sampled_screen(d));
	golden_keys(g, "Tab Tab");
	golden_shows(g, "A second look, blind");
	golden_hides(g, "Secret");
	golden_keys(g, "2");
	golden_hides(g, "Secret");
	golden_hides(g, "Review");
	golden_keys(g, "1 V");
	golden_shows(g, "A second look, blind");
	golden_hides(g, "Secret");
	golden_hides(g, "Agreed");
	golden_check(g, "review-second");
	golden_free(g);
	desk_free(d);
}

static void
two_looks_stand_side_by_side(void **state)
{
	struct desk *d = desk_new();
	struct entry_id first = first_look(d);
	char hex[2 * ENTRY_ID_LEN + 1];
	struct golden *g;

	(void)state;
	hex_format(first.b, ENTRY_ID_LEN, hex);
	(void)desk_sign(d, "T. Third", "review", "", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s}", "second", hex, "decision", "lower",
	    "rules_level", "high", "level", "potential", "reason",
	    "One event told twice."));
	g = case_golden(d, sizes[2]);
	golden_keys(g, "Tab");
	golden_shows(g, "Two looks, which differ");
	golden_shows(g, "Secret of the first look.");
	golden_keys(g, "Tab");
	golden_check(g, "review-two");
	golden_free(g);
	desk_free(d);
}

/* Another decision that saw both stands beside the two that differed. */
static void
a_third_says_what_holds(void **state)
{
	struct desk *d = desk_new();
	struct entry_id first = first_look(d), second;
	char a[2 * ENTRY_ID_LEN + 1], b[2 * ENTRY_ID_LEN + 1];
	struct golden *g;

	(void)state;
	hex_format(first.b, ENTRY_ID_LEN, a);
	second = desk_sign(d, "T. Third", "review", "", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s}", "second", a, "decision", "lower",
	    "rules_level", "high", "level", "potential", "reason",
	    "One event told twice."));
	hex_format(second.b, ENTRY_ID_LEN, b);
	(void)desk_sign(d, "T. Third", "review", "", json_pack(
	    "{s:s,s:s,s:s,s:s,s:[s,s]}", "decision", "agree", "rules_level",
	    "high", "level", "high", "reason", "Read them both.", "saw", a,
	    b));
	g = case_golden(d, sizes[2]);
	golden_keys(g, "Tab");
	golden_shows(g, "Two looks, which differ");
	golden_shows(g, "Read them both.");
	golden_free(g);
	desk_free(d);
}

static void
a_decision_is_kept_and_offered_again(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	desk_supervise(d);
	(void)high(d, "Q. Sample");
	g = case_golden(d, sizes[0]);
	golden_keys(g, "V Right Tab Tab 'Half a thou' Esc");
	golden_keys(g, "V");
	golden_shows(g, "What was typed before is here again.");
	golden_shows(g, "Half a thou");
	golden_keys(g, "^E 'ght' F2 q");
	golden_free(g);
	/* Pending, it is there in another sitting, and edited by V. */
	g = case_golden(d, sizes[0]);
	golden_shows(g, "1 from last time not signed yet");
	golden_keys(g, "V Tab Tab");
	golden_shows(g, "Half a thought");
	golden_free(g);
	desk_free(d);
}

/* ---- several at once ---- */

static struct decided_case *
decided_on(struct desk *d, bool stale)
{
	struct decided_case *c = xcalloc(1, sizeof(*c));
	struct case_door door = desk_door(d);
	struct case_id id = desk_case(d);
	struct entry_id print;
	struct span none = span_none();
	struct err e;

	assert_int_equal(casework_open(&c->w, &door, &id, NULL, &e), RC_OK);
	print = casework_print(&c->w);
	c->at = pending_add(&c->w.pending, "review", &none, json_pack(
	    "{s:s,s:s,s:s}", "decision", "agree", "level", "high", "reason",
	    "I spoke with the school."), &print);
	c->stale = stale;
	return c;
}

static size_t good;

static enum rc
sign_ok(struct decided *all, struct err *e)
{
	(void)e;
	good = all->good;
	return RC_OK;
}

static void
all_are_read_before_they_are_signed(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct desk *d = desk_new();
		struct golden *g = golden_new(NULL, sizes[i][0], sizes[i][1]);
		struct decided_opts o = {.sign = sign_ok};

		desk_supervise(d);
		(void)high(d, "Q. Sample");
		o.all.list = xcalloc(3, sizeof(struct decided_case *));
		o.all.list[0] = decided_on(d, false);
		o.all.list[1] = decided_on(d, true);
		o.all.list[2] = decided_on(d, false);
		o.all.list[2]->refused = xstrdup("This is your own work.");
		o.all.close = casework_release;
		o.all.n = 3;
		o.all.good = 2;
		app_push(golden_app(g), desk_screen(d));
		app_push(golden_app(g), decidedscreen_new(&o));
		golden_keys(g, "");
		golden_check(g, "review-all");
		good = 0;
		golden_keys(g, "Enter");
		assert_int_equal(good, sizes[i][0] > 1 ? 2 : good);
		golden_free(g);
		desk_free(d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_form_at_every_size),
		cmocka_unit_test(agreed_and_signed),
		cmocka_unit_test(a_raise_is_higher_and_a_lowering_lower),
		cmocka_unit_test(without_a_screening_nothing_is_lowered),
		cmocka_unit_test(nobody_decides_on_their_own),
		cmocka_unit_test(a_practitioner_is_told_who_decides),
		cmocka_unit_test(questions_come_first),
		cmocka_unit_test(given_back_is_answered_first),
		cmocka_unit_test(answers_stand_above_the_decision),
		cmocka_unit_test(words_that_are_not_recorded_are_asked_for),
		cmocka_unit_test(a_second_look_is_blind),
		cmocka_unit_test(two_looks_stand_side_by_side),
		cmocka_unit_test(a_third_says_what_holds),
		cmocka_unit_test(a_decision_is_kept_and_offered_again),
		cmocka_unit_test(all_are_read_before_they_are_signed),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("a second person", tests, NULL,
	    NULL);
}
