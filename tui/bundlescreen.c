/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/bundlescreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/bundlescreen_impl.h"

static struct bundlelist *
list_mut(struct pane *p)
{
	return (struct bundlelist *)(void *)p;
}

static const struct bundlelist *
list_of(const struct pane *p)
{
	return (const struct bundlelist *)(const void *)p;
}

void
bundle_short(const struct bundle_id *id, char out[BUNDLE_SHORT_MAX])
{
	hex_format(id->b, (BUNDLE_SHORT_MAX - 1) / 2, out);
}

const struct bundleline *
bundlelist_row(const struct bundlelist *b)
{
	return b->scroll.at < b->n ? &b->list[b->scroll.at] : NULL;
}

/* ---- reading ---- */

static void
forget(struct bundlelist *b)
{
	while (b->n > 0) {
		struct bundleline *l = &b->list[--b->n];

		free(l->who);
		free(l->file);
		free(l->selection);
		free(l->cases);
	}
}

static bool
add_bundle(const struct bundle_row *r, void *ctx)
{
	struct bundlelist *b = ctx;
	struct bundleline *l;

	b->list = vec_room(b->list, b->n, &b->cap, sizeof(*b->list));
	l = &b->list[b->n++];
	l->r = *r;
	l->r.who = l->who = xstrdup(r->who);
	l->r.file = l->file = xstrdup(r->file);
	l->r.selection = l->selection = xstrdup(r->selection);
	l->cases = xcalloc(r->ncase_ids + 1, sizeof(*l->cases));
	if (r->ncase_ids > 0)
		memcpy(l->cases, r->case_ids, r->ncase_ids *
		    sizeof(*l->cases));
	l->r.case_ids = l->cases;
	return true;
}

/* Its own bundle stays in hand when others come. */
static void
load(struct bundlelist *b)
{
	const struct bundle_source *src = &b->o.source;
	const struct bundleline *at = bundlelist_row(b);
	struct bundle_id in_hand = {{0}};
	struct bundle_sink to = {add_bundle, b};

	if (at != NULL && b->scroll.at > 0)
		in_hand = at->r.id;
	forget(b);
	err_clear(&b->fault);
	b->now = src->ops->now(src->ctx);
	if (src->ops->each(src->ctx, b->side, &to, &b->fault) != RC_OK)
		forget(b);
	scroll_count(&b->scroll, b->n);
	for (size_t i = 0; i < b->n; i++)
		if (memcmp(&b->list[i].r.id, &in_hand, sizeof(in_hand)) == 0)
			scroll_to(&b->scroll, i);
	(void)snprintf(b->title, sizeof(b->title), "%s (%zu)",
	    b->side == BUNDLE_IN ? "Inbox" : "Outbox", b->n);
}

static void
arrange(struct bundlelist *b)
{
	int h = b->h - bundlelist_top_rows(b) - bundlelist_foot_rows(b);

	scroll_resize(&b->scroll, h > 0 ? h : 0);
}

/* ---- acting ---- */

static void
open_cases(struct bundlelist *b, struct app *app)
{
	const struct bundleline *l = bundlelist_row(b);
	struct casepick_opts o = {.source = b->o.source,
	    .title = "Which case?", .ctx = b->o.ctx,
	    .open_case = b->o.open_case};
	struct case_id id;

	if (l == NULL) {
		app_say(app, "There is no bundle here to open.");
	} else if (l->r.ncase_ids == 0) {
		app_say(app, "None of its cases is one that you may see.");
	} else if (l->r.ncase_ids == 1) {
		/* The rows may be read anew before the case is seen. */
		id = l->cases[0];
		b->o.open_case(b->o.ctx, app, &id);
	} else {
		o.cases = l->cases;
		o.n = l->r.ncase_ids;
		app_push(app, casepick_new(&o));
	}
}

static void
receipt(struct bundlelist *b, struct app *app)
{
	const struct bundleline *l = bundlelist_row(b);

	if (b->side != BUNDLE_IN)
		app_say(app, "A receipt is for a bundle that came: Tab goes "
		    "to the Inbox.");
	else if (l == NULL)
		app_say(app, "There is no bundle here to send a receipt for.");
	else if (strcmp(l->selection, "receipt") == 0)
		app_say(app, "This bundle is receipts alone: none is waited "
		    "for.");
	else
		bundleform_receipt(b, app, l);
}

