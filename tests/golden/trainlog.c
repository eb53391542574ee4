/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was missed, asked again, and the training log.
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

#include "core/date.h"
#include "core/xalloc.h"
#include "tests/golden/golden.h"
#include "tests/golden/trainstory.h"
#include "tui/logscreen.h"
#include "tui/retestscreen.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

/* What the screen asked for, in words. */
static char asked[512];
static bool none, failing, read_only;

static int
fresh(void **state)
{
	(void)state;
	none = failing = read_only = false;
	return 0;
}

/* ---- what was missed, asked again ---- */

/* The learner of the story, two days on. */
struct again {
	struct trainstory *t;
	struct retests all;
	size_t asked;
};

static void
zeros(void *ctx, void *buf, size_t n)
{
	(void)ctx;
	memset(buf, 0, n);
}

static int32_t
again_today(void *ctx)
{
	(void)ctx;
	return moment_day(GOLDEN_NOW) + 2;
}

static enum rc
again_next(void *ctx, struct retest_question *out, struct err *e)
{
	static const struct rng rng = {zeros, NULL};
	struct again *a = ctx;
	const struct study *studies[] = {trainstory_walk(a->t)->study};

	if (failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	if (none || a->asked == 2 || a->asked >= a->all.n ||
	    !retest_ask(&a->all, &a->all.items[a->asked], studies, 1, &rng,
	    out))
		return err_set(e, RC_NOTFOUND, "nothing is due");
	return RC_OK;
}

static enum rc
again_write(void *ctx, const struct retest_question *q,
    const enum answer *given, bool *right, struct err *e)
{
	struct again *a = ctx;
	struct case_id log = {{7}};
	struct entry_draft d = retest_draft(q, a->all.in, &log, given,
	    right);

	(void)e;
	(void)snprintf(asked, sizeof(asked), "%s %s", d.kind, *right ?
	    "right" : "wrong");
	entry_draft_release(&d);
	a->asked++;
	return RC_OK;
}

static const struct retests *
again_all(void *ctx)
{
	return &((struct again *)ctx)->all;
}

static void
again_free(void *ctx)
{
	struct again *a = ctx;

	retests_release(&a->all);
	trainstory_free(a->t);
	free(a);
}

static void
again_log(void *ctx, struct app *app, size_t n, size_t right,
    size_t minutes)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "log %zu %zu %zu", n, right,
	    minutes);
}

static struct golden *
again_golden(const int size[2])
{
	static const struct retest_source_ops ops = {again_next, again_write,
	    again_all, again_today, again_free};
	struct again *a = xcalloc(1, sizeof(*a));
	struct retestscreen_opts o = {.source = {&ops, a}, .log = again_log};
	struct golden *g = golden_new(NULL, size[0], size[1]);

	a->t = trainstory_new();
	retests_init(&a->all, trainstory_instrument(a->t));
	if (!none)
		retests_add_walk(&a->all, trainstory_walk(a->t),
		    &trainstory_walk(a->t)->learner);
	retests_settle(&a->all);
	asked[0] = '\0';
	app_push(golden_app(g), retestscreen_new(&o));
	golden_keys(g, "");
	return g;
}

static void
again_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = again_golden(sizes[i]);

		golden_keys(g, "Space j Space Space j Space Space Space j "
		    "Backspace");
		golden_check(g, "train-again");
		golden_keys(g, "Enter");
		golden_check(g, "train-again-told");
		golden_keys(g, "Enter");
		golden_check(g, "train-again-end");
		golden_free(g);
	}
}

static void
all_four_are_answered(void **state)
{
	struct golden *g = again_golden(sizes[1]);

	(void)state;
	golden_keys(g, "Space Enter");
	golden_shows(g, "Answer each one first");
	assert_string_equal(asked, "");
	golden_keys(g, "Space Space j Space j Space Enter");
	assert_string_equal(asked, "retest right");
	/* What was committed to is not changed any more. */
	golden_keys(g, "Space");
	golden_shows(g, "present");
	golden_pass(g, 90 * 1000);
	golden_keys(g, "Enter");
	golden_shows(g, "What is asked again, and when");
	golden_keys(g, "Enter");
	assert_string_equal(asked, "log 1 1 2");
	golden_free(g);
}

static void
nothing_is_due(void **state)
{
	struct golden *g;

	(void)state;
	none = true;
	g = again_golden(sizes[1]);
	golden_shows(g, "Nothing is to be asked again.");
	golden_free(g);
	failing = true;
	g = again_golden(sizes[1]);
	golden_shows(g, "The register is damaged.");
	golden_free(g);
}

