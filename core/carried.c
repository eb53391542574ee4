/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/carried.h"

#include <stdlib.h>
#include <string.h>

#include "core/consents.h"
#include "core/recordwords.h"
#include "core/vec.h"
#include "core/xalloc.h"

static bool
is_kind(const struct record *r, const char *kind)
{
	return record_stands(r) && strcmp(r->entry.kind, kind) == 0;
}

static bool
is_text(const struct record *r, const char *field, const char *code)
{
	return strcmp(record_text(r, field), code) == 0;
}

static bool
same_author(const struct author_id *a, const struct author_id *b)
{
	return memcmp(a->b, b->b, AUTHOR_LEN) == 0;
}

/* Whoever unlocks this store, now or once. */
static bool
is_ours(const struct roster *reg, const struct author_id *key)
{
	const struct roster_user *u = reg != NULL ? roster_find(reg, key) :
	    NULL;

	return u != NULL && !u->abroad;
}

/* ---- whom a bundle is for ---- */

bool
bundle_sent_key(const struct record *sent, size_t i, struct author_id *key)
{
	const json_t *keys = json_object_get(sent->body, "keys");
	const char *hex = json_string_value(json_array_get(keys, i));

	if (hex == NULL || !hex_parse(hex, key->b, AUTHOR_LEN))
		memset(key, 0, sizeof(*key));
	return i < json_array_size(keys);
}

static bool
is_nobody(const struct author_id *key)
{
	static const struct author_id nobody;

	return same_author(key, &nobody);
}

static const char *
name_at(const struct record *sent, size_t i)
{
	const char *name = json_string_value(json_array_get(
	    json_object_get(sent->body, "to"), i));

	return name != NULL ? name : "somebody";
}

static bool
went_to(const struct record *sent, const struct author_id *who)
{
	struct author_id key;

	for (size_t i = 0; bundle_sent_key(sent, i, &key); i++)
		if (same_author(&key, who))
			return true;
	return false;
}

/* The standing entry of a kind, by one author, about r. */
static const struct record *
written_about(const struct record *r, const char *kind,
    const struct author_id *by)
{
	for (const struct record *a = r->abouts; a != NULL; a = a->next_about)
		if (is_kind(a, kind) && (by == NULL ||
		    same_author(&a->entry.author, by)))
			return a;
	return NULL;
}

static const struct record *
receipt_of(const struct record *sent, const struct author_id *who)
{
	return written_about(sent, "bundle-received", who);
}

/* ---- who has it ---- */

static struct carried_to *
person(struct carried_list *l, const struct author_id *key)
{
	struct carried_to *p;

	for (size_t i = 0; i < l->n; i++)
		if (same_author(&l->list[i].key, key))
			return &l->list[i];
	l->list = vec_room(l->list, l->n, &l->cap, sizeof(*l->list));
	p = &l->list[l->n++];
	memset(p, 0, sizeof(*p));
	p->key = *key;
	p->name = "";
	return p;
}

static bool
is_recalled(const struct casefile *c, const struct record *sent)
{
	for (const struct record *a = sent->abouts; a != NULL;
	    a = a->next_about)
		if (is_kind(a, "bundle-recall") && recall_of(c, a) == sent)
			return true;
	return false;
}

static void
take_sent(const struct casefile *c, const struct record *r,
    const struct roster *reg, struct carried_list *l)
{
	struct carried_to *p;
	struct author_id key;

	for (size_t i = 0; bundle_sent_key(r, i, &key); i++) {
		if (is_nobody(&key) || is_ours(reg, &key))
			continue;
		p = person(l, &key);
		if (*p->name == '\0')
			p->name = name_at(r, i);
		p->sent = r;
		p->whole |= is_text(r, "selection", "all");
		p->bundles++;
		p->recalled += is_recalled(c, r);
	}
}

/* Who writes in a case has it, whatever else is known. */
static void
take_author(const struct record *r, const struct roster *reg,
    struct carried_list *l)
{
	struct carried_to *p;

	if (is_ours(reg, &r->entry.author))
		return;
	p = person(l, &r->entry.author);
	p->wrote = true;
	if (is_kind(r, "bundle-received"))
		p->received = r;
}

static void
name_them(const struct roster *reg, struct carried_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (reg != NULL && roster_find(reg, &l->list[i].key) != NULL)
			l->list[i].name = roster_name(reg, &l->list[i].key);
		else if (*l->list[i].name == '\0')
			l->list[i].name = "somebody who is not known here";
}

/* ---- what they do not know ---- */

/*
 * Where one entry was known.  A clock says nothing of that: what was written
 * elsewhere in the morning may come in the evening, behind a bundle of noon.
 */
struct spread {
	const struct casefile *c;
	const struct record *r;		/* the entry */
	const struct roster_user **by;	/* owned; the author of each record */
	bool *has;	/* owned; each that was written where r was known */
};

