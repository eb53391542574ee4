/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The picture of the window: body, message, prompt, status line, hint bar.
 */
#include "config.h"

#include "tui/app_impl.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/utf8.h"

#define HINTS_MAX 48
#define SEGMENTS_MAX 12
#define GAP 2		/* columns between two parts of a line */

struct window {
	struct rect body, message, prompt, status, hints;
};

enum context
app_context(const struct app *app)
{
	if (app->prompt.open)
		return CONTEXT_PROMPT;
	return app->nscreens > 0 ? pane_context(app_top(app)) :
	    CONTEXT_GLOBAL;
}

static bool
too_small(const struct app *app)
{
	return app->w < LAYOUT_MIN_W || app->h < LAYOUT_MIN_H;
}

static int
message_rows(const struct app *app)
{
	int rows = app->message.len > 0 ?
	    wrap_rows(app->message.s, app->w) : 0;

	return rows > app->h / 2 ? app->h / 2 : rows;
}

/* Message and prompt cover the end of the body, which keeps its size. */
static void
divide(const struct app *app, struct window *win)
{
	struct rect all = {0, 0, app->w, app->h}, r[3];
	static const struct layout_part rows[3] = {
		{0, 1, 1}, {1, 0, 0}, {1, 0, 0}
	};
	int message = message_rows(app);
	int prompt = app->prompt.open ? 1 : 0;

	layout_solve(all, LAYOUT_ROWS, rows, 3, r);
	win->body = r[0];
	win->status = r[1];
	win->hints = r[2];
	win->prompt = (struct rect){0, r[1].y - prompt, app->w, prompt};
	win->message = (struct rect){0, win->prompt.y - message, app->w,
	    message};
}

void
app_arrange(struct app *app)
{
	struct window win;

	app->dirty = true;
	if (too_small(app))
		return;
	divide(app, &win);
	for (size_t i = 0; i < app->nscreens; i++)
		pane_resize(app->screens[i], win.body.w, win.body.h);
	prompt_resize(app);
}

struct segment {
	char text[STATUS_TEXT_MAX + 32];
	enum style style;
	int rank;	/* the highest leaves first when room is short */
};

struct segments {
	struct segment s[SEGMENTS_MAX];
	size_t n;
};

static void PRINTF_LIKE(4, 5)
add_segment(struct segments *ss, enum style style, int rank, const char *fmt,
    ...)
{
	struct segment *s = &ss->s[ss->n];
	va_list ap;

	if (ss->n == SEGMENTS_MAX)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(s->text, sizeof(s->text), fmt, ap);
	va_end(ap);
	if (s->text[0] == '\0')
		return;
	s->style = style;
	s->rank = rank;
	ss->n++;
}

static void
collect_segments(const struct status *st, struct segments *ss)
{
	if (st->closed)
		add_segment(ss, STYLE_STATUS, 0, " Hearken ");
	else if (st->training)
		add_segment(ss, STYLE_TRAINING, 0, " TRAINING ");
	else
		add_segment(ss, STYLE_LIVE, 0, " LIVE ");
	if (st->alarm[0] != '\0')
		add_segment(ss, STYLE_ERROR, 0, " %s ", st->alarm);
	if (st->filter[0] != '\0')
		add_segment(ss, STYLE_STATUS, 1, "Filter: %s", st->filter);
	if (st->counted)
		add_segment(ss, STYLE_STATUS, 4, "%zu of %zu", st->n, st->m);
	if (st->unsigned_ > 0)
		add_segment(ss, STYLE_PENDING, 2, "%zu unsigned",
		    st->unsigned_);
	if (st->conflicts > 0)
		add_segment(ss, STYLE_CONFLICT, 3, "%zu conflict%s",
		    st->conflicts, st->conflicts == 1 ? "" : "s");
	add_segment(ss, STYLE_STATUS, 5, "%s", st->place);
	add_segment(ss, STYLE_STATUS, 6, "%s", st->user);
	add_segment(ss, STYLE_STATUS, 7, "%s", st->role);
}

static int
shown_columns(const char *text)
{
	struct str out;
	int n;

	str_init(&out);
	utf8_visible(&out, text, strlen(text), false);
	n = utf8_columns(out.s, out.len);
	str_release(&out);
	return n;
}

/* Drops segments until the rest fits; the first to go has the highest rank. */
static void
fit_segments(struct segments *ss, int room)
{
	while (ss->n > 1) {
		size_t worst = 0;
		int sum = 0;

		for (size_t i = 0; i < ss->n; i++) {
			sum += shown_columns(ss->s[i].text) + GAP;
			if (ss->s[i].rank > ss->s[worst].rank)
				worst = i;
		}
		if (sum <= room || ss->s[worst].rank <= 1)
			return;
		memmove(&ss->s[worst], &ss->s[worst + 1],
		    (ss->n - worst - 1) * sizeof(ss->s[0]));
		ss->n--;
	}
}

static void
draw_clock(const struct app *app, const struct view *v)
{
	time_t t = (time_t)(clock_now(app->opts.clock) / 1000);
	struct tm tm;

	if (localtime_r(&t, &tm) != NULL)
		view_putf(v, view_w(v) - 6, 0, STYLE_STATUS, "%02d:%02d ",
		    tm.tm_hour, tm.tm_min);
}

