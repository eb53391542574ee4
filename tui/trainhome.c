/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/trainhome.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/trainhome_impl.h"

static struct trainhome *
home_mut(struct pane *p)
{
	return (struct trainhome *)(void *)p;
}

static const struct trainhome *
home_of(const struct pane *p)
{
	return (const struct trainhome *)(const void *)p;
}

const struct home_row *
trainhome_row(const struct trainhome *t)
{
	return t->lines.row < t->nrows ? &t->rows[t->lines.row] : NULL;
}

const struct home_study *
trainhome_study(const struct trainhome *t)
{
	const struct home_row *r = trainhome_row(t);

	return r != NULL && r->group == HOME_STUDIES ? &t->studies[r->i] :
	    NULL;
}

const struct home_session *
trainhome_session(const struct trainhome *t)
{
	const struct home_row *r = trainhome_row(t);

	if (r == NULL || r->group == HOME_STUDIES || r->group == HOME_AGAIN ||
	    r->group == HOME_LOG)
		return NULL;
	return &t->sessions[r->i];
}

/* ---- reading ---- */

static void
forget(struct trainhome *t)
{
	while (t->nstudies > 0) {
		struct home_study *s = &t->studies[--t->nstudies];

		free(s->id);
		free(s->title);
		free(s->covers);
		free(s->pair);
		free(s->fault);
	}
	while (t->nsessions > 0) {
		struct home_session *s = &t->sessions[--t->nsessions];

		free(s->reference);
		free(s->title);
		free(s->who);
		free(s->sitting);
		free(s->fault);
	}
	t->nrows = 0;
}

static void
add_study(void *ctx, const struct train_study *s)
{
	struct trainhome *t = ctx;
	struct home_study *to;

	t->studies = vec_room(t->studies, t->nstudies, &t->capstudies,
	    sizeof(*t->studies));
	to = &t->studies[t->nstudies++];
	to->s = *s;
	to->s.id = to->id = xstrdup(s->id);
	to->s.title = to->title = xstrdup(s->title);
	to->s.covers = to->covers = xstrdup(s->covers);
	to->s.pair = to->pair = xstrdup(s->pair);
	to->s.fault = to->fault = xstrdup(s->fault);
}

static void
add_session(void *ctx, const struct train_session *s)
{
	struct trainhome *t = ctx;
	struct home_session *to;

	t->sessions = vec_room(t->sessions, t->nsessions, &t->capsessions,
	    sizeof(*t->sessions));
	to = &t->sessions[t->nsessions++];
	to->s = *s;
	to->s.reference = to->reference = xstrdup(s->reference);
	to->s.title = to->title = xstrdup(s->title);
	to->s.who = to->who = xstrdup(s->who);
	to->s.sitting = to->sitting = xstrdup(s->sitting);
	to->s.fault = to->fault = xstrdup(s->fault);
}

/* ---- which rows there are ---- */

/* Each word of the narrowing is somewhere in the text, marks and case aside. */
static bool
holds(const struct trainhome *t, const char *text)
{
	struct str folded, word;
	const char *w = t->narrow.s;
	bool all = true;

	str_init(&folded);
	str_init(&word);
	utf8_fold(&folded, text, strlen(text));
	while (all && *(w += strspn(w, " ")) != '\0') {
		size_t n = strcspn(w, " ");

		str_clear(&word);
		utf8_fold(&word, w, n);
		all = strstr(folded.s, word.s) != NULL;
		w += n;
	}
	str_release(&folded);
	str_release(&word);
	return all;
}

static void
add_row(struct trainhome *t, enum home_group g, size_t i)
{
	t->rows = vec_room(t->rows, t->nrows, &t->caprows, sizeof(*t->rows));
	t->rows[t->nrows++] = (struct home_row){g, i};
}

static enum home_group
group_of(const struct train_session *s)
{
	if (s->own && s->state != WALK_END && *s->fault == '\0')
		return HOME_GO_ON;
	return s->own && s->mode == WALK_ALONE ? HOME_DONE : HOME_OTHERS;
}

static void
add_sessions(struct trainhome *t, enum home_group g)
{
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < t->nsessions; i++) {
		const struct train_session *s = &t->sessions[i].s;

		str_clear(&words);
		str_add_fmt(&words, "%s %s %s %s", s->title, s->reference,
		    s->who, s->sitting);
		if (group_of(s) == g && holds(t, words.s))
			add_row(t, g, i);
	}
	str_release(&words);
}

static void
add_studies(struct trainhome *t)
{
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < t->nstudies; i++) {
		const struct train_study *s = &t->studies[i].s;

		str_clear(&words);
		str_add_fmt(&words, "%s %s %s", s->title, s->id, s->covers);
		if (holds(t, words.s))
			add_row(t, HOME_STUDIES, i);
	}
	str_release(&words);
}

