/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/pending.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define PAST_MAX 500

void
pending_init(struct pending *p, const struct case_id *id)
{
	memset(p, 0, sizeof(*p));
	p->case_id = *id;
}

static void
drop_list(struct pending *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		entry_draft_release(&p->list[i].draft);
	p->n = 0;
}

static void
drop_past(struct pending *p)
{
	size_t i;

	for (i = 0; i < p->npast; i++)
		free(p->past[i]);
	p->npast = 0;
}

void
pending_release(struct pending *p)
{
	struct case_id id = p->case_id;

	drop_list(p);
	drop_past(p);
	free(p->list);
	free(p->past);
	pending_init(p, &id);
}

/* ---- undo ---- */

void
pending_mark(struct pending *p)
{
	struct str text;

	if (p->npast == PAST_MAX) {
		free(p->past[0]);
		memmove(p->past, p->past + 1,
		    (PAST_MAX - 1) * sizeof(*p->past));
		p->npast--;
	}
	str_init(&text);
	pending_write(p, &text);
	p->past = vec_room(p->past, p->npast, &p->cappast, sizeof(*p->past));
	p->past[p->npast++] = str_take(&text);
}

bool
pending_undo(struct pending *p)
{
	char *text;
	bool ok;

	if (p->npast == 0)
		return false;
	text = p->past[--p->npast];
	ok = pending_read(p, text, NULL) == RC_OK;
	free(text);
	return ok;
}

void
pending_unmark(struct pending *p)
{
	struct str text;

	if (p->npast == 0)
		return;
	str_init(&text);
	pending_write(p, &text);
	if (strcmp(text.s, p->past[p->npast - 1]) == 0)
		free(p->past[--p->npast]);
	str_release(&text);
}

/* ---- the list ---- */

size_t
pending_add(struct pending *p, const char *kind, const struct span *on,
    json_t *body, const struct entry_id *about)
{
	struct pending_entry *e;

	p->list = vec_room(p->list, p->n, &p->cap, sizeof(*p->list));
	e = &p->list[p->n];
	memset(e, 0, sizeof(*e));
	e->draft.case_id = p->case_id;
	e->draft.kind = kind_find(kind)->name;
	e->draft.on = *on;
	e->draft.body = body;
	if (about != NULL)
		e->about = *about;
	return p->n++;
}

void
pending_set(struct pending *p, size_t i, const struct span *on, json_t *body)
{
	struct entry_draft *d = &p->list[i].draft;

	d->on = *on;
	if (d->body != body)
		json_decref(d->body);
	d->body = body;
}

void
pending_remove(struct pending *p, size_t i)
{
	entry_draft_release(&p->list[i].draft);
	memmove(p->list + i, p->list + i + 1,
	    (p->n - i - 1) * sizeof(*p->list));
	p->n--;
}

void
pending_clear(struct pending *p)
{
	drop_list(p);
	drop_past(p);
}

size_t
pending_by_id(const struct pending *p, const struct entry_id *id)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (entry_id_equal(&p->list[i].id, id))
			break;
	return i;
}

size_t
pending_about(const struct pending *p, const char *kind,
    const struct entry_id *about)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (strcmp(p->list[i].draft.kind, kind) == 0 &&
		    (about == NULL || entry_id_equal(&p->list[i].about, about)))
			break;
	return i;
}

enum rc
pending_check(const struct pending *p, size_t i, struct err *e)
{
	const struct entry_draft *d = &p->list[i].draft;

	return kind_check_draft(kind_find(d->kind), &d->on, d->body, e);
}

size_t
pending_incomplete(const struct pending *p)
{
	struct err ignored;
	size_t i;

	for (i = 0; i < p->n; i++)
		if (pending_check(p, i, &ignored) != RC_OK)
			break;
	return i;
}

/* ---- as text ---- */

static json_t *
entry_json(const struct pending_entry *e)
{
	char about[2 * ENTRY_ID_LEN + 1], on[SPAN_TEXT_MAX];
	json_t *o = json_object();

	span_format(&e->draft.on, on);
	json_object_set_new(o, "kind", json_string(e->draft.kind));
	json_object_set_new(o, "on", json_string(on));
	json_object_set(o, "body", e->draft.body);
	if (!entry_id_zero(&e->about)) {
		hex_format(e->about.b, ENTRY_ID_LEN, about);
		json_object_set_new(o, "about", json_string(about));
	}
	return o;
}

void
pending_write(const struct pending *p, struct str *out)
{
	json_t *list;
	char *text;
	size_t i;

	if (p->n == 0)
		return;
	list = json_array();
	for (i = 0; i < p->n; i++)
		json_array_append_new(list, entry_json(&p->list[i]));
	text = json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS);
	str_add(out, text);
	free(text);
	json_decref(list);
}

