/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/retestscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/lines.h"
#include "tui/storylines.h"
#include "tui/words.h"

#define TOP_ROWS 2
#define MINUTE_MS INT64_C(60000)
#define DAYS_SHOWN 6	/* of what is coming */

enum retest_state {
	RETEST_ASKS,	/* to be answered */
	RETEST_TELLS,	/* committed: the model is shown */
	RETEST_ENDS	/* nothing is due any more */
};

struct retestscreen {
	struct pane base;
	struct retestscreen_opts o;
	enum retest_state state;
	struct retest_question q;
	enum answer given[RETEST_ASKED];
	bool hit;		/* the last one in question was right */
	size_t asked, right;	/* since the screen was opened */
	int64_t begun;		/* in ticks of the app's clock; -1: not yet */
	struct err fault;	/* why nothing is asked */
	struct lines lines;
	int w, h;
};

static struct retestscreen *
screen_mut(struct pane *p)
{
	return (struct retestscreen *)(void *)p;
}

static const struct retestscreen *
screen_of(const struct pane *p)
{
	return (const struct retestscreen *)(const void *)p;
}

static const struct retests *
all_of(const struct retestscreen *s)
{
	return s->o.source.ops->all(s->o.source.ctx);
}

static int32_t
today(const struct retestscreen *s)
{
	return s->o.source.ops->today(s->o.source.ctx);
}

/* ---- a question ---- */

static void
fill_item(const struct retestscreen *s, size_t i, struct lines *out)
{
	const struct instrument *in = all_of(s)->in;
	const struct item *it = &in->items[s->q.items[i]];
	struct line_look look = {.indent = 6, .style = STYLE_NORMAL,
	    .lead = answer_sign(s->given[i]),
	    .lead_style = answer_style(in, s->q.items[i], s->given[i])};

	(void)lines_row(out);
	lines_addf(out, &look, "%s %s: %s", it->id, it->label,
	    s->given[i] == ANSWER_NOT_ASKED ? "your answer?" :
	    answer_name(s->given[i]));
}

static const struct study_answer *
answer_of(const struct retest_question *q, const char *item)
{
	const struct study_stage *g = &q->study->stages[q->stage];

	for (size_t i = g->nanswers; i-- > 0;)
		if (strcmp(g->answers[i].item, item) == 0)
			return &g->answers[i];
	return NULL;
}

static bool
is_right(enum answer given, enum answer model)
{
	return given == model || (model == ANSWER_NOT_KNOWN &&
	    given == ANSWER_NOT_ASKED);
}

static void
fill_model(const struct retestscreen *s, size_t i, struct lines *out)
{
	const struct item *it = &all_of(s)->in->items[s->q.items[i]];
	const struct study_answer *why = answer_of(&s->q, it->id);
	struct line_look look = {.indent = 6, .style = STYLE_LABEL};
	bool same = is_right(s->given[i], s->q.model[i]);

	if (same)
		lines_addf(out, &look, "The model says the same.");
	else
		lines_addf(out, &look, "The model: %s.",
		    answer_name(s->q.model[i]));
	if (why != NULL)
		lines_addf(out, &look, "%s (%s)", why->reason, why->source);
	else if (s->q.model[i] == ANSWER_NOT_KNOWN)
		lines_add(out, &look, "Nothing that is told so far says it, "
		    "one way or the other.");
	if (s->q.items[i] == s->q.item)
		lines_addf(out, &look, "It was asked again: %s.",
		    s->hit ? "it comes back after a longer time" :
		    "it comes back tomorrow");
}

static void
fill_question(const struct retestscreen *s, struct lines *out)
{
	bool told = s->state == RETEST_TELLS;

	lines_free_text(out);
	story_stage(s->q.study, s->q.stage, out);
	lines_blank(out);
	lines_plain(out, STYLE_HEADING, told ? "Your answers, and the model's" :
	    "By what is told here, how do you answer?");
	for (size_t i = 0; i < s->q.n; i++) {
		fill_item(s, i, out);
		if (told)
			fill_model(s, i, out);
	}
}

/* ---- the end ---- */

