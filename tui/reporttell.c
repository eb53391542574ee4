/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked before a report shows what can tell who a child is: why, and
 * the report's name.  Both are what `hearken report` asks, and the store notes
 * the same of it, before the first number is seen.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "exchange/leave.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/reportscreen_impl.h"

enum { TELL_REASON, TELL_NAME, TELL_FIELDS };

struct telling {
	struct reportscreen *s;		/* borrowed: it lies below */
	enum report_telling what;
};

static bool
is_noted(const struct reportscreen *s)
{
	return s->reason != NULL && s->told.from == s->o.window.from &&
	    s->told.to == s->o.window.to;
}

bool
reportscreen_hides_cell(const struct reportscreen *s)
{
	const struct report_table *t = reportscreen_table(s);

	return t != NULL && !is_noted(s) && s->scroll.at < t->nrows &&
	    s->column < t->ncolumns && t->cells[s->scroll.at *
	    t->ncolumns + s->column].type == REPORT_SUPPRESSED;
}

static enum rc
note(struct reportscreen *s, const char *reason, struct err *e)
{
	const struct collation_source *src = &s->o.source;
	const struct collation_telling t = {s->def, &s->data.facts, reason};
	enum rc rc = src->ops->tell(src->ctx, &t, e);

	if (rc == RC_OK)
		s->told = s->o.window;
	return rc;
}

enum rc
reportscreen_note(struct reportscreen *s, struct err *e)
{
	return is_noted(s) ? RC_OK : note(s, s->reason, e);
}

/* ---- asking ---- */

static enum rc
tell_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct telling *t = ctx;

	if (i == TELL_REASON)
		return leave_reason_check(ask_text(ask, i), e);
	return strcmp(ask_text(ask, i), t->s->def->name) == 0 ? RC_OK :
	    err_set(e, RC_INPUT, "Type %s to go on, or Esc.",
	    t->s->def->name);
}

static enum rc
tell_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	const struct telling *t = ctx;
	struct reportscreen *s = t->s;
	enum rc rc = note(s, ask_text(ask, TELL_REASON), e);

	(void)app;
	if (rc != RC_OK)
		return rc;
	free(s->reason);
	s->reason = xstrdup(ask_text(ask, TELL_REASON));
	err_clear(&s->fault);
	(void)!reportscreen_make(s, &s->fault);
	return RC_OK;
}

static void
show(struct reportscreen *s, struct app *app, enum report_telling what)
{
	if (what == TELL_WHOLE)
		reportscreen_show_whole(s, app);
	else if (what == TELL_CASES)
		reportscreen_open_cell(s, app);
}

static void
tell_after(void *ctx, struct app *app)
{
	const struct telling *t = ctx;

	if (t->s->fault.rc == RC_OK)
		show(t->s, app, t->what);
}

static void
tell_left(void *ctx, struct app *app)
{
	const struct telling *t = ctx;

	if (t->what == TELL_ROWS)
		app_pop(app);
	app_say(app, "Not shown: nobody said why.");
}

static const char *
intro_of(enum report_telling what)
{
	return what == TELL_ROWS ? "This shows rows about children, personal "
	    "data. The store notes that you saw them, and why." :
	    what == TELL_WHOLE ? "This shows all counts, also those that can "
	    "tell who a child is. The store notes that you saw them, and "
	    "why." : "This number is hidden, for it can tell who a child is. "
	    "The store notes that you saw it, and why.";
}

static void
ask(struct reportscreen *s, struct app *app, enum report_telling what)
{
	struct str name;
	struct ask_field f[TELL_FIELDS] = {
		{ASK_LINE, "Why", "What you need it for.", NULL, false, NULL,
		    0},
		{ASK_LINE, "Name", NULL, NULL, false, NULL, 0}
	};
	struct telling *t = xcalloc(1, sizeof(*t));
	struct ask_opts o = {
		.title = s->def->title, .intro = intro_of(what),
		.verb = "show it", .working = "Counting...",
		.topic = "reports-screen", .fields = f, .n = TELL_FIELDS,
		.ctx = t, .check = tell_check, .done = tell_done,
		.after = tell_after, .left = tell_left, .destroy = free,
	};

	t->s = s;
	t->what = what;
	str_init(&name);
	str_add_fmt(&name, "Type %s to go on.", s->def->name);
	f[TELL_NAME].help = name.s;
	s->asked = true;
	ask_open(app, &o);
	str_release(&name);
}

/* The reason holds as long as the report is looked at, for other days, too. */
void
reportscreen_ask_why(struct reportscreen *s, struct app *app,
    enum report_telling what)
{
	const struct collation_source *src = &s->o.source;
	struct err e;
	enum rc rc = src->ops->may_tell(src->ctx, &e);

	if (rc == RC_OK && s->reason == NULL) {
		ask(s, app, what);
		return;
	}
	if (rc == RC_OK)
		rc = reportscreen_note(s, &e);
	if (rc == RC_OK)
		show(s, app, what);
	else if (what == TELL_ROWS)
		s->fault = e;
	else
		app_error(app, &e);
}

/* ---- the population ---- */

static void
population_typed(void *ctx, struct app *app, const char *text)
{
	struct reportscreen *s = ctx;
	const struct collation_source *src = &s->o.source;
	struct err e;

	if (text == NULL)
		return;
	if (src->ops->population(src->ctx, text, &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	if (*text != '\0')
		app_say(app, "Rates are of the population in %s.", text);
	else
		app_say(app, "Without a population: there are no rates.");
	reportscreen_read(s, app);
}

static const char *
population_complete(void *ctx, const char *text, size_t i)
{
	struct reportscreen *s = ctx;
	const struct collation_source *src = &s->o.source;

	str_clear(&s->choice);
	return src->ops->path(src->ctx, text, i, &s->choice) ? s->choice.s :
	    NULL;
}

void
reportscreen_choose_population(struct reportscreen *s, struct app *app)
{
	struct prompt p = {.label = "Population: ", .history = "population",
	    .ctx = s, .done = population_typed,
	    .complete = population_complete};

	if (!s->def->population) {
		app_say(app, "This report has no rates of a population.");
		return;
	}
	app_say(app, "Type where the file is that says how many children "
	    "live where; Tab completes. Nothing: no rates.");
	app_prompt(app, &p);
}
