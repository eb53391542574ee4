/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One case out of several that a bundle held.  Only the rows in sight are
 * asked for their words.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/bundlescreen.h"

struct casepick {
	struct pane base;
	struct casepick_opts o;
	char *title;
	struct case_id *cases;
	struct scroll scroll;
	struct str *words;	/* of those from scroll.top on; owned */
	size_t nwords;
};

static const struct casepick *
pick_of(const struct pane *p)
{
	return (const struct casepick *)(const void *)p;
}

static struct casepick *
pick_mut(struct pane *p)
{
	return (struct casepick *)(void *)p;
}

static void
forget(struct casepick *c)
{
	while (c->nwords > 0)
		str_release(&c->words[--c->nwords]);
	free(c->words);
	c->words = NULL;
}

static void
fetch(struct casepick *c)
{
	const struct bundle_source *src = &c->o.source;
	size_t h = c->scroll.height > 0 ? (size_t)c->scroll.height : 0;

	forget(c);
	c->words = xcalloc(h + 1, sizeof(*c->words));
	for (size_t i = c->scroll.top; i < c->scroll.n && c->nwords < h;
	    i++) {
		struct str *w = &c->words[c->nwords++];

		str_init(w);
		src->ops->case_words(src->ctx, &c->cases[i], w);
	}
}

static void
pick_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct casepick *c = pick_of(p);
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	struct view body = view_sub(v, (struct rect){0, 1, view_w(v),
	    view_h(v) - 1});
	struct view text = view_sub(&body, (struct rect){2, 0,
	    view_w(v) - 2, view_h(&body)});

	(void)view_fit(v, 0, 0, STYLE_TITLE, c->title);
	for (int y = 0; scroll_shows(&c->scroll, y); y++) {
		if ((size_t)y < c->nwords)
			(void)view_fit(&text, 0, y, STYLE_NORMAL,
			    c->words[y].len > 0 ? c->words[y].s :
			    "A case that is not for your eyes");
		if (c->scroll.top + (size_t)y == c->scroll.at)
			scroll_mark(&body, y, on, focused);
	}
}

static bool
pick_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct casepick *c = pick_mut(p);

	if (ev->act == ACT_CANCEL) {
		app_pop(app);
		return true;
	}
	if (ev->act == ACT_OPEN) {
		if (c->scroll.n > 0)
			c->o.open_case(c->o.ctx, app,
			    &c->cases[c->scroll.at]);
		return true;
	}
	if (!scroll_act(&c->scroll, ev->act))
		return false;
	fetch(c);
	return true;
}

static bool
pick_can(const struct pane *p, enum action a)
{
	if (a == ACT_OPEN)
		return pick_of(p)->scroll.n > 0;
	return a != ACT_SIGN && a != ACT_UNDO && a != ACT_NEXT_PANE &&
	    a != ACT_SEARCH;
}

static void
pick_resize(struct pane *p, int w, int h)
{
	struct casepick *c = pick_mut(p);

	(void)w;
	scroll_resize(&c->scroll, h > 1 ? h - 1 : 0);
	fetch(c);
}

static void
pick_status(const struct pane *p, struct status *st)
{
	const struct casepick *c = pick_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Bundles: cases");
	st->counted = c->scroll.n > 0;
	st->n = c->scroll.at + 1;
	st->m = c->scroll.n;
}

static void
pick_enter(struct pane *p, struct app *app)
{
	(void)app;
	fetch(pick_mut(p));
}

static void
pick_destroy(struct pane *p)
{
	struct casepick *c = pick_mut(p);

	forget(c);
	free(c->cases);
	free(c->title);
	free(c);
}

static const struct pane_ops pick_ops = {
	.name = "casepick",
	.context = CONTEXT_MOVE,
	.topic = "bundles",
	.draw = pick_draw,
	.act = pick_act,
	.resize = pick_resize,
	.destroy = pick_destroy,
	.can = pick_can,
	.status = pick_status,
	.enter = pick_enter,
};

struct pane *
casepick_new(const struct casepick_opts *o)
{
	struct casepick *c = xcalloc(1, sizeof(*c));

	c->base.ops = &pick_ops;
	c->o = *o;
	c->title = xstrdup(o->title);
	c->cases = xcalloc(o->n + 1, sizeof(*c->cases));
	if (o->n > 0)
		memcpy(c->cases, o->cases, o->n * sizeof(*c->cases));
	scroll_init(&c->scroll, o->n);
	return &c->base;
}
