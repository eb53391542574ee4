/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/newcase.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/edit.h"

#define LABEL "Name or reference: "
#define FOUND_MAX 50
#define TYPED_MAX 200

struct newcase {
	struct pane base;
	struct newcase_opts o;
	struct edit ed;
	struct caserows rows;	/* cases that match what is typed */
	struct scroll scroll;	/* over these, the draft, and "none of these" */
	bool draft;
	int64_t saved;
	struct str told;	/* words that were told as searched for */
	struct err fault;
	int w, h;
};

static const struct newcase *
newcase_of(const struct pane *p)
{
	return (const struct newcase *)(const void *)p;
}

static struct newcase *
newcase_mut(struct pane *p)
{
	return (struct newcase *)(void *)p;
}

static bool
typed(const struct newcase *nc)
{
	const char *text = edit_text(&nc->ed);

	return text[strspn(text, " ")] != '\0';
}

/* After the cases that match: what was begun, then what is new. */
enum row { ROW_CASE, ROW_DRAFT, ROW_CREATE };

static enum row
row_type(const struct newcase *nc, size_t i)
{
	if (i < nc->rows.n)
		return ROW_CASE;
	return nc->draft && i == nc->rows.n ? ROW_DRAFT : ROW_CREATE;
}

static void
look_up(struct newcase *nc)
{
	const struct case_source *src = &nc->o.source;
	struct case_sink to = {caserows_add, &nc->rows};

	caserows_clear(&nc->rows);
	err_clear(&nc->fault);
	if (typed(nc) && src->ops->search(src->ctx, edit_text(&nc->ed),
	    FOUND_MAX, &to, &nc->fault) != RC_OK)
		caserows_clear(&nc->rows);
	nc->draft = nc->o.has_draft(nc->o.ctx, &nc->saved);
	scroll_count(&nc->scroll, nc->rows.n + (nc->draft ? 1 : 0) +
	    (typed(nc) ? 1 : 0));
}

/* ---- drawing ---- */

static int
top_rows(const struct newcase *nc)
{
	return nc->h >= 8 ? 4 : 2;
}

static void
draw_typing(const struct newcase *nc, const struct view *v, bool focused)
{
	int x = (int)strlen(LABEL), w = view_w(v) - x;
	struct view field = view_sub(v, (struct rect){x, 0, w, 1});
	enum style s = focused ? STYLE_INPUT_FOCUS : STYLE_INPUT;

	view_put(v, 0, 0, STYLE_LABEL, LABEL);
	view_fill(&field, (struct rect){0, 0, w, 1}, s);
	edit_draw(&nc->ed, &field, s, focused);
}

static const char *
guidance(const struct newcase *nc)
{
	if (nc->fault.rc != RC_OK)
		return nc->fault.text;
	if (!typed(nc))
		return "Search first: one young person, one file. Cases that "
		    "match are shown here as you type.";
	if (nc->rows.n == 0)
		return "No case matches. One that is restricted needs its "
		    "whole name or reference.";
	return "Is it one of these? Enter opens it.";
}

static struct caserow_look
look_of(const struct newcase *nc)
{
	const struct case_source *src = &nc->o.source;

	return (struct caserow_look){
		.in = src->ops->instrument(src->ctx),
		.now = src->ops->now(src->ctx),
		.names_first = true
	};
}

static void
draw_row(const struct newcase *nc, const struct view *v, int y, size_t i)
{
	struct caserow_look look = look_of(nc);
	char when[SPAN_WORDS_MAX];
	struct pen pen = {v, 2, y};

	switch (row_type(nc, i)) {
	case ROW_CASE:
		caserow_draw(v, y, &nc->rows.list[i], &look);
		return;
	case ROW_DRAFT:
		moment_words(nc->saved, when);
		pen_put(&pen, STYLE_PENDING, "~ Go on with the new case "
		    "begun before, kept ");
		pen_put(&pen, STYLE_PENDING, when);
		return;
	case ROW_CREATE:
	default:
		pen_put(&pen, STYLE_LABEL, nc->rows.n > 0 ?
		    "None of these: open a new case for " :
		    "Open a new case for ");
		pen_put(&pen, STYLE_NORMAL, edit_text(&nc->ed));
		return;
	}
}

static void
newcase_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct newcase *nc = newcase_of(p);
	struct caserow_look look = look_of(nc);
	int top = top_rows(nc), w = view_w(v);
	struct view text = view_sub(v, (struct rect){0, 1, w, top - 2});
	struct view body = view_sub(v, (struct rect){0, top, w,
	    view_h(v) - top});

	view_wrap(&text, 0, STYLE_DIM, guidance(nc));
	if (nc->rows.n > 0)
		caserows_draw_head(v, top - 1, &look);
	for (int y = 0; scroll_shows(&nc->scroll, y); y++) {
		size_t i = nc->scroll.top + (size_t)y;

		draw_row(nc, &body, y, i);
		if (i == nc->scroll.at)
			scroll_mark(&body, y, STYLE_SELECTED, false);
	}
	/* The cursor stays where one types; the marker shows the row. */
	draw_typing(nc, v, focused);
}

