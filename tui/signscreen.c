/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/signscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/recordwords.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/entrylink.h"
#include "tui/entrywords.h"
#include "tui/textpane.h"
#include "tui/tick.h"

/* ---- signing ---- */

struct signing {
	struct casework *w;
	void (*sign)(void *ctx, struct app *app);
	void *ctx;
};

static void
item_title(const struct casework *w, size_t i, struct str *out)
{
	unsigned item = tick_item(w, i);
	const struct item *it;

	if (item == NO_ITEM)
		return;
	it = &w->door.in->items[item];
	str_add(out, ". ");
	if (!itemset_has(&w->door.in->questions, item))
		str_add_fmt(out, "%s ", it->id);
	str_add(out, it->label);
}

/* Each deadline that starts with the entry, and how it was counted. */
static void
add_deadlines(const struct casework *w, const struct record *r,
    struct lines *out)
{
	const struct line_look look = {.indent = 6, .style = STYLE_WARNING,
	    .lead = "!", .lead_style = STYLE_WARNING};
	const struct line_look how = {.indent = 6, .style = STYLE_NORMAL};
	const char *counted = record_text(r, "counted");
	const struct field *f;
	struct str words;

	str_init(&words);
	for (f = r->kind->fields; f->name != NULL; f++) {
		if (!field_is_deadline(f) || *record_text(r, f->name) == '\0')
			continue;
		str_clear(&words);
		entry_field_words(w, f, json_object_get(r->body, f->name),
		    &words);
		lines_addf(out, &look, "%s: %s", f->label, words.s);
	}
	if (*counted != '\0')
		lines_add(out, &how, counted);
	str_release(&words);
}

static void
add_pending(const struct casework *w, size_t i, struct lines *out)
{
	const struct record *r = casefile_find(&w->now,
	    &w->pending.list[i].id);
	struct line_look look = {.indent = 4, .style = STYLE_NORMAL,
	    .lead_style = STYLE_PENDING};
	char number[24];
	struct str words;

	if (r == NULL)
		return;
	(void)snprintf(number, sizeof(number), "%zu", i + 1);
	look.lead = number;
	str_init(&words);
	entry_title(w, r, &words);
	item_title(w, i, &words);
	lines_add(out, &look, words.s);
	str_clear(&words);
	entry_whole(w, r, &words);
	look.lead = NULL;
	look.style = STYLE_DIM;
	if (words.len > 0)
		lines_add(out, &look, words.s);
	add_deadlines(w, r, out);
	str_release(&words);
}

static void
signing_fill(void *ctx, struct lines *out)
{
	const struct signing *g = ctx;
	const struct casework *w = g->w;
	struct line_look look = {.indent = 0, .style = STYLE_TITLE};
	size_t i;

	lines_addf(out, &look, "%s signs %zu %s in the record of %s:",
	    w->door.user, w->pending.n, w->pending.n == 1 ? "entry" :
	    "entries", w->now.reference);
	lines_plain(out, STYLE_HINT, "Enter signs. Esc goes back.");
	lines_blank(out);
	for (i = 0; i < w->pending.n; i++)
		add_pending(w, i, out);
	lines_blank(out);
	lines_plain(out, STYLE_NORMAL, "What is signed stays. A mistake is "
	    "struck later and stays visible.");
}

static bool
signing_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	const struct signing *g = ctx;

	(void)self;
	switch (ev->act) {
	case ACT_CONFIRM:
		g->sign(g->ctx, app);
		app_pop(app);
		return true;
	case ACT_CANCEL:
	case ACT_BACK:
		app_pop(app);
		app_say(app, "Nothing was signed.");
		return true;
	default:
		return false;
	}
}

static bool
signing_can(const void *ctx, enum action a)
{
	(void)ctx;
	return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

struct pane *
sign_screen_new(struct casework *w,
    void (*sign)(void *ctx, struct app *app), void *ctx)
{
	struct signing *g = xcalloc(1, sizeof(*g));
	struct textpane_opts o = {
		.name = "sign", .topic = "case", .context = CONTEXT_SIGNING,
		.ctx = g, .fill = signing_fill, .act = signing_act,
		.can = signing_can, .destroy = free,
	};

	*g = (struct signing){w, sign, ctx};
	return textpane_new(&o);
}

/* ---- one entry ---- */

struct shown {
	struct casework *w;
	struct caseforms *f;
	struct entry_id id;
};

static const struct record *
record_of(const struct shown *g)
{
	return casefile_find(&g->w->now, &g->id);
}

static void
reading_fill(void *ctx, struct lines *out)
{
	const struct shown *g = ctx;
	const struct record *r = record_of(g);

	if (r != NULL)
		entry_lines(g->w, r, out);
	else
		lines_plain(out, STYLE_WARNING, "This entry is not in the "
		    "case any more.");
}

/* The kind of entry that follows the one shown, or NULL. */
static const char *
next_of(const struct shown *g)
{
	const struct record *r = record_of(g);

	return r != NULL ? link_next(&g->w->now, r) : NULL;
}

static void
reading_strike(const struct shown *g, struct app *app)
{
	const struct record *r = record_of(g);

	if (r == NULL || strcmp(r->entry.kind, "open") == 0)
		app_say(app, "This is not struck.");
	else if (r->struck_by != NULL)
		app_say(app, "It is struck already.");
	else
		caseforms_strike(g->f, app, r);
}

static bool
reading_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	const struct shown *g = ctx;

	(void)self;
	switch (ev->act) {
	case ACT_CANCEL:
	case ACT_OPEN:
	case ACT_VIEW:
		app_pop(app);
		return true;
	case ACT_ADD:
		if (next_of(g) == NULL)
			return false;
		caseforms_about(g->f, app, next_of(g), record_of(g));
		return true;
	case ACT_STRIKE:
		reading_strike(g, app);
		return true;
	default:
		return false;
	}
}

static bool
reading_can(const void *ctx, enum action a)
{
	switch (a) {
	case ACT_ADD:
		return next_of(ctx) != NULL;
	case ACT_STRIKE:
	case ACT_HELP:
	case ACT_BACK:
	case ACT_BLANK:
		return true;
	default:
		return false;
	}
}

struct pane *
entry_screen_new(struct casework *w, struct caseforms *f,
    const struct entry_id *id)
{
	struct shown *g = xcalloc(1, sizeof(*g));
	struct textpane_opts o = {
		.name = "entry", .topic = "notes", .context = CONTEXT_NOTES,
		.ctx = g, .fill = reading_fill, .act = reading_act,
		.can = reading_can, .destroy = free,
	};

	*g = (struct shown){w, f, *id};
	return textpane_new(&o);
}
