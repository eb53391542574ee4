/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The case screen on an invented case, driven by keys.
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

static const struct size { int w, h; } sizes[] = {
	{120, 40}, {80, 24}, {40, 10}, {132, 43}, {1, 1},
};
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

static struct desk *
some_signs(void)
{
	struct desk *d = desk_new();

	(void)desk_observe(d, "B1", "present", "School", "Away from school "
	    "and home for two days; came back tired, would not say where "
	    "\xe7\x8e\x8b was.");
	(void)desk_observe(d, "B1", "present", "Police", "Reported missing by "
	    "a parent.");
	(void)desk_observe(d, "A6", "absent", "School", "Assessed in May.");
	return d;
}

static struct golden *
open_case(struct desk *d, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "");
	return g;
}

static void
every_size(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < SIZES; i++) {
		struct desk *d = some_signs();
		struct golden *g = open_case(d, sizes[i].w, sizes[i].h);

		golden_check(g, "case");
		golden_keys(g, "Tab");
		golden_check(g, "case-risk");
		golden_keys(g, "Tab");
		golden_check(g, "case-notes");
		golden_free(g);
		desk_free(d);
	}
}

/* Each page has its own entries; what is written on one stands there. */
static void
pages_turn(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 80, 24);

	(void)state;
	golden_keys(g, "3");
	golden_shows(g, "[3 People]");
	golden_shows(g, "The young person");
	golden_check(g, "case-people");
	golden_keys(g, "Tab");
	golden_shows(g, "No missing episode is written down");
	golden_keys(g, "BackTab BackTab BackTab");
	golden_shows(g, "[1 Work]");
	golden_keys(g, "6");
	golden_shows(g, "No plan yet");
	golden_free(g);
	desk_free(d);
}

static void
nothing_recorded_is_not_safe(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_shows(g, "29 of 29 not known (29 not asked)");
	golden_shows(g, "A screening aid");
	golden_hides(g, "low risk");
	golden_hides(g, "no risk");
	golden_free(g);
	desk_free(d);
}

/* Ticks one item with its details; the checklist is in focus. */
static void
tick(struct golden *g, const char *search, const char *evidence)
{
	golden_keys(g, "/");
	golden_paste(g, search);
	golden_keys(g, "Enter Space Enter");
	golden_keys(g, "^U '18/11/2026' Tab Tab ^U 'School' Tab ^U "
	    "'Ms Invented, head of year' Tab");
	golden_paste(g, evidence);
	golden_keys(g, "F2");
}

static void
three_signs_give_high_at_once(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "/ 'missing' Enter Space");
	golden_shows(g, "Potential victim");
	golden_check(g, "case-first-tick");
	golden_keys(g, "Enter");
	golden_check(g, "case-tick-form");
	golden_keys(g, "Esc /  'physical inj' Enter Space / 'absent from' "
	    "Enter Space");
	golden_shows(g, "High");
	golden_check(g, "case-three-ticks");
	assert_int_equal(desk_entries(d), 2);
	golden_keys(g, "u u u");
	golden_shows(g, "29 of 29 not known");
	golden_free(g);
	desk_free(d);
}

static void
no_tick_is_signed_without_words(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "/ 'missing' Enter Space Home $");
	golden_shows(g, "Not signed");
	golden_check(g, "case-not-complete");
	assert_int_equal(desk_entries(d), 2);
	golden_free(g);
	desk_free(d);
}

static void
what_is_signed_is_shown_before(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	tick(g, "missing", "Two nights away.");
	tick(g, "physical", "Bruised arm.");
	golden_keys(g, "$");
	golden_check(g, "case-sign");
	assert_int_equal(desk_entries(d), 2);
	golden_keys(g, "Esc");
	golden_shows(g, "Nothing was signed");
	golden_keys(g, "$ Enter");
	golden_shows(g, "Signed: 2 entries");
	assert_int_equal(desk_entries(d), 4);
	golden_check(g, "case-signed");
	golden_free(g);
	desk_free(d);
}

static void
a_correction_leaves_the_old_one_visible(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "/ 'learning' Enter Space");
	golden_shows(g, "[?] not known A6");
	golden_keys(g, "Enter 'The wrong child was meant.' F2");
	golden_keys(g, "$");
	golden_check(g, "case-correction-sign");
	golden_keys(g, "Enter");
	golden_check(g, "case-corrected");
	golden_shows(g, "The wrong child was meant.");
	assert_int_equal(desk_entries(d), 7);
	golden_free(g);
	desk_free(d);
}

static void
coming_back_to_what_is_signed_leaves_nothing(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "/ 'learning' Enter Space Space Space Space Space $");
	golden_shows(g, "Nothing waits to be signed");
	golden_free(g);
	desk_free(d);
}

static void
several_answers_are_not_guessed(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "/ 'missing' Enter Space");
	golden_shows(g, "Several answers are signed for B1");
	golden_shows(g, "(2 agencies)");
	golden_keys(g, "Right Space");
	golden_shows(g, "Strike not signed yet");
	golden_free(g);
	desk_free(d);
}

