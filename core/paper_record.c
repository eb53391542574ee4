/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entry on paper, and what was written to it.
 */
#include "config.h"

#include "core/paper_case.h"
#include "core/recordwords.h"

#include <string.h>

static void
add_field(struct paper *p, const struct reading *g, const struct record *r,
    const struct field *f)
{
	struct str words;

	str_init(&words);
	record_field_words(g, f, json_object_get(r->body, f->name), &words);
	paper_field(p, f->label, words.s);
	str_release(&words);
}

static void
add_uncounted(struct paper *p, const struct record *r)
{
	struct str why;

	str_init(&why);
	if (record_uncounted(r, &why))
		paper_add(p, PAPER_NOTICE, why.s);
	str_release(&why);
}

void
paper_fields(struct paper *p, const struct reading *g, const struct record *r)
{
	add_uncounted(p, r);
	if (r->kind == NULL || r->body == NULL)
		return;
	for (const struct field *f = r->kind->fields; f->name != NULL; f++)
		if (field_is_for_people(f))
			add_field(p, g, r, f);
}

static const char *
author_of(const struct reading *g, const struct record *r)
{
	return g->roster != NULL ? roster_name(g->roster, &r->entry.author) :
	    "unknown author";
}

void
paper_author(struct paper *p, const struct reading *g, const struct record *r)
{
	char when[SPAN_WORDS_MAX];

	moment_words(r->entry.at, when);
	paper_addf(p, PAPER_SMALL, "Written by %s, %s.", author_of(g, r),
	    when);
	if (r->struck_by != NULL) {
		moment_words(r->struck_by->entry.at, when);
		paper_addf(p, PAPER_NOTICE, "Struck by %s, %s: %s",
		    author_of(g, r->struck_by), when,
		    record_text(r->struck_by, "reason"));
	}
	if (r->replaced_by != NULL) {
		moment_words(r->replaced_by->entry.at, when);
		paper_addf(p, PAPER_NOTICE, "Replaced: a later version of %s "
		    "takes its place.", when);
	}
}

void
paper_record(struct paper *p, const struct reading *g, const struct record *r)
{
	struct str title;

	str_init(&title);
	record_title(r, NULL, &title);
	if (r->struck_by != NULL)
		str_add(&title, " [STRUCK]");
	if (r->replaced_by != NULL)
		str_add(&title, " [replaced]");
	paper_add(p, PAPER_SUBHEADING, title.s);
	str_release(&title);
	paper_fields(p, g, r);
	paper_author(p, g, r);
}

/* ---- one entry ---- */

/*
 * What another service needs to know whom it is about.  Orientation, plan
 * and flags are not among it: they are for the entry to say where it must.
 */
static const char *const for_others[] = {
	"name", "known_as", "birth", "age_about", "age_disputed", "sex",
	"disability", "languages", "interpreter", "school", "area", "nhs",
	"upn", "la_id", "nrm_reference"
};

static void
add_person(struct paper *p, const struct reading *g)
{
	const struct record *r = g->c->identity;

	paper_add(p, PAPER_HEADING, "The young person");
	if (r == NULL || r->kind == NULL) {
		paper_add(p, PAPER_TEXT, "Who they are is not recorded.");
		return;
	}
	for (size_t i = 0; i < sizeof(for_others) / sizeof(for_others[0]);
	    i++) {
		const struct field *f = kind_field(r->kind, for_others[i]);

		if (f != NULL)
			add_field(p, g, r, f);
	}
}

static bool
is_of_child(const struct record *r, const struct field *f)
{
	return strcmp(r->entry.kind, "referral") == 0 &&
	    strcmp(f->name, "words") == 0;
}

static void
add_own_words(struct paper *p, const struct record *r)
{
	const struct field *f = r->kind != NULL ? kind_field(r->kind,
	    "words") : NULL;

	if (f == NULL || !is_of_child(r, f))
		return;
	paper_add(p, PAPER_HEADING, f->label);
	paper_add(p, PAPER_TEXT, record_text(r, f->name));
}

static void
add_all(struct paper *p, const struct reading *g, const struct record *r)
{
	struct str title;

	str_init(&title);
	record_title(r, NULL, &title);
	paper_add(p, PAPER_HEADING, title.s);
	str_release(&title);
	add_uncounted(p, r);
	if (r->kind == NULL || r->body == NULL)
		return;
	for (const struct field *f = r->kind->fields; f->name != NULL; f++)
		if (field_is_for_people(f) && !is_of_child(r, f))
			add_field(p, g, r, f);
	if (*record_text(r, "level") != '\0')
		paper_add(p, PAPER_NOTICE, PAPER_SCREENING_AID);
}

bool
record_belongs(const struct record *a, const struct record *r)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	if (a == r || a->kind == NULL || a->body == NULL ||
	    strcmp(a->entry.kind, "strike") == 0)
		return false;
	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	for (const struct field *f = a->kind->fields; f->name != NULL; f++)
		if (f->type == FIELD_ENTRY &&
		    strcmp(record_text(a, f->name), hex) == 0)
			return true;
	return false;
}

static void
add_steps(struct paper *p, const struct reading *g, const struct record *r)
{
	bool any = false;

	for (size_t i = 0; i < g->c->nrecords; i++) {
		const struct record *a = g->c->records[i];

		if (!record_stands(a) || !record_belongs(a, r))
			continue;
		if (!any)
			paper_add(p, PAPER_HEADING, "What was written to it");
		any = true;
		paper_record(p, g, a);
	}
}

void
paper_entry(struct paper *p, const struct reading *g, const struct record *r,
    const char *made)
{
	paper_init(p, r->kind != NULL ? r->kind->label : r->entry.kind,
	    g->c->reference, paper_classification(g->c), made);
	add_person(p, g);
	add_own_words(p, r);
	add_all(p, g, r);
	paper_author(p, g, r);
	add_steps(p, g, r);
}
