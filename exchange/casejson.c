/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/casejson.h"

#include <string.h>

#include "core/paper_case.h"
#include "core/recordwords.h"
#include "core/str.h"
#include "core/untold.h"
#include "db/sessions.h"

static void
set_text(json_t *o, const char *key, const char *text)
{
	(void)json_object_set_new(o, key, json_string(text));
}

static void
set_count(json_t *o, const char *key, unsigned n)
{
	(void)json_object_set_new(o, key, json_integer(n));
}

static void
set_moment(json_t *o, const char *key, int64_t ms)
{
	char text[SPAN_TEXT_MAX];

	if (ms == INT64_MAX) {
		(void)json_object_set_new(o, key, json_null());
		return;
	}
	moment_format(ms, text);
	set_text(o, key, text);
}

static void
set_day(json_t *o, const char *key, int32_t day)
{
	char text[DAY_TEXT_MAX];

	if (day == DAY_NONE) {
		(void)json_object_set_new(o, key, json_null());
		return;
	}
	day_format(day, text);
	set_text(o, key, text);
}

static void
set_bool(json_t *o, const char *key, bool v)
{
	(void)json_object_set_new(o, key, json_boolean(v));
}

/* Real cases have no such key: what reads them need not know of sessions. */
static void
set_classification(json_t *o, const char *classification)
{
	if (classification != NULL)
		set_text(o, "classification", classification);
}

json_t *
case_row_json(const struct store *s, const struct case_row *row)
{
	const struct instrument *in = store_default_instrument(s);
	json_t *o = json_object();

	set_bool(o, "restricted", row->restricted);
	if (row->restricted) {
		char id[2 * CASE_ID_LEN + 1];

		hex_format(row->id.b, CASE_ID_LEN, id);
		set_text(o, "id", id);
		return o;
	}
	set_classification(o, store_training(s) ? PAPER_TRAINING : NULL);
	set_text(o, "reference", row->reference);
	set_text(o, "name", row->name);
	set_text(o, "owner", row->owner);
	set_day(o, "born", row->birth);
	set_text(o, "level", screen_level_id(in, row->level));
	set_text(o, "could_be", screen_level_id(in, row->could_be));
	set_text(o, "judgement", screen_level_id(in, row->judgement));
	set_count(o, "vulnerabilities", row->vulnerabilities);
	set_count(o, "signs", row->signs);
	set_count(o, "not_known", row->not_known);
	set_moment(o, "due", row->due);
	set_text(o, "due_why", row->due_why);
	set_bool(o, "lowering_waits", row->lowering);
	set_bool(o, "conflict", row->conflict);
	set_bool(o, "same_reference", row->same_reference);
	set_bool(o, "screened", row->screened);
	set_moment(o, "changed", row->changed);
	return o;
}

static const char *
validity_name(enum validity v)
{
	static const char *const names[] = {
		[RECORD_VALID] = "valid",
		[RECORD_NO_ROLE] = "no-role",
		[RECORD_UNKNOWN_KIND] = "unknown-kind",
		[RECORD_BAD_BODY] = "bad-body",
		[RECORD_DISPOSED] = "disposed",
	};

	return names[v];
}

static void
set_id(json_t *o, const char *key, const struct record *r)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	if (r == NULL)
		return;
	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	set_text(o, key, hex);
}

static json_t *
body_json(const struct casefile *c, const struct record *r)
{
	json_t *o = json_copy(r->body);

	for (const struct field *f = r->kind != NULL ? r->kind->fields : NULL;
	    f != NULL && f->name != NULL; f++)
		if (record_untold(c, r, f->name))
			(void)json_object_del(o, f->name);
	return o;
}

static json_t *
record_json(const struct store *s, const struct casefile *c,
    const struct record *r)
{
	json_t *o = json_object();
	char on[SPAN_TEXT_MAX];
	struct str why;

	span_format(&r->entry.on, on);
	set_id(o, "id", r);
	set_text(o, "kind", r->entry.kind);
	set_text(o, "author", roster_name(store_roster(s), &r->entry.author));
	set_moment(o, "at", r->entry.at);
	set_text(o, "on", on);
	set_text(o, "validity", validity_name(r->validity));
	str_init(&why);
	if (record_uncounted(r, &why))
		set_text(o, "not_counted", why.s);
	str_release(&why);
	set_bool(o, "stands", record_stands(r));
	set_id(o, "struck_by", r->struck_by);
	set_id(o, "replaced_by", r->replaced_by);
	if (r->body != NULL)
		(void)json_object_set_new(o, "body", body_json(c, r));
	return o;
}

