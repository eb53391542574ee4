/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/trainrun.h"

#include "tui/duties.h"
#include "tui/trainhome.h"
#include "tui/trainscreens.h"

/* Shows a screen over what is there, and says where one is. */
static bool
show(struct run *r, struct pane *screen, const struct place *here,
    const struct err *e)
{
	if (screen == NULL) {
		app_error(r->app, e);
		return false;
	}
	session_at(r->s, 1, here);
	app_push(r->app, screen);
	return true;
}

static void
home_open(void *ctx, struct app *app, const struct case_id *id)
{
	session_open_case(((struct run *)ctx)->s, app, id);
}

static void
home_replay(void *ctx, struct app *app, const struct case_id *id)
{
	struct run *r = ctx;
	struct place here = {.type = PLACE_REPLAY, .id = *id};
	struct err e;

	(void)app;
	(void)show(r, replay_screen_new(r->s, id, &e), &here, &e);
}

static void
home_again(void *ctx, struct app *app)
{
	static const struct place here = {.type = PLACE_AGAIN};
	struct run *r = ctx;
	struct err e;

	if (session_may_write(r->s, "retest"))
		(void)show(r, retest_screen_new(r->s, &e), &here, &e);
	else
		app_warn(app, "Your role writes nothing here: ask whoever "
		    "looks after the store for another.");
}

static void
home_log(void *ctx, struct app *app)
{
	static const struct place here = {.type = PLACE_LOG};
	struct run *r = ctx;
	struct err e;

	(void)app;
	(void)show(r, log_screen_new(r->s, &e), &here, &e);
}

static void
home_users(void *ctx, struct app *app)
{
	(void)app;
	duties_users(ctx);
}

static void
home_bundles(void *ctx, struct app *app)
{
	(void)app;
	duties_bundles(ctx);
}

static struct notices *
home_notices(void *ctx)
{
	struct run *r = ctx;

	duties_notice(r);
	return &r->notices;
}

static void
home_moved(void *ctx, const char *narrow, size_t at)
{
	struct run *r = ctx;
	struct place here = {.type = PLACE_TRAINING, .text = narrow,
	    .at = at};

	session_at(r->s, 0, &here);
}

struct pane *
trainrun_home(struct run *r, const struct place *p)
{
	struct trainhome_opts o = {
		.source = train_source_store(r->s),
		.narrow = p != NULL ? p->text : NULL,
		.at = p != NULL ? p->at : 0,
		.ctx = r,
		.open = home_open,
		.replay = home_replay,
		.ask_again = home_again,
		.log = home_log,
		.users = home_users,
		.bundles = home_bundles,
		.notices = home_notices,
		.moved = home_moved
	};

	return trainhome_new(&o);
}

bool
trainrun_return(struct run *r, const struct place *p)
{
	struct err e;

	switch (p->type) {
	case PLACE_SESSION:
		return show(r, train_screen_new(r->s, &p->id, &e), p, &e);
	case PLACE_REPLAY:
		return show(r, replay_screen_at(r->s, &p->id, p->at, &e), p,
		    &e);
	case PLACE_AGAIN:
		return show(r, retest_screen_new(r->s, &e), p, &e);
	case PLACE_LOG:
		return show(r, log_screen_new(r->s, &e), p, &e);
	case PLACE_CASES:
	case PLACE_NEW_CASE:
	case PLACE_CASE:
	case PLACE_FORM:
	case PLACE_DUE:
	case PLACE_QUEUE:
	case PLACE_WALK:
	case PLACE_TRAINING:
	case PLACE_COLLATION:
	case PLACE_JOINED:
	case PLACE_REPORT:
	case PLACE_LINKS:
	default:
		return false;
	}
}
