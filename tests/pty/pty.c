/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/pty/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/str.h"
#include "core/utf8.h"
#include "core/xalloc.h"
#include "tests/pty/pty_impl.h"
#include "tui/keys.h"

#define QUIET_MS 200	/* only while goldens are rewritten */

int64_t
pty_ticks(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int
on_property(VTermProp prop, VTermValue *val, void *user)
{
	struct pty *p = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		p->cursor_on = val->boolean != 0;
	else if (prop == VTERM_PROP_ALTSCREEN)
		p->alternate = val->boolean != 0;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.settermprop = on_property,
};

static void
child(const struct pty *p, const struct pty_opts *o)
{
	const char *term = o->term != NULL ? o->term : "xterm-256color";

	(void)unsetenv("LINES");
	(void)unsetenv("COLUMNS");
	(void)unsetenv("NO_COLOR");
	rest_hand_over(&p->rest);
	(void)setenv("LC_ALL", o->locale != NULL ? o->locale : "C.UTF-8", 1);
	if (term[0] != '\0')
		(void)setenv("TERM", term, 1);
	else
		(void)unsetenv("TERM");
	for (const char *const *e = o->env; e != NULL && *e != NULL; e++)
		(void)putenv(xstrdup(*e));
	(void)execv(o->argv[0], (char *const *)(uintptr_t)o->argv);
	_exit(127);
}

struct pty *
pty_start(const struct pty_opts *o)
{
	struct pty *p = xcalloc(1, sizeof(*p));
	struct winsize ws = {0, 0, 0, 0};

	p->w = o->w > 0 ? o->w : 80;
	p->h = o->h > 0 ? o->h : 24;
	ws.ws_col = (unsigned short)p->w;
	ws.ws_row = (unsigned short)p->h;
	str_init(&p->sent);
	p->vt = vterm_new(p->h, p->w);
	vterm_set_utf8(p->vt, 1);
	p->screen = vterm_obtain_screen(p->vt);
	p->cursor_on = true;
	vterm_screen_set_callbacks(p->screen, &callbacks, p);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_reset(p->screen, 1);
	rest_init(&p->rest);
	p->pid = forkpty(&p->fd, p->rest.terminal, NULL, &ws);
	if (p->pid < 0)
		fail_msg("no pseudo-terminal: %s", strerror(errno));
	if (p->pid == 0)
		child(p, o);
	(void)fcntl(p->fd, F_SETFL, O_NONBLOCK);
	return p;
}

/* What the emulator answers or types goes to the program. */
static void
flush_keys(struct pty *p)
{
	char buf[256];
	size_t n;

	while ((n = vterm_output_read(p->vt, buf, sizeof(buf))) > 0)
		pty_send(p, buf, n);
}

bool
pty_take_output(struct pty *p, int ms)
{
	struct pollfd fd = {p->fd, POLLIN, 0};
	char buf[4096];
	ssize_t n;

	if (p->closed || poll(&fd, 1, ms) <= 0)
		return false;
	n = read(p->fd, buf, sizeof(buf));
	if (n <= 0) {
		p->closed = n == 0 || errno == EIO;
		return false;
	}
	str_add_n(&p->sent, buf, (size_t)n);
	(void)vterm_input_write(p->vt, buf, (size_t)n);
	flush_keys(p);
	return true;
}

bool
pty_rests(struct pty *p)
{
	bool rests = p->closed || rest_reached(&p->rest, p->pid);

	/* Written before it came to rest, or before its end. */
	while (pty_take_output(p, 0))
		continue;
	return rests || p->closed;
}

static void
give_up(struct pty *p, const char *why, const char *what)
{
	struct str rows;

	str_init(&rows);
	pty_add_screen(p, false, &rows);
	(void)kill(p->pid, SIGKILL);
	fail_msg("%s \"%s\"%s; the screen is\n%s", why, what,
	    p->closed ? " (the program has ended)" : "", rows.s);
}

/* Whatever was asked of it is done when this returns. */
static void
wait_for_rest(struct pty *p)
{
	int64_t until = pty_ticks() + LIMIT_MS;

	while (!pty_rests(p)) {
		if (pty_ticks() > until)
			give_up(p, "it does not come to rest", "");
		(void)pty_take_output(p, STEP_MS);
	}
}

void
pty_send(struct pty *p, const char *bytes, size_t n)
{
	int64_t until = pty_ticks() + LIMIT_MS;

	while (n > 0) {
		ssize_t k = write(p->fd, bytes, n);

		if (k > 0) {
			bytes += k;
			n -= (size_t)k;
		} else if (k < 0 && errno == EAGAIN) {
			(void)pty_take_output(p, STEP_MS);
		} else {
			return;
		}
		if (pty_ticks() > until)
			give_up(p, "it does not read", bytes);
	}
}

static VTermKey
vterm_key_of(keycode k)
{
	static const VTermKey map[] = {
		[KC_UP - KC_UP] = VTERM_KEY_UP,
		[KC_DOWN - KC_UP] = VTERM_KEY_DOWN,
		[KC_LEFT - KC_UP] = VTERM_KEY_LEFT,
		[KC_RIGHT - KC_UP] = VTERM_KEY_RIGHT,
		[KC_HOME - KC_UP] = VTERM_KEY_HOME,
		[KC_END - KC_UP] = VTERM_KEY_END,
		[KC_PGUP - KC_UP] = VTERM_KEY_PAGEUP,
		[KC_PGDN - KC_UP] = VTERM_KEY_PAGEDOWN,
		[KC_INSERT - KC_UP] = VTERM_KEY_INS,
		[KC_DELETE - KC_UP] = VTERM_KEY_DEL,
	};

	if (k > KC_F0 && k <= KC_F12)
		return (VTermKey)VTERM_KEY_FUNCTION((int)(k - KC_F0));
	if (k >= KC_UP && k <= KC_DELETE)
		return map[k - KC_UP];
	return VTERM_KEY_NONE;
}

static void
one_key(struct pty *p, keycode k)
{
	VTermModifier mod = VTERM_MOD_NONE;
	char text[5];

	if (k & KC_MOD_META)
		pty_send(p, "\033", 1);
	if (k & KC_MOD_CTRL)
		mod = VTERM_MOD_CTRL;
	k &= ~(keycode)(KC_MOD_META | KC_MOD_CTRL);
	if (k == KC_BACKTAB)
		pty_send(p, "\033[Z", 3);
	else if (vterm_key_of(k) != VTERM_KEY_NONE)
		vterm_keyboard_key(p->vt, vterm_key_of(k), mod);
	else
		pty_send(p, text, key_text(k, text));
	flush_keys(p);
}

static size_t
type_quoted(struct pty *p, const char *s)
{
	size_t n = strcspn(s, "'");

	pty_send(p, s, n);
	return s[n] == '\'' ? n + 1 : n;
}

void
pty_keys(struct pty *p, const char *keys)
{
	while (*(keys += strspn(keys, " ")) != '\0') {
		size_t n = strcspn(keys, " ");
		keycode k;

		if (*keys == '\'' && keys[1] != '\0') {
			keys += 1 + type_quoted(p, keys + 1);
			continue;
		}
		k = key_from_name(keys, n);
		if (k == KC_NONE)
			fail_msg("no key is called %.*s", (int)n, keys);
		one_key(p, k);
		keys += n;
		/* A key right behind it would be a part of it. */
		if (k == KC_ESC)
			wait_for_rest(p);
	}
	wait_for_rest(p);
}

void
pty_paste(struct pty *p, const char *text)
{
	pty_send(p, "\033[200~", 6);
	pty_send(p, text, strlen(text));
	pty_send(p, "\033[201~", 6);
	wait_for_rest(p);
}

void
pty_resize(struct pty *p, int w, int h)
{
	struct winsize ws = {0, 0, 0, 0};

	wait_for_rest(p);
	if (w != p->w || h != p->h)
		rest_expect_wake(&p->rest);
	p->w = w;
	p->h = h;
	ws.ws_col = (unsigned short)w;
	ws.ws_row = (unsigned short)h;
	vterm_set_size(p->vt, h, w);
	assert_int_equal(ioctl(p->fd, TIOCSWINSZ, &ws), 0);
}

void
pty_signal(struct pty *p, int sig)
{
	if (sig == SIGCONT)
		rest_expect_wake(&p->rest);
	assert_int_equal(kill(p->pid, sig), 0);
}

static void
add_cell_text(const VTermScreenCell *c, struct str *out)
{
	char text[5];

	if (c->chars[0] == 0)
		str_add_char(out, ' ');
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && c->chars[i] != 0; i++)
		str_add_n(out, text, key_text(c->chars[i], text));
}

