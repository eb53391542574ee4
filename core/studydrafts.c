/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/studydrafts.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/disposals.h"
#include "core/kinds.h"
#include "core/vec.h"
#include "core/xalloc.h"

void
study_drafts_init(struct study_drafts *d)
{
	memset(d, 0, sizeof(*d));
}

void
study_drafts_release(struct study_drafts *d)
{
	for (size_t i = 0; i < d->n; i++) {
		free(d->list[i].study);
		free(d->list[i].text);
		free(d->list[i].report);
		free(d->list[i].hash);
		free(d->list[i].reason);
	}
	free(d->list);
	study_drafts_init(d);
}

void
study_text_hash(const char *text, char out[2 * ENTRY_ID_LEN + 1])
{
	unsigned char h[ENTRY_ID_LEN];

	(void)crypto_generichash(h, sizeof(h), (const unsigned char *)text,
	    strlen(text), NULL, 0);
	hex_format(h, sizeof(h), out);
}

const struct study_draft *
study_drafts_find(const struct study_drafts *d, const struct entry_id *id)
{
	for (size_t i = 0; i < d->n; i++)
		if (entry_id_equal(&d->list[i].id, id))
			return &d->list[i];
	return NULL;
}

static const char *
text_of(const json_t *body, const char *field)
{
	const char *s = json_string_value(json_object_get(body, field));

	return s != NULL ? s : "";
}

/* Returns owned the body of an entry that may count, or NULL. */
static json_t *
body_of(const struct roster *r, const struct entry *e, const char *kind)
{
	if (strcmp(e->kind, kind) != 0 || e->body == NULL ||
	    !roster_allows(r, e))
		return NULL;
	return json_loads(e->body, JSON_REJECT_DUPLICATES, NULL);
}

void
study_drafts_add(struct study_drafts *d, const struct roster *r,
    const struct entry *e)
{
	json_t *body = body_of(r, e, "study-draft");
	char hash[2 * ENTRY_ID_LEN + 1];
	struct study_draft *to;

	study_text_hash(text_of(body, "text"), hash);
	if (body != NULL && strcmp(hash, text_of(body, "hash")) == 0) {
		d->list = vec_room(d->list, d->n, &d->cap, sizeof(*d->list));
		to = &d->list[d->n++];
		memset(to, 0, sizeof(*to));
		to->id = e->id;
		to->at = e->at;
		to->author = e->author;
		to->study = xstrdup(text_of(body, "study"));
		to->text = xstrdup(text_of(body, "text"));
		to->report = xstrdup(text_of(body, "report"));
		to->hash = xstrdup(hash);
	}
	json_decref(body);
}

/*
 * The founder's first entries need no role to count in the roster; here a
 * supervisor's is asked for whatever the place of the entry.
 */
static bool
may_decide(const struct study_draft *d, const struct roster *r,
    const struct entry *e, const json_t *body)
{
	return (roster_entry_roles(r, e) & ROLE_SUPERVISOR) != 0 &&
	    strcmp(d->hash, text_of(body, "hash")) == 0 &&
	    !disposals_same_person(r, &d->author, &e->author);
}

static void
take_decision(struct study_draft *d, const struct entry *e,
    const json_t *body)
{
	const char *outcome = text_of(body, "outcome");

	if (strcmp(outcome, "signed") != 0 && strcmp(outcome, "returned") != 0)
		return;
	d->let_out = strcmp(outcome, "signed") == 0;
	d->reason = xstrdup(text_of(body, "reason"));
	d->decision = e->id;
	d->by = e->author;
	d->by_at = e->at;
}

void
study_drafts_decide(struct study_drafts *d, const struct roster *r,
    const struct entry *e)
{
	json_t *body = body_of(r, e, "study-signed");
	struct entry_id id;

	if (hex_parse(text_of(body, "draft"), id.b, ENTRY_ID_LEN))
		for (size_t i = 0; i < d->n; i++)
			if (entry_id_equal(&d->list[i].id, &id) &&
			    d->list[i].reason == NULL &&
			    may_decide(&d->list[i], r, e, body))
				take_decision(&d->list[i], e, body);
	json_decref(body);
}
