/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a casefile comes to as one line of the case list.
 */
#include "config.h"

#include <string.h>

#include "core/reference.h"
#include "db/impl.h"

#define AGES_THAT_MATTER 26	/* oldest age in scope: 25 */

static void
take_levels(const struct store *s, const struct casefile *c,
    struct list_line *l)
{
	const struct instrument *in = store_default_instrument(s);
	struct screening result;
	struct answers answers;

	if (in == NULL)
		return;
	casefile_answers(c, in, s->day, &answers);
	screen_judge(in, &answers, &result);
	l->level = result.level;
	l->could_be = result.could_be;
	l->vulnerabilities = result.vulnerabilities;
	l->signs = result.signs;
	l->not_known = result.not_known;
}

static int32_t
sooner(int32_t a, int32_t candidate, int32_t today)
{
	return candidate > today && candidate < a ? candidate : a;
}

static int32_t
next_birthday(int32_t birth, int32_t today)
{
	int age = day_age(birth, today);
	int32_t day;

	if (birth == DAY_NONE || age >= AGES_THAT_MATTER)
		return INT32_MAX;
	if (age < 0)
		return birth;
	day = day_add_months(birth, 12 * (age + 1));
	return day > today ? day : today + 1;
}

/* Days on which a span enters or leaves one of the instrument's windows. */
static int32_t
next_window_day(const struct instrument *in, const struct span *on,
    int32_t today)
{
	int32_t next = INT32_MAX;
	const struct window *w;

	if (span_is_none(on))
		return next;
	for (size_t i = 0; i < in->nwindows; i++) {
		w = &in->windows[i];
		next = sooner(next, on->first + w->from_days, today);
		next = sooner(next, on->first + w->to_days + 1, today);
		next = sooner(next, on->last + w->from_days, today);
		next = sooner(next, on->last + w->to_days + 1, today);
	}
	return next;
}

static int32_t
next_change(const struct store *s, const struct casefile *c)
{
	const struct instrument *in = store_default_instrument(s);
	int32_t next = next_birthday(c->birth, s->day), day;

	if (in == NULL || in->nwindows == 0)
		return next;
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (strcmp(r->entry.kind, "observation") != 0)
			continue;
		day = next_window_day(in, &r->entry.on, s->day);
		next = day < next ? day : next;
	}
	return next;
}

static int64_t
owner_row(const struct store *s, const struct casefile *c)
{
	if (c->opened == NULL)
		return 0;
	for (size_t i = 0; i < s->nauthors; i++)
		if (memcmp(&s->authors[i], &c->opened->entry.author,
		    sizeof(s->authors[i])) == 0)
			return (int64_t)i + 1;
	return 0;
}

/* Whoever looks for a child learns that there is a file, and whom to ask. */
static void
add_names(struct list_line *l, const struct casefile *c)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!record_stands(r) || strcmp(r->entry.kind, "identity") != 0)
			continue;
		words_of_text(&l->found_by, record_text(r, "name"));
		words_of_text(&l->found_by, record_text(r, "known_as"));
	}
}

static void
take_restriction(struct list_line *l, const struct casefile *c)
{
	const json_t *people;
	const char *hex;

	str_init(&l->named);
	str_init(&l->found_by);
	l->restricted = c->restriction != NULL;
	if (!l->restricted)
		return;
	people = json_object_get(c->restriction->body, "people");
	for (size_t i = 0; i < json_array_size(people); i++) {
		hex = json_string_value(json_array_get(people, i));
		if (hex != NULL && strlen(hex) == 2 * (size_t)AUTHOR_LEN &&
		    casefile_open_to(c, hex))
			str_add_fmt(&l->named, "%s ", hex);
	}
	words_of_text(&l->found_by, c->reference);
	add_names(l, c);
}

void
list_line_make(const struct store *s, const struct casefile *c,
    struct list_line *l)
{
	struct oversight o;

	memset(l, 0, sizeof(*l));
	l->reference = c->reference;
	l->name = c->name;
	str_init(&l->reference_key);
	str_init(&l->reference_words);
	str_init(&l->name_words);
	reference_key(&l->reference_key, c->reference);
	words_of_text(&l->reference_words, c->reference);
	words_of_text(&l->name_words, c->name);
	l->owner = owner_row(s, c);
	l->birth = c->birth;
	take_levels(s, c, l);
	casefile_oversight(c, store_default_instrument(s), l->level,
	    s->second_look, &o);
	l->judgement = o.level;
	queue_line_make(s, c, &o, l->level, &l->queue);
	l->due_why = NULL;
	l->due = casefile_next_due(c, &l->due_why);
	if (l->due_why == NULL)
		l->due_why = "";
	l->lowering = o.request != NULL;
	l->conflict = c->nconflicts != 0;
	l->screened = c->screening != NULL;
	l->changed = c->changed;
	l->next_change = next_change(s, c);
	take_restriction(l, c);
	str_init(&l->facets);
	facets_make(c, &o, s->day, &l->facets, &l->next_change);
}

void
list_line_release(struct list_line *l)
{
	str_release(&l->reference_key);
	str_release(&l->reference_words);
	str_release(&l->name_words);
	str_release(&l->named);
	str_release(&l->found_by);
	str_release(&l->facets);
	queue_line_release(&l->queue);
}

enum rc
list_line_write(struct store *s, int64_t book, const struct list_line *l,
    struct err *e)
{
	return stmt_do(s, STMT_LIST_PUT, e, "itttttiiiiiiiiitiiiiiittt",
	    book,
	    l->reference, l->reference_key.s, l->reference_words.s, l->name,
	    l->name_words.s, l->owner, (int64_t)l->birth, (int64_t)l->level,
	    (int64_t)l->could_be, (int64_t)l->judgement,
	    (int64_t)l->vulnerabilities, (int64_t)l->signs,
	    (int64_t)l->not_known, l->due, l->due_why, (int64_t)l->lowering,
	    (int64_t)l->conflict, (int64_t)l->screened, l->changed,
	    (int64_t)l->next_change, (int64_t)l->restricted, l->named.s,
	    l->found_by.s, l->facets.s);
}

static bool
same_text(sqlite3_stmt *st, int column, const char *text)
{
	return strcmp(stmt_text(st, column), text) == 0;
}

static bool
same_int(sqlite3_stmt *st, int column, int64_t v)
{
	return sqlite3_column_int64(st, column) == v;
}

bool
list_line_equals(const struct list_line *l, sqlite3_stmt *st)
{
	return same_text(st, 0, l->reference) &&
	    same_text(st, 1, l->reference_key.s) &&
	    same_text(st, 2, l->reference_words.s) &&
	    same_text(st, 3, l->name) &&
	    same_text(st, 4, l->name_words.s) &&
	    same_int(st, 5, l->owner) && same_int(st, 6, l->birth) &&
	    same_int(st, 7, l->level) && same_int(st, 8, l->could_be) &&
	    same_int(st, 9, l->judgement) &&
	    same_int(st, 10, l->vulnerabilities) &&
	    same_int(st, 11, l->signs) && same_int(st, 12, l->not_known) &&
	    same_int(st, 13, l->due) && same_text(st, 14, l->due_why) &&
	    same_int(st, 15, l->lowering) && same_int(st, 16, l->conflict) &&
	    same_int(st, 17, l->screened) && same_int(st, 18, l->changed) &&
	    same_int(st, 19, l->restricted) &&
	    same_text(st, 20, l->named.s) && same_text(st, 21, l->found_by.s) &&
	    same_text(st, 22, l->facets.s);
}
