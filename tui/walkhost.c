/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the panes of a session ask of its screen: the forms of live work for
 * ticks and notes, and nothing else of it.
 */
#include "config.h"

#include "tui/walkscreen_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/entrywords.h"
#include "tui/textpane.h"

bool
walk_may_change(const struct walkscreen *s, struct app *app)
{
	if (walk_answers(s))
		return true;
	if (!s->mine)
		app_say(app, "This is the session of %s: nothing is changed "
		    "in it.", casework_author(&s->w, s->walk.session));
	else if (s->walk.state == WALK_END)
		app_say(app, "The session is at its end: nothing is changed "
		    "in it any more.");
	else
		app_say(app, "You have committed to this stage. Enter in the "
		    "story looks back on it and goes on.");
	return false;
}

static void
host_edit(void *ctx, struct app *app, size_t i, bool fresh)
{
	caseforms_edit(&((struct walkscreen *)ctx)->forms, app, i, fresh);
}

static void
host_strike(void *ctx, struct app *app, const struct record *r)
{
	caseforms_strike(&((struct walkscreen *)ctx)->forms, app, r);
}

static void
host_revise(void *ctx, struct app *app, const struct record *r)
{
	caseforms_revise(&((struct walkscreen *)ctx)->forms, app, r);
}

struct shown_entry {
	const struct walkscreen *s;	/* borrowed; below it */
	struct entry_id id;
};

static void
entry_fill(void *ctx, struct lines *out)
{
	const struct shown_entry *g = ctx;
	const struct record *r = casefile_find(&g->s->w.now, &g->id);

	if (r != NULL)
		entry_lines(&g->s->w, r, out);
}

static bool
entry_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	(void)ctx, (void)self;
	if (ev->act != ACT_CANCEL && ev->act != ACT_OPEN)
		return false;
	app_pop(app);
	return true;
}

static bool
entry_can(const void *ctx, enum action a)
{
	(void)ctx;
	return a == ACT_HELP || a == ACT_BACK || a == ACT_BLANK;
}

static void
host_show(void *ctx, struct app *app, const struct record *r)
{
	struct shown_entry *g = xcalloc(1, sizeof(*g));
	struct textpane_opts o = {
		.name = "entry", .topic = "training", .context = CONTEXT_WALK,
		.ctx = g, .fill = entry_fill, .act = entry_act,
		.can = entry_can, .destroy = free,
	};

	*g = (struct shown_entry){ctx, r->entry.id};
	app_push(app, textpane_new(&o));
}

/* A session is ticked and noted; the steps of live work stay there. */
static void
host_write(void *ctx, struct app *app, const char *kind)
{
	struct walkscreen *s = ctx;

	if (!walk_may_change(s, app))
		return;
	if (strcmp(kind, "note") != 0)
		app_say(app, "In a session you tick, write notes (o) and "
		    "commit ($). Live work has the rest.");
	else
		caseforms_write(&s->forms, app, kind);
}

static void
host_about(void *ctx, struct app *app, const char *kind,
    const struct record *r)
{
	(void)r;
	host_write(ctx, app, kind);
}

static void
host_choose(void *ctx, struct app *app, const char *kind, const char *code)
{
	(void)code;
	host_write(ctx, app, kind);
}

static void
host_open_case(void *ctx, struct app *app, const char *reference)
{
	(void)ctx, (void)reference;
	app_say(app, "Nobody in a case study has a case.");
}

static void
host_resume(void *ctx, struct app *app, const char *kind, const char *what)
{
	struct walkscreen *s = ctx;

	if (walk_may_change(s, app) &&
	    !caseforms_resume(&s->forms, app, kind, what))
		app_warn(app, "What it was about is not in the session any "
		    "more. x discards it.");
}

static void
discard_it(void *ctx, struct app *app)
{
	struct walkscreen *s = ctx;

	caseforms_discard(&s->forms, s->discarding, s->discarding_what);
	walk_refresh(s);
	app_say(app, "Discarded.");
}

static void
host_discard(void *ctx, struct app *app, const char *kind, const char *what)
{
	struct walkscreen *s = ctx;
	struct confirm c = {
		.what = "Discard what was typed and not kept?",
		.expect = "discard", .ctx = s, .do_it = discard_it,
	};

	s->discarding = kind;
	(void)snprintf(s->discarding_what, sizeof(s->discarding_what), "%s",
	    what);
	app_confirm(app, &c);
}

struct case_host
walk_host_of(struct walkscreen *s)
{
	return (struct case_host){
		.ctx = s, .edit = host_edit, .strike = host_strike,
		.show = host_show, .revise = host_revise,
		.write = host_write, .open_case = host_open_case,
		.resume = host_resume, .discard = host_discard,
		.about = host_about, .choose = host_choose,
	};
}
