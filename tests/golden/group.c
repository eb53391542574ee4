/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group's session before a projector: what is hidden until it is revealed,
 * the bars, two rounds, choices, what is collected, before and after.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/golden.h"
#include "tests/golden/groupfake.h"
#include "tests/unit/loaded.h"
#include "tui/groupscreen.h"

#define BACK_ROW "content/studies/the-back-row.yaml"
static const int sizes[][2] = {{80, 24}, {120, 40}, {40, 10}, {1, 1}};

static struct golden *
group_golden(struct fake *f, const int size[2])
{
	struct golden *g = golden_new(NULL, size[0], size[1]);
	struct group_door door = fake_door(f);
	struct pane *p;
	struct err e;

	p = groupscreen_new(&door, &f->cases[0].id, &e);
	if (p == NULL)
		fail_msg("%s", e.text);
	app_push(golden_app(g), p);
	golden_keys(g, "");
	return g;
}

/* A learner's answers to items of the checklist, "B7=present B8=absent". */
static void
answer(struct fake *f, struct held *h, const char *name, const char *stage,
    unsigned round, const char *answers)
{
	json_t *o = json_object();
	struct entry_draft d = {h->id, "group-answers", span_none(), NULL};
	char item[16], state[16];
	int used;

	while (sscanf(answers, " %15[^=]=%15[a-z]%n", item, state,
	    &used) == 2) {
		(void)json_object_set_new(o, item, json_string(state));
		answers += used;
	}
	d.body = json_pack("{s:s,s:s,s:i,s:o,s:s}", "learner", name, "stage",
	    stage, "round", (int)round, "answers", o, "from", "typed");
	put(f, h, 1, &d);
	entry_draft_release(&d);
}

static void
reveal(struct fake *f, struct held *h, const char *stage, unsigned round)
{
	struct entry_draft d = {h->id, "reveal", span_none(),
	    json_pack("{s:s,s:i}", "stage", stage, "round", (int)round)};

	put(f, h, 1, &d);
	entry_draft_release(&d);
}

static void
six_answer(struct fake *f, struct held *h)
{
	answer(f, h, "Ada", "tired", 1, "B7=suspected A10=suspected B1=absent"
	    " B2=absent B3=absent");
	answer(f, h, "Ben", "tired", 1, "B7=present A10=absent");
	answer(f, h, "Cem", "tired", 1, "A10=suspected B1=absent B2=absent");
	answer(f, h, "Dot", "tired", 1, "B7=absent B1=absent B3=absent");
	answer(f, h, "Eve", "tired", 1, "B8=present B1=absent B2=absent");
	answer(f, h, "Zo\xC3\xAB", "tired", 1, "B7=suspected B3=absent");
}

/* ---- what is seen ---- */

static void
every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct fake f = some();
		struct golden *g = group_golden(&f, sizes[i]);

		golden_check(g, "group");
		golden_keys(g, "a 'Ada' Enter");
		golden_check(g, "group-sheet");
		golden_keys(g, "Esc");
		six_answer(&f, &f.cases[0]);
		golden_keys(g, "r");
		golden_check(g, "group-revealed");
		golden_keys(g, "Enter");
		golden_check(g, "group-reason");
		golden_free(g);
		gone(&f);
	}
}

static void
two_rounds_stand_side_by_side(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct fake f = some();
		struct golden *g;

		six_answer(&f, &f.cases[0]);
		reveal(&f, &f.cases[0], "tired", 1);
		g = group_golden(&f, sizes[i]);
		golden_keys(g, "2");
		golden_check(g, "group-second");
		answer(&f, &f.cases[0], "Ada", "tired", 2, "B1=absent");
		answer(&f, &f.cases[0], "Cem", "tired", 2, "B7=suspected");
		answer(&f, &f.cases[0], "Eve", "tired", 2,
		    "B7=suspected A10=present");
		golden_keys(g, "a Esc");
		golden_free(g);
		g = group_golden(&f, sizes[i]);
		golden_hides(g, "1st");
		golden_keys(g, "r r");
		golden_check(g, "group-both");
		golden_keys(g, "2");
		golden_free(g);
		gone(&f);
	}
}

