/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the review queue looks.
 */
#include "config.h"

#include <string.h>

#include "core/date.h"
#include "core/utf8.h"
#include "tui/queuescreen_impl.h"
#include "tui/words.h"

#define BESIDE_W 120	/* from here on the case stands below the list */
#define BESIDE_H 30
#define LEVEL_W 11
#define LEVEL_WIDE_W 19
#define CASE_W 10
#define NAME_W 13
#define NAME_WIDE_W 24
#define DUE_W 12
#define SINCE_W 7
#define WHY_W 16	/* at least */
#define NARROW_W 60	/* below it the columns are the fewest */
#define DAY_MS INT64_C(86400000)

bool
queue_has_beside(const struct queuescreen *qs)
{
	return qs->w >= BESIDE_W && qs->h >= BESIDE_H;
}

int
queue_top_rows(const struct queuescreen *qs)
{
	return qs->h >= 8 ? 3 : qs->h >= 4 ? 2 : qs->h >= 2 ? 1 : 0;
}

static int
foot_rows(const struct queuescreen *qs)
{
	return qs->h >= 20 ? 5 : qs->h >= 12 ? 4 : qs->h >= 7 ? 3 : 0;
}

int
queue_list_rows(const struct queuescreen *qs)
{
	int rows = qs->h - queue_top_rows(qs);

	if (queue_has_beside(qs))
		return qs->h / 4;
	rows -= foot_rows(qs);
	return rows > 0 ? rows : 0;
}

/* Where the columns begin; 0 for one that is left out. */
struct columns {
	int case_, name, why, due, since;
};

static struct columns
columns_of(int w)
{
	struct columns c = {0, 0, 0, 0, 0};
	bool wide = w >= BESIDE_W;
	int name = wide ? NAME_WIDE_W : NAME_W;
	int x = 2 + (wide ? LEVEL_WIDE_W : LEVEL_W) + 1;

	c.case_ = x;
	x += CASE_W + 1;
	if (w >= x + name + 1 + WHY_W + 1 + DUE_W + 1 + SINCE_W) {
		c.name = x;
		x += name + 1;
	}
	c.why = x;
	if (w >= x + WHY_W + 1 + DUE_W + 1 + SINCE_W) {
		c.since = w - SINCE_W;
		c.due = c.since - 1 - DUE_W;
	}
	return c;
}

static void
cell(const struct view *v, int y, int from, int to, enum style s,
    const char *text)
{
	struct view in = view_sub(v, (struct rect){from, y, to - from, 1});

	if (from > 0 && to > from)
		(void)view_fit(&in, 0, 0, s, text);
}

struct cells {
	const char *level, *case_, *name, *why, *due, *since;
	enum style level_style, why_style, due_style, rest;
};

static void
draw_cells(const struct view *v, int y, const struct cells *t)
{
	int w = view_w(v);
	struct columns c = columns_of(w);

	cell(v, y, 2, c.case_ - 1, t->level_style, t->level);
	cell(v, y, c.case_, (c.name > 0 ? c.name : c.why) - 1, t->rest,
	    t->case_);
	cell(v, y, c.name, c.why - 1, t->rest, t->name);
	cell(v, y, c.why, c.due > 0 ? c.due - 1 : w, t->why_style, t->why);
	cell(v, y, c.due, c.since - 1, t->due_style, t->due);
	cell(v, y, c.since, w, t->rest, t->since);
}

/* ---- words ---- */

void
queue_why_all(unsigned why, struct str *out)
{
	size_t from = out->len;

	for (size_t i = 0; i < QUEUE_WHYS; i++)
		if ((why & (1U << i)) != 0)
			str_add_fmt(out, "%s%s", out->len > from ? ", " : "",
			    queue_why_words((enum queue_why)(1U << i)));
}

/* Nothing newer waits than the second look. */
static bool
is_blind(const struct queue_row *r)
{
	return (r->why & QUEUE_SECOND) != 0 && (r->why & (QUEUE_LOWERING |
	    QUEUE_FLAG | QUEUE_LEVEL | QUEUE_RETURNED)) == 0;
}

/* Given back to who looks at it: no other person can go on. */
static bool
is_mine_to_answer(const struct queue_row *r)
{
	return r->own && (r->why & QUEUE_RETURNED) != 0;
}

/* A second look begins from what the rules say, not from the first. */
static unsigned
level_shown(const struct queue_row *r)
{
	return is_blind(r) ? r->rules : r->level;
}

/*
 * Where the whole words have no room; that it is overdue stands in a column
 * of its own.
 */
static void
why_short(unsigned why, struct str *out)
{
	static const char *const words[QUEUE_WHYS] = {
		"asks to lower", "referral level", "flagged", "given back",
		"overdue", "conflict", "second look"
	};
	size_t from = out->len;

	if (why != QUEUE_OVERDUE)
		why &= ~(unsigned)QUEUE_OVERDUE;
	for (size_t i = 0; i < QUEUE_WHYS; i++)
		if ((why & (1U << i)) != 0)
			str_add_fmt(out, "%s%s", out->len > from ? ", " : "",
			    words[i]);
}