static void
recall(struct bundlelist *b, struct app *app)
{
	const struct bundleline *l = bundlelist_row(b);

	if (b->side != BUNDLE_OUT)
		app_say(app, "What you sent is recalled: Tab goes to the "
		    "Outbox.");
	else if (l == NULL)
		app_say(app, "There is no bundle here to recall.");
	else if (strcmp(l->selection, "receipt") == 0)
		app_say(app, "It held receipts alone: there is nothing to "
		    "recall.");
	else if (l->r.recalled)
		app_say(app, "It is recalled already. The recall travels with "
		    "the next bundle of its cases.");
	else
		bundleform_recall(b, app, l);
}

static bool
may_send(const struct bundlelist *b)
{
	return b->o.source.ops->may_send(b->o.source.ctx);
}

static bool
list_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct bundlelist *b = list_mut(p);

	switch (ev->act) {
	case ACT_OPEN:
		open_cases(b, app);
		return true;
	case ACT_BUNDLE_TAKE:
	case ACT_BUNDLE_RECEIPT:
	case ACT_BUNDLE_RECALL:
		if (!may_send(b))
			app_warn(app, "Your role writes nothing in cases: ask "
			    "a practitioner or a supervisor.");
		else if (ev->act == ACT_BUNDLE_TAKE)
			bundleform_take(b, app);
		else if (ev->act == ACT_BUNDLE_RECEIPT)
			receipt(b, app);
		else
			recall(b, app);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return scroll_act(&b->scroll, ev->act);
	}
}

static bool
list_can(const struct pane *p, enum action a)
{
	const struct bundlelist *b = list_of(p);

	switch (a) {
	case ACT_OPEN:
		return b->n > 0;
	case ACT_BUNDLE_TAKE:
		return may_send(b);
	case ACT_BUNDLE_RECEIPT:
		return b->side == BUNDLE_IN && b->n > 0 && may_send(b);
	case ACT_BUNDLE_RECALL:
		return b->side == BUNDLE_OUT && b->n > 0 && may_send(b);
	default:
		return a != ACT_SIGN && a != ACT_UNDO && a != ACT_SEARCH;
	}
}

static void
list_resize(struct pane *p, int w, int h)
{
	struct bundlelist *b = list_mut(p);

	b->w = w;
	b->h = h;
	arrange(b);
}

static const char *
list_title(const struct pane *p)
{
	return list_of(p)->title;
}

static void
list_status(const struct pane *p, struct status *st)
{
	const struct bundlelist *b = list_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Bundles: %s",
	    b->side == BUNDLE_IN ? "Inbox" : "Outbox");
	st->counted = b->n > 0;
	st->n = b->scroll.at + 1;
	st->m = b->n;
}

static void
list_enter(struct pane *p, struct app *app)
{
	struct bundlelist *b = list_mut(p);

	(void)app;
	load(b);
	arrange(b);
}

static void
list_destroy(struct pane *p)
{
	struct bundlelist *b = list_mut(p);

	if (b->o.destroy != NULL)
		b->o.destroy(b->o.ctx);
	forget(b);
	free(b->list);
	str_release(&b->path);
	str_release(&b->choice);
	free(b);
}

static const struct pane_ops list_ops = {
	.name = "bundles",
	.context = CONTEXT_BUNDLES,
	.topic = "bundles",
	.draw = bundlelist_draw,
	.act = list_act,
	.resize = list_resize,
	.destroy = list_destroy,
	.title = list_title,
	.can = list_can,
	.status = list_status,
	.enter = list_enter,
};

static struct pane *
list_new(const struct bundlescreen_opts *o, enum bundle_side side)
{
	struct bundlelist *b = xcalloc(1, sizeof(*b));

	b->base.ops = &list_ops;
	b->o = *o;
	b->side = side;
	str_init(&b->path);
	str_init(&b->choice);
	scroll_init(&b->scroll, 0);
	return &b->base;
}

struct pane *
bundlescreen_new(const struct bundlescreen_opts *o)
{
	static const int weights[] = {1, 1};
	struct pane *panes[2];

	panes[0] = list_new(o, BUNDLE_IN);
	panes[1] = list_new(o, BUNDLE_OUT);
	list_mut(panes[0])->o.destroy = NULL;
	return group_new("bundles", panes, weights, 2);
}
