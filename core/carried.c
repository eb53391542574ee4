/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/carried.h"

#include <stdlib.h>
#include <string.h>

#include "core/consents.h"
#include "core/recordwords.h"
#include "core/vec.h"

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

/* a was written after b. */
static bool
is_after(const struct record *a, const struct record *b)
{
	if (same_author(&a->entry.author, &b->entry.author))
		return a->entry.n > b->entry.n;
	return entry_compare(&a->entry, &b->entry) > 0;
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

static void
take_sent(const struct record *r, const struct roster *reg,
    struct carried_list *l)
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
		p->recalled += written_about(r, "bundle-recall", NULL) !=
		    NULL;
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

/* True if they had some of the case before r. */
static bool
had_before(const struct casefile *c, const struct carried_to *p,
    const struct record *r)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *a = c->records[i];

		if (a != r && is_after(r, a) &&
		    (same_author(&a->entry.author, &p->key) ||
		    (is_kind(a, "bundle-sent") && went_to(a, &p->key))))
			return true;
	}
	return false;
}

/* True if they know of r; else *sent is the latest bundle that tells them. */
static bool
knows(const struct casefile *c, const struct author_id *who,
    const struct record *r, const struct record **sent)
{
	*sent = NULL;
	if (same_author(&r->entry.author, who) ||
	    written_about(r, "recall-answer", who) != NULL)
		return true;
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *s = c->records[i];

		if (!is_kind(s, "bundle-sent") || !is_after(s, r) ||
		    is_text(s, "selection", "receipt") || !went_to(s, who))
			continue;
		if (receipt_of(s, who) != NULL)
			return true;
		*sent = s;
	}
	return false;
}

static void
take_news(const struct casefile *c, struct carried_to *p,
    const struct record *r)
{
	struct carried_news news = {.entry = r};

	if (!had_before(c, p, r) || knows(c, &p->key, r, &news.sent))
		return;
	p->news = vec_room(p->news, p->nnews, &p->capnews, sizeof(*p->news));
	p->news[p->nnews++] = news;
}

static void
take_consents(const struct casefile *c, struct carried_list *l)
{
	const struct record **list;
	size_t n;

	consents_now(c, &list, &n);
	for (size_t i = 0; i < n; i++) {
		if (is_text(list[i], "state", "given"))
			continue;
		for (size_t j = 0; j < l->n; j++)
			take_news(c, &l->list[j], list[i]);
	}
	free((void *)list);
}

static void
take_recalls(const struct casefile *c, struct carried_list *l)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!is_kind(r, "bundle-recall"))
			continue;
		for (size_t j = 0; j < l->n; j++)
			if (recall_is_for(c, r, &l->list[j].key))
				take_news(c, &l->list[j], r);
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
			take_sent(r, reg, out);
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

	return sent != NULL && sent->body != NULL &&
	    strcmp(sent->entry.kind, "bundle-sent") == 0 ? sent : NULL;
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
	struct str names;
	size_t n = 0;

	str_init(&names);
	for (size_t i = 0; sent != NULL && bundle_sent_key(sent, i, &key);
	    i++) {
		if (is_nobody(&key) || is_ours(reg, &key) ||
		    knows(c, &key, r, &carries))
			continue;
		str_add_fmt(&names, "%s%s", n++ > 0 ? "; " : "",
		    name_at(sent, i));
	}
	if (n > 0)
		str_add_fmt(out, "%sRecalled: tell %zu %s (%s)",
		    out->len > 0 ? "\n" : "", n, n == 1 ? "person" :
		    "people", names.s);
	str_release(&names);
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
