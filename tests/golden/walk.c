/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A learner's session on an invented study: reading, ticking, committing,
 * looking back, choosing, the end.
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

#include "core/walk.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/walkscreen.h"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))
#define KEYS_MAX 2000

/* Invented, so that a change of the content changes no test. */
static const char study[] =
"id: bus-pass\nversion: \"1.0\"\ntitle: The second bus pass\n"
"instrument: occ-csegg\nsource: invented\ncovers: [boy, group]\n"
"teaches: >-\n  One small thing is a question, two are a reason to ask him.\n"
"missed: >-\n  Being driven somewhere, when the driver is somebody's cousin.\n"
"child:\n  called: I.\n  age: 14\n  sex: M\n"
"  care: At home with his mother and a sister\n"
"stages:\n"
"  - id: pass\n    date: 2026-01-26\n    agency: School, form tutor\n"
"    known: >-\n      I. has a second bus pass in his bag and will not say who "
"pays for it. He has been late on three Mondays.\n"
"    child-says: \"\\\"It's mine, someone gave it me.\\\"\"\n"
"    questions:\n"
"      - ask: Who could you ask about the pass?\n"
"        look-for:\n          - I. himself, and not in front of others\n"
"          - The bus company knows who bought it\n"
"    answers:\n"
"      - item: B10\n        state: suspected\n"
"        reason: A pass that nobody at home bought.\n"
"        source: Form tutor\n"
"    level: insufficient\n"
"    why: One answer is suspected and none is present.\n"
"    note:\n      - The pass, and since when he has it\n"
"      - Who asks him about the Mondays\n"
"      - What nobody knows yet\n"
"    choices:\n"
"      - id: ask\n        words: The tutor asks him, walking to the bus with "
"him, and says that he is not in trouble.\n"
"        reply: He shrugs, and then says that a man at the garage is nice.\n"
"        discloses: There is a man at a garage.\n"
"        next: garage\n"
"      - id: keep\n        words: The tutor keeps the pass in the office "
"until somebody comes for it.\n"
"        reply: Nobody comes. I. walks home in the dark.\n"
"        next: garage\n"
"  - id: garage\n    date: 2026-02-09\n    agency: Police\n"
"    known: >-\n      Police know the garage. I. was seen there in a car at "
"eleven in the evening, and was reported missing that night.\n"
"    not-heard: Nobody has asked him about that night yet.\n"
"    questions:\n"
"      - ask: Who is the right person to ask him?\n"
"        look-for:\n          - Somebody he chooses\n"
"    answers:\n"
"      - item: B1\n        state: present\n"
"        reason: Reported missing on one night.\n        source: Police\n"
"      - item: B10\n        state: present\n"
"        reason: The man at the garage paid for it.\n        source: Police\n"
"    level: potential\n"
"    why: Two signs are present.\n"
"    note:\n      - The night, the car and who saw it\n"
"      - That he is to be asked by somebody he trusts\n"
"    next: end\n";

/* The log of the person, in memory. */
struct sitting {
	struct desk *d;
	json_t *log;	/* the last entry; owned */
	size_t logs;
	struct place place;	/* the last that was told, at depth 1 */
	char form[SESSION_KEY_MAX];	/* and at depth 2 */
};

static enum rc
take_log(void *ctx, const json_t *body, const struct span *on, struct err *e)
{
	struct sitting *t = ctx;

	(void)e;
	assert_false(span_is_none(on));
	json_decref(t->log);
	t->log = json_deep_copy(body);
	t->logs++;
	return RC_OK;
}

static bool
has_log(void *ctx, const char *reference)
{
	const struct sitting *t = ctx;

	assert_string_equal(reference, "bus-pass-1");
	return t->logs > 0;
}

static void
take_place(void *ctx, size_t depth, const struct place *p)
{
	struct sitting *t = ctx;

	if (depth == 1)
		t->place = *p;
	else
		(void)snprintf(t->form, sizeof(t->form), "%s", p->text);
}

static struct pane *
screen_of(struct sitting *t)
{
	struct walk_door o = {.door = desk_door(t->d), .id = desk_case(t->d),
	    .ctx = t, .log = take_log, .logged = has_log, .at = take_place};
	struct err e;
	struct pane *p = walk_screen_on(&o, &e);

	if (p == NULL)
		fail_msg("%s", e.text);
	assert_true(walk_screen_is(p));
	return p;
}

