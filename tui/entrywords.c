/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/entrywords.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "tui/entrylink.h"
#include "tui/riskview.h"

/* The body as the person left it: of the pending entry, if it is one. */
static const json_t *
body_of(const struct casework *w, const struct record *r)
{
	size_t i = casework_pending_of(w, r);

	return i < w->pending.n ? w->pending.list[i].draft.body : r->body;
}

void
entry_title(const struct casework *w, const struct record *r,
    struct str *out)
{
	struct span on = casework_on(w, r);
	char words[SPAN_WORDS_MAX];

	str_add(out, r->kind != NULL ? r->kind->label : r->entry.kind);
	if (span_is_none(&on) && !casework_is_pending(w, r))
		on = span_of_day(moment_day(r->entry.at));
	span_words(&on, words);
	if (words[0] != '\0')
		str_add_fmt(out, ", %s", words);
}

/* ---- one field ---- */

static void
level_words(const struct casework *w, const char *id, struct str *out)
{
	unsigned level = screen_level_from_id(w->door.in, id);

	str_add(out, level == NO_ITEM ? id :
	    screen_level_label(w->door.in, level));
}

static bool
is_level(const struct field *f)
{
	static const char *const names[] = {
		"level", "could_be", "judgement", "asked_level"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(f->name, names[i]) == 0)
			return f->type == FIELD_LINE;
	return false;
}