/* a is of one store with the ith record, and was written before it. */
static bool
is_before(const struct spread *s, const struct record *a,
    const struct roster_user *by, size_t i)
{
	const struct record *b = s->c->records[i];
	const struct roster_user *u = s->by[i];

	if (same_author(&a->entry.author, &b->entry.author))
		return a->entry.n < b->entry.n;
	return by != NULL && u != NULL && by->abroad == u->abroad &&
	    (!u->abroad || by->home == u->home) &&
	    entry_compare(&a->entry, &b->entry) < 0;
}

static void
spread_from(struct spread *s, const struct record *a,
    const struct roster_user *by)
{
	for (size_t i = 0; i < s->c->nrecords; i++)
		if (s->c->records[i] == a || is_before(s, a, by, i))
			s->has[i] = true;
}

static bool
has_it(const struct spread *s, const struct record *sent)
{
	for (size_t i = 0; i < s->c->nrecords; i++)
		if (s->c->records[i] == sent)
			return s->has[i];
	return false;
}

/* A receipt for a bundle that carries it; receipts alone carry nothing. */
static bool
brought_it(const struct spread *s, const struct record *q)
{
	const struct record *sent = is_kind(q, "bundle-received") ?
	    casefile_target(s->c, q, "sent") : NULL;

	return sent != NULL && is_kind(sent, "bundle-sent") &&
	    !is_text(sent, "selection", "receipt") && has_it(s, sent);
}

/* From bundle to bundle, until no receipt brings it further. */
static void
spread_begin(struct spread *s, const struct casefile *c,
    const struct record *r)
{
	bool more = true;

	*s = (struct spread){c, r, xcalloc(c->nrecords + 1, sizeof(*s->by)),
	    xcalloc(c->nrecords + 1, sizeof(*s->has))};
	for (size_t i = 0; c->roster != NULL && i < c->nrecords; i++)
		s->by[i] = roster_find(c->roster,
		    &c->records[i]->entry.author);
	spread_from(s, r, c->roster != NULL ? roster_find(c->roster,
	    &r->entry.author) : NULL);
	while (more) {
		more = false;
		for (size_t i = 0; i < c->nrecords; i++) {
			if (s->has[i] || !brought_it(s, c->records[i]))
				continue;
			spread_from(s, c->records[i], s->by[i]);
			more = true;
		}
	}
}

static void
spread_end(struct spread *s)
{
	free((void *)s->by);
	free(s->has);
}

bool
carried_known(const struct casefile *c, const struct record *r,
    const struct record *a)
{
	struct spread s;
	bool has;

	spread_begin(&s, c, r);
	has = has_it(&s, a);
	spread_end(&s);
	return has;
}

/* True if they had some of the case before r. */
static bool
had_before(const struct spread *s, const struct author_id *who)
{
	for (size_t i = 0; i < s->c->nrecords; i++) {
		const struct record *a = s->c->records[i];

		if (!s->has[i] && (same_author(&a->entry.author, who) ||
		    (is_kind(a, "bundle-sent") && went_to(a, who))))
			return true;
	}
	return false;
}

/* True if they know of r; else *sent is the latest bundle that tells them. */
static bool
knows(const struct spread *s, const struct author_id *who,
    const struct record **sent)
{
	*sent = NULL;
	if (same_author(&s->r->entry.author, who) ||
	    written_about(s->r, "recall-answer", who) != NULL)
		return true;
	for (size_t i = 0; i < s->c->nrecords; i++) {
		const struct record *a = s->c->records[i];

		if (!s->has[i] || !is_kind(a, "bundle-sent") ||
		    is_text(a, "selection", "receipt") || !went_to(a, who))
			continue;
		if (receipt_of(a, who) != NULL)
			return true;
		*sent = a;
	}
	return false;
}

static void
take_news(const struct spread *s, struct carried_to *p)
{
	struct carried_news news = {.entry = s->r};

	if (!had_before(s, &p->key) || knows(s, &p->key, &news.sent))
		return;
	p->news = vec_room(p->news, p->nnews, &p->capnews, sizeof(*p->news));
	p->news[p->nnews++] = news;
}

static void
take_consents(const struct casefile *c, struct carried_list *l)
{
	const struct record **list;
	struct spread s;
	size_t n;

	consents_now(c, &list, &n);
	for (size_t i = 0; i < n; i++) {
		if (is_text(list[i], "state", "given"))
			continue;
		spread_begin(&s, c, list[i]);
		for (size_t j = 0; j < l->n; j++)
			take_news(&s, &l->list[j]);
		spread_end(&s);
	}
	free((void *)list);
}

