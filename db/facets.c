/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the filter asks of a case beyond its figures, as one line of words,
 * each with what it is a word of: " kind=note area=ashby is=closed ".  A new
 * question is one line of the table below and one of core/query.c.
 */
#include "config.h"

#include <string.h>

#include "db/impl.h"

/* Fields whose words are kept, and under which name. */
static const struct {
	const char *kind;	/* NULL: any */
	const char *field, *facet;
} kept[] = {
	{NULL, "area", "area"},
	{"address", "authority", "area"},
	{"identity", "school", "school"},
	{"observation", "agency", "agency"},
	{"associate", "name", "with"},
	{"person-of-concern", "name", "with"},
};

static void
add_facet(struct str *out, const char *facet, const char *word, size_t n)
{
	struct str one;

	str_init(&one);
	str_add_char(&one, ' ');
	str_add(&one, facet);
	str_add_char(&one, '=');
	str_add_n(&one, word, n);
	str_add_char(&one, ' ');
	if (strstr(out->s, one.s) == NULL)
		str_add(out, one.s + 1);
	str_release(&one);
}

static void
add_words(struct str *out, const char *facet, const char *text)
{
	struct str words;
	size_t n;

	if (*text == '\0')
		return;
	str_init(&words);
	words_of_text(&words, text);
	for (const char *p = words.s; *p != '\0'; p += n + 1) {
		n = strcspn(p, " ");
		add_facet(out, facet, p, n);
	}
	str_release(&words);
}

static void
add_record(struct str *out, const struct record *r)
{
	const char *kind = r->entry.kind;

	add_facet(out, "kind", kind, strlen(kind));
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (kept[i].kind == NULL || strcmp(kept[i].kind, kind) == 0)
			add_words(out, kept[i].facet, record_text(r,
			    kept[i].field));
}

static void
add_state(struct str *out, const char *name)
{
	add_facet(out, "is", name, strlen(name));
}

/* What happened at a moment is listed for a year, and then no more. */
static void
add_for_a_year(struct str *out, const char *name, int64_t at, int32_t today,
    int32_t *next)
{
	int32_t until = day_add_months(moment_day(at), 12);

	if (today >= until)
		return;
	add_state(out, name);
	if (until < *next)
		*next = until;
}

void
facets_make(const struct casefile *c, const struct oversight *o,
    int32_t today, struct str *out, int32_t *next)
{
	str_add_char(out, ' ');
	if (c->closed != NULL) {
		add_state(out, "closed");
		add_for_a_year(out, "closed-lately", c->closed->entry.at,
		    today, next);
	}
	if (o->flag != NULL)
		add_state(out, "flagged");
	if (o->returned != NULL)
		add_state(out, "returned");
	if (o->downgraded != INT64_MIN)
		add_for_a_year(out, "downgraded", o->downgraded, today, next);
	for (size_t i = 0; i < c->nrecords; i++)
		if (record_stands(c->records[i]))
			add_record(out, c->records[i]);
}
