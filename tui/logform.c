/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form that adds to the training log: signed when it is kept, for it is
 * the learner's own word about themselves.
 */
#include "config.h"

#include <stdlib.h>

#include "core/xalloc.h"
#include "tui/form.h"
#include "tui/logscreen.h"

/* Goes with the form. */
struct logform {
	struct log_source source;
	struct app *app;
};

static void
form_changed(void *ctx, const struct pane *form)
{
	const struct logform *f = ctx;
	struct str text;
	struct err e;

	str_init(&text);
	form_save(form, &text);
	if (f->source.ops->draft_save(f->source.ctx, text.s, &e) != RC_OK)
		app_error(f->app, &e);
	str_release(&text);
}

static enum rc
form_keep(void *ctx, struct app *app, const json_t *body,
    const struct span *on, struct err *e)
{
	const struct logform *f = ctx;
	enum rc rc = f->source.ops->add(f->source.ctx, body, on, e);

	if (rc == RC_OK)
		app_say(app, "It is in your training log, signed.");
	return rc;
}

static void
form_left(void *ctx, struct app *app)
{
	const struct logform *f = ctx;
	char *text = NULL;
	struct err e;

	if (f->source.ops->draft_load(f->source.ctx, &text, &e) == RC_OK &&
	    text != NULL)
		app_say(app, "What you wrote is kept: a goes on with it.");
	free(text);
}

void
logform_open(struct app *app, const struct log_source *src,
    const json_t *body)
{
	struct logform *f = xcalloc(1, sizeof(*f));
	char day[DAY_TEXT_MAX], *text = NULL;
	struct form_opts o = {
		.kind = kind_find("training-log"),
		.title = "What you did",
		.intro = "It goes into your own log when you keep it with F2. "
		    "Name no real young person here.",
		.topic = "training-log", .body = body, .on = day,
		.suggest = true, .ctx = f, .changed = form_changed,
		.keep = form_keep, .left = form_left, .destroy = free,
	};
	struct pane *form;
	struct err e;

	f->source = *src;
	f->app = app;
	day_format(src->ops->today(src->ctx), day);
	form = form_new(&o);
	if (src->ops->draft_load(src->ctx, &text, &e) == RC_OK &&
	    text != NULL && form_restore(form, text, &e) != RC_OK)
		app_error(app, &e);
	free(text);
	app_push(app, form);
}
