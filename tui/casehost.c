/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the panes of a case ask of its screen.
 */
#include "config.h"

#include "tui/casehost.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/casescreen_impl.h"
#include "tui/decide.h"
#include "tui/signscreen.h"

static void
host_edit(void *ctx, struct app *app, size_t i, bool fresh)
{
	caseforms_edit(&((struct casescreen *)ctx)->forms, app, i, fresh);
}

static void
host_strike(void *ctx, struct app *app, const struct record *r)
{
	caseforms_strike(&((struct casescreen *)ctx)->forms, app, r);
}

static void
host_show(void *ctx, struct app *app, const struct record *r)
{
	struct casescreen *s = ctx;

	app_push(app, entry_screen_new(&s->w, &s->forms, &r->entry.id));
}

bool
case_may_write(const struct casescreen *s, struct app *app, const char *kind)
{
	if (s->w.door.may_write(s->w.door.ctx, kind))
		return true;
	app_warn(app, "Your role reads cases; it does not write this: %s.",
	    kind_find(kind)->label);
	return false;
}

/*
 * The child first: a screening and a referral ask for their own words, or
 * why these are not known, before anything else.
 */
bool
case_voice_first(struct casescreen *s, struct app *app, enum action a)
{
	if (s->w.now.voice != NULL)
		return false;
	s->then = a;
	caseforms_write(&s->forms, app, "voice");
	app_say(app, "First the child's own words, or why they are not known "
	    "yet: choose a reason if nobody has asked. F2 keeps it.");
	return true;
}

void
case_write(void *ctx, struct app *app, const char *kind)
{
	struct casescreen *s = ctx;
	struct err e;

	if (strcmp(kind, "review") == 0 && decide_may(&s->w, &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	if (!case_may_write(s, app, kind))
		return;
	if (strcmp(kind, "referral") == 0 && case_voice_first(s, app, ACT_REFER))
		return;
	if (strcmp(kind, "screening") == 0 && case_voice_first(s, app, ACT_JUDGE))
		return;
	caseforms_write(&s->forms, app, kind);
}

void
case_write_about(void *ctx, struct app *app, const char *kind,
    const struct record *r)
{
	struct casescreen *s = ctx;

	if (case_may_write(s, app, kind))
		caseforms_about(&s->forms, app, kind, r);
}

static void
host_choose(void *ctx, struct app *app, const char *kind, const char *code)
{
	struct casescreen *s = ctx;

	if (case_may_write(s, app, kind))
		caseforms_choose(&s->forms, app, kind, code);
}

static void
host_revise(void *ctx, struct app *app, const struct record *r)
{
	struct casescreen *s = ctx;

	if (case_may_write(s, app, r->entry.kind))
		caseforms_revise(&s->forms, app, r);
}

/* This screen is gone when the other opens: that is the last thing done. */
static void
host_open_case(void *ctx, struct app *app, const char *reference)
{
	struct casescreen *s = ctx;

	if (s->o.open == NULL)
		app_say(app, "Their case: %s.", reference);
	else if (strcmp(reference, s->w.now.reference) == 0)
		app_say(app, "This is that case.");
	else
		(void)snprintf(s->go_to, sizeof(s->go_to), "%s", reference);
}

static void
host_resume(void *ctx, struct app *app, const char *kind, const char *what)
{
	struct casescreen *s = ctx;

	if (*what == '\0')
		case_write(ctx, app, kind);
	else if (case_may_write(s, app, kind) &&
	    !caseforms_resume(&s->forms, app, kind, what))
		app_warn(app, "What it was about is not in the case any "
		    "more. x discards it.");
}

static void
discard_it(void *ctx, struct app *app)
{
	struct casescreen *s = ctx;

	caseforms_discard(&s->forms, s->discarding, s->discarding_what);
	case_refresh(s);
	app_say(app, "Discarded.");
}

static void
host_discard(void *ctx, struct app *app, const char *kind, const char *what)
{
	struct casescreen *s = ctx;
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
case_host_of(struct casescreen *s)
{
	return (struct case_host){
		.ctx = s, .edit = host_edit, .strike = host_strike,
		.show = host_show, .revise = host_revise, .write = case_write,
		.open_case = host_open_case, .resume = host_resume,
		.discard = host_discard, .about = case_write_about,
		.choose = host_choose,
	};
}
