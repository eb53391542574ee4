/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/keyscreen.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

#define KEYS_W 22	/* columns of the keys */

struct keyscreen {
	struct pane base;
	struct scroll scroll;	/* rows as wrapped; `at` is the top row */
	struct str text;	/* keys_help() */
	int w, h;
};

static const struct keyscreen *
keyscreen_of(const struct pane *p)
{
	return (const struct keyscreen *)(const void *)p;
}

static struct keyscreen *
keyscreen_mut(struct pane *p)
{
	return (struct keyscreen *)(void *)p;
}

/* Draws one line of the help from row y; returns the rows it takes. */
static int
draw_line(const struct view *v, int y, const char *line, size_t n)
{
	const char *tab = memchr(line, '\t', n);
	size_t keys = tab != NULL ? (size_t)(tab - line) : n;
	struct pen pen = {v, 0, y};
	struct view help;
	char *text;
	int rows;

	pen_put_n(&pen, tab != NULL ? STYLE_KEY : STYLE_HEADING, line, keys);
	if (tab == NULL)
		return 1;
	help = view_sub(v, (struct rect){KEYS_W, y, view_w(v) - KEYS_W,
	    view_h(v) - y});
	text = xstrndup(tab + 1, n - keys - 1);
	rows = view_wrap(&help, 0, STYLE_NORMAL, text);
	free(text);
	return rows > 0 ? rows : 1;
}

/* Draws all from row y on; returns the rows all of it takes. */
static int
draw_all(const struct keyscreen *ks, const struct view *v, int y)
{
	const char *line = ks->text.s;
	int from = y;

	while (*line != '\0') {
		size_t n = strcspn(line, "\n");

		y += draw_line(v, y, line, n);
		line += n + (line[n] == '\n' ? 1 : 0);
	}
	return y - from;
}

static void
keyscreen_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct keyscreen *ks = keyscreen_of(p);

	(void)draw_all(ks, v, -(int)ks->scroll.top);
	if (focused)
		view_cursor(v, 0, 0);
}

static bool
keyscreen_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct scroll *s = &keyscreen_mut(p)->scroll;
	size_t last = s->n > (size_t)s->height ? s->n - (size_t)s->height : 0;

	(void)app;
	if (ev->act == ACT_DOWN && s->top < last)
		s->top++;
	else if (ev->act == ACT_UP && s->top > 0)
		s->top--;
	else if (ev->act == ACT_PAGE_DOWN)
		s->top += (size_t)(s->height > 1 ? s->height - 1 : 1);
	else if (ev->act == ACT_PAGE_UP)
		s->top -= s->top < (size_t)s->height ? s->top :
		    (size_t)s->height - 1;
	else if (ev->act == ACT_HOME)
		s->top = 0;
	else if (ev->act == ACT_END)
		s->top = last;
	else
		return ev->act == ACT_UP || ev->act == ACT_DOWN ||
		    ev->act == ACT_HELP;
	if (s->top > last)
		s->top = last;
	return true;
}

static void
keyscreen_resize(struct pane *p, int w, int h)
{
	struct keyscreen *ks = keyscreen_mut(p);
	struct cellbuf none;
	struct view v;
	size_t last;

	/* Drawn into nothing, to learn how many rows it takes. */
	cellbuf_init(&none, 0, 0);
	v = view_of(&none);
	v.area = (struct rect){0, 0, w, h};
	ks->scroll.n = (size_t)draw_all(ks, &v, 0);
	ks->scroll.height = h;
	cellbuf_release(&none);
	last = ks->scroll.n > (size_t)h ? ks->scroll.n - (size_t)h : 0;
	if (ks->scroll.top > last)
		ks->scroll.top = last;
}

static void
keyscreen_destroy(struct pane *p)
{
	struct keyscreen *ks = keyscreen_mut(p);

	str_release(&ks->text);
	free(ks);
}

static bool
keyscreen_can(const struct pane *p, enum action a)
{
	(void)p;
	return a == ACT_BACK || a == ACT_BLANK;
}

static const struct pane_ops keyscreen_ops = {
	.name = "Keys",
	.context = CONTEXT_HELP,
	.topic = "keys",
	.draw = keyscreen_draw,
	.act = keyscreen_act,
	.resize = keyscreen_resize,
	.destroy = keyscreen_destroy,
	.can = keyscreen_can,
};

struct pane *
keyscreen_new(enum context c)
{
	struct keyscreen *ks = xcalloc(1, sizeof(*ks));

	ks->base.ops = &keyscreen_ops;
	str_init(&ks->text);
	keys_help(c, &ks->text);
	return &ks->base;
}
