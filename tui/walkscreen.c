/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/walkscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/casehead.h"
#include "tui/checklist.h"
#include "tui/notespane.h"
#include "tui/recordpane.h"
#include "tui/riskpane.h"
#include "tui/walkscreen_impl.h"

static const struct walkscreen *
screen_of(const struct pane *p)
{
	return (const struct walkscreen *)(const void *)p;
}

static struct walkscreen *
screen_mut(struct pane *p)
{
	return (struct walkscreen *)(void *)p;
}

void
walk_refresh(struct walkscreen *s)
{
	struct risk_view r;

	story_refresh(s->panes[WALK_STORY]);
	checklist_refresh(s->panes[WALK_CHECKLIST]);
	recordpane_refresh(s->panes[WALK_NOTES]);
	risk_view_fill(&r, &s->w);
	riskpane_set(s->panes[WALK_RISK], &r);
	s->stamp = s->w.stamp;
}

/* ---- drawing ---- */

static int
head_rows(int h)
{
	return h >= 6 ? 1 : 0;
}

static void
screen_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct walkscreen *s = screen_of(p);
	int top = head_rows(view_h(v));
	struct view body = view_sub(v, (struct rect){0, top, view_w(v),
	    view_h(v) - top});

	if (top > 0)
		case_head_draw(&s->w, true, false, v);
	pane_draw(s->group, &body, focused);
}

static void
screen_resize(struct pane *p, int w, int h)
{
	struct walkscreen *s = screen_mut(p);

	s->w_now = w;
	s->h_now = h;
	pane_resize(s->group, w, h - head_rows(h));
}

/* ---- where we are ---- */

/* Pane, whether the lookback is open, and the stage that is read. */
#define PLACE_LOOK 4
#define PLACE_STAGE 8

void
walk_tell_place(struct walkscreen *s)
{
	struct place here = {.type = PLACE_WALK, .id = s->o.id};

	(void)group_focus(s->group, &here.at);
	here.at += (s->looking ? PLACE_LOOK : 0) + PLACE_STAGE * s->shown;
	if (s->o.at != NULL)
		s->o.at(s->o.ctx, 1, &here);
}

void
walk_form_opening(void *ctx, const char *kind, const char *what)
{
	struct walkscreen *s = ctx;
	char hex[2 * CASE_ID_LEN + 1], key[SESSION_KEY_MAX];
	struct place here = {.type = PLACE_FORM, .id = s->o.id, .text = key};

	hex_format(s->o.id.b, CASE_ID_LEN, hex);
	(void)snprintf(key, sizeof(key), "%s/%s%s%s", kind, hex,
	    *what != '\0' ? "/" : "", what);
	if (s->o.at != NULL)
		s->o.at(s->o.ctx, 2, &here);
}

/* ---- keys ---- */

static void
leave(struct walkscreen *s, struct app *app)
{
	bool open = walk_answers(s);

	app_pop(app);
	if (open)
		app_say(app, "The stage is kept as you left it. Open the "
		    "session again to go on; $ there commits.");
}

static void
undo(struct walkscreen *s, struct app *app)
{
	if (!walk_may_change(s, app))
		return;
	if (casework_undo(&s->w))
		app_say(app, "Taken back.");
	else
		app_say(app, "Nothing to take back in this sitting.");
}

static void
again(struct walkscreen *s, struct app *app)
{
	if (!walk_may_again(s)) {
		app_say(app, s->mine && s->trace.seen ? "The model was shown: "
		    "a second round comes before that." : "A second round "
		    "comes after you have committed, before you look at the "
		    "model.");
		return;
	}
	walk_again(s);
	walk_refresh(s);
	app_say(app, "The second round of this stage. Your first answers "
	    "stay as they were committed; $ commits these.");
}

/* It has an entry more then, that it was sent. */
static void
was_sent(void *ctx, struct app *app)
{
	struct walkscreen *s = ctx;
	struct err e;

	if (casework_reload(&s->w, &e) != RC_OK ||
	    walk_take(s, &e) != RC_OK)
		app_error(app, &e);
	walk_refresh(s);
}

static void
send(struct walkscreen *s, struct app *app)
{
	struct case_changed then = {s, was_sent};

	if (s->o.send == NULL || !s->mine)
		app_say(app, "Whose session it is sends it.");
	else
		s->o.send(s->o.ctx, app, &s->w, &then);
}

