/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/lean.h"
#include "core/utf8.h"
#include "db/impl.h"

/* An apostrophe is part of its word; the fold drops it. */
static bool
is_ascii_separator(unsigned char c)
{
	return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || c == '\'');
}

/* Spaces and punctuation beyond ASCII, the two curly apostrophes left out. */
static bool
is_wide_separator(uint32_t cp)
{
	if (cp == 0x2018 || cp == 0x2019)
		return false;
	return (cp >= 0x80 && cp <= 0xa9) || cp == 0xab || cp == 0xbb ||
	    (cp >= 0x2000 && cp <= 0x206f) || (cp >= 0x3000 && cp <= 0x303f);
}

/* Bytes of the separator at s, 0 when a word goes on there. */
static size_t
separator_at(const char *s, size_t n)
{
	uint32_t cp;
	size_t len;

	if ((unsigned char)*s < 0x80)
		return is_ascii_separator((unsigned char)*s) ? 1 : 0;
	len = utf8_decode(s, n, &cp);
	if (len == 0)
		return 1;
	return is_wide_separator(cp) ? len : 0;
}

static char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void
add_ascii_word(struct str *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] != '\'')
			str_add_char(out, ascii_lower(s[i]));
}

/* Folding can turn one sign into several with a separator among them. */
static void
drop_separators(struct str *out, size_t from)
{
	for (size_t i = from; i < out->len;) {
		if ((unsigned char)out->s[i] < 0x80 &&
		    is_ascii_separator((unsigned char)out->s[i]))
			str_splice(out, i, 1, "", 0);
		else
			i++;
	}
}

static void
add_word(struct str *out, const char *s, size_t n, bool ascii)
{
	size_t before = out->len;

	if (ascii) {
		add_ascii_word(out, s, n);
	} else {
		utf8_fold(out, s, n);
		drop_separators(out, before);
	}
	if (out->len > before)
		str_add_char(out, ' ');
}

/*
 * As far as the text is ASCII, nothing is decoded.  Returns where the first
 * word begins that is not all ASCII, or n.
 */
static size_t
add_ascii_words(struct str *out, const char *s, size_t n)
{
	size_t from = 0, i, len;
	char *p;

	str_reserve(out, n + 2);
	p = out->s + out->len;
	len = 0;
	for (i = 0; i < n && (unsigned char)s[i] < 0x80; i++) {
		if (is_ascii_separator((unsigned char)s[i])) {
			if (len != 0)
				p[len++] = ' ';
			p += len;
			len = 0;
			from = i + 1;
		} else if (s[i] != '\'') {
			p[len++] = ascii_lower(s[i]);
		}
	}
	if (i == n) {
		from = n;
		if (len != 0)
			p[len++] = ' ';
		p += len;
	}
	*p = '\0';
	out->len = (size_t)(p - out->s);
	return from;
}

static void
words_of_bytes(struct str *out, const char *s, size_t n)
{
	size_t from = add_ascii_words(out, s, n), i = from, sep;
	bool ascii = true;

	while (i < n) {
		sep = separator_at(s + i, n - i);
		if (sep == 0) {
			ascii = ascii && (unsigned char)s[i] < 0x80;
			i++;
			while (i < n && ((unsigned char)s[i] & 0xc0u) == 0x80u)
				i++;
			continue;
		}
		if (i > from)
			add_word(out, s + from, i - from, ascii);
		i += sep;
		from = i;
		ascii = true;
	}
	if (i > from)
		add_word(out, s + from, i - from, ascii);
}

void
words_of_text(struct str *out, const char *s)
{
	words_of_bytes(out, s, strlen(s));
}

