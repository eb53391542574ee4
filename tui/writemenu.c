/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/writemenu.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/entrylink.h"
#include "tui/entrywords.h"

bool
kind_has_form(const struct kind *k)
{
	static const char *const others[] = {
		/* Steps of their own write these, and all of training. */
		"open", "restrict", "observation", "strike",
		"review-request", "review",
		"bundle-sent", "bundle-received", "bundle-recall",
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(k->name, others[i]) == 0)
			return false;
	return strcmp(k->family, "register") != 0 &&
	    strcmp(k->family, "training") != 0;
}

bool
form_can_be_left(const char *kind)
{
	const struct kind *k = kind_find(kind);

	return k != NULL && (kind_has_form(k) || strcmp(kind, "strike") == 0 ||
	    strcmp(kind, "review") == 0);
}

static bool
is_offered(const struct write_menu *m, const struct kind *k)
{
	bool closed = m->w->now.closed != NULL;

	/* A screening is kept with s and judged with J. */
	if (!kind_has_form(k) || strcmp(k->name, "screening") == 0)
		return false;
	if (strcmp(k->name, "reopen") == 0 && !closed)
		return false;
	if (strcmp(k->name, "close") == 0 && closed)
		return false;
	return m->w->door.may_write(m->w->door.ctx, k->name);
}

/* ---- which entry it is about ---- */

static enum rc
target_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct write_menu *m = ctx;

	(void)app, (void)e;
	m->target = ask_choice(ask, 0);
	return RC_OK;
}

static void
target_after(void *ctx, struct app *app)
{
	struct write_menu *m = ctx;
	const struct record *r = m->target < m->ntargets ?
	    casefile_find(&m->w->signed_, &m->targets[m->target]) : NULL;

	if (r != NULL)
		m->about(m->ctx, app, m->kinds[m->kind]->name, r);
}

/* "Missing episode, 4 March 2026. Missing since: ..." */
static char *
target_label(const struct write_menu *m, const struct record *r)
{
	struct str words, out;
	const struct field *f = r->kind->fields;

	str_init(&out);
	str_init(&words);
	entry_field_words(m->w, f, json_object_get(r->body, f->name),
	    &words);
	str_add_fmt(&out, "%s: %s", f->label, words.s);
	str_release(&words);
	return str_take(&out);
}

static void
ask_target(struct write_menu *m, struct app *app)
{
	const struct kind *k = m->kinds[m->kind];
	struct ask_choice choices[MENU_MAX];
	char *labels[MENU_MAX];
	struct ask_field field = {
		.type = ASK_CHOICE, .label = "About", .choices = choices,
		.nchoices = m->ntargets,
	};
	struct ask_opts o = {
		.title = k->label, .intro = k->help, .verb = "open the form",
		.topic = "writing", .fields = &field, .n = 1, .ctx = m,
		.done = target_done, .after = target_after,
	};

	for (size_t i = 0; i < m->ntargets; i++) {
		labels[i] = target_label(m, casefile_find(&m->w->signed_,
		    &m->targets[i]));
		choices[i] = (struct ask_choice){labels[i], i == 0};
	}
	ask_open(app, &o);
	for (size_t i = 0; i < m->ntargets; i++)
		free(labels[i]);
}

/* Of what is signed and still open as the case stands, the latest first. */
static void
find_targets(struct write_menu *m, const char *kind)
{
	const struct casefile *now = &m->w->now;

	m->ntargets = 0;
	for (size_t i = now->nrecords; i-- > 0 && m->ntargets < MENU_MAX;) {
		const struct record *r = now->records[i];

		if (link_open(now, kind, r) &&
		    casefile_find(&m->w->signed_, &r->entry.id) != NULL)
			m->targets[m->ntargets++] = r->entry.id;
	}
}

/* ---- which kind ---- */

static enum rc
kind_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct write_menu *m = ctx;
	const struct kind *k, *target;

	(void)app;
	m->kind = ask_choice(ask, 0);
	if (m->kind >= m->nkinds)
		return err_set(e, RC_INPUT, "choose one of the list");
	k = m->kinds[m->kind];
	if (link_target(k->name) == NULL)
		return RC_OK;
	find_targets(m, k->name);
	target = kind_find(link_target(k->name));
	if (m->ntargets == 0 && !link_may_stand_alone(k->name))
		return err_set(e, RC_NOTFOUND, "nothing signed is open "
		    "for it. First: %s, signed with $", target->label);
	return RC_OK;
}

static void
kind_after(void *ctx, struct app *app)
{
	struct write_menu *m = ctx;
	const char *kind = m->kinds[m->kind]->name;

	if (link_target(kind) == NULL || m->ntargets == 0)
		m->write(m->ctx, app, kind);
	else if (m->ntargets > 1)
		ask_target(m, app);
	else {
		m->target = 0;
		target_after(m, app);
	}
}

/* "Plan: Action" */
static char *
kind_words(const struct kind *k)
{
	struct str out;

	str_init(&out);
	str_add_fmt(&out, "%s: %s", k->family, k->label);
	if (out.s[0] >= 'a' && out.s[0] <= 'z')
		out.s[0] = (char)(out.s[0] - 'a' + 'A');
	return str_take(&out);
}

static void
find_kinds(struct write_menu *m)
{
	const struct kind *all;
	size_t n;

	all = kind_all(&n);
	m->nkinds = 0;
	for (size_t i = 0; i < n && m->nkinds < MENU_MAX; i++)
		if (is_offered(m, &all[i]))
			m->kinds[m->nkinds++] = &all[i];
}

void
write_menu_open(struct write_menu *m, struct app *app)
{
	struct ask_choice choices[MENU_MAX];
	char *labels[MENU_MAX];
	struct ask_field field = {
		.type = ASK_CHOICE, .label = "Write", .choices = choices,
	};
	struct ask_opts o = {
		.title = "Write", .intro = "", .verb = "open the form",
		.topic = "writing", .fields = &field, .n = 1, .ctx = m,
		.done = kind_done, .after = kind_after,
	};

	find_kinds(m);
	if (m->nkinds == 0) {
		app_warn(app, "Your role reads cases; it writes nothing in "
		    "them.");
		return;
	}
	field.nchoices = m->nkinds;
	for (size_t i = 0; i < m->nkinds; i++) {
		labels[i] = kind_words(m->kinds[i]);
		choices[i] = (struct ask_choice){labels[i], i == 0};
	}
	ask_open(app, &o);
	for (size_t i = 0; i < m->nkinds; i++)
		free(labels[i]);
}
