/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/collationrun.h"

#include <string.h>

#include "core/rights.h"
#include "db/sessions.h"
#include "tui/bundles.h"
#include "tui/collationdesk.h"

static struct collation_desk *
desk(struct run *r)
{
	if (r->collation == NULL)
		r->collation = collation_desk_new(r->s);
	return r->collation;
}

void
collationrun_release(struct run *r)
{
	collation_desk_free(r->collation);
	r->collation = NULL;
}

static void
open_case(void *ctx, struct app *app, const struct case_id *id)
{
	session_open_case(((struct run *)ctx)->s, app, id);
}

/* ---- the joined list ---- */

static void
joined_moved(void *ctx, const struct joined_window *w, size_t at)
{
	struct place here = {.type = PLACE_JOINED, .at = at};
	struct str text;

	str_init(&text);
	window_format(w, &text);
	here.text = text.s;
	session_at(((struct run *)ctx)->s, 2, &here);
	str_release(&text);
}

static void
show_joined(struct run *r, const struct joined_window *w, size_t at)
{
	struct joined_opts o = {.source = collation_source_desk(desk(r)),
	    .window = *w, .at = at, .ctx = r, .open = open_case,
	    .moved = joined_moved};

	joined_moved(r, w, at);
	app_push(r->app, joinedscreen_new(&o));
}

static void
joined(void *ctx, struct app *app)
{
	struct run *r = ctx;
	struct joined_window w = window_months(session_today(r->s), 12);

	(void)app;
	show_joined(r, &w, 0);
}

/* ---- reports ---- */

static void
report_moved(void *ctx, const char *name, const struct joined_window *w)
{
	struct place here = {.type = PLACE_REPORT};
	struct str text;

	str_init(&text);
	str_add_fmt(&text, "%s ", name);
	window_format(w, &text);
	here.text = text.s;
	session_at(((struct run *)ctx)->s, 2, &here);
	str_release(&text);
}

static bool
show_report(struct run *r, const char *name, const struct joined_window *w)
{
	struct reportscreen_opts o = {
		.source = collation_source_desk(desk(r)), .name = name,
		.window = *w, .ctx = r, .open = open_case,
		.moved = report_moved,
	};
	struct pane *p = reportscreen_new(&o);

	if (p == NULL)
		return false;
	report_moved(r, name, w);
	app_push(r->app, p);
	return true;
}

static void
report(void *ctx, struct app *app, const char *name)
{
	struct run *r = ctx;
	struct joined_window w = window_months(session_today(r->s), 12);

	if (!show_report(r, name, &w))
		app_warn(app, "There is no report %s.", name);
}

/* ---- links and returns ---- */

static void
links(void *ctx, struct app *app)
{
	struct run *r = ctx;
	struct err e;
	struct pane *p = link_screen_new(r->s, &e);

	if (p == NULL)
		app_error(app, &e);
	else
		app_push(app, p);
}

static void ask_path(struct run *r, const char *text);

static void
path_typed(void *ctx, struct app *app, const char *text)
{
	struct run *r = ctx;
	struct pane *p;
	struct err e;

	if (text == NULL || *text == '\0')
		return;
	p = session_may_read(r->s, text, &e) == RC_OK ?
	    mapping_screen_new(r->s, text, &e) : NULL;
	if (p != NULL) {
		app_push(app, p);
		return;
	}
	app_error(app, &e);
	ask_path(r, text);
}

static const char *
path_complete(void *ctx, const char *text, size_t i)
{
	struct run *r = ctx;
	struct bundle_source src = bundle_source_store(r->s);
	struct str *choice = &desk(r)->choice;

	str_clear(choice);
	return src.ops->complete(src.ctx, text, i, choice) ? choice->s :
	    NULL;
}

static void
ask_path(struct run *r, const char *text)
{
	struct prompt p = {.label = "Return: ", .history = "return",
	    .text = text, .ctx = r, .done = path_typed,
	    .complete = path_complete};

	app_prompt(r->app, &p);
}

static void
take(void *ctx, struct app *app)
{
	struct run *r = ctx;

	if (!session_may_write(r->s, "return")) {
		app_warn(app, "Your role takes no returns in.");
		return;
	}
	app_say(app, "Type where the agency's file is; Tab completes. Nothing "
	    "is taken in before you saw its columns and a dry run.");
	ask_path(r, NULL);
}

/* ---- the first screen ---- */

static void
moved(void *ctx, size_t at)
{
	struct place here = {.type = PLACE_COLLATION, .at = at};

	session_at(((struct run *)ctx)->s, 1, &here);
}

static void
show_first(struct run *r, size_t at)
{
	struct collation_opts o = {
		.source = collation_source_desk(desk(r)), .at = at, .ctx = r,
		.take = take, .links = links, .joined = joined,
		.report = report, .moved = moved,
	};

	moved(r, at);
	app_push(r->app, collationscreen_new(&o));
}

void
collationrun_open(struct run *r)
{
	struct store *st = session_store(r->s);
	struct err e;

	if (right_check(store_role(st), RIGHT_READ, &e) != RC_OK) {
		app_error(r->app, &e);
		return;
	}
	if (store_training(st)) {
		app_warn(r->app, "This store is for training: returns and "
		    "reports are of real cases only.");
		return;
	}
	while (app_top(r->app) != NULL && app_top(r->app) != r->list) {
		pane_save(app_top(r->app));
		app_pop(r->app);
	}
	show_first(r, 0);
}

static bool
return_report(struct run *r, const struct place *p)
{
	const char *space = p->text != NULL ? strrchr(p->text, ' ') : NULL;
	struct joined_window w;
	struct str name;
	struct err e;
	bool shown;

	if (space == NULL || window_parse(space + 1, session_today(r->s), &w,
	    &e) != RC_OK)
		return false;
	str_init(&name);
	str_add_n(&name, p->text, (size_t)(space - p->text));
	shown = report_find(name.s) != NULL &&
	    show_report(r, report_find(name.s)->name, &w);
	str_release(&name);
	return shown;
}

bool
collationrun_return(struct run *r, const struct place *p)
{
	struct joined_window w;
	struct err e;

	if (p->type == PLACE_COLLATION) {
		show_first(r, p->at);
		return true;
	}
	if (p->type == PLACE_REPORT)
		return return_report(r, p);
	if (p->text == NULL || window_parse(p->text, session_today(r->s), &w,
	    &e) != RC_OK)
		return false;
	show_joined(r, &w, p->at);
	return true;
}
