/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles and people elsewhere, of the session's store.
 */
#include "config.h"

#include "core/rights.h"
#include "tui/bundlescreen.h"
#include "tui/duties.h"
#include "tui/elsewhere.h"

static void
open_case(void *ctx, struct app *app, const struct case_id *id)
{
	session_open_case(((struct run *)ctx)->s, app, id);
}

void
duties_bundles(struct run *r)
{
	struct bundlescreen_opts o = {
		.source = bundle_source_store(r->s), .ctx = r,
		.open_case = open_case,
	};
	struct err e;

	if (right_check(store_role(session_store(r->s)), RIGHT_READ, &e) !=
	    RC_OK)
		app_error(r->app, &e);
	else
		app_push(r->app, bundlescreen_new(&o));
}

void
duties_elsewhere(struct run *r)
{
	struct elsewhere_opts o = {.source = abroad_source_store(r->s)};

	app_push(r->app, elsewhere_new(&o));
}