/* Steps of live work that a session has no place for. */
static bool
is_live_work(enum action a)
{
	static const enum action table[] = {
		ACT_SNAPSHOT, ACT_REFER, ACT_VOICE, ACT_JUDGE, ACT_WHO,
		ACT_WRITE, ACT_REVIEW, ACT_FLAG, ACT_QUEUE_NEXT, ACT_LOOKED,
		ACT_RESTRICT, ACT_TAKE_OUT, ACT_ACCESS_PACK,
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i] == a)
			return true;
	return false;
}

static bool
changes_something(const struct walkscreen *s, enum action a)
{
	return a == ACT_TICK || a == ACT_TICK_BACK || a == ACT_STRIKE ||
	    a == ACT_EDIT || (a == ACT_ADD &&
	    group_focus(s->group, NULL) == s->panes[WALK_CHECKLIST]);
}

static bool
act_here(struct walkscreen *s, enum action a, struct app *app)
{
	if (a == ACT_SIGN || a == ACT_WALK_COMMIT) {
		if (walk_may_change(s, app))
			walk_commit_open(s, app);
	} else if (a == ACT_UNDO) {
		undo(s, app);
	} else if (a == ACT_BUNDLE) {
		send(s, app);
	} else if (a == ACT_WALK_AGAIN) {
		again(s, app);
	} else if (a == ACT_NOTE || (a == ACT_ADD &&
	    group_focus(s->group, NULL) != s->panes[WALK_CHECKLIST])) {
		s->host.write(s, app, "note");
	} else if (is_live_work(a)) {
		s->host.write(s, app, "");
	} else {
		/* Told, and done with, where nothing may be changed. */
		return changes_something(s, a) && !walk_may_change(s, app);
	}
	return true;
}

static bool
screen_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct walkscreen *s = screen_mut(p);
	bool done;

	if (ev->act == ACT_BACK) {
		leave(s, app);
		return true;
	}
	if (s->stamp != s->w.stamp)
		walk_refresh(s);
	done = act_here(s, ev->act, app) || pane_act(s->group, ev, app);
	walk_trace_keep(s);
	if (s->stamp != s->w.stamp)
		walk_refresh(s);
	if (ev->act == ACT_NEXT_PANE || ev->act == ACT_PREV_PANE)
		walk_tell_place(s);
	if (s->w.unsaved) {
		app_error(app, &s->w.save_error);
		s->w.unsaved = false;
	}
	return done;
}

/* ---- coming back to it ---- */

static void
forms_left(void *ctx, struct app *app)
{
	(void)app;
	walk_refresh(ctx);
}

static void
tell_committed(struct walkscreen *s, struct app *app)
{
	s->committed = false;
	group_set_focus(s->group, WALK_STORY);
	app_say(app, "Committed and signed. Enter lays the model's answer "
	    "beside yours.");
}

static void
screen_enter(struct pane *p, struct app *app)
{
	struct walkscreen *s = screen_mut(p);

	s->looking = false;
	walk_trace_keep(s);
	if (s->committed)
		tell_committed(s, app);
	walk_tell_place(s);
	walk_refresh(s);
	if (s->w.unread || s->w.unsaved)
		app_error(app, &s->w.save_error);
	s->w.unsaved = false;
}

void
walk_screen_return(struct pane *screen, struct app *app,
    const struct place *p)
{
	struct walkscreen *s = screen_mut(screen);
	size_t last = s->walk.way.n - (s->walk.state == WALK_END ? 0 : 1);

	if (p->type == PLACE_FORM && p->text != NULL) {
		if (strncmp(p->text, "attempt/", 8) == 0 && walk_answers(s))
			walk_commit_open(s, app);
		else if (strncmp(p->text, "training-log/", 13) == 0)
			walk_log_open(s, app);
		else if (walk_answers(s))
			caseforms_return(&s->forms, app, p->text);
		return;
	}
	if (p->type != PLACE_WALK)
		return;
	group_set_focus(s->group, p->at % PLACE_LOOK);
	if (p->at / PLACE_STAGE <= last)
		s->shown = p->at / PLACE_STAGE;
	walk_refresh(s);
	walk_tell_place(s);
	if (p->at % PLACE_STAGE >= PLACE_LOOK &&
	    walk_last_at(s, s->shown) != NULL && !(walk_answers(s) &&
	    s->shown + 1 == s->walk.way.n))
		walk_look_open(s, app, s->shown);
}

