/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A service out of the directory into the form of a referral.
 */
#include "config.h"

#include <string.h>

#include "tui/app.h"
#include "tui/form.h"
#include "tui/servicescreen.h"

/* Where the young person lives: as said last, of them or of an address. */
static const char *
area_of(const struct casefile *c)
{
	const char *area = c->identity != NULL ?
	    record_text(c->identity, "area") : "";

	for (size_t i = c->nrecords; i-- > 0 && *area == '\0';) {
		const struct record *r = c->records[i];

		if (!record_stands(r) ||
		    strcmp(r->entry.kind, "address") != 0)
			continue;
		area = record_text(r, "area");
		if (*area == '\0')
			area = record_text(r, "authority");
	}
	return area;
}

static void
choose(void *ctx, struct app *app, const struct service *s)
{
	struct pane *form = ctx;
	struct str reach;

	str_init(&reach);
	service_reach(s, &reach);
	form_set(form, "service", s->kind);
	form_set(form, "to", s->name);
	form_set(form, "route", reach.s);
	str_release(&reach);
	if (s->verified)
		app_say(app, "Taken over: %s. Change it as you need.",
		    s->name);
	else
		app_warn(app, "Taken over, but not verified. %s", s->note);
}

void
servicescreen_pick(const struct casework *w, struct app *app,
    struct pane *form)
{
	struct servicescreen_opts o = {
		.near = area_of(&w->now), .ctx = form, .choose = choose,
	};
	struct err e;

	if (w->door.services == NULL) {
		app_warn(app, "There is no directory of services here.");
		return;
	}
	o.services = w->door.services(w->door.ctx, &e);
	if (o.services == NULL)
		app_error(app, &e);
	else
		app_push(app, servicescreen_new(&o));
}