static void
why_words(const struct queueline *l, int room, struct str *out)
{
	bool wide = room > 30;

	if (l->decided != NULL)
		str_add_fmt(out, "%s %s", style_mark(STYLE_PENDING),
		    l->decided);
	else if (is_mine_to_answer(&l->r))
		str_add(out, wide ? "yours: given back, answer it" :
		    "yours: answer it");
	else if (l->r.own)
		str_add(out, wide ? "yours: somebody else decides" :
		    "yours: others decide");
	else
		queue_why_all(l->r.why, out);
	if (l->decided == NULL && !l->r.own &&
	    utf8_columns(out->s, out->len) > room) {
		str_clear(out);
		why_short(l->r.why, out);
	}
}

static enum style
why_style(const struct queueline *l)
{
	return l->decided != NULL ? STYLE_PENDING : l->r.own ? STYLE_DIM :
	    STYLE_NORMAL;
}

/* "9 d", "today"; whole days. */
static void
since_words(int64_t since, int64_t now, struct str *out)
{
	if (since == INT64_MAX)
		return;
	if (now - since < DAY_MS)
		str_add(out, moment_day(since) == moment_day(now) ? "today" :
		    "1 d");
	else
		str_add_fmt(out, "%lld d", (long long)((now - since) /
		    DAY_MS));
}

/* ---- the list ---- */

static void
draw_row(const struct queuescreen *qs, const struct view *v, int y,
    const struct queueline *l)
{
	const struct instrument *in =
	    qs->o.source.instrument(qs->o.source.ctx);
	struct cells t = {.case_ = l->reference, .name = l->name};
	struct str level, why, due, since;
	struct columns c;

	if (l->r.restricted) {
		cell(v, y, 2, view_w(v), STYLE_DIM, "Something waits in a "
		    "restricted case");
		return;
	}
	str_init(&level);
	str_init(&why);
	str_init(&due);
	str_init(&since);
	t.level_style = level_style(in, level_shown(&l->r));
	str_add_fmt(&level, "%s %s", style_mark(t.level_style),
	    level_short(in, level_shown(&l->r)));
	c = columns_of(view_w(v));
	why_words(l, (c.due > 0 ? c.due - 1 : view_w(v)) - c.why, &why);
	soon_words(&due, l->r.due, qs->now);
	since_words(l->r.since, qs->now, &since);
	t.rest = l->r.own ? STYLE_DIM : STYLE_NORMAL;
	t.why_style = why_style(l);
	t.due_style = l->r.own ? STYLE_DIM : soon_style(l->r.due, qs->now);
	if (l->r.own)
		t.level_style = STYLE_DIM;
	t.level = level.s;
	t.why = why.s;
	t.due = due.s;
	t.since = since.s;
	draw_cells(v, y, &t);
	str_release(&level);
	str_release(&why);
	str_release(&due);
	str_release(&since);
}

static void
draw_list(const struct queuescreen *qs, const struct view *v, bool focused)
{
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;

	for (int y = 0; scroll_shows(&qs->scroll, y); y++) {
		size_t i = qs->scroll.top + (size_t)y;
		const struct queueline *l = queue_row_at(qs, i);

		if (l != NULL)
			draw_row(qs, v, y, l);
		if (i == qs->scroll.at)
			scroll_mark(v, y, on, focused);
	}
}

/* ---- what stands below it ---- */

static void
row_words(const struct queuescreen *qs, const struct queueline *l,
    struct str *out)
{
	const struct queue_row *r = &l->r;
	char when[SPAN_WORDS_MAX];

	if (r->restricted) {
		str_add(out, "A case that is restricted to others. Enter "
		    "says whom to ask.");
		return;
	}
	str_add_fmt(out, "%s%s%s: ", r->reference, *r->name != '\0' ? " " :
	    "", r->name);
	queue_why_all(r->why, out);
	if (is_mine_to_answer(r))
		str_add(out, ". It is your work: the questions stand first "
		    "in the case, Enter opens it, and you answer them");
	else if (r->own)
		str_add(out, ". It is your work: somebody else decides");
	if (r->due != INT64_MAX) {
		str_add_fmt(out, ". Due: %s%s", r->due_why,
		    *r->due_why != '\0' ? ", " : "");
		soon_words(out, r->due, qs->now);
	}
	if (r->since != INT64_MAX) {
		moment_words(r->since, when);
		str_add_fmt(out, ". Waits since %s", when);
	}
	if (!r->own)
		str_add_fmt(out, "; the work of %s",
		    qs->o.source.person(qs->o.source.ctx, &r->whose));
	str_add(out, ".");
	if (l->decided != NULL)
		str_add_fmt(out, " Your decision, not signed yet: %s.",
		    l->decided);
	else if (is_blind(r))
		str_add(out, " A second look: what was decided first is "
		    "shown once you have signed yours.");
}

static void
draw_foot(const struct queuescreen *qs, const struct view *v)
{
	const struct queueline *l = queue_row_at(qs, qs->scroll.at);
	struct str words;

	if (view_h(v) < 2 || l == NULL)
		return;
	str_init(&words);
	row_words(qs, l, &words);
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	(void)view_wrap(v, 1, STYLE_LABEL, words.s);
	str_release(&words);
}

