/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/lookscreen.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/words.h"

#define WHEN_W 16	/* "2026-11-22 14:05" */
#define WHO_W 20
#define WHAT_W 24	/* "Opened a restricted case" */
#define CASE_W 12
#define WHY_W 15	/* at least */

/* A row as the source told it; texts owned. */
struct looked {
	struct look_row r;
	char *who, *reference, *words, *reason;
};

struct lookscreen {
	struct pane base;
	struct lookscreen_opts o;
	struct case_id id;
	char *name;		/* owned */
	struct looked *rows;	/* those from `first` on */
	size_t nrows, caprows, first;
	struct scroll scroll;
	struct err fault;
	int w, h;
};

static const struct lookscreen *
looks_of(const struct pane *p)
{
	return (const struct lookscreen *)(const void *)p;
}

static struct lookscreen *
looks_mut(struct pane *p)
{
	return (struct lookscreen *)(void *)p;
}

static const struct looked *
row_at(const struct lookscreen *ls, size_t i)
{
	return i >= ls->first && i - ls->first < ls->nrows ?
	    &ls->rows[i - ls->first] : NULL;
}

/* ---- reading ---- */

static void
wipe(char *text)
{
	sodium_memzero(text, strlen(text));
	free(text);
}

static void
forget(struct lookscreen *ls)
{
	while (ls->nrows > 0) {
		struct looked *l = &ls->rows[--ls->nrows];

		wipe(l->who);
		wipe(l->reference);
		wipe(l->words);
		wipe(l->reason);
	}
}

static char *
copy(const char *text)
{
	return xstrdup(text != NULL ? text : "");
}

static bool
add_row(const struct look_row *r, void *ctx)
{
	struct lookscreen *ls = ctx;
	struct looked *l;

	ls->rows = vec_room(ls->rows, ls->nrows, &ls->caprows,
	    sizeof(*ls->rows));
	l = &ls->rows[ls->nrows++];
	l->r = *r;
	l->r.who = l->who = copy(r->who);
	l->r.reference = l->reference = copy(r->reference);
	l->r.words = l->words = copy(r->words);
	l->r.reason = l->reason = copy(r->reason);
	return true;
}

static struct look_query
query_of(const struct lookscreen *ls)
{
	return (struct look_query){
		.case_id = ls->o.view == LOOKS_OF_CASE ? &ls->id : NULL,
		.person = ls->o.view == LOOKS_OF_PERSON ? ls->name : NULL,
		.flagged = ls->o.view == LOOKS_FLAGGED,
		.since = INT64_MIN
	};
}

static void
fetch(struct lookscreen *ls)
{
	struct look_query q = query_of(ls);
	struct look_sink to = {add_row, ls};
	size_t h = ls->scroll.height > 0 ? (size_t)ls->scroll.height : 1;

	forget(ls);
	ls->first = ls->scroll.top > h ? ls->scroll.top - h : 0;
	q.offset = ls->first;
	q.limit = 3 * h;
	if (ls->scroll.n > 0 && ls->o.source.rows(ls->o.source.ctx, &q, &to,
	    &ls->fault) != RC_OK)
		scroll_count(&ls->scroll, 0);
}

/* After a move: reads only if a visible row is not there. */
static void
fetch_missing(struct lookscreen *ls)
{
	size_t end = ls->scroll.top + (ls->scroll.height > 0 ?
	    (size_t)ls->scroll.height : 0);

	if (end > ls->scroll.n)
		end = ls->scroll.n;
	if (ls->fault.rc == RC_OK && (ls->scroll.top < ls->first ||
	    end > ls->first + ls->nrows))
		fetch(ls);
}

static void
load(struct lookscreen *ls)
{
	struct look_query q = query_of(ls);
	size_t n = 0;

	err_clear(&ls->fault);
	if (ls->o.source.count(ls->o.source.ctx, &q, &n, &ls->fault) != RC_OK)
		n = 0;
	scroll_count(&ls->scroll, n);
	fetch(ls);
}

/* ---- drawing ---- */

static int
top_rows(const struct lookscreen *ls)
{
	return ls->h >= 8 ? 2 : 1;
}

static int
foot_rows(const struct lookscreen *ls)
{
	return ls->h >= 20 ? 4 : ls->h >= 8 ? 3 : 0;
}

/* "2026-11-22 14:05", local time. */
static void
when_words(int64_t at, char out[SPAN_WORDS_MAX])
{
	char day[DAY_TEXT_MAX], words[SPAN_WORDS_MAX];
	size_t n;

	day_format(moment_day(at), day);
	moment_words(at, words);
	n = strlen(words);
	(void)snprintf(out, SPAN_WORDS_MAX, "%s %s", day,
	    n >= 5 ? words + n - 5 : "");
}

