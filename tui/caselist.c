/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/caselist.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/caselist_impl.h"

#define FOLLOW_MAX 2000		/* rows looked through for a case that moved */

static struct caselist *
list_mut(struct pane *p)
{
	return (struct caselist *)(void *)p;
}

const struct caserow *
caselist_row(const struct caselist *cl, size_t i)
{
	if (cl->words.len > 0)
		return i < cl->found.n ?
		    &cl->found.rows.list[cl->found.list[i].row] : NULL;
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

void
caselist_arrange(struct caselist *cl)
{
	int h = cl->h - caselist_top_rows(cl) - caselist_foot_rows(cl);

	scroll_resize(&cl->scroll, h > 0 ? h : 0);
}

void
caselist_load(struct caselist *cl)
{
	const struct case_source *src = &cl->o.source;
	size_t n = 0;

	err_clear(&cl->fault);
	if (src->ops->count(src->ctx, NULL, &cl->total, &cl->fault) != RC_OK)
		cl->total = 0;
	n = cl->total;
	if (cl->words.len > 0) {
		caselist_load_found(cl);
	} else {
		if (cl->fault.rc == RC_OK && cl->filter.len > 0 &&
		    src->ops->count(src->ctx, &cl->query, &n, &cl->fault) !=
		    RC_OK)
			n = 0;
		scroll_count(&cl->scroll, n);
	}
	caselist_arrange(cl);
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
		caselist_load(cl);
		return;
	}
	f.id = row->r.id;
	caselist_load(cl);
	row = caselist_row(cl, cl->scroll.at);
	if (row != NULL && case_id_equal(&row->r.id, &f.id))
		return;
	page.q = query_now(cl);
	if (src->ops->rows(src->ctx, &page, &to, &e) == RC_OK && f.found) {
		scroll_to(&cl->scroll, f.i);
		fetch_missing(cl);
	}
}

void
caselist_tell_moved(struct caselist *cl)
{
	if (cl->o.moved != NULL)
		cl->o.moved(cl->o.ctx, cl->filter.s, cl->scroll.at);
}

/* ---- acting ---- */

static bool
open_selected(struct caselist *cl, struct app *app)
{
	const struct caserow *row = caselist_row(cl, cl->scroll.at);
	const struct entry_id *hit = caselist_hit(cl);

	if (row == NULL) {
		app_say(app, "There is no case here to open.");
		return true;
	}
	caselist_tell_moved(cl);
	if (hit != NULL && cl->o.open_at != NULL)
		cl->o.open_at(cl->o.ctx, app, &row->r.id, hit);
	else
		cl->o.open(cl->o.ctx, app, &row->r.id);
	return true;
}

static bool
create(struct caselist *cl, struct app *app)
{
	if (!cl->o.may_create)
		app_warn(app, "%s", cl->o.no_create != NULL ?
		    cl->o.no_create : "Your role may not open a case: ask a "
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
		caselist_set_text(&cl->bad, "");
		caselist_load(cl);
	} else if (cl->words.len > 0) {
		caselist_search(cl, "");
	} else if (cl->filter.len > 0) {
		(void)caselist_apply(cl, "");
	} else if (cl->notices != NULL && !cl->notices->hidden &&
	    notices_shown(cl->notices) > 0) {
		cl->notices->hidden = true;
		caselist_arrange(cl);
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
		caselist_tell_moved(cl);
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
		caselist_ask_filter(cl, app, cl->filter.s);
		return true;
	case ACT_SEARCH:
		caselist_ask_search(cl, app);
		return true;
	case ACT_SAVED:
		if (!cl->o.has_saved)
			return false;
		caselist_choose_saved(cl, app);
		return true;
	case ACT_DUE:
		if (cl->o.due == NULL)
			return false;
		cl->o.due(cl->o.ctx, app);
		return true;
	case ACT_QUEUE:
		if (cl->o.queue == NULL)
			return false;
		cl->o.queue(cl->o.ctx, app);
		return true;
	case ACT_COLLATION:
		if (cl->o.collation == NULL)
			return false;
		cl->o.collation(cl->o.ctx, app);
		return true;
	case ACT_USERS:
		if (cl->o.users == NULL)
			return false;
		cl->o.users(cl->o.ctx, app);
		return true;
	case ACT_BUNDLES:
		if (cl->o.bundles == NULL)
			return false;
		cl->o.bundles(cl->o.ctx, app);
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
	caselist_arrange(cl);
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
	if (a == ACT_QUEUE)
		return cl->o.queue != NULL;
	if (a == ACT_COLLATION)
		return cl->o.collation != NULL;
	if (a == ACT_USERS)
		return cl->o.users != NULL;
	if (a == ACT_BUNDLES)
		return cl->o.bundles != NULL;
	if (a == ACT_SAVED)
		return cl->o.has_saved;
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
	st->n = cl->words.len > 0 ? cl->found.sum.cases : cl->scroll.n;
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
	caselist_tell_moved(cl);
}

/* The program ends with a search on the screen. */
static void
caselist_save(struct pane *p)
{
	caselist_tell_search(list_mut(p), NULL);
}

static void
caselist_destroy(struct pane *p)
{
	struct caselist *cl = list_mut(p);

	caselist_set_text(&cl->words, "");
	caselist_set_text(&cl->used, "");
	caselist_set_text(&cl->filter, "");
	caselist_set_text(&cl->bad, "");
	caserows_release(&cl->rows);
	findrows_release(&cl->found);
	query_release(&cl->query);
	str_release(&cl->filter);
	str_release(&cl->bad);
	str_release(&cl->words);
	str_release(&cl->used);
	str_release(&cl->choice);
	str_release(&cl->saved_name);
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
	findrows_init(&cl->found);
	query_init(&cl->query);
	str_init(&cl->filter);
	str_init(&cl->bad);
	str_init(&cl->words);
	str_init(&cl->used);
	str_init(&cl->choice);
	str_init(&cl->saved_name);
	if (o->filter != NULL)
		(void)caselist_apply(cl, o->filter);
	else
		caselist_load(cl);
	scroll_to(&cl->scroll, o->at);
	return &cl->base;
}
