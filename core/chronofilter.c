/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/chronofilter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/filtertext.h"
#include "core/timeline.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

enum key {
	KEY_KIND, KEY_AGENCY, KEY_PERSON, KEY_BY, KEY_FROM, KEY_TO, KEY_ON,
	KEY_IS, KEY_TEXT
};

struct chronofilter_term {
	enum key key;
	bool not;
	char *text;		/* as typed; owned */
	char *folded;		/* owned */
	int32_t first, last;	/* of dates */
};

/* With their colons, in the order of enum key. */
static const char *const keys[] = {
	"kind:", "agency:", "person:", "by:", "from:", "to:", "on:", "is:",
	"text:", NULL
};

/* The kinds that are named when one is not known, and offered by Tab. */
static const char *const offered[] = {
	"missing", "sign", "note", "referral", "voice", "screening", "plan",
	"sharing", NULL
};

static const char *const states[] = {
	"struck", "replaced", "standing", "uncounted", NULL
};
/* Entries of a kind that this version does not know. */
#define KIND_NEWER "newer"

void
chronofilter_init(struct chronofilter *f)
{
	memset(f, 0, sizeof(*f));
}

void
chronofilter_release(struct chronofilter *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		free(f->terms[i].text);
		free(f->terms[i].folded);
	}
	free(f->terms);
	chronofilter_init(f);
}

const char *
chronofilter_word(const char *word, size_t i, size_t *from)
{
	const char *const *list = keys;
	const char *begun = word;

	if (strncmp(word, "kind:", 5) == 0) {
		list = offered;
		begun = strrchr(word, ',') != NULL ? strrchr(word, ',') + 1 :
		    word + 5;
	} else if (strncmp(word, "is:", 3) == 0) {
		list = states;
		begun = word + 3;
	}
	*from = (size_t)(begun - word);
	for (; *list != NULL; list++)
		if (strncmp(*list, begun, strlen(begun)) == 0 && i-- == 0)
			return *list;
	return NULL;
}

/* ---- reading it ---- */

static bool
known_kind(const char *name)
{
	const struct kind *all;
	size_t i, n;

	all = kind_all(&n);
	for (i = 0; i < n; i++)
		if (strcmp(all[i].family, "register") != 0 &&
		    (strcmp(all[i].name, name) == 0 ||
		    strcmp(all[i].family, name) == 0))
			return true;
	return timeline_row_named(name) || strcmp(name, KIND_NEWER) == 0;
}

/* One of a list parted by commas; false after the last.  *s moves on. */
static bool
next_word(const char **s, char *out, size_t size)
{
	size_t i, n = strcspn(*s, ",");
	size_t keep = n < size ? n : (size_t)utf8_cut(*s, (int)size - 1);

	if (**s == '\0')
		return false;
	for (i = 0; i < keep; i++)
		out[i] = (char)tolower((unsigned char)(*s)[i]);
	out[i] = '\0';
	*s += n;
	*s += **s == ',';
	return true;
}

static enum rc
check_kinds(struct filter_text *r, const struct chronofilter_term *t)
{
	char name[KIND_NAME_MAX];
	const char *s = t->text;

	while (next_word(&s, name, sizeof(name)))
		if (!known_kind(name))
			return err_set(r->e, RC_INPUT, "there is no kind "
			    "\"%s\"; try missing, sign, note, referral, "
			    "voice, screening, plan, sharing", name);
	return RC_OK;
}

static enum rc
check_dates(struct filter_text *r, struct chronofilter_term *t)
{
	struct span span;

	if (span_parse(t->text, &span, NULL) != RC_OK)
		return err_set(r->e, RC_INPUT, "a day, month or year such as "
		    "2026-03-04, 2026-03 or 2026 was expected, not \"%s\"",
		    t->text);
	t->first = t->key == KEY_TO ? INT32_MIN + 1 : span.first;
	t->last = t->key == KEY_FROM ? INT32_MAX : span.last;
	return RC_OK;
}

static enum rc
check_state(struct filter_text *r, const struct chronofilter_term *t)
{
	size_t i;

	for (i = 0; states[i] != NULL; i++)
		if (strcmp(states[i], t->text) == 0)
			return RC_OK;
	return err_set(r->e, RC_INPUT, "is: takes struck, replaced, "
	    "standing or uncounted, not \"%s\"", t->text);
}

static enum rc
check_value(struct filter_text *r, struct chronofilter_term *t)
{
	if (t->folded[0] == '\0')
		return err_set(r->e, RC_INPUT, "%s was expected here",
		    t->key == KEY_TEXT ? "a word" : "a value");
	switch (t->key) {
	case KEY_KIND:
		return check_kinds(r, t);
	case KEY_FROM:
	case KEY_TO:
	case KEY_ON:
		return check_dates(r, t);
	case KEY_IS:
		return check_state(r, t);
	default:
		return RC_OK;
	}
}