/* Neither before it is revealed nor in any sheet that is done. */
static void
what_was_answered_is_hidden(void **state)
{
	static const char *const words[] = {
		"present", "suspected", "absent", "[X]", "[/]", "[-]", "\xE2\x96\x88",
		"model"
	};
	struct fake f = some();
	struct golden *g = group_golden(&f, sizes[1]);

	(void)state;
	golden_keys(g, "a 'Ada' Enter p s a n");
	golden_shows(g, "[X] present");
	golden_keys(g, "Enter");
	assert_int_equal(f.appends, 1);
	golden_shows(g, "1 has answered");
	golden_keys(g, "Down");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		golden_hides(g, words[i]);
	golden_keys(g, "a 'ada' Enter");
	golden_shows(g, "[*] answered");
	golden_shows(g, "Ada: round 1, 0 answered here");
	for (size_t i = 3; i < 7; i++)
		golden_hides(g, words[i]);
	golden_free(g);
	gone(&f);
}

static void
a_sheet_goes_on_after_a_crash(void **state)
{
	struct fake f = some();
	struct golden *g = group_golden(&f, sizes[0]);

	(void)state;
	golden_keys(g, "a 'Ada' Enter Enter");
	golden_shows(g, "Nothing is answered yet");
	golden_keys(g, "Space Space j p");
	golden_free(g);		/* nobody left it or saved it */
	assert_int_equal(f.appends, 0);
	g = group_golden(&f, sizes[0]);
	golden_shows(g, "half filled: Ada");
	golden_shows(g, "nobody has answered");
	golden_keys(g, "a 'Ada' Enter");
	golden_shows(g, "2 answered here");
	golden_shows(g, "[/] suspected");
	f.fail = true;
	golden_keys(g, "Enter");
	golden_shows(g, "disk is full");
	golden_keys(g, "Enter");
	assert_int_equal(f.appends, 1);
	golden_hides(g, "half filled");
	golden_shows(g, "1 has answered");
	golden_free(g);
	gone(&f);
}

/* The second round goes on, too, though nobody has signed in it. */
static void
a_sheet_of_the_second_round_goes_on(void **state)
{
	struct fake f = some();
	struct golden *g;

	(void)state;
	six_answer(&f, &f.cases[0]);
	reveal(&f, &f.cases[0], "tired", 1);
	g = group_golden(&f, sizes[0]);
	golden_keys(g, "2 a 'Ada' Enter p");
	golden_free(g);		/* nobody left it or saved it */
	g = group_golden(&f, sizes[0]);
	golden_shows(g, "Round 2: nobody has answered yet");
	golden_shows(g, "half filled: Ada");
	golden_keys(g, "a 'Ada' Enter");
	golden_shows(g, "1 answered here");
	golden_free(g);
	gone(&f);
}

/* What can never count any more is not kept for ever. */
static void
a_sheet_goes_with_its_round(void **state)
{
	struct fake f = some();
	struct golden *g = group_golden(&f, sizes[0]);

	(void)state;
	golden_keys(g, "a 'Ada' Enter p Enter a 'Ben' Enter p Esc r");
	golden_shows(g, "Half filled and not counted: Ben");
	assert_int_equal(f.appends, 1);
	golden_keys(g, "r");
	assert_int_equal(f.appends, 2);
	golden_hides(g, "half filled");
	for (size_t i = 0; i < f.ndrafts; i++)
		assert_string_equal(f.drafts[i].text, "");
	golden_free(g);
	gone(&f);
}

static void
an_answer_is_taken_back(void **state)
{
	struct fake f = some();
	struct golden *g = group_golden(&f, sizes[0]);

	(void)state;
	golden_keys(g, "a 'Ada' Enter p k u");
	golden_shows(g, "0 answered here");
	golden_keys(g, "p p Enter a 'Ada' Enter Down u");
	golden_shows(g, "[ ] taken back");
	golden_keys(g, "Enter");
	assert_int_equal(f.appends, 2);
	golden_free(g);
	gone(&f);
}

/* A stage may be talked over alone: nobody has to answer for it to go on. */
static void
a_stage_without_answers(void **state)
{
	struct fake f = some();
	struct golden *g = group_golden(&f, sizes[0]);

	(void)state;
	golden_keys(g, "r");
	golden_shows(g, "Nobody has answered yet");
	golden_hides(g, "= model");
	assert_int_equal(f.appends, 0);
	golden_keys(g, "r");
	golden_shows(g, "revealed");
	golden_shows(g, "= model: suspected");
	golden_keys(g, "n");
	golden_shows(g, "stage 2 of 4");
	golden_free(g);
	gone(&f);
}

