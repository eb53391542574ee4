/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/gate.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"

/* Goes with the form that asks for the reason. */
struct waiting {
	struct gate g;
	struct case_id id;
};

static enum rc
reason_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	const struct waiting *w = ctx;

	(void)app;
	return w->g.break_glass(w->g.ctx, &w->id, ask_text(ask, 0), e);
}

static void
reason_after(void *ctx, struct app *app)
{
	const struct waiting *w = ctx;

	w->g.show(w->g.ctx, app, &w->id);
}

static void
reason_left(void *ctx, struct app *app)
{
	(void)ctx;
	app_say(app, "The case was not opened, and nothing was noted.");
}

/* Short: whom to ask is to be read on the smallest terminal, too. */
static void
intro_words(struct str *out, const char *names)
{
	if (names != NULL && *names != '\0')
		str_add_fmt(out, "Better ask %s, who may open it. ", names);
	str_add(out, "If a child cannot wait, give a reason: the supervisors "
	    "see it with your name, and it stays on the record.");
}

static void
ask_reason(struct app *app, const struct gate *g, const struct case_id *id,
    const char *names)
{
	static const struct ask_field f[] = {{ASK_LINE, "Reason",
	    "What you need to know, and why now.",
	    NULL, false, NULL, 0}};
	struct waiting *w = xcalloc(1, sizeof(*w));
	struct ask_opts o = {
		.title = "A restricted case",
		.verb = "open the case and tell the supervisors",
		.topic = "watching", .fields = f, .n = 1, .ctx = w,
		.done = reason_done, .after = reason_after,
		.left = reason_left, .destroy = free,
	};
	struct str intro;

	w->g = *g;
	w->id = *id;
	str_init(&intro);
	intro_words(&intro, names);
	o.intro = intro.s;
	ask_open(app, &o);
	str_release(&intro);
}

void
gate_open(struct app *app, const struct gate *g, const struct case_id *id)
{
	enum door door = DOOR_SHUT;
	char *names = NULL;
	struct err e;

	if (g->door(g->ctx, id, &door, &names, &e) != RC_OK) {
		app_error(app, &e);
		free(names);
		return;
	}
	switch (door) {
	case DOOR_OPEN:
	case DOOR_BROKEN:
		g->show(g->ctx, app, id);
		break;
	case DOOR_RESTRICTED:
		ask_reason(app, g, id, names);
		break;
	case DOOR_SHUT:
	default:
		app_warn(app, "Your role may not open this case, with a reason "
		    "or without. %s%s", names != NULL && *names != '\0' ?
		    "Ask " : "Ask a supervisor", names != NULL ? names : "");
		break;
	}
	free(names);
}
