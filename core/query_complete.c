/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may stand next in a filter: from the table of keys, and from the names
 * that whoever asks knows.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "core/query_impl.h"

#define HINTS 12		/* choices named in one hint */

/* The last term of a text, as far as it goes. */
struct tail {
	size_t from;		/* of its first letter, behind a "-" */
	size_t item;		/* of what is being typed of the value */
	const struct query_key_def *key;	/* NULL: no key yet */
	char op;
};

static const struct query_key_def *
find_key(const char *s, size_t n)
{
	const struct query_key_def *k = query_keys();

	for (; k->name != NULL; k++)
		if (strlen(k->name) == n && strncmp(k->name, s, n) == 0)
			return k;
	return NULL;
}

/* Where the last term begins: spaces between quotation marks are its own. */
static size_t
last_term(const char *text)
{
	bool quoted = false;
	size_t from = 0;

	for (size_t i = 0; text[i] != '\0'; i++) {
		if (text[i] == '"')
			quoted = !quoted;
		else if (text[i] == ' ' && !quoted)
			from = i + 1;
	}
	return from + (text[from] == '-' ? 1 : 0);
}

static void
read_tail(const char *text, struct tail *t)
{
	size_t n;
	const char *comma;

	t->from = t->item = last_term(text);
	n = strcspn(text + t->from, ":=<>");
	t->op = text[t->from + n];
	t->key = t->op != '\0' ? find_key(text + t->from, n) : NULL;
	if (t->key == NULL)
		return;
	t->item = t->from + n + 1;
	if (text[t->item] == '=' && t->op != '=' && t->op != ':')
		t->item++;
	comma = strrchr(text + t->item, ',');
	if (comma != NULL && text[t->item] != '"')
		t->item = (size_t)(comma + 1 - text);
}

/* ---- choices ---- */

/* Only what is due can be overdue or not there. */
static const char *
when_word(size_t i, bool due)
{
	static const char *const words[] = {"1d", "7d", "2w", "overdue",
		"none", NULL};

	return i < 3 || due ? words[i] : NULL;
}

static const char *
person(const struct query_choices *c, size_t i)
{
	if (i == 0)
		return "me";
	return c->person != NULL ? c->person(i - 1, c->ctx) : NULL;
}

/* The ith word that the value of a key may be, or NULL. */
static const char *
value_word(const struct query_key_def *k, const struct query_choices *c,
    size_t i)
{
	switch (k->shape) {
	case SHAPE_LEVELS:
		return c->level != NULL ? c->level(i, c->ctx) : NULL;
	case SHAPE_WHEN:
		return when_word(i, k->key == QUERY_DUE);
	case SHAPE_PERSON:
		return person(c, i);
	case SHAPE_KINDS:
		return query_kind(i);
	case SHAPE_IS:
		return query_state(i);
	case SHAPE_COUNT:
	case SHAPE_DAY:
	case SHAPE_TEXT:
	default:
		return NULL;
	}
}

static const char *
usual_op(enum query_shape shape)
{
	return shape == SHAPE_COUNT || shape == SHAPE_DAY ? ">=" : ":";
}

/* A name with a space stands in quotation marks. */
static void
add_word(struct str *out, const char *word)
{
	bool quote = strpbrk(word, " ,") != NULL;

	str_add_fmt(out, quote ? "\"%s\"" : "%s", word);
}

/* Whether word may be what is typed; an open quotation mark is passed by. */
static bool
begins(const char *word, const char *typed)
{
	typed += *typed == '"' ? 1 : 0;
	return strncmp(word, typed, strlen(typed)) == 0;
}

/*
 * Keys that fit.  After the only one come its values, so that one key after
 * another leads all the way.
 */
static bool
nth_key(const char *typed, const struct query_choices *c, size_t i,
    struct str *out)
{
	const struct query_key_def *only = NULL;
	const char *w;
	size_t n = 0;

	for (const struct query_key_def *k = query_keys(); k->name != NULL;
	    k++) {
		if (!begins(k->name, typed))
			continue;
		only = k;
		if (n++ == i) {
			str_add_fmt(out, "%s%s", k->name, usual_op(k->shape));
			return true;
		}
	}
	if (n != 1 || (w = value_word(only, c, i - 1)) == NULL)
		return false;
	str_add_fmt(out, "%s:", only->name);
	add_word(out, w);
	return true;
}

/* Appends the ith word that fits the tail; false when there are no more. */
static bool
nth_choice(const char *text, const struct tail *t,
    const struct query_choices *c, size_t i, struct str *out)
{
	const char *typed = text + t->item, *w;

	if (t->key != NULL) {
		for (size_t k = 0; (w = value_word(t->key, c, k)) != NULL; k++)
			if (begins(w, typed) && i-- == 0) {
				add_word(out, w);
				return true;
			}
		return false;
	}
	if (*typed == '@' && c->saved != NULL) {
		for (size_t k = 0; (w = c->saved(k, c->ctx)) != NULL; k++)
			if (begins(w, typed + 1) && i-- == 0) {
				str_add_fmt(out, "@%s", w);
				return true;
			}
		return false;
	}
	return t->op == '\0' && nth_key(typed, c, i, out);
}

bool
query_complete(const char *text, const struct query_choices *c, size_t i,
    struct str *out)
{
	struct tail t;

	read_tail(text, &t);
	str_add_n(out, text, t.item);
	return nth_choice(text, &t, c, i, out);
}

void
query_hint(const char *text, const struct query_choices *c, struct str *out)
{
	struct tail t;
	struct str one;
	size_t i;

	read_tail(text, &t);
	str_init(&one);
	for (i = 0; i < HINTS && nth_choice(text, &t, c, i, &one); i++) {
		str_add_fmt(out, "%s%s", i > 0 ? " " : "", one.s);
		str_clear(&one);
	}
	if (i == HINTS && nth_choice(text, &t, c, i, &one))
		str_add(out, " ...");
	if (i == 0 && t.key != NULL)
		str_add(out, t.key->hint);
	str_release(&one);
}
