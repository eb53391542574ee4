/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/recordwords.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/screen.h"

/* A name out of another store: only what names of kinds are made of. */
static void
kind_words(const char *kind, struct str *out)
{
	for (; *kind != '\0'; kind++)
		str_add_char(out, (*kind >= 'a' && *kind <= 'z') ||
		    (*kind >= '0' && *kind <= '9') || *kind == '-' ? *kind :
		    '?');
}

void
record_title(const struct record *r, const struct span *on, struct str *out)
{
	struct span day = on != NULL ? *on : r->entry.on;
	char words[SPAN_WORDS_MAX];

	if (r->kind != NULL)
		str_add(out, r->kind->label);
	else
		kind_words(r->entry.kind, out);
	if (span_is_none(&day) && on == NULL)
		day = span_of_day(moment_day(r->entry.at));
	span_words(&day, words);
	if (words[0] != '\0')
		str_add_fmt(out, ", %s", words);
}

bool
record_uncounted(const struct record *r, struct str *out)
{
	switch (r->validity) {
	case RECORD_VALID:
		return false;
	case RECORD_NO_ROLE:
		str_add(out, "Not counted: its author had no right to write "
		    "it then.");
		return true;
	case RECORD_BAD_BODY:
		str_add(out, "Not counted: it does not fit its kind; kept as "
		    "it came.");
		return true;
	case RECORD_DISPOSED:
		str_add(out, "Its text was disposed of.");
		return true;
	case RECORD_UNKNOWN_KIND:
		break;
	}
	str_add(out, "An entry of a newer version (kind \"");
	kind_words(r->entry.kind, out);
	str_add(out, "\"), kept sealed; update Hearken to read it.");
	return true;
}

/* A limit in days ends at midnight: that is the end of the day before. */
void
due_by_words(int64_t due, struct str *out)
{
	int32_t day = moment_day(due);
	char words[SPAN_WORDS_MAX];
	struct span before;

	if (moment_of_day(day) == due) {
		before = span_of_day(day - 1);
		span_words(&before, words);
		str_add_fmt(out, "by the end of %s", words);
	} else {
		moment_words(due, words);
		str_add_fmt(out, "by %s", words);
	}
}

/* ---- one field ---- */

static void
level_words(const struct reading *g, const char *id, struct str *out)
{
	unsigned level = screen_level_from_id(g->in, id);

	str_add(out, level == NO_ITEM ? id :
	    screen_level_label(g->in, level));
}

static bool
is_level(const struct field *f)
{
	static const char *const names[] = {
		"level", "could_be", "judgement", "asked_level",
		"rules_level"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(f->name, names[i]) == 0)
			return f->type == FIELD_LINE;
	return false;
}

bool
field_is_for_people(const struct field *f)
{
	static const char *const names[] = {
		"replaces", "over", "hash", "keys", "bundle", "saw"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(f->name, names[i]) == 0)
			return false;
	return true;
}

/* A moment that the program counted; any other is when something was. */
bool
field_is_deadline(const struct field *f)
{
	return f->type == FIELD_MOMENT && (f->flags & FIELD_HIDDEN) != 0;
}

static void
date_words(const struct field *f, const char *s, struct str *out)
{
	char words[SPAN_WORDS_MAX];
	struct span span;
	int64_t at;

	if (f->type == FIELD_MOMENT) {
		if (moment_parse(s, &at, NULL) != RC_OK)
			return;
		if (!field_is_deadline(f)) {
			moment_words(at, words);
			str_add(out, words);
		} else {
			size_t from = out->len;

			/* The label says "by" already. */
			due_by_words(at, out);
			str_splice(out, from, strlen("by "), "", 0);
		}
		return;
	}
	if (span_parse(s, &span, NULL) != RC_OK) {
		str_add(out, s);
		return;
	}
	span_words(&span, words);
	str_add(out, words);
}

static void
target_words(const struct reading *g, const char *hex, struct str *out)
{
	const struct record *r = NULL;
	struct entry_id id;

	if (hex_parse(hex, id.b, ENTRY_ID_LEN))
		r = casefile_find(g->c, &id);
	if (r != NULL)
		record_title(r, NULL, out);
	else
		str_add_fmt(out, "an entry that is not here (%.12s)", hex);
}

/* "B12 Poor mental health"; the id alone if the checklist lacks it. */
static void
indicator_words(const struct reading *g, const char *id, struct str *out)
{
	uint32_t item = instrument_item(g->in, id, strlen(id));

	str_add(out, id);
	if (item != NO_ITEM)
		str_add_fmt(out, " %s", g->in->items[item].label);
}

static void
string_words(const struct reading *g, const struct field *f, const char *s,
    struct str *out)
{
	const char *label;

	if (f->type == FIELD_CODE) {
		label = code_label(f->codes, s);
		str_add(out, label != NULL ? label : s);
	} else if (f->type == FIELD_DAY || f->type == FIELD_SPAN ||
	    f->type == FIELD_MOMENT) {
		date_words(f, s, out);
	} else if (f->type == FIELD_ENTRY || strcmp(f->name, "second") == 0) {
		target_words(g, s, out);
	} else if (is_level(f)) {
		level_words(g, s, out);
	} else if (strcmp(f->name, "indicator") == 0) {
		indicator_words(g, s, out);
	} else {
		str_add(out, s);
	}
}