static void
make_rows(struct trainhome *t)
{
	t->nrows = 0;
	add_sessions(t, HOME_GO_ON);
	add_studies(t);
	if (t->narrow.len == 0)
		add_row(t, HOME_AGAIN, 0);
	add_sessions(t, HOME_DONE);
	add_sessions(t, HOME_OTHERS);
	if (t->narrow.len == 0)
		add_row(t, HOME_LOG, 0);
}

static void
show(struct trainhome *t)
{
	int h = t->h - trainhome_top_rows(t) - trainhome_foot_rows(t);

	lines_resize(&t->lines, t->w, h > 0 ? h : 0);
	trainhome_fill(t);
	lines_done(&t->lines);
}

/* The row in hand stays in hand when others come. */
static bool
is_same(const struct trainhome *t, const struct home_row *r,
    const struct home_row *was, const char *what)
{
	if (r->group == HOME_STUDIES)
		return was->group == HOME_STUDIES &&
		    strcmp(t->studies[r->i].id, what) == 0;
	if (r->group == HOME_AGAIN || r->group == HOME_LOG)
		return r->group == was->group;
	return strcmp(t->sessions[r->i].reference, what) == 0;
}

static char *
name_of_row(const struct trainhome *t)
{
	const struct home_study *st = trainhome_study(t);
	const struct home_session *se = trainhome_session(t);

	return xstrdup(st != NULL ? st->id : se != NULL ? se->reference :
	    "");
}

static void
select_again(struct trainhome *t, const struct home_row *was,
    const char *what)
{
	for (size_t i = 0; i < t->nrows; i++)
		if (is_same(t, &t->rows[i], was, what))
			lines_select(&t->lines, i);
}

void
trainhome_load(struct trainhome *t)
{
	const struct train_source *src = &t->o.source;
	struct train_sink to = {add_study, add_session, t};
	const struct home_row *at = trainhome_row(t);
	struct home_row was = at != NULL ? *at : (struct home_row){
	    HOME_GROUPS, 0};
	char *what = name_of_row(t);

	forget(t);
	memset(&t->counts, 0, sizeof(t->counts));
	err_clear(&t->fault);
	if (src->ops->read(src->ctx, &to, &t->counts, &t->fault) != RC_OK)
		forget(t);
	else
		make_rows(t);
	show(t);
	if (t->read_once)
		select_again(t, &was, what);
	else
		lines_select(&t->lines, t->begin < t->nrows ? t->begin : 0);
	t->read_once = true;
	free(what);
}

static void
told_moved(struct trainhome *t)
{
	if (t->o.moved != NULL)
		t->o.moved(t->o.ctx, t->narrow.s, t->lines.row);
}

/* ---- searching ---- */

static void
narrow_to(struct trainhome *t, const char *words)
{
	if (strcmp(words, t->narrow.s) == 0)
		return;
	str_clear(&t->narrow);
	str_add(&t->narrow, words);
	if (t->fault.rc == RC_OK)
		make_rows(t);
	show(t);
	lines_select(&t->lines, 0);
	told_moved(t);
}

static void
search_changed(void *ctx, struct app *app, const char *text)
{
	(void)app;
	narrow_to(ctx, text);
}

static void
search_done(void *ctx, struct app *app, const char *text)
{
	(void)app;
	narrow_to(ctx, text != NULL ? text : "");
}

static void
search(struct trainhome *t, struct app *app)
{
	struct prompt p = {.label = "/", .text = t->narrow.s,
	    .history = "training", .ctx = t, .done = search_done,
	    .changed = search_changed};

	app_prompt(app, &p);
}

/* ---- acting ---- */

static void
open_session(struct trainhome *t, struct app *app,
    const struct home_session *s, bool replay)
{
	struct case_id id = s->s.id;

	if (*s->fault != '\0')
		app_warn(app, "%s", s->fault);
	else if (replay)
		t->o.replay(t->o.ctx, app, &id);
	else
		t->o.open(t->o.ctx, app, &id);
}

static void
open_study(struct trainhome *t, struct app *app, const struct home_study *s)
{
	if (*s->fault != '\0')
		app_warn(app, "%s", s->fault);
	else if (!t->o.source.ops->may_begin(t->o.source.ctx))
		app_warn(app, "Your role writes nothing here: ask whoever "
		    "looks after the store for another.");
	else
		trainbegin_open(t, app, s);
}

static void
open_row(struct trainhome *t, struct app *app)
{
	const struct home_row *r = trainhome_row(t);

	if (r == NULL)
		app_say(app, "There is nothing here to open.");
	else if (r->group == HOME_STUDIES)
		open_study(t, app, &t->studies[r->i]);
	else if (r->group == HOME_AGAIN)
		t->o.ask_again(t->o.ctx, app);
	else if (r->group == HOME_LOG)
		t->o.log(t->o.ctx, app);
	else
		open_session(t, app, &t->sessions[r->i], false);
}