/* ---- acting ---- */

static bool
tell_search(struct newcase *nc, struct app *app)
{
	const char *words = edit_text(&nc->ed);

	if (nc->o.searched == NULL || !typed(nc) ||
	    strcmp(words, nc->told.s) == 0)
		return true;
	if (!nc->o.searched(nc->o.ctx, app, words, nc->rows.n))
		return false;
	str_clear(&nc->told);
	str_add(&nc->told, words);
	return true;
}

static bool
submit(struct newcase *nc, struct app *app)
{
	if (nc->scroll.n == 0) {
		app_say(app, "Type the name or the reference first.");
		return true;
	}
	if (!tell_search(nc, app))
		return true;
	switch (row_type(nc, nc->scroll.at)) {
	case ROW_CASE:
		nc->o.open(nc->o.ctx, app, &nc->rows.list[nc->scroll.at].r.id);
		break;
	case ROW_DRAFT:
		nc->o.go_on(nc->o.ctx, app);
		break;
	case ROW_CREATE:
	default:
		nc->o.create(nc->o.ctx, app, edit_text(&nc->ed));
		break;
	}
	return true;
}

static bool
newcase_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct newcase *nc = newcase_mut(p);
	bool changed = false;

	switch (ev->act) {
	case ACT_SUBMIT:
		return submit(nc, app);
	case ACT_CANCEL:
		(void)tell_search(nc, app);
		app_pop(app);
		return true;
	case ACT_UP:
	case ACT_DOWN:
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		return scroll_act(&nc->scroll, ev->act);
	default:
		break;
	}
	if (!edit_act(&nc->ed, ev, &changed))
		return false;
	if (changed) {
		scroll_to(&nc->scroll, 0);
		look_up(nc);
	}
	return true;
}

static void
newcase_resize(struct pane *p, int w, int h)
{
	struct newcase *nc = newcase_mut(p);
	int field = w - (int)strlen(LABEL);

	nc->w = w;
	nc->h = h;
	edit_resize(&nc->ed, field > 0 ? field : 0, 1);
	h -= top_rows(nc);
	scroll_resize(&nc->scroll, h > 0 ? h : 0);
}

static void
newcase_status(const struct pane *p, struct status *st)
{
	(void)p;
	snprintf(st->place, sizeof(st->place), "New case");
}

static void
newcase_enter(struct pane *p, struct app *app)
{
	struct newcase *nc = newcase_mut(p);

	if (!nc->o.entered(nc->o.ctx, app, edit_text(&nc->ed)))
		look_up(nc);
}

static bool
newcase_can(const struct pane *p, enum action a)
{
	(void)p;
	return a != ACT_BACK && a != ACT_COMMAND && a != ACT_SIGN &&
	    a != ACT_UNDO;
}

static void
newcase_save(struct pane *p)
{
	(void)tell_search(newcase_mut(p), NULL);
}

static void
newcase_destroy(struct pane *p)
{
	struct newcase *nc = newcase_mut(p);

	if (nc->o.destroy != NULL)
		nc->o.destroy(nc->o.ctx);
	edit_release(&nc->ed);
	if (nc->told.cap > 0)
		sodium_memzero(nc->told.s, nc->told.cap);
	str_release(&nc->told);
	caserows_release(&nc->rows);
	free(nc);
}

static const struct pane_ops newcase_ops = {
	.name = "new case",
	.context = CONTEXT_FIND,
	.topic = "new-case",
	.draw = newcase_draw,
	.act = newcase_act,
	.resize = newcase_resize,
	.destroy = newcase_destroy,
	.can = newcase_can,
	.status = newcase_status,
	.enter = newcase_enter,
	.save = newcase_save
};

struct pane *
newcase_new(const struct newcase_opts *o)
{
	struct newcase *nc = xcalloc(1, sizeof(*nc));

	nc->base.ops = &newcase_ops;
	nc->o = *o;
	/* Only a secret can fail. */
	(void)!edit_init(&nc->ed, EDIT_LINE, TYPED_MAX, NULL);
	if (o->text != NULL)
		edit_set(&nc->ed, o->text);
	caserows_init(&nc->rows);
	str_init(&nc->told);
	scroll_init(&nc->scroll, 0);
	return &nc->base;
}

void
newcase_return(struct pane *screen, struct app *app)
{
	struct newcase *nc = newcase_mut(screen);

	nc->o.go_on(nc->o.ctx, app);
}