static void
answers_words(const json_t *value, struct str *out)
{
	static const char *const states[] = {
		"present", "suspected", "absent", "not known"
	};
	const char *key, *before;
	json_t *copy = json_deep_copy(value), *v;
	size_t i;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		before = out->len > 0 ? "\n" : "";
		json_object_foreach(copy, key, v) {
			/* One that does not fit its kind may hold anything. */
			if (!json_is_string(v) || strcmp(json_string_value(v),
			    states[i]) != 0)
				continue;
			if (before != NULL)
				str_add_fmt(out, "%s%s:", before, states[i]);
			str_add_fmt(out, " %s", key);
			before = NULL;
		}
	}
	json_decref(copy);
}

static void
add_if(struct str *out, const json_t *o, const char *field, const char *sep)
{
	const char *s = json_string_value(json_object_get(o, field));

	if (s != NULL && *s != '\0')
		str_add_fmt(out, "%s%s", sep, s);
}

/* An indicator carried over; any other record by its texts. */
static void
record_words(const json_t *o, struct str *out)
{
	const char *on = json_string_value(json_object_get(o, "on"));
	char words[SPAN_WORDS_MAX];
	struct span span;

	add_if(out, o, "indicator", "- ");
	add_if(out, o, "label", " ");
	add_if(out, o, "state", ": ");
	if (on != NULL && span_parse(on, &span, NULL) == RC_OK) {
		span_words(&span, words);
		str_add_fmt(out, ", %s", words);
	}
	add_if(out, o, "agency", ", ");
	add_if(out, o, "source", ", ");
	add_if(out, o, "evidence", ": ");
}

/* "Online, Trafficking" */
static void
codes_words(const struct field *f, const json_t *value, struct str *out)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *id = json_string_value(json_array_get(value, i));
		const char *label = id != NULL ? code_label(f->codes, id) :
		    NULL;

		str_add_fmt(out, "%s%s", i > 0 ? ", " : "",
		    label != NULL ? label : id != NULL ? id : "?");
	}
}

/* Those a case is restricted to are kept by their keys, and read by name. */
static void
people_words(const struct reading *g, const json_t *value, struct str *out)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *hex = json_string_value(json_array_get(value, i));
		struct author_id key;
		bool known = hex != NULL && g->roster != NULL &&
		    hex_parse(hex, key.b, sizeof(key.b));

		str_add_fmt(out, "%s- %s", i > 0 ? "\n" : "", known ?
		    roster_name(g->roster, &key) : "somebody");
	}
}

static void
array_words(const json_t *value, struct str *out)
{
	size_t i;

	for (i = 0; i < json_array_size(value); i++) {
		const json_t *v = json_array_get(value, i);

		if (i > 0)
			str_add(out, "\n");
		if (json_is_string(v))
			str_add_fmt(out, "- %s", json_string_value(v));
		else if (json_is_object(v))
			record_words(v, out);
	}
}

void
record_field_words(const struct reading *g, const struct field *f,
    const json_t *value, struct str *out)
{
	if (json_is_string(value))
		string_words(g, f, json_string_value(value), out);
	else if (json_is_integer(value))
		str_add_fmt(out, "%lld", (long long)json_integer_value(value));
	else if (json_is_boolean(value))
		str_add(out, json_is_true(value) ? "yes" : "no");
	else if (f->type == FIELD_ANSWERS && json_is_object(value))
		answers_words(value, out);
	else if (f->type == FIELD_CODES)
		codes_words(f, value, out);
	else if (strcmp(f->name, "people") == 0)
		people_words(g, value, out);
	else if (json_is_array(value))
		array_words(value, out);
}

/* ---- one line ---- */

/* Each field after its label, until out is longer than most. */
static void
fields_in_a_row(const struct reading *g, const struct record *r,
    const json_t *body, size_t most, struct str *out)
{
	const struct field *f;
	struct str words;

	if (r->kind == NULL || body == NULL)
		return;
	str_init(&words);
	for (f = r->kind->fields; f->name != NULL; f++) {
		if ((f->flags & FIELD_HIDDEN) != 0)
			continue;
		str_clear(&words);
		record_field_words(g, f, json_object_get(body, f->name),
		    &words);
		if (words.len == 0)
			continue;
		if (out->len > 0)
			str_add(out, strchr(".!?", out->s[out->len - 1]) !=
			    NULL ? " " : ". ");
		str_add_fmt(out, "%s: %s", f->label, words.s);
		if (out->len > most)
			break;
	}
	str_release(&words);
}

void
record_summary(const struct reading *g, const struct record *r,
    const json_t *body, struct str *out)
{
	fields_in_a_row(g, r, body, 300, out);
}

void
record_whole(const struct reading *g, const struct record *r,
    const json_t *body, struct str *out)
{
	fields_in_a_row(g, r, body, SIZE_MAX, out);
}