/* ---- the rest of the pane ---- */

static void
screen_destroy(struct pane *p)
{
	struct walkscreen *s = screen_mut(p);

	pane_destroy(s->group);
	trace_release(&s->trace);
	walk_release(&s->walk);
	casework_release(&s->w);
	if (s->o.destroy != NULL)
		s->o.destroy(s->o.ctx);
	free(s);
}

static enum context
screen_context(const struct pane *p)
{
	return pane_context(screen_of(p)->group);
}

static const char *
screen_topic(const struct pane *p)
{
	return pane_topic(screen_of(p)->group);
}

static bool
screen_can(const struct pane *p, enum action a)
{
	const struct walkscreen *s = screen_of(p);

	if (is_live_work(a) || ((a == ACT_ADD || changes_something(s, a)) &&
	    group_focus(s->group, NULL) != s->panes[WALK_CHECKLIST]))
		return false;
	if (a == ACT_SIGN || a == ACT_WALK_COMMIT || a == ACT_NOTE ||
	    a == ACT_ADD || changes_something(s, a))
		return walk_answers(s);
	if (a == ACT_UNDO)
		return walk_answers(s) && s->w.pending.npast > 0;
	if (a == ACT_WALK_AGAIN)
		return walk_may_again(s);
	return pane_can(s->group, a);
}

static void
screen_status(const struct pane *p, struct status *st)
{
	const struct walkscreen *s = screen_of(p);
	struct str words;

	str_init(&words);
	if (s->walk.state == WALK_END)
		str_add(&words, "the end");
	else
		walk_place_words(&s->walk, s->walk.way.n - 1,
		    &words);
	(void)snprintf(st->place, sizeof(st->place), "%s: %s",
	    s->walk.study->title, words.s);
	str_release(&words);
	st->training = true;
	st->case_id = &s->o.id;
	st->reference = s->w.now.reference;
	st->unsigned_ = s->w.pending.n;
}

static const char *
screen_word(const struct pane *p, enum action a)
{
	(void)p;
	return a == ACT_SIGN ? "commit" : NULL;
}

static const struct pane_ops screen_ops = {
	.name = "walk", .context = CONTEXT_CASE, .topic = "training",
	.draw = screen_draw, .act = screen_act, .resize = screen_resize,
	.destroy = screen_destroy, .context_now = screen_context,
	.topic_now = screen_topic, .can = screen_can,
	.word = screen_word, .status = screen_status, .enter = screen_enter,
};

bool
walk_screen_is(const struct pane *screen)
{
	return screen != NULL && screen->ops == &screen_ops;
}

static void
make_panes(struct walkscreen *s)
{
	static const int weights[WALK_PANES] = {5, 5, 4, 4};

	s->host = walk_host_of(s);
	s->forms = (struct caseforms){&s->w, s, walk_form_opening, NULL,
	    forms_left, NULL};
	s->panes[WALK_STORY] = story_new(s);
	s->panes[WALK_CHECKLIST] = checklist_new(&s->w, &s->host);
	s->panes[WALK_RISK] = riskpane_new();
	s->panes[WALK_NOTES] = notespane_new(&s->w, &s->host);
	s->group = group_new("walk", s->panes, weights, WALK_PANES);
	group_first_across(s->group);
}

struct pane *
walk_screen_on(const struct walk_door *o, struct err *e)
{
	struct walkscreen *s = xcalloc(1, sizeof(*s));
	enum rc rc;

	s->base.ops = &screen_ops;
	s->o = *o;
	rc = casework_open(&s->w, &o->door, &o->id, NULL, e);
	if (rc == RC_OK) {
		rc = walk_take(s, e);
		if (rc != RC_OK)
			casework_release(&s->w);
	}
	if (rc != RC_OK) {
		if (o->destroy != NULL)
			o->destroy(o->ctx);
		free(s);
		return NULL;
	}
	make_panes(s);
	walk_refresh(s);
	return &s->base;
}
