/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/logscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/lines.h"
#include "tui/textpane.h"
#include "tui/words.h"

#define TITLE_W 30
#define KIND_W 24
#define WIDE_W 60

struct logscreen {
	struct pane base;
	struct log_source source;
	char *file;		/* owned */
	struct training_log log;	/* sorted: the earliest first */
	struct err fault;
	struct lines lines;
	int w, h;
};

static struct logscreen *
screen_mut(struct pane *p)
{
	return (struct logscreen *)(void *)p;
}

static const struct logscreen *
screen_of(const struct pane *p)
{
	return (const struct logscreen *)(const void *)p;
}

/* The latest comes first on the screen. */
static const struct training_line *
line_at(const struct logscreen *s, size_t row)
{
	return row < s->log.n ? &s->log.lines[s->log.n - 1 - row] : NULL;
}

static int
year_of(const struct training_line *l)
{
	int32_t day = span_is_none(&l->on) ? moment_day(l->at) :
	    l->on.first;

	return day_to_civil(day).year;
}

/* ---- what is shown ---- */

static void
cell(struct str *out, const char *text, int w)
{
	size_t from = out->len;
	int n;

	utf8_fit(out, text, strlen(text), w);
	n = utf8_columns(out->s + from, out->len - from);
	str_add_fmt(out, "%*s", w - n + 1, "");
}

static void
add_year(struct logscreen *s, size_t row)
{
	const struct training_line *l = line_at(s, row);
	int year = l != NULL ? year_of(l) : 0;
	struct line_look look = {.indent = 0, .style = STYLE_HEADING};
	struct str words;
	uint64_t minutes = 0;
	size_t n = 0;

	for (; l != NULL && year_of(l) == year; l = line_at(s, ++row)) {
		minutes += l->minutes;
		n++;
	}
	str_init(&words);
	minutes_words(minutes, &words);
	lines_free_text(&s->lines);
	lines_addf(&s->lines, &look, "%d: %zu entr%s, %s", year, n,
	    n == 1 ? "y" : "ies", words.s);
	str_release(&words);
}

static void
add_line(struct logscreen *s, const struct training_line *l)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL,
	    .cut = true};
	struct span on = span_is_none(&l->on) ?
	    span_of_day(moment_day(l->at)) : l->on;
	char day[SPAN_TEXT_MAX];
	struct str text;
	int w = s->w - 3;

	span_format(&on, day);
	str_init(&text);
	cell(&text, day, 10);
	if (s->w >= WIDE_W) {
		cell(&text, l->title, w - 11 - KIND_W - 10);
		cell(&text, l->label, KIND_W);
		str_add_fmt(&text, "%4llu min",
		    (unsigned long long)l->minutes);
	} else {
		str_add(&text, l->title);
	}
	(void)lines_row(&s->lines);
	lines_add(&s->lines, &look, text.s);
	str_release(&text);
}

static void
fill(struct logscreen *s)
{
	lines_clear(&s->lines);
	for (size_t i = 0; i < s->log.n; i++) {
		if (i == 0 || year_of(line_at(s, i)) !=
		    year_of(line_at(s, i - 1)))
			add_year(s, i);
		add_line(s, line_at(s, i));
	}
	lines_done(&s->lines);
}

static int
foot_rows(const struct logscreen *s)
{
	return s->h >= 18 ? 6 : s->h >= 12 ? 4 : s->h >= 7 ? 2 : 0;
}

static void
load(struct logscreen *s)
{
	training_log_release(&s->log);
	training_log_init(&s->log);
	err_clear(&s->fault);
	if (s->source.ops->read(s->source.ctx, &s->log, &s->fault) != RC_OK)
		training_log_release(&s->log);
	training_log_sort(&s->log);
	fill(s);
}

/* ---- drawing ---- */

static void
export_words(const struct logscreen *s, struct str *out)
{
	str_add_fmt(out, "To hand it on, leave and type: hearken train log "
	    "%s --format csv", s->file);
}

static void
draw_foot(const struct logscreen *s, const struct view *v)
{
	const struct training_line *l = line_at(s, s->lines.row);
	struct str words;
	int y = 1;

	if (l == NULL || view_h(v) < 2)
		return;
	str_init(&words);
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	if (view_h(v) >= 4 && *l->reflection != '\0') {
		struct view in = view_sub(v, (struct rect){0, 1, view_w(v),
		    view_h(v) - 3});

		(void)view_wrap(&in, 0, STYLE_NORMAL, l->reflection);
		y = view_h(v) - 2;
	}
	export_words(s, &words);
	(void)view_wrap(v, y, STYLE_LABEL, words.s);
	str_release(&words);
}

static void
draw_nothing(const struct logscreen *s, const struct view *v)
{
	struct str words;

	str_init(&words);
	if (s->fault.rc != RC_OK)
		sentence(&words, s->fault.text);
	else
		str_add(&words, "Your training log is empty. a adds what you "
		    "did, when, how long it took and what you take from it.");
	(void)view_wrap(v, 0, s->fault.rc != RC_OK ? STYLE_ERROR :
	    STYLE_NORMAL, words.s);
	str_release(&words);
}

