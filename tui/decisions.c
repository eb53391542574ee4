/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/decisions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/casescreen.h"
#include "tui/decide.h"
#include "tui/lines.h"
#include "tui/session.h"

#define PREFIX "pending/"

/* ---- finding them ---- */

void
decisions_init(struct decisions *d)
{
	memset(d, 0, sizeof(*d));
}

static void
clear(struct decisions *d)
{
	while (d->n > 0)
		json_decref(d->list[--d->n].body);
}

void
decisions_release(struct decisions *d)
{
	clear(d);
	free(d->list);
	decisions_init(d);
}

static bool
take_draft(const char *key, const char *text, int64_t saved, void *ctx)
{
	struct decisions *d = ctx;
	struct pending p;
	struct case_id id;
	size_t i;

	if (strncmp(key, PREFIX, strlen(PREFIX)) != 0 ||
	    !hex_parse(key + strlen(PREFIX), id.b, CASE_ID_LEN))
		return true;
	pending_init(&p, &id);
	i = pending_read(&p, text, NULL) == RC_OK ?
	    pending_about(&p, "review", NULL) : p.n;
	if (i < p.n) {
		d->list = vec_room(d->list, d->n, &d->cap, sizeof(*d->list));
		d->list[d->n++] = (struct decision){id,
		    json_incref(p.list[i].draft.body), saved};
	}
	pending_release(&p);
	return true;
}

enum rc
decisions_load(struct decisions *d, struct session *s, struct err *e)
{
	struct store *st = session_store(s);

	clear(d);
	if (st == NULL)
		return err_set(e, RC_REFUSED, "The store is locked. Unlock "
		    "it first.");
	return store_drafts(st, take_draft, d, e);
}

const struct decision *
decisions_on(const struct decisions *d, const struct case_id *id)
{
	for (size_t i = 0; i < d->n; i++)
		if (memcmp(d->list[i].id.b, id->b, CASE_ID_LEN) == 0)
			return &d->list[i];
	return NULL;
}

/* ---- taking one back ---- */

static const struct decision *
last(const struct decisions *d)
{
	const struct decision *found = NULL;

	for (size_t i = 0; i < d->n; i++)
		if (found == NULL || d->list[i].saved > found->saved)
			found = &d->list[i];
	return found;
}

static void
drop_reviews(struct casework *w)
{
	size_t i;

	while ((i = pending_about(&w->pending, "review", NULL)) < w->pending.n)
		pending_remove(&w->pending, i);
	casework_changed(w);
}

enum rc
decisions_undo(const struct decisions *d, struct session *s,
    struct str *what, struct err *e)
{
	const struct decision *one = last(d);
	struct casework w;
	enum rc rc;

	if (one == NULL)
		return err_set(e, RC_NOTFOUND, "Nothing is decided that is "
		    "not signed.");
	rc = case_work_open(s, &one->id, &w, e);
	if (rc != RC_OK)
		return rc;
	drop_reviews(&w);
	str_add_fmt(what, "%s, ", w.now.reference);
	decision_words(w.door.in, one->body, what);
	if (w.unsaved) {
		*e = w.save_error;
		rc = e->rc;
	}
	case_work_close(&w);
	return rc;
}

/* ---- signing them ---- */

static void
look_at(struct decided *all, struct decided_case *c)
{
	const struct pending_entry *p = &c->w.pending.list[c->at];
	struct entry_id now = casework_print(&c->w);
	struct err e;

	c->stale = !entry_id_equal(&now, &p->about);
	if (decide_may(&c->w, &e) != RC_OK)
		c->refused = xstrdup(e.text);
	else
		all->good++;
}

static enum rc
open_one(struct decided *all, const struct decision *d, struct err *e)
{
	struct decided_case *c = xcalloc(1, sizeof(*c));
	enum rc rc = case_work_open(all->s, &d->id, &c->w, e);

	if (rc != RC_OK) {
		free(c);
		return rc;
	}
	c->at = pending_about(&c->w.pending, "review", NULL);
	/* It was signed just before the program ended. */
	if (c->at == c->w.pending.n) {
		casework_changed(&c->w);
		case_work_close(&c->w);
		free(c);
		return RC_OK;
	}
	all->list[all->n++] = c;
	look_at(all, c);
	return RC_OK;
}

