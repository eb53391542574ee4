/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is typed while work goes on is kept and acted on after it, in order:
 * nothing typed is lost.  It is dropped where it would act on what the person
 * did not see: after Esc, a fault, a lock or a blanked screen, and where it
 * would sign or decide.
 */
#include "config.h"

#include "tui/app_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/keys.h"

static void
forget(struct ahead *a)
{
	if (a->text != NULL)
		explicit_bzero(a->text, a->n);
	free(a->text);
	explicit_bzero(a, sizeof(*a));
}

void
app_drop_ahead(struct app *app)
{
	for (size_t i = app->ahead_at; i < app->nahead; i++)
		forget(&app->ahead[i]);
	app->ahead_at = app->nahead = 0;
}

/* Beyond AHEAD_MAX the bell says that a key was not taken. */
static void
keep(struct app *app, const struct input *in)
{
	struct ahead *a;

	if (app->nahead == AHEAD_MAX) {
		app->term.ops->bell(app->term.ctx);
		return;
	}
	a = &app->ahead[app->nahead++];
	*a = (struct ahead){in->type, in->key, NULL, in->n};
	if (in->type == INPUT_PASTE && in->n > 0) {
		a->text = xmalloc(in->n);
		memcpy(a->text, in->text, in->n);
	}
}

/* Acts on what cannot wait.  True for Esc. */
static bool
takes_now(struct app *app, const struct input *in)
{
	enum action a = in->type == INPUT_KEY ?
	    key_decode(CONTEXT_GLOBAL, in->key) : ACT_NONE;

	app->active_at = clock_ticks(app->opts.clock);
	if (a != ACT_CANCEL && a != ACT_BLANK) {
		keep(app, in);
		return false;
	}
	app_drop_ahead(app);
	if (a == ACT_BLANK)
		app->blanked = true;
	return a == ACT_CANCEL;
}

bool
app_wants_stop(struct app *app)
{
	for (;;) {
		struct input in = {INPUT_NONE, KC_NONE, NULL, 0};

		app->term.ops->read(app->term.ctx, &in);
		if (in.type == INPUT_NONE)
			return false;
		if (in.type == INPUT_RESIZE)
			app_take_size(app);
		else if (in.type == INPUT_CLOSED)
			app_quit(app);
		else if (takes_now(app, &in))
			return true;
	}
}

/*
 * Signing and deciding are of what was read: by whoever typed it before the
 * screen stood there, it was not.
 */
static bool
decides(const struct app *app, const struct ahead *a)
{
	enum context c = app_context(app);

	if (a->type != INPUT_KEY)
		return false;
	switch (key_decode(c, a->key)) {
	case ACT_CONFIRM:
	case ACT_LINK_SAME:
	case ACT_LINK_APART:
	case ACT_LINK_UNSURE:
	case ACT_STUDY_SIGN:
	case ACT_WALK_COMMIT:
	case ACT_SHEET_DONE:
		return true;
	case ACT_SUBMIT:
		return c == CONTEXT_ASK || app->confirm.expect != NULL;
	default:
		return false;
	}
}

bool
app_take_ahead(struct app *app, struct ahead *out)
{
	if (app->message.len > 0 && app->message_style != STYLE_NORMAL)
		app_drop_ahead(app);
	if (app->ahead_at < app->nahead &&
	    decides(app, &app->ahead[app->ahead_at])) {
		app_drop_ahead(app);
		app_warn(app, "Typed before you saw this: nothing was decided. "
		    "Read it, then type again.");
		app->dirty = true;
	}
	if (app->ahead_at == app->nahead) {
		app->ahead_at = app->nahead = 0;
		return false;
	}
	*out = app->ahead[app->ahead_at];
	explicit_bzero(&app->ahead[app->ahead_at++], sizeof(*out));
	return true;
}

void
app_forget_ahead(struct ahead *a)
{
	forget(a);
}
