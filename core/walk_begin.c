/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of a session, as they are written. */
#include "config.h"

#include "core/walk_impl.h"

#include <sodium.h>
#include <string.h>

static const char *const modes[] = { "alone", "group" };
static const char *const parts[] = { "none", "before", "after" };

static void
set_text(json_t *body, const char *field, const char *text)
{
	if (text != NULL && text[0] != '\0')
		(void)json_object_set_new(body, field, json_string(text));
}

static void
hash_of(const char *text, char hex[2 * ENTRY_ID_LEN + 1])
{
	unsigned char h[ENTRY_ID_LEN];

	(void)crypto_generichash(h, sizeof(h), (const unsigned char *)text,
	    strlen(text), NULL, 0);
	hex_format(h, sizeof(h), hex);
}

static json_t *
identity_body(const struct study *s)
{
	char sex[2] = { s->sex, '\0' };
	struct str name;
	json_t *body;

	str_init(&name);
	/* Nobody takes it for a child that they know. */
	str_add_fmt(&name, "%s (case study)", s->called);
	body = json_pack("{s:s, s:i, s:s}", "name", name.s, "age_about",
	    s->stages[0].age, "sex", sex);
	str_release(&name);
	return body;
}

static json_t *
session_body(const struct walk_order *o, const char *hash)
{
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}",
	    "study", o->study->id, "version", o->study->version, "hash", hash,
	    "text", o->text, "mode", modes[o->mode], "part", parts[o->part]);

	set_text(body, "sitting", o->sitting);
	return body;
}

void
walk_begin(const struct walk_order *o,
    struct entry_draft d[WALK_BEGIN_DRAFTS])
{
	char hash[2 * ENTRY_ID_LEN + 1];

	hash_of(o->text, hash);
	d[0] = (struct entry_draft){ o->id, "open", span_none(),
	    json_pack("{s:s, s:s}", "reference", o->reference, "study",
	    hash) };
	d[1] = (struct entry_draft){ o->id, "identity", span_none(),
	    identity_body(o->study) };
	d[2] = (struct entry_draft){ o->id, "session", span_none(),
	    session_body(o, hash) };
}

/* ---- an attempt ---- */

static void
set_moment(json_t *body, const char *field, int64_t at)
{
	char text[SPAN_TEXT_MAX];

	moment_format(at, text);
	set_text(body, field, text);
}

static json_t *
answers_body(const struct instrument *in, const struct answers *a)
{
	json_t *out = json_object();

	for (unsigned i = 0; i < in->nitems; i++)
		(void)json_object_set_new(out, in->items[i].id,
		    json_string(answer_name(answers_get(a, i))));
	return out;
}

/* The latest, if there are more than an entry holds. */
static json_t *
changes_body(const struct instrument *in, const struct walk_commit *a)
{
	size_t from = a->nchanges > WALK_CHANGES_MAX ?
	    a->nchanges - WALK_CHANGES_MAX : 0;
	json_t *out = json_array();

	for (size_t i = from; i < a->nchanges; i++) {
		const struct walk_change *ch = &a->changes[i];
		json_t *one = json_pack("{s:s, s:s}", "item",
		    in->items[ch->item].id, "state", answer_name(ch->state));

		set_moment(one, "at", ch->at);
		(void)json_array_append_new(out, one);
	}
	return out;
}

static json_t *
notes_body(const struct walk_commit *a)
{
	json_t *out = json_array();
	char hex[2 * ENTRY_ID_LEN + 1];

	for (size_t i = 0; i < a->nnotes; i++) {
		hex_format(a->notes[i].b, ENTRY_ID_LEN, hex);
		(void)json_array_append_new(out, json_string(hex));
	}
	return out;
}

/* The kinds have empty lists left out. */
static void
set_list(json_t *body, const char *field, json_t *list)
{
	if (json_array_size(list) > 0)
		(void)json_object_set_new(body, field, list);
	else
		json_decref(list);
}

static unsigned
level_of(const struct walk *w, const struct walk_commit *a)
{
	size_t place = walk_place(w, a->stage);
	unsigned level, could_be;
	struct answers dated;

	if (place == SIZE_MAX)
		return LEVEL_NONE(w->in);
	walk_date(w, place, a->answers, &dated);
	screen_levels(w->in, &dated, &level, &could_be);
	return level;
}

struct entry_draft
walk_attempt_draft(const struct walk *w, const struct walk_commit *a)
{
	struct entry_draft d = { w->c->id, "attempt", span_none(), NULL };

	d.body = json_pack("{s:s, s:i, s:o, s:s}",
	    "stage", w->study->stages[a->stage].id, "round", (int)a->round,
	    "answers", answers_body(w->in, a->answers),
	    "level", screen_level_id(w->in, level_of(w, a)));
	set_moment(d.body, "started", a->started);
	set_list(d.body, "changes", changes_body(w->in, a));
	set_list(d.body, "note", notes_body(a));
	if (a->judgement != NO_ITEM)
		set_text(d.body, "judgement",
		    screen_level_id(w->in, a->judgement));
	set_text(d.body, "why", a->why);
	return d;
}

/* ---- a lookback ---- */

static json_t *
points_body(const struct study_stage *st, const enum walk_point *points)
{
	json_t *out = json_array();

	for (size_t i = 0; i < st->note.n; i++)
		(void)json_array_append_new(out, json_pack("{s:s, s:s}",
		    "point", st->note.list[i], "state",
		    walk_point_code(points[i])));
	return out;
}

struct entry_draft
walk_lookback_draft(const struct walk *w, unsigned round,
    const enum walk_point *points, uint32_t choice)
{
	struct entry_draft d = { w->c->id, "lookback", span_none(), NULL };
	const struct study_stage *st = walk_stage(w);

	d.body = json_pack("{s:s, s:i}", "stage", st->id, "round",
	    (int)round);
	set_list(d.body, "points", points_body(st, points));
	if (choice < st->nchoices)
		set_text(d.body, "choice", st->choices[choice].id);
	return d;
}