static char
attr_letter(const VTermScreenCell *c)
{
	if (c->attrs.reverse)
		return c->attrs.bold ? 'B' : c->attrs.underline ? 'U' : 'r';
	return c->attrs.bold ? 'b' : c->attrs.underline ? 'u' : '.';
}

/* The clock is the machine's: no golden can hold it. */
static void
mask_clock(struct str *out, size_t row)
{
	static const char shape[] = " 00:00";
	size_t n = strlen(shape);
	char *at = out->s + out->len - n;

	if (out->len < row + n)
		return;
	for (size_t i = 0; i < n; i++)
		if (shape[i] == '0' ? at[i] < '0' || at[i] > '9' :
		    at[i] != shape[i])
			return;
	str_splice(out, out->len - n, n, " hh:mm", n);
}

static void
add_row(const struct pty *p, int y, bool attrs, struct str *out)
{
	size_t row = out->len, keep = row;

	for (int x = 0; x < p->w;) {
		VTermScreenCell c;
		VTermPos pos = {y, x};
		size_t from = out->len;

		memset(&c, 0, sizeof(c));
		(void)vterm_screen_get_cell(p->screen, pos, &c);
		for (int i = 0; attrs && i < c.width; i++)
			str_add_char(out, attr_letter(&c));
		if (!attrs)
			add_cell_text(&c, out);
		if (out->s[from] != (attrs ? '.' : ' '))
			keep = out->len;
		x += c.width > 0 ? c.width : 1;
	}
	str_splice(out, keep, out->len - keep, "", 0);
	mask_clock(out, row);
	str_add_char(out, '\n');
}