static void
draw_beside(const struct queuescreen *qs, const struct view *v)
{
	struct view in = view_sub(v, (struct rect){0, 1, view_w(v),
	    view_h(v) - 1});

	if (qs->beside == NULL && qs->beside_fault.rc == RC_OK) {
		draw_foot(qs, v);
		return;
	}
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	if (qs->beside != NULL)
		pane_draw(qs->beside, &in, false);
	else
		(void)view_wrap(&in, 0, STYLE_ERROR, qs->beside_fault.text);
}

/* ---- the whole ---- */

static const char *
plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void
title_words(const struct queuescreen *qs, int w, struct str *out)
{
	size_t n = qs->counts.all;

	if (queue_is_narrowed(qs))
		str_add_fmt(out, "Review queue, only %s%s(Esc shows all)",
		    qs->why != 0 ? qs->narrow.s : "", qs->why != 0 ? "" :
		    "with your own work ");
	else if (w < NARROW_W)
		str_add_fmt(out, "Review: %zu of %zu cases", n,
		    qs->counts.looked);
	else
		str_add_fmt(out, "Review queue: %zu of %zu case%s wait%s for "
		    "a second person", n, qs->counts.looked,
		    plural(qs->counts.looked), n == 1 ? "s" : "");
	if (qs->decisions > 0)
		str_add_fmt(out, w < NARROW_W ? "; %zu decided" :
		    "; %zu decided, not signed", qs->decisions);
}

static const char *
order_words(int w)
{
	return w >= 110 ? "The highest level first; among equals what is "
	    "overdue longest, then what is due next, then what has waited "
	    "longest." : w >= NARROW_W ? "Highest level first; then overdue "
	    "longest, due next, waiting longest." :
	    "By level, overdue, due, age.";
}

static void
draw_top(const struct queuescreen *qs, const struct view *v)
{
	static const struct cells heads = {"Level", "Case", "Name", "Why",
	    "Due", "Waits", STYLE_HEADING, STYLE_HEADING, STYLE_HEADING,
	    STYLE_HEADING};
	int rows = queue_top_rows(qs);
	struct str words;

	str_init(&words);
	title_words(qs, view_w(v), &words);
	if (rows > 0)
		(void)view_fit(v, 0, 0, STYLE_TITLE, words.s);
	if (rows > 1)
		(void)view_fit(v, 0, 1, STYLE_HINT, order_words(view_w(v)));
	if (rows > 2)
		draw_cells(v, 2, &heads);
	str_release(&words);
}

/* Says what was looked at; an empty queue is no news of the children. */
static void
nothing_words(const struct queuescreen *qs, struct str *out)
{
	const struct queue_counts *n = &qs->counts;

	if (qs->fault.rc != RC_OK) {
		sentence(out, qs->fault.text);
		return;
	}
	if (queue_is_narrowed(qs)) {
		str_add_fmt(out, "Nothing of that waits for review among "
		    "%zu case%s. Esc shows all that waits, f asks for "
		    "something else.", n->looked, plural(n->looked));
		return;
	}
	str_add_fmt(out, "Nothing waits for review among %zu case%s. It "
	    "says nothing about how the children are: only that nobody "
	    "asks for a second person's look.", n->looked,
	    plural(n->looked));
	if (n->own > 0)
		str_add_fmt(out, " %zu %s your own work, which somebody else "
		    "decides on, or which was given back to you: o shows %s.",
		    n->own, n->own == 1 ? "is" : "are", n->own == 1 ? "it" :
		    "them");
	if (n->restricted > 0)
		str_add_fmt(out, " %zu restricted case%s not looked at for "
		    "you.", n->restricted, n->restricted == 1 ? " was" :
		    "s were");
}

static void
draw_nothing(const struct queuescreen *qs, const struct view *v)
{
	struct str words;
	int top = qs->counts.all > 0 || queue_is_narrowed(qs) ? 1 : 0;

	str_init(&words);
	nothing_words(qs, &words);
	(void)view_wrap(v, view_h(v) > 2 ? top : 0, qs->fault.rc != RC_OK ?
	    STYLE_ERROR : STYLE_NORMAL, words.s);
	str_clear(&words);
	title_words(qs, view_w(v), &words);
	if (top > 0 && view_h(v) > 2)
		(void)view_fit(v, 0, 0, STYLE_TITLE, words.s);
	str_release(&words);
}

void
queue_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct queuescreen *qs =
	    (const struct queuescreen *)(const void *)p;
	int w = view_w(v), h = view_h(v);
	int top = queue_top_rows(qs), list = queue_list_rows(qs);
	struct view body = view_sub(v, (struct rect){0, top, w, list});
	struct view under = view_sub(v, (struct rect){0, top + list, w,
	    h - top - list});

	if (qs->scroll.n == 0) {
		draw_nothing(qs, v);
		return;
	}
	draw_top(qs, v);
	draw_list(qs, &body, focused);
	if (queue_has_beside(qs))
		draw_beside(qs, &under);
	else
		draw_foot(qs, &under);
}
