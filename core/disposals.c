/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/disposals.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

void
disposals_init(struct disposals *d)
{
	memset(d, 0, sizeof(*d));
}

static void
case_release(struct disposal_case *c)
{
	free(c->hold.reason);
	free(c->request.reason);
	free(c->rule);
	free(c->disposal.reason);
}

static void
forget_cases(struct disposals *d)
{
	for (size_t i = 0; i < d->ncases; i++)
		case_release(&d->cases[i]);
	d->ncases = 0;
	d->bad = NULL;
	d->why_bad = NULL;
}

void
disposals_release(struct disposals *d)
{
	forget_cases(d);
	for (size_t i = 0; i < d->nentries; i++)
		entry_release(&d->entries[i]);
	free(d->cases);
	free(d->entries);
	disposals_init(d);
}

/*
 * At one moment a hold counts before a request and that before a disposal,
 * so that a clock that stands still loses nothing.  -1: none of them.
 */
static int
rank(const char *kind)
{
	static const char *const kinds[] = {
		"hold", "dispose-request", "dispose"
	};

	for (int i = 0; i < 3; i++)
		if (strcmp(kind, kinds[i]) == 0)
			return i;
	return -1;
}

bool
disposals_concern(const char *kind)
{
	return rank(kind) >= 0;
}

void
disposals_add(struct disposals *d, const struct entry *e)
{
	struct case_id reg = case_id_register();

	if (!disposals_concern(e->kind) || e->body == NULL ||
	    !case_id_equal(&e->case_id, &reg))
		return;
	d->entries = vec_room(d->entries, d->nentries, &d->capentries,
	    sizeof(*d->entries));
	entry_copy(&d->entries[d->nentries++], e);
}

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (rank(x->kind) != rank(y->kind))
		return rank(x->kind) - rank(y->kind);
	return entry_compare(x, y);
}