enum column { COL_WHEN, COL_WHO, COL_WHAT, COL_CASE, COL_WHY, COLUMNS };

static const struct {
	const char *head;
	int w;
} columns[COLUMNS] = {
	[COL_WHEN] = {"When", WHEN_W},
	[COL_WHO] = {"Who", WHO_W},
	[COL_WHAT] = {"What", WHAT_W},
	[COL_CASE] = {"Case", CASE_W},
	[COL_WHY] = {"Words or reason", WHY_W}
};

/* What is the same in every row is in the title, not in a column. */
static bool
is_asked(enum look_view view, enum column col)
{
	return !(view == LOOKS_OF_PERSON && col == COL_WHO) &&
	    !(view == LOOKS_OF_CASE && col == COL_CASE);
}

/* Where each column begins and ends; both 0 where it is left out. */
struct layout {
	int x[COLUMNS], end[COLUMNS];
};

static struct layout
layout_of(const struct lookscreen *ls, int w)
{
	struct layout l = {{0}, {0}};
	enum column last = COL_WHEN;
	int x = 2;

	for (int i = 0; i < COLUMNS; i++) {
		enum column col = (enum column)i;

		if (!is_asked(ls->o.view, col))
			continue;
		if (x + columns[col].w > w)
			break;
		l.x[col] = x;
		l.end[col] = x + columns[col].w;
		x = l.end[col] + 1;
		last = col;
	}
	if (l.end[last] > 0)
		l.end[last] = w;
	return l;
}

static void
cell(const struct view *v, int y, const struct layout *l, enum column col,
    enum style s, const char *text)
{
	struct view in;

	if (l->end[col] == 0)
		return;
	in = view_sub(v, (struct rect){l->x[col], y, l->end[col] - l->x[col],
	    1});
	(void)view_fit(&in, 0, 0, s, text);
}

static bool
is_flagged(const struct look_row *r)
{
	return r->what == LOOK_BREAK_GLASS || r->what == LOOK_FAILED_UNLOCK;
}

static const char *
why_words(const struct look_row *r)
{
	return *r->reason != '\0' ? r->reason : r->words;
}

static void
draw_row(const struct view *v, int y, const struct layout *l,
    const struct look_row *r)
{
	enum style s = is_flagged(r) ? STYLE_WARNING : STYLE_NORMAL;
	/* Where there is no column for the words, they stand for the case. */
	bool words = l->end[COL_WHY] == 0 && *r->reference == '\0';
	char when[SPAN_WORDS_MAX];

	when_words(r->at, when);
	cell(v, y, l, COL_WHEN, s, when);
	cell(v, y, l, COL_WHO, s, r->who);
	cell(v, y, l, COL_WHAT, s, look_label(r->what));
	cell(v, y, l, COL_CASE, s, words ? r->words : r->reference);
	cell(v, y, l, COL_WHY, s, why_words(r));
}

static void
draw_head(const struct view *v, int y, const struct layout *l)
{
	for (int i = 0; i < COLUMNS; i++)
		cell(v, y, l, (enum column)i, STYLE_HEADING,
		    columns[i].head);
}

static void
title_words(const struct lookscreen *ls, struct str *out)
{
	switch (ls->o.view) {
	case LOOKS_OF_CASE:
		str_add_fmt(out, "Who looked at %s, newest first", ls->name);
		break;
	case LOOKS_OF_PERSON:
		str_add_fmt(out, "What %s opened, newest first", ls->name);
		break;
	case LOOKS_FLAGGED:
	default:
		str_add(out, "Restricted cases opened with a reason, and "
		    "passphrases that failed");
		break;
	}
}

static const char *
nothing_words(const struct lookscreen *ls)
{
	if (ls->fault.rc != RC_OK)
		return ls->fault.text;
	return ls->o.view == LOOKS_FLAGGED ?
	    "Nothing is flagged: no restricted case was opened with a reason, "
	    "and no passphrase failed." : "Nobody has looked yet.";
}

/* All of the selected row. */
static void
row_words(const struct look_row *r, struct str *out)
{
	char when[SPAN_WORDS_MAX];

	moment_words(r->at, when);
	str_add_fmt(out, "%s, %s: %s", when, r->who, look_label(r->what));
	if (*r->reference != '\0')
		str_add_fmt(out, " %s", r->reference);
	if (*r->words != '\0')
		str_add_fmt(out, r->what == LOOK_SEARCH ? " for \"%s\"" :
		    ": %s", r->words);
	if (r->count > 0)
		str_add_fmt(out, " (%llu)", (unsigned long long)r->count);
	str_add(out, ".");
	if (*r->reason != '\0')
		str_add_fmt(out, " Reason: %s", r->reason);
}

