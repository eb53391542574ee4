/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/decidedscreen.h"

#include <stdlib.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/sharingbundles.h"
#include "tui/textpane.h"

static void
fill(void *ctx, struct lines *out)
{
	decided_lines(&((struct decided_opts *)ctx)->all, out);
}

/* Those signed now whose case somebody elsewhere has, too. */
static size_t
count_elsewhere(const struct decided *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->list[i]->refused == NULL &&
		    sharing_is_elsewhere(&all->list[i]->w);
	return n;
}

static void
tell_signed(struct app *app, size_t n, size_t away)
{
	const char *s = n == 1 ? "" : "s";

	if (away == 0)
		app_say(app, "Signed: %zu decision%s.", n, s);
	else
		app_say(app, "Signed: %zu decision%s. %zu %s a case that is "
		    "elsewhere, too, and not known there yet: open it, and B "
		    "sends it.", n, s, away, away == 1 ? "is of" : "are each "
		    "of");
}

static void
sign(struct decided_opts *g, struct app *app)
{
	size_t n = g->all.good, left = g->all.n - g->all.good;
	size_t away = count_elsewhere(&g->all);
	struct err e;

	if (n == 0) {
		app_warn(app, "There is nothing that may be signed.");
		return;
	}
	if (g->sign(&g->all, &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	app_pop(app);
	if (left > 0)
		app_warn(app, "Signed: %zu decision%s. %zu not: V on it says "
		    "why, u takes it back.", n, n == 1 ? "" : "s", left);
	else
		tell_signed(app, n, away);
}

static bool
act(void *ctx, const struct event *ev, struct app *app, struct pane *self)
{
	(void)self;
	switch (ev->act) {
	case ACT_CONFIRM:
		sign(ctx, app);
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
can(const void *ctx, enum action a)
{
	(void)ctx;
	return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

static void
destroy(void *ctx)
{
	struct decided_opts *g = ctx;

	decided_release(&g->all);
	free(g);
}

struct pane *
decidedscreen_new(const struct decided_opts *o)
{
	struct decided_opts *g = xcalloc(1, sizeof(*g));
	struct textpane_opts t = {
		.name = "decided", .topic = "review",
		.context = CONTEXT_SIGNING, .ctx = g, .fill = fill,
		.act = act, .can = can, .destroy = destroy,
	};

	*g = *o;
	return textpane_new(&t);
}
