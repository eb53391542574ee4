/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Collation of the session's store: children put together by the linkage of
 * its cases, and what is told of one of them.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/joinedwindow.h"
#include "core/ringup.h"
#include "core/rights.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "db/facts.h"
#include "db/joined.h"
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
	out->divided = l.run ? l.result.blocks.split : 0;
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

struct telling {
	struct collation_desk *d;
	struct store *st;
	const struct facts *f;
	const struct collation_child_sink *to;
	struct joined_rings rings;
};

static void
tell_observation(struct telling *t, const struct record *r)
{
	const struct instrument *in = t->f->in;
	const char *id = record_text(r, "indicator");
	const char *state = record_text(r, "state");
	struct collation_said s = {.on = r->entry.on,
	    .agency = record_text(r, "agency"),
	    .source = record_text(r, "source")};

	s.item = instrument_item(in, id, strlen(id));
	if (s.item != NO_ITEM &&
	    strcmp(record_text(r, "instrument"), in->id) == 0 &&
	    joined_window_has(&t->f->window, &s.on) &&
	    answer_from_name(state, strlen(state), &s.state))
		t->to->said(t->to->ctx, &s);
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
	joined_rings_add(&t->rings, t->f, store_roster(t->st), &c);
	casefile_release(&c);
	return RC_OK;
}

static void
tell_rings(struct telling *t)
{
	struct err e;
	const struct services *services = session_services(t->d->s, &e);

	for (size_t i = 0; i < t->rings.n; i++) {
		const struct joined_ring *ring = &t->rings.list[i];
		const struct service *s = ringup_service(services,
		    ring->agency, NULL);
		struct collation_contact c = {.name = ring->who,
		    .agency = ring->agency,
		    .reach = s != NULL && s->telephone != NULL ? s->telephone : ""};

		t->to->contact(t->to->ctx, &c);
	}
}

static enum rc
read_child(void *ctx, const struct collation_child *c,
    const struct collation_child_sink *to, struct err *e)
{
	struct telling t = {.d = ctx, .f = c->facts, .to = to};
	enum rc rc = want_store(ctx, &t.st, e);

	for (size_t i = 0; rc == RC_OK && i < c->n; i++)
		rc = tell_case(&t, &c->facts->cases[c->rows[i]].id, e);
	if (rc == RC_OK)
		tell_rings(&t);
	joined_rings_release(&t.rings);
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
		collationdesk_needs, collationdesk_may_tell,
		collationdesk_tell, collationdesk_population,
		collationdesk_path, collationdesk_write, may_make, may_decide,
		today,
	};

	return (struct collation_source){&ops, d};
}