static bool
read_entry(struct pending *p, const json_t *o)
{
	const char *kind = json_string_value(json_object_get(o, "kind"));
	const char *on = json_string_value(json_object_get(o, "on"));
	const char *hex = json_string_value(json_object_get(o, "about"));
	json_t *body = json_object_get(o, "body");
	struct span span = span_none();
	struct entry_id about;

	memset(&about, 0, sizeof(about));
	if (kind == NULL || kind_find(kind) == NULL || !json_is_object(body))
		return false;
	if (on != NULL && *on != '\0' && span_parse(on, &span, NULL) != RC_OK)
		return false;
	if (hex != NULL && !hex_parse(hex, about.b, ENTRY_ID_LEN))
		return false;
	(void)pending_add(p, kind, &span, json_deep_copy(body), &about);
	return true;
}

static bool
read_all(struct pending *p, const json_t *list)
{
	size_t i;

	if (!json_is_array(list))
		return false;
	for (i = 0; i < json_array_size(list); i++)
		if (!read_entry(p, json_array_get(list, i)))
			return false;
	return true;
}

enum rc
pending_read(struct pending *p, const char *text, struct err *e)
{
	struct pending fresh;
	json_t *list;
	bool ok;

	pending_init(&fresh, &p->case_id);
	list = *text != '\0' ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) :
	    json_array();
	ok = read_all(&fresh, list);
	json_decref(list);
	if (!ok) {
		pending_release(&fresh);
		return err_set(e, RC_INPUT, "The unsigned work that was kept "
		    "for this case cannot be read; perhaps a newer version "
		    "wrote it. It is kept as it is.");
	}
	drop_list(p);
	free(p->list);
	p->list = fresh.list;
	p->n = fresh.n;
	p->cap = fresh.cap;
	return RC_OK;
}

static bool
is_signed(const struct pending_entry *e, const struct casefile *c,
    const struct author_id *author)
{
	size_t i;

	for (i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (memcmp(r->entry.author.b, author->b, AUTHOR_LEN) == 0 &&
		    strcmp(r->entry.kind, e->draft.kind) == 0 &&
		    memcmp(&r->entry.on, &e->draft.on, sizeof(struct span)) ==
		    0 && json_equal(r->body, e->draft.body))
			return true;
	}
	return false;
}

void
pending_drop_signed(struct pending *p, const struct casefile *signed_,
    const struct author_id *author)
{
	size_t i;

	for (i = p->n; i-- > 0;)
		if (is_signed(&p->list[i], signed_, author))
			pending_remove(p, i);
}

/* ---- as if signed ---- */

static void
fill(json_t *body, const char *field)
{
	const char *s = json_string_value(json_object_get(body, field));

	if (s == NULL || s[strspn(s, " \t\r\n")] == '\0')
		json_object_set_new(body, field, json_string("not said yet"));
}

/* Returns owned the body, with what is still missing filled in. */
static json_t *
whole_body(const struct entry_draft *d, struct span *on, int32_t today)
{
	json_t *body = json_deep_copy(d->body);

	*on = d->on;
	if (strcmp(d->kind, "observation") == 0) {
		fill(body, "agency");
		fill(body, "evidence");
		if (span_is_none(on))
			*on = span_of_day(today);
	} else if (strcmp(d->kind, "strike") == 0) {
		fill(body, "reason");
	}
	return body;
}

static void
apply_one(struct pending_entry *pe, uint64_t n,
    const struct pending_signer *by, struct casefile *out)
{
	struct entry e;
	json_t *body;

	memset(&e, 0, sizeof(e));
	e.author = by->author;
	e.n = n;
	e.case_id = pe->draft.case_id;
	(void)snprintf(e.kind, sizeof(e.kind), "%s", pe->draft.kind);
	e.at = by->now;
	body = whole_body(&pe->draft, &e.on, moment_day(by->now));
	e.body = entry_canonical_body(body);
	json_decref(body);
	entry_seal_id(&e);
	pe->id = e.id;
	casefile_apply(out, &e);
	entry_release(&e);
}

void
pending_fold(struct pending *p, const struct casefile *signed_,
    const struct pending_signer *by, struct casefile *out)
{
	size_t i;

	casefile_init(out, &p->case_id);
	for (i = 0; i < signed_->nrecords; i++)
		casefile_apply(out, &signed_->records[i]->entry);
	/* Beyond any counter in use, so that no signed entry is like it. */
	for (i = 0; i < p->n; i++)
		apply_one(&p->list[i], (UINT64_C(1) << 62) + i, by, out);
	casefile_settle(out, by->roster);
}
