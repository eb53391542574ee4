/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A session as steps in time: what comes after what, how the answers stood,
 * and how moments are told.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/replay.h"
#include "tests/unit/loaded.h"

#define NOON INT64_C(1795348800000)	/* 2026-11-22 12:00 UTC */
#define SECOND INT64_C(1000)

static struct instrument *in;
static struct study *study;
static struct walk_change changes[3];
static struct walk_attempt attempts[2];
static struct record written;
static const struct record *notes[] = {&written};
static struct walk_lookback back;
static struct walk w;

static int
prepare(void **state)
{
	struct faults f;
	char *text = load_text("content/studies/the-headset.yaml");

	(void)state;
	in = load_instrument("content/instruments/occ-csegg.yaml");
	faults_init(&f, "the-headset");
	study = study_parse(text, strlen(text), &f);
	faults_release(&f);
	free(text);
	return study != NULL ? 0 : 1;
}

static int
tidy(void **state)
{
	(void)state;
	study_free(study);
	instrument_free(in);
	return 0;
}

/* Two changes at one moment, a note between them and the third. */
static int
first_stage(void **state)
{
	unsigned b7 = item_of(in, "B7"), b8 = item_of(in, "B8");

	(void)state;
	memset(&written, 0, sizeof(written));
	written.entry.at = NOON + 30 * SECOND;
	changes[0] = (struct walk_change){NOON + 20 * SECOND, b7,
	    ANSWER_PRESENT};
	changes[1] = (struct walk_change){NOON + 20 * SECOND, b8,
	    ANSWER_ABSENT};
	changes[2] = (struct walk_change){NOON + 3700 * SECOND, b7,
	    ANSWER_SUSPECTED};
	attempts[0] = (struct walk_attempt){.round = 1, .started = NOON,
	    .committed = NOON + 3710 * SECOND, .changes = changes,
	    .nchanges = 3, .notes = notes, .nnotes = 1,
	    .judgement = NO_ITEM, .why = ""};
	answers_init(&attempts[0].answers);
	answers_set(&attempts[0].answers, b7, ANSWER_SUSPECTED);
	answers_set(&attempts[0].answers, b8, ANSWER_ABSENT);
	attempts[1] = (struct walk_attempt){.round = 2,
	    .started = NOON + 4000 * SECOND,
	    .committed = NOON + 4100 * SECOND, .judgement = NO_ITEM,
	    .why = "", .answers = attempts[0].answers};
	answers_set(&attempts[1].answers, b8, ANSWER_NOT_KNOWN);
	back = (struct walk_lookback){.round = 2, .choice = STUDY_END};
	w = (struct walk){.study = study, .in = in, .sitting = "",
	    .way = {.stages = {0}, .n = 1}, .attempts = attempts,
	    .nattempts = 1};
	return 0;
}

static void
steps_follow_the_clock(void **state)
{
	static const enum replay_sort want[] = {
		REPLAY_STAGE, REPLAY_CHANGE, REPLAY_CHANGE, REPLAY_NOTE,
		REPLAY_CHANGE, REPLAY_COMMIT
	};
	struct replay r;

	(void)state;
	replay_of(&w, &r);
	assert_int_equal(r.n, 6);
	for (size_t i = 0; i < r.n; i++)
		assert_int_equal(r.steps[i].sort, want[i]);
	/* What was changed at one moment keeps its order. */
	assert_ptr_equal(r.steps[1].change, &changes[0]);
	assert_ptr_equal(r.steps[2].change, &changes[1]);
	replay_release(&r);
}

static void
answers_stand_as_they_did(void **state)
{
	unsigned b7 = item_of(in, "B7"), b8 = item_of(in, "B8");
	struct answers a;
	struct replay r;

	(void)state;
	replay_of(&w, &r);
	replay_answers(&r, 0, &a);
	assert_int_equal(answers_get(&a, b7), ANSWER_NOT_ASKED);
	assert_int_equal(a.age, 13);
	replay_answers(&r, 1, &a);
	assert_int_equal(answers_get(&a, b7), ANSWER_PRESENT);
	assert_int_equal(answers_get(&a, b8), ANSWER_NOT_ASKED);
	replay_answers(&r, 3, &a);
	assert_int_equal(answers_get(&a, b8), ANSWER_ABSENT);
	replay_answers(&r, 5, &a);
	assert_int_equal(answers_get(&a, b7), ANSWER_SUSPECTED);
	replay_answers(&r, r.n, &a);
	assert_int_equal(answers_get(&a, b7), ANSWER_NOT_ASKED);
	replay_release(&r);
}

static void
a_second_round_comes_before_the_look_back(void **state)
{
	static const enum replay_sort want[] = {
		REPLAY_STAGE, REPLAY_COMMIT, REPLAY_LOOKBACK, REPLAY_END
	};
	struct answers a;
	struct replay r;

	(void)state;
	w.nattempts = 2;
	w.lookbacks = &back;
	w.nlookbacks = 1;
	w.state = WALK_END;
	replay_of(&w, &r);
	assert_int_equal(r.n, 10);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(r.steps[6 + i].sort, want[i]);
	assert_int_equal(r.steps[7].round, 2);
	/* The round begins with what the first one was committed with. */
	replay_answers(&r, 6, &a);
	assert_int_equal(answers_get(&a, item_of(in, "B8")), ANSWER_ABSENT);
	replay_answers(&r, 9, &a);
	assert_int_equal(answers_get(&a, item_of(in, "B8")),
	    ANSWER_NOT_KNOWN);
	replay_release(&r);
}

/* A group writes no note: nothing is said of points that it lacks. */
static void
a_group_looks_back_on_no_note(void **state)
{
	struct replay r;

	(void)state;
	w.mode = WALK_GROUP;
	w.lookbacks = &back;
	w.nlookbacks = 1;
	w.state = WALK_END;
	replay_of(&w, &r);
	assert_true(r.n > 0);
	for (size_t i = 0; i < r.n; i++)
		assert_int_not_equal(r.steps[i].sort, REPLAY_LOOKBACK);
	replay_release(&r);
	w.mode = WALK_ALONE;
}

static void
words_of(const struct replay *r, size_t i, const char *want)
{
	struct str out;

	str_init(&out);
	replay_place(r, i, &out);
	str_add(&out, " | ");
	replay_words(r, i, &out);
	assert_string_equal(out.s, want);
	str_release(&out);
}

static void
steps_in_words(void **state)
{
	struct replay r;

	(void)state;
	replay_of(&w, &r);
	words_of(&r, 0, "1 of 6, 12:00:00, 0 s into the stage | Stage 1 was "
	    "shown: School, form tutor, Monday 19 January 2026");
	words_of(&r, 1, "2 of 6, 12:00:20, 20 s into the stage | B7 Change in "
	    "physical appearance: present (not asked before)");
	words_of(&r, 4, "5 of 6, 13:01:40, 1 h 1 min 40 s into the stage | B7 "
	    "Change in physical appearance: suspected (present before)");
	replay_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(steps_follow_the_clock, first_stage),
		cmocka_unit_test_setup(answers_stand_as_they_did,
		    first_stage),
		cmocka_unit_test_setup(
		    a_second_round_comes_before_the_look_back, first_stage),
		cmocka_unit_test_setup(a_group_looks_back_on_no_note,
		    first_stage),
		cmocka_unit_test_setup(steps_in_words, first_stage),
	};

	return cmocka_run_group_tests_name("replay", tests, prepare, tidy);
}
