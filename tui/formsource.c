/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/formsource.h"

#include <stdio.h>
#include <string.h>

#include "core/childage.h"
#include "core/doubts.h"
#include "core/ident.h"
#include "core/recordwords.h"
#include "tui/entryclock.h"
#include "tui/entrywords.h"
#include "tui/firstbody.h"

void
formsource_init(struct formsource *s, const struct casework *w,
    const char *kind, const struct record *r)
{
	*s = (struct formsource){.w = w, .kind = kind};
	versions_init(&s->of);
	if (strcmp(kind, "identity") == 0)
		versions_of_child(&w->signed_, &s->of);
	else if (r != NULL)
		versions_of(&w->signed_, r, &s->of);
}

void
formsource_release(struct formsource *s)
{
	versions_release(&s->of);
}

json_t *
formsource_replaces(const struct formsource *s)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	json_t *list;

	if (s->of.n == 0)
		return NULL;
	list = json_array();
	for (size_t i = 0; i < s->of.n; i++) {
		hex_format(s->of.v[i]->entry.id.b, ENTRY_ID_LEN, hex);
		(void)json_array_append_new(list, json_string(hex));
	}
	return list;
}

/* What any of them says; where they differ the form asks. */
static json_t *
together(const struct formsource *s)
{
	json_t *body = json_object();

	for (size_t i = s->of.n; i-- > 0;) {
		const char *key;
		json_t *value, *copy = json_deep_copy(s->of.v[i]->body);

		json_object_foreach(copy, key, value)
			if (field_has_value(value))
				(void)json_object_set(body, key, value);
		json_decref(copy);
	}
	(void)json_object_set_new(body, "replaces", formsource_replaces(s));
	return body;
}

json_t *
formsource_body(const struct formsource *s)
{
	return s->of.n > 0 ? together(s) : first_body(s->w, s->kind);
}

/* A date that says how things stood is today's in a new version, too. */
static bool
is_as_of(const char *kind)
{
	return strcmp(kind, "associate") == 0 || strcmp(kind, "model") == 0;
}

void
formsource_on(const struct formsource *s, char on[SPAN_TEXT_MAX])
{
	on[0] = '\0';
	if (kind_find(s->kind)->on_label == NULL)
		return;
	if (s->of.n > 0 && !is_as_of(s->kind) &&
	    !span_is_none(&s->of.v[0]->entry.on))
		span_format(&s->of.v[0]->entry.on, on);
	else
		day_format(s->w->today, on);
}

/* ---- values side by side ---- */

static void
who_words(const struct casework *w, const struct record *r, struct str *out)
{
	char when[SPAN_WORDS_MAX];

	moment_words(r->entry.at, when);
	str_add_fmt(out, " (%s, %s)", casework_author(w, r), when);
}

static bool
same_span(const struct span *a, const struct span *b)
{
	return a->first == b->first && a->last == b->last;
}

/* Each date that another of them has, once. */
static bool
rival_date(const struct formsource *s, size_t i, json_t **value,
    struct str *words)
{
	char text[SPAN_TEXT_MAX], said[SPAN_WORDS_MAX];
	size_t seen = 0;

	if (is_as_of(s->kind))
		return false;
	for (size_t j = 0; j < s->of.n; j++) {
		const struct record *r = s->of.v[j];
		bool before = span_is_none(&r->entry.on);

		for (size_t k = 0; k < j && !before; k++)
			before = same_span(&s->of.v[k]->entry.on,
			    &r->entry.on);
		if (before || seen++ < i)
			continue;
		span_format(&r->entry.on, text);
		span_words(&r->entry.on, said);
		*value = json_string(text);
		str_add(words, said);
		who_words(s->w, r, words);
		return true;
	}
	return false;
}

bool
formsource_rival(const struct formsource *s, const struct field *f, size_t i,
    json_t **value, struct str *words)
{
	struct versions held;
	bool there;

	if (s->of.n < 2)
		return false;
	if (f == NULL)
		return rival_date(s, i, value, words);
	versions_init(&held);
	versions_values(&s->of, f, &held);
	there = i < held.n;
	if (there) {
		*value = json_incref(json_object_get(held.v[i]->body,
		    f->name));
		entry_field_words(s->w, f, *value, words);
		who_words(s->w, held.v[i], words);
	}
	versions_release(&held);
	return there;
}

/* ---- what is said of a field ---- */

static void PRINTF_LIKE(3, 4)
say(struct form_look *out, enum form_say how, const char *fmt, ...)
{
	va_list ap;

	out->say = how;
	va_start(ap, fmt);
	(void)vsnprintf(out->text, sizeof(out->text), fmt, ap);
	va_end(ap);
}

static void
look_nhs(const char *text, struct form_look *out)
{
	char grouped[NHS_TEXT_MAX];
	struct err e;

	if (nhs_check(text, grouped, &e) == RC_OK)
		say(out, FORM_CALM, "%s: the check digit fits.", grouped);
	else
		say(out, FORM_FAULT, "%.300s", e.text);
}