static void
draw_foot(const struct lookscreen *ls, const struct view *v)
{
	const struct looked *l = row_at(ls, ls->scroll.at);
	struct str words;

	if (l == NULL || view_h(v) == 0)
		return;
	str_init(&words);
	row_words(&l->r, &words);
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	(void)view_wrap(v, 1, STYLE_LABEL, words.s);
	str_release(&words);
}

static void
draw_rows(const struct lookscreen *ls, const struct view *v, bool focused)
{
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	struct layout where = layout_of(ls, view_w(v));

	for (int y = 0; scroll_shows(&ls->scroll, y); y++) {
		size_t i = ls->scroll.top + (size_t)y;
		const struct looked *l = row_at(ls, i);

		if (l != NULL)
			draw_row(v, y, &where, &l->r);
		if (i == ls->scroll.at)
			scroll_mark(v, y, on, focused);
	}
}

static void
looks_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct lookscreen *ls = looks_of(p);
	int w = view_w(v), h = view_h(v), top = top_rows(ls);
	int foot = foot_rows(ls);
	struct layout where = layout_of(ls, w);
	struct view body = view_sub(v, (struct rect){0, top, w,
	    h - top - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, w, foot});
	struct str words;

	str_init(&words);
	title_words(ls, &words);
	if (top > 1)
		(void)view_fit(v, 0, 0, STYLE_TITLE, words.s);
	if (ls->scroll.n > 0) {
		draw_head(v, top - 1, &where);
		draw_rows(ls, &body, focused);
		draw_foot(ls, &under);
	} else {
		str_clear(&words);
		sentence(&words, nothing_words(ls));
		(void)view_wrap(v, top, ls->fault.rc != RC_OK ? STYLE_ERROR :
		    STYLE_NORMAL, words.s);
	}
	str_release(&words);
}

/* ---- acting ---- */

static bool
open_row(struct lookscreen *ls, struct app *app)
{
	const struct looked *l = row_at(ls, ls->scroll.at);

	if (ls->o.open == NULL || l == NULL)
		return true;
	if (!l->r.has_case || l->r.reference[0] == '\0')
		app_say(app, "There is no case in this row to open.");
	else
		ls->o.open(ls->o.ctx, app, &l->r.case_id);
	return true;
}

static bool
looks_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct lookscreen *ls = looks_mut(p);

	if (ev->act == ACT_OPEN)
		return open_row(ls, app);
	if (ev->act == ACT_CANCEL) {
		app_pop(app);
		return true;
	}
	if (!scroll_act(&ls->scroll, ev->act))
		return false;
	fetch_missing(ls);
	return true;
}

static bool
looks_can(const struct pane *p, enum action a)
{
	const struct lookscreen *ls = looks_of(p);

	if (a == ACT_OPEN)
		return ls->o.open != NULL && ls->scroll.n > 0;
	return a != ACT_SIGN && a != ACT_UNDO && a != ACT_NEXT_PANE &&
	    a != ACT_SEARCH;
}

static void
looks_resize(struct pane *p, int w, int h)
{
	struct lookscreen *ls = looks_mut(p);

	ls->w = w;
	ls->h = h;
	h -= top_rows(ls) + foot_rows(ls);
	scroll_resize(&ls->scroll, h > 0 ? h : 0);
	fetch_missing(ls);
}

static void
looks_status(const struct pane *p, struct status *st)
{
	const struct lookscreen *ls = looks_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Who looked");
	st->counted = true;
	st->n = ls->scroll.n > 0 ? ls->scroll.at + 1 : 0;
	st->m = ls->scroll.n;
}

static void
looks_enter(struct pane *p, struct app *app)
{
	(void)app;
	load(looks_mut(p));
}

static void
looks_destroy(struct pane *p)
{
	struct lookscreen *ls = looks_mut(p);

	forget(ls);
	free(ls->rows);
	wipe(ls->name);
	free(ls);
}

static const struct pane_ops looks_ops = {
	.name = "who looked",
	.context = CONTEXT_LOOKS,
	.topic = "watching",
	.draw = looks_draw,
	.act = looks_act,
	.resize = looks_resize,
	.destroy = looks_destroy,
	.can = looks_can,
	.status = looks_status,
	.enter = looks_enter,
};

struct pane *
lookscreen_new(const struct lookscreen_opts *o)
{
	struct lookscreen *ls = xcalloc(1, sizeof(*ls));

	ls->base.ops = &looks_ops;
	ls->o = *o;
	ls->name = copy(o->name);
	if (o->case_id != NULL)
		ls->id = *o->case_id;
	ls->o.name = NULL;
	ls->o.case_id = NULL;
	scroll_init(&ls->scroll, 0);
	return &ls->base;
}
