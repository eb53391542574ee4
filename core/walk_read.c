/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bodies of a session's entries, read with doubt. */
#include "config.h"

#include "core/walk_impl.h"

#include <string.h>

#include "core/vec.h"

const char *
walk_point_code(enum walk_point p)
{
	static const char *const codes[] = { "missing", "partly", "named" };

	return p <= POINT_NAMED ? codes[p] : codes[POINT_MISSING];
}

uint32_t
walk_stage_index(const struct study *s, const char *id)
{
	for (uint32_t i = 0; i < s->nstages; i++)
		if (strcmp(s->stages[i].id, id) == 0)
			return i;
	return STUDY_END;
}

unsigned
walk_round(const struct record *r)
{
	json_int_t n = json_integer_value(json_object_get(r->body, "round"));

	return n >= 1 && n <= WALK_ROUNDS ? (unsigned)n : 0;
}

/*
 * One that is named twice in different letters has the stronger answer, so
 * that no order of keys matters.
 */
static void
read_answers(const struct instrument *in, json_t *from, struct answers *out)
{
	enum answer state;
	const char *key, *s;
	uint32_t item;
	json_t *v;

	answers_init(out);
	json_object_foreach(from, key, v) {
		item = instrument_item(in, key, strlen(key));
		s = json_string_value(v);
		if (item != NO_ITEM && s != NULL &&
		    answer_from_name(s, strlen(s), &state))
			answers_raise(out, item, state);
	}
}

static bool
read_change(const struct instrument *in, const json_t *v,
    struct walk_change *out)
{
	const char *at = json_string_value(json_object_get(v, "at"));
	const char *item = json_string_value(json_object_get(v, "item"));
	const char *state = json_string_value(json_object_get(v, "state"));

	if (at == NULL || item == NULL || state == NULL)
		return false;
	out->item = instrument_item(in, item, strlen(item));
	return out->item != NO_ITEM &&
	    answer_from_name(state, strlen(state), &out->state) &&
	    moment_parse(at, &out->at, NULL) == RC_OK;
}

static void
read_changes(const struct instrument *in, const json_t *list,
    struct walk_attempt *a)
{
	struct walk_change change;

	for (size_t i = 0; i < json_array_size(list); i++) {
		if (!read_change(in, json_array_get(list, i), &change))
			continue;
		a->changes = vec_room(a->changes, a->nchanges,
		    &a->capchanges, sizeof(*a->changes));
		a->changes[a->nchanges++] = change;
	}
}

static bool
has_note(const struct walk_attempt *a, const struct record *note)
{
	for (size_t i = 0; i < a->nnotes; i++)
		if (a->notes[i] == note)
			return true;
	return false;
}

/* Notes of the same author: nobody's words are laid to another's charge. */
static void
add_note(const struct record *note, struct walk_attempt *a)
{
	if (note == NULL || note->validity != RECORD_VALID ||
	    strcmp(note->entry.kind, "note") != 0 ||
	    memcmp(&note->entry.author, &a->record->entry.author,
	    AUTHOR_LEN) != 0 || has_note(a, note))
		return;
	a->notes = vec_room(a->notes, a->nnotes, &a->capnotes,
	    sizeof(*a->notes));
	a->notes[a->nnotes++] = note;
}

/* Struck or written anew before the attempt was committed to. */
static bool
was_taken_back(const struct record *note, const struct walk_attempt *a)
{
	const struct record *by[] = {note->struck_by, note->replaced_by};

	for (size_t i = 0; i < 2; i++)
		if (by[i] != NULL && memcmp(&by[i]->entry.author,
		    &a->record->entry.author, AUTHOR_LEN) == 0 &&
		    by[i]->entry.n < a->record->entry.n)
			return true;
	return false;
}

/*
 * What is signed under one seal with the attempt has no id that it could
 * name: those of its author's chain since their attempt before.
 */
static void
chain_notes(const struct walk *w, struct walk_attempt *a)
{
	uint64_t from = 0;

	for (size_t i = 0; i < w->nattempts; i++) {
		const struct entry *e = &w->attempts[i].record->entry;

		if (memcmp(&e->author, &a->record->entry.author,
		    AUTHOR_LEN) == 0 && e->n > from)
			from = e->n;
	}
	for (size_t i = 0; i < w->c->nrecords; i++) {
		const struct record *r = w->c->records[i];

		if (r->entry.n > from && r->entry.n < a->record->entry.n &&
		    !was_taken_back(r, a))
			add_note(r, a);
	}
}

static void
read_notes(const struct walk *w, const json_t *list, struct walk_attempt *a)
{
	struct entry_id id;
	const char *hex;

	if (json_array_size(list) == 0)
		chain_notes(w, a);
	for (size_t i = 0; i < json_array_size(list); i++) {
		hex = json_string_value(json_array_get(list, i));
		if (hex != NULL && hex_parse(hex, id.b, ENTRY_ID_LEN))
			add_note(casefile_find(w->c, &id), a);
	}
}

void
walk_read_attempt(const struct walk *w, const struct record *r,
    struct walk_attempt *out)
{
	const struct instrument *in = w->in;

	memset(out, 0, sizeof(*out));
	out->record = r;
	out->committed = r->entry.at;
	if (moment_parse(record_text(r, "started"), &out->started, NULL) !=
	    RC_OK || out->started > out->committed)
		out->started = out->committed;
	read_answers(in, json_object_get(r->body, "answers"), &out->answers);
	out->judgement = screen_level_from_id(in,
	    record_text(r, "judgement"));
	out->why = record_text(r, "why");
	read_changes(in, json_object_get(r->body, "changes"), out);
	read_notes(w, json_object_get(r->body, "note"), out);
}

static bool
point_state(const char *code, enum walk_point *out)
{
	for (unsigned i = 0; i <= POINT_NAMED && code != NULL; i++) {
		*out = (enum walk_point)i;
		if (strcmp(code, walk_point_code(*out)) == 0)
			return true;
	}
	return false;
}

static void
read_point(const struct study_stage *st, const json_t *v,
    enum walk_point *points)
{
	const char *text = json_string_value(json_object_get(v, "point"));
	const char *code = json_string_value(json_object_get(v, "state"));
	enum walk_point state;

	if (text == NULL || !point_state(code, &state))
		return;
	for (size_t i = 0; i < st->note.n; i++)
		if (strcmp(st->note.list[i], text) == 0)
			points[i] = state;
}

void
walk_read_points(const struct study_stage *st, const struct record *r,
    enum walk_point *points)
{
	const json_t *list = json_object_get(r->body, "points");

	for (size_t i = 0; i < STUDY_LIST_MAX; i++)
		points[i] = POINT_MISSING;
	for (size_t i = 0; i < json_array_size(list); i++)
		read_point(st, json_array_get(list, i), points);
}

uint32_t
walk_read_choice(const struct study_stage *st, const struct record *r)
{
	const char *id = record_text(r, "choice");

	for (uint32_t i = 0; i < st->nchoices; i++)
		if (strcmp(st->choices[i].id, id) == 0)
			return i;
	return STUDY_END;
}