static void
training_status(void *ctx, struct status *st)
{
	(void)ctx;
	st->training = true;
}

static struct golden *
open_it(struct sitting *t, int w, int h)
{
	struct app_opts o = {.status = training_status};
	struct golden *g = golden_new(&o, w, h);

	if (t->d == NULL)
		t->d = desk_session("me", "bus-pass-1", study);
	app_push(golden_app(g), screen_of(t));
	golden_keys(g, "");
	return g;
}

static void
done(struct sitting *t, struct golden *g)
{
	golden_free(g);
	desk_free(t->d);
	json_decref(t->log);
	memset(t, 0, sizeof(*t));
}

/* The case as it is signed. */
static void
walk_as_signed(struct sitting *t, struct casefile *c, struct walk *w)
{
	struct case_door door = desk_door(t->d);
	struct case_id id = desk_case(t->d);
	struct err e;

	assert_int_equal(door.load(door.ctx, &id, c, &e), RC_OK);
	assert_int_equal(walk_of(c, desk_instrument(t->d), w, &e), RC_OK);
}

static const char tick[] = "Tab / 'gifts' Enter Space Space ";
static const char note[] = "o Tab 'He has a second pass since January.' Tab "
    "Tab Tab 'Tutor asks him on Monday.' F2 ";
static const char commit[] = "$ Tab 'One thing alone.' F2 ";

/* From the story on. */
static void
commit_first(struct golden *g)
{
	char keys[KEYS_MAX];

	(void)snprintf(keys, sizeof(keys), "%s%s%s", tick, note, commit);
	golden_keys(g, keys);
}

static void
every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		struct sitting t = {.d = NULL};
		struct golden *g = open_it(&t, sizes[i][0], sizes[i][1]);

		golden_check(g, "walk-story");
		golden_keys(g, tick);
		golden_check(g, "walk-tick");
		golden_keys(g, note);
		golden_keys(g, "$");
		golden_check(g, "walk-commit");
		golden_keys(g, "Tab 'One thing alone.' F2");
		golden_check(g, "walk-committed");
		golden_keys(g, "Enter");
		golden_check(g, "walk-look");
		golden_keys(g, "Down Down Down Down Down");
		golden_check(g, "walk-point");
		golden_keys(g, "Enter Enter");
		golden_check(g, "walk-choice");
		golden_keys(g, "Down Enter");
		golden_check(g, "walk-chosen");
		golden_keys(g, "$ F2 Enter Enter Enter");
		golden_check(g, "walk-end");
		golden_keys(g, "Enter");
		golden_check(g, "walk-log");
		done(&t, g);
	}
}


/* One key; its date, agency and words are the stage's. */
static void
a_tick_is_one_key(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 80, 24);
	struct walk_attempt a;
	struct casefile c;
	struct walk w;

	(void)state;
	commit_first(g);
	walk_as_signed(&t, &c, &w);
	assert_int_equal(w.state, WALK_MODEL);
	assert_int_equal(w.nattempts, 1);
	a = w.attempts[0];
	assert_int_equal(a.nchanges, 2);
	assert_int_equal(a.changes[0].state, ANSWER_PRESENT);
	assert_int_equal(a.changes[1].state, ANSWER_SUSPECTED);
	assert_int_equal(a.changes[0].at, GOLDEN_NOW);
	assert_int_equal(a.nnotes, 1);
	assert_string_equal(a.why, "One thing alone.");
	assert_int_equal(a.judgement, NO_ITEM);
	for (size_t i = 0; i < c.nrecords; i++) {
		const struct record *r = c.records[i];

		if (strcmp(r->entry.kind, "observation") != 0)
			continue;
		assert_string_equal(record_text(r, "agency"),
		    "School, form tutor");
		assert_string_equal(record_text(r, "evidence"), "As told at "
		    "the stage: School, form tutor, 26 January 2026.");
	}
	walk_release(&w);
	casefile_release(&c);
	done(&t, g);
}

