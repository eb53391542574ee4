/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/userscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/userscreen_impl.h"

static const struct userscreen *
users_of(const struct pane *p)
{
	return (const struct userscreen *)(const void *)p;
}

static struct userscreen *
users_mut(struct pane *p)
{
	return (struct userscreen *)(void *)p;
}

const char *
role_label(unsigned roles)
{
	static const struct {
		enum role role;
		const char *label;
	} labels[] = {
		{ROLE_ADMINISTRATOR, "Administrator"},
		{ROLE_SUPERVISOR, "Supervisor"},
		{ROLE_PRACTITIONER, "Practitioner"},
		{ROLE_TRAINER, "Trainer"},
		{ROLE_AUDITOR, "Auditor"}
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if ((roles & labels[i].role) != 0)
			return labels[i].label;
	return "";
}

const struct listed *
userscreen_row(const struct userscreen *u)
{
	return u->scroll.at < u->n ? &u->list[u->scroll.at] : NULL;
}

void
userscreen_select(struct userscreen *u, const char *name)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->list[i].p.ended == INT64_MAX &&
		    strcmp(u->list[i].name, name) == 0)
			scroll_to(&u->scroll, i);
}

/* ---- reading ---- */

static void
forget(struct userscreen *u)
{
	while (u->n > 0) {
		u->n--;
		free(u->list[u->n].name);
		free(u->list[u->n].why);
	}
}

/* The file is not read a second time while the store has it open. */
static void
count_recovery(struct userscreen *u, const struct person *p)
{
	if (!p->system || !p->has_slot || p->ended != INT64_MAX)
		return;
	if (strstr(p->name, "pair") != NULL)
		u->recovery.pairs++;
	else
		u->recovery.code = true;
}

static bool
add_person(const struct person *p, void *ctx)
{
	struct userscreen *u = ctx;
	struct listed *l;

	u->list = vec_room(u->list, u->n, &u->cap, sizeof(*u->list));
	l = &u->list[u->n++];
	l->p = *p;
	l->p.name = l->name = xstrdup(p->name);
	l->why = xstrdup(p->why_ended != NULL ? p->why_ended : "");
	l->p.why_ended = l->why;
	count_recovery(u, p);
	return true;
}

static void
load(struct userscreen *u)
{
	const struct people_source *src = &u->o.source;
	struct person_sink to = {add_person, u};

	forget(u);
	u->recovery = (struct recovery_state){false, 0};
	err_clear(&u->fault);
	if (src->ops->each(src->ctx, &to, &u->fault) != RC_OK)
		forget(u);
	scroll_count(&u->scroll, u->n);
}

static void
arrange(struct userscreen *u)
{
	int h = u->h - userscreen_top_rows(u) - userscreen_foot_rows(u);

	scroll_resize(&u->scroll, h > 0 ? h : 0);
}

/* ---- acting ---- */

static bool
may_grant(const struct userscreen *u)
{
	return u->o.source.ops->may_grant(u->o.source.ctx);
}

/* A person who has access now, told if it is none. */
static const struct listed *
want_person(struct userscreen *u, struct app *app)
{
	const struct listed *l = userscreen_row(u);

	if (l == NULL)
		app_say(app, "Nobody is selected.");
	else if (l->p.system)
		app_say(app, "This is a recovery code, not a person.");
	else if (l->p.ended != INT64_MAX)
		app_say(app, "The access of %s has ended. a lets somebody in "
		    "anew.", l->name);
	else
		return l;
	return NULL;
}

static void
end_access(struct userscreen *u, struct app *app)
{
	const struct listed *l = want_person(u, app);

	if (l == NULL)
		return;
	if (l->p.me)
		app_warn(app, "Nobody ends their own access: ask another who "
		    "may let people in.");
	else
		userform_end(u, app, l);
}

static void
change_one(struct userscreen *u, struct app *app, enum action a)
{
	const struct listed *l;

	if (a == ACT_PERSON_END) {
		end_access(u, app);
		return;
	}
	l = want_person(u, app);
	if (l == NULL)
		return;
	if (a == ACT_PERSON_ROLE)
		userform_role(u, app, l);
	else if (l->p.me)
		app_say(app, "To change your own passphrase press m.");
	else
		userform_reset(u, app, l);
}

