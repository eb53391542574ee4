/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which reviews count: what a review saw, whose work it decided on, and which
 * other review takes its place.
 *
 * That one entry was written after another is proved by its naming it, or by
 * the counter of an author who wrote both; clocks prove nothing.
 */
#include "config.h"

#include "core/oversight.h"

#include <stdlib.h>
#include <string.h>

#include "core/oversight_impl.h"
#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"

bool
record_is(const struct record *r, const char *kind)
{
	return strcmp(r->entry.kind, kind) == 0;
}

bool
stands_as(const struct record *r, const char *kind)
{
	return record_is(r, kind) && record_stands(r);
}

bool
review_returns(const struct record *v)
{
	return strcmp(record_text(v, "decision"), "return") == 0;
}

static bool
same_key(const struct record *a, const struct record *b)
{
	return memcmp(&a->entry.author, &b->entry.author,
	    sizeof(a->entry.author)) == 0;
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
	same = str_equal(x.s, y.s);
	str_release(&x);
	str_release(&y);
	return same;
}

/* Of somebody elsewhere without the agency, which is not the person's. */
static const char *
name_of(const struct roster_user *u)
{
	return u->abroad ? u->plain : u->name;
}

bool
same_person(const struct casefile *c, const struct author_id *a,
    const struct author_id *b)
{
	const struct roster_user *u, *w;

	if (memcmp(a, b, sizeof(*a)) == 0)
		return true;
	if (c->roster == NULL)
		return false;
	u = roster_find(c->roster, a);
	w = roster_find(c->roster, b);
	return u != NULL && w != NULL && !u->system && !w->system &&
	    same_name(name_of(u), name_of(w));
}

bool
surely_same_person(const struct casefile *c, const struct author_id *a,
    const struct author_id *b)
{
	return same_person(c, a, b) && roster_same_store(c->roster, a, b);
}

/* ---- what a review saw ---- */

static bool
names(const char *hex, const struct record *x)
{
	struct entry_id id;

	return hex_parse(hex, id.b, ENTRY_ID_LEN) &&
	    entry_id_equal(&id, &x->entry.id);
}

static const json_t *
seen_ids(const struct record *v)
{
	return json_object_get(v->body, "saw");
}

static bool
lists(const struct record *v, const struct record *x)
{
	const json_t *ids = seen_ids(v);
	const char *hex;

	for (size_t i = 0; i < json_array_size(ids); i++) {
		hex = json_string_value(json_array_get(ids, i));
		if (hex != NULL && names(hex, x))
			return true;
	}
	return false;
}

/* A later screening of its author stands in the place of x. */
static bool
is_newer(const struct record *y, const struct record *x)
{
	return y != NULL && same_key(x, y) && x->entry.n <= y->entry.n;
}

static bool
lists_newer(const struct casefile *c, const struct record *v,
    const struct record *x)
{
	const json_t *ids = seen_ids(v);
	struct entry_id id;
	const char *hex;

	for (size_t i = 0; i < json_array_size(ids); i++) {
		hex = json_string_value(json_array_get(ids, i));
		if (hex != NULL && hex_parse(hex, id.b, ENTRY_ID_LEN) &&
		    is_newer(casefile_find(c, &id), x))
			return true;
	}
	return false;
}

bool
review_covers(const struct casefile *c, const struct record *v,
    const struct record *x)
{
	if (x == v)
		return false;
	if (v->about == x || names(record_text(v, "about"), x) ||
	    lists(v, x) || (same_key(v, x) && x->entry.n < v->entry.n))
		return true;
	return record_is(x, "screening") &&
	    (is_newer(v->about, x) || lists_newer(c, v, x));
}

bool
review_follows(const struct record *w, const struct record *v)
{
	/* A second look is blind to the first. */
	if (w == v || names(record_text(w, "second"), v))
		return false;
	return lists(w, v) || (same_key(w, v) && v->entry.n < w->entry.n);
}

/* ---- whose work it is about ---- */

/* The screening that a request was written with. */
static const struct record *
request_screening(const struct casefile *c, const struct record *q)
{
	const struct record *last = NULL;

	if (q->about != NULL && record_is(q->about, "screening"))
		return q->about;
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (stands_as(r, "screening") && same_key(r, q) &&
		    r->entry.n < q->entry.n &&
		    (last == NULL || r->entry.n > last->entry.n))
			last = r;
	}
	return last;
}

static const struct record *
last_screening(const struct casefile *c, const struct record *v)
{
	for (size_t i = c->nrecords; i-- > 0;)
		if (stands_as(c->records[i], "screening") &&
		    (v == NULL || review_covers(c, v, c->records[i])))
			return c->records[i];
	return NULL;
}

const struct record *
oversight_subject(const struct casefile *c, const struct record *v,
    const struct record *about)
{
	if (about == NULL || record_is(about, "flag"))
		return last_screening(c, v);
	return record_is(about, "review-request") ?
	    request_screening(c, about) : about;
}

/* Returns false to stop. */
typedef bool (*work_fn)(const struct record *r, void *ctx);

static bool
each_request(const struct casefile *c, const struct record *v,
    const struct record *screening, work_fn fn, void *ctx)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *q = c->records[i];

		if (stands_as(q, "review-request") &&
		    (v == NULL || review_covers(c, v, q)) &&
		    request_screening(c, q) == screening && !fn(q, ctx))
			return false;
	}
	return true;
}