/* Letters and a colon begin a key; false after an error. */
static bool
read_key(struct filter_text *r, struct chronofilter_term *t)
{
	const char *s = r->text + r->at;
	size_t i, n = 0;

	while (isalpha((unsigned char)s[n]))
		n++;
	t->key = KEY_TEXT;
	if (n == 0 || s[n] != ':')
		return true;
	for (i = 0; keys[i] != NULL; i++)
		if (strlen(keys[i]) == n + 1 && strncmp(keys[i], s, n) == 0)
			break;
	if (keys[i] == NULL) {
		err_set(r->e, RC_INPUT, "there is no key \"%.*s\"; the keys "
		    "are kind agency person by from to on is text", (int)n,
		    s);
		return false;
	}
	t->key = (enum key)i;
	r->at += n + 1;
	return true;
}

static enum rc
read_term(struct filter_text *r, size_t i, bool negated, void *ctx)
{
	struct chronofilter *f = ctx;
	struct chronofilter_term *t;
	struct str folded;
	size_t value_at;
	bool quoted;
	enum rc rc;

	f->terms = vec_room(f->terms, i, &f->cap, sizeof(*f->terms));
	f->n = i + 1;
	t = &f->terms[i];
	t->not = negated;
	if (!read_key(r, t))
		return RC_INPUT;
	value_at = r->at;
	t->text = filter_value(r, &quoted);
	if (t->text == NULL)
		return RC_INPUT;
	str_init(&folded);
	utf8_fold(&folded, t->text, strlen(t->text));
	t->folded = str_take(&folded);
	rc = check_value(r, t);
	if (rc != RC_OK)
		r->at = value_at;
	return rc;
}

enum rc
chronofilter_parse(const char *text, struct chronofilter *out, size_t *at,
    struct err *e)
{
	struct filter_text r = {text, 0, e};
	enum rc rc;

	chronofilter_init(out);
	rc = filter_terms(&r, read_term, out);
	*at = r.at;
	if (rc != RC_OK)
		chronofilter_release(out);
	return rc;
}

/* ---- what it lets through ---- */

static bool
is_of_kind(const struct reading *g, const struct record *r, const char *list)
{
	char name[KIND_NAME_MAX];

	while (next_word(&list, name, sizeof(name)))
		if (strcmp(r->entry.kind, name) == 0 ||
		    (r->kind == NULL && strcmp(name, KIND_NEWER) == 0) ||
		    (r->kind != NULL && strcmp(r->kind->family, name) == 0) ||
		    timeline_row_is(g, r, name))
			return true;
	return false;
}

static bool
folded_has(const char *text, size_t n, const char *folded)
{
	struct str key;
	bool has;

	str_init(&key);
	utf8_fold(&key, text, n);
	has = strstr(key.s, folded) != NULL;
	str_release(&key);
	return has;
}

static bool
names_it(const struct reading *g, const struct record *r, enum naming what,
    const char *folded)
{
	struct str words;
	bool has;

	str_init(&words);
	record_names(g, r, what, &words);
	has = folded_has(words.s, words.len, folded);
	str_release(&words);
	return has;
}

bool
record_has_words(const struct reading *g, const struct record *r,
    const char *folded)
{
	const struct field *f;
	struct str words;
	bool has;

	str_init(&words);
	record_title(r, NULL, &words);
	for (f = r->kind != NULL && r->body != NULL ? r->kind->fields : NULL;
	    f != NULL && f->name != NULL; f++) {
		/* What stands side by side is not one word. */
		str_add_char(&words, '\n');
		record_field_words(g, f, json_object_get(r->body, f->name),
		    &words);
	}
	has = folded_has(words.s, words.len, folded);
	str_release(&words);
	return has;
}

static bool
in_state(const struct record *r, const char *state)
{
	if (strcmp(state, "standing") == 0)
		return record_stands(r);
	if (strcmp(state, "uncounted") == 0)
		return r->validity != RECORD_VALID;
	return strcmp(chronology_state(r), state) == 0;
}

static bool
signed_by(const struct reading *g, const struct record *r, const char *folded)
{
	const char *name = g->roster != NULL ? roster_name(g->roster,
	    &r->entry.author) : "";

	return folded_has(name, strlen(name), folded);
}

static bool
term_holds(const struct chronofilter_term *t, const struct reading *g,
    const struct chronology_row *row)
{
	switch (t->key) {
	case KEY_KIND:
		return is_of_kind(g, row->record, t->text);
	case KEY_AGENCY:
		return names_it(g, row->record, NAMES_AGENCY, t->folded);
	case KEY_PERSON:
		return names_it(g, row->record, NAMES_PERSON, t->folded);
	case KEY_BY:
		return signed_by(g, row->record, t->folded);
	case KEY_FROM:
	case KEY_TO:
	case KEY_ON:
		return span_overlaps(&row->on, t->first, t->last);
	case KEY_IS:
		return in_state(row->record, t->text);
	default:
		return record_has_words(g, row->record, t->folded);
	}
}

bool
chronofilter_holds(const struct chronofilter *f, const struct reading *g,
    const struct chronology_row *row)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (term_holds(&f->terms[i], g, row) == f->terms[i].not)
			return false;
	return true;
}
