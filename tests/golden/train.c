/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first screen of a training store and what it opens.
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
#include "tests/golden/trainstory.h"
#include "tui/notices.h"
#include "tui/replayscreen.h"
#include "tui/trainhome.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define DAY INT64_C(86400000)

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

/* What the screen asked for, in words. */
static char asked[512];
static bool none, failing, read_only, faulty;

/* ---- a source without a store ---- */

static void
tell_studies(const struct train_sink *to)
{
	static const struct train_study studies[] = {
		{"four-small-things", "Four small things", "agencies joined",
		    "Tired on Tuesdays", 4, false, 0, 0, ""},
		{"the-headset", "The voice in the headset", "boy, online",
		    "The back row", 4, false, 2, GOLDEN_NOW - 19 * DAY, ""},
		{"own", "\x1b[2J" ZOE ", a study of one's own with a title "
		    "that is long", "disabled", "", 1, true, 0, 0, ""},
		{"broken", "broken", "", "", 0, true, 0, 0,
		    "broken.yaml:3:1: expected a title"}
	};

	for (size_t i = 0; i < 4; i++)
		to->study(to->ctx, &studies[i]);
}

static struct train_session
session_of(unsigned char n, const char *reference, const char *title)
{
	return (struct train_session){.id = {{n}}, .reference = reference,
	    .title = title, .who = "Ada Invented", .sitting = "",
	    .stage = 2, .state = WALK_ANSWER, .begun = GOLDEN_NOW - n * DAY,
	    .worked = GOLDEN_NOW - (n - 1) * DAY, .own = true, .fault = ""};
}

static void
tell_sessions(const struct train_sink *to)
{
	struct train_session s = session_of(1, "the-back-row-1",
	    "The back row");

	s.part = WALK_AFTER;
	s.sitting = "Spring 2026";
	to->session(to->ctx, &s);
	s = session_of(2, "four-small-things-1", "Four small things");
	s.mode = WALK_GROUP;
	to->session(to->ctx, &s);
	s = session_of(20, "the-headset-2", "The voice in the headset");
	s.state = WALK_END;
	to->session(to->ctx, &s);
	s = session_of(21, "the-headset-1", "The voice in the headset");
	s.who = ZOE;
	s.own = false;
	to->session(to->ctx, &s);
	s = session_of(30, "old-1", "old-1");
	s.own = false;
	s.fault = "The study of old-1 was made for another checklist.";
	to->session(to->ctx, &s);
}

static enum rc
fake_read(void *ctx, const struct train_sink *to, struct train_counts *out,
    struct err *e)
{
	(void)ctx;
	if (failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	tell_studies(to);
	if (none)
		return RC_OK;
	tell_sessions(to);
	*out = (struct train_counts){.due = 3, .followed = 11, .entries = 4,
	    .minutes = 210};
	return RC_OK;
}

static enum rc
fake_begin(void *ctx, const struct train_begin *b, struct case_id *id,
    struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(asked, sizeof(asked), "begin %s %d %d \"%s\"",
	    b->study, (int)b->mode, (int)b->part, b->sitting);
	*id = (struct case_id){{9}};
	return RC_OK;
}

static enum rc
fake_take(void *ctx, const char *path, struct str *told, struct err *e)
{
	(void)ctx;
	if (faulty) {
		str_add(told, "x.yaml:12:3: expected a date\n"
		    "x.yaml:40:9: occ-csegg has no item \"B19\"; did you mean "
		    "\"B9\"?\n");
		return err_set(e, RC_INPUT, "x.yaml:12:3: expected a date");
	}
	(void)snprintf(asked, sizeof(asked), "take %s", path);
	str_add(told, "Taken in: The long way home, 3 stages.");
	return RC_OK;
}

static enum rc
fake_send(void *ctx, const struct train_send *s, struct err *e)
{
	(void)ctx;
	if (strcmp(s->to, "T. Trainer") != 0)
		return err_set(e, RC_NOTFOUND, "Nobody elsewhere is called "
		    "%s.", s->to);
	(void)snprintf(asked, sizeof(asked), "send %d to %s: %s", s->id.b[0],
	    s->to, s->path);
	return RC_OK;
}

static enum rc
fake_may(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	return path[0] != '/' ? RC_OK : err_set(e, RC_REFUSED, "This run does "
	    "not reach %s.", path);
}

static bool
fake_complete(void *ctx, const char *text, size_t i, struct str *out)
{
	(void)ctx;
	(void)text;
	str_add(out, "x.yaml");
	return i == 0;
}

static bool
fake_may_begin(void *ctx)
{
	(void)ctx;
	return !read_only;
}

static void
fake_open(void *ctx, struct app *app, const struct case_id *id)
{
	size_t n = strlen(asked);

	(void)ctx;
	(void)app;
	(void)snprintf(asked + n, sizeof(asked) - n, " open %d", id->b[0]);
}

static void
fake_replay(void *ctx, struct app *app, const struct case_id *id)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "replay %d", id->b[0]);
}

