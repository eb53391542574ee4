/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was decided on pairs, read once more and signed together.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/linkscreen_impl.h"
#include "tui/textpane.h"

/* ---- what is read ---- */

/* What goes with it is said before it is signed, and is no entry of its own. */
static void
add_answered(const struct linkscreen *ls, const struct linkitem *it,
    struct lines *out)
{
	const struct line_look look = {.indent = 5, .style = STYLE_HINT};
	size_t n = link_others(ls, (size_t)(it - ls->items));

	if (n > 0)
		lines_addf(out, &look, "It answers %zu more pair%s of the two "
		    "children, for as long as the links of their cases "
		    "stand.", n, n == 1 ? "" : "s");
}

static void
add_one(const struct linkscreen *ls, const struct linkitem *it,
    size_t number, struct lines *out)
{
	const struct link_pair *p = &ls->l->result.pairs[it->pair];
	const struct link_case *a = &ls->l->cases[p->a];
	const struct link_case *b = &ls->l->cases[p->b];
	struct line_look look = {.indent = 5, .style = STYLE_HEADING,
	    .lead_style = STYLE_PENDING};
	struct str x, y;
	char lead[24];

	(void)snprintf(lead, sizeof(lead), "%zu", number);
	look.lead = lead;
	str_init(&x);
	str_init(&y);
	link_name(a, &x);
	link_name(b, &y);
	lines_addf(out, &look, "%s: %s %s, %s %s",
	    it->chose == CHOSE_SAME ? "The same child" : "Not the same",
	    a->reference, x.s, b->reference, y.s);
	look.lead = NULL;
	if ((p->why & LINK_TWIN) != 0 && it->chose == CHOSE_SAME) {
		look.style = STYLE_WARNING;
		lines_add(out, &look, (p->why & LINK_CHAIN) != 0 ? "With them "
		    "two are joined who may be twins. Be sure before you "
		    "sign." : "They may be twins: same birthday, other "
		    "forename. Be sure before you sign.");
	}
	if (it->chose == CHOSE_APART)
		add_answered(ls, it, out);
	str_release(&x);
	str_release(&y);
}

static void
fill(void *ctx, struct lines *out)
{
	const struct linkscreen *ls = ctx;
	struct line_look title = {.indent = 0, .style = STYLE_TITLE};
	size_t number = 0;

	lines_addf(out, &title, "%zu decision%s on pairs of cases:",
	    ls->decided, ls->decided == 1 ? "" : "s");
	lines_plain(out, STYLE_HINT, "Enter signs. Esc goes back.");
	lines_blank(out);
	for (size_t i = 0; i < ls->n; i++)
		if (ls->items[i].chose != CHOSE_NOTHING)
			add_one(ls, &ls->items[i], ++number, out);
	lines_blank(out);
	lines_plain(out, STYLE_NORMAL, "What is signed stays; a later "
	    "decision takes its place. Not the same is never overruled by "
	    "the model, and the same can be split.");
}

/* ---- signing ---- */

static size_t
choices_of(const struct linkscreen *ls, struct link_choice *out)
{
	size_t n = 0;

	for (size_t i = 0; i < ls->n; i++)
		if (ls->items[i].chose != CHOSE_NOTHING)
			out[n++] = (struct link_choice){
			    ls->l->result.pairs[ls->items[i].pair],
			    ls->items[i].chose == CHOSE_SAME, ""};
	return n;
}

static void
sign(struct linkscreen *ls, struct app *app)
{
	struct link_choice *list = xcalloc(ls->decided + 1, sizeof(*list));
	size_t n = choices_of(ls, list);
	struct err e;
	enum rc rc = ls->o.source.ops->decide(ls->o.source.ctx, list, n, &e);

	free(list);
	if (rc != RC_OK) {
		app_error(app, &e);
		return;
	}
	for (size_t i = 0; i < ls->n; i++)
		ls->items[i].chose = CHOSE_NOTHING;
	ls->decided = 0;
	ls->stale = true;
	link_keep(ls, app);
	app_pop(app);
	app_say(app, "Signed: %zu decision%s. Tab lists the linked children.",
	    n, n == 1 ? "" : "s");
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

void
link_sign(struct linkscreen *ls, struct app *app)
{
	struct textpane_opts t = {
		.name = "link decisions", .topic = "link-review",
		.context = CONTEXT_SIGNING, .ctx = ls, .fill = fill,
		.act = act, .can = can,
	};

	if (ls->decided == 0)
		app_say(app, "Nothing is decided that waits to be signed: y "
		    "and n decide on the pair in hand.");
	else
		app_push(app, textpane_new(&t));
}
