/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Collation of the session's store: children put together by the linkage of
 * its cases, and what is told of one of them.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/ringup.h"
#include "core/rights.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "db/facts.h"
#include "db/watch.h"
#include "tui/app.h"
#include "tui/collationlink.h"
#include "tui/collationdesk.h"

static enum rc
want_store(const struct collation_desk *d, struct store **out, struct err *e)
{
	*out = session_store(d->s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

/* ---- all cases ---- */

static bool
progress(uint64_t done, uint64_t all, void *ctx)
{
	return app_progress(ctx, "Joining cases", (size_t)done, (size_t)all);
}

/* References by case id, to be found for each row of the facts. */
struct named {
	struct case_id id;
	char *reference;
};
struct naming {
	struct named *list;
	size_t n, cap;
};

static bool
add_named(const struct case_row *row, void *ctx)
{
	struct naming *n = ctx;

	n->list = vec_room(n->list, n->n, &n->cap, sizeof(*n->list));
	n->list[n->n++] = (struct named){row->id, xstrdup(row->reference)};
	return true;
}

static int
by_id(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return memcmp(x->id.b, y->id.b, CASE_ID_LEN);
}

static enum rc
name_cases(struct store *st, struct collation_data *out, struct err *e)
{
	struct naming n = {NULL, 0, 0};
	enum rc rc = store_cases(st, NULL, 0, 0, add_named, &n, e);

	if (rc == RC_OK && n.n > 1)
		qsort(n.list, n.n, sizeof(*n.list), by_id);
	for (size_t i = 0; rc == RC_OK && i < out->facts.n; i++) {
		struct named key = {.id = out->facts.cases[i].id}, *at;

		at = n.n > 0 ? bsearch(&key, n.list, n.n, sizeof(key), by_id) :
		    NULL;
		out->references = vec_room(out->references, out->nreferences,
		    &out->capreferences, sizeof(*out->references));
		out->references[out->nreferences++] = xstrdup(at != NULL ?
		    at->reference : "?");
	}
	for (size_t i = 0; i < n.n; i++)
		free(n.list[i].reference);
	free(n.list);
	return rc;
}

/* Once a session: references of cases stand in lists and reports. */
static enum rc
note_joined(struct collation_desk *d, struct store *st,
    const struct collation_data *data, struct err *e)
{
	struct look_note note = {.what = LOOK_LIST,
	    .words = "the joined list and reports", .count = data->facts.n};
	enum rc rc = RC_OK;

	if (!d->noted && data->facts.n > 0) {
		rc = store_look(st, &note, e);
		d->noted = rc == RC_OK;
	}
	return rc;
}

static enum rc
read_all(void *ctx, struct app *app, const struct joined_window *w,
    struct collation_data *out, struct err *e)
{
	struct collation_desk *d = ctx;
	struct linkage l;
	struct store *st;
	enum rc rc = want_store(d, &st, e);

	if (rc != RC_OK)
		return rc;
	memset(&l, 0, sizeof(l));
	rc = collation_linkage(d->s, app, &l, &out->pairs, e);
	if (rc == RC_OK)
		rc = store_facts(st, w, l.run ? &l : NULL, progress, app,
		    &out->facts, e);
	if (rc == RC_OK)
		rc = name_cases(st, out, e);
	if (rc == RC_OK)
		rc = note_joined(d, st, out, e);
	collation_linkage_release(&l);
	return rc;
}

/* ---- one child ---- */

/* The latest of each agency is whom to ring. */
struct ring {
	char *agency, *who;	/* owned */
	int32_t latest;
};
struct telling {
	struct collation_desk *d;
	struct store *st;
	const struct instrument *in;
	const struct collation_child_sink *to;
	struct ring *rings;	size_t n, cap;
};

static void
add_ring(struct telling *t, const char *agency, const char *who,
    int32_t latest)
{
	size_t i = 0;

	while (i < t->n && strcmp(t->rings[i].agency, agency) != 0)
		i++;
	if (i < t->n && t->rings[i].latest >= latest)
		return;
	if (i == t->n) {
		t->rings = vec_room(t->rings, t->n, &t->cap,
		    sizeof(*t->rings));
		t->rings[t->n++] = (struct ring){xstrdup(agency), NULL, 0};
	}
	free(t->rings[i].who);
	t->rings[i].who = xstrdup(who);
	t->rings[i].latest = latest;
}

static void
tell_observation(struct telling *t, const struct record *r)
{
	const char *id = record_text(r, "indicator");
	const char *state = record_text(r, "state");
	const char *source = record_text(r, "source");
	struct collation_said s = {.on = r->entry.on,
	    .agency = record_text(r, "agency"), .source = source};

	s.item = instrument_item(t->in, id, strlen(id));
	if (s.item == NO_ITEM || strcmp(record_text(r, "instrument"),
	    t->in->id) != 0 ||
	    !answer_from_name(state, strlen(state), &s.state))
		return;
	t->to->said(t->to->ctx, &s);
	if (s.state == ANSWER_PRESENT || s.state == ANSWER_SUSPECTED)
		/* Whoever took a return in knows no more of it. */
		add_ring(t, s.agency, *source != '\0' ||
		    *record_text(r, "return") != '\0' ? source :
		    roster_name(store_roster(t->st), &r->entry.author),
		    s.on.last);
}

static void
tell_professional(struct telling *t, const struct record *r)
{
	struct collation_contact c = {.name = record_text(r, "name"),
	    .agency = "", .reach = record_text(r, "contact")};

	if (strcmp(record_text(r, "relation"), "professional") == 0)
		t->to->contact(t->to->ctx, &c);
}

static enum rc
tell_case(struct telling *t, const struct case_id *id, struct err *e)
{
	struct look_note look = {.what = LOOK_OPEN, .case_id = id};
	struct casefile c;
	enum door door = DOOR_SHUT;
	enum rc rc = store_door(t->st, id, &door, e);

	if (rc == RC_OK && door != DOOR_OPEN && door != DOOR_BROKEN)
		rc = err_set(e, RC_REFUSED, "A case of this child was "
		    "restricted in the meantime.");
	if (rc == RC_OK)
		rc = store_look(t->st, &look, e);
	if (rc == RC_OK)
		rc = store_case_load(t->st, id, &c, e);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < c.nrecords; i++) {
		const struct record *r = c.records[i];

		if (!record_stands(r))
			continue;
		if (strcmp(r->entry.kind, "observation") == 0)
			tell_observation(t, r);
		else if (strcmp(r->entry.kind, "associate") == 0)
			tell_professional(t, r);
	}
	casefile_release(&c);
	return RC_OK;
}

static void
tell_rings(struct telling *t)
{
	struct err e;
	const struct services *services = session_services(t->d->s, &e);

	for (size_t i = 0; i < t->n; i++) {
		const struct service *s = ringup_service(services,
		    t->rings[i].agency, NULL);
		struct collation_contact c = {.name = t->rings[i].who,
		    .agency = t->rings[i].agency,
		    .reach = s != NULL && s->telephone != NULL ? s->telephone : ""};

		t->to->contact(t->to->ctx, &c);
		free(t->rings[i].agency);
		free(t->rings[i].who);
	}
	free(t->rings);
}

static enum rc
read_child(void *ctx, const struct case_id *ids, size_t n,
    const struct collation_child_sink *to, struct err *e)
{
	struct telling t = {.d = ctx, .to = to};
	enum rc rc = want_store(ctx, &t.st, e);

	if (rc != RC_OK)
		return rc;
	t.in = store_default_instrument(t.st);
	for (size_t i = 0; rc == RC_OK && t.in != NULL && i < n; i++)
		rc = tell_case(&t, &ids[i], e);
	tell_rings(&t);
	return rc;
}

/* ---- the rest ---- */

static enum rc
split(void *ctx, const struct collation_split *s, struct err *e)
{
	struct collation_desk *d = ctx;
	struct store *st;
	enum rc rc = want_store(d, &st, e);

	return rc != RC_OK ? rc : collation_unlink(d->s, s, e);
}

static enum rc
may_make(void *ctx, const char *path, struct err *e)
{
	struct collation_desk *d = ctx;

	return session_may_make(d->s, path, e);
}

static bool
may_decide(void *ctx)
{
	struct collation_desk *d = ctx;

	return session_may_write(d->s, "same-child");
}

static int32_t
today(void *ctx)
{
	struct collation_desk *d = ctx;

	return session_today(d->s);
}

struct collation_source
collation_source_desk(struct collation_desk *d)
{
	static const struct collation_source_ops ops = {
		read_all, collationdesk_returns, read_child, split,
		collationdesk_needs, collationdesk_write, may_make,
		may_decide, today,
	};

	return (struct collation_source){&ops, d};
}