/* Where the case is, or belongs; *there says which. */
static size_t
place(const struct disposals *d, const struct case_id *id, bool *there)
{
	size_t low = 0, high = d->ncases, mid;
	int c;

	*there = false;
	while (low < high) {
		mid = low + (high - low) / 2;
		c = memcmp(d->cases[mid].id.b, id->b, CASE_ID_LEN);
		if (c == 0) {
			*there = true;
			return mid;
		}
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct disposal_case *
disposals_find(const struct disposals *d, const struct case_id *id)
{
	bool there;
	size_t at = place(d, id, &there);

	return there ? &d->cases[at] : NULL;
}

bool
disposals_cover(const struct disposals *d, const struct case_id *id)
{
	const struct disposal_case *c;

	if (d->ncases == 0)
		return false;
	c = disposals_find(d, id);
	return c != NULL && c->disposed;
}

static struct disposal_case *
case_for(struct disposals *d, const struct case_id *id)
{
	bool there;
	size_t at = place(d, id, &there);

	if (there)
		return &d->cases[at];
	d->cases = vec_room(d->cases, d->ncases, &d->capcases,
	    sizeof(*d->cases));
	memmove(d->cases + at + 1, d->cases + at,
	    (d->ncases - at) * sizeof(*d->cases));
	memset(&d->cases[at], 0, sizeof(d->cases[at]));
	d->cases[at].id = *id;
	d->cases[at].kept_until = DAY_NONE;
	d->ncases++;
	return &d->cases[at];
}

static bool
same_name(const char *a, const char *b)
{
	struct str x, y;
	bool same;

	str_init(&x);
	str_init(&y);
	utf8_fold(&x, a, strlen(a));
	utf8_fold(&y, b, strlen(b));
	same = x.len == y.len && memcmp(x.s, y.s, x.len) == 0;
	str_release(&x);
	str_release(&y);
	return same;
}

bool
disposals_same_person(const struct roster *r, const struct author_id *a,
    const struct author_id *b)
{
	const struct roster_user *x = roster_find(r, a);
	const struct roster_user *y = roster_find(r, b);

	return memcmp(a->b, b->b, AUTHOR_LEN) == 0 || x == NULL ||
	    y == NULL || x->system || y->system ||
	    same_name(x->name, y->name);
}

static const char *
text_of(const json_t *body, const char *field)
{
	const char *s = json_string_value(json_object_get(body, field));

	return s != NULL ? s : "";
}

static void
take_act(struct disposal_act *act, const struct entry *e, const json_t *body)
{
	free(act->reason);
	act->id = e->id;
	act->by = e->author;
	act->at = e->at;
	act->reason = xstrdup(text_of(body, "reason"));
}

static void
take_hold(struct disposal_case *c, const struct entry *e, const json_t *body)
{
	c->held = strcmp(text_of(body, "state"), "set") == 0;
	take_act(&c->hold, e, body);
}

static void
take_request(struct disposal_case *c, const struct entry *e,
    const json_t *body)
{
	if (c->disposed)
		return;
	take_act(&c->request, e, body);
	free(c->rule);
	c->rule = xstrdup(text_of(body, "rule"));
	if (day_parse(text_of(body, "kept_until"), &c->kept_until, NULL) !=
	    RC_OK)
		c->kept_until = DAY_NONE;
}

/* NULL, or why the disposal does not count. */
static const char *
judge(const struct disposal_case *c, const struct roster *r,
    const struct entry *e, const json_t *body)
{
	struct entry_id request;

	if (c->disposed)
		return "a case that was disposed of before";
	if (!hex_parse(text_of(body, "request"), request.b, ENTRY_ID_LEN) ||
	    c->request.reason == NULL ||
	    !entry_id_equal(&request, &c->request.id))
		return "a case whose disposal nobody else had asked for";
	if (disposals_same_person(r, &c->request.by, &e->author))
		return "a case whose disposal the same person had asked for";
	return c->held ? "a case under a legal hold" : NULL;
}

static void
take_disposal(struct disposals *d, const struct roster *r,
    struct disposal_case *c, const struct entry *e, const json_t *body)
{
	const char *why = judge(c, r, e, body);
	json_int_t n = json_integer_value(json_object_get(body, "entries"));

	if (why == NULL && (n < 1 || !hex_parse(text_of(body, "digest"),
	    c->digest, DISPOSAL_DIGEST_LEN)))
		why = "a case without saying what was disposed of";
	if (why != NULL) {
		if (d->bad == NULL) {
			d->bad = e;
			d->why_bad = why;
		}
		return;
	}
	c->disposed = true;
	c->entries = (uint64_t)n;
	take_act(&c->disposal, e, body);
}

static void
take_entry(struct disposals *d, const struct roster *r,
    const struct entry *e)
{
	json_t *body = json_loads(e->body, JSON_REJECT_DUPLICATES, NULL);
	struct disposal_case *c;
	struct case_id id;

	if (hex_parse(text_of(body, "case"), id.b, CASE_ID_LEN)) {
		c = case_for(d, &id);
		if (rank(e->kind) == 0)
			take_hold(c, e, body);
		else if (rank(e->kind) == 1)
			take_request(c, e, body);
		else
			take_disposal(d, r, c, e, body);
	}
	json_decref(body);
}

void
disposals_settle(struct disposals *d, const struct roster *r)
{
	forget_cases(d);
	if (d->nentries != 0)
		qsort(d->entries, d->nentries, sizeof(*d->entries),
		    compare_entries);
	for (size_t i = 0; i < d->nentries; i++)
		if (roster_allows(r, &d->entries[i]))
			take_entry(d, r, &d->entries[i]);
}

static int
compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct entry_id));
}

void
disposals_digest(struct entry_id *ids, size_t n,
    unsigned char out[DISPOSAL_DIGEST_LEN])
{
	crypto_generichash_state h;

	if (n != 0)
		qsort(ids, n, sizeof(*ids), compare_ids);
	(void)crypto_generichash_init(&h, NULL, 0, DISPOSAL_DIGEST_LEN);
	for (size_t i = 0; i < n; i++)
		(void)crypto_generichash_update(&h, ids[i].b, ENTRY_ID_LEN);
	(void)crypto_generichash_final(&h, out, DISPOSAL_DIGEST_LEN);
}
