/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking back on a stage: each answer beside the model's with its reason and
 * source, the levels, the rules that fired, the note point by point, the
 * questions.  Says what is, and blames nobody.
 */
#include "config.h"

#include "tui/walklook_impl.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"

static const struct walklook *
look_of(const struct pane *p)
{
	return (const struct walklook *)(const void *)p;
}

static struct walklook *
look_mut(struct pane *p)
{
	return (struct walklook *)(void *)p;
}

/* ---- going on ---- */

/* Of the lookback: the screen goes, and the story shows what comes next. */
static void
go_on(struct walklook *k, struct app *app, uint32_t choice)
{
	struct err e;

	if (walk_sign_lookback(k->s, choice, &e) != RC_OK)
		app_error(app, &e);
	else
		app_pop(app);
}

static enum rc
choose(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct walklook *k = ctx;

	(void)app;
	return walk_sign_lookback(k->s, (uint32_t)ask_choice(ask, 0), e);
}

/* The short form is gone; below it is the lookback, which goes, too. */
static void
chosen(void *ctx, struct app *app)
{
	(void)ctx;
	app_pop(app);
}

/* A choice is longer than a row: the one in hand is told whole. */
static void
tell_choice(void *ctx, const struct pane *ask, size_t i, struct str *out)
{
	const struct walklook *k = ctx;
	size_t at = ask_choice(ask, i);

	if (at < walklook_stage(k)->nchoices)
		str_add(out, walklook_stage(k)->choices[at].words);
}

static void
ask_what(struct walklook *k, struct app *app)
{
	const struct study_stage *st = walklook_stage(k);
	struct ask_choice choices[STUDY_CHOICES_MAX];
	struct ask_field field = {
		.type = ASK_CHOICE, .label = "You choose", .choices = choices,
		.nchoices = st->nchoices,
	};
	struct ask_opts o = {
		.title = "What do you do now?",
		.intro = "None of these is a trap. The story goes on as you "
		    "choose, and says what became of it.",
		.verb = "sign what you looked back on, and go on",
		.topic = "training", .fields = &field, .n = 1, .ctx = k,
		.remark = tell_choice, .done = choose, .after = chosen,
	};

	for (size_t i = 0; i < st->nchoices; i++)
		choices[i] = (struct ask_choice){st->choices[i].words,
		    i == 0};
	ask_open(app, &o);
}

/* Enter once goes to the end: nothing is passed over by one key too many. */
static void
enter(struct walklook *k, struct app *app)
{
	if (!walklook_is_live(k)) {
		app_pop(app);
	} else if (k->lines.row + 1 < k->nrows) {
		lines_select(&k->lines, k->nrows - 1);
		walklook_fill(k);
		app_say(app, "Enter once more goes on; Up reads again.");
	} else if (walklook_stage(k)->nchoices > 0) {
		ask_what(k, app);
	} else {
		go_on(k, app, STUDY_END);
	}
}

static void
turn_point(struct walklook *k, struct app *app)
{
	size_t i = k->lines.row < k->nrows ? k->points[k->lines.row] :
	    NO_POINT;
	struct str words;
	enum walk_point now;

	if (i == NO_POINT || !walklook_is_live(k)) {
		app_say(app, walklook_is_live(k) ? "Space is for the points of the "
		    "note." : "This stage was looked back on; nothing is "
		    "changed.");
		return;
	}
	str_init(&words);
	now = walk_point_now(k->s, k->place, i, &words);
	str_release(&words);
	k->s->trace.points[i] = now == POINT_MISSING ? POINT_NAMED : now - 1;
	walk_trace_save(k->s);
	walklook_fill(k);
}

/* ---- the pane ---- */

static bool
move(struct walklook *k, enum action a)
{
	size_t before = k->lines.row;

	if (!lines_act(&k->lines, a))
		return false;
	if (k->lines.row != before)
		walklook_fill(k);
	return true;
}

static bool
look_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct walklook *k = look_mut(p);

	if (move(k, ev->act))
		return true;
	switch (ev->act) {
	case ACT_OPEN:
		enter(k, app);
		return true;
	case ACT_WALK_POINT:
		turn_point(k, app);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return false;
	}
}

static void
look_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&look_of(p)->lines, v, focused);
}

static void
look_status(const struct pane *p, struct status *st)
{
	const struct walkscreen *s = look_of(p)->s;

	(void)snprintf(st->place, sizeof(st->place), "%s: looking back",
	    s->walk.study->title);
	st->training = true;
	st->case_id = &s->o.id;
	st->reference = s->w.now.reference;
}

static void
look_resize(struct pane *p, int w, int h)
{
	lines_resize(&look_mut(p)->lines, w, h);
	walklook_fill(look_mut(p));
}

static void
look_destroy(struct pane *p)
{
	struct walklook *k = look_mut(p);

	lines_release(&k->lines);
	free(k->points);
	free(k);
}

static bool
look_can(const struct pane *p, enum action a)
{
	const struct walklook *k = look_of(p);

	if (a == ACT_WALK_POINT)
		return walklook_is_live(k);
	return a == ACT_OPEN || a == ACT_HELP || a == ACT_BACK ||
	    a == ACT_BLANK;
}

static const struct pane_ops look_ops = {
	.name = "lookback", .context = CONTEXT_WALK, .topic = "training",
	.draw = look_draw, .act = look_act, .resize = look_resize,
	.destroy = look_destroy, .can = look_can,
	.status = look_status,
};

void
walk_look_open(struct walkscreen *s, struct app *app, size_t place)
{
	struct walklook *k = xcalloc(1, sizeof(*k));

	k->base.ops = &look_ops;
	k->s = s;
	k->place = place;
	lines_init(&k->lines);
	if (walklook_is_live(k) && !s->trace.seen) {
		s->trace.seen = true;
		walk_trace_save(s);
	}
	s->looking = true;
	walk_tell_place(s);
	app_push(app, &k->base);
}
