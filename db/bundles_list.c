/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Outbox and Inbox.  The bundles stand in the register; what became of them
 * stands in the cases, found by an index of their kinds alone.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/bundles_impl.h"
#include "core/vec.h"
#include "db/mask.h"

/* One bundle, as it is gathered. */
struct parcel {
	struct bundle_row row;
	struct author_id by;	/* of the entry in the register */
	struct author_id from;	/* IN */
	struct bundle_id previous;	/* IN */
	json_t *body;		/* owned: file and selection are its text */
	char *who;		/* owned */
	struct author_id *to;	/* owned; OUT */
	bool *answered;		/* owned; beside to */
};

/* The entry of a case that says that a bundle was sent. */
struct dispatch {
	struct entry_id id;
	struct bundle_id bundle;
};

struct taking_back {
	struct entry_id what;
	struct author_id by;
};

struct parcels {
	struct store *s;
	enum bundle_side side;
	struct parcel *list;	/* owned */
	size_t n, cap;
	struct dispatch *sent;	/* owned */
	size_t nsent, capsent;
	struct taking_back *recalls;	/* owned */
	size_t nrecalls, caprecalls;
	struct case_id *ids;	/* owned; of one row */
	size_t capids;
};

static enum rc
no_memory(struct err *e)
{
	return err_set(e, RC_NOMEM, "not enough memory for the list of "
	    "bundles");
}

static const char *
text_of(const json_t *body, const char *name)
{
	const char *s = json_string_value(json_object_get(body, name));

	return s != NULL ? s : "";
}

/* ---- from the register ---- */

static enum rc
take_people(struct parcel *p, struct err *e)
{
	const json_t *to = json_object_get(p->body, "to"), *person;
	size_t n = json_array_size(to);
	struct str who;

	p->to = calloc(n + 1, sizeof(*p->to));
	p->answered = calloc(n + 1, sizeof(*p->answered));
	if (p->to == NULL || p->answered == NULL)
		return no_memory(e);
	str_init(&who);
	for (size_t i = 0; i < n; i++) {
		person = json_array_get(to, i);
		if (!key_field(person, "key", &p->to[p->row.people]))
			continue;
		p->row.people++;
		if (who.len != 0)
			str_add(&who, ", ");
		str_add(&who, text_of(person, "name"));
	}
	p->who = str_take(&who);
	return RC_OK;
}

static enum rc
take_sender(struct parcel *p, struct err *e)
{
	if (!key_field(p->body, "from", &p->from) ||
	    !bundle_field(p->body, "previous", &p->previous))
		memset(&p->previous, 0, sizeof(p->previous));
	p->who = strdup(text_of(p->body, "name"));
	return p->who != NULL ? RC_OK : no_memory(e);
}

static enum rc
take_parcel(const struct entry_row *r, const json_t *body, void *ctx,
    struct err *e)
{
	struct parcels *t = ctx;
	struct parcel *p = vec_try_room(t->list, t->n, &t->cap, sizeof(*p));
	enum rc rc;

	if (p == NULL)
		return no_memory(e);
	t->list = p;
	p += t->n;
	memset(p, 0, sizeof(*p));
	if (!bundle_field(body, "bundle", &p->row.id))
		return RC_OK;
	t->n++;
	p->body = json_deep_copy(body);
	if (p->body == NULL)
		return no_memory(e);
	rc = t->side == BUNDLE_OUT ? take_people(p, e) : take_sender(p, e);
	if (rc != RC_OK)
		return rc;
	p->by = r->entry.author;
	p->row.side = t->side;
	p->row.at = r->entry.at;
	p->row.who = p->who;
	p->row.file = text_of(p->body, "file");
	p->row.selection = text_of(p->body, "selection");
	p->row.cases = json_array_size(json_object_get(p->body, "cases"));
	p->row.entries = count_field(body, "entries");
	p->row.added = count_field(body, "added");
	p->row.conflicts = count_field(body, "conflicts");
	p->row.sequence = count_field(body, "sequence");
	p->row.receipt_due = INT64_MAX;
	if (t->side == BUNDLE_OUT)
		p->row.stayed = json_object_get(body, "stayed") != NULL;
	return RC_OK;
}

static bool
same_bundle(const struct bundle_id *a, const struct bundle_id *b)
{
	return memcmp(a->b, b->b, BUNDLE_ID_LEN) == 0;
}

/* By sender and opener, then by bundle, to look for the one before. */
static int
by_way(const void *a, const void *b)
{
	const struct parcel *x = *(const struct parcel *const *)a;
	const struct parcel *y = *(const struct parcel *const *)b;
	int d = memcmp(x->by.b, y->by.b, AUTHOR_LEN);

	if (d == 0)
		d = memcmp(x->from.b, y->from.b, AUTHOR_LEN);
	return d != 0 ? d : memcmp(x->row.id.b, y->row.id.b, BUNDLE_ID_LEN);
}

