/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The end of a session: its entry in the learner's training log, with the
 * minutes filled in and what they take from it.
 */
#include "config.h"

#include "tui/walkscreen_impl.h"

#include <stdlib.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/form.h"

#define KIND "training-log"

struct logging {
	struct walkscreen *s;	/* borrowed; below the form */
	struct app *app;
	const struct pane *form;
	bool dirty;
};

bool
walk_logged(const struct walkscreen *s)
{
	return s->o.logged != NULL &&
	    s->o.logged(s->o.ctx, s->w.now.reference);
}

static void
save(struct walkscreen *s, const char *text)
{
	if (s->w.door.save(s->w.door.ctx, KIND, NULL, text,
	    &s->w.save_error) != RC_OK)
		s->w.unsaved = true;
}

static void
put_away(void *ctx, struct app *app)
{
	struct logging *g = ctx;
	struct str text;

	(void)app;
	if (!g->dirty)
		return;
	g->dirty = false;
	str_init(&text);
	form_save(g->form, &text);
	save(g->s, text.s);
	str_release(&text);
}

static void
changed(void *ctx, const struct pane *form)
{
	struct logging *g = ctx;

	g->form = form;
	g->dirty = true;
	app_soon(g->app, put_away, g);
}

static void
left(void *ctx, struct app *app)
{
	put_away(ctx, app);
	app_say(app, "Not in the log yet. What you wrote is kept.");
}

static enum rc
keep(void *ctx, struct app *app, const json_t *body, const struct span *on,
    struct err *e)
{
	struct logging *g = ctx;
	enum rc rc = kind_check_draft(kind_find(KIND), on, body, e);

	if (rc == RC_OK)
		rc = g->s->o.log(g->s->o.ctx, body, on, e);
	if (rc != RC_OK)
		return rc;
	g->dirty = false;
	save(g->s, "");
	app_say(app, "Signed: it is in your training log.");
	return RC_OK;
}

/* The reference in the title is how the log names the session. */
static json_t *
first_body(const struct walkscreen *s)
{
	struct str title;
	json_t *body;

	str_init(&title);
	str_add_fmt(&title, "%s (%s)", s->walk.study->title,
	    s->w.now.reference);
	body = json_pack("{s:s, s:s, s:i}", "title", title.s, "activity",
	    "study", "minutes", (int)walk_minutes(s));
	str_release(&title);
	return body;
}

static void
restore(struct walkscreen *s, struct app *app, struct pane *form)
{
	char *text = NULL;
	struct err e;

	if (s->w.door.restore(s->w.door.ctx, KIND, NULL, &text, &e) ==
	    RC_OK && text != NULL && form_restore(form, text, &e) != RC_OK)
		app_error(app, &e);
	free(text);
}

static struct pane *
form_of(struct walkscreen *s, struct app *app)
{
	struct logging *g = xcalloc(1, sizeof(*g));
	json_t *body = first_body(s);
	char on[DAY_TEXT_MAX];
	struct form_opts o = {
		.kind = kind_find(KIND), .title = "Into your training log",
		.verb = "sign",
		.intro = "F2 signs it; then it is in your log. The minutes "
		    "are counted from what you did, without long breaks: put "
		    "them right if they are not.",
		.topic = "training", .body = body, .on = on, .ctx = g,
		.changed = changed, .keep = keep, .left = left,
		.destroy = free,
	};
	struct pane *form;

	g->s = s;
	g->app = app;
	day_format(moment_day(s->w.door.now(s->w.door.ctx)), on);
	form = form_new(&o);
	json_decref(body);
	return form;
}

void
walk_log_open(struct walkscreen *s, struct app *app)
{
	struct pane *form;

	if (!s->mine || s->walk.state != WALK_END) {
		app_say(app, "The log is the learner's own.");
	} else if (walk_logged(s)) {
		app_say(app, "This session is in your training log.");
	} else {
		form = form_of(s, app);
		restore(s, app, form);
		walk_form_opening(s, KIND, "");
		app_push(app, form);
	}
}
