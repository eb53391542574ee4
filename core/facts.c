/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/facts.h"

#include <stdlib.h>
#include <string.h>

#include "core/factevents.h"
#include "core/factors.h"
#include "core/oversight.h"
#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/versions.h"
#include "core/xalloc.h"

/* ---- words ---- */

static size_t
lot_of(const char *key)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *key != '\0'; key++)
		h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

static size_t
place_of(const struct fact_words *w, const char *key)
{
	size_t at = lot_of(key) & (w->captable - 1);

	while (w->table[at] != 0 &&
	    strcmp(w->keys[w->table[at] - 1], key) != 0)
		at = (at + 1) & (w->captable - 1);
	return at;
}

static void
make_places(struct fact_words *w)
{
	if (2 * (w->n + 1) <= w->captable)
		return;
	free(w->table);
	w->captable = w->captable == 0 ? 32 : 2 * w->captable;
	w->table = xcalloc(w->captable, sizeof(*w->table));
	for (size_t i = 0; i < w->n; i++)
		w->table[place_of(w, w->keys[i])] = (uint32_t)i + 1;
}

static uint32_t
add_word(struct fact_words *w, size_t at, const char *text, const char *key)
{
	w->list = vec_room(w->list, w->n, &w->cap, sizeof(*w->list));
	w->keys = vec_room(w->keys, w->n, &w->capkeys, sizeof(*w->keys));
	w->list[w->n] = xstrdup(text);
	w->keys[w->n] = xstrdup(key);
	w->table[at] = (uint32_t)++w->n;
	return w->table[at] - 1;
}

uint32_t
fact_word(struct fact_words *w, const char *text)
{
	uint32_t word = NO_WORD;
	struct str key;
	size_t at;

	str_init(&key);
	utf8_fold(&key, text, strlen(text));
	if (key.len > 0) {
		make_places(w);
		at = place_of(w, key.s);
		word = w->table[at] != 0 ? w->table[at] - 1 :
		    add_word(w, at, text, key.s);
	}
	str_release(&key);
	return word;
}

const char *
fact_words_text(const struct fact_words *w, uint32_t word)
{
	return word < w->n ? w->list[word] : "";
}

void
fact_words_release(struct fact_words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		free(w->list[i]);
		free(w->keys[i]);
	}
	free(w->list);
	free(w->keys);
	free(w->table);
	memset(w, 0, sizeof(*w));
}

/* ---- the whole ---- */

void
facts_init(struct facts *f, const struct instrument *in,
    const struct joined_window *w, int64_t now)
{
	memset(f, 0, sizeof(*f));
	f->in = in;
	f->window = *w;
	f->now = now;
	f->today = moment_day(now);
	joined_names_init(&f->names);
}

void
facts_release(struct facts *f)
{
	for (size_t i = 0; i < f->n; i++) {
		joined_part_release(&f->cases[i].part);
		free(f->cases[i].missing_from);
		free(f->cases[i].missing_to);
		free(f->cases[i].missing_kind);
		free(f->cases[i].places);
	}
	free(f->cases);
	free(f->events);
	free(f->pairs);
	fact_words_release(&f->words);
	joined_names_release(&f->names);
	memset(f, 0, sizeof(*f));
}

/* ---- who the young person is ---- */

/*
 * The one value that the versions have of a field; NULL when there is none,
 * and *two when more than one stands.
 */
static const json_t *
value_of(const struct versions *v, const char *name, bool *two)
{
	const struct kind *k = v->n > 0 ? v->v[0]->kind : NULL;
	const struct field *f = k != NULL ? k->fields : NULL;
	const json_t *value = NULL;
	struct versions held;

	while (f != NULL && f->name != NULL && strcmp(f->name, name) != 0)
		f++;
	*two = false;
	if (f == NULL || f->name == NULL)
		return NULL;
	versions_init(&held);
	versions_values(v, f, &held);
	*two = held.n > 1;
	if (held.n == 1)
		value = json_object_get(held.v[0]->body, name);
	versions_release(&held);
	return value;
}

static const char *
text_of(const struct versions *v, const char *name, unsigned bit,
    unsigned *bits)
{
	bool two;
	const char *s = json_string_value(value_of(v, name, &two));

	*bits |= two ? bit : 0;
	return s != NULL ? s : "";
}

/* Written apart, "ashby" and "Ashby" are one area. */
static uint32_t
word_of(struct facts *f, const struct versions *v, const char *name,
    unsigned bit, unsigned *bits)
{
	uint32_t word = NO_WORD, other;

	for (size_t i = 0; i < v->n; i++) {
		other = fact_word(&f->words, record_text(v->v[i], name));
		if (other == NO_WORD || other == word)
			continue;
		if (word != NO_WORD) {
			*bits |= bit;
			return NO_WORD;
		}
		word = other;
	}
	return word;
}

static void
copy_code(char *out, size_t size, const char *code)
{
	size_t n = strlen(code);

	if (n >= size)
		n = 0;
	memcpy(out, code, n);
	out[n] = '\0';
}

/* A disability that one version names is not taken away by another. */
static void
take_disability(const struct versions *v, struct case_facts *row)
{
	for (size_t i = 0; i < v->n; i++) {
		const json_t *list = json_object_get(v->v[i]->body,
		    "disability");

		for (size_t k = 0; k < json_array_size(list); k++) {
			const char *s = json_string_value(
			    json_array_get(list, k));

			row->disability_recorded = true;
			if (s != NULL && strcmp(s, "NONE") != 0)
				row->disabled = true;
		}
	}
}

/* The agency that an open case's author works for, where that is known. */
static const char *
author_agency(const struct casefile *c, const struct roster *r)
{
	const struct roster_user *u = r != NULL && c->opened != NULL ?
	    roster_find(r, &c->opened->entry.author) : NULL;

	return u != NULL && u->abroad && u->agency != NULL ? u->agency : "";
}

