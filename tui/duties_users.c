/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The people of the session's store, and what each of them opened.
 */
#include "config.h"

#include "tui/duties.h"
#include "tui/lookscreen.h"
#include "tui/userscreen.h"

static void
open_looked(void *ctx, struct app *app, const struct case_id *id)
{
	session_open_case(((struct run *)ctx)->s, app, id);
}

static void
show_person_looks(void *ctx, struct app *app, const char *name)
{
	struct run *r = ctx;
	struct lookscreen_opts o = {
		.source = look_source_store(r->s), .view = LOOKS_OF_PERSON,
		.name = name, .ctx = r, .open = open_looked,
	};

	app_push(app, lookscreen_new(&o));
}

static void
show_elsewhere(void *ctx, struct app *app)
{
	(void)app;
	duties_elsewhere(ctx);
}

void
duties_users(struct run *r)
{
	struct userscreen_opts o = {
		.source = people_source_store(r->s), .ctx = r,
		.looked = show_person_looks, .elsewhere = show_elsewhere,
	};

	app_push(r->app, userscreen_new(&o));
}