static enum rc
find_gaps(struct parcels *t, struct err *e)
{
	struct parcel **way = calloc(t->n + 1, sizeof(struct parcel *));
	struct parcel want, *key = &want;

	if (way == NULL)
		return no_memory(e);
	for (size_t i = 0; i < t->n; i++)
		way[i] = &t->list[i];
	qsort(way, t->n, sizeof(struct parcel *), by_way);
	for (size_t i = 0; i < t->n; i++) {
		want = t->list[i];
		want.row.id = want.previous;
		t->list[i].row.missing_before = want.row.sequence > 1 &&
		    bsearch(&key, way, t->n, sizeof(struct parcel *),
		    by_way) == NULL;
	}
	free(way);
	return RC_OK;
}

static int
by_bundle(const void *a, const void *b)
{
	const struct parcel *x = a, *y = b;

	return memcmp(x->row.id.b, y->row.id.b, BUNDLE_ID_LEN);
}

static int
newest_first(const void *a, const void *b)
{
	const struct parcel *x = a, *y = b;

	if (x->row.at != y->row.at)
		return x->row.at > y->row.at ? -1 : 1;
	return by_bundle(a, b);
}

static void
parcel_release(struct parcel *p)
{
	json_decref(p->body);
	free(p->who);
	free(p->to);
	free(p->answered);
}

/*
 * A bundle that never left has a second entry that says so.  They stand side
 * by side, and become one row.
 */
static void
join_stayed(struct parcels *t)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct parcel *p = &t->list[i];
		struct parcel *before = kept > 0 ? &t->list[kept - 1] : NULL;

		if (before == NULL || !same_bundle(&p->row.id,
		    &before->row.id) || before->row.stayed ==
		    p->row.stayed) {
			t->list[kept++] = *p;
			continue;
		}
		if (p->row.stayed) {
			struct parcel swap = *before;

			*before = *p;
			*p = swap;
		}
		parcel_release(p);
	}
	t->n = kept;
}

/* ---- from the cases ---- */

/* The first of the rows of this bundle, which stand side by side; or NULL. */
static struct parcel *
find_parcel(const struct parcels *t, const struct bundle_id *id)
{
	struct parcel key, *p;

	key.row.id = *id;
	p = t->n != 0 ? bsearch(&key, t->list, t->n, sizeof(*p), by_bundle) :
	    NULL;
	while (p != NULL && p > t->list && same_bundle(&p[-1].row.id, id))
		p--;
	return p;
}

/* Who sent it: what others write of it in a case does not count. */
static const struct author_id *
sender_of(const struct parcels *t, const struct parcel *p)
{
	return t->side == BUNDLE_OUT ? &p->by : &p->from;
}

static enum rc
take_sent(struct parcels *t, const struct entry_row *r, const json_t *body,
    struct err *e)
{
	struct dispatch *d = vec_try_room(t->sent, t->nsent, &t->capsent,
	    sizeof(*d));
	struct parcel *p;
	int64_t due;

	if (d == NULL)
		return no_memory(e);
	t->sent = d;
	d += t->nsent;
	d->id = r->entry.id;
	if (!bundle_field(body, "bundle", &d->bundle))
		return RC_OK;
	p = find_parcel(t, &d->bundle);
	if (p == NULL || memcmp(sender_of(t, p)->b, r->entry.author.b,
	    AUTHOR_LEN) != 0)
		return RC_OK;
	t->nsent++;
	if (moment_parse(text_of(body, "receipt_due"), &due, NULL) == RC_OK &&
	    due < p->row.receipt_due)
		p->row.receipt_due = due;
	return RC_OK;
}

static void
take_receipt(struct parcels *t, const struct entry_row *r,
    const json_t *body)
{
	struct bundle_id id;
	struct parcel *p;

	if (!bundle_field(body, "bundle", &id) ||
	    (p = find_parcel(t, &id)) == NULL)
		return;
	for (size_t i = 0; i < p->row.people; i++)
		if (!p->answered[i] && memcmp(p->to[i].b, r->entry.author.b,
		    AUTHOR_LEN) == 0) {
			p->answered[i] = true;
			p->row.receipts++;
		}
}

static enum rc
take_recall(struct parcels *t, const struct entry_row *r, const json_t *body,
    struct err *e)
{
	struct taking_back *b = vec_try_room(t->recalls, t->nrecalls,
	    &t->caprecalls, sizeof(*b));

	if (b == NULL)
		return no_memory(e);
	t->recalls = b;
	b += t->nrecalls;
	b->by = r->entry.author;
	if (hex_parse(text_of(body, "sent"), b->what.b, ENTRY_ID_LEN))
		t->nrecalls++;
	return RC_OK;
}

