/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/elsewhere.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/elsewhere_impl.h"

static struct elsewhere *
screen_mut(struct pane *p)
{
	return (struct elsewhere *)(void *)p;
}

static const struct elsewhere *
screen_of(const struct pane *p)
{
	return (const struct elsewhere *)(const void *)p;
}

const struct outsider *
elsewhere_row(const struct elsewhere *x)
{
	return x->scroll.at < x->n ? &x->list[x->scroll.at] : NULL;
}

bool
outsider_counts(const struct outsider *o)
{
	return !o->f.ended_here && !o->f.ended_there;
}

void
elsewhere_select(struct elsewhere *x, const struct author_id *key)
{
	for (size_t i = 0; i < x->n; i++)
		if (memcmp(&x->list[i].f.key, key, sizeof(*key)) == 0)
			scroll_to(&x->scroll, i);
}

/* ---- reading ---- */

static void
forget(struct elsewhere *x)
{
	while (x->n > 0) {
		struct outsider *o = &x->list[--x->n];

		free(o->name);
		free(o->agency);
		free(o->why);
	}
}

static bool
add_outsider(const struct foreigner *f, void *ctx)
{
	struct elsewhere *x = ctx;
	struct outsider *o;

	x->list = vec_room(x->list, x->n, &x->cap, sizeof(*x->list));
	o = &x->list[x->n++];
	o->f = *f;
	o->f.card = NULL;
	o->f.name = o->name = xstrdup(f->name);
	o->f.agency = o->agency = xstrdup(f->agency);
	o->f.why_ended = o->why = xstrdup(f->why_ended != NULL ?
	    f->why_ended : "");
	return true;
}

static void
load(struct elsewhere *x)
{
	const struct abroad_source *src = &x->o.source;
	struct foreigner_sink to = {add_outsider, x};

	forget(x);
	err_clear(&x->fault);
	if (src->ops->each(src->ctx, &to, &x->fault) != RC_OK)
		forget(x);
	scroll_count(&x->scroll, x->n);
}

static void
arrange(struct elsewhere *x)
{
	int h = x->h - elsewhere_top_rows(x) - elsewhere_foot_rows(x);

	scroll_resize(&x->scroll, h > 0 ? h : 0);
}

/* ---- acting ---- */

static bool
may_grant(const struct elsewhere *x)
{
	return x->o.source.ops->may_grant(x->o.source.ctx);
}

static void
end_one(struct elsewhere *x, struct app *app)
{
	const struct outsider *o = elsewhere_row(x);

	if (o == NULL)
		app_say(app, "Nobody is selected.");
	else if (o->f.ended_here)
		app_say(app, "%s has ended already. Taking in a new card is "
		    "how somebody comes back.", o->name);
	else if (!o->f.carded)
		app_say(app, "%s has no card here: their own store speaks "
		    "for them. End the one whose card it is.", o->name);
	else
		cardform_end(x, app, o);
}

static bool
screen_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct elsewhere *x = screen_mut(p);

	switch (ev->act) {
	case ACT_CARD_MINE:
		cardform_mine(x, app);
		return true;
	case ACT_CARD_TAKE:
	case ACT_CARD_END:
		if (!may_grant(x))
			app_warn(app, "Your role may not take cards in: ask "
			    "one of those who let others in; U shows them.");
		else if (ev->act == ACT_CARD_TAKE)
			cardform_take(x, app);
		else
			end_one(x, app);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return scroll_act(&x->scroll, ev->act);
	}
}

static bool
screen_can(const struct pane *p, enum action a)
{
	const struct elsewhere *x = screen_of(p);

	if (a == ACT_CARD_TAKE)
		return may_grant(x);
	if (a == ACT_CARD_END)
		return may_grant(x) && x->n > 0;
	return a != ACT_SIGN && a != ACT_UNDO && a != ACT_NEXT_PANE &&
	    a != ACT_SEARCH && a != ACT_OPEN;
}

static void
screen_resize(struct pane *p, int w, int h)
{
	struct elsewhere *x = screen_mut(p);

	x->w = w;
	x->h = h;
	arrange(x);
}

static void
screen_status(const struct pane *p, struct status *st)
{
	const struct elsewhere *x = screen_of(p);

	(void)snprintf(st->place, sizeof(st->place), "People elsewhere");
	st->counted = x->n > 0;
	st->n = x->scroll.at + 1;
	st->m = x->n;
}

static void
screen_enter(struct pane *p, struct app *app)
{
	struct elsewhere *x = screen_mut(p);

	(void)app;
	load(x);
	arrange(x);
}

static void
screen_destroy(struct pane *p)
{
	struct elsewhere *x = screen_mut(p);

	forget(x);
	free(x->list);
	free(x);
}

static const struct pane_ops screen_ops = {
	.name = "elsewhere",
	.context = CONTEXT_ELSEWHERE,
	.topic = "people-elsewhere",
	.draw = elsewhere_draw,
	.act = screen_act,
	.resize = screen_resize,
	.destroy = screen_destroy,
	.can = screen_can,
	.status = screen_status,
	.enter = screen_enter,
};

struct pane *
elsewhere_new(const struct elsewhere_opts *o)
{
	struct elsewhere *x = xcalloc(1, sizeof(*x));

	x->base.ops = &screen_ops;
	x->o = *o;
	scroll_init(&x->scroll, 0);
	return &x->base;
}