/* What was answered before is struck in the stage's own words. */
static void
an_earlier_answer_is_changed_by_one_key(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 80, 24);
	struct casefile c;
	struct walk w;
	size_t strikes = 0;

	(void)state;
	commit_first(g);
	golden_keys(g, "Enter Enter Enter Enter");
	golden_shows(g, "Stage 2 of 2");
	golden_keys(g, "Tab / 'gifts' Enter Backspace $ F2");
	golden_shows(g, "Committed and signed");
	walk_as_signed(&t, &c, &w);
	assert_int_equal(w.nattempts, 2);
	for (size_t i = 0; i < c.nrecords; i++) {
		if (strcmp(c.records[i]->entry.kind, "strike") != 0)
			continue;
		strikes++;
		assert_string_equal(record_text(c.records[i], "reason"),
		    "New at this stage: Police, 9 February 2026.");
	}
	assert_int_equal(strikes, 1);
	walk_release(&w);
	casefile_release(&c);
	done(&t, g);
}

static void
nothing_is_shown_before_it_is_committed_to(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 120, 40);

	(void)state;
	golden_shows(g, "Who could you ask about the pass?");
	golden_hides(g, "not in front of others");
	golden_keys(g, "Enter");
	golden_shows(g, "once you have committed");
	golden_hides(g, "Looking back");
	golden_keys(g, "Right");
	golden_shows(g, "no further yet");
	golden_hides(g, "garage");
	done(&t, g);
}

static void
no_note_is_said_and_not_forbidden(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 80, 24);

	(void)state;
	golden_keys(g, "$");
	golden_shows(g, "No note is written");
	golden_shows(g, "are not answered");
	golden_keys(g, "Right F2");
	golden_shows(g, "Say why your level is another");
	golden_keys(g, "Tab 'The driver.' F2");
	golden_shows(g, "Committed and signed");
	done(&t, g);
}

/* Lock, crash: the window is gone and another opens on the same store. */
static void
what_was_done_is_there_again(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 80, 24);
	struct casefile c;
	struct place at;
	struct walk w;

	(void)state;
	golden_keys(g, tick);
	golden_keys(g, "$ Tab 'Half a sen'");
	golden_free(g);
	g = open_it(&t, 80, 24);
	golden_shows(g, "1 unsigned");
	golden_keys(g, "$");
	golden_shows(g, "Half a sen");
	golden_keys(g, "End 'tence.' F2");
	walk_as_signed(&t, &c, &w);
	assert_int_equal(w.attempts[0].nchanges, 2);
	assert_string_equal(w.attempts[0].why, "Half a sentence.");
	assert_null(desk_draft(t.d, "attempt", NULL));
	walk_release(&w);
	casefile_release(&c);
	golden_keys(g, "Enter End Up Space");
	at = t.place;
	golden_free(g);
	g = open_it(&t, 80, 24);
	walk_screen_return(app_top(golden_app(g)), golden_app(g), &at);
	golden_keys(g, "");
	golden_shows(g, "Looking back on stage 1");
	done(&t, g);
}

/* Each form over the screen is opened again after a lock, as it was. */
static void
forms_come_back(void **state)
{
	static const struct {
		const char *keys, *shows;
	} t[] = {
		{"$ Tab 'Half a sen'", "Half a sen"},
		{"o Tab 'Zebra'", "Zebra"},
		{"Tab / 'gifts' Enter Space Enter Tab Tab Tab ' More.'",
		    "10 Gifts from unknown"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct sitting s = {.d = NULL};
		struct golden *g = open_it(&s, 80, 24);
		struct place form = {.type = PLACE_FORM};
		char key[SESSION_KEY_MAX];

		golden_keys(g, t[i].keys);
		golden_shows(g, t[i].shows);
		memcpy(key, s.form, sizeof(key));
		form.text = key;
		golden_free(g);
		g = open_it(&s, 80, 24);
		golden_hides(g, t[i].shows);
		walk_screen_return(app_top(golden_app(g)), golden_app(g),
		    &form);
		golden_keys(g, "");
		golden_shows(g, t[i].shows);
		done(&s, g);
	}
}

static void
a_full_disk_loses_nothing(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 80, 24);
	size_t n;

	(void)state;
	golden_keys(g, tick);
	golden_keys(g, "$ Tab 'Why.'");
	n = desk_entries(t.d);
	desk_fail_next(t.d);
	golden_keys(g, "F2");
	golden_shows(g, "The disk is full");
	golden_shows(g, "Why.");
	assert_int_equal(desk_entries(t.d), n);
	golden_keys(g, "F2");
	golden_shows(g, "Committed and signed");
	assert_int_equal(desk_entries(t.d), n + 2);
	done(&t, g);
}

