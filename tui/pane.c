/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/pane.h"

#include <string.h>

void
pane_draw(const struct pane *p, const struct view *v, bool focused)
{
	if (p->ops->draw != NULL)
		p->ops->draw(p, v, focused);
}

bool
pane_act(struct pane *p, const struct event *ev, struct app *app)
{
	return p->ops->act != NULL && p->ops->act(p, ev, app);
}

void
pane_resize(struct pane *p, int w, int h)
{
	if (p->ops->resize != NULL)
		p->ops->resize(p, w, h);
}

void
pane_destroy(struct pane *p)
{
	if (p != NULL && p->ops->destroy != NULL)
		p->ops->destroy(p);
}

enum context
pane_context(const struct pane *p)
{
	return p->ops->context_now != NULL ? p->ops->context_now(p) :
	    p->ops->context;
}

const char *
pane_topic(const struct pane *p)
{
	return p->ops->topic_now != NULL ? p->ops->topic_now(p) :
	    p->ops->topic;
}

const char *
pane_title(const struct pane *p)
{
	return p->ops->title != NULL ? p->ops->title(p) : p->ops->name;
}

bool
pane_can(const struct pane *p, enum action a)
{
	return p->ops->can == NULL || p->ops->can(p, a);
}

int64_t
pane_wake(const struct pane *p)
{
	return p->ops->wake != NULL ? p->ops->wake(p) : -1;
}

void
pane_status(const struct pane *p, struct status *st)
{
	if (p->ops->status != NULL)
		p->ops->status(p, st);
}

void
pane_enter(struct pane *p, struct app *app)
{
	if (p->ops->enter != NULL)
		p->ops->enter(p, app);
}

void
pane_save(struct pane *p)
{
	if (p->ops->save != NULL)
		p->ops->save(p);
}

/* Brings `at` and `top` back into what n and height allow. */
static void
settle(struct scroll *s)
{
	size_t h = s->height > 0 ? (size_t)s->height : 0;

	if (s->n == 0) {
		s->at = s->top = 0;
		return;
	}
	if (s->at >= s->n)
		s->at = s->n - 1;
	if (h == 0)
		return;
	if (s->at < s->top)
		s->top = s->at;
	if (s->at >= s->top + h)
		s->top = s->at - h + 1;
	if (s->top + h > s->n)
		s->top = s->n > h ? s->n - h : 0;
}

void
scroll_init(struct scroll *s, size_t n)
{
	memset(s, 0, sizeof(*s));
	s->n = n;
}

void
scroll_count(struct scroll *s, size_t n)
{
	s->n = n;
	settle(s);
}

void
scroll_resize(struct scroll *s, int height)
{
	s->height = height;
	settle(s);
}

void
scroll_to(struct scroll *s, size_t at)
{
	s->at = at;
	settle(s);
}

static size_t
less(size_t at, size_t by)
{
	return at > by ? at - by : 0;
}

bool
scroll_act(struct scroll *s, enum action a)
{
	size_t page = s->height > 1 ? (size_t)s->height - 1 : 1;

	switch (a) {
	case ACT_UP:
		s->at = less(s->at, 1);
		break;
	case ACT_DOWN:
		s->at++;
		break;
	case ACT_PAGE_UP:
		s->at = less(s->at, page);
		break;
	case ACT_PAGE_DOWN:
		s->at += page;
		break;
	case ACT_HOME:
		s->at = 0;
		break;
	case ACT_END:
		s->at = less(s->n, 1);
		break;
	default:
		return false;
	}
	settle(s);
	return true;
}

bool
scroll_shows(const struct scroll *s, int y)
{
	return y >= 0 && y < s->height && s->top + (size_t)y < s->n;
}

void
scroll_mark(const struct view *v, int y, enum style s, bool focused)
{
	view_restyle(v, (struct rect){0, y, view_w(v), 1}, s);
	view_put(v, 0, y, s, ">");
	if (focused)
		view_cursor(v, 0, y);
}
