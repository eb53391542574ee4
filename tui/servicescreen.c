/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/servicescreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/utf8.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/edit.h"

#define LABEL "Search: "
#define TYPED_MAX 200
#define NAME_W 44	/* columns of the name where there is room for more */

struct servicescreen {
	struct pane base;
	struct servicescreen_opts o;
	char *near;		/* owned; "" for none */
	struct edit ed;
	const struct code *kind;	/* NULL: all */
	const struct service **found;
	struct scroll scroll;	/* over found */
	int w, h;
};

static const struct servicescreen *
screen_of(const struct pane *p)
{
	return (const struct servicescreen *)(const void *)p;
}

static struct servicescreen *
screen_mut(struct pane *p)
{
	return (struct servicescreen *)(void *)p;
}

static const struct service *
at(const struct servicescreen *ss)
{
	return ss->scroll.at < ss->scroll.n ? ss->found[ss->scroll.at] :
	    NULL;
}

static void
look_up(struct servicescreen *ss)
{
	struct services_query q = {
		.words = edit_text(&ss->ed), .near = ss->near,
		.kind = ss->kind != NULL ? ss->kind->id : NULL,
	};

	scroll_count(&ss->scroll, services_find(ss->o.services, &q,
	    ss->found));
	scroll_to(&ss->scroll, 0);
}

/* ---- drawing ---- */

/* The line of typing, the kind; from eight rows on what is near. */
static int
top_rows(const struct servicescreen *ss)
{
	return ss->h >= 8 && *ss->near != '\0' ? 3 : ss->h > 3 ? 2 : 1;
}

/* The selected one below the list, where there is room for both. */
static int
foot_rows(const struct servicescreen *ss)
{
	int left = ss->h - top_rows(ss);

	return left < 5 ? 0 : left / 2;
}

static void
draw_typing(const struct servicescreen *ss, const struct view *v,
    bool focused)
{
	int x = (int)strlen(LABEL), w = view_w(v) - x;
	struct view field = view_sub(v, (struct rect){x, 0, w, 1});
	enum style s = focused ? STYLE_INPUT_FOCUS : STYLE_INPUT;

	(void)view_put(v, 0, 0, STYLE_LABEL, LABEL);
	view_fill(&field, (struct rect){0, 0, w, 1}, s);
	edit_draw(&ss->ed, &field, s, focused);
}

static void
draw_top(const struct servicescreen *ss, const struct view *v)
{
	struct str text;

	str_init(&text);
	str_add_fmt(&text, "Kind: %s (Tab)  %zu of %zu", ss->kind != NULL ?
	    ss->kind->label : "all", ss->scroll.n, ss->o.services->n);
	(void)view_fit(v, 0, 1, STYLE_DIM, text.s);
	str_clear(&text);
	str_add_fmt(&text, "Those for %s stand first.", ss->near);
	if (top_rows(ss) > 2)
		(void)view_fit(v, 0, 2, STYLE_DIM, text.s);
	str_release(&text);
}

static void
draw_row(const struct servicescreen *ss, const struct view *v, int y,
    const struct service *s)
{
	bool wide = view_w(v) >= NAME_W + 24;
	struct view name = view_sub(v, (struct rect){2, y,
	    wide ? NAME_W : view_w(v) - 2, 1});
	struct view rest = view_sub(v, (struct rect){NAME_W + 4, y,
	    view_w(v) - NAME_W - 4, 1});
	struct str text;

	str_init(&text);
	str_add_fmt(&text, "%s%s", s->verified ? "" : "? ", s->name);
	(void)view_fit(&name, 0, 0, s->verified ? STYLE_NORMAL : STYLE_DIM,
	    text.s);
	str_clear(&text);
	if (*s->telephone != '\0')
		str_add_fmt(&text, "%s  ", s->telephone);
	if (*ss->near != '\0' && service_names(s, ss->near))
		str_add_fmt(&text, "%s  ", ss->near);
	str_add(&text, s->kind_label);
	if (wide)
		(void)view_fit(&rest, 0, 0, STYLE_LABEL, text.s);
	str_release(&text);
}

static void
add_part(const struct view *v, int *y, enum style s, const char *label,
    const char *text)
{
	struct str line;

	if (*text == '\0')
		return;
	str_init(&line);
	str_add_fmt(&line, "%s%s", label, text);
	*y += view_wrap(v, *y, s, line.s);
	str_release(&line);
}

/* What matters most stands first: short windows show the first lines. */
static void
draw_foot(const struct service *s, const struct view *v)
{
	struct str areas;
	int y = 1;

	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	str_init(&areas);
	service_areas(s, &areas);
	if (!s->verified)
		add_part(v, &y, STYLE_WARNING, "! Not verified. ", s->note);
	add_part(v, &y, STYLE_NORMAL, "Telephone: ", s->telephone);
	add_part(v, &y, STYLE_NORMAL, "", s->takes);
	add_part(v, &y, STYLE_NORMAL, "Route: ", s->route);
	add_part(v, &y, STYLE_NORMAL, "Address: ", s->address);
	add_part(v, &y, STYLE_NORMAL, "Hours: ", s->hours);
	if (s->verified)
		add_part(v, &y, STYLE_NORMAL, "Note: ", s->note);
	add_part(v, &y, STYLE_DIM, "For: ", areas.s);
	add_part(v, &y, STYLE_DIM, "Source: ", s->source);
	str_release(&areas);
}