static void
fill_day(const struct retests *all, size_t *i, int32_t day,
    struct lines *out)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL};
	struct str ids;
	char when[SPAN_WORDS_MAX];
	size_t n = 0;

	str_init(&ids);
	for (; *i < all->n && all->items[*i].due == day; (*i)++, n++)
		str_add_fmt(&ids, "%s%s", n > 0 ? ", " : "",
		    all->in->items[all->items[*i].item].id);
	day_words(day, when);
	lines_addf(out, &look, "%s: %zu (%s)", when, n, ids.s);
	str_release(&ids);
}

static void
fill_coming(const struct retests *all, struct lines *out)
{
	size_t i = 0, days = 0, learnt = 0;

	while (i < all->n && all->items[i].due != DAY_NONE &&
	    days < DAYS_SHOWN) {
		if (days++ == 0)
			lines_plain(out, STYLE_HEADING,
			    "What is asked again, and when");
		fill_day(all, &i, all->items[i].due, out);
	}
	for (i = 0; i < all->n; i++)
		learnt += all->items[i].due == DAY_NONE;
	if (learnt > 0) {
		struct line_look look = {.indent = 2, .style = STYLE_LABEL};

		lines_addf(out, &look, "%zu seen each time: not asked any "
		    "longer, unless missed again.", learnt);
	}
}

static void
fill_end(const struct retestscreen *s, struct lines *out)
{
	const struct retests *all = all_of(s);
	struct line_look look = {.indent = 0, .style = STYLE_NORMAL};

	lines_free_text(out);
	if (s->fault.rc != RC_OK && s->fault.rc != RC_NOTFOUND) {
		struct str words;

		str_init(&words);
		sentence(&words, s->fault.text);
		lines_plain(out, STYLE_ERROR, words.s);
		str_release(&words);
		return;
	}
	if (s->asked > 0)
		lines_addf(out, &look, "Done: %zu asked again, %zu answered "
		    "as the model does. What was missed comes again soon; "
		    "that is what this is for.", s->asked, s->right);
	else if (all->n == 0)
		lines_plain(out, STYLE_NORMAL, "Nothing is to be asked again. "
		    "What you miss in a case study comes here a day later, "
		    "then after 3, 7, 21 and 60 days.");
	else
		lines_plain(out, STYLE_NORMAL, "Nothing is due today.");
	lines_blank(out);
	fill_coming(all, out);
	if (s->asked == 0)
		return;
	lines_blank(out);
	lines_plain(out, STYLE_LABEL, "Enter writes it into your training "
	    "log; Esc leaves.");
}

/* ---- moving on ---- */

static void
fill(struct retestscreen *s)
{
	size_t row = s->lines.row;

	lines_clear(&s->lines);
	if (s->state == RETEST_ENDS)
		fill_end(s, &s->lines);
	else
		fill_question(s, &s->lines);
	lines_done(&s->lines);
	lines_select(&s->lines, row);
}

static void
next(struct retestscreen *s)
{
	const struct retest_source *src = &s->o.source;

	memset(s->given, 0, sizeof(s->given));
	err_clear(&s->fault);
	s->state = src->ops->next(src->ctx, &s->q, &s->fault) == RC_OK ?
	    RETEST_ASKS : RETEST_ENDS;
	s->lines.row = 0;
	s->lines.top = 0;
	fill(s);
}

static void
commit(struct retestscreen *s, struct app *app)
{
	const struct retest_source *src = &s->o.source;
	struct err e;

	for (size_t i = 0; i < s->q.n; i++) {
		if (s->given[i] != ANSWER_NOT_ASKED)
			continue;
		lines_select(&s->lines, i);
		app_say(app, "Answer each one first: Space goes through the "
		    "answers. \"Not known\" is one, too.");
		return;
	}
	if (src->ops->write(src->ctx, &s->q, s->given, &s->hit, &e) !=
	    RC_OK) {
		app_error(app, &e);
		return;
	}
	s->asked++;
	s->right += s->hit;
	s->state = RETEST_TELLS;
	s->lines.row = 0;
	fill(s);
}

static void
write_log(struct retestscreen *s, struct app *app)
{
	int64_t ms = clock_ticks(app_clock(app)) - s->begun;
	size_t minutes = ms > 0 ? (size_t)((ms + MINUTE_MS - 1) / MINUTE_MS) :
	    1;

	if (s->asked == 0)
		app_pop(app);
	else
		s->o.log(s->o.ctx, app, s->asked, s->right, minutes);
}