bool
word_next(struct word_walk *w)
{
	bool ascii;
	size_t sep;

	do {
		while (w->at < w->n && (sep = separator_at(w->s + w->at,
		    w->n - w->at)) != 0)
			w->at += sep;
		w->from = w->at;
		ascii = true;
		while (w->at < w->n && separator_at(w->s + w->at,
		    w->n - w->at) == 0) {
			ascii = ascii && (unsigned char)w->s[w->at] < 0x80;
			w->at++;
			while (w->at < w->n &&
			    ((unsigned char)w->s[w->at] & 0xc0u) == 0x80u)
				w->at++;
		}
		w->to = w->at;
		if (w->from == w->to)
			return false;
		str_clear(&w->folded);
		add_word(&w->folded, w->s + w->from, w->to - w->from, ascii);
	} while (w->folded.len == 0);
	w->folded.s[--w->folded.len] = '\0';
	return true;
}

static void
words_of_json(struct str *out, const json_t *j, int depth)
{
	const char *key;
	json_t *v;
	size_t i;

	if (json_is_string(j)) {
		words_of_text(out, json_string_value(j));
	} else if (json_is_array(j) && depth < 4) {
		json_array_foreach(j, i, v)
			words_of_json(out, v, depth + 1);
	} else if (json_is_object(j) && depth < 4) {
		void *it = json_object_iter((json_t *)(uintptr_t)j);

		while (it != NULL) {
			key = json_object_iter_key(it);
			v = json_object_get(j, key);
			words_of_json(out, v, depth + 1);
			it = json_object_iter_next((json_t *)(uintptr_t)j,
			    it);
		}
	}
}

/*
 * Words by which a case goes are kept a second time with a mark in front, so
 * that they are found among ever so many texts that hold the same word.  The
 * marks are of Unicode's private use and never the beginning of a word.
 */
static const struct {
	const char *kind, *field, *mark;
	enum word_class class;
} marked[] = {
	{"open", "reference", WORD_MARK_REFERENCE, WORDS_REFERENCE},
	{"identity", "name", WORD_MARK_NAME, WORDS_NAME},
	{"identity", "known_as", WORD_MARK_NAME, WORDS_NAME},
};
#define NMARKED (sizeof(marked) / sizeof(marked[0]))

bool
words_marked(const struct kind *k)
{
	for (size_t i = 0; i < NMARKED; i++)
		if (strcmp(marked[i].kind, k->name) == 0)
			return true;
	return false;
}

enum word_class
words_class(const struct kind *k, const struct field *f)
{
	for (size_t i = 0; i < NMARKED; i++)
		if (strcmp(marked[i].kind, k->name) == 0 &&
		    strcmp(marked[i].field, f->name) == 0)
			return marked[i].class;
	return WORDS_TEXT;
}

static void
add_marked(struct str *out, const struct kind *k, const json_t *body)
{
	struct str words;
	const char *p;

	str_init(&words);
	for (size_t i = 0; i < NMARKED; i++) {
		if (strcmp(marked[i].kind, k->name) != 0)
			continue;
		str_clear(&words);
		words_of_json(&words, json_object_get(body, marked[i].field),
		    0);
		for (p = words.s; *p != '\0'; p += strcspn(p, " ") + 1) {
			str_add(out, marked[i].mark);
			str_add_n(out, p, strcspn(p, " ") + 1);
		}
	}
	str_release(&words);
}

void
words_of_body(struct str *out, const struct kind *k, const json_t *body)
{
	if (k == NULL)
		return;
	for (const struct field *f = k->fields; f->name != NULL; f++) {
		if ((f->flags & FIELD_SEARCHED) != 0)
			words_of_json(out, json_object_get(body, f->name), 0);
	}
	add_marked(out, k, body);
}

bool
words_of_plain(struct str *out, const struct kind *k, const char *body)
{
	const struct lean_field *text;
	struct lean l;

	if (k == NULL)
		return true;
	if (words_marked(k) || !lean_read(body, strlen(body), &l))
		return false;
	for (size_t i = 0; i < l.n; i++)
		if (l.fields[i].text == NULL)
			return false;
	for (const struct field *f = k->fields; f->name != NULL; f++) {
		text = (f->flags & FIELD_SEARCHED) != 0 ?
		    lean_find(&l, f->name) : NULL;
		if (text != NULL)
			words_of_bytes(out, text->text, text->n);
	}
	return true;
}
