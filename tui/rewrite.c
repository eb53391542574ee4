/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/rewrite.h"

#include <stdlib.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/edit.h"

#define TEXT_MAX 4000

struct rewrite {
	struct pane base;
	struct pane_ops ops;	/* its own: the topic differs */
	struct rewrite_opts o;
	char *title, *was;
	struct edit edit;
	struct str remark;
	int w, h;
};

static struct rewrite *
rewrite_mut(struct pane *p)
{
	return (struct rewrite *)(void *)p;
}

static const struct rewrite *
rewrite_of(const struct pane *p)
{
	return (const struct rewrite *)(const void *)p;
}

static void
look(struct rewrite *r)
{
	str_clear(&r->remark);
	if (r->o.remark != NULL)
		r->o.remark(r->o.ctx, edit_text(&r->edit), &r->remark);
}

/* The old text gives way first: it is on the screen below as well. */
static int
was_rows(const struct rewrite *r)
{
	int rows = wrap_rows(r->was, r->w > 0 ? r->w : 1), most = r->h / 3;

	return rows < most ? rows : most;
}

static int
remark_rows(const struct rewrite *r)
{
	int rows = r->remark.len == 0 ? 0 : wrap_rows(r->remark.s,
	    r->w > 0 ? r->w : 1), most = r->h / 4;

	return rows < most ? rows : most;
}

static struct rect
edit_place(const struct rewrite *r)
{
	int top = r->h >= 6 ? was_rows(r) + 3 : 0;
	int h = r->h - top - remark_rows(r);

	return (struct rect){0, top, r->w, h > 1 ? h : 1};
}

static void
rewrite_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct rewrite *r = rewrite_of(p);
	struct rect at = edit_place(r);
	struct rect old = {0, 1, r->w, was_rows(r)};
	struct rect rest = {0, at.y + at.h, r->w, remark_rows(r)};
	struct view part;

	if (at.y > 0) {
		(void)view_fit(v, 0, 0, STYLE_TITLE, r->title);
		part = view_sub(v, old);
		(void)view_wrap(&part, 0, STYLE_DIM, r->was);
		(void)view_fit(v, 0, at.y - 1, STYLE_LABEL, "It is to be:");
	}
	part = view_sub(v, at);
	edit_draw(&r->edit, &part, STYLE_INPUT_FOCUS, focused);
	part = view_sub(v, rest);
	(void)view_wrap(&part, 0, STYLE_WARNING, r->remark.s);
}

static void
typed(struct rewrite *r)
{
	struct rect at;

	look(r);
	at = edit_place(r);
	edit_resize(&r->edit, at.w, at.h);
	if (r->o.changed != NULL)
		r->o.changed(r->o.ctx, edit_text(&r->edit));
}

static bool
rewrite_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct rewrite *r = rewrite_mut(p);
	bool changed = false;

	if (ev->act == ACT_KEEP) {
		r->o.keep(r->o.ctx, app, edit_text(&r->edit));
		app_pop(app);
		return true;
	}
	if (ev->act == ACT_CANCEL) {
		if (r->o.left != NULL)
			r->o.left(r->o.ctx, app);
		app_pop(app);
		return true;
	}
	if (!edit_act(&r->edit, ev, &changed))
		return false;
	if (changed)
		typed(r);
	return true;
}

static bool
rewrite_can(const struct pane *p, enum action a)
{
	(void)p;
	return a != ACT_NEXT_FIELD && a != ACT_PREV_FIELD && a != ACT_PICK &&
	    a != ACT_FIND_TEXT && a != ACT_FIND_NEXT && a != ACT_FIND_PREV;
}

static void
rewrite_resize(struct pane *p, int w, int h)
{
	struct rewrite *r = rewrite_mut(p);
	struct rect at;

	r->w = w;
	r->h = h;
	at = edit_place(r);
	edit_resize(&r->edit, at.w, at.h);
}

static void
rewrite_destroy(struct pane *p)
{
	struct rewrite *r = rewrite_mut(p);

	edit_release(&r->edit);
	str_release(&r->remark);
	free(r->title);
	free(r->was);
	free(r);
}

struct pane *
rewrite_new(const struct rewrite_opts *o)
{
	struct rewrite *r = xcalloc(1, sizeof(*r));
	struct err e;

	r->ops = (struct pane_ops){
		.name = "rewrite", .context = CONTEXT_EDITOR,
		.topic = o->topic, .draw = rewrite_draw, .act = rewrite_act,
		.resize = rewrite_resize, .destroy = rewrite_destroy,
		.can = rewrite_can,
	};
	r->base.ops = &r->ops;
	r->o = *o;
	r->title = xstrdup(o->title);
	r->was = xstrdup(o->was);
	str_init(&r->remark);
	/* Only a secret can fail here. */
	(void)!edit_init(&r->edit, EDIT_TEXT, TEXT_MAX, &e);
	edit_set(&r->edit, o->text);
	look(r);
	return &r->base;
}
