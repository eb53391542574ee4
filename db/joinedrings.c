/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/joinedwindow.h"
#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "db/joined.h"

static void
set_who(struct joined_ring *ring, const char *who)
{
	struct str out;
	void *old;

	memcpy(&old, &ring->who, sizeof(old));
	free(old);
	str_init(&out);
	str_add(&out, who);
	ring->who = str_take(&out);
}

void
joined_rings_clear(struct joined_rings *r)
{
	void *p;

	for (size_t i = 0; i < r->n; i++) {
		memcpy(&p, &r->list[i].who, sizeof(p));
		free(p);
	}
	r->n = 0;
}

void
joined_rings_release(struct joined_rings *r)
{
	joined_rings_clear(r);
	free(r->list);
	free(r->written);
	memset(r, 0, sizeof(*r));
}

static size_t
ring_of(struct joined_rings *r, const char *agency)
{
	size_t n = r->n;

	for (size_t i = 0; i < n; i++)
		if (r->list[i].agency == agency)
			return i;
	r->list = vec_room(r->list, n, &r->cap, sizeof(*r->list));
	r->written = vec_room(r->written, n, &r->capwritten,
	    sizeof(*r->written));
	r->written[n] = INT64_MIN;
	r->list[n] = (struct joined_ring){.agency = agency,
	    .latest = DAY_NONE};
	set_who(&r->list[n], "");
	return r->n++;
}

/* The agency as the facts name it; NULL when it brought nothing there. */
static const char *
agency_of(const struct facts *f, const char *name)
{
	const char *found = NULL;
	struct str key;

	str_init(&key);
	utf8_fold(&key, name, strlen(name));
	for (size_t i = 0; i < f->names.n && found == NULL; i++)
		if (strcmp(f->names.keys[i], key.s) == 0)
			found = f->names.list[i];
	str_release(&key);
	return found;
}

/* Whoever took a return in knows no more of it than stands there. */
static const char *
who_of(const struct roster *roster, const struct record *r)
{
	const char *who = record_text(r, "source");

	if (*who != '\0' || *record_text(r, "return") != '\0')
		return who;
	return roster_name(roster, &r->entry.author);
}

/* Later in what it speaks of; of the same days what was written later. */
static bool
is_later(const struct joined_rings *r, size_t at, const struct entry *e)
{
	const int32_t latest = r->list[at].latest;

	return e->on.last > latest || (e->on.last == latest &&
	    e->at >= r->written[at]);
}

void
joined_rings_add(struct joined_rings *r, const struct facts *f,
    const struct roster *roster, const struct casefile *c)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *v = c->records[i];
		const char *id = record_text(v, "indicator"), *agency;
		uint32_t item = instrument_item(f->in, id, strlen(id));
		size_t at;

		if (!record_stands(v) || item == NO_ITEM ||
		    strcmp(v->entry.kind, "observation") != 0 ||
		    strcmp(record_text(v, "instrument"), f->in->id) != 0 ||
		    strcmp(record_text(v, "state"), "present") != 0 ||
		    !itemset_has(&f->in->listed, item) ||
		    !joined_window_has(&f->window, &v->entry.on))
			continue;
		agency = agency_of(f, record_text(v, "agency"));
		if (agency == NULL)
			continue;
		at = ring_of(r, agency);
		itemset_add(&r->list[at].present, item);
		if (!is_later(r, at, &v->entry))
			continue;
		set_who(&r->list[at], who_of(roster, v));
		r->list[at].latest = v->entry.on.last;
		r->written[at] = v->entry.at;
	}
}
