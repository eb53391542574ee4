/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/caselist.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/screen.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/caselist_impl.h"

#define FOUND_MAX 200		/* a search shows the best of many */
#define FOLLOW_MAX 2000		/* rows looked through for a case that moved */

static struct caselist *
list_mut(struct pane *p)
{
	return (struct caselist *)(void *)p;
}

const struct caserow *
caselist_row(const struct caselist *cl, size_t i)
{
	return i >= cl->first && i - cl->first < cl->rows.n ?
	    &cl->rows.list[i - cl->first] : NULL;
}

/* ---- reading ---- */

static const struct query *
query_now(const struct caselist *cl)
{
	return cl->filter.len > 0 ? &cl->query : NULL;
}

/*
 * Reads the rows that are visible and a page on either side, so that moving
 * row by row does not ask the source each time.
 */
static void
fetch(struct caselist *cl)
{
	const struct case_source *src = &cl->o.source;
	size_t h = cl->scroll.height > 0 ? (size_t)cl->scroll.height : 1;
	size_t first = cl->scroll.top > h ? cl->scroll.top - h : 0;
	struct case_page page = {query_now(cl), first, 3 * h};
	struct case_sink to = {caserows_add, &cl->rows};

	if (cl->words.len > 0)
		return;
	caserows_clear(&cl->rows);
	cl->first = first;
	if (cl->scroll.n > 0 && src->ops->rows(src->ctx, &page, &to,
	    &cl->fault) != RC_OK)
		scroll_count(&cl->scroll, 0);
}

/* After a move: reads only if a visible row is not there. */
static void
fetch_missing(struct caselist *cl)
{
	size_t end = cl->scroll.top + (cl->scroll.height > 0 ?
	    (size_t)cl->scroll.height : 0);

	if (end > cl->scroll.n)
		end = cl->scroll.n;
	if (cl->scroll.top < cl->first || end > cl->first + cl->rows.n)
		fetch(cl);
}

static void
arrange(struct caselist *cl)
{
	int h = cl->h - caselist_top_rows(cl) - caselist_foot_rows(cl);

	scroll_resize(&cl->scroll, h > 0 ? h : 0);
}

static void
load_found(struct caselist *cl)
{
	const struct case_source *src = &cl->o.source;
	struct case_sink to = {caserows_add, &cl->rows};

	caserows_clear(&cl->rows);
	cl->first = 0;
	if (src->ops->search(src->ctx, cl->words.s, FOUND_MAX, &to,
	    &cl->fault) != RC_OK)
		caserows_clear(&cl->rows);
	scroll_count(&cl->scroll, cl->rows.n);
}

/* Counts and reads anew; the selection stays on its row number. */
static void
load(struct caselist *cl)
{
	const struct case_source *src = &cl->o.source;
	size_t n = 0;

	err_clear(&cl->fault);
	if (src->ops->count(src->ctx, NULL, &cl->total, &cl->fault) != RC_OK)
		cl->total = 0;
	n = cl->total;
	if (cl->words.len > 0) {
		load_found(cl);
	} else {
		if (cl->fault.rc == RC_OK && cl->filter.len > 0 &&
		    src->ops->count(src->ctx, &cl->query, &n, &cl->fault) !=
		    RC_OK)
			n = 0;
		scroll_count(&cl->scroll, n);
	}
	arrange(cl);
	fetch(cl);
}

struct follow {
	struct case_id id;
	size_t i;
	bool found;
};

static bool
follow_row(const struct case_row *row, void *ctx)
{
	struct follow *f = ctx;

	f->found = case_id_equal(&row->id, &f->id);
	f->i += f->found ? 0 : 1;
	return !f->found;
}

