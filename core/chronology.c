/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/chronology.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/xalloc.h"

#define MINUTE_MS INT64_C(60000)

/* ---- the day it speaks of ---- */

/* A kind that asks for no date may still have to say a moment. */
static const struct field *
moment_field(const struct kind *k)
{
	const struct field *f;

	if (k == NULL || k->on_label != NULL)
		return NULL;
	for (f = k->fields; f->name != NULL; f++)
		if (f->type == FIELD_MOMENT && (f->flags & FIELD_REQUIRED))
			return f;
	return NULL;
}

static bool
take_moment(struct chronology_row *row, int64_t at)
{
	int32_t day = moment_day(at);

	row->on = span_of_day(day);
	row->minute = (int)((at - moment_of_day(day)) / MINUTE_MS);
	return day != DAY_NONE;
}

struct chronology_row
chronology_row_of(const struct record *r)
{
	struct chronology_row row = {r, r->entry.on, -1, false};
	const struct field *f;
	int64_t at;

	if (!span_is_none(&row.on))
		return row;
	f = moment_field(r->kind);
	if (f != NULL && moment_parse(record_text(r, f->name), &at, NULL) ==
	    RC_OK && take_moment(&row, at))
		return row;
	(void)take_moment(&row, r->entry.at);
	row.written = true;
	return row;
}

/* ---- the line of time ---- */

struct keyed {
	int64_t key;
	size_t i;
};

static int
by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->i > y->i) - (x->i < y->i);
}

/* Two thousand minutes a day leave room for the one that is not known. */
static int64_t
key_of(const struct chronology_row *row)
{
	return (int64_t)row->on.first * 2000 + row->minute + 1;
}

void
chronology_make(const struct casefile *c, struct chronology *out)
{
	struct chronology_row *all = xcalloc(c->nrecords, sizeof(*all));
	struct keyed *keys = xcalloc(c->nrecords, sizeof(*keys));
	size_t i;

	out->n = c->nrecords;
	out->rows = xcalloc(c->nrecords, sizeof(*out->rows));
	for (i = 0; i < out->n; i++) {
		all[i] = chronology_row_of(c->records[i]);
		keys[i] = (struct keyed){key_of(&all[i]), i};
	}
	qsort(keys, out->n, sizeof(*keys), by_key);
	for (i = 0; i < out->n; i++)
		out->rows[i] = all[keys[i].i];
	free(keys);
	free(all);
}

void
chronology_release(struct chronology *t)
{
	free(t->rows);
	memset(t, 0, sizeof(*t));
}

const char *
chronology_state(const struct record *r)
{
	if (r->struck_by != NULL)
		return "struck";
	if (r->replaced_by != NULL)
		return "replaced";
	return r->validity == RECORD_VALID ? "" : "not counted";
}

/* ---- its words ---- */

void
chronology_when(const struct chronology_row *row,
    char out[CHRONOLOGY_WHEN_MAX])
{
	struct civil c = day_to_civil(row->on.first);
	const char *more = row->on.to != SPAN_NONE ? ".." : "";
	const char *open = row->written ? "(" : "";
	const char *shut = row->written ? ")" : "";

	if (row->on.from == SPAN_YEAR)
		(void)snprintf(out, CHRONOLOGY_WHEN_MAX, "%d%s",
		    c.year % 10000, more);
	else if (row->on.from == SPAN_MONTH)
		(void)snprintf(out, CHRONOLOGY_WHEN_MAX, "%.3s %d%s",
		    month_name(c.month), c.year % 10000, more);
	else
		(void)snprintf(out, CHRONOLOGY_WHEN_MAX, "%s%d %.3s %d%s%s",
		    open, c.day % 100, month_name(c.month), c.year % 10000,
		    more, shut);
}

bool
chronology_state_said(const struct record *r)
{
	return r->struck_by == NULL && r->replaced_by == NULL &&
	    r->validity != RECORD_VALID;
}

/* What was observed does not stand among the fields of a form. */
static void
indicator_words(const struct reading *g, const struct record *r,
    const json_t *body, struct str *out)
{
	const struct field *f = kind_field(r->kind, "indicator");

	if (f == NULL || (f->flags & FIELD_HIDDEN) == 0)
		return;
	record_field_words(g, f, json_object_get(body, f->name), out);
	str_add(out, ". ");
}

void
chronology_what(const struct reading *g, const struct record *r,
    const json_t *body, struct str *out)
{
	const char *state = chronology_state(r);
	struct str words;

	if (*state != '\0' && !chronology_state_said(r))
		str_add_fmt(out, "[%s] ", state);
	if (record_uncounted(r, out))
		str_add_char(out, ' ');
	if (r->kind == NULL || body == NULL)
		return;
	indicator_words(g, r, body, out);
	str_init(&words);
	record_summary(g, r, body, &words);
	str_add(out, words.s);
	str_release(&words);
}

/* ---- who is named ---- */

/*
 * What fields are called that name somebody, in every kind.  A new kind that
 * calls its fields so needs nothing here.
 */
static const struct {
	const char *field;
	enum naming what;
} namings[] = {
	{"agency", NAMES_AGENCY}, {"service", NAMES_AGENCY},
	{"responder", NAMES_AGENCY}, {"authority", NAMES_AGENCY},
	{"organisation", NAMES_AGENCY},
	{"source", NAMES_PERSON}, {"who", NAMES_PERSON},
	{"by", NAMES_PERSON}, {"owner", NAMES_PERSON},
	{"name", NAMES_PERSON}, {"known_as", NAMES_PERSON},
	{"reported_by", NAMES_PERSON}, {"agreed_by", NAMES_PERSON},
	{"asked_by", NAMES_PERSON}, {"with", NAMES_PERSON},
	{"to", NAMES_PERSON}, {"decider", NAMES_PERSON},
	{"contact", NAMES_PERSON}, {"officer", NAMES_PERSON},
};

enum naming
field_names(const struct field *f)
{
	size_t i;

	/* A text tells of many things; the filter by words reaches it. */
	if ((f->flags & FIELD_HIDDEN) != 0 ||
	    (f->type != FIELD_LINE && f->type != FIELD_LINES &&
	    f->type != FIELD_CODE))
		return NAMES_NOBODY;
	for (i = 0; i < sizeof(namings) / sizeof(namings[0]); i++)
		if (strcmp(namings[i].field, f->name) == 0)
			return namings[i].what;
	return NAMES_NOBODY;
}

static void
add_once(struct str *out, const char *words)
{
	if (words[0] == '\0' || strstr(out->s, words) != NULL)
		return;
	str_add_fmt(out, "%s%s", out->len > 0 ? "; " : "", words);
}

void
record_names(const struct reading *g, const struct record *r,
    enum naming what, struct str *out)
{
	const struct field *f;
	struct str words;

	if (r->kind == NULL || r->body == NULL)
		return;
	str_init(&words);
	for (f = r->kind->fields; f->name != NULL; f++) {
		if (field_names(f) != what)
			continue;
		str_clear(&words);
		record_field_words(g, f, json_object_get(r->body, f->name),
		    &words);
		add_once(out, words.s);
	}
	str_release(&words);
}
