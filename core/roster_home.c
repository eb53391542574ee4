/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Another store, as its own register tells of it: the entries that prove
 * themselves, and their fold.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/card.h"
#include "core/roster_impl.h"
#include "core/str.h"
#include "core/vec.h"
#include "core/xalloc.h"

void
roster_home_release(struct roster_home *h)
{
	for (size_t i = 0; i < h->nknown; i++)
		introduced_release(&h->known[i]);
	free(h->known);
	free(h->agency);
	roster_release(&h->people);
}

static bool
is_home_of(const struct roster_home *h, const struct card *c)
{
	const struct roster *p = &h->people;

	return memcmp(p->grantor.uuid, c->store, GRANT_UUID_LEN) == 0 &&
	    memcmp(p->grantor.root_pk, c->root, GRANT_KEY_LEN) == 0 &&
	    memcmp(p->founder.b, c->founder.b, AUTHOR_LEN) == 0;
}

size_t
roster_home_of(struct roster *r, const struct card *c)
{
	struct roster_home *h;
	struct grantor g;

	for (size_t i = 0; i < r->nhomes; i++)
		if (is_home_of(&r->homes[i], c))
			return i;
	r->homes = vec_room(r->homes, r->nhomes, &r->caphomes,
	    sizeof(*r->homes));
	h = &r->homes[r->nhomes];
	memset(h, 0, sizeof(*h));
	memcpy(g.uuid, c->store, GRANT_UUID_LEN);
	memcpy(g.root_pk, c->root, GRANT_KEY_LEN);
	roster_init(&h->people);
	roster_found(&h->people, &c->founder, &g);
	h->people.proven = true;
	return r->nhomes++;
}

bool
roster_home_stands(const struct roster *r, size_t home)
{
	for (size_t i = 0; i < r->nusers; i++)
		if (r->users[i].abroad && r->users[i].card != NULL &&
		    r->users[i].home == home &&
		    r->users[i].revoked == INT64_MAX)
			return true;
	return false;
}

/* ---- proof ---- */

static bool
is_founding(const struct roster_home *h, const struct entry *e)
{
	return e->n <= FOUNDING_ENTRIES && memcmp(e->author.b,
	    h->people.founder.b, AUTHOR_LEN) == 0;
}

static bool
granted(const struct roster_home *h, const struct entry *e)
{
	json_t *body = entry_body_parse(e->body);
	bool holds = grant_holds(&h->people.grantor, e, body);

	json_decref(body);
	return holds;
}

/* True if a founding entry that is proven names this one as before it. */
static bool
is_behind(const struct roster_home *h, const struct introduced *list,
    size_t n, const struct entry *e)
{
	for (size_t i = 0; i < n; i++) {
		const struct introduced *next = &list[i];

		if (next->entry.n == e->n + 1 &&
		    entry_id_equal(&next->entry.prev, &e->id) &&
		    is_founding(h, &next->entry) && next->sealed &&
		    seal_holds(&next->entry.author, next->entry.n,
		    &next->entry.id, next->seal))
			return true;
	}
	return false;
}

static bool
proven(const struct roster_home *h, const struct introduced *in,
    const struct introduced *beside, size_t n)
{
	const struct entry *e = &in->entry;

	if (!is_founding(h, e))
		return granted(h, e);
	return (in->sealed && seal_holds(&e->author, e->n, &e->id,
	    in->seal)) || is_behind(h, beside, n, e) ||
	    is_behind(h, h->known, h->nknown, e);
}

/* ---- the set of what is known ---- */

