/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window around the screens, with an invented list and three panes in it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/xalloc.h"
#include "tests/golden/golden.h"
#include "tui/pane.h"
#include "tui/textpane.h"

#define ROWS 40

struct demo {
	struct pane base;
	struct scroll scroll;
	int ticks, saves, *saved;
};

static const struct pane_ops one_ops;

static struct demo *
demo_of(const struct pane *p)
{
	struct demo *d;

	memcpy(&d, &p, sizeof(d));
	return d;
}

static void
demo_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct demo *d = demo_of(p);
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;

	for (int y = 0; scroll_shows(&d->scroll, y); y++) {
		size_t i = d->scroll.top + (size_t)y;
		char text[80];

		(void)snprintf(text, sizeof(text),
		    "K-%04zu  Zoë %s  漢字 %d", i,
		    i % 7 == 3 ? "e\xCC\x81\x1b[31m" : "plain", d->ticks);
		view_fit(v, 2, y, i % 7 == 3 ? STYLE_HIGH : STYLE_NORMAL,
		    text);
		if (i == d->scroll.at)
			scroll_mark(v, y, on, focused);
	}
}

static void
demo_sent(void *ctx, struct app *app)
{
	((struct demo *)ctx)->ticks += 100;
	app_say(app, "Sent.");
}

static void
demo_found(void *ctx, struct app *app, const char *text)
{
	(void)ctx;
	if (text != NULL)
		app_say(app, "Searched for %s", text);
}

static bool
demo_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct demo *d = demo_of(p);
	struct prompt find = {
		.label = "/", .history = "search", .ctx = d,
		.done = demo_found,
	};
	struct confirm send = {
		"Send the referral of K-0001 to the invented hub?", "K-0001",
		d, demo_sent
	};

	if (scroll_act(&d->scroll, ev->act))
		return true;
	if (ev->act == ACT_TICK)
		d->ticks++;
	else if (ev->act == ACT_SEARCH)
		app_prompt(app, &find);
	else if (ev->act == ACT_REFER)
		app_confirm(app, &send);
	else
		return false;
	return true;
}

static void
demo_resize(struct pane *p, int w, int h)
{
	(void)w;
	scroll_resize(&demo_of(p)->scroll, h);
}

static void
demo_destroy(struct pane *p)
{
	free(demo_of(p));
}

static void
demo_status(const struct pane *p, struct status *st)
{
	const struct demo *d = demo_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Case K-0142");
	st->counted = true;
	st->n = d->scroll.at + 1;
	st->m = d->scroll.n;
	st->unsigned_ = (size_t)d->ticks;
}

static void
demo_save(struct pane *p)
{
	struct demo *d = demo_of(p);

	if (d->saved != NULL)
		++*d->saved;
}

static const struct pane_ops one_ops = {
	.name = "Checklist", .context = CONTEXT_CHECKLIST,
	.draw = demo_draw, .act = demo_act, .resize = demo_resize,
	.destroy = demo_destroy, .status = demo_status, .save = demo_save,
};
static const struct pane_ops two_ops = {
	.name = "Risk", .context = CONTEXT_RISK,
	.draw = demo_draw, .act = demo_act, .resize = demo_resize,
	.destroy = demo_destroy, .save = demo_save,
};
static const struct pane_ops three_ops = {
	.name = "Notes and referrals", .context = CONTEXT_NOTES,
	.draw = demo_draw, .act = demo_act, .resize = demo_resize,
	.destroy = demo_destroy,
};

static struct pane *
demo_new(const struct pane_ops *ops, int *saved)
{
	struct demo *d = xcalloc(1, sizeof(*d));

	d->base.ops = ops;
	d->saved = saved;
	scroll_init(&d->scroll, ROWS);
	return &d->base;
}

static void
say_user(void *ctx, struct status *st)
{
	(void)ctx;
	(void)snprintf(st->user, sizeof(st->user), "R. Invented");
	(void)snprintf(st->role, sizeof(st->role), "practitioner");
}