static void
draw_status(const struct app *app, const struct view *v,
    const struct status *st)
{
	struct segments ss = {.n = 0};
	struct view left;
	int x = 0;

	view_fill(v, (struct rect){0, 0, view_w(v), 1}, STYLE_STATUS);
	if (v->buf->doubled)
		view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	collect_segments(st, &ss);
	fit_segments(&ss, view_w(v) - 7);
	left = view_sub(v, (struct rect){0, 0, view_w(v) - 7, 1});
	for (size_t i = 0; i < ss.n; i++)
		x += view_fit(&left, x, 0, ss.s[i].style, ss.s[i].text) + GAP;
	draw_clock(app, v);
}

struct can {
	const struct app *app;
	const struct status *st;
};

static bool
can_act(const void *ctx, enum action a)
{
	const struct can *c = ctx;

	if (a == ACT_CANCEL)
		return context_info(app_context(c->app))->typed;
	if (c->app->prompt.open && a == ACT_COMPLETE)
		return c->app->prompt.p.complete != NULL;
	if (c->app->prompt.open)
		return a != ACT_SIGN && a != ACT_UNDO && a != ACT_BACK &&
		    a != ACT_COMMAND;
	if (a == ACT_SIGN || a == ACT_UNDO)
		return c->st->unsigned_ > 0;
	return c->app->nscreens == 0 || pane_can(app_top(c->app), a);
}

static int
put_hint(const struct view *v, int x, const struct hint *h)
{
	char name[KEY_NAME_MAX];
	int from = x;

	key_label(h->key, name);
	x += view_put(v, x, 0, STYLE_KEY, name) + 1;
	x += view_put(v, x, 0, STYLE_HINT, h->label);
	return x - from;
}

static int
hint_columns(const struct hint *h)
{
	char name[KEY_NAME_MAX];

	key_label(h->key, name);
	return shown_columns(name) + 1 + shown_columns(h->label);
}

/* $ commits in a session, F2 signs in some forms: the screen on top knows. */
static void
use_words(const struct app *app, struct hint *hints, size_t n)
{
	const struct pane *top = app->nscreens > 0 ? app_top(app) : NULL;

	if (top == NULL || top->ops->word == NULL || app->prompt.open)
		return;
	for (size_t i = 0; i < n; i++) {
		const char *word = top->ops->word(top, hints[i].act);

		if (word != NULL)
			hints[i].label = word;
	}
}

/* Help always has its place at the right; the others as far as they fit. */
static void
draw_hints(const struct app *app, const struct view *v,
    const struct status *st)
{
	struct hint hints[HINTS_MAX];
	struct can can = {app, st};
	size_t n = keys_hints(app_context(app), can_act, &can, hints,
	    HINTS_MAX);
	int room = view_w(v), x = 0;

	use_words(app, hints, n);
	for (size_t i = 0; i < n; i++) {
		if (hints[i].act != ACT_HELP)
			continue;
		room -= hint_columns(&hints[i]);
		(void)put_hint(v, room, &hints[i]);
		room -= GAP;
	}
	for (size_t i = 0; i < n; i++) {
		if (hints[i].act == ACT_HELP ||
		    x + hint_columns(&hints[i]) > room)
			continue;
		x += put_hint(v, x, &hints[i]) + GAP;
	}
}

static void
draw_message(const struct app *app, const struct view *v)
{
	view_fill(v, (struct rect){0, 0, view_w(v), view_h(v)},
	    STYLE_NORMAL);
	view_wrap(v, 0, app->message_style, app->message.s);
}

/*
 * A form or help above a case is still in that case: what is unsigned there
 * is said by the case.  What the lowest screen counts is its own alone.
 */
void
app_status(const struct app *app, struct status *st)
{
	if (app->opts.status != NULL)
		app->opts.status(app->opts.ctx, st);
	for (size_t i = app->nscreens > 1 ? 1 : 0; i < app->nscreens; i++)
		pane_status(app->screens[i], st);
}

static void
draw_window(const struct app *app, const struct view *v)
{
	struct window win;
	struct status st;
	struct view part;

	memset(&st, 0, sizeof(st));
	app_status(app, &st);
	v->buf->doubled = st.training && !st.closed;
	divide(app, &win);
	part = view_sub(v, win.body);
	if (app->nscreens > 0)
		pane_draw(app_top(app), &part, !app->prompt.open);
	part = view_sub(v, win.message);
	draw_message(app, &part);
	part = view_sub(v, win.status);
	draw_status(app, &part, &st);
	part = view_sub(v, win.hints);
	draw_hints(app, &part, &st);
	part = view_sub(v, win.prompt);
	prompt_draw(app, &part);
}

/* Neither what is open nor what the program is for can be read from it. */
static void
draw_blank(const struct view *v)
{
	view_wrap(v, view_h(v) / 2, STYLE_NORMAL, "Paused.  Press any key.");
	view_cursor(v, 0, 0);
}

void
app_draw(struct app *app)
{
	struct view v;
	int64_t wake;

	cellbuf_wipe(&app->back);
	v = view_of(&app->back);
	if (app->blanked)
		draw_blank(&v);
	else if (too_small(app))
		view_wrap(&v, 0, STYLE_NORMAL, "Window too small: at least "
		    "40 columns and 10 rows are needed.");
	else
		draw_window(app, &v);
	app->term.ops->paint(app->term.ctx, app->front_known ? &app->front :
	    NULL, &app->back);
	cellbuf_copy(&app->front, &app->back);
	app->front_known = true;
	app->dirty = false;
	wake = app->nscreens > 0 ? pane_wake(app_top(app)) : -1;
	app->wake_at = wake >= 0 ? clock_ticks(app->opts.clock) + wake : 0;
}