/* Where it belongs. */
static size_t
place(const struct roster_home *h, const struct entry *e)
{
	size_t low = 0, high = h->nknown, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (entry_compare(&h->known[mid].entry, e) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
insert(struct roster_home *h, size_t at, const struct introduced *in)
{
	h->known = vec_room(h->known, h->nknown, &h->capknown,
	    sizeof(*h->known));
	memmove(h->known + at + 1, h->known + at,
	    (h->nknown - at) * sizeof(*h->known));
	h->known[at] = *in;
	entry_copy(&h->known[at].entry, &in->entry);
	h->nknown++;
}

static void
fold(struct roster_home *h)
{
	struct author_id founder = h->people.founder;
	struct grantor g = h->people.grantor;

	roster_release(&h->people);
	roster_found(&h->people, &founder, &g);
	h->people.proven = true;
	for (size_t i = 0; i < h->nknown; i++)
		roster_apply(&h->people, &h->known[i].entry);
}

/* Records that can be read, each with its number among all. */
struct batch {
	struct introduced *list;
	size_t *number;
	size_t n;
};

/* So many versions of a founding are looked at, for each costs all others. */
#define FOUNDINGS_MAX 8

static void
batch_read(const struct roster_home *h, struct batch *b,
    const json_t *records)
{
	size_t n = json_array_size(records), foundings = 0;

	b->list = xcalloc(n + 1, sizeof(*b->list));
	b->number = xcalloc(n + 1, sizeof(*b->number));
	b->n = 0;
	for (size_t i = 0; i < n && i < INTRODUCED_MAX; i++) {
		if (!introduced_read(json_array_get(records, i),
		    &b->list[b->n]))
			continue;
		if (is_founding(h, &b->list[b->n].entry) &&
		    ++foundings > FOUNDINGS_MAX)
			introduced_release(&b->list[b->n]);
		else
			b->number[b->n++] = i;
	}
}

static void
batch_release(struct batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		introduced_release(&b->list[i]);
	free(b->list);
	free(b->number);
}

/* A grant says nothing of the hash before it: one is not many entries. */
static bool
says_again(const struct roster_home *h, const struct entry *e)
{
	for (size_t i = 0; i < h->nknown; i++) {
		const struct entry *k = &h->known[i].entry;

		if (k->n == e->n && k->at == e->at &&
		    memcmp(k->author.b, e->author.b, AUTHOR_LEN) == 0 &&
		    entry_id_equal(&k->body_hash, &e->body_hash) &&
		    strcmp(k->kind, e->kind) == 0)
			return true;
	}
	return false;
}

/*
 * So many records of one store's people are kept, and as many endings beside
 * them: whoever founds a store of their own lets in as many as they like, and
 * what stands in our register stays there.
 */
#ifndef HOME_RECORDS_MAX
#define HOME_RECORDS_MAX 2000
#endif

static bool
has_room(size_t known, const struct entry *e)
{
	return known < (str_equal(e->kind, "revoke") ?
	    2 * HOME_RECORDS_MAX : HOME_RECORDS_MAX);
}

static bool
is_news(const struct roster_home *h, const struct batch *b, size_t i)
{
	return !says_again(h, &b->list[i].entry) &&
	    proven(h, &b->list[i], b->list, b->n);
}

void
roster_home_news(const struct roster_home *h, const json_t *records,
    bool *news)
{
	size_t known = h->nknown;
	struct batch b;

	batch_read(h, &b, records);
	for (size_t i = 0; i < b.n; i++) {
		bool new = has_room(known, &b.list[i].entry) &&
		    is_news(h, &b, i);

		news[b.number[i]] = new;
		known += new;
	}
	batch_release(&b);
}

void
roster_home_known(const struct roster_home *h, const json_t *records,
    bool *missing)
{
	struct batch b;

	batch_read(h, &b, records);
	for (size_t i = 0; i < b.n; i++)
		if (says_again(h, &b.list[i].entry))
			missing[b.number[i]] = false;
	batch_release(&b);
}

bool
roster_home_add(struct roster_home *h, const json_t *records)
{
	size_t before = h->nknown;
	struct batch b;

	batch_read(h, &b, records);
	for (size_t i = 0; i < b.n; i++) {
		if (!is_news(h, &b, i))
			continue;
		insert(h, place(h, &b.list[i].entry), &b.list[i]);
	}
	batch_release(&b);
	if (h->nknown != before)
		fold(h);
	return h->nknown != before;
}
