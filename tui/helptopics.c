/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of help topics, narrowed as one types.
 */
#include "config.h"

#include "tui/helpscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"

struct topic {
	char *name, *title;	/* owned */
};

struct helptopics {
	struct pane base;
	struct help_source src;
	struct topic *list;
	size_t n, cap;
	size_t *shown;		/* indexes into list; room for n */
	size_t nshown;
	struct scroll scroll;
	struct str words;
	struct err fault;
};

static const struct helptopics *
topics_of(const struct pane *p)
{
	return (const struct helptopics *)(const void *)p;
}

static struct helptopics *
topics_mut(struct pane *p)
{
	return (struct helptopics *)(void *)p;
}

static void
topics_add(const char *name, const char *title, void *ctx)
{
	struct helptopics *ht = ctx;

	ht->list = vec_room(ht->list, ht->n, &ht->cap, sizeof(*ht->list));
	ht->list[ht->n++] = (struct topic){xstrdup(name), xstrdup(title)};
}

static bool
topic_holds(const struct topic *t, const char *folded)
{
	struct str key;
	bool found;

	str_init(&key);
	utf8_fold(&key, t->name, strlen(t->name));
	str_add_char(&key, '\n');
	utf8_fold(&key, t->title, strlen(t->title));
	found = strstr(key.s, folded) != NULL;
	str_release(&key);
	return found;
}

static void
narrow(struct helptopics *ht, const char *text)
{
	struct str folded;

	str_clear(&ht->words);
	str_add(&ht->words, text);
	str_init(&folded);
	utf8_fold(&folded, text, strlen(text));
	ht->nshown = 0;
	for (size_t i = 0; i < ht->n; i++) {
		if (topic_holds(&ht->list[i], folded.s))
			ht->shown[ht->nshown++] = i;
	}
	str_release(&folded);
	scroll_count(&ht->scroll, ht->nshown);
}

static void
search_changed(void *ctx, struct app *app, const char *text)
{
	(void)app;
	narrow(ctx, text);
}

static void
search_done(void *ctx, struct app *app, const char *text)
{
	(void)app;
	narrow(ctx, text != NULL ? text : "");
}

static const char *
nothing(const struct helptopics *ht)
{
	if (ht->fault.rc != RC_OK)
		return ht->fault.text;
	return "No topic has these words. Esc shows all.";
}

static void
topics_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct helptopics *ht = topics_of(p);
	struct view body = view_sub(v, (struct rect){0, 1, view_w(v),
	    view_h(v) - 1});
	struct pen pen = {v, 0, 0};

	pen_put(&pen, STYLE_HEADING, "Help topics");
	if (ht->words.len > 0) {
		pen_put(&pen, STYLE_LABEL, "  with: ");
		pen_put(&pen, STYLE_INPUT, ht->words.s);
	}
	if (ht->nshown == 0)
		view_wrap(&body, 0, STYLE_NORMAL, nothing(ht));
	for (int y = 0; scroll_shows(&ht->scroll, y); y++) {
		size_t i = ht->scroll.top + (size_t)y;

		view_fit(&body, 2, y, STYLE_NORMAL,
		    ht->list[ht->shown[i]].title);
		if (i == ht->scroll.at)
			scroll_mark(&body, y, focused ? STYLE_SELECTED :
			    STYLE_SELECTED_IDLE, focused);
	}
}

static bool
open_topic(struct helptopics *ht, struct app *app)
{
	if (ht->nshown > 0)
		app_push(app, helpscreen_new(&ht->src,
		    ht->list[ht->shown[ht->scroll.at]].name, CONTEXT_HELP));
	return true;
}

static bool
topics_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct helptopics *ht = topics_mut(p);
	struct prompt prompt = {
		.label = "/", .text = ht->words.s, .ctx = ht,
		.done = search_done, .changed = search_changed
	};

	switch (ev->act) {
	case ACT_OPEN:
		return open_topic(ht, app);
	case ACT_SEARCH:
		app_prompt(app, &prompt);
		return true;
	case ACT_HELP:
		return true;
	case ACT_CANCEL:
		if (ht->words.len > 0)
			narrow(ht, "");
		else
			app_pop(app);
		return true;
	default:
		return scroll_act(&ht->scroll, ev->act);
	}
}

static void
topics_resize(struct pane *p, int w, int h)
{
	(void)w;
	scroll_resize(&topics_mut(p)->scroll, h > 1 ? h - 1 : 0);
}

static void
topics_status(const struct pane *p, struct status *st)
{
	const struct helptopics *ht = topics_of(p);

	snprintf(st->place, sizeof(st->place), "Help topics");
	st->counted = true;
	st->n = ht->nshown;
	st->m = ht->n;
}

static bool
topics_can(const struct pane *p, enum action a)
{
	(void)p;
	return a != ACT_SIGN && a != ACT_UNDO && a != ACT_NEXT_PANE &&
	    a != ACT_HELP;
}

static void
topics_destroy(struct pane *p)
{
	struct helptopics *ht = topics_mut(p);

	for (size_t i = 0; i < ht->n; i++) {
		free(ht->list[i].name);
		free(ht->list[i].title);
	}
	free(ht->list);
	free(ht->shown);
	str_release(&ht->words);
	free(ht);
}

static const struct pane_ops topics_ops = {
	.name = "help topics",
	.context = CONTEXT_HELP,
	.draw = topics_draw,
	.act = topics_act,
	.resize = topics_resize,
	.destroy = topics_destroy,
	.can = topics_can,
	.status = topics_status
};

struct pane *
helptopics_new(const struct help_source *src)
{
	struct helptopics *ht = xcalloc(1, sizeof(*ht));

	ht->base.ops = &topics_ops;
	ht->src = *src;
	str_init(&ht->words);
	/* What was told before a fault is shown all the same. */
	(void)!src->ops->each(src->ctx, topics_add, ht, &ht->fault);
	ht->shown = xreallocarray(NULL, ht->n + 1, sizeof(*ht->shown));
	scroll_init(&ht->scroll, 0);
	narrow(ht, "");
	return &ht->base;
}