static struct golden *
open_demo(int w, int h)
{
	static const int weights[3] = {4, 3, 3};
	struct app_opts o = {.idle_ms = IDLE_DEFAULT_MS, .status = say_user};
	struct golden *g = golden_new(&o, w, h);
	struct pane *panes[3] = {
		demo_new(&one_ops, NULL), demo_new(&two_ops, NULL),
		demo_new(&three_ops, NULL)
	};

	app_push(golden_app(g), group_new("case", panes, weights, 3));
	return g;
}

static void
every_size(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = open_demo(sizes[i][0], sizes[i][1]);

		golden_check(g, "window");
		golden_keys(g, "Tab j j j");
		golden_check(g, "window-moved");
		golden_free(g);
	}
}

/* A screen that was once too small shows the same place again. */
static void
too_small_keeps_state(void **state)
{
	struct golden *g = open_demo(80, 24);

	(void)state;
	golden_keys(g, "Tab j j j j j Space");
	golden_check(g, "window-before-small");
	golden_resize(g, 39, 24);
	golden_shows(g, "Window too small");
	golden_hides(g, "K-00");
	golden_resize(g, 1, 1);
	golden_resize(g, 80, 24);
	golden_check(g, "window-before-small");
	golden_free(g);
}

/* Nothing can be read while it is blank, and the waking key does nothing. */
static void
blank_hides_all(void **state)
{
	static const char *const keys[2] = {"F12", "^X"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct golden *g = open_demo(80, 24);

		golden_keys(g, "j Space");
		golden_keys(g, keys[i]);
		golden_check(g, "window-blank");
		golden_keys(g, "Space");
		golden_check(g, "window-after-blank");
		golden_keys(g, keys[i]);
		golden_paste(g, "jjj");
		golden_check(g, "window-after-blank");
		golden_free(g);
	}
}

static void
prompts(void **state)
{
	struct golden *g = open_demo(80, 24);

	(void)state;
	golden_keys(g, "/ 'Zoë'");
	golden_check(g, "prompt-search");
	golden_keys(g, "Enter");
	golden_shows(g, "Searched for Zoë");
	golden_keys(g, "/ 'other' Up");
	golden_check(g, "prompt-search");
	golden_keys(g, "Down");
	golden_shows(g, "/other");
	golden_keys(g, "Esc : 'th' Tab");
	golden_shows(g, ":theme default");
	golden_keys(g, "Tab Tab Tab Enter");
	assert_int_equal(golden_term(g)->theme, THEME_MONO);
	golden_keys(g, ": 'nonsense' Enter");
	golden_shows(g, "There is no command \"nonsense\"");
	golden_keys(g, ": 'end' Enter");
	golden_hides(g, "K-0000");
	golden_free(g);
}

static void
confirmations(void **state)
{
	struct golden *g = open_demo(80, 24);

	(void)state;
	golden_keys(g, "r");
	golden_check(g, "confirm");
	golden_keys(g, "'y' Enter");
	golden_shows(g, "That was not K-0001.");
	golden_hides(g, "Sent.");
	golden_keys(g, "'K-0001' Enter");
	golden_shows(g, "Sent.");
	golden_keys(g, "r Esc");
	golden_shows(g, "Nothing was done.");
	golden_free(g);
}

static void
keys_on_screen(void **state)
{
	struct golden *g = open_demo(80, 24);

	(void)state;
	golden_keys(g, "?");
	golden_check(g, "keys");
	golden_keys(g, "End");
	golden_check(g, "keys-end");
	golden_keys(g, "q");
	golden_check(g, "window");
	golden_free(g);
}

struct locked {
	int *saved;
	int locks;
};

static void
do_lock(void *ctx, struct app *app)
{
	struct locked *l = ctx;

	l->locks++;
	app_reset(app, demo_new(&three_ops, NULL));
}