/* A case that was worked on moves up: the selection goes with it. */
static void
load_and_follow(struct caselist *cl)
{
	const struct caserow *row = caselist_row(cl, cl->scroll.at);
	const struct case_source *src = &cl->o.source;
	struct follow f = {.i = 0};
	struct case_page page = {NULL, 0, FOLLOW_MAX};
	struct case_sink to = {follow_row, &f};
	struct err e;

	if (row == NULL || cl->words.len > 0) {
		load(cl);
		return;
	}
	f.id = row->r.id;
	load(cl);
	row = caselist_row(cl, cl->scroll.at);
	if (row != NULL && case_id_equal(&row->r.id, &f.id))
		return;
	page.q = query_now(cl);
	if (src->ops->rows(src->ctx, &page, &to, &e) == RC_OK && f.found) {
		scroll_to(&cl->scroll, f.i);
		fetch_missing(cl);
	}
}

static void
told_moved(struct caselist *cl)
{
	if (cl->o.moved != NULL)
		cl->o.moved(cl->o.ctx, cl->filter.s, cl->scroll.at);
}

/* ---- filter ---- */

static bool
level_is_known(const char *id, void *ctx)
{
	const struct case_source *src = &((struct caselist *)ctx)->o.source;
	const struct instrument *in = src->ops->instrument(src->ctx);

	return in == NULL || screen_level_from_id(in, id) != NO_ITEM;
}

static void
set_text(struct str *to, const char *text)
{
	if (to->cap > 0)
		sodium_memzero(to->s, to->cap);
	str_clear(to);
	str_add(to, text);
}

/* Puts the filter in force, or remembers what is wrong with it. */
static bool
apply_filter(struct caselist *cl, const char *text)
{
	const struct case_source *src = &cl->o.source;
	int64_t now = src->ops->now(src->ctx);
	struct query_context qc = {now, moment_day(now), level_is_known, cl};
	struct query q;

	query_init(&q);
	set_text(&cl->bad, "");
	if (text[strspn(text, " ")] == '\0') {
		text = "";
	} else if (query_parse(text, &qc, &q, &cl->bad_at, &cl->bad_why) !=
	    RC_OK) {
		query_release(&q);
		set_text(&cl->bad, text);
		if (cl->bad_at > cl->bad.len)
			cl->bad_at = cl->bad.len;
		arrange(cl);
		return false;
	}
	query_release(&cl->query);
	cl->query = q;
	set_text(&cl->filter, text);
	set_text(&cl->words, "");
	scroll_to(&cl->scroll, 0);
	load(cl);
	told_moved(cl);
	return true;
}

static void filter_prompt(struct caselist *cl, struct app *app,
    const char *text);

static void
filter_done(void *ctx, struct app *app, const char *text)
{
	struct caselist *cl = ctx;
	char *again;

	if (text == NULL) {
		set_text(&cl->bad, "");
		load(cl);
		return;
	}
	again = xstrdup(text);
	if (!apply_filter(cl, again))
		filter_prompt(cl, app, again);
	sodium_memzero(again, strlen(again));
	free(again);
}

static const char *const filter_words[] = {
	"risk:high", "risk:potential", "risk:vulnerable", "risk:insufficient",
	"risk>=potential", "could:high", "signs>=", "vulnerabilities>=",
	"notknown>=", "due:overdue", "due:none", "due<7d", "changed>=",
	"born>=", "owner:me", "owner:", "ref:", "name:", "text:",
	"is:screened", "is:unscreened", "is:lowering", "is:conflict",
	"is:restricted"
};

/* Completes the last word; what stands before it is kept. */
static const char *
filter_complete(void *ctx, const char *text, size_t i)
{
	struct caselist *cl = ctx;
	const char *space = strrchr(text, ' ');
	const char *word = space != NULL ? space + 1 : text;

	word += *word == '-' ? 1 : 0;
	for (size_t k = 0; k < sizeof(filter_words) / sizeof(char *); k++) {
		if (strncmp(filter_words[k], word, strlen(word)) != 0 ||
		    i-- > 0)
			continue;
		str_clear(&cl->choice);
		str_add_n(&cl->choice, text, (size_t)(word - text));
		str_add(&cl->choice, filter_words[k]);
		return cl->choice.s;
	}
	return NULL;
}