static void
an_observation_is_shown_whole(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 80, 24);

	(void)state;
	golden_keys(g, "/ 'missing' Enter Right Enter");
	golden_check(g, "case-observation");
	golden_shows(g, "B1 Missing from home or care");
	golden_keys(g, "Esc");
	golden_shows(g, "[Checklist]");
	golden_free(g);
	desk_free(d);
}

static void
grouped_as_safeguard(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "v");
	golden_check(g, "case-safeguard");
	golden_free(g);
	desk_free(d);
}

/* Own words by the reason why there are none yet. */
static void
no_words_yet(struct golden *g)
{
	golden_keys(g, "Tab Tab Tab Tab Right F2");
}

static void
own_words_come_first(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "J");
	golden_shows(g, "own words");
	golden_check(g, "case-voice-first");
	golden_keys(g, "Esc");
	golden_shows(g, "come first");
	golden_keys(g, "s");
	no_words_yet(g);
	golden_shows(g, "Today's screening is kept");
	golden_shows(g, "Own words: not known yet");
	golden_free(g);
	desk_free(d);
}

static void
a_lower_level_is_only_asked_for(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "J");
	no_words_yet(g);
	golden_keys(g, "Tab Right F2");
	golden_shows(g, "say why");
	golden_keys(g, "'Staying with an aunt.' F2");
	golden_shows(g, "Nothing is lowered");
	golden_check(g, "case-lowering");
	golden_keys(g, "$ Enter");
	golden_shows(g, "Signed: 3 entries");
	golden_shows(g, "A lower level was asked for");
	golden_shows(g, "as the rules (R. Example");
	golden_free(g);
	desk_free(d);
}

static void
a_level_is_raised_with_a_reason(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "J");
	no_words_yet(g);
	golden_keys(g, "Tab Left Tab 'An older man waits outside.' F2 $ Enter");
	golden_check(g, "case-raised");
	golden_shows(g, "(as judged)");
	/* Keeping a later screening does not lower it in silence. */
	golden_keys(g, "s $");
	golden_shows(g, "Why: An older man waits outside.");
	golden_free(g);
	desk_free(d);
}

static void
two_values_are_both_shown(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)desk_sign(d, "me", "identity", "", json_pack("{s:s,s:s}",
	    "name", "Zoe Obrien", "birth", "2014-03-04"));
	g = open_case(d, 120, 40);
	golden_check(g, "case-conflict");
	golden_shows(g, "age 12");
	golden_keys(g, "i");
	golden_check(g, "case-settle");
	golden_keys(g, "F2 Right F2");
	golden_keys(g, "Left '2013-03-04' F2 $ Enter");
	golden_shows(g, "Signed: 1 entry");
	golden_hides(g, "Two values");
	golden_shows(g, "age 13");
	golden_shows(g, "Zoe Obrien");
	golden_free(g);
	desk_free(d);
}

static void
a_note_left_is_offered_again(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "o Tab 'Half a sentence' Esc");
	golden_shows(g, "kept as a draft");
	golden_shows(g, "Note, not finished");
	golden_free(g);
	g = open_case(d, 80, 24);
	golden_shows(g, "not finished, is kept");
	golden_keys(g, "o");
	golden_shows(g, "Half a sentence");
	golden_keys(g, "F2 $ Enter");
	golden_shows(g, "Signed: 1 entry");
	golden_free(g);
	desk_free(d);
}

static void
an_unfinished_note_is_discarded_after_asking(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "o Tab 'Half a sentence' Esc Tab Tab Home x");
	golden_shows(g, "Discard what was typed");
	golden_keys(g, "'no' Enter Esc");
	golden_shows(g, "Note, not finished");
	golden_keys(g, "x 'discard' Enter");
	golden_shows(g, "Discarded.");
	golden_hides(g, "Note, not finished");
	golden_free(g);
	desk_free(d);
}

static void
a_struck_note_stays(void **state)
{
	struct desk *d = some_signs();
	struct golden *g;

	(void)state;
	(void)desk_sign(d, "me", "note", "2026-11-20", json_pack("{s:s}",
	    "facts", "Rang the aunt."));
	g = open_case(d, 120, 40);
	golden_keys(g, "Tab Tab Home x 'Rang somebody else.' F2 $ Enter");
	golden_shows(g, "Signed: 1 entry");
	golden_shows(g, "Rang the aunt.");
	golden_shows(g, "Struck by R. Example");
	golden_keys(g, "Down Enter");
	golden_check(g, "case-struck-note");
	golden_keys(g, "x");
	golden_shows(g, "It is struck already");
	golden_free(g);
	desk_free(d);
}

static void
typing_on_a_full_disk_is_told(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "o Tab 'a'");
	desk_fail_next(d);
	golden_keys(g, "'b'");
	golden_shows(g, "The disk is full");
	golden_keys(g, "'c'");
	golden_hides(g, "The disk is full");
	golden_keys(g, "Esc o");
	golden_shows(g, "abc");
	golden_free(g);
	desk_free(d);
}

static void
ticks_left_are_there_again(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 80, 24);

	(void)state;
	golden_keys(g, "/ 'missing' Enter Space q");
	golden_free(g);
	g = open_case(d, 80, 24);
	golden_shows(g, "1 from last time not signed yet");
	golden_keys(g, "Tab");
	golden_shows(g, "Potential victim");
	golden_free(g);
	desk_free(d);
}

