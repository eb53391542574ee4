/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/replayscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/replay.h"
#include "core/screen.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/lines.h"
#include "tui/storylines.h"
#include "tui/words.h"

#define SIDE_W 100	/* from here on story and checklist are side by side */
#define TOP_ROWS 2

struct replayscreen {
	struct pane base;
	struct replayscreen_opts o;
	char *reference, *who;	/* owned */
	struct replay r;
	size_t at;
	struct lines story, list;	/* list: only side by side */
	int w, h;
};

static struct replayscreen *
screen_mut(struct pane *p)
{
	return (struct replayscreen *)(void *)p;
}

static const struct replayscreen *
screen_of(const struct pane *p)
{
	return (const struct replayscreen *)(const void *)p;
}

/* ---- what is shown ---- */

static const struct replay_step *
step(const struct replayscreen *s)
{
	return s->at < s->r.n ? &s->r.steps[s->at] : NULL;
}

static void
fill_happened(const struct replayscreen *s, struct lines *out)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL,
	    .lead = ">", .lead_style = STYLE_KEY};
	struct str words;
	char *rest, *line;

	str_init(&words);
	replay_words(&s->r, s->at, &words);
	rest = words.s;
	while ((line = strsep(&rest, "\n")) != NULL) {
		lines_add(out, &look, line);
		look.lead = NULL;
		look.style = STYLE_LABEL;
	}
	str_release(&words);
	lines_blank(out);
}

static void
fill_level(const struct replayscreen *s, const struct answers *a,
    struct lines *out)
{
	const struct instrument *in = s->o.w->in;
	struct line_look look = {.indent = 0};
	struct screening result;

	screen_judge(in, a, &result);
	look.style = level_style(in, result.level);
	lines_plain(out, STYLE_HEADING, "The rules said then");
	lines_addf(out, &look, "%s", screen_label(in, &result));
	look.style = STYLE_LABEL;
	if (result.could_be != result.level)
		lines_addf(out, &look, "It could be: %s",
		    screen_level_label(in, result.could_be));
	lines_addf(out, &look, "%u of %u not known", result.not_known,
	    result.listed);
	lines_blank(out);
}

static void
fill_item(const struct replayscreen *s, const struct answers *a,
    unsigned item, struct lines *out)
{
	const struct instrument *in = s->o.w->in;
	const struct replay_step *now = step(s);
	bool changed = now != NULL && now->sort == REPLAY_CHANGE &&
	    now->change->item == item;
	struct line_look look = {.indent = 4,
	    .lead = answer_sign(answers_get(a, item)),
	    .lead_style = answer_style(in, item, answers_get(a, item)),
	    .style = changed ? STYLE_MATCH : STYLE_NORMAL};

	lines_addf(out, &look, "%s %s%s", in->items[item].id,
	    in->items[item].label, changed ? "  <" : "");
}

static void
fill_checklist(const struct replayscreen *s, const struct answers *a,
    struct lines *out)
{
	const struct instrument *in = s->o.w->in;
	const struct replay_step *now = step(s);
	size_t shown = 0;

	lines_plain(out, STYLE_HEADING, "The checklist stood so");
	for (unsigned i = 0; i < in->nitems; i++) {
		enum answer state = answers_get(a, i);

		if (state <= ANSWER_NOT_KNOWN && !(now->sort ==
		    REPLAY_CHANGE && now->change->item == i))
			continue;
		fill_item(s, a, i, out);
		shown++;
	}
	if (shown == 0)
		lines_plain(out, STYLE_LABEL, "Nothing was answered yet.");
	lines_blank(out);
}

static void
fill(struct replayscreen *s)
{
	bool side = s->w >= SIDE_W;
	const struct replay_step *now = step(s);
	struct answers a;

	lines_clear(&s->story);
	lines_clear(&s->list);
	if (now == NULL)
		return;
	replay_answers(&s->r, s->at, &a);
	lines_free_text(&s->story);
	lines_free_text(&s->list);
	fill_happened(s, &s->story);
	fill_level(s, &a, side ? &s->list : &s->story);
	fill_checklist(s, &a, side ? &s->list : &s->story);
	story_fill(s->o.w, now->way, &s->story);
	lines_done(&s->story);
	lines_done(&s->list);
}

static void
arrange(struct replayscreen *s)
{
	bool side = s->w >= SIDE_W;
	int h = s->h > TOP_ROWS ? s->h - TOP_ROWS : 0;
	int left = side ? s->w * 3 / 5 : s->w;

	lines_resize(&s->story, left, h);
	lines_resize(&s->list, side ? s->w - left - 1 : 0, h);
	fill(s);
}

static void
show(struct replayscreen *s, size_t at)
{
	if (s->r.n == 0)
		return;
	s->at = at < s->r.n ? at : s->r.n - 1;
	s->story.top = s->list.top = 0;
	fill(s);
	if (s->o.moved != NULL)
		s->o.moved(s->o.ctx, s->at);
}