static void
filter_prompt(struct caselist *cl, struct app *app, const char *text)
{
	struct prompt p = {
		.label = "Filter: ",
		.text = text,
		.history = "filter",
		.ctx = cl,
		.done = filter_done,
		.complete = filter_complete
	};

	if (*text == '\0')
		app_say(app, "For example risk:high due<7d, or "
		    "is:unscreened. Tab completes; help: :help filter.");
	app_prompt(app, &p);
}

void
caselist_filter(struct pane *list, struct app *app, const char *text)
{
	struct caselist *cl = list_mut(list);

	if (!apply_filter(cl, text))
		filter_prompt(cl, app, text);
}

/* ---- search ---- */

static void
search_for(struct caselist *cl, const char *text)
{
	set_text(&cl->words, text[strspn(text, " ")] != '\0' ? text : "");
	scroll_to(&cl->scroll, 0);
	load(cl);
	if (cl->words.len == 0)
		return;
	set_text(&cl->used, cl->words.s);
	cl->used_n = cl->rows.n;
}

/* What was seen is told once, however the search ends. */
static void
tell_search(struct caselist *cl, struct app *app)
{
	bool noted = cl->used.len == 0 || cl->o.searched == NULL ||
	    cl->o.searched(cl->o.ctx, app, cl->used.s, cl->used_n);

	set_text(&cl->used, "");
	if (!noted)
		search_for(cl, "");
}

static void
search_changed(void *ctx, struct app *app, const char *text)
{
	(void)app;
	search_for(ctx, text);
}

static void
search_done(void *ctx, struct app *app, const char *text)
{
	struct caselist *cl = ctx;
	/* A search that was told and comes back unchanged is not another. */
	bool same = text != NULL && cl->used.len == 0 &&
	    strcmp(text, cl->words.s) == 0;

	if (!same)
		search_for(cl, text != NULL ? text : "");
	tell_search(cl, app);
}

static void
search_prompt(struct caselist *cl, struct app *app)
{
	struct prompt p = {
		.label = "/",
		.text = cl->words.s,
		.history = "search",
		.ctx = cl,
		.done = search_done,
		.changed = search_changed
	};

	app_prompt(app, &p);
}

/* ---- acting ---- */

static bool
open_selected(struct caselist *cl, struct app *app)
{
	const struct caserow *row = caselist_row(cl, cl->scroll.at);

	if (row == NULL) {
		app_say(app, "There is no case here to open.");
		return true;
	}
	told_moved(cl);
	cl->o.open(cl->o.ctx, app, &row->r.id);
	return true;
}

static bool
create(struct caselist *cl, struct app *app)
{
	if (!cl->o.may_create)
		app_warn(app, "Your role may not open a case: ask a "
		    "practitioner or a supervisor.");
	else
		cl->o.create(cl->o.ctx, app);
	return true;
}

/* Clears the innermost of fault, search and filter; false if none. */
static bool
clear_one(struct caselist *cl)
{
	if (cl->bad.len > 0) {
		set_text(&cl->bad, "");
		load(cl);
	} else if (cl->words.len > 0) {
		search_for(cl, "");
	} else if (cl->filter.len > 0) {
		(void)apply_filter(cl, "");
	} else if (cl->notices != NULL && !cl->notices->hidden &&
	    notices_shown(cl->notices) > 0) {
		cl->notices->hidden = true;
		arrange(cl);
		fetch_missing(cl);
	} else {
		return false;
	}
	return true;
}

static bool
move(struct caselist *cl, enum action a)
{
	size_t at = cl->scroll.at;

	if (a == ACT_NEXT || a == ACT_PREV)
		a = a == ACT_NEXT ? ACT_DOWN : ACT_UP;
	if (!scroll_act(&cl->scroll, a))
		return false;
	fetch_missing(cl);
	if (cl->scroll.at != at)
		told_moved(cl);
	return true;
}

