/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/helpscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/markup.h"

#define TEXT_W_MAX 90	/* longer lines are hard to read */

struct helpscreen {
	struct pane base;
	struct help_source src;
	char topic[TOPIC_MAX];
	struct markup text;
	int top, w, h;
	struct str words;	/* last searched */
	size_t match;
};

static const struct helpscreen *
help_of(const struct pane *p)
{
	return (const struct helpscreen *)(const void *)p;
}

static struct helpscreen *
help_mut(struct pane *p)
{
	return (struct helpscreen *)(void *)p;
}

static int
text_w(int w)
{
	return w < TEXT_W_MAX ? w : TEXT_W_MAX;
}

/*
 * keys_help() gives headings and tabbed lines; headings become markup, and
 * one without keys below it is left out.
 */
static void
add_context_keys(struct str *out, enum context c)
{
	struct str keys;

	str_init(&keys);
	keys_help(c, &keys);
	for (const char *at = keys.s; *at != '\0';) {
		size_t n = strcspn(at, "\n");
		bool key = memchr(at, '\t', n) != NULL;
		const char *next = at + n + (at[n] == '\n' ? 1 : 0);

		if (key || (*next != '\n' && *next != '\0')) {
			str_add(out, key || n == 0 ? "" : "\n## ");
			str_add_n(out, at, n);
			str_add_char(out, '\n');
		}
		at = next;
	}
	str_release(&keys);
}

static void
help_load(struct helpscreen *hs, enum context c)
{
	struct str text;
	struct err e;

	str_init(&text);
	if (hs->topic[0] == '\0')
		str_add(&text, "# Keys\n");
	else if (hs->src.ops->load(hs->src.ctx, hs->topic, &text, &e) !=
	    RC_OK)
		str_add_fmt(&text, "# %s\n\n%s\n", hs->topic, e.text);
	str_add(&text, "\nF1 here lists all topics.\n\n");
	add_context_keys(&text, c);
	markup_read(&hs->text, text.s);
	str_release(&text);
}

static void
settle(struct helpscreen *hs)
{
	int last = markup_rows(&hs->text, text_w(hs->w)) - hs->h;

	if (hs->top > last)
		hs->top = last;
	if (hs->top < 0)
		hs->top = 0;
}

static void
help_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct helpscreen *hs = help_of(p);
	struct view text = view_sub(v, (struct rect){0, 0,
	    text_w(view_w(v)), view_h(v)});

	markup_draw(&hs->text, &text, hs->top, hs->match);
	if (view_w(v) > 1 && view_h(v) > 1 && hs->top + view_h(v) <
	    markup_rows(&hs->text, view_w(&text)))
		view_put(v, view_w(v) - 1, view_h(v) - 1, STYLE_DIM, "v");
	if (focused)
		view_cursor(v, 0, 0);
}

/* ---- search ---- */

static void
go_to(struct helpscreen *hs, struct app *app, size_t block)
{
	if (block == NO_BLOCK) {
		app_say(app, "\"%s\" is not in this topic. F1 lists all "
		    "topics.", hs->words.s);
		return;
	}
	hs->match = block;
	hs->top = markup_row_of(&hs->text, block, text_w(hs->w));
	settle(hs);
}

static void
search_done(void *ctx, struct app *app, const char *text)
{
	struct helpscreen *hs = ctx;

	if (text == NULL || *text == '\0')
		return;
	str_clear(&hs->words);
	str_add(&hs->words, text);
	hs->match = NO_BLOCK;
	go_to(hs, app, markup_find(&hs->text, text, 0));
}

static void
search_again(struct helpscreen *hs, struct app *app, bool back)
{
	size_t from = hs->match == NO_BLOCK ? 0 : hs->match;
	size_t found;

	if (hs->words.len == 0) {
		app_say(app, "Nothing was searched yet: / searches.");
		return;
	}
	if (back)
		found = markup_find_back(&hs->text, hs->words.s, from);
	else
		found = markup_find(&hs->text, hs->words.s, from +
		    (hs->match == NO_BLOCK ? 0 : 1));
	/* Round the end to the other side. */
	if (found == NO_BLOCK)
		found = back ? markup_find_back(&hs->text, hs->words.s,
		    hs->text.n) : markup_find(&hs->text, hs->words.s, 0);
	go_to(hs, app, found);
}

/* ---- acting ---- */

static bool
scroll_text(struct helpscreen *hs, enum action a)
{
	int page = hs->h > 2 ? hs->h - 1 : 1;

	switch (a) {
	case ACT_UP:
		hs->top--;
		break;
	case ACT_DOWN:
		hs->top++;
		break;
	case ACT_PAGE_UP:
		hs->top -= page;
		break;
	case ACT_PAGE_DOWN:
		hs->top += page;
		break;
	case ACT_HOME:
		hs->top = 0;
		break;
	case ACT_END:
		hs->top = markup_rows(&hs->text, text_w(hs->w));
		break;
	default:
		return false;
	}
	settle(hs);
	return true;
}

static bool
help_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct helpscreen *hs = help_mut(p);
	struct prompt prompt = {
		.label = "/", .history = "help", .ctx = hs,
		.done = search_done
	};

	switch (ev->act) {
	case ACT_SEARCH:
		app_prompt(app, &prompt);
		return true;
	case ACT_NEXT:
	case ACT_PREV:
		search_again(hs, app, ev->act == ACT_PREV);
		return true;
	case ACT_HELP:
	case ACT_OPEN:
		app_push(app, helptopics_new(&hs->src));
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return scroll_text(hs, ev->act);
	}
}

static void
help_resize(struct pane *p, int w, int h)
{
	struct helpscreen *hs = help_mut(p);

	hs->w = w;
	hs->h = h;
	settle(hs);
}

static void
help_status(const struct pane *p, struct status *st)
{
	const struct helpscreen *hs = help_of(p);
	const char *title = markup_title(&hs->text);

	st->counted = false;
	snprintf(st->place, sizeof(st->place), "Help: %s",
	    title != NULL ? title : hs->topic);
}

static bool
help_can(const struct pane *p, enum action a)
{
	(void)p;
	return a != ACT_OPEN && a != ACT_NEXT_PANE;
}

static void
help_destroy(struct pane *p)
{
	struct helpscreen *hs = help_mut(p);

	markup_release(&hs->text);
	str_release(&hs->words);
	free(hs);
}

static const struct pane_ops help_ops = {
	.name = "help",
	.context = CONTEXT_HELP,
	.draw = help_draw,
	.act = help_act,
	.resize = help_resize,
	.destroy = help_destroy,
	.can = help_can,
	.status = help_status
};

struct pane *
helpscreen_new(const struct help_source *src, const char *topic,
    enum context c)
{
	struct helpscreen *hs = xcalloc(1, sizeof(*hs));

	hs->base.ops = &help_ops;
	hs->src = *src;
	snprintf(hs->topic, sizeof(hs->topic), "%s",
	    topic != NULL ? topic : "");
	markup_init(&hs->text);
	str_init(&hs->words);
	hs->match = NO_BLOCK;
	help_load(hs, c);
	return &hs->base;
}
