/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/pty/pty.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "tests/pty/pty_impl.h"

static void
dump(struct pty *p, struct str *out)
{
	int x, y;
	bool on;

	pty_cursor(p, &x, &y, &on);
	if (on)
		str_add_fmt(out, "%dx%d cursor %d,%d\n", p->w, p->h, x, y);
	else
		str_add_fmt(out, "%dx%d no cursor\n", p->w, p->h);
	pty_add_screen(p, false, out);
	str_add(out, "----\n");
	pty_add_screen(p, true, out);
}

static char *
golden_path(const struct pty *p, const char *name)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	struct str path;

	str_init(&path);
	str_add_fmt(&path, "%s/tests/pty/%s.%dx%d.txt",
	    src != NULL ? src : ".", name, p->w, p->h);
	return str_take(&path);
}

static void
read_all(const char *path, struct str *out)
{
	FILE *f = fopen(path, "r");
	char buf[4096];
	size_t n;

	while (f != NULL && (n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_add_n(out, buf, n);
	if (f != NULL)
		(void)fclose(f);
}

static void
rewrite(struct pty *p, const char *path)
{
	FILE *f;
	struct str got;

	pty_settle(p);
	str_init(&got);
	dump(p, &got);
	f = fopen(path, "w");
	assert_non_null(f);
	(void)fputs(got.s, f);
	assert_int_equal(fclose(f), 0);
	str_release(&got);
}

static void
print_diff(const char *want, const char *got)
{
	for (int no = 1; *want != '\0' || *got != '\0'; no++) {
		size_t nw = strcspn(want, "\n"), ng = strcspn(got, "\n");

		if (nw != ng || memcmp(want, got, nw) != 0)
			print_error("%4d - %.*s\n%4d + %.*s\n", no, (int)nw,
			    want, no, (int)ng, got);
		want += nw + (want[nw] == '\n');
		got += ng + (got[ng] == '\n');
	}
}

/* True when the screen of the program at rest is as want says. */
static bool
is_as(struct pty *p, const struct str *want, struct str *got)
{
	if (!pty_rests(p))
		return false;
	str_clear(got);
	dump(p, got);
	return strcmp(want->s, got->s) == 0;
}

void
pty_golden(struct pty *p, const char *name)
{
	const char *update = getenv("UPDATE_GOLDEN");
	char *path = golden_path(p, name);
	int64_t until = pty_ticks() + LIMIT_MS;
	struct str want, got;

	if (update != NULL && update[0] == '1')
		rewrite(p, path);
	str_init(&want);
	str_init(&got);
	read_all(path, &want);
	while (!is_as(p, &want, &got)) {
		if (p->closed || pty_ticks() > until) {
			print_diff(want.s, got.s);
			(void)kill(p->pid, SIGKILL);
			fail_msg("%s differs; UPDATE_GOLDEN=1 rewrites it",
			    path);
		}
		(void)pty_take_output(p, STEP_MS);
	}
	str_release(&want);
	str_release(&got);
	free(path);
}
