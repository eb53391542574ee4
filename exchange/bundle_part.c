/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/bundle_part.h"

#include <stdlib.h>
#include <string.h>

enum rc
bundle_part_init(struct bundle_part *p, const struct bundle_order *o,
    const char *sent, struct err *e)
{
	size_t at = 0;

	memset(p, 0, sizeof(*p));
	p->order = o;
	p->sent = sent;
	chronofilter_init(&p->filter);
	return o->only == NULL ? RC_OK :
	    chronofilter_parse(o->only, &p->filter, &at, e);
}

void
bundle_part_release(struct bundle_part *p)
{
	chronofilter_release(&p->filter);
	free(p->ids);
	p->ids = NULL;
}

/* ---- which records ---- */

/* A record, and whether it goes; sorted by address. */
struct mark {
	const struct record *r;
	bool goes;
};

struct marks {
	struct mark *at;
	size_t n;
	bool changed;
};

static int
by_address(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return x->r < y->r ? -1 : x->r > y->r;
}

static struct mark *
mark_of(const struct marks *m, const struct record *r)
{
	const struct mark key = {r, false};

	return r == NULL ? NULL : bsearch(&key, m->at, m->n, sizeof(key),
	    by_address);
}

static bool
goes(const struct marks *m, const struct record *r)
{
	const struct mark *k = mark_of(m, r);

	return k != NULL && k->goes;
}

static void
let_go(struct marks *m, const struct record *r)
{
	struct mark *k = mark_of(m, r);

	if (k == NULL || k->goes)
		return;
	k->goes = true;
	m->changed = true;
}

static bool
is(const struct record *r, const char *kind)
{
	return strcmp(r->entry.kind, kind) == 0;
}

static const struct record *
named_by(const struct casefile *c, const struct record *r,
    const char *field)
{
	const char *hex = r->body != NULL ?
	    json_string_value(json_object_get(r->body, field)) : NULL;
	struct entry_id id;

	return hex != NULL && hex_parse(hex, id.b, ENTRY_ID_LEN) ?
	    casefile_find(c, &id) : NULL;
}

/* True if one of those whom the bundle is for wrote it. */
static bool
by_one_of_them(const struct bundle_order *o, const struct record *r)
{
	for (size_t i = 0; r != NULL && i < o->nto; i++)
		if (memcmp(r->entry.author.b, o->to[i].b, AUTHOR_LEN) == 0)
			return true;
	return false;
}

static bool
goes_always(const struct bundle_part *p, const struct casefile *c,
    const struct record *r)
{
	if (is(r, "open") || is(r, "restrict") || is(r, "bundle-recall"))
		return true;
	if (is(r, "consent"))
		return strcmp(record_text(r, "state"), "given") != 0;
	if (is(r, "bundle-received"))
		return by_one_of_them(p->order, named_by(c, r, "sent"));
	if (is(r, "recall-answer"))
		return by_one_of_them(p->order, named_by(c, r, "recall"));
	return false;
}

static bool
is_chosen(const struct bundle_part *p, const struct reading *g,
    const struct record *r)
{
	struct chronology_row row;

	if (p->order->receipts)
		return is(r, "bundle-received") || is(r, "bundle-sent");
	row = chronology_row_of(r);
	return chronofilter_holds(&p->filter, g, &row);
}

static void
choose(const struct bundle_part *p, const struct reading *g,
    struct marks *m)
{
	for (size_t i = 0; i < g->c->nrecords; i++) {
		const struct record *r = g->c->records[i];

		if (is_chosen(p, g, r) || goes_always(p, g->c, r))
			let_go(m, r);
	}
}

/* What belongs to something that goes, until nothing more does. */
static void
follow(const struct casefile *c, struct marks *m)
{
	do {
		m->changed = false;
		for (size_t i = 0; i < c->nrecords; i++) {
			const struct record *r = c->records[i];

			if (goes(m, r->target) || goes(m, r->version_of))
				let_go(m, r);
			if (!goes(m, r))
				continue;
			let_go(m, r->struck_by);
			let_go(m, r->replaced_by);
			if (is(r, "bundle-recall") || is(r, "bundle-received"))
				let_go(m, named_by(c, r, "sent"));
			if (is(r, "recall-answer"))
				let_go(m, named_by(c, r, "recall"));
		}
	} while (m->changed);
}

/* ---- their ids ---- */

static enum rc
keep_ids(struct bundle_part *p, const struct marks *m, struct err *e)
{
	struct entry_id *ids;
	size_t cap = p->cap;

	while (cap < p->n + m->n)
		cap = cap != 0 ? 2 * cap : 256;
	if (cap != p->cap) {
		ids = realloc(p->ids, cap * sizeof(*ids));
		if (ids == NULL)
			return err_set(e, RC_NOMEM, "no memory for the part "
			    "of a case that goes into a bundle");
		p->ids = ids;
		p->cap = cap;
	}
	for (size_t i = 0; i < m->n; i++)
		if (m->at[i].goes)
			p->ids[p->n++] = m->at[i].r->entry.id;
	return RC_OK;
}

enum rc
bundle_part_add(struct bundle_part *p, const struct store *s,
    const struct casefile *c, struct err *e)
{
	const struct reading g = {c, store_roster(s),
		store_default_instrument(s)};
	struct marks m = {calloc(c->nrecords + 1, sizeof(*m.at)),
		c->nrecords, false};
	enum rc rc;

	if (m.at == NULL)
		return err_set(e, RC_NOMEM, "no memory to choose a part of a "
		    "case");
	for (size_t i = 0; i < m.n; i++)
		m.at[i].r = c->records[i];
	qsort(m.at, m.n, sizeof(*m.at), by_address);
	choose(p, &g, &m);
	follow(c, &m);
	rc = keep_ids(p, &m, e);
	free(m.at);
	return rc;
}

static int
by_id(const void *a, const void *b)
{
	return memcmp(a, b, ENTRY_ID_LEN);
}

void
bundle_part_done(struct bundle_part *p)
{
	if (p->n > 0)
		qsort(p->ids, p->n, sizeof(*p->ids), by_id);
}

bool
bundle_part_picks(const struct entry *en, void *ctx)
{
	const struct bundle_part *p = ctx;

	if (strcmp(en->kind, "bundle-sent") == 0 && en->body != NULL &&
	    strstr(en->body, p->sent) != NULL)
		return true;
	return p->n > 0 && bsearch(&en->id, p->ids, p->n, sizeof(*p->ids),
	    by_id) != NULL;
}