enum rc
decided_open(struct decided *all, const struct decisions *d,
    struct session *s, struct err *e)
{
	enum rc rc = RC_OK;

	*all = (struct decided){.s = s, .close = case_work_close};
	all->list = xcalloc(d->n + 1, sizeof(struct decided_case *));
	for (size_t i = 0; i < d->n && rc == RC_OK; i++)
		rc = open_one(all, &d->list[i], e);
	if (rc != RC_OK)
		decided_release(all);
	return rc;
}

void
decided_release(struct decided *all)
{
	while (all->n > 0) {
		struct decided_case *c = all->list[--all->n];

		all->close(&c->w);
		free(c->refused);
		free(c);
	}
	free(all->list);
	all->list = NULL;
}

enum rc
decided_sign(struct decided *all, struct err *e)
{
	struct store *st = session_store(all->s);
	struct entry_draft *d;
	size_t n = 0;
	enum rc rc;

	if (st == NULL)
		return err_set(e, RC_REFUSED, "The store is locked. Unlock "
		    "it first.");
	d = xcalloc(all->n + 1, sizeof(*d));
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i]->refused == NULL)
			d[n++] = all->list[i]->w.pending.list[
			    all->list[i]->at].draft;	/* borrowed */
	rc = n > 0 ? store_append(st, d, n, NULL, e) : RC_OK;
	free(d);
	for (size_t i = 0; i < all->n && rc == RC_OK; i++)
		if (all->list[i]->refused == NULL)
			drop_reviews(&all->list[i]->w);
	return rc;
}

/* ---- before it is signed ---- */

static void
add_one(const struct decided_case *c, size_t number, struct lines *out)
{
	const json_t *body = c->w.pending.list[c->at].draft.body;
	const char *reason = json_string_value(json_object_get(body,
	    "reason"));
	const char *asks = json_string_value(json_object_get(body,
	    "questions"));
	struct line_look look = {.indent = 4, .style = STYLE_HEADING,
	    .lead_style = STYLE_PENDING};
	char lead[24];
	struct str words;

	(void)snprintf(lead, sizeof(lead), "%zu", number);
	look.lead = lead;
	str_init(&words);
	decision_words(c->w.door.in, body, &words);
	lines_addf(out, &look, "%s%s%s: %s", c->w.now.reference,
	    *c->w.now.name != '\0' ? " " : "", c->w.now.name, words.s);
	look.lead = NULL;
	look.style = STYLE_NORMAL;
	lines_addf(out, &look, "Why: %s", reason != NULL ? reason : "");
	if (asks != NULL)
		lines_addf(out, &look, "Questions: %s", asks);
	look.style = look.lead_style = STYLE_WARNING;
	look.lead = "!";
	if (c->stale)
		lines_add(out, &look, "The case has changed since you "
		    "decided. V in the queue looks at it again; signed as "
		    "it is, it holds for what you saw.");
	if (c->refused != NULL)
		lines_addf(out, &look, "This one is not signed. %s",
		    c->refused);
	str_release(&words);
}

void
decided_lines(const struct decided *all, struct lines *out)
{
	const char *user = all->n > 0 ? all->list[0]->w.door.user : "";
	struct line_look title = {.indent = 0, .style = STYLE_TITLE};
	size_t stale = 0;

	for (size_t i = 0; i < all->n; i++)
		stale += all->list[i]->stale;
	lines_addf(out, &title, "%s signs %zu decision%s:", user, all->good,
	    all->good == 1 ? "" : "s");
	if (stale > 0)
		lines_plain(out, STYLE_WARNING, stale == 1 ? "One case has "
		    "changed since: it is marked below." :
		    "Some cases have changed since: they are marked below.");
	lines_plain(out, STYLE_HINT, "Enter signs. Esc goes back.");
	lines_blank(out);
	for (size_t i = 0; i < all->n; i++)
		add_one(all->list[i], i + 1, out);
	lines_blank(out);
	lines_plain(out, STYLE_NORMAL, "What is signed stays; a later "
	    "decision takes its place and both stay visible.");
}