static void
fake_again(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "again");
}

static void
fake_log(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "log");
}

static struct golden *
home_golden(const int size[2])
{
	static const struct train_source_ops ops = {
		fake_read, fake_begin, fake_take, fake_send, fake_may,
		fake_may, fake_complete, fake_may_begin,
	};
	struct trainhome_opts o = {
		.source = {&ops, NULL}, .open = fake_open,
		.replay = fake_replay, .ask_again = fake_again,
		.log = fake_log, .users = fake_log, .bundles = fake_log,
	};
	struct golden *g = golden_new(NULL, size[0], size[1]);

	asked[0] = '\0';
	app_push(golden_app(g), trainhome_new(&o));
	golden_keys(g, "");
	return g;
}

static int
fresh(void **state)
{
	(void)state;
	none = failing = read_only = faulty = false;
	return 0;
}

/* ---- the first screen ---- */

static void
at_every_size(const char *keys, const char *name)
{
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = home_golden(sizes[i]);

		golden_keys(g, keys);
		golden_check(g, name);
		golden_free(g);
	}
}

static void
home_every_size(void **state)
{
	(void)state;
	at_every_size("", "train-home");
	at_every_size("/ 'head' Enter", "train-home-search");
	at_every_size("G k k", "train-home-others");
	none = true;
	at_every_size("", "train-home-first");
}

static void
a_study_is_begun(void **state)
{
	struct golden *g = home_golden(sizes[1]);

	(void)state;
	golden_keys(g, "j j j Enter");
	golden_check(g, "train-begin");
	golden_keys(g, "Enter Down Enter 'Spring 2026' Enter");
	assert_string_equal(asked,
	    "begin the-headset 0 1 \"Spring 2026\" open 9");
	golden_keys(g, "Enter Down Enter Enter Enter");
	assert_string_equal(asked, "begin the-headset 1 0 \"\" open 9");
	golden_free(g);
}

static void
rows_open_what_they_say(void **state)
{
	struct golden *g = home_golden(sizes[1]);

	(void)state;
	golden_keys(g, "Enter");
	assert_string_equal(asked, " open 1");
	golden_keys(g, "p");
	assert_string_equal(asked, "replay 1");
	golden_keys(g, "/ 'headset-2' Enter Enter");
	assert_string_equal(asked, "replay 1 open 20");
	golden_keys(g, "Esc t");
	assert_string_equal(asked, "again");
	golden_keys(g, "l");
	assert_string_equal(asked, "log");
	golden_keys(g, "/ 'old-1' Enter Enter");
	golden_shows(g, "another checklist");
	golden_keys(g, "Esc / 'four small' Enter j p");
	golden_shows(g, "Select a session");
	golden_free(g);
}

static void
a_session_is_sent(void **state)
{
	struct golden *g = home_golden(sizes[1]);

	(void)state;
	golden_keys(g, "s 'T. Nobody' Enter Enter");
	golden_shows(g, "Nobody elsewhere is called T. Nobody");
	golden_keys(g, "BackTab ^U 'T. Trainer'");
	golden_check(g, "train-send");
	golden_keys(g, "Enter");
	assert_string_equal(asked, "send 1 to T. Trainer: "
	    "the-back-row-1.bundle");
	golden_shows(g, "Hand the file over");
	golden_keys(g, "j j s");
	golden_shows(g, "Select a session");
	golden_free(g);
}

