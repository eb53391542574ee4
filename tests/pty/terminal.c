/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real terminal and the loop, with a small program of our own on them:
 * this program itself, called with a word.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/clock.h"
#include "core/xalloc.h"
#include "tests/pty/pty.h"
#include "tests/pty/rest.h"
#include "tui/app.h"
#include "tui/edit.h"
#include "tui/loop.h"
#include "tui/term.h"

/* Every C0 control, DEL, C1, an OSC, bidi controls, broken UTF-8. */
#define HOSTILE "\001\007\b\033]0;title\007\033[31mred\177\xC2\x9B" "31m" \
	"\xE2\x80\xAE" "bidi\x9B\xFF\xE2\x80\x8Bzero"

struct demo {
	struct pane base;
	struct edit ed;
	int w;
};

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
	struct view in = view_sub(v, (struct rect){2, 8, view_w(v) - 4, 3});
	struct view box = view_sub(v, (struct rect){0, 7, view_w(v), 5});

	view_put(v, 0, 0, STYLE_HIGH, HOSTILE);
	view_put(v, 0, 1, STYLE_TITLE, "Demo Zoë 漢字 e\xCC\x81");
	view_put(v, 0, 2, STYLE_NORMAL,
	    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 "
	    "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7 end");
	view_put(v, view_w(v) - 1, 3, STYLE_NORMAL, "漢");
	view_fit(v, 0, 4, STYLE_WARNING, "A long line that is cut where the "
	    "window ends, with an ellipsis so that nobody takes it for all");
	view_put(v, view_w(v) - 1, view_h(v) - 1, STYLE_NORMAL, "#");
	view_box(&box, STYLE_BORDER, "Text");
	edit_draw(&d->ed, &in, STYLE_INPUT_FOCUS, focused);
}

static bool
demo_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct demo *d = demo_of(p);

	if (ev->act == ACT_KEEP) {
		app_say(app, "Kept %zu bytes", strlen(edit_text(&d->ed)));
		return true;
	}
	if (ev->act == ACT_CANCEL) {
		app_pop(app);
		return true;
	}
	if (ev->act == ACT_TYPED && ev->text[0] == '!')
		abort();
	return edit_act(&d->ed, ev, NULL);
}

static void
demo_resize(struct pane *p, int w, int h)
{
	(void)h;
	edit_resize(&demo_of(p)->ed, w - 4, 3);
}

static void
demo_destroy(struct pane *p)
{
	edit_release(&demo_of(p)->ed);
	free(demo_of(p));
}

static void
demo_save(struct pane *p)
{
	const char *path = getenv("DEMO_SAVED");
	FILE *f = path != NULL ? fopen(path, "w") : NULL;

	if (f == NULL)
		return;
	(void)fputs(edit_text(&demo_of(p)->ed), f);
	(void)fclose(f);
}

static const struct pane_ops demo_ops = {
	.name = "demo", .context = CONTEXT_EDITOR, .draw = demo_draw,
	.act = demo_act, .resize = demo_resize, .destroy = demo_destroy,
	.save = demo_save,
};

static int
run_demo(bool ascii)
{
	struct demo *d = xcalloc(1, sizeof(*d));
	struct app_opts o = {
		.clock = clock_system(), .idle_ms = IDLE_DEFAULT_MS
	};
	struct term_opts to = {THEME_DEFAULT, ascii};
	struct term t;
	struct app *app;
	struct err e;
	enum rc rc = term_curses(&to, &t, &e);

	d->base.ops = &demo_ops;
	if (rc == RC_OK)
		rc = edit_init(&d->ed, EDIT_TEXT, 0, &e);
	if (rc == RC_OK) {
		app = app_new(&o, t);
		app_push(app, &d->base);
		rc = loop_run(app, &e);
		app_free(app);
	} else {
		demo_destroy(&d->base);
	}
	if (rc != RC_OK && rc != RC_CANCELLED)
		(void)fprintf(stderr, "demo: %s\n", e.text);
	return rc == RC_OK ? 0 : rc == RC_CANCELLED ? 3 : 2;
}

