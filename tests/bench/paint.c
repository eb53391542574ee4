/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From key to paint: the app with curses on a pseudo-terminal of 132x43, a
 * long text in each third and lists above.  Measured from the write of a key
 * to the arrival of the last byte for it.  A bare echo over the same kind of
 * terminal tells how much of that is the machine; the processor's own time
 * for a key does not depend on what else it does.
 */
#include "config.h"

#include <poll.h>
#include <pty.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/edit.h"
#include "tui/loop.h"
#include "tui/term.h"

#define KEYS 3000
#define GOAL_US 3000
#define TEXT_BYTES 20000

struct busy {
	struct pane base;
	struct edit ed;
	struct scroll scroll;
};

static struct busy *
busy_of(const struct pane *p)
{
	struct busy *b;

	memcpy(&b, &p, sizeof(b));
	return b;
}

static void
busy_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct busy *b = busy_of(p);
	struct view in = view_sub(v, (struct rect){0, view_h(v) / 2,
	    view_w(v), view_h(v) / 2});

	for (int y = 0; y < view_h(v) / 2; y++) {
		(void)view_putf(v, 0, y, STYLE_NORMAL,
		    "K-%04d  Zoë 漢字  changes with each key: %zu", y,
		    b->ed.at);
	}
	edit_draw(&b->ed, &in, STYLE_INPUT_FOCUS, focused);
}

static bool
busy_act(struct pane *p, const struct event *ev, struct app *app)
{
	(void)app;
	return edit_act(&busy_of(p)->ed, ev, NULL);
}

static void
busy_resize(struct pane *p, int w, int h)
{
	edit_resize(&busy_of(p)->ed, w, h / 2);
}

static void
busy_destroy(struct pane *p)
{
	edit_release(&busy_of(p)->ed);
	free(busy_of(p));
}

static const struct pane_ops busy_ops = {
	.name = "busy", .context = CONTEXT_EDITOR, .draw = busy_draw,
	.act = busy_act, .resize = busy_resize, .destroy = busy_destroy,
};

static struct pane *
busy_new(void)
{
	struct busy *b = xcalloc(1, sizeof(*b));
	struct str text;
	struct err e;

	b->base.ops = &busy_ops;
	if (edit_init(&b->ed, EDIT_TEXT, 0, &e) != RC_OK)
		exit(1);
	str_init(&text);
	while (text.len < TEXT_BYTES)
		str_add(&text, "Some words of an invented note that wrap.  ");
	edit_set(&b->ed, text.s);
	str_release(&text);
	return &b->base;
}

static int
run_app(void)
{
	static const int weights[3] = {1, 1, 1};
	struct pane *panes[3] = {busy_new(), busy_new(), busy_new()};
	struct app_opts o = {.clock = clock_system()};
	struct term_opts to = {THEME_DEFAULT, false};
	struct term t;
	struct app *app;
	struct err e;

	if (term_curses(&to, &t, &e) != RC_OK)
		return 1;
	app = app_new(&o, t);
	app_push(app, group_new("bench", panes, weights, 3));
	if (loop_run(app, &e) != RC_OK)
		return 1;
	app_free(app);
	return 0;
}

static int64_t
now_us(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* Reads until nothing came for quiet ms; returns when the last byte came. */
static int64_t
drain(int fd, int quiet)
{
	struct pollfd p = {fd, POLLIN, 0};
	char buf[65536];
	int64_t last = now_us();

	while (poll(&p, 1, quiet) > 0 && read(fd, buf, sizeof(buf)) > 0)
		last = now_us();
	return last;
}

static int
compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int
run_echo(void)
{
	struct termios t;
	char c;

	(void)tcgetattr(STDIN_FILENO, &t);
	cfmakeraw(&t);
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &t);
	while (read(STDIN_FILENO, &c, 1) == 1)
		if (write(STDOUT_FILENO, &c, 1) != 1)
			return 1;
	return 0;
}

struct result {
	double p50, p99, cpu;	/* ms */
};

/* Types KEYS keys to a child that runs fn on a terminal. */
static void
measure(int (*fn)(void), struct result *r)
{
	struct winsize ws = {43, 132, 0, 0};
	static int64_t took[KEYS];
	struct rusage ru;
	int fd;
	pid_t pid = forkpty(&fd, NULL, NULL, &ws);

	if (pid < 0)
		exit(1);
	if (pid == 0)
		_exit(fn());
	(void)drain(fd, 500);
	for (int i = 0; i < KEYS; i++) {
		int64_t from = now_us();

		if (write(fd, i % 7 == 6 ? " " : "x", 1) != 1)
			exit(1);
		took[i] = drain(fd, 8) - from;
	}
	(void)close(fd);
	memset(&ru, 0, sizeof(ru));
	(void)wait4(pid, NULL, 0, &ru);
	qsort(took, KEYS, sizeof(took[0]), compare);
	r->p50 = (double)took[KEYS / 2] / 1000;
	r->p99 = (double)took[KEYS * 99 / 100] / 1000;
	r->cpu = ((double)(ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * 1e3 +
	    (double)(ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1e3) / KEYS;
}

int
main(void)
{
	struct result echo, app;

	(void)setenv("TERM", "xterm-256color", 1);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	measure(run_echo, &echo);
	measure(run_app, &app);
	(void)printf("paint: key to paint p50 %.2f ms, p99 %.2f ms (bare echo "
	    "%.2f and %.2f); %.2f ms of processor a key\n", app.p50, app.p99,
	    echo.p50, echo.p99, app.cpu);
	(void)printf("paint: p99 is %.2f of the %.0f ms allowed, the "
	    "processor's part %.2f\n", app.p99 * 1000 / GOAL_US,
	    GOAL_US / 1000.0, app.cpu * 1000 / GOAL_US);
	return 0;
}