/* Nothing is revealed by a slip while somebody still thinks. */
static void
who_is_missing_is_said(void **state)
{
	struct fake f = some();
	struct golden *g;

	(void)state;
	g = group_golden(&f, sizes[0]);
	golden_keys(g, "r");
	golden_shows(g, "Nobody has answered yet");
	golden_keys(g, "n");
	golden_shows(g, "not revealed yet");
	golden_keys(g, "2");
	golden_shows(g, "first round is not revealed");
	six_answer(&f, &f.cases[0]);
	reveal(&f, &f.cases[0], "tired", 1);
	golden_keys(g, "a Esc");
	golden_free(g);
	g = group_golden(&f, sizes[0]);
	golden_keys(g, "n");
	golden_shows(g, "stage 2 of 4");
	golden_shows(g, "nobody has answered");
	golden_keys(g, "a 'a' Tab Enter Enter");
	golden_shows(g, "1 of 6 have answered");
	golden_keys(g, "r");
	golden_shows(g, "5 of 6 have not answered: Ben");
	golden_hides(g, "revealed");
	golden_keys(g, "j r");
	golden_shows(g, "Round 1: 1 of 6 have answered; revealed");
	golden_free(g);
	gone(&f);
}

static void
the_group_chooses(void **state)
{
	struct fake f = some();
	struct golden *g;

	(void)state;
	six_answer(&f, &f.cases[0]);
	reveal(&f, &f.cases[0], "tired", 1);
	g = group_golden(&f, sizes[0]);
	golden_keys(g, "n a 'Ada' Enter p Enter r r n");
	golden_check(g, "group-choice");
	golden_keys(g, "Down Enter");
	golden_shows(g, "Twenty minutes.");
	golden_shows(g, "stage 3 of 4");
	golden_shows(g, "Am I going to be arrested");
	golden_keys(g, "a 'Ada' Enter p Enter r r n a 'Ada' Enter p Enter "
	    "r r n");
	golden_shows(g, "The study has ended");
	golden_keys(g, "a");
	golden_shows(g, "The study has ended");
	golden_free(g);
	gone(&f);
}

static void
a_file_is_collected(void **state)
{
	struct fake f = some();
	struct golden *g = group_golden(&f, sizes[0]);

	(void)state;
	golden_keys(g, "c Down Enter 'answers.csv' Enter Enter");
	golden_shows(g, "no such file");
	f.file = "Name,Indicator,Answer,Stage\nAda,B7,maybe,\n";
	golden_keys(g, "Enter");
	golden_shows(g, "row 2, column 3");
	golden_shows(g, "\"maybe\" is no state");
	f.file = "Name;Indicator;Answer;Stage\r\nAda;b7;P;\r\nAda;A10;absent;"
	    "1\r\nBen;B7;;tired\r\nCem;B7;suspected;tired\r\nCem;B10;p;"
	    "credit\r\n";
	golden_keys(g, "Enter");
	assert_int_equal(f.appends, 1);
	golden_shows(g, "Taken: 2 answer sheets.");
	golden_shows(g, "1 to a stage that is not reached");
	golden_shows(g, "all 2 have answered");
	golden_hides(g, "suspected");
	golden_keys(g, "c Down Enter 'answers.csv' Enter Enter");
	golden_shows(g, "Nothing was taken.");
	golden_shows(g, "2 there already");
	assert_int_equal(f.appends, 1);
	/* Whoever types a file means it, whatever stands above it. */
	golden_keys(g, "c Enter 'answers.csv' Enter Enter");
	golden_shows(g, "2 there already");
	golden_free(g);
	gone(&f);
}

/* A learner's own session, with what they committed to at the first stage. */
static void
own_session(struct fake *f, unsigned char who)
{
	struct held *h = begin(f, HEADSET, WALK_ALONE, who);
	struct casefile c;
	struct walk w;
	struct answers a;
	struct walk_commit commit = {.round = 1, .started = GOLDEN_NOW,
	    .answers = &a, .judgement = NO_ITEM, .why = ""};
	struct entry_draft d;
	struct err e;

	answers_init(&a);
	answers_set(&a, item_of(f->in, "B7"), ANSWER_SUSPECTED);
	assert_int_equal(fake_load(f, &h->id, &c, &w, &e), RC_OK);
	d = walk_attempt_draft(&w, &commit);
	put(f, h, who, &d);
	entry_draft_release(&d);
	walk_release(&w);
	casefile_release(&c);
}