static struct pty *
start(const char *word, struct pty_opts o)
{
	const char *argv[3] = {"/proc/self/exe", word, NULL};

	o.argv = argv;
	return pty_start(&o);
}

static const struct pty_opts plain;

static void
leave(struct pty *p)
{
	pty_keys(p, "Esc");
	assert_int_equal(pty_end(p), 0);
}

static void
shows_and_leaves(void **state)
{
	struct pty *p = start("demo", plain);

	(void)state;
	pty_wait(p, "Demo Zoë");
	pty_golden(p, "terminal");
	assert_true(pty_on_alternate(p));
	pty_keys(p, "Esc");
	pty_wait_end(p);
	assert_false(pty_on_alternate(p));
	/* What was shown is wiped before the alternate screen is left. */
	assert_true(pty_sent(p, "\033[?1049l", 8));
	assert_true(pty_sent(p, "\033[?2004l", 8));
	assert_int_equal(pty_end(p), 0);
}

/* No byte of the data that a terminal would obey ever reaches it. */
static void
hostile_text_is_shown(void **state)
{
	struct pty *p = start("demo", plain);

	(void)state;
	pty_wait(p, "bidi");
	assert_false(pty_sent(p, "\007", 1));
	assert_false(pty_sent(p, "\001", 1));
	assert_false(pty_sent(p, "\033]", 2));
	assert_false(pty_sent(p, "\033[31mred", 8));
	assert_false(pty_sent(p, "\xC2\x9B", 2));
	assert_false(pty_sent(p, "\xE2\x80\xAE", 3));
	assert_false(pty_sent(p, "\xE2\x80\x8B", 3));
	assert_false(pty_sent(p, "\xFF", 1));
	leave(p);
}

static void
keys_arrive(void **state)
{
	struct pty *p = start("demo", plain);

	(void)state;
	pty_wait(p, "Demo");
	pty_keys(p, "'Zoë one two' Ctrl-Left M-b 'x' Home 'y' End 'z' Left");
	pty_wait(p, "yZoë xone twoz");
	pty_keys(p, "Backspace Delete ^A Delete Enter Up 'top'");
	pty_wait(p, "│ top");
	pty_keys(p, "F2");
	pty_wait(p, "Kept");
	pty_keys(p, "M-q");
	assert_int_equal(pty_end(p), 0);
}

static void
paste_arrives_whole(void **state)
{
	struct pty *p = start("demo", plain);

	(void)state;
	pty_wait(p, "Demo");
	pty_paste(p, "one\r\ntwo\tq\033!three");
	pty_wait(p, "two q!three");
	pty_keys(p, "'typed'");
	pty_wait(p, "two q!threetyped");
	leave(p);
}

/* Bytes of another charset take nothing of the text behind them along. */
static void
paste_in_another_charset_loses_no_word(void **state)
{
	struct pty *p = start("demo", plain);

	(void)state;
	pty_wait(p, "Demo");
	pty_paste(p, "caf\xe9 and every word after it \xf0\x9f stays");
	pty_wait(p, " and every word after it ");
	pty_wait(p, " stays");
	pty_keys(p, "'typed'");
	pty_wait(p, "staystyped");
	leave(p);
}

static void
every_size(void **state)
{
	struct pty *p = start("demo", plain);

	(void)state;
	pty_wait(p, "Demo");
	pty_resize(p, 100, 30);
	pty_wait(p, "nobody takes it for all");
	pty_golden(p, "terminal");
	pty_resize(p, 1, 1);
	pty_wait(p, "W");
	pty_resize(p, 30, 8);
	pty_wait(p, "Window too small");
	pty_resize(p, 40, 10);
	pty_wait(p, "Demo");
	pty_resize(p, 80, 24);
	pty_golden(p, "terminal");
	leave(p);
}

static void
blank_and_back(void **state)
{
	struct pty *p = start("demo", plain);

	(void)state;
	pty_wait(p, "Demo");
	pty_keys(p, "F12");
	pty_wait(p, "Paused.");
	pty_wait_gone(p, "Demo");
	pty_keys(p, "Esc");
	pty_wait(p, "Demo");
	leave(p);
}