static void
take_recalls(const struct casefile *c, struct carried_list *l)
{
	struct spread s;

	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!is_kind(r, "bundle-recall"))
			continue;
		spread_begin(&s, c, r);
		for (size_t j = 0; j < l->n; j++)
			if (recall_is_for(c, r, &l->list[j].key))
				take_news(&s, &l->list[j]);
		spread_end(&s);
	}
}

void
carried_to(const struct casefile *c, const struct roster *reg,
    struct carried_list *out)
{
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		take_author(r, reg, out);
		if (is_kind(r, "bundle-sent") &&
		    !is_text(r, "selection", "receipt"))
			take_sent(c, r, reg, out);
	}
	name_them(reg, out);
	if (out->n == 0)
		return;
	take_consents(c, out);
	take_recalls(c, out);
}

void
carried_release(struct carried_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->list[i].news);
	free(l->list);
	memset(l, 0, sizeof(*l));
}

bool
carried_untold(const struct carried_to *p)
{
	for (size_t i = 0; i < p->nnews; i++)
		if (p->news[i].sent == NULL)
			return true;
	return false;
}

size_t
carried_count_untold(const struct carried_list *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += carried_untold(&l->list[i]);
	return n;
}

/* ---- recalls ---- */

const struct record *
recall_of(const struct casefile *c, const struct record *recall)
{
	const struct record *sent = casefile_target(c, recall, "sent");

	if (sent == NULL || sent->body == NULL ||
	    strcmp(sent->entry.kind, "bundle-sent") != 0)
		return NULL;
	return c->roster == NULL || roster_same_store(c->roster,
	    &recall->entry.author, &sent->entry.author) ? sent : NULL;
}

bool
recall_is_for(const struct casefile *c, const struct record *recall,
    const struct author_id *who)
{
	const struct record *sent = recall_of(c, recall);

	return sent != NULL && went_to(sent, who);
}

const struct record *
recall_answer_by(const struct record *recall, const struct author_id *who)
{
	return written_about(recall, "recall-answer", who);
}

/* Somebody of this store whose answer is waited for. */
static bool
waits_for_us(const struct casefile *c, const struct record *r,
    const struct roster *reg)
{
	const struct record *sent = recall_of(c, r);
	struct author_id key;

	for (size_t i = 0; sent != NULL && bundle_sent_key(sent, i, &key);
	    i++)
		if (is_ours(reg, &key) && recall_answer_by(r, &key) == NULL)
			return true;
	return false;
}

const struct record *
recall_unanswered(const struct casefile *c, const struct roster *reg)
{
	for (size_t i = 0; i < c->nrecords; i++)
		if (is_kind(c->records[i], "bundle-recall") &&
		    waits_for_us(c, c->records[i], reg))
			return c->records[i];
	return NULL;
}

static void
add_asked(const struct record *r, const struct roster *reg, struct str *out)
{
	char day[SPAN_WORDS_MAX];
	const struct span on = span_of_day(r->entry.on.first != DAY_NONE ?
	    r->entry.on.first : moment_day(r->entry.at));

	span_words(&on, day);
	str_add_fmt(out, "%sRecalled by %s, %s: %s. Why: %s",
	    out->len > 0 ? "\n" : "", roster_name(reg, &r->entry.author), day,
	    is_text(r, "ask", "hold") ? "wait, it is being put right" :
	    "stop using what they sent", record_text(r, "reason"));
}

static void
add_to_tell(const struct casefile *c, const struct record *r,
    const struct roster *reg, struct str *out)
{
	const struct record *sent = recall_of(c, r), *carries;
	struct author_id key;
	struct spread s;
	struct str names;
	size_t n = 0;

	spread_begin(&s, c, r);
	str_init(&names);
	for (size_t i = 0; sent != NULL && bundle_sent_key(sent, i, &key);
	    i++) {
		if (is_nobody(&key) || is_ours(reg, &key) ||
		    knows(&s, &key, &carries))
			continue;
		str_add_fmt(&names, "%s%s", n++ > 0 ? "; " : "",
		    name_at(sent, i));
	}
	if (n > 0)
		str_add_fmt(out, "%sRecalled: tell %zu %s (%s)",
		    out->len > 0 ? "\n" : "", n, n == 1 ? "person" :
		    "people", names.s);
	str_release(&names);
	spread_end(&s);
}

bool
recall_words(const struct casefile *c, const struct roster *reg,
    struct str *out)
{
	size_t before = out->len;

	for (size_t i = 0; reg != NULL && i < c->nrecords; i++)
		if (is_kind(c->records[i], "bundle-recall") &&
		    waits_for_us(c, c->records[i], reg))
			add_asked(c->records[i], reg, out);
	for (size_t i = 0; reg != NULL && i < c->nrecords; i++)
		if (is_kind(c->records[i], "bundle-recall") &&
		    is_ours(reg, &c->records[i]->entry.author))
			add_to_tell(c, c->records[i], reg, out);
	return out->len > before;
}
