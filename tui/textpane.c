/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/textpane.h"

#include <stdlib.h>

#include "core/xalloc.h"

struct textpane {
	struct pane base;
	struct pane_ops ops;	/* its own: name, context and topic differ */
	struct textpane_opts o;
	struct lines lines;
};

static const struct textpane *
text_of(const struct pane *p)
{
	return (const struct textpane *)(const void *)p;
}

static struct textpane *
text_mut(struct pane *p)
{
	return (struct textpane *)(void *)p;
}

void
textpane_refresh(struct pane *p)
{
	struct textpane *t = text_mut(p);

	lines_clear(&t->lines);
	t->o.fill(t->o.ctx, &t->lines);
	lines_done(&t->lines);
}

static void
text_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&text_of(p)->lines, v, focused);
	if (focused)
		view_cursor(v, 0, 0);
}

static bool
text_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct textpane *t = text_mut(p);

	if (lines_act(&t->lines, ev->act))
		return true;
	return t->o.act != NULL && t->o.act(t->o.ctx, ev, app, p);
}

static void
text_resize(struct pane *p, int w, int h)
{
	lines_resize(&text_mut(p)->lines, w, h);
	textpane_refresh(p);
}

static void
text_destroy(struct pane *p)
{
	struct textpane *t = text_mut(p);

	if (t->o.destroy != NULL)
		t->o.destroy(t->o.ctx);
	lines_release(&t->lines);
	free(t);
}

static bool
text_can(const struct pane *p, enum action a)
{
	const struct textpane *t = text_of(p);

	return t->o.can == NULL || t->o.can(t->o.ctx, a);
}

static void
text_enter(struct pane *p, struct app *app)
{
	(void)app;
	textpane_refresh(p);
}

struct pane *
textpane_new(const struct textpane_opts *o)
{
	struct textpane *t = xcalloc(1, sizeof(*t));

	t->ops = (struct pane_ops){
		.name = o->name, .context = o->context, .topic = o->topic,
		.draw = text_draw, .act = text_act, .resize = text_resize,
		.destroy = text_destroy, .can = text_can,
		.enter = text_enter,
	};
	t->base.ops = &t->ops;
	t->o = *o;
	lines_init(&t->lines);
	return &t->base;
}