/* The shell gets a clean screen; fg brings the same place back. */
static void
suspends(void **state)
{
	struct pty *p = start("demo", plain);

	(void)state;
	pty_wait(p, "Demo");
	pty_keys(p, "'typed'");
	pty_wait(p, "typed");
	pty_signal(p, SIGSTOP);
	pty_wait_stopped(p);
	pty_signal(p, SIGCONT);
	pty_keys(p, "' more'");
	pty_wait(p, "typed more");
	/* No shell could wake it, so ^Z leaves the screen and comes back. */
	pty_keys(p, "^Z ' still'");
	pty_wait(p, "typed more still");
	leave(p);
}

static void
term_saves(void **state)
{
	static const int sigs[2] = {SIGTERM, SIGHUP};
	char path[] = "/tmp/hearken-XXXXXX", env[64], text[16] = "";
	const char *const envs[2] = {env, NULL};
	struct pty_opts o = {.env = envs};
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	(void)snprintf(env, sizeof(env), "DEMO_SAVED=%s", path);
	for (size_t i = 0; i < 2; i++) {
		struct pty *p = start("demo", o);

		pty_wait(p, "Demo");
		pty_keys(p, "'unsaved'");
		pty_wait(p, "unsaved");
		assert_int_equal(truncate(path, 0), 0);
		pty_signal(p, sigs[i]);
		pty_wait_end(p);
		assert_false(pty_on_alternate(p));
		assert_int_equal(pty_end(p), 3);
		assert_int_equal(pread(fd, text, sizeof(text) - 1, 0), 7);
		assert_string_equal(text, "unsaved");
	}
	(void)close(fd);
	(void)unlink(path);
}

/* A crash, too, gives the terminal back. */
static void
crash_restores(void **state)
{
	struct pty *p = start("demo", plain);

	(void)state;
	pty_wait(p, "Demo");
	pty_keys(p, "'!'");
	pty_wait_end(p);
	assert_false(pty_on_alternate(p));
	assert_true(pty_sent(p, "\033[?2004l", 8));
	assert_int_equal(pty_end(p), 128 + SIGABRT);
}

static void
poor_terminals(void **state)
{
	static const char *const names[3] = {"", "dumb", "no-such-terminal"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct pty_opts o = {.term = names[i]};
		struct pty *p = start("demo", o);

		pty_wait(p, "TERM=xterm");
		assert_int_equal(pty_end(p), 2);
	}
}

static void
ascii_lines(void **state)
{
	struct pty *p = start("ascii", plain);

	(void)state;
	pty_wait(p, "+- Text -");
	pty_wait(p, "Zoë");
	assert_false(pty_sent(p, "─", 3));
	leave(p);
}

/* A charset without the characters: ASCII lines, "?" for letters. */
static void
other_charset(void **state)
{
	struct pty_opts o = {.locale = "C"};
	struct pty *p = start("demo", o);

	(void)state;
	pty_wait(p, "Demo Zo? ? ?  e");
	pty_wait(p, "+- Text -");
	leave(p);
}

static void
vt100_works(void **state)
{
	struct pty_opts o = {.term = "vt100"};
	struct pty *p = start("demo", o);

	(void)state;
	pty_wait(p, "Demo");
	pty_keys(p, "'x'");
	pty_wait(p, "│ x");
	leave(p);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_and_leaves),
		cmocka_unit_test(hostile_text_is_shown),
		cmocka_unit_test(keys_arrive),
		cmocka_unit_test(paste_arrives_whole),
		cmocka_unit_test(paste_in_another_charset_loses_no_word),
		cmocka_unit_test(every_size),
		cmocka_unit_test(blank_and_back),
		cmocka_unit_test(suspends),
		cmocka_unit_test(term_saves),
		cmocka_unit_test(crash_restores),
		cmocka_unit_test(poor_terminals),
		cmocka_unit_test(ascii_lines),
		cmocka_unit_test(other_charset),
		cmocka_unit_test(vt100_works),
	};

	rest_tell();
	if (argc > 1)
		return run_demo(strcmp(argv[1], "ascii") == 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