/* ---- drawing ---- */

static void
draw_top(const struct replayscreen *s, const struct view *v)
{
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "%s, %s", s->o.w->study->title, s->who);
	(void)view_fit(v, 0, 0, STYLE_TITLE, words.s);
	str_clear(&words);
	replay_place(&s->r, s->at, &words);
	(void)view_fit(v, 0, 1, STYLE_LABEL, words.s);
	str_release(&words);
}

static void
screen_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct replayscreen *s = screen_of(p);
	int w = view_w(v), h = view_h(v) - TOP_ROWS;
	int left = s->w >= SIDE_W ? s->w * 3 / 5 : w;
	struct view story = view_sub(v, (struct rect){0, TOP_ROWS, left, h});
	struct view list = view_sub(v, (struct rect){left + 1, TOP_ROWS,
	    w - left - 1, h});

	draw_top(s, v);
	lines_draw(&s->story, &story, false);
	if (left < w) {
		view_vline(v, left, TOP_ROWS, h, STYLE_BORDER);
		lines_draw(&s->list, &list, false);
	}
	if (focused)
		view_cursor(v, 0, 1);
}

/* ---- acting ---- */

/* The step at which the stage of this one, or the one before it, begins. */
static size_t
stage_before(const struct replayscreen *s)
{
	for (size_t i = s->at; i-- > 0;)
		if (s->r.steps[i].sort == REPLAY_STAGE)
			return i;
	return 0;
}

static size_t
stage_after(const struct replayscreen *s)
{
	for (size_t i = s->at + 1; i < s->r.n; i++)
		if (s->r.steps[i].sort == REPLAY_STAGE)
			return i;
	return s->r.n;
}

static void
scroll(struct replayscreen *s, enum action a)
{
	(void)lines_act(&s->story, a);
	(void)lines_act(&s->list, a);
}

static bool
screen_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct replayscreen *s = screen_mut(p);

	switch (ev->act) {
	case ACT_STEP:
		show(s, s->at + 1);
		return true;
	case ACT_STEP_BACK:
		show(s, s->at > 0 ? s->at - 1 : 0);
		return true;
	case ACT_STAGE_NEXT:
		show(s, stage_after(s));
		return true;
	case ACT_STAGE_BACK:
		show(s, stage_before(s));
		return true;
	case ACT_HOME:
		show(s, 0);
		return true;
	case ACT_END:
		show(s, s->r.n);
		return true;
	case ACT_UP:
	case ACT_DOWN:
		scroll(s, ev->act);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return false;
	}
}

static bool
screen_can(const struct pane *p, enum action a)
{
	const struct replayscreen *s = screen_of(p);

	if (a == ACT_STEP)
		return s->at + 1 < s->r.n;
	if (a == ACT_STEP_BACK)
		return s->at > 0;
	return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

static void
screen_resize(struct pane *p, int w, int h)
{
	struct replayscreen *s = screen_mut(p);

	s->w = w;
	s->h = h;
	arrange(s);
}

static void
screen_status(const struct pane *p, struct status *st)
{
	const struct replayscreen *s = screen_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Replay %s",
	    s->reference);
	st->counted = s->r.n > 0;
	st->n = s->at + 1;
	st->m = s->r.n;
}

static void
screen_enter(struct pane *p, struct app *app)
{
	struct replayscreen *s = screen_mut(p);

	(void)app;
	if (s->o.moved != NULL)
		s->o.moved(s->o.ctx, s->at);
}

static void
screen_destroy(struct pane *p)
{
	struct replayscreen *s = screen_mut(p);

	replay_release(&s->r);
	if (s->o.destroy != NULL)
		s->o.destroy(s->o.ctx);
	lines_release(&s->story);
	lines_release(&s->list);
	free(s->reference);
	free(s->who);
	free(s);
}

static const struct pane_ops replay_ops = {
	.name = "replay",
	.context = CONTEXT_REPLAY,
	.topic = "training-home",
	.draw = screen_draw,
	.act = screen_act,
	.resize = screen_resize,
	.destroy = screen_destroy,
	.can = screen_can,
	.status = screen_status,
	.enter = screen_enter,
};

struct pane *
replayscreen_new(const struct replayscreen_opts *o)
{
	struct replayscreen *s = xcalloc(1, sizeof(*s));

	s->base.ops = &replay_ops;
	s->o = *o;
	s->reference = xstrdup(o->reference);
	s->who = xstrdup(o->who);
	s->o.reference = s->o.who = NULL;
	replay_of(o->w, &s->r);
	s->at = o->at < s->r.n ? o->at : 0;
	lines_init(&s->story);
	lines_init(&s->list);
	return &s->base;
}
