/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Search in the list of cases: results as one types, each with its reason.
 */
#include "config.h"

#include <string.h>

#include "tui/app.h"
#include "tui/caselist_impl.h"

#define FOUND_MAX 50		/* hits; more are said to be there */

void
caselist_load_found(struct caselist *cl)
{
	const struct case_source *src = &cl->o.source;
	struct find_want want = {cl->words.s, FOUND_MAX};
	struct store_find_to to = {findrows_add, &cl->found};
	struct find_sum sum;

	findrows_clear(&cl->found);
	if (src->ops->find(src->ctx, &want, &sum, &to, &cl->fault) != RC_OK)
		findrows_clear(&cl->found);
	else
		cl->found.sum = sum;
	scroll_count(&cl->scroll, cl->found.n);
}

const struct entry_id *
caselist_hit(const struct caselist *cl)
{
	const struct findline *l;

	if (cl->words.len == 0 || cl->scroll.at >= cl->found.n)
		return NULL;
	l = &cl->found.list[cl->scroll.at];
	return l->type == FINDLINE_HIT ? &l->entry : NULL;
}

void
caselist_search(struct caselist *cl, const char *text)
{
	caselist_set_text(&cl->words,
	    text[strspn(text, " ")] != '\0' ? text : "");
	if (cl->words.len == 0)
		findrows_clear(&cl->found);
	scroll_to(&cl->scroll, 0);
	caselist_load(cl);
	if (cl->words.len == 0)
		return;
	caselist_set_text(&cl->used, cl->words.s);
	cl->used_n = cl->found.sum.cases;
}

/* What was seen is told once, however the search ends. */
void
caselist_tell_search(struct caselist *cl, struct app *app)
{
	bool noted = cl->used.len == 0 || cl->o.searched == NULL ||
	    cl->o.searched(cl->o.ctx, app, cl->used.s, cl->used_n);

	caselist_set_text(&cl->used, "");
	if (!noted)
		caselist_search(cl, "");
}

static void
search_changed(void *ctx, struct app *app, const char *text)
{
	(void)app;
	caselist_search(ctx, text);
}

static void
search_done(void *ctx, struct app *app, const char *text)
{
	struct caselist *cl = ctx;
	/* A search that was told and comes back unchanged is not another. */
	bool same = text != NULL && cl->used.len == 0 &&
	    strcmp(text, cl->words.s) == 0;

	if (!same)
		caselist_search(cl, text != NULL ? text : "");
	caselist_tell_search(cl, app);
}

void
caselist_ask_search(struct caselist *cl, struct app *app)
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