static void
take_child(struct facts *f, const struct casefile *c,
    const struct roster *r, struct case_facts *row)
{
	struct versions v;
	const char *sex;
	bool two;

	versions_init(&v);
	versions_of_child(c, &v);
	sex = text_of(&v, "sex", TWO_SEX, &row->two);
	row->sex = *sex == 'M' || *sex == 'F' ? *sex : 'U';
	copy_code(row->ethnicity, sizeof(row->ethnicity),
	    text_of(&v, "ethnicity", TWO_ETHNICITY, &row->two));
	copy_code(row->care, sizeof(row->care),
	    text_of(&v, "care", TWO_CARE, &row->two));
	row->area = word_of(f, &v, "area", TWO_AREA, &row->two);
	row->school = word_of(f, &v, "school", TWO_SCHOOL, &row->two);
	take_disability(&v, row);
	row->orientation_recorded = value_of(&v, "orientation", &two) !=
	    NULL || two;
	row->agency = NO_WORD;
	for (size_t i = 0; row->agency == NO_WORD && i < v.n; i++)
		row->agency = fact_word(&f->words, record_text(v.v[i],
		    "agency"));
	if (row->agency == NO_WORD)
		row->agency = fact_word(&f->words, author_agency(c, r));
	versions_release(&v);
}

/* ---- what was seen, and what it is held to be ---- */

static bool
has_question(const struct facts *f, const struct case_facts *row,
    const char *id)
{
	uint32_t item = instrument_item(f->in, id, strlen(id));

	return item != NO_ITEM && itemset_has(&row->part.answers.present,
	    item);
}

static void
take_answers(struct facts *f, const struct casefile *c,
    struct case_facts *row)
{
	unsigned could_be;

	joined_part_of(c, f->in, &f->window, f->today, &f->names, &row->part);
	row->present = itemset_and(row->part.answers.present, &f->in->listed);
	row->suspected = itemset_and(row->part.answers.suspected,
	    &f->in->listed);
	row->age = row->part.answers.age;
	screen_levels(f->in, &row->part.answers, &row->level, &could_be);
	row->known_victim = has_question(f, row, "harm") ||
	    has_question(f, row, "disclosure");
}

static void
take_decisions(const struct facts *f, const struct casefile *c,
    struct case_facts *row)
{
	struct oversight o;
	struct answers now;
	unsigned level, could_be;

	casefile_answers(c, f->in, f->today, &now);
	screen_levels(f->in, &now, &level, &could_be);
	casefile_oversight(c, f->in, level, 0, &o);
	row->held = o.level;
	row->downgraded = o.lowered;
	row->closed = c->closed != NULL;
	row->carried = row->closed && strcmp(record_text(c->closed, "why"),
	    "other-case") == 0;
	row->opened = c->opened != NULL ? moment_day(c->opened->entry.at) :
	    DAY_NONE;
}

void
facts_add(struct facts *f, const struct casefile *c, const struct roster *r)
{
	struct case_facts *row;

	f->cases = vec_room(f->cases, f->n, &f->cap, sizeof(*f->cases));
	row = &f->cases[f->n];
	memset(row, 0, sizeof(*row));
	row->id = c->id;
	row->child_lower = row->child_upper = (uint32_t)f->n++;
	f->nlower++;
	f->nupper++;
	take_child(f, c, r, row);
	take_answers(f, c, row);
	take_decisions(f, c, row);
	row->factors_suggested = factors_suggested(f->in, &row->present);
	casefile_second_looks_between(c, f->sample, f->window.from == DAY_NONE ?
	    INT32_MIN : f->window.from, f->window.to == DAY_NONE ?
	    INT32_MAX : f->window.to, &f->looks);
	fact_events(f, c, row);
}

/* ---- children ---- */

struct numbering {
	uint32_t number, row;
};

static int
by_number(const void *a, const void *b)
{
	const struct numbering *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* The first row of the same number, for each row. */
static uint32_t *
first_of(const uint32_t *numbers, size_t n)
{
	struct numbering *list = xcalloc(n + 1, sizeof(*list));
	uint32_t *first = xcalloc(n + 1, sizeof(*first));

	for (size_t i = 0; i < n; i++)
		list[i] = (struct numbering){numbers[i], (uint32_t)i};
	qsort(list, n, sizeof(*list), by_number);
	for (size_t i = 0; i < n; i++)
		first[list[i].row] = i > 0 &&
		    list[i].number == list[i - 1].number ?
		    first[list[i - 1].row] : list[i].row;
	free(list);
	return first;
}

static size_t
number_rows(struct facts *f, const uint32_t *numbers, bool upper)
{
	uint32_t *first = first_of(numbers, f->n), n = 0;

	for (size_t i = 0; i < f->n; i++) {
		struct case_facts *row = &f->cases[i];
		const struct case_facts *at = &f->cases[first[i]];
		uint32_t *to = upper ? &row->child_upper : &row->child_lower;

		*to = first[i] == i ? n++ : upper ? at->child_upper :
		    at->child_lower;
	}
	free(first);
	return n;
}

void
facts_link(struct facts *f, const uint32_t *lower, const uint32_t *upper)
{
	f->nlower = number_rows(f, lower, false);
	f->nupper = number_rows(f, upper, true);
}

void
facts_pair(struct facts *f, uint32_t a, uint32_t b, bool by_model)
{
	f->pairs = vec_room(f->pairs, f->npairs, &f->cappairs,
	    sizeof(*f->pairs));
	f->pairs[f->npairs++] = (struct fact_pair){a, b, by_model};
}