static void
a_full_disk_is_told_and_nothing_is_lost(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	tick(g, "missing", "Two nights away.");
	golden_keys(g, "$");
	desk_fail_next(d);
	golden_keys(g, "Enter");
	golden_shows(g, "The disk is full");
	golden_keys(g, "$ Enter");
	golden_shows(g, "Signed: 1 entry");
	golden_free(g);
	desk_free(d);
}

static void
a_reader_writes_nothing(void **state)
{
	struct desk *d = some_signs();
	struct golden *g;

	(void)state;
	desk_read_only(d);
	g = open_case(d, 120, 40);
	golden_keys(g, "Space");
	golden_shows(g, "Your role reads cases");
	golden_keys(g, "o");
	golden_shows(g, "Your role reads cases");
	golden_keys(g, "r");
	golden_shows(g, "Your role reads cases");
	golden_free(g);
	desk_free(d);
}

/* Whatever the size, with ticks pending and a message: nothing breaks. */
static void
any_size_will_do(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);
	int w, h;

	(void)state;
	golden_keys(g, "/ 'missing' Enter Right Space");
	for (h = 1; h <= 14; h++)
		for (w = 1; w <= 124; w += 1 + w / 20) {
			golden_resize(g, w, h);
			golden_keys(g, h % 2 == 0 ? "Tab Down" : "End PgUp");
		}
	golden_resize(g, 120, 40);
	golden_shows(g, "K-0142");
	golden_free(g);
	desk_free(d);
}

static size_t looked, asked_restrict;

static void
note_looked(void *ctx, struct app *app, const char *reference)
{
	(void)ctx;
	(void)app;
	assert_string_equal(reference, "K-0142");
	looked++;
}

static void
note_restrict(void *ctx, struct app *app, const struct casefile *c,
    const struct case_changed *then)
{
	(void)ctx;
	assert_non_null(c->restriction);
	asked_restrict++;
	then->fn(then->ctx, app);
}

/* Restricted to the colleague and, unless broken, to whoever looks. */
static void
restricted_case(bool broken, int w, int h, const char *name)
{
	static const char colleague[] = "02000000000000000000000000000000"
	    "00000000000000000000000000000000";
	static const char me[] = "01000000000000000000000000000000"
	    "00000000000000000000000000000000";
	struct desk *d = some_signs();
	struct golden *g = golden_new(NULL, w, h);
	struct case_screen_opts o = {.door = desk_door(d),
	    .id = desk_case(d), .broken = broken, .looked = note_looked,
	    .restrict_ = note_restrict};
	struct err e;

	(void)desk_sign(d, "Q. Sample", "restrict", "", broken ?
	    json_pack("{s:s,s:[s],s:s}", "state", "set", "people", colleague,
	    "reason", "A relative works here.") :
	    json_pack("{s:s,s:[s,s],s:s}", "state", "set", "people", colleague,
	    me, "reason", "A relative works here."));
	app_push(golden_app(g), case_screen_on(&o, &e));
	golden_keys(g, "");
	golden_check(g, name);
	looked = asked_restrict = 0;
	golden_keys(g, "W R");
	assert_int_equal(looked, 1);
	assert_int_equal(asked_restrict, 1);
	golden_free(g);
	desk_free(d);
}

static void
a_restriction_stands_above_the_case(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < SIZES; i++) {
		restricted_case(false, sizes[i].w, sizes[i].h,
		    "case-restricted");
		restricted_case(true, sizes[i].w, sizes[i].h, "case-broken");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(pages_turn),
		cmocka_unit_test(nothing_recorded_is_not_safe),
		cmocka_unit_test(three_signs_give_high_at_once),
		cmocka_unit_test(no_tick_is_signed_without_words),
		cmocka_unit_test(what_is_signed_is_shown_before),
		cmocka_unit_test(a_correction_leaves_the_old_one_visible),
		cmocka_unit_test(coming_back_to_what_is_signed_leaves_nothing),
		cmocka_unit_test(several_answers_are_not_guessed),
		cmocka_unit_test(an_observation_is_shown_whole),
		cmocka_unit_test(grouped_as_safeguard),
		cmocka_unit_test(own_words_come_first),
		cmocka_unit_test(a_lower_level_is_only_asked_for),
		cmocka_unit_test(a_level_is_raised_with_a_reason),
		cmocka_unit_test(two_values_are_both_shown),
		cmocka_unit_test(a_note_left_is_offered_again),
		cmocka_unit_test(an_unfinished_note_is_discarded_after_asking),
		cmocka_unit_test(a_struck_note_stays),
		cmocka_unit_test(typing_on_a_full_disk_is_told),
		cmocka_unit_test(ticks_left_are_there_again),
		cmocka_unit_test(a_full_disk_is_told_and_nothing_is_lost),
		cmocka_unit_test(a_reader_writes_nothing),
		cmocka_unit_test(any_size_will_do),
		cmocka_unit_test(a_restriction_stands_above_the_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
