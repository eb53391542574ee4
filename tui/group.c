/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The group of pane.h: several panes side by side, or as tabs.
 */
#include "config.h"

#include "tui/pane.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/layout.h"

struct group {
	struct pane base;
	struct pane_ops ops;	/* its own: the name is the screen's */
	struct pane *panes[LAYOUT_PANES_MAX];	/* owned */
	struct layout_part parts[LAYOUT_PANES_MAX];
	size_t n, focus;
	int w, h;
	struct pane_layout layout;
	bool across;		/* the first stands above the others */
};

static const struct group *
group_of(const struct pane *p)
{
	return (const struct group *)(const void *)p;
}

static struct group *
group_mut(struct pane *p)
{
	return (struct group *)(void *)p;
}

#define ACROSS_MIN 8		/* rows of the first, with its title */
#define BELOW_MIN 12		/* rows of the others */

/* The first takes nearly half; the others share what is below. */
static void
arrange_across(struct group *g, int rows)
{
	struct rect below = {0, rows, g->w, g->h - rows};
	struct pane_layout l;

	layout_panes(below, g->parts + 1, g->n - 1, 0, &l);
	memset(&g->layout, 0, sizeof(g->layout));
	g->layout.shape = l.shape;
	g->layout.n = g->n;
	for (size_t i = 1; i < g->n; i++) {
		g->layout.title[i] = l.title[i - 1];
		g->layout.body[i] = l.body[i - 1];
		g->layout.gap[i] = l.gap[i - 1];
	}
	g->layout.title[0] = (struct rect){0, 0, g->w, 1};
	g->layout.body[0] = (struct rect){0, 1, g->w, rows - 1};
}

static void
lay_out(struct group *g)
{
	struct rect all = {0, 0, g->w, g->h};
	int rows = g->h * 9 / 20;

	if (!g->across || g->w < LAYOUT_WIDE) {
		layout_panes(all, g->parts, g->n, g->focus, &g->layout);
	} else if (rows >= ACROSS_MIN && g->h - rows >= BELOW_MIN) {
		arrange_across(g, rows);
	} else {
		/* As in a narrower window. */
		all.w = LAYOUT_WIDE - 1;
		layout_panes(all, g->parts, g->n, g->focus, &g->layout);
		g->layout.tabs.w = g->layout.body[g->focus].w = g->w;
	}
}

static void
arrange(struct group *g)
{
	lay_out(g);
	for (size_t i = 0; i < g->n; i++) {
		struct rect r = g->layout.body[i];

		/* A hidden pane keeps its size: its place is not lost. */
		if (g->layout.shape == SHAPE_SIDE || i == g->focus)
			pane_resize(g->panes[i], r.w, r.h);
	}
}

static void
draw_tabs(const struct group *g, const struct view *v)
{
	struct view line = view_sub(v, g->layout.tabs);
	struct pen pen = {&line, 0, 0};

	view_fill(&line, (struct rect){0, 0, view_w(&line), 1}, STYLE_TAB);
	for (size_t i = 0; i < g->n; i++) {
		bool on = i == g->focus;
		enum style s = on ? STYLE_TAB_FOCUS : STYLE_TAB;

		pen_put(&pen, s, on ? "[" : " ");
		pen_put(&pen, s, pane_title(g->panes[i]));
		pen_put(&pen, s, on ? "]" : " ");
	}
	if (v->buf->doubled)
		view_hline(&line, pen.x, 0, view_w(&line) - pen.x,
		    STYLE_BORDER);
}

static void
draw_side(const struct group *g, const struct view *v, size_t i)
{
	bool on = i == g->focus;
	enum style s = on ? STYLE_BORDER_FOCUS : STYLE_BORDER;
	struct view title = view_sub(v, g->layout.title[i]);
	struct rect gap = g->layout.gap[i];
	struct view text;

	view_hline(&title, 0, 0, view_w(&title), s);
	view_put(&title, 0, 0, s, on ? "* " : "  ");
	text = view_sub(&title, (struct rect){2, 0, view_w(&title) - 4, 1});
	view_put(&text, view_fit(&text, 0, 0,
	    on ? STYLE_TITLE : STYLE_HEADING, pane_title(g->panes[i])), 0, s,
	    " ");
	view_vline(v, gap.x, gap.y, gap.w > 0 ? gap.h : 0, STYLE_BORDER);
}