static void
a_second_round_before_the_model(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 80, 24);
	struct casefile c;
	struct walk w;

	(void)state;
	commit_first(g);
	golden_keys(g, "Tab Space");
	golden_shows(g, "You have committed to this stage");
	golden_keys(g, "BackTab R Tab Space");
	golden_keys(g, "$ F2");
	walk_as_signed(&t, &c, &w);
	assert_int_equal(w.nattempts, 2);
	assert_int_equal(w.attempts[1].round, 2);
	assert_int_equal(w.attempts[1].nchanges, 1);
	walk_release(&w);
	casefile_release(&c);
	golden_keys(g, "Enter");
	golden_shows(g, "second round");
	golden_keys(g, "q R");
	golden_shows(g, "The model was shown");
	done(&t, g);
}

static void
another_ones_session_is_read(void **state)
{
	struct sitting t = {.d = desk_session("Q. Sample", "bus-pass-1",
	    study)};
	struct golden *g = open_it(&t, 120, 40);
	size_t n = desk_entries(t.d);

	(void)state;
	golden_shows(g, "The session of Q. Sample");
	golden_keys(g, "Tab Space a $ x R");
	golden_shows(g, "nothing is changed");
	assert_int_equal(desk_entries(t.d), n);
	assert_null(desk_draft(t.d, "pending", NULL));
	assert_null(desk_draft(t.d, "trace", NULL));
	golden_keys(g, "BackTab Enter");
	golden_shows(g, "Nothing was committed");
	done(&t, g);
}

/* Each key of live work that has no place in a session says so. */
static void
live_work_stays_there(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 80, 24);

	(void)state;
	golden_keys(g, "Tab r");
	golden_shows(g, "Live work has the rest");
	golden_keys(g, "J w A");
	golden_shows(g, "Live work has the rest");
	golden_shows(g, "[Checklist]");
	done(&t, g);
}

/* Earlier stages are read again; the end goes into the log, once. */
static void
to_the_end_and_into_the_log(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 80, 24);

	(void)state;
	commit_first(g);
	golden_keys(g, "Enter Enter Enter Down Enter");
	golden_shows(g, "Nobody comes");
	golden_keys(g, "Left");
	golden_shows(g, "Stage 1 of 2");
	golden_shows(g, "You read this stage again");
	golden_keys(g, "Enter");
	golden_shows(g, "Looking back on stage 1");
	golden_keys(g, "Space");
	golden_shows(g, "nothing is changed");
	golden_keys(g, "q Right $ F2 Enter Enter Enter");
	golden_shows(g, "What most people overlook");
	assert_null(desk_draft(t.d, "trace", NULL));
	golden_keys(g, "Enter Tab Tab Tab Tab 'The driver.' F2");
	golden_shows(g, "it is in your training log");
	assert_int_equal(t.logs, 1);
	assert_string_equal(json_string_value(json_object_get(t.log,
	    "title")), "The second bus pass (bus-pass-1)");
	assert_string_equal(json_string_value(json_object_get(t.log,
	    "reflection")), "The driver.");
	golden_keys(g, "Enter");
	golden_shows(g, "This session is in your training log");
	assert_int_equal(t.logs, 1);
	done(&t, g);
}

/* Smaller and larger again: the story is where it was. */
static void
a_resize_loses_nothing(void **state)
{
	struct sitting t = {.d = NULL};
	struct golden *g = open_it(&t, 120, 40);

	(void)state;
	golden_keys(g, tick);
	golden_resize(g, 1, 1);
	golden_resize(g, 40, 10);
	golden_resize(g, 200, 14);
	golden_resize(g, 120, 40);
	golden_shows(g, "has a second bus pass");
	golden_shows(g, "1 not signed");
	done(&t, g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(a_tick_is_one_key),
		cmocka_unit_test(an_earlier_answer_is_changed_by_one_key),
		cmocka_unit_test(nothing_is_shown_before_it_is_committed_to),
		cmocka_unit_test(no_note_is_said_and_not_forbidden),
		cmocka_unit_test(what_was_done_is_there_again),
		cmocka_unit_test(forms_come_back),
		cmocka_unit_test(a_full_disk_loses_nothing),
		cmocka_unit_test(a_second_round_before_the_model),
		cmocka_unit_test(another_ones_session_is_read),
		cmocka_unit_test(live_work_stays_there),
		cmocka_unit_test(to_the_end_and_into_the_log),
		cmocka_unit_test(a_resize_loses_nothing),
	};

	return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