static void
sessions_are_collected_once(void **state)
{
	struct fake f = some();
	struct golden *g = group_golden(&f, sizes[0]);

	(void)state;
	golden_keys(g, "c Enter Enter Enter");
	golden_shows(g, "no learner's own session");
	golden_keys(g, "Esc");
	own_session(&f, 2);
	own_session(&f, 3);
	golden_keys(g, "c Enter Enter Enter");
	golden_shows(g, "Taken: 2 answer sheets.");
	golden_shows(g, "all 2 have answered");
	golden_keys(g, "c Enter Enter Enter");
	golden_shows(g, "2 there already");
	golden_keys(g, "r");
	golden_shows(g, "2 suspected");
	golden_free(g);
	gone(&f);
}

static void
before_and_after(void **state)
{
	struct fake f = some();
	struct held *h = begin(&f, BACK_ROW, WALK_GROUP, 1);
	struct golden *g;
	struct casefile c;
	struct walk w;
	struct err e;

	(void)state;
	six_answer(&f, &f.cases[0]);
	reveal(&f, &f.cases[0], "tired", 1);
	assert_int_equal(fake_load(&f, &h->id, &c, &w, &e), RC_OK);
	answer(&f, h, "ADA", w.study->stages[0].id, 1, "B7=present");
	answer(&f, h, "Gus", w.study->stages[0].id, 1, "B7=present");
	for (size_t i = 0; i < 4; i++) {
		g = group_golden(&f, sizes[i]);
		golden_keys(g, "b");
		if (i == 0)
			golden_shows(g, "Nobody has a revealed first round");
		golden_free(g);
	}
	reveal(&f, h, w.study->stages[0].id, 1);
	for (size_t i = 0; i < 4; i++) {
		g = group_golden(&f, sizes[i]);
		golden_keys(g, "b");
		golden_check(g, "group-compared");
		golden_keys(g, "Esc");
		golden_free(g);
	}
	walk_release(&w);
	casefile_release(&c);
	gone(&f);
}

static void
who_may_only_look(void **state)
{
	struct fake f = some();
	struct golden *g = group_golden(&f, sizes[0]);

	(void)state;
	f.read_only = true;
	golden_keys(g, "a");
	golden_shows(g, "not lead it");
	golden_keys(g, "Esc c");
	golden_shows(g, "not lead it");
	golden_keys(g, "Esc r Esc n Esc 2");
	assert_int_equal(f.appends, 0);
	golden_free(g);
	gone(&f);
}

/* Names of learners are others' words. */
static void
hostile_names_are_shown_as_text(void **state)
{
	struct fake f = some();
	struct golden *g;

	(void)state;
	answer(&f, &f.cases[0], "\x1B[31mAda\xE2\x80\xAE", "tired", 1,
	    "B7=present");
	reveal(&f, &f.cases[0], "tired", 1);
	g = group_golden(&f, sizes[0]);
	golden_keys(g, "n r a 'B' Enter p Enter r");
	golden_shows(g, "\xE2\x90\x9B[31mAda<U+202E>");
	golden_free(g);
	gone(&f);
}

/* On a terminal without them, each fill is still another character. */
static void
fills_differ_in_plain_characters(void **state)
{
	static const char *const fills[] = {
		"\xE2\x96\x88", "\xE2\x96\x92", "\xE2\x94\x80", "?", "\xC2\xB7"
	};

	(void)state;
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < i; k++) {
			const char *a = term_ascii(fills[i], strlen(fills[i]));
			const char *b = term_ascii(fills[k], strlen(fills[k]));

			assert_string_not_equal(a != NULL ? a : fills[i],
			    b != NULL ? b : fills[k]);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(two_rounds_stand_side_by_side),
		cmocka_unit_test(what_was_answered_is_hidden),
		cmocka_unit_test(a_sheet_goes_on_after_a_crash),
		cmocka_unit_test(a_sheet_of_the_second_round_goes_on),
		cmocka_unit_test(a_sheet_goes_with_its_round),
		cmocka_unit_test(an_answer_is_taken_back),
		cmocka_unit_test(who_is_missing_is_said),
		cmocka_unit_test(the_group_chooses),
		cmocka_unit_test(a_stage_without_answers),
		cmocka_unit_test(a_file_is_collected),
		cmocka_unit_test(sessions_are_collected_once),
		cmocka_unit_test(before_and_after),
		cmocka_unit_test(who_may_only_look),
		cmocka_unit_test(hostile_names_are_shown_as_text),
		cmocka_unit_test(fills_differ_in_plain_characters),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("a group's session", tests, NULL,
	    NULL);
}