static void
a_study_is_taken_in(void **state)
{
	struct golden *g = home_golden(sizes[1]);

	(void)state;
	golden_keys(g, "a '/else/x.yaml' Enter");
	golden_shows(g, "does not reach /else/x.yaml");
	golden_keys(g, "^U 'x' Tab Enter");
	assert_string_equal(asked, "take x.yaml");
	golden_shows(g, "Taken in: The long way home, 3 stages.");
	faulty = true;
	golden_keys(g, "a 'x.yaml' Enter");
	golden_check(g, "train-faults");
	golden_keys(g, "Esc");
	golden_shows(g, "Case studies");
	golden_free(g);
}

static void
who_may_not_reads_only(void **state)
{
	struct golden *g;

	(void)state;
	read_only = true;
	g = home_golden(sizes[1]);
	golden_keys(g, "j j j Enter");
	golden_shows(g, "Your role writes nothing here");
	golden_free(g);
	failing = true;
	g = home_golden(sizes[1]);
	golden_shows(g, "The register is damaged.");
	golden_free(g);
}

/* ---- a session gone through again ---- */

static void
fake_gone(void *ctx)
{
	trainstory_free(ctx);
}

static void
fake_moved(void *ctx, size_t at)
{
	(void)ctx;
	(void)snprintf(asked, sizeof(asked), "at %zu", at);
}

static struct golden *
replay_golden(const int size[2])
{
	struct trainstory *t = trainstory_new();
	struct replayscreen_opts o = {
		.w = trainstory_walk(t), .reference = "the-headset-1",
		.who = "Ada Invented", .ctx = t, .moved = fake_moved,
		.destroy = fake_gone,
	};
	struct golden *g = golden_new(NULL, size[0], size[1]);

	app_push(golden_app(g), replayscreen_new(&o));
	golden_keys(g, "");
	return g;
}

static void
replay_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = replay_golden(sizes[i]);

		golden_keys(g, "l l l l l");
		golden_check(g, "train-replay");
		golden_keys(g, "G");
		golden_check(g, "train-replay-end");
		golden_free(g);
	}
}

static void
each_step_says_what_happened(void **state)
{
	struct golden *g = replay_golden(sizes[0]);

	(void)state;
	golden_shows(g, "1 of 14, 13:05:00");
	golden_shows(g, "The session was begun: The voice in the headset");
	golden_shows(g, "Nothing was answered yet.");
	golden_keys(g, "Right");
	golden_shows(g, "Stage 1 was shown: School, form tutor");
	golden_keys(g, "Right");
	golden_shows(g, "A note was written");
	golden_keys(g, "Right");
	golden_shows(g, "4 of 14, 13:05:50, 40 s into the stage");
	golden_shows(g, "present (not asked before)");
	golden_keys(g, "Right Right");
	golden_shows(g, "suspected (present before)");
	golden_shows(g, "2 min 0 s into the stage");
	golden_keys(g, "Right");
	golden_shows(g, "Committed. By the rules:");
	golden_shows(g, "Why: He is alone with it.");
	golden_keys(g, "Right");
	golden_shows(g, "1 named, 1 partly");
	golden_keys(g, "PgDn");
	golden_shows(g, "Stage 2 was shown");
	golden_keys(g, "PgUp");
	golden_shows(g, "Stage 1 was shown");
	golden_keys(g, "Home");
	assert_string_equal(asked, "at 0");
	golden_keys(g, "Left");
	golden_shows(g, "1 of 14");
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(home_every_size, fresh),
		cmocka_unit_test_setup(a_study_is_begun, fresh),
		cmocka_unit_test_setup(rows_open_what_they_say, fresh),
		cmocka_unit_test_setup(a_session_is_sent, fresh),
		cmocka_unit_test_setup(a_study_is_taken_in, fresh),
		cmocka_unit_test_setup(who_may_not_reads_only, fresh),
		cmocka_unit_test_setup(replay_every_size, fresh),
		cmocka_unit_test_setup(each_step_says_what_happened, fresh),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("train", tests, NULL, NULL);
}