static void
idle_lock(void **state)
{
	int saved = 0;
	struct locked l = {&saved, 0};
	struct app_opts o = {
		.idle_ms = IDLE_DEFAULT_MS, .ctx = &l, .lock = do_lock
	};
	struct golden *g = golden_new(&o, 80, 24);

	(void)state;
	app_push(golden_app(g), demo_new(&one_ops, &saved));
	golden_pass(g, IDLE_DEFAULT_MS - 1);
	assert_int_equal(l.locks, 0);
	golden_keys(g, "j");
	golden_pass(g, IDLE_DEFAULT_MS - 1);
	assert_int_equal(l.locks, 0);
	assert_int_equal(app_wait_ms(golden_app(g)), 1);
	golden_keys(g, "/ 'half typed'");
	golden_pass(g, IDLE_DEFAULT_MS);
	assert_int_equal(l.locks, 1);
	assert_int_equal(saved, 1);
	golden_hides(g, "half typed");
	golden_keys(g, "/");
	golden_keys(g, "Up");
	golden_hides(g, "half typed");
	golden_free(g);
}

/* A key that arrives after the time was up meets the lock, not the case. */
static void
late_key_is_dropped(void **state)
{
	int saved = 0;
	struct locked l = {&saved, 0};
	struct app_opts o = {
		.idle_ms = IDLE_DEFAULT_MS, .ctx = &l, .lock = do_lock
	};
	struct golden *g = golden_new(&o, 80, 24);

	(void)state;
	app_push(golden_app(g), demo_new(&one_ops, &saved));
	faketerm_key(golden_term(g), 'q');
	golden_pass(g, IDLE_DEFAULT_MS);
	assert_int_equal(l.locks, 1);
	assert_false(app_is_done(golden_app(g)));
	golden_free(g);
}

/* The same when the machine slept after the timers were looked at. */
static void
waking_key_is_dropped(void **state)
{
	int saved = 0;
	struct locked l = {&saved, 0};
	struct app_opts o = {.ctx = &l, .lock = do_lock};
	struct golden *g = golden_new(&o, 80, 24);

	(void)state;
	app_push(golden_app(g), demo_new(&one_ops, &saved));
	golden_sleep_till_key(g, 3600000);
	golden_keys(g, "q");
	assert_int_equal(l.locks, 1);
	assert_false(app_is_done(golden_app(g)));
	golden_free(g);
}

static void
closing_saves(void **state)
{
	int saved = 0;
	struct golden *g = golden_new(NULL, 80, 24);

	(void)state;
	app_push(golden_app(g), demo_new(&one_ops, &saved));
	faketerm_close(golden_term(g));
	app_turn(golden_app(g));
	assert_int_equal(saved, 1);
	assert_true(app_is_done(golden_app(g)));
	golden_free(g);
}

static void
paints_only_changes(void **state)
{
	struct golden *g = open_demo(80, 24);

	(void)state;
	app_turn(golden_app(g));
	golden_keys(g, "j");
	assert_true(golden_term(g)->cells < 400);
	app_turn(golden_app(g));
	golden_keys(g, "^L");
	assert_int_equal(golden_term(g)->cells, 80 * 24);
	assert_true(app_wait_ms(golden_app(g)) > 0);
	golden_free(g);
}

static void
long_work(void *ctx, struct app *app)
{
	struct golden *g = ctx;

	golden_shows(g, "Working");
	assert_true(app_progress(app, "Reading", 1, 10));
	faketerm_key(golden_term(g), KC_ESC);
	golden_term(g)->paints = 0;
	/* Not drawn again within a tenth of a second, but Esc is seen. */
	assert_true(app_progress(app, "Reading", 2, 10));
	assert_int_equal(golden_term(g)->paints, 0);
	assert_false(app_progress(app, "Reading", 10, 10));
	assert_int_equal(golden_term(g)->paints, 1);
	app_say(app, "Stopped.");
}

/* What takes long starts when the screen already says so, and can be left. */
static void
work_after_paint(void **state)
{
	struct golden *g = open_demo(80, 24);

	(void)state;
	app_say(golden_app(g), "Working");
	app_later(golden_app(g), long_work, g);
	app_turn(golden_app(g));
	golden_shows(g, "Stopped.");
	golden_free(g);
}

static void
type(struct golden *g, const char *text)
{
	for (; *text != '\0'; text++)
		faketerm_key(golden_term(g), (keycode)*text);
}

/* Types a command while it works, and tells how it ended. */
struct busy {
	struct golden *g;
	keycode last;		/* typed after ":sea"; KC_NONE without one */
	bool warns, goes_on;
};