void
pty_add_screen(const struct pty *p, bool attrs, struct str *out)
{
	for (int y = 0; y < p->h; y++)
		add_row(p, y, attrs, out);
}

void
pty_cursor(struct pty *p, int *x, int *y, bool *on)
{
	VTermPos pos = {0, 0};

	vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &pos);
	*x = pos.col;
	*y = pos.row;
	*on = p->cursor_on;
}

bool
pty_on_alternate(const struct pty *p)
{
	return p->alternate;
}

const char *
pty_bytes(const struct pty *p, size_t *n)
{
	*n = p->sent.len;
	return p->sent.s;
}

bool
pty_sent(const struct pty *p, const char *bytes, size_t n)
{
	return memmem(p->sent.s, p->sent.len, bytes, n) != NULL;
}

char *
pty_text(const struct pty *p)
{
	struct str rows;

	str_init(&rows);
	pty_add_screen(p, false, &rows);
	return str_take(&rows);
}

static bool
screen_holds(const struct pty *p, const char *text)
{
	struct str rows;
	bool holds;

	str_init(&rows);
	pty_add_screen(p, false, &rows);
	holds = strstr(rows.s, text) != NULL;
	str_release(&rows);
	return holds;
}

/* Until a look at the program at rest is of use again. */
static void
wait_on(struct pty *p, int64_t until, const char *why, const char *what)
{
	if (p->closed || pty_ticks() > until)
		give_up(p, why, what);
	(void)pty_take_output(p, STEP_MS);
}

static void
wait_text(struct pty *p, const char *text, bool there)
{
	int64_t until = pty_ticks() + LIMIT_MS;

	while (!pty_rests(p) || screen_holds(p, text) != there)
		wait_on(p, until, there ? "the screen never held" :
		    "the screen still holds", text);
}

void
pty_wait(struct pty *p, const char *text)
{
	wait_text(p, text, true);
}

bool
pty_shows(const struct pty *p, const char *text)
{
	return screen_holds(p, text);
}

void
pty_wait_either(struct pty *p, const char *a, const char *b)
{
	int64_t until = pty_ticks() + LIMIT_MS;

	while (!pty_rests(p) || (!screen_holds(p, a) && !screen_holds(p, b)))
		wait_on(p, until, "the screen never held either", a);
}

void
pty_wait_gone(struct pty *p, const char *text)
{
	wait_text(p, text, false);
}

void
pty_wait_end(struct pty *p)
{
	int64_t until = pty_ticks() + LIMIT_MS;

	while (!p->closed) {
		(void)pty_take_output(p, 100);
		if (pty_ticks() > until)
			give_up(p, "it does not end", "");
	}
}

void
pty_wait_stopped(struct pty *p)
{
	int64_t until = pty_ticks() + LIMIT_MS;
	int status = 0;

	while (waitpid(p->pid, &status, WNOHANG | WUNTRACED) != p->pid) {
		(void)pty_take_output(p, 10);
		if (pty_ticks() > until)
			give_up(p, "it does not stop", "");
	}
	while (pty_take_output(p, 0))
		continue;
	assert_true(WIFSTOPPED(status));
}

int
pty_end_status(struct pty *p)
{
	int status = 0;

	pty_wait_end(p);
	assert_int_equal(waitpid(p->pid, &status, 0), p->pid);
	(void)close(p->fd);
	rest_release(&p->rest);
	vterm_free(p->vt);
	str_release(&p->sent);
	free(p);
	return status;
}

int
pty_end(struct pty *p)
{
	int status = pty_end_status(p);

	return WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status);
}

void
pty_settle(struct pty *p)
{
	wait_for_rest(p);
	while (pty_take_output(p, QUIET_MS))
		continue;
}