static void
answered(struct retestscreen *s, struct app *app)
{
	if (s->state == RETEST_ASKS)
		commit(s, app);
	else if (s->state == RETEST_TELLS)
		next(s);
	else
		write_log(s, app);
}

/* Present, suspected, absent, not known; round again. */
static void
tick(struct retestscreen *s, bool back)
{
	static const enum answer order[] = {
		ANSWER_PRESENT, ANSWER_SUSPECTED, ANSWER_ABSENT,
		ANSWER_NOT_KNOWN
	};
	size_t i = s->lines.row, k;

	if (s->state != RETEST_ASKS || i >= s->q.n)
		return;
	for (k = 0; k < 4 && order[k] != s->given[i]; k++)
		;
	if (k == 4)
		s->given[i] = back ? order[3] : order[0];
	else
		s->given[i] = order[(k + (back ? 3 : 1)) % 4];
	fill(s);
}

static bool
screen_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct retestscreen *s = screen_mut(p);

	switch (ev->act) {
	case ACT_ANSWERED:
		answered(s, app);
		return true;
	case ACT_TICK:
	case ACT_TICK_BACK:
		tick(s, ev->act == ACT_TICK_BACK);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return lines_act(&s->lines, ev->act);
	}
}

/* ---- the pane ---- */

static void
title_words(const struct retestscreen *s, struct str *out)
{
	size_t due = retests_due(all_of(s), today(s));

	str_add(out, "Asked again");
	if (s->state == RETEST_ASKS)
		str_add_fmt(out, ": %zu due", due);
	else if (s->state == RETEST_TELLS)
		str_add_fmt(out, ": %s. %zu more", s->hit ?
		    "answered as the model does" :
		    "the model answers another way", due);
}

static void
screen_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct retestscreen *s = screen_of(p);
	int w = view_w(v), h = view_h(v);
	struct view body = view_sub(v, (struct rect){0, TOP_ROWS, w,
	    h - TOP_ROWS});
	struct str words;

	str_init(&words);
	title_words(s, &words);
	(void)view_fit(v, 0, 0, STYLE_TITLE, words.s);
	str_release(&words);
	lines_draw(&s->lines, &body, focused && s->state != RETEST_ENDS);
}

static bool
screen_can(const struct pane *p, enum action a)
{
	const struct retestscreen *s = screen_of(p);

	if (a == ACT_TICK)
		return s->state == RETEST_ASKS;
	if (a == ACT_ANSWERED)
		return s->state != RETEST_ENDS || s->asked > 0;
	return a != ACT_SEARCH && a != ACT_NEXT_PANE && a != ACT_OPEN;
}

static void
screen_resize(struct pane *p, int w, int h)
{
	struct retestscreen *s = screen_mut(p);

	s->w = w;
	s->h = h;
	lines_resize(&s->lines, w, h > TOP_ROWS ? h - TOP_ROWS : 0);
	fill(s);
}

static void
screen_status(const struct pane *p, struct status *st)
{
	const struct retestscreen *s = screen_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Asked again");
	st->counted = s->state != RETEST_ENDS && s->q.n > 0;
	st->n = s->lines.row + 1;
	st->m = s->q.n;
}

static void
screen_enter(struct pane *p, struct app *app)
{
	struct retestscreen *s = screen_mut(p);

	if (s->begun < 0)
		s->begun = clock_ticks(app_clock(app));
}

static void
screen_destroy(struct pane *p)
{
	struct retestscreen *s = screen_mut(p);

	if (s->o.source.ops->destroy != NULL)
		s->o.source.ops->destroy(s->o.source.ctx);
	lines_release(&s->lines);
	free(s);
}

static const struct pane_ops retest_ops = {
	.name = "asked again",
	.context = CONTEXT_RETEST,
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
retestscreen_new(const struct retestscreen_opts *o)
{
	struct retestscreen *s = xcalloc(1, sizeof(*s));

	s->base.ops = &retest_ops;
	s->o = *o;
	s->begun = -1;
	lines_init(&s->lines);
	next(s);
	return &s->base;
}