static enum rc
take_of_case(const struct entry_row *r, const json_t *body, void *ctx,
    struct err *e)
{
	struct parcels *t = ctx;

	if (strcmp(r->entry.kind, "bundle-sent") == 0)
		return take_sent(t, r, body, e);
	if (strcmp(r->entry.kind, "bundle-recall") == 0)
		return take_recall(t, r, body, e);
	if (t->side == BUNDLE_OUT)
		take_receipt(t, r, body);
	return RC_OK;
}

static int
by_id(const void *a, const void *b)
{
	const struct dispatch *x = a, *y = b;

	return memcmp(x->id.b, y->id.b, ENTRY_ID_LEN);
}

static void
mark_recalled(struct parcels *t)
{
	struct dispatch key, *d;
	struct parcel *p;

	if (t->nsent == 0)
		return;
	qsort(t->sent, t->nsent, sizeof(*t->sent), by_id);
	for (size_t i = 0; i < t->nrecalls; i++) {
		key.id = t->recalls[i].what;
		d = bsearch(&key, t->sent, t->nsent, sizeof(*d), by_id);
		p = d != NULL ? find_parcel(t, &d->bundle) : NULL;
		if (p != NULL && !roster_same_store(&t->s->roster,
		    &t->recalls[i].by, sender_of(t, p)))
			continue;
		for (; p != NULL && p < t->list + t->n &&
		    same_bundle(&p->row.id, &d->bundle); p++)
			p->row.recalled = true;
	}
}

static enum rc
load(struct parcels *t, struct err *e)
{
	enum rc rc = bundle_entries(t->s, t->side == BUNDLE_OUT ?
	    "bundle-out" : "bundle-in", take_parcel, t, e);

	if (rc == RC_OK && t->side == BUNDLE_IN)
		rc = find_gaps(t, e);
	if (rc == RC_OK && t->n != 0)
		qsort(t->list, t->n, sizeof(*t->list), by_bundle);
	if (rc == RC_OK && t->side == BUNDLE_OUT)
		join_stayed(t);
	if (rc == RC_OK)
		rc = bundle_entries(t->s, NULL, take_of_case, t, e);
	if (rc != RC_OK)
		return rc;
	mark_recalled(t);
	if (t->n != 0)
		qsort(t->list, t->n, sizeof(*t->list), newest_first);
	return RC_OK;
}

/* ---- a row ---- */

/* Which of the cases are for these eyes; one that is not here is neither. */
static enum rc
look_at_case(struct parcels *t, struct parcel *p, const char *hex,
    struct err *e)
{
	struct case_id *ids = vec_try_room(t->ids, p->row.ncase_ids, &t->capids,
	    sizeof(*ids));
	bool masked = false;
	int64_t book = 0;
	enum rc rc;

	if (ids == NULL)
		return no_memory(e);
	t->ids = ids;
	ids += p->row.ncase_ids;
	if (hex == NULL || !hex_parse(hex, ids->b, CASE_ID_LEN) ||
	    disposals_cover(&t->s->disposals, ids))
		return RC_OK;
	rc = book_find(t->s, ids, &book, e);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = mask_book(t->s, book, &masked, e);
	p->row.hidden += rc == RC_OK && masked;
	p->row.ncase_ids += rc == RC_OK && !masked;
	return rc;
}

static enum rc
look_at_cases(struct parcels *t, struct parcel *p, struct err *e)
{
	const json_t *cases = json_object_get(p->body, "cases");
	enum rc rc = RC_OK;

	for (size_t i = 0; i < json_array_size(cases) && rc == RC_OK; i++)
		rc = look_at_case(t, p, json_string_value(json_array_get(
		    cases, i)), e);
	p->row.case_ids = t->ids;
	if (p->row.receipts == p->row.people || p->row.stayed)
		p->row.receipt_due = INT64_MAX;
	return rc;
}

static void
parcels_release(struct parcels *t)
{
	for (size_t i = 0; i < t->n; i++)
		parcel_release(&t->list[i]);
	free(t->list);
	free(t->sent);
	free(t->recalls);
	free(t->ids);
}

enum rc
store_bundles(struct store *s, enum bundle_side side, store_bundle_fn fn,
    void *ctx, struct err *e)
{
	struct parcels t = {.s = s, .side = side};
	enum rc rc = load(&t, e);

	for (size_t i = 0; i < t.n && rc == RC_OK; i++) {
		rc = look_at_cases(&t, &t.list[i], e);
		if (rc == RC_OK && !fn(&t.list[i].row, ctx))
			break;
	}
	parcels_release(&t);
	return rc;
}