static json_t *
answers_json(const struct instrument *in, const struct answers *a)
{
	json_t *o = json_object();
	size_t i;

	for (i = 0; i < in->nitems; i++)
		set_text(o, in->items[i].id,
		    answer_name(answers_get(a, (unsigned)i)));
	return o;
}

static json_t *
rules_json(const struct instrument *in, const struct screening *sc)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < sc->nfired; i++) {
		const struct rule *r = &in->rules[sc->fired[i]];
		json_t *o = json_object();

		set_text(o, "id", r->id);
		set_text(o, "because", r->because);
		set_text(o, "source", r->source);
		(void)json_array_append_new(list, o);
	}
	return list;
}

/* The same shape as in `hearken screen --format json`. */
static json_t *
changes_json(const struct instrument *in, const struct screening *sc)
{
	json_t *list = json_array();
	size_t i, k;

	for (i = 0; i < sc->nchanges; i++) {
		const struct change *ch = &sc->changes[i];
		json_t *o = json_object(), *from = json_array();

		set_text(o, "to", screen_level_id(in, ch->level));
		set_count(o, "answers", ch->n + (ch->age ? 1 : 0));
		for (k = 0; k < in->nitems; k++)
			if (itemset_has(&ch->from, (unsigned)k))
				(void)json_array_append_new(from,
				    json_string(in->items[k].id));
		if (ch->age)
			(void)json_array_append_new(from, json_string("age"));
		(void)json_object_set_new(o, "from", from);
		(void)json_array_append_new(list, o);
	}
	return list;
}

static json_t *
screening_json(const struct instrument *in, const struct casefile *c,
    int32_t today)
{
	json_t *o = json_object();
	struct screening sc;
	struct answers a;

	casefile_answers(c, in, today, &a);
	screen_run(in, &a, &sc);
	set_text(o, "instrument", in->id);
	set_text(o, "level", screen_level_id(in, sc.level));
	set_text(o, "could_be", screen_level_id(in, sc.could_be));
	set_count(o, "vulnerabilities", sc.vulnerabilities);
	set_count(o, "signs", sc.signs);
	set_count(o, "not_known", sc.not_known);
	set_count(o, "not_asked", sc.not_asked);
	set_count(o, "suspected", sc.suspected);
	set_count(o, "listed", sc.listed);
	(void)json_object_set_new(o, "rules", rules_json(in, &sc));
	(void)json_object_set_new(o, "change", changes_json(in, &sc));
	(void)json_object_set_new(o, "answers", answers_json(in, &a));
	return o;
}

json_t *
case_json(const struct store *s, const struct casefile *c, int32_t today)
{
	json_t *o = json_object(), *entries = json_array();
	const char *why;
	size_t i;

	set_classification(o, paper_classification(c));
	set_text(o, "reference", c->reference);
	set_text(o, "name", c->name);
	set_day(o, "born", c->birth);
	set_moment(o, "due", casefile_next_due(c, &why));
	set_text(o, "due_why", why);
	(void)json_object_set_new(o, "screening",
	    screening_json(store_default_instrument(s), c, today));
	for (i = 0; i < c->nrecords; i++)
		(void)json_array_append_new(entries,
		    record_json(s, c, c->records[i]));
	(void)json_object_set_new(o, "entries", entries);
	return o;
}

json_t *
records_json(const struct store *s, const struct casefile *c,
    const struct record *const *records, size_t n)
{
	json_t *o = json_object(), *entries = json_array();

	set_classification(o, paper_classification(c));
	set_text(o, "reference", c->reference);
	set_text(o, "name", c->name);
	for (size_t i = 0; i < n; i++)
		(void)json_array_append_new(entries,
		    record_json(s, c, records[i]));
	(void)json_object_set_new(o, "entries", entries);
	return o;
}