static void
look_upn(const char *text, struct form_look *out)
{
	struct upn upn;
	struct err e;

	if (upn_check(text, &upn, &e) == RC_OK)
		say(out, FORM_CALM, "%s: the check letter fits.%s", upn.text,
		    upn.temporary ? " A temporary number." : "");
	else
		say(out, FORM_FAULT, "%.300s", e.text);
}

static void
look_la(const char *text, struct form_look *out)
{
	struct err e;

	if (la_id_check(text, &e) != RC_OK)
		say(out, FORM_FAULT, "%.300s", e.text);
}

static void
look_nrm(const char *text, struct form_look *out)
{
	struct err e;

	if (nrm_reference_check(text, &e) != RC_OK)
		say(out, FORM_FAULT, "%.300s", e.text);
	else if (!nrm_reference_is_usual(text))
		say(out, FORM_HINT, "Not the usual shape; it is kept as it "
		    "is typed.");
}

static void
look_orientation(const struct child_age *age, struct form_look *out)
{
	if (age_too_young(age))
		say(out, FORM_CLOSED, "Not asked before %d: they are %s%d. "
		    "It is never inferred.", ORIENTATION_AGE,
		    age->by_birth < 0 ? "about " : "", age->years);
	else if (age->years < 0)
		say(out, FORM_HINT, "Their age is not known: leave it empty "
		    "unless they are %d or older and say it themselves.",
		    ORIENTATION_AGE);
	else if (age->unsure)
		say(out, FORM_HINT, "Their age is not certain: leave it "
		    "empty unless they say it themselves.");
}

static void
look_about(const struct child_age *age, struct form_look *out)
{
	if (age_is_apart(age))
		say(out, FORM_HINT, "The date of birth says %d. The younger "
		    "counts until one of them is put right.", age->by_birth);
	else if (age->about >= 0 && age->by_birth >= 0)
		say(out, FORM_CALM, "Fits the date of birth (%d).",
		    age->by_birth);
}

static void
look_birth(const struct child_age *age, int32_t today, const char *text,
    struct form_look *out)
{
	int32_t day;

	if (day_parse(text, &day, NULL) != RC_OK)
		return;
	if (day > today)
		say(out, FORM_FAULT, "this day is still to come");
	else if (age->disputed)
		say(out, FORM_HINT, "They are %d by this date; it is "
		    "disputed, so they are treated as a child.",
		    age->by_birth);
}

static void
look_identity(const struct casework *w, const struct field *f,
    const json_t *body, struct form_look *out)
{
	static const struct {
		const char *field;
		void (*look)(const char *text, struct form_look *out);
	} numbers[] = {
		{"nhs", look_nhs}, {"upn", look_upn}, {"la_id", look_la},
		{"nrm_reference", look_nrm},
	};
	const json_t *value = json_object_get(body, f->name);
	const char *text = json_string_value(value);
	struct child_age age;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (strcmp(f->name, numbers[i].field) == 0 &&
		    field_has_value(value))
			numbers[i].look(text, out);
	body_age(body, w->today, &age);
	if (strcmp(f->name, "orientation") == 0)
		look_orientation(&age, out);
	else if (strcmp(f->name, "age_about") == 0)
		look_about(&age, out);
	else if (strcmp(f->name, "birth") == 0 && text != NULL)
		look_birth(&age, w->today, text, out);
}

/* A message of a check belongs to the field whose label it begins with. */
static void
look_checked(const struct casework *w, const char *kind,
    const struct field *f, const json_t *body, struct form_look *out)
{
	size_t n = strlen(f->label);
	struct err e;

	if (casefile_check_draft(&w->now, kind, body, w->today, &e) == RC_OK)
		return;
	if (strncmp(e.text, f->label, n) == 0 && e.text[n] == ':')
		say(out, FORM_FAULT, "%.300s", e.text + n + 2);
}

/* Reasonable grounds: when the next decision may be made, at once. */
static void
look_decided(const struct casework *w, const json_t *body,
    struct form_look *out)
{
	json_t *copy = json_deep_copy(body);
	const char *after;
	struct str words;
	int64_t at;

	entryclock_put(w, "nrm", NULL, copy);
	after = json_string_value(json_object_get(copy, "conclusive_after"));
	str_init(&words);
	if (after != NULL && moment_parse(after, &at, NULL) == RC_OK) {
		due_by_words(at, &words);
		say(out, FORM_CALM, "The conclusive decision is not made "
		    "before %s.", words.s + strlen("by "));
	}
	str_release(&words);
	json_decref(copy);
}

static void
look_mechanism(const struct casework *w, const struct field *f,
    const json_t *body, struct form_look *out)
{
	const json_t *value = json_object_get(body, f->name);

	if (strcmp(f->name, "reference") == 0 && field_has_value(value))
		look_nrm(json_string_value(value), out);
	else if (strcmp(f->name, "decided") == 0)
		look_decided(w, body, out);
	else
		look_checked(w, "nrm", f, body, out);
}

void
formsource_look(const struct casework *w, const char *kind,
    const struct field *f, const json_t *body, struct form_look *out)
{
	if (f == NULL)
		return;
	if (strcmp(kind, "identity") == 0)
		look_identity(w, f, body, out);
	else if (strcmp(kind, "nrm") == 0)
		look_mechanism(w, f, body, out);
	else
		look_checked(w, kind, f, body, out);
}