/* ---- the log ---- */

static char *log_draft;

static void
log_line(struct training_log *l, int32_t day, const char *title,
    uint64_t minutes)
{
	struct training_line *to = &l->lines[l->n++];

	*to = (struct training_line){.at = moment_of_day(day),
	    .on = span_of_day(day), .title = xstrdup(title),
	    .reflection = xstrdup("I saw the sleep and not the friend. "
	    "Next time I ask who waits for whom."),
	    .activity = "study", .label = "Case study, alone",
	    .minutes = minutes};
}

static enum rc
log_read(void *ctx, struct training_log *out, struct err *e)
{
	int32_t day = moment_day(GOLDEN_NOW);

	(void)ctx;
	if (failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	if (none)
		return RC_OK;
	out->cap = 3;
	out->lines = xcalloc(out->cap, sizeof(*out->lines));
	log_line(out, day - 400, "\x1b[2J" ZOE ": a day about the voices of "
	    "children", 240);
	log_line(out, day - 19, "The voice in the headset", 35);
	log_line(out, day, "Indicators asked again", 10);
	return RC_OK;
}

static enum rc
log_add(void *ctx, const json_t *body, const struct span *on, struct err *e)
{
	char day[SPAN_TEXT_MAX];

	(void)ctx;
	(void)e;
	span_format(on, day);
	(void)snprintf(asked, sizeof(asked), "%s %s %d", day,
	    json_string_value(json_object_get(body, "title")),
	    (int)json_integer_value(json_object_get(body, "minutes")));
	free(log_draft);
	log_draft = NULL;
	return RC_OK;
}

static enum rc
log_save(void *ctx, const char *text, struct err *e)
{
	(void)ctx;
	(void)e;
	free(log_draft);
	log_draft = xstrdup(text);
	return RC_OK;
}

static enum rc
log_load(void *ctx, char **text, struct err *e)
{
	(void)ctx;
	(void)e;
	*text = log_draft != NULL ? xstrdup(log_draft) : NULL;
	return RC_OK;
}

static bool
log_may_add(void *ctx)
{
	(void)ctx;
	return !read_only;
}

static int32_t
log_today(void *ctx)
{
	(void)ctx;
	return moment_day(GOLDEN_NOW);
}

static struct golden *
log_golden(const int size[2])
{
	static const struct log_source_ops ops = {log_read, log_add,
	    log_save, log_load, log_may_add, log_today};
	struct logscreen_opts o = {.source = {&ops, NULL},
	    .file = "training.hearken"};
	struct golden *g = golden_new(NULL, size[0], size[1]);

	asked[0] = '\0';
	app_push(golden_app(g), logscreen_new(&o));
	golden_keys(g, "");
	return g;
}

static void
log_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = log_golden(sizes[i]);

		golden_check(g, "train-log");
		golden_keys(g, "j Enter");
		golden_check(g, "train-log-one");
		golden_keys(g, "Esc a");
		golden_check(g, "train-log-form");
		golden_free(g);
	}
}

static void
the_log_is_added_to(void **state)
{
	struct golden *g = log_golden(sizes[1]);

	(void)state;
	golden_keys(g, "a Tab 'A morning about phones' Tab Tab '90' Esc");
	golden_shows(g, "What you wrote is kept: a goes on with it.");
	assert_string_equal(asked, "");
	golden_keys(g, "a");
	golden_shows(g, "A morning about phones");
	golden_keys(g, "BackTab Right F2");
	golden_shows(g, "It is in your training log, signed.");
	assert_string_equal(asked, "2026-11-22 A morning about phones 90");
	golden_free(g);
	none = true;
	read_only = true;
	g = log_golden(sizes[1]);
	golden_shows(g, "Your training log is empty.");
	golden_keys(g, "a");
	golden_shows(g, "Your role writes nothing here");
	golden_free(g);
	failing = true;
	g = log_golden(sizes[1]);
	golden_shows(g, "The register is damaged.");
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(again_every_size, fresh),
		cmocka_unit_test_setup(all_four_are_answered, fresh),
		cmocka_unit_test_setup(nothing_is_due, fresh),
		cmocka_unit_test_setup(log_every_size, fresh),
		cmocka_unit_test_setup(the_log_is_added_to, fresh),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("trainlog", tests, NULL, NULL);
}