static void
change_mine(struct userscreen *u, struct app *app)
{
	struct passform_opts o = {.source = u->o.source};

	passform_open(app, &o);
}

static bool
show_looked(struct userscreen *u, struct app *app)
{
	const struct listed *l = userscreen_row(u);
	const struct people_source *src = &u->o.source;

	if (l == NULL || u->o.looked == NULL)
		return true;
	if (!l->p.me && !src->ops->may_looks(src->ctx))
		app_warn(app, "Your role may see only what you opened "
		    "yourself: supervisors, administrators and auditors see "
		    "what others opened.");
	else
		u->o.looked(u->o.ctx, app, l->name);
	return true;
}

static bool
grant_act(struct userscreen *u, enum action a, struct app *app)
{
	switch (a) {
	case ACT_PERSON_ADD:
	case ACT_PERSON_ROLE:
	case ACT_PERSON_RESET:
	case ACT_PERSON_END:
	case ACT_RECOVERY:
		break;
	default:
		return false;
	}
	if (!may_grant(u))
		app_warn(app, "Your role may not change who has access: ask "
		    "one of those marked \"lets others in\".");
	else if (a == ACT_PERSON_ADD)
		userform_add(u, app);
	else if (a == ACT_RECOVERY)
		userform_code(u, app);
	else
		change_one(u, app, a);
	return true;
}

static bool
users_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct userscreen *u = users_mut(p);

	if (ev->act == ACT_OPEN)
		return show_looked(u, app);
	if (ev->act == ACT_PASSPHRASE) {
		change_mine(u, app);
		return true;
	}
	if (ev->act == ACT_ELSEWHERE && u->o.elsewhere != NULL) {
		u->o.elsewhere(u->o.ctx, app);
		return true;
	}
	if (ev->act == ACT_CANCEL) {
		app_pop(app);
		return true;
	}
	return grant_act(u, ev->act, app) ||
	    scroll_act(&u->scroll, ev->act);
}

static bool
users_can(const struct pane *p, enum action a)
{
	const struct userscreen *u = users_of(p);

	switch (a) {
	case ACT_PERSON_ADD:
	case ACT_PERSON_ROLE:
	case ACT_PERSON_RESET:
	case ACT_PERSON_END:
	case ACT_RECOVERY:
		return may_grant(u);
	case ACT_ELSEWHERE:
		return u->o.elsewhere != NULL;
	case ACT_OPEN:
		return u->n > 0 && u->o.looked != NULL;
	default:
		return a != ACT_SIGN && a != ACT_UNDO && a != ACT_NEXT_PANE &&
		    a != ACT_SEARCH;
	}
}

static void
users_resize(struct pane *p, int w, int h)
{
	struct userscreen *u = users_mut(p);

	u->w = w;
	u->h = h;
	arrange(u);
}

static void
users_status(const struct pane *p, struct status *st)
{
	(void)p;
	(void)snprintf(st->place, sizeof(st->place), "People");
}

static void
users_enter(struct pane *p, struct app *app)
{
	struct userscreen *u = users_mut(p);

	(void)app;
	load(u);
	arrange(u);
}

static void
users_destroy(struct pane *p)
{
	struct userscreen *u = users_mut(p);

	if (u->o.destroy != NULL)
		u->o.destroy(u->o.ctx);
	forget(u);
	free(u->list);
	free(u);
}

static const struct pane_ops users_ops = {
	.name = "people",
	.context = CONTEXT_USERS,
	.topic = "users",
	.draw = userscreen_draw,
	.act = users_act,
	.resize = users_resize,
	.destroy = users_destroy,
	.can = users_can,
	.status = users_status,
	.enter = users_enter,
};

struct pane *
userscreen_new(const struct userscreen_opts *o)
{
	struct userscreen *u = xcalloc(1, sizeof(*u));

	u->base.ops = &users_ops;
	u->o = *o;
	scroll_init(&u->scroll, 0);
	return &u->base;
}