/* A moment that the program counted; any other is when something was. */
static bool
is_deadline(const struct field *f)
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
		if (!is_deadline(f)) {
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
target_words(const struct casework *w, const char *hex, struct str *out)
{
	const struct record *r = NULL;
	struct entry_id id;

	if (hex_parse(hex, id.b, ENTRY_ID_LEN))
		r = casefile_find(&w->now, &id);
	if (r != NULL)
		entry_title(w, r, out);
	else
		str_add_fmt(out, "an entry that is not here (%.12s)", hex);
}

/* "B12 Poor mental health"; the id alone if the checklist lacks it. */
static void
indicator_words(const struct casework *w, const char *id, struct str *out)
{
	uint32_t item = instrument_item(w->door.in, id, strlen(id));

	str_add(out, id);
	if (item != NO_ITEM)
		str_add_fmt(out, " %s", w->door.in->items[item].label);
}

static void
string_words(const struct casework *w, const struct field *f, const char *s,
    struct str *out)
{
	const char *label;

	if (f->type == FIELD_CODE) {
		label = code_label(f->codes, s);
		str_add(out, label != NULL ? label : s);
	} else if (f->type == FIELD_DAY || f->type == FIELD_SPAN ||
	    f->type == FIELD_MOMENT) {
		date_words(f, s, out);
	} else if (f->type == FIELD_ENTRY) {
		target_words(w, s, out);
	} else if (is_level(f)) {
		level_words(w, s, out);
	} else if (strcmp(f->name, "indicator") == 0) {
		indicator_words(w, s, out);
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
			if (strcmp(json_string_value(v), states[i]) != 0)
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
entry_field_words(const struct casework *w, const struct field *f,
    const json_t *value, struct str *out)
{
	if (json_is_string(value))
		string_words(w, f, json_string_value(value), out);
	else if (json_is_integer(value))
		str_add_fmt(out, "%lld", (long long)json_integer_value(value));
	else if (json_is_boolean(value))
		str_add(out, json_is_true(value) ? "yes" : "no");
	else if (f->type == FIELD_ANSWERS && json_is_object(value))
		answers_words(value, out);
	else if (f->type == FIELD_CODES)
		codes_words(f, value, out);
	else if (json_is_array(value))
		array_words(value, out);
}

/* ---- one line ---- */

void
entry_summary(const struct casework *w, const struct record *r,
    struct str *out)
{
	const json_t *body = body_of(w, r);
	const struct field *f;
	struct str words;

	if (r->kind == NULL || body == NULL)
		return;
	str_init(&words);
	for (f = r->kind->fields; f->name != NULL; f++) {
		if ((f->flags & FIELD_HIDDEN) != 0)
			continue;
		str_clear(&words);
		entry_field_words(w, f, json_object_get(body, f->name),
		    &words);
		if (words.len == 0)
			continue;
		if (out->len > 0)
			str_add(out, strchr(".!?", out->s[out->len - 1]) !=
			    NULL ? " " : ". ");
		str_add_fmt(out, "%s: %s", f->label, words.s);
		if (out->len > 300)
			break;
	}
	str_release(&words);
}

/* ---- all of it ---- */

/* Deadlines stand first: they are what is looked for. */
static void
add_fields(const struct casework *w, const struct record *r, bool moments,
    struct lines *out)
{
	const struct line_look look = {.indent = 2, .style = STYLE_NORMAL};
	const json_t *body = body_of(w, r);
	const struct field *f;
	struct str words;

	str_init(&words);
	for (f = r->kind->fields; f->name != NULL; f++) {
		if (is_deadline(f) != moments)
			continue;
		str_clear(&words);
		entry_field_words(w, f, json_object_get(body, f->name),
		    &words);
		if (words.len == 0)
			continue;
		lines_plain(out, STYLE_LABEL, f->label);
		lines_add(out, &look, words.s);
	}
	str_release(&words);
}

static void
add_author(const struct casework *w, const struct record *r,
    struct lines *out)
{
	const struct line_look look = {.indent = 0, .style = STYLE_DIM};
	char when[SPAN_WORDS_MAX], hex[2 * ENTRY_ID_LEN + 1];

	lines_blank(out);
	if (casework_is_pending(w, r)) {
		lines_plain(out, STYLE_PENDING, "~ Not signed yet; $ signs.");
		return;
	}
	moment_words(r->entry.at, when);
	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	lines_addf(out, &look, "Signed by %s, %s. Entry %.12s.",
	    casework_author(w, r), when, hex);
	if (r->validity == RECORD_NO_ROLE)
		lines_plain(out, STYLE_WARNING, "Not counted: its author had "
		    "no right to write it then.");
	if (r->replaced_by != NULL)
		lines_plain(out, STYLE_WARNING, "A later version takes its "
		    "place.");
}

static void
add_struck(const struct casework *w, const struct record *r,
    struct lines *out)
{
	struct line_look look = {.indent = 2, .style = STYLE_WARNING,
	    .lead = "x", .lead_style = STYLE_STRUCK};
	char when[SPAN_WORDS_MAX];

	if (r->struck_by == NULL)
		return;
	moment_words(r->struck_by->entry.at, when);
	lines_addf(out, &look, "Struck by %s, %s: %s",
	    casework_author(w, r->struck_by), when,
	    casework_text(w, r->struck_by, "reason"));
}

bool
entry_has_step(const struct casework *w, const struct record *r)
{
	size_t i;

	for (i = 0; i < w->now.nrecords; i++)
		if (record_stands(w->now.records[i]) &&
		    link_joins(w->now.records[i], r))
			return true;
	return false;
}

static void
add_steps(const struct casework *w, const struct record *r,
    struct lines *out)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL,
	    .lead = "-", .lead_style = STYLE_NORMAL};
	struct str words;
	size_t i;

	if (!link_is_target(r))
		return;
	lines_blank(out);
	lines_plain(out, STYLE_HEADING, "What became of it (a adds a step)");
	for (i = 0; i < w->now.nrecords; i++) {
		if (!link_joins(w->now.records[i], r))
			continue;
		str_init(&words);
		entry_title(w, w->now.records[i], &words);
		str_add(&words, ". ");
		entry_summary(w, w->now.records[i], &words);
		look.style = w->now.records[i]->struck_by != NULL ?
		    STYLE_STRUCK : STYLE_NORMAL;
		look.lead = w->now.records[i]->struck_by != NULL ? "x" : "-";
		lines_add(out, &look, words.s);
		str_release(&words);
	}
}

void
entry_lines(const struct casework *w, const struct record *r,
    struct lines *out)
{
	struct str title;

	str_init(&title);
	entry_title(w, r, &title);
	lines_plain(out, r->struck_by != NULL ? STYLE_STRUCK : STYLE_TITLE,
	    title.s);
	str_release(&title);
	add_struck(w, r, out);
	lines_blank(out);
	if (r->body == NULL)
		lines_plain(out, STYLE_WARNING, "Its text has been disposed "
		    "of or cannot be read.");
	else if (r->kind == NULL)
		lines_plain(out, STYLE_WARNING, "A newer version wrote this "
		    "kind of entry. It is kept and not counted.");
	else {
		add_fields(w, r, true, out);
		add_fields(w, r, false, out);
	}
	add_steps(w, r, out);
	add_author(w, r, out);
}