static void
replay_row(struct trainhome *t, struct app *app)
{
	const struct home_session *s = trainhome_session(t);

	if (s == NULL)
		app_say(app, "Select a session: p goes through it again, "
		    "change by change.");
	else
		open_session(t, app, s, true);
}

static void
send_row(struct trainhome *t, struct app *app)
{
	const struct home_session *s = trainhome_session(t);

	if (!t->o.source.ops->may_begin(t->o.source.ctx))
		app_warn(app, "Your role writes nothing here: ask whoever "
		    "looks after the store for another.");
	else if (s == NULL)
		app_say(app, "Select a session: s sends it as a sealed "
		    "bundle to a trainer elsewhere.");
	else
		trainsend_open(t, app, s);
}

static bool
leave(struct trainhome *t)
{
	if (t->narrow.len > 0) {
		narrow_to(t, "");
		return true;
	}
	if (t->notices != NULL && !t->notices->hidden &&
	    notices_shown(t->notices) > 0) {
		t->notices->hidden = true;
		show(t);
		return true;
	}
	return false;
}

static bool
act_key(struct trainhome *t, enum action a, struct app *app)
{
	switch (a) {
	case ACT_OPEN:
		open_row(t, app);
		return true;
	case ACT_REPLAY:
		replay_row(t, app);
		return true;
	case ACT_ASK_AGAIN:
		t->o.ask_again(t->o.ctx, app);
		return true;
	case ACT_TRAIN_LOG:
		t->o.log(t->o.ctx, app);
		return true;
	case ACT_STUDY_TAKE:
		traintake_open(t, app);
		return true;
	case ACT_SESSION_SEND:
		send_row(t, app);
		return true;
	case ACT_BUNDLES:
		t->o.bundles(t->o.ctx, app);
		return true;
	case ACT_USERS:
		t->o.users(t->o.ctx, app);
		return true;
	case ACT_SEARCH:
		search(t, app);
		return true;
	case ACT_CANCEL:
		return leave(t);
	default:
		return false;
	}
}

static bool
home_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct trainhome *t = home_mut(p);
	size_t from = t->lines.row;

	if (act_key(t, ev->act, app))
		return true;
	if (!lines_act(&t->lines, ev->act))
		return false;
	if (t->lines.row != from)
		told_moved(t);
	return true;
}

static bool
home_can(const struct pane *p, enum action a)
{
	const struct trainhome *t = home_of(p);

	if (a == ACT_OPEN)
		return t->nrows > 0;
	if (a == ACT_REPLAY || a == ACT_SESSION_SEND)
		return trainhome_session(t) != NULL;
	return a != ACT_NEXT_PANE;
}

static void
home_resize(struct pane *p, int w, int h)
{
	struct trainhome *t = home_mut(p);

	t->w = w;
	t->h = h;
	show(t);
}

static void
home_status(const struct pane *p, struct status *st)
{
	const struct trainhome *t = home_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Training");
	(void)snprintf(st->filter, sizeof(st->filter), "%s", t->narrow.s);
	st->counted = t->nrows > 0;
	st->n = t->lines.row + 1;
	st->m = t->nrows;
}

static void
home_enter(struct pane *p, struct app *app)
{
	struct trainhome *t = home_mut(p);

	(void)app;
	if (t->o.notices != NULL)
		t->notices = t->o.notices(t->o.ctx);
	trainhome_load(t);
	told_moved(t);
}

static void
home_destroy(struct pane *p)
{
	struct trainhome *t = home_mut(p);

	if (t->o.destroy != NULL)
		t->o.destroy(t->o.ctx);
	forget(t);
	free(t->studies);
	free(t->sessions);
	free(t->rows);
	lines_release(&t->lines);
	str_release(&t->narrow);
	str_release(&t->choice);
	str_release(&t->path);
	free(t);
}

static const struct pane_ops home_ops = {
	.name = "training",
	.context = CONTEXT_TRAINING,
	.topic = "training-home",
	.draw = trainhome_draw,
	.act = home_act,
	.resize = home_resize,
	.destroy = home_destroy,
	.can = home_can,
	.status = home_status,
	.enter = home_enter,
};

struct pane *
trainhome_new(const struct trainhome_opts *o)
{
	struct trainhome *t = xcalloc(1, sizeof(*t));

	t->base.ops = &home_ops;
	t->o = *o;
	t->begin = o->at;
	lines_init(&t->lines);
	str_init(&t->narrow);
	str_init(&t->choice);
	str_init(&t->path);
	if (o->narrow != NULL)
		str_add(&t->narrow, o->narrow);
	t->o.narrow = NULL;
	return &t->base;
}
