/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of joined children: three or more only when joined first.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/joinedwindow.h"
#include "core/utf8.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/joinedscreen_impl.h"
#include "tui/words.h"

#define WIDE_W 72
#define HEAD_H 8	/* from here on there is a heading */

static struct joinedscreen *
mut(struct pane *p)
{
	return (struct joinedscreen *)(void *)p;
}

static const struct joinedscreen *
of(const struct pane *p)
{
	return (const struct joinedscreen *)(const void *)p;
}

static void
told_moved(struct joinedscreen *j)
{
	if (j->o.moved != NULL)
		j->o.moved(j->o.ctx, &j->o.window, j->scroll.at);
}

/* ---- reading ---- */

static void
load(void *ctx, struct app *app)
{
	struct joinedscreen *j = ctx;
	const struct collation_source *src = &j->o.source;
	size_t from;

	joined_list_release(&j->list);
	collation_data_release(&j->data);
	err_clear(&j->fault);
	/* It is drawn while it reads. */
	from = j->scroll.at;
	scroll_count(&j->scroll, 0);
	if (collation_read(src, app, &j->o.window, &j->data,
	    &j->fault) == RC_OK)
		joined_list_init(&j->list, &j->data.facts, false);
	scroll_count(&j->scroll, j->list.n);
	scroll_to(&j->scroll, j->begin > 0 ? j->begin : from);
	j->begin = 0;
	j->loaded = true;
	told_moved(j);
}

void
joinedscreen_load(struct joinedscreen *j, struct app *app)
{
	collation_say_wait(app);
	app_later(app, load, j);
}

static void
enter(struct pane *p, struct app *app)
{
	joinedscreen_load(mut(p), app);
}

static void
window_chosen(void *ctx, struct app *app, const struct joined_window *w)
{
	struct joinedscreen *j = ctx;

	j->o.window = *w;
	app_say(app, "%s", "");
	joinedscreen_load(j, app);
}

/* ---- keys ---- */

static bool
act(struct pane *p, const struct event *ev, struct app *app)
{
	struct joinedscreen *j = mut(p);
	size_t from = j->scroll.at;

	switch (ev->act) {
	case ACT_OPEN:
		if (j->scroll.at < j->list.n)
			joinedchild_open(j, app, &j->list.list[j->scroll.at]);
		return true;
	case ACT_WINDOW:
		j->ask = (struct window_ask){.now = j->o.window,
		    .today = j->o.source.ops->today(j->o.source.ctx),
		    .ctx = j, .done = window_chosen};
		window_prompt(app, &j->ask);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		break;
	}
	if (!scroll_act(&j->scroll, ev->act))
		return false;
	if (j->scroll.at != from)
		told_moved(j);
	return true;
}

static bool
can(const struct pane *p, enum action a)
{
	if (a == ACT_OPEN)
		return of(p)->list.n > 0;
	return a != ACT_NEXT_PANE && a != ACT_SEARCH;
}

/* ---- drawing ---- */

void
joined_references(const struct collation_data *d, const uint32_t *cases,
    size_t n, struct str *out)
{
	for (size_t i = 0; i < n; i++)
		str_add_fmt(out, "%s%s", i > 0 ? ", " : "", cases[i] <
		    d->nreferences ? d->references[cases[i]] : "?");
}

/* Behind an agency's name, and only where all of them do not fit. */
static void
references_in(const struct collation_data *d, const uint32_t *cases,
    size_t n, int w, struct str *out)
{
	joined_references(d, cases, n, out);
	if (utf8_columns(out->s, out->len) <= w)
		return;
	str_clear(out);
	for (size_t i = 0; i < n; i++) {
		const char *ref = cases[i] < d->nreferences ?
		    d->references[cases[i]] : "?";
		const char *slash = strrchr(ref, '/');

		if (slash != NULL && slash[1] != '\0')
			ref = slash + 1;
		str_add_fmt(out, "%s%s%s", i > 0 ? ", " : "", n == 1 &&
		    slash != NULL ? "\xE2\x80\xA6/" : "", ref);
	}
}

void
joined_levels(const struct instrument *in, const struct joined_entry *r,
    struct str *out)
{
	str_add(out, level_short(in, r->lower->level));
	if (r->upper->level != r->lower->level)
		str_add_fmt(out, " to %s", level_short(in, r->upper->level));
}

static void
cell(struct str *out, const char *text, int w)
{
	size_t from = out->len;

	utf8_fit(out, text, strlen(text), w);
	str_add_fmt(out, "%*s", w - utf8_columns(out->s + from,
	    out->len - from) + 1, "");
}

static void
numbers(const struct joined_entry *r, struct str *out)
{
	const struct child_facts *c = r->lower;

	if (r->upper->indicators > c->indicators)
		str_add_fmt(out, "%2u to %-2u", c->indicators,
		    r->upper->indicators);
	else
		str_add_fmt(out, "%2u      ", c->indicators);
	str_add_fmt(out, " %5u %5u %5u  ", c->most_alone, c->corroborated,
	    c->agencies);
}

static enum style
row_style(const struct joinedscreen *j, const struct joined_entry *r)
{
	return r->group == JOINED_ONLY ? STYLE_HIGH : r->group == JOINED_COULD ?
	    STYLE_POTENTIAL : level_style(j->data.facts.in, r->lower->level) ==
	    STYLE_CALM ? STYLE_CALM : STYLE_NORMAL;
}