static void
busy_work(void *ctx, struct app *app)
{
	const struct busy *b = ctx;

	type(b->g, ":sea");
	if (b->last != KC_NONE)
		faketerm_key(golden_term(b->g), b->last);
	assert_int_equal(app_progress(app, "Reading", 10, 10), b->goes_on);
	assert_int_equal(golden_term(b->g)->at, golden_term(b->g)->n);
	if (b->warns)
		app_warn(app, "It could not be read.");
}

static void
work_busily(struct busy *b)
{
	app_later(golden_app(b->g), busy_work, b);
	app_turn(golden_app(b->g));
}

/* What is typed while work goes on is acted on after it. */
static void
typed_ahead(void **state)
{
	struct busy b = {open_demo(80, 24), KC_NONE, false, true};

	(void)state;
	work_busily(&b);
	golden_shows(b.g, ":sea");
	golden_free(b.g);
}

/* But not over a fault that nobody has read, nor after a hidden screen. */
static void
typed_ahead_is_dropped(void **state)
{
	struct busy b = {open_demo(80, 24), KC_NONE, true, true};

	(void)state;
	work_busily(&b);
	golden_shows(b.g, "It could not be read.");
	golden_hides(b.g, ":sea");
	b.warns = b.goes_on = false;
	b.last = KC_ESC;
	work_busily(&b);
	golden_hides(b.g, ":sea");
	golden_free(b.g);
}

static void
fill_signing(void *ctx, struct lines *out)
{
	(void)ctx;
	lines_plain(out, STYLE_NORMAL, "The invented list. Enter signs.");
}

/* What came out is put up to be signed; Enter was typed before. */
static void
work_then_ask(void *ctx, struct app *app)
{
	struct textpane_opts o = {
		.name = "sign", .topic = "keys", .context = CONTEXT_SIGNING,
		.fill = fill_signing,
	};

	faketerm_key(golden_term(ctx), KC_ENTER);
	assert_true(app_progress(app, "Reading", 10, 10));
	app_push(app, textpane_new(&o));
}

/* What nobody has seen is signed by no key that was typed before. */
static void
typed_ahead_signs_nothing(void **state)
{
	struct golden *g = open_demo(80, 24);

	(void)state;
	app_later(golden_app(g), work_then_ask, g);
	app_turn(golden_app(g));
	golden_shows(g, "The invented list.");
	golden_shows(g, "Typed before you saw this");
	golden_free(g);
}

static size_t worked_at;	/* keys read when the work began */

static void
count_keys(void *ctx, struct app *app)
{
	(void)app;
	worked_at = golden_term(ctx)->at;
}

static void
begin_work(void *ctx)
{
	struct golden *g = ctx;

	if (golden_term(g)->at == 0)
		app_later(golden_app(g), count_keys, g);
}

/* The next key comes when the screen that began the work has done it. */
static void
work_before_next_key(void **state)
{
	struct golden *g = open_demo(80, 24);

	(void)state;
	app_turn(golden_app(g));
	golden_term(g)->before = begin_work;
	golden_term(g)->before_ctx = g;
	type(g, "jq");
	worked_at = 99;
	app_turn(golden_app(g));
	assert_int_equal(worked_at, 1);
	assert_int_equal(golden_term(g)->at, golden_term(g)->n);
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(too_small_keeps_state),
		cmocka_unit_test(blank_hides_all),
		cmocka_unit_test(prompts),
		cmocka_unit_test(confirmations),
		cmocka_unit_test(keys_on_screen),
		cmocka_unit_test(idle_lock),
		cmocka_unit_test(late_key_is_dropped),
		cmocka_unit_test(waking_key_is_dropped),
		cmocka_unit_test(closing_saves),
		cmocka_unit_test(paints_only_changes),
		cmocka_unit_test(work_after_paint),
		cmocka_unit_test(typed_ahead),
		cmocka_unit_test(typed_ahead_is_dropped),
		cmocka_unit_test(typed_ahead_signs_nothing),
		cmocka_unit_test(work_before_next_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