static bool
caselist_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct caselist *cl = list_mut(p);

	switch (ev->act) {
	case ACT_OPEN:
		return open_selected(cl, app);
	case ACT_CREATE:
		return create(cl, app);
	case ACT_FILTER:
		filter_prompt(cl, app, cl->filter.s);
		return true;
	case ACT_SEARCH:
		search_prompt(cl, app);
		return true;
	case ACT_DUE:
		if (cl->o.due == NULL)
			return false;
		cl->o.due(cl->o.ctx, app);
		return true;
	case ACT_USERS:
		if (cl->o.users == NULL)
			return false;
		cl->o.users(cl->o.ctx, app);
		return true;
	case ACT_CANCEL:
		return clear_one(cl);
	case ACT_BACK:
		return cl->words.len > 0 && clear_one(cl);
	default:
		return move(cl, ev->act);
	}
}

static void
caselist_resize(struct pane *p, int w, int h)
{
	struct caselist *cl = list_mut(p);

	cl->w = w;
	cl->h = h;
	arrange(cl);
	fetch_missing(cl);
}

static bool
caselist_can(const struct pane *p, enum action a)
{
	const struct caselist *cl = (const struct caselist *)(const void *)p;

	if (a == ACT_OPEN)
		return cl->scroll.n > 0;
	if (a == ACT_CREATE)
		return cl->o.may_create;
	if (a == ACT_FILTER || a == ACT_SEARCH)
		return cl->total > 0;
	if (a == ACT_DUE)
		return cl->o.due != NULL;
	if (a == ACT_USERS)
		return cl->o.users != NULL;
	return a != ACT_SIGN && a != ACT_UNDO && a != ACT_NEXT_PANE;
}

static void
caselist_status(const struct pane *p, struct status *st)
{
	const struct caselist *cl = (const struct caselist *)(const void *)p;

	snprintf(st->place, sizeof(st->place), "Cases");
	/* A search goes through all cases: the filter is not in force then. */
	snprintf(st->filter, sizeof(st->filter), "%s", cl->words.len > 0 ? "" :
	    cl->filter.s);
	st->counted = true;
	st->n = cl->scroll.n;
	st->m = cl->total;
}

static void
caselist_enter(struct pane *p, struct app *app)
{
	struct caselist *cl = list_mut(p);

	(void)app;
	if (cl->o.notices != NULL)
		cl->notices = cl->o.notices(cl->o.ctx);
	load_and_follow(cl);
	told_moved(cl);
}

/* The program ends with a search on the screen. */
static void
caselist_save(struct pane *p)
{
	tell_search(list_mut(p), NULL);
}

static void
caselist_destroy(struct pane *p)
{
	struct caselist *cl = list_mut(p);

	set_text(&cl->words, "");
	set_text(&cl->used, "");
	set_text(&cl->filter, "");
	set_text(&cl->bad, "");
	caserows_release(&cl->rows);
	query_release(&cl->query);
	str_release(&cl->filter);
	str_release(&cl->bad);
	str_release(&cl->words);
	str_release(&cl->used);
	str_release(&cl->choice);
	free(cl);
}

static const struct pane_ops caselist_ops = {
	.name = "cases",
	.context = CONTEXT_LIST,
	.topic = "cases",
	.draw = caselist_draw,
	.act = caselist_act,
	.resize = caselist_resize,
	.destroy = caselist_destroy,
	.can = caselist_can,
	.status = caselist_status,
	.enter = caselist_enter,
	.save = caselist_save
};

struct pane *
caselist_new(const struct caselist_opts *o)
{
	struct caselist *cl = xcalloc(1, sizeof(*cl));

	cl->base.ops = &caselist_ops;
	cl->o = *o;
	caserows_init(&cl->rows);
	query_init(&cl->query);
	str_init(&cl->filter);
	str_init(&cl->bad);
	str_init(&cl->words);
	str_init(&cl->used);
	str_init(&cl->choice);
	if (o->filter != NULL)
		(void)apply_filter(cl, o->filter);
	else
		load(cl);
	scroll_to(&cl->scroll, o->at);
	return &cl->base;
}
