/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/joined.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/versions.h"

/* What is gathered of one child; owned but for what the facts hold. */
struct telling {
	struct store *s;
	const struct facts *f;
	struct joined_case *cases;	size_t ncases, capcases;
	struct joined_case *others;	size_t nothers, capothers;
	struct joined_ring *rings;	size_t nrings, caprings;
	int64_t *written;		size_t capwritten;	/* of rings */
	char **names;			size_t nnames, capnames;
	struct str name;	/* all of them */
};

static void
clear(struct telling *t)
{
	void *p;

	for (size_t i = 0; i < t->ncases; i++) {
		memcpy(&p, &t->cases[i].reference, sizeof(p));
		free(p);
	}
	for (size_t i = 0; i < t->nothers; i++) {
		memcpy(&p, &t->others[i].reference, sizeof(p));
		free(p);
	}
	for (size_t i = 0; i < t->nrings; i++) {
		memcpy(&p, &t->rings[i].who, sizeof(p));
		free(p);
	}
	for (size_t i = 0; i < t->nnames; i++)
		free(t->names[i]);
	t->ncases = t->nothers = t->nrings = t->nnames = 0;
	str_clear(&t->name);
}

static void
release(struct telling *t)
{
	clear(t);
	free(t->cases);
	free(t->others);
	free(t->rings);
	free(t->written);
	free(t->names);
	str_release(&t->name);
}

static char *
copy(const char *text)
{
	struct str out;

	str_init(&out);
	str_add(&out, text);
	return str_take(&out);
}

/* ---- one case ---- */

/* As the first wrote it: capitals and marks make no other name. */
static void
add_name(struct telling *t, const char *name)
{
	for (size_t i = 0; i < t->nnames; i++)
		if (utf8_same_folded(t->names[i], name))
			return;
	t->names = vec_room(t->names, t->nnames, &t->capnames,
	    sizeof(*t->names));
	t->names[t->nnames++] = copy(name);
	str_add_fmt(&t->name, "%s%s", t->nnames > 1 ? " or " : "", name);
}

static void
add_names(struct telling *t, const struct casefile *c)
{
	struct versions v;

	versions_init(&v);
	versions_of_child(c, &v);
	for (size_t i = 0; i < v.n; i++)
		if (*record_text(v.v[i], "name") != '\0')
			add_name(t, record_text(v.v[i], "name"));
	versions_release(&v);
}

static struct joined_ring *
ring_of(struct telling *t, const char *agency)
{
	size_t n = t->nrings;

	for (size_t i = 0; i < n; i++)
		if (t->rings[i].agency == agency)
			return &t->rings[i];
	t->rings = vec_room(t->rings, n, &t->caprings, sizeof(*t->rings));
	t->written = vec_room(t->written, n, &t->capwritten,
	    sizeof(*t->written));
	t->written[n] = INT64_MIN;
	t->rings[n] = (struct joined_ring){.agency = agency,
	    .who = copy(""), .latest = DAY_NONE};
	t->nrings++;
	return &t->rings[n];
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

static bool
is_in(const struct joined_window *w, const struct span *on)
{
	return span_is_none(on) || span_overlaps(on,
	    w->from == DAY_NONE ? INT32_MIN : w->from,
	    w->to == DAY_NONE ? INT32_MAX : w->to);
}

/* Whoever took a return in knows no more of it than stands there. */
static const char *
who_of(const struct telling *t, const struct record *r)
{
	const char *who = record_text(r, "source");

	if (*who != '\0' || *record_text(r, "return") != '\0')
		return who;
	return roster_name(store_roster(t->s), &r->entry.author);
}

/* Later in what it speaks of; of the same days what was written later. */
static void
take(struct telling *t, const struct record *r, unsigned item)
{
	const char *agency = agency_of(t->f, record_text(r, "agency"));
	struct joined_ring *ring;
	void *old;
	size_t at;

	if (agency == NULL)
		return;
	ring = ring_of(t, agency);
	at = (size_t)(ring - t->rings);
	itemset_add(&ring->present, item);
	if (r->entry.on.last < ring->latest || (r->entry.on.last ==
	    ring->latest && r->entry.at < t->written[at]))
		return;
	memcpy(&old, &ring->who, sizeof(old));
	free(old);
	ring->who = copy(who_of(t, r));
	ring->latest = r->entry.on.last;
	t->written[at] = r->entry.at;
}

static void
add_rings(struct telling *t, const struct casefile *c)
{
	const struct instrument *in = t->f->in;

	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];
		const char *id = record_text(r, "indicator");
		uint32_t item = instrument_item(in, id, strlen(id));

		if (record_stands(r) && item != NO_ITEM &&
		    strcmp(r->entry.kind, "observation") == 0 &&
		    strcmp(record_text(r, "instrument"), in->id) == 0 &&
		    strcmp(record_text(r, "state"), "present") == 0 &&
		    itemset_has(&in->listed, item) &&
		    is_in(&t->f->window, &r->entry.on))
			take(t, r, item);
	}
}