static void
screen_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct servicescreen *ss = screen_of(p);
	int top = top_rows(ss), foot = foot_rows(ss), w = view_w(v);
	struct view body = view_sub(v, (struct rect){0, top, w,
	    view_h(v) - top - foot});
	struct view under = view_sub(v, (struct rect){0, view_h(v) - foot,
	    w, foot});

	if (top > 1)
		draw_top(ss, v);
	if (ss->scroll.n == 0)
		(void)view_wrap(&body, 0, STYLE_NORMAL, "No service "
		    "matches. Type fewer words, or press Tab until the kind "
		    "is \"all\". In danger now: ring 999.");
	for (int y = 0; scroll_shows(&ss->scroll, y); y++) {
		size_t i = ss->scroll.top + (size_t)y;

		draw_row(ss, &body, y, ss->found[i]);
		if (i == ss->scroll.at)
			scroll_mark(&body, y, STYLE_SELECTED, false);
	}
	if (at(ss) != NULL && foot > 0)
		draw_foot(at(ss), &under);
	/* The cursor stays where one types; the marker shows the row. */
	draw_typing(ss, v, focused);
}

/* ---- acting ---- */

/* All, then each kind of a referral, and round again. */
static void
next_kind(struct servicescreen *ss, bool back)
{
	const struct code *all = kind_field(kind_find("referral"),
	    "service")->codes;
	size_t n = 0, i = 0;

	while (all[n].id != NULL)
		n++;
	while (ss->kind != NULL && i < n && &all[i] != ss->kind)
		i++;
	if (ss->kind == NULL)
		ss->kind = back ? &all[n - 1] : &all[0];
	else if (back)
		ss->kind = i > 0 ? &all[i - 1] : NULL;
	else
		ss->kind = i + 1 < n ? &all[i + 1] : NULL;
	look_up(ss);
}

static void
submit(struct servicescreen *ss, struct app *app)
{
	const struct service *s = at(ss);
	struct servicescreen_opts o = ss->o;

	if (s == NULL) {
		app_say(app, "Nothing is selected: no service matches.");
	} else if (o.choose == NULL) {
		app_say(app, "It is taken into a referral with F3, in the "
		    "referral's form.");
	} else {
		o.choose(o.ctx, app, s);
		app_pop(app);
	}
}

static bool
screen_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct servicescreen *ss = screen_mut(p);
	bool changed = false;

	switch (ev->act) {
	case ACT_SUBMIT:
		submit(ss, app);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	case ACT_NEXT_FIELD:
	case ACT_PREV_FIELD:
		next_kind(ss, ev->act == ACT_PREV_FIELD);
		return true;
	case ACT_UP:
	case ACT_DOWN:
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		return scroll_act(&ss->scroll, ev->act);
	default:
		break;
	}
	if (!edit_act(&ss->ed, ev, &changed))
		return false;
	if (changed)
		look_up(ss);
	return true;
}

static void
screen_resize(struct pane *p, int w, int h)
{
	struct servicescreen *ss = screen_mut(p);
	int field = w - (int)strlen(LABEL);

	ss->w = w;
	ss->h = h;
	edit_resize(&ss->ed, field > 0 ? field : 0, 1);
	h -= top_rows(ss) + foot_rows(ss);
	scroll_resize(&ss->scroll, h > 0 ? h : 0);
}

static bool
screen_can(const struct pane *p, enum action a)
{
	if (a == ACT_SUBMIT)
		return screen_of(p)->o.choose != NULL;
	return a != ACT_BACK && a != ACT_COMMAND;
}

static void
screen_status(const struct pane *p, struct status *st)
{
	(void)p;
	(void)snprintf(st->place, sizeof(st->place), "Services");
}

static void
screen_destroy(struct pane *p)
{
	struct servicescreen *ss = screen_mut(p);

	if (ss->o.destroy != NULL)
		ss->o.destroy(ss->o.ctx);
	edit_release(&ss->ed);
	free(ss->found);
	free(ss->near);
	free(ss);
}

static const struct pane_ops service_ops = {
	.name = "services",
	.context = CONTEXT_SERVICES,
	.topic = "services",
	.draw = screen_draw,
	.act = screen_act,
	.resize = screen_resize,
	.destroy = screen_destroy,
	.can = screen_can,
	.status = screen_status,
};

struct pane *
servicescreen_new(const struct servicescreen_opts *o)
{
	struct servicescreen *ss = xcalloc(1, sizeof(*ss));

	ss->base.ops = &service_ops;
	ss->o = *o;
	ss->near = xstrdup(o->near != NULL ? o->near : "");
	/* Only a secret can fail. */
	(void)!edit_init(&ss->ed, EDIT_LINE, TYPED_MAX, NULL);
	ss->found = xcalloc(o->services->n + 1, sizeof(*ss->found));
	scroll_init(&ss->scroll, 0);
	look_up(ss);
	return &ss->base;
}