/* Of a case that nobody screened, the signs are the work. */
static bool
each_sign(const struct casefile *c, const struct record *v, work_fn fn,
    void *ctx)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];
		const char *state;

		if (!stands_as(r, "observation") || (v != NULL &&
		    same_key(r, v) && r->entry.n > v->entry.n))
			continue;
		state = record_text(r, "state");
		if ((strcmp(state, "present") == 0 ||
		    strcmp(state, "suspected") == 0) && !fn(r, ctx))
			return false;
	}
	return true;
}

static void
each_work(const struct casefile *c, const struct record *v,
    const struct record *about, work_fn fn, void *ctx)
{
	const struct record *s;

	if (about != NULL && record_is(about, "review")) {
		if (!fn(about, ctx))
			return;
		about = about->about;
	}
	s = oversight_subject(c, v, about);
	if (about != NULL && about != s && !fn(about, ctx))
		return;
	if (s == NULL)
		(void)each_sign(c, v, fn, ctx);
	else if (fn(s, ctx))
		(void)each_request(c, v, s, fn, ctx);
}

struct looking {
	const struct casefile *c;
	const struct author_id *who;
	const struct record *own, *other;	/* the first of each */
};

static bool
look_whose(const struct record *r, void *ctx)
{
	struct looking *k = ctx;

	if (same_person(k->c, &r->entry.author, k->who))
		k->own = k->own != NULL ? k->own : r;
	else
		k->other = k->other != NULL ? k->other : r;
	return k->own == NULL || k->other == NULL;
}

static bool
is_own(const struct casefile *c, const struct record *v)
{
	struct looking k = {c, &v->entry.author, NULL, NULL};

	each_work(c, v, v->about, look_whose, &k);
	return k.own != NULL;
}

static void
may_words(const struct looking *k, struct str *out)
{
	char day[DAY_TEXT_MAX];

	day_format(moment_day(k->own->entry.at), day);
	if (k->c->roster != NULL && !roster_same_store(k->c->roster,
	    &k->own->entry.author, k->who))
		str_add_fmt(out, "this counts as your own work: the %s of %s "
		    "is of %s, who has your name", k->own->kind->label, day,
		    roster_name(k->c->roster, &k->own->entry.author));
	else
		str_add_fmt(out, "this is your own work: the %s of %s is "
		    "yours", k->own->kind->label, day);
	if (k->other == NULL)
		return;
	str_add_fmt(out, ", though the %s is of %s", k->other->kind->label,
	    k->c->roster != NULL ? roster_name(k->c->roster,
	    &k->other->entry.author) : "somebody else");
}

enum rc
oversight_may(const struct casefile *c, const struct record *about,
    const struct author_id *who, struct err *e)
{
	struct looking k = {c, who, NULL, NULL};
	struct str words;
	enum rc rc;

	each_work(c, NULL, about, look_whose, &k);
	if (k.own == NULL)
		return RC_OK;
	str_init(&words);
	may_words(&k, &words);
	rc = err_set(e, RC_REFUSED, "%s. Another supervisor has to review it",
	    words.s);
	str_release(&words);
	return rc;
}

struct handing {
	oversight_key_fn fn;
	void *ctx;
};

static bool
hand_key(const struct record *r, void *ctx)
{
	const struct handing *h = ctx;

	h->fn(&r->entry.author, h->ctx);
	return true;
}

void
oversight_authors(const struct casefile *c, const struct record *about,
    oversight_key_fn fn, void *ctx)
{
	struct handing h = {fn, ctx};

	each_work(c, NULL, about, hand_key, &h);
}

/* ---- which count ---- */

/* What it is about is here, and is something to review. */
static bool
is_about_work(const struct record *v)
{
	const struct record *a = v->about;

	if (a == NULL)
		return *record_text(v, "about") == '\0';
	return record_is(a, "screening") || record_is(a, "review-request") ||
	    record_is(a, "flag");
}

static bool
is_second_by_another(const struct casefile *c, const struct record *v)
{
	const char *hex = record_text(v, "second");
	const struct record *first;
	struct entry_id id;

	if (*hex == '\0')
		return true;
	if (!hex_parse(hex, id.b, ENTRY_ID_LEN))
		return false;
	first = casefile_find(c, &id);
	return first == NULL || (v->about == first->about &&
	    !same_person(c, &first->entry.author, &v->entry.author));
}

/*
 * Whether a review of what is not here is one's own cannot be told: then one
 * that raises counts, for the higher level holds in doubt.
 */
static bool
counts(const struct casefile *c, const struct record *v)
{
	if (!stands_as(v, "review") || !is_second_by_another(c, v))
		return false;
	if (!is_about_work(v))
		return strcmp(record_text(v, "decision"), "raise") == 0;
	return !is_own(c, v);
}

void
reviews_init(struct reviews *all, const struct casefile *c)
{
	memset(all, 0, sizeof(*all));
	all->c = c;
	for (size_t i = 0; i < c->nrecords; i++) {
		if (!counts(c, c->records[i]))
			continue;
		all->v = vec_room(all->v, all->n, &all->cap,
		    sizeof(*all->v));
		all->v[all->n++] = c->records[i];
	}
}

void
reviews_release(struct reviews *all)
{
	void *list;

	memcpy(&list, &all->v, sizeof(list));
	free(list);
	memset(all, 0, sizeof(*all));
}

bool
reviews_decided(const struct reviews *all, const struct record *x)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct record *v = all->v[i];

		if (!review_returns(v) && review_covers(all->c, v, x) &&
		    !same_person(all->c, &v->entry.author, &x->entry.author))
			return true;
	}
	return false;
}

bool
review_is_head(const struct reviews *all, const struct record *v)
{
	for (size_t i = 0; i < all->n; i++)
		if (!review_returns(all->v[i]) &&
		    review_follows(all->v[i], v))
			return false;
	return true;
}