static enum rc
tell_case(struct telling *t, uint32_t row, bool other, struct err *e)
{
	const struct case_id *id = &t->f->cases[row].id;
	struct joined_case *one;
	struct casefile c;
	enum rc rc = store_case_load(t->s, id, &c, e);

	if (rc != RC_OK)
		return rc;
	if (other) {
		t->others = vec_room(t->others, t->nothers, &t->capothers,
		    sizeof(*t->others));
		one = &t->others[t->nothers++];
	} else {
		t->cases = vec_room(t->cases, t->ncases, &t->capcases,
		    sizeof(*t->cases));
		one = &t->cases[t->ncases++];
		add_names(t, &c);
		add_rings(t, &c);
	}
	*one = (struct joined_case){*id, copy(c.reference)};
	casefile_release(&c);
	return RC_OK;
}

/* ---- one child ---- */

static bool
is_of(const struct child_facts *c, uint32_t row)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->rows[i] == row)
			return true;
	return false;
}

static enum rc
tell_cases(struct telling *t, const struct joined_entry *entry,
    struct err *e)
{
	enum rc rc = RC_OK;

	clear(t);
	for (size_t i = 0; rc == RC_OK && i < entry->lower->n; i++)
		rc = tell_case(t, entry->lower->rows[i], false, e);
	for (size_t i = 0; rc == RC_OK && i < entry->upper->n; i++)
		if (!is_of(entry->lower, entry->upper->rows[i]))
			rc = tell_case(t, entry->upper->rows[i], true, e);
	return rc;
}

static bool
hand_over(const struct telling *t, const struct joined_entry *entry,
    store_joined_fn fn, void *ctx)
{
	const struct joined_part **parts, **upper = NULL;
	struct joined_child child, could;
	struct joined_row row = {.entry = entry, .child = &child,
	    .name = t->name.s, .cases = t->cases, .ncases = t->ncases,
	    .others = t->others, .nothers = t->nothers, .rings = t->rings,
	    .nrings = t->nrings};
	bool more;

	fact_child_join(t->f, entry->lower, &parts, &child);
	if (t->nothers > 0) {
		fact_child_join(t->f, entry->upper, &upper, &could);
		row.could = &could;
	}
	more = fn(&row, ctx);
	free(parts);
	free(upper);
	return more;
}

enum rc
store_joined(struct store *s, const struct facts *f,
    const struct joined_list *l, const size_t range[2], store_joined_fn fn,
    void *ctx, struct err *e)
{
	struct telling t = {.s = s, .f = f};
	size_t from = range[0] < l->n ? range[0] : l->n, to = l->n;
	enum rc rc = RC_OK;
	bool more = true;

	if (range[1] != 0 && range[1] < l->n - from)
		to = from + range[1];
	str_init(&t.name);
	for (size_t i = from; rc == RC_OK && more && i < to; i++) {
		rc = tell_cases(&t, &l->list[i], e);
		if (rc == RC_OK)
			more = hand_over(&t, &l->list[i], fn, ctx);
	}
	release(&t);
	return rc;
}
