/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/golden/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "core/utf8.h"
#include "core/xalloc.h"

struct golden {
	struct faketerm term;
	struct clock clock;
	int64_t now, ticks, slept;
	int64_t to_sleep;
	struct app *app;
};

static int64_t
fixed_now(void *ctx)
{
	return ((struct golden *)ctx)->now;
}

static int64_t
fixed_ticks(void *ctx)
{
	return ((struct golden *)ctx)->ticks;
}

static int64_t
fixed_slept(void *ctx)
{
	return ((struct golden *)ctx)->slept;
}

struct golden *
golden_new(const struct app_opts *o, int w, int h)
{
	struct golden *g = xcalloc(1, sizeof(*g));
	struct app_opts opts = {.theme = THEME_DEFAULT};
	struct err e;

	if (o != NULL)
		opts = *o;
	g->now = GOLDEN_NOW;
	g->ticks = 1000;
	g->clock = (struct clock){fixed_now, fixed_ticks, g, fixed_slept};
	opts.clock = &g->clock;
	faketerm_init(&g->term, w, h);
	g->app = app_new(&opts, faketerm_term(&g->term));
	assert_int_equal(app_start(g->app, &e), RC_OK);
	return g;
}

void
golden_free(struct golden *g)
{
	app_free(g->app);
	assert_false(g->term.running);
	faketerm_release(&g->term);
	free(g);
}

struct app *
golden_app(struct golden *g)
{
	return g->app;
}

struct faketerm *
golden_term(struct golden *g)
{
	return &g->term;
}

const struct clock *
golden_clock(struct golden *g)
{
	return &g->clock;
}

static void
one_key(struct golden *g, const char *name, size_t n)
{
	keycode k = key_from_name(name, n);

	if (k == KC_NONE)
		fail_msg("no key is called %.*s", (int)n, name);
	faketerm_key(&g->term, k);
	app_turn(g->app);
}

/* Types up to the closing quote; returns the bytes up to and with it. */
static size_t
type_quoted(struct golden *g, const char *s)
{
	size_t n = strcspn(s, "'"), k;

	for (size_t i = 0; i < n; i += k) {
		uint32_t cp;

		k = utf8_decode(s + i, n - i, &cp);
		assert_true(k > 0);
		faketerm_key(&g->term, cp);
		app_turn(g->app);
	}
	return s[n] == '\'' ? n + 1 : n;
}

void
golden_keys(struct golden *g, const char *keys)
{
	while (*(keys += strspn(keys, " ")) != '\0') {
		size_t n = strcspn(keys, " ");

		if (*keys == '\'' && keys[1] != '\0') {
			keys += 1 + type_quoted(g, keys + 1);
			continue;
		}
		one_key(g, keys, n);
		keys += n;
	}
	app_turn(g->app);
}

void
golden_paste(struct golden *g, const char *text)
{
	faketerm_paste(&g->term, text);
	app_turn(g->app);
}

void
golden_resize(struct golden *g, int w, int h)
{
	faketerm_resize(&g->term, w, h);
	app_turn(g->app);
}

void
golden_sleep(struct golden *g, int64_t ms)
{
	g->slept += ms;
	golden_pass(g, ms);
}

static void
sleep_now(void *ctx)
{
	struct golden *g = ctx;

	g->slept += g->to_sleep;
	g->now += g->to_sleep;
	g->ticks += g->to_sleep;
	g->to_sleep = 0;
}

void
golden_sleep_till_key(struct golden *g, int64_t ms)
{
	g->to_sleep = ms;
	g->term.before = sleep_now;
	g->term.before_ctx = g;
}

void
golden_pass(struct golden *g, int64_t ms)
{
	g->now += ms;
	g->ticks += ms;
	app_turn(g->app);
}

static char *
golden_path(const char *name)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	struct str path;

	str_init(&path);
	str_add_fmt(&path, "%s/tests/golden/%s.txt",
	    src != NULL ? src : ".", name);
	return str_take(&path);
}

/* "" if the file cannot be read. */
static void
read_all(const char *path, struct str *out)
{
	FILE *f = fopen(path, "r");
	char buf[4096];
	size_t n;

	if (f == NULL)
		return;
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_add_n(out, buf, n);
	(void)fclose(f);
}

static void
write_all(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		fail_msg("cannot write %s", path);
	(void)fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static size_t
line_length(const char *s)
{
	return strcspn(s, "\n");
}

static const char *
line_after(const char *s)
{
	s += line_length(s);
	return *s == '\n' ? s + 1 : s;
}

/* Lines that differ, by number: what the file has and what was drawn. */
static void
print_diff(const char *want, const char *got)
{
	for (int no = 1; *want != '\0' || *got != '\0'; no++) {
		size_t nw = line_length(want), ng = line_length(got);

		if (nw != ng || memcmp(want, got, nw) != 0)
			print_error("%4d - %.*s\n%4d + %.*s\n", no, (int)nw,
			    want, no, (int)ng, got);
		want = line_after(want);
		got = line_after(got);
	}
}

void
golden_text(const char *name, const char *got)
{
	char *path = golden_path(name);
	const char *update = getenv("UPDATE_GOLDEN");
	struct str want;

	str_init(&want);
	if (update != NULL && update[0] == '1')
		write_all(path, got);
	read_all(path, &want);
	if (strcmp(want.s, got) != 0) {
		print_error("%s: the screen is another\n", path);
		print_diff(want.s, got);
		fail_msg("%s differs; UPDATE_GOLDEN=1 rewrites it", name);
	}
	str_release(&want);
	free(path);
}

/* The app's picture and what arrived by changed cells must be one. */
static void
dump(struct golden *g, struct str *out)
{
	const struct cellbuf *b = &g->term.screen;
	struct str drawn, painted;

	str_init(&drawn);
	str_init(&painted);
	cellbuf_rows(app_picture(g->app), &drawn);
	cellbuf_styles(app_picture(g->app), &drawn);
	cellbuf_rows(b, &painted);
	cellbuf_styles(b, &painted);
	assert_string_equal(drawn.s, painted.s);
	if (b->cursor_on)
		str_add_fmt(out, "%dx%d cursor %d,%d\n", b->w, b->h,
		    b->cursor_x, b->cursor_y);
	else
		str_add_fmt(out, "%dx%d no cursor\n", b->w, b->h);
	cellbuf_rows(b, out);
	str_add(out, "----\n");
	cellbuf_styles(b, out);
	str_release(&drawn);
	str_release(&painted);
}

void
golden_check(struct golden *g, const char *name)
{
	struct str got, file;

	str_init(&got);
	str_init(&file);
	app_turn(g->app);
	dump(g, &got);
	str_add_fmt(&file, "%s.%dx%d", name, g->term.w, g->term.h);
	golden_text(file.s, got.s);
	str_release(&got);
	str_release(&file);
}

static bool
shows(struct golden *g, const char *text)
{
	struct str rows;
	bool found;

	str_init(&rows);
	app_turn(g->app);
	cellbuf_rows(&g->term.screen, &rows);
	found = strstr(rows.s, text) != NULL;
	str_release(&rows);
	return found;
}

void
golden_shows(struct golden *g, const char *text)
{
	if (!shows(g, text))
		fail_msg("the screen does not show \"%s\"", text);
}

void
golden_hides(struct golden *g, const char *text)
{
	if (shows(g, text))
		fail_msg("the screen shows \"%s\"", text);
}