static void
group_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct group *g = group_of(p);

	if (g->layout.shape == SHAPE_TOO_SMALL)
		return;
	if (g->layout.shape == SHAPE_TABS)
		draw_tabs(g, v);
	for (size_t i = 0; i < g->n; i++) {
		struct view body = view_sub(v, g->layout.body[i]);

		if (g->layout.shape == SHAPE_SIDE)
			draw_side(g, v, i);
		if (g->layout.shape == SHAPE_SIDE || i == g->focus)
			pane_draw(g->panes[i], &body, focused && i == g->focus);
	}
}

static bool
group_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct group *g = group_mut(p);
	size_t step = 0;

	if (ev->act == ACT_NEXT_PANE)
		step = 1;
	else if (ev->act == ACT_PREV_PANE)
		step = g->n - 1;
	if (step == 0)
		return pane_act(g->panes[g->focus], ev, app);
	group_set_focus(p, (g->focus + step) % g->n);
	return true;
}

static void
group_resize(struct pane *p, int w, int h)
{
	struct group *g = group_mut(p);

	g->w = w;
	g->h = h;
	arrange(g);
}

static void
group_destroy(struct pane *p)
{
	struct group *g = group_mut(p);

	for (size_t i = 0; i < g->n; i++)
		pane_destroy(g->panes[i]);
	free(g);
}

static enum context
group_context(const struct pane *p)
{
	return pane_context(group_of(p)->panes[group_of(p)->focus]);
}

static const char *
group_topic(const struct pane *p)
{
	return pane_topic(group_of(p)->panes[group_of(p)->focus]);
}

static bool
group_can(const struct pane *p, enum action a)
{
	const struct group *g = group_of(p);

	if (a == ACT_NEXT_PANE || a == ACT_PREV_PANE)
		return g->n > 1;
	return pane_can(g->panes[g->focus], a);
}

static void
group_status(const struct pane *p, struct status *st)
{
	pane_status(group_of(p)->panes[group_of(p)->focus], st);
}

static void
group_enter(struct pane *p, struct app *app)
{
	struct group *g = group_mut(p);

	for (size_t i = 0; i < g->n; i++)
		pane_enter(g->panes[i], app);
}

static void
group_save(struct pane *p)
{
	struct group *g = group_mut(p);

	for (size_t i = 0; i < g->n; i++)
		pane_save(g->panes[i]);
}

static const struct pane_ops group_ops = {
	.draw = group_draw,
	.act = group_act,
	.resize = group_resize,
	.destroy = group_destroy,
	.context_now = group_context,
	.topic_now = group_topic,
	.can = group_can,
	.status = group_status,
	.enter = group_enter,
	.save = group_save,
};

struct pane *
group_new(const char *name, struct pane *const *panes, const int *weights,
    size_t n)
{
	struct group *g = xcalloc(1, sizeof(*g));

	g->ops = group_ops;
	g->ops.name = name;
	g->base.ops = &g->ops;
	g->n = n < LAYOUT_PANES_MAX ? n : LAYOUT_PANES_MAX;
	for (size_t i = 0; i < g->n; i++) {
		g->panes[i] = panes[i];
		g->parts[i] = (struct layout_part){0, 1, weights[i]};
	}
	return &g->base;
}

void
group_first_across(struct pane *group)
{
	group_mut(group)->across = true;
	arrange(group_mut(group));
}

struct pane *
group_focus(const struct pane *group, size_t *index)
{
	const struct group *g = group_of(group);

	if (index != NULL)
		*index = g->focus;
	return g->panes[g->focus];
}

void
group_set_focus(struct pane *group, size_t index)
{
	struct group *g = group_mut(group);

	if (index >= g->n)
		return;
	g->focus = index;
	arrange(g);
}