static void
draw_row(const struct joinedscreen *j, const struct view *v, int y,
    const struct joined_entry *r)
{
	struct str text, refs, levels;
	char day[DAY_TEXT_MAX] = "";
	int w = view_w(v) - 2, rest = w - 53;

	str_init(&text);
	str_init(&refs);
	str_init(&levels);
	references_in(&j->data, r->lower->rows, r->lower->n, view_w(v) <
	    WIDE_W ? view_w(v) - 8 : view_w(v) >= 100 ? rest - 14 : rest - 7,
	    &refs);
	joined_levels(j->data.facts.in, r, &levels);
	if (r->lower->latest != DAY_NONE)
		day_format(r->lower->latest, day);
	str_add(&text, r->group == JOINED_ONLY ? "!! " : r->group == JOINED_COULD ? "!  " :
	    "   ");
	if (view_w(v) >= WIDE_W) {
		numbers(r, &text);
		cell(&text, levels.s, view_w(v) >= 100 ? 24 : 17);
		cell(&text, refs.s, view_w(v) >= 100 ? rest - 14 : rest - 7);
		str_add(&text, day);
	} else {
		str_add_fmt(&text, "%2u ", r->lower->indicators);
		str_add(&text, refs.s);
	}
	view_fit(v, 2, y, row_style(j, r), text.s);
	str_release(&text);
	str_release(&refs);
	str_release(&levels);
}

void
joined_counted(const struct joined_list *l, struct str *out)
{
	size_t lower = l->in[JOINED_ONLY], upper = 0;

	for (size_t i = 0; i < l->upper.n; i++)
		upper += l->upper.list[i].only_joined;
	if (lower == upper)
		str_add_fmt(out, "%zu", lower);
	else
		str_add_fmt(out, "%zu to %zu", lower < upper ? lower : upper,
		    lower < upper ? upper : lower);
	str_add_fmt(out, " of %zu child%s", l->children_lower,
	    l->children_lower == 1 ? "" : "ren");
}

static int
head_rows(int h)
{
	return h >= HEAD_H ? 3 : 0;
}

static void
draw_head(const struct joinedscreen *j, const struct view *v)
{
	struct str words;

	str_init(&words);
	str_add(&words, "Three or more only when joined: ");
	joined_counted(&j->list, &words);
	view_fit(v, 0, 0, STYLE_TITLE, words.s);
	str_clear(&words);
	joined_window_words(&j->o.window, &words);
	if (j->data.pairs > 0)
		str_add_fmt(&words, "; %zu pair%s for a person", j->data.pairs,
		    j->data.pairs == 1 ? " waits" : "s wait");
	if (j->data.divided > 0)
		str_add(&words, "; not every pair was compared");
	if (j->data.facts.restricted > 0)
		str_add_fmt(&words, "; %zu restricted not counted",
		    j->data.facts.restricted);
	view_fit(v, 0, 1, STYLE_DIM, words.s);
	view_fit(v, 0, 2, STYLE_LABEL, view_w(v) >= WIDE_W ?
	    "     Distinct Alone  Both   Ag.  Level           "
	    "  Cases" : "     Distinct, cases");
	if (view_w(v) >= WIDE_W)
		view_fit(v, view_w(v) - 10, 2, STYLE_LABEL, "Latest");
	str_release(&words);
}

static void
draw_nothing(const struct joinedscreen *j, const struct view *v)
{
	if (j->fault.rc != RC_OK)
		(void)view_wrap(v, 0, STYLE_ERROR, j->fault.text);
	else if (j->loaded)
		(void)view_wrap(v, 0, STYLE_NORMAL, "No case has an indicator "
		    "present in these days. f chooses others.");
}

static void
draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct joinedscreen *j = of(p);
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	int top = head_rows(view_h(v));
	struct view body = view_sub(v, (struct rect){0, top, view_w(v),
	    view_h(v) - top});

	if (top > 0 && j->loaded && j->fault.rc == RC_OK)
		draw_head(j, v);
	if (j->list.n == 0)
		draw_nothing(j, &body);
	for (int y = 0; scroll_shows(&j->scroll, y); y++) {
		size_t i = j->scroll.top + (size_t)y;

		draw_row(j, &body, y, &j->list.list[i]);
		if (i == j->scroll.at)
			scroll_mark(&body, y, on, focused);
	}
}

static void
resize(struct pane *p, int w, int h)
{
	(void)w;
	h -= head_rows(h);
	scroll_resize(&mut(p)->scroll, h > 0 ? h : 0);
}

static void
status(const struct pane *p, struct status *st)
{
	const struct joinedscreen *j = of(p);

	(void)snprintf(st->place, sizeof(st->place), "Joined");
	st->counted = true;
	st->n = j->list.n > 0 ? j->scroll.at + 1 : 0;
	st->m = j->list.n;
}

static void
destroy(struct pane *p)
{
	struct joinedscreen *j = mut(p);

	joined_list_release(&j->list);
	collation_data_release(&j->data);
	free(j);
}

static const struct pane_ops ops = {
	.name = "joined", .context = CONTEXT_JOINED, .topic = "joined",
	.draw = draw, .act = act, .resize = resize, .destroy = destroy,
	.can = can, .status = status, .enter = enter,
};

struct pane *
joinedscreen_new(const struct joined_opts *o)
{
	struct joinedscreen *j = xcalloc(1, sizeof(*j));

	j->base.ops = &ops;
	j->o = *o;
	j->begin = o->at;
	collation_data_init(&j->data);
	scroll_init(&j->scroll, 0);
	return &j->base;
}