static void
screen_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct logscreen *s = screen_of(p);
	int w = view_w(v), h = view_h(v), foot = foot_rows(s);
	struct view body = view_sub(v, (struct rect){0, 0, w, h - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, w, foot});

	if (s->log.n == 0)
		draw_nothing(s, v);
	else
		lines_draw(&s->lines, &body, focused);
	draw_foot(s, &under);
}

/* ---- one of them, whole ---- */

struct reading {
	char *title, *when, *kind, *reflection;
};

static void
reading_fill(void *ctx, struct lines *out)
{
	const struct reading *r = ctx;

	lines_free_text(out);
	lines_plain(out, STYLE_TITLE, r->title);
	lines_plain(out, STYLE_LABEL, r->when);
	lines_plain(out, STYLE_LABEL, r->kind);
	lines_blank(out);
	lines_plain(out, STYLE_NORMAL, r->reflection);
}

static bool
reading_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	(void)ctx;
	(void)self;
	if (ev->act != ACT_CANCEL && ev->act != ACT_OPEN)
		return false;
	app_pop(app);
	return true;
}

static bool
reading_can(const void *ctx, enum action a)
{
	(void)ctx;
	return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

static void
reading_free(void *ctx)
{
	struct reading *r = ctx;

	free(r->title);
	free(r->when);
	free(r->kind);
	free(r->reflection);
	free(r);
}

static void
read_line(struct app *app, const struct training_line *l)
{
	struct reading *r = xcalloc(1, sizeof(*r));
	struct textpane_opts o = {
		.name = "log", .topic = "training-log",
		.context = CONTEXT_MOVE, .ctx = r, .fill = reading_fill,
		.act = reading_act, .can = reading_can,
		.destroy = reading_free,
	};
	char day[SPAN_WORDS_MAX];
	struct span on = span_is_none(&l->on) ?
	    span_of_day(moment_day(l->at)) : l->on;
	struct str words;

	span_words(&on, day);
	str_init(&words);
	str_add_fmt(&words, "%s, ", l->label);
	minutes_words(l->minutes, &words);
	r->title = xstrdup(l->title);
	r->when = xstrdup(day);
	r->kind = str_take(&words);
	r->reflection = xstrdup(*l->reflection != '\0' ? l->reflection :
	    "Nothing is written about what you take from it.");
	str_release(&words);
	app_push(app, textpane_new(&o));
}

/* ---- the pane ---- */

static void
add(struct logscreen *s, struct app *app)
{
	if (s->source.ops->may_add(s->source.ctx))
		logform_open(app, &s->source, NULL);
	else
		app_warn(app, "Your role writes nothing here: ask whoever "
		    "looks after the store for another.");
}

static bool
screen_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct logscreen *s = screen_mut(p);
	const struct training_line *l = line_at(s, s->lines.row);

	switch (ev->act) {
	case ACT_LOG_ADD:
		add(s, app);
		return true;
	case ACT_OPEN:
		if (l != NULL)
			read_line(app, l);
		else
			app_say(app, "There is nothing here to read; a adds "
			    "an entry.");
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return lines_act(&s->lines, ev->act);
	}
}

static bool
screen_can(const struct pane *p, enum action a)
{
	const struct logscreen *s = screen_of(p);

	if (a == ACT_OPEN)
		return s->log.n > 0;
	if (a == ACT_LOG_ADD)
		return s->source.ops->may_add(s->source.ctx);
	return a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

static void
screen_resize(struct pane *p, int w, int h)
{
	struct logscreen *s = screen_mut(p);

	s->w = w;
	s->h = h;
	h -= foot_rows(s);
	lines_resize(&s->lines, w, h > 0 ? h : 0);
	fill(s);
}

static void
screen_status(const struct pane *p, struct status *st)
{
	const struct logscreen *s = screen_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Training log");
	st->counted = s->log.n > 0;
	st->n = s->lines.row + 1;
	st->m = s->log.n;
}

static void
screen_enter(struct pane *p, struct app *app)
{
	(void)app;
	load(screen_mut(p));
}

static void
screen_destroy(struct pane *p)
{
	struct logscreen *s = screen_mut(p);

	training_log_release(&s->log);
	lines_release(&s->lines);
	free(s->file);
	free(s);
}

static const struct pane_ops log_ops = {
	.name = "training log",
	.context = CONTEXT_TRAINLOG,
	.topic = "training-log",
	.draw = screen_draw,
	.act = screen_act,
	.resize = screen_resize,
	.destroy = screen_destroy,
	.can = screen_can,
	.status = screen_status,
	.enter = screen_enter,
};

struct pane *
logscreen_new(const struct logscreen_opts *o)
{
	struct logscreen *s = xcalloc(1, sizeof(*s));

	s->base.ops = &log_ops;
	s->source = o->source;
	s->file = xstrdup(o->file);
	training_log_init(&s->log);
	lines_init(&s->lines);
	return &s->base;
}
