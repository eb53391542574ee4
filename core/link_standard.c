/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and postcodes as they are compared. */
#include "config.h"

#include "core/link_impl.h"

#include <string.h>

#include "core/str.h"
#include "core/utf8.h"

/* ---- words ---- */

struct text {			/* one word while it grows */
	const struct link_names *names;
	struct tokens *out;
	char s[NAME_BYTES];
	size_t n;
};

static void
put(struct text *t, const char *s, size_t n)
{
	if (t->n + n < sizeof(t->s)) {
		memcpy(t->s + t->n, s, n);
		t->n += n;
	}
}

/* With the letters of the data files; small ASCII letters as they are. */
static void
put_folded(struct text *t, const char *s, size_t n)
{
	uint32_t cp;

	for (size_t at = 0, k; at < n; at += k) {
		const struct rewrite *r = NULL;

		k = utf8_decode(s + at, n - at, &cp);
		if (k == 0)
			return;
		if (k == 1) {
			if ((s[at] >= 'a' && s[at] <= 'z'))
				put(t, s + at, 1);
			continue;
		}
		for (size_t i = 0; t->names != NULL && r == NULL &&
		    i < t->names->nletters; i++)
			if (strncmp(t->names->letters[i].from, s + at, k) ==
			    0 && t->names->letters[i].from[k] == '\0')
				r = &t->names->letters[i];
		if (r != NULL)
			put(t, r->to, strlen(r->to));
		else
			put(t, s + at, k);
	}
}

static void
put_word(struct text *t, const char *s, size_t n)
{
	struct str folded;
	bool plain = true;

	for (size_t i = 0; i < n && plain; i++)
		plain = (unsigned char)s[i] < 0x80;
	if (plain) {
		for (size_t i = 0; i < n; i++) {
			char c = s[i] >= 'A' && s[i] <= 'Z' ?
			    (char)(s[i] - 'A' + 'a') : s[i];

			if (c >= 'a' && c <= 'z')
				put(t, &c, 1);
		}
		return;
	}
	str_init(&folded);
	utf8_fold(&folded, s, n);
	put_folded(t, folded.s, folded.len);
	str_release(&folded);
}

/* Of a name that begins as a rule says, and goes on by three letters. */
static void
begin_otherwise(const struct link_names *names, struct token *k)
{
	for (size_t i = 0; names != NULL && i < names->nbegins; i++) {
		const struct rewrite *r = &names->begins[i];
		size_t from = strlen(r->from), to = strlen(r->to);

		if (k->n < from + 3 || strncmp(k->s, r->from, from) != 0 ||
		    strncmp(k->s, r->to, to) == 0 ||
		    k->n - from + to >= sizeof(k->s))
			continue;
		memmove(k->s + to, k->s + from, k->n - from + 1);
		memcpy(k->s, r->to, to);
		k->n += to - from;
		return;
	}
}

/* Doubled letters are where the same name is spelt in two ways most. */
static void
undouble(struct token *k)
{
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++)
		if (i == 0 || k->s[i] != k->s[i - 1] || k->n < 4)
			k->s[n++] = k->s[i];
	k->s[n] = '\0';
	k->n = n;
}

static void
standard_spelling(const struct link_names *names, struct token *k)
{
	uint32_t id = names == NULL ? 0 :
	    link_words_find(&names->words, k->s, k->n);
	const char *kept;

	if (id != 0 && names->info[id].standard != 0) {
		kept = link_words_text(&names->words,
		    names->info[id].standard);
		k->n = strlen(kept);
		memcpy(k->s, kept, k->n + 1);
	} else if (id == 0) {
		begin_otherwise(names, k);
		undouble(k);
	}
}

static void
end_word(struct text *t)
{
	struct token *k;

	if (t->n == 0 || t->out->n == NAME_TOKENS * 2)
		return;
	t->s[t->n] = '\0';
	if (link_names_flags(t->names, t->s, t->n) & WORD_JOIN)
		return;
	if (t->out->n < NAME_TOKENS) {
		k = &t->out->t[t->out->n++];
		memcpy(k->s, t->s, t->n + 1);
		k->n = t->n;
	}
	t->n = 0;
}

/* Bytes of what parts two words at s; 0 when nothing does. */
static size_t
gap(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] != '\0' && strchr(" \t\n-_/.+&(),;", s[0]) != NULL)
		return 1;
	if (u[0] == 0xC2 && u[1] == 0xA0)
		return 2;
	if (u[0] == 0xE2 && u[1] == 0x80 && u[2] >= 0x80 && u[2] <= 0x95 &&
	    u[2] != 0x8C && u[2] != 0x8D)
		return 3;
	return 0;
}

static void
split(const struct link_names *names, const char *s, size_t n,
    struct tokens *out)
{
	struct text t = { .names = names, .out = out };
	size_t from = 0, at = 0;

	while (at < n) {
		size_t k = gap(s + at);

		if (k == 0) {
			at++;
			continue;
		}
		put_word(&t, s + from, at - from);
		end_word(&t);
		at += k;
		from = at < n ? at : n;
	}
	put_word(&t, s + from, n - from);
	if (t.n > 0 && out->n < NAME_TOKENS) {
		struct token *k = &out->t[out->n++];

		memcpy(k->s, t.s, t.n);
		k->s[t.n] = '\0';
		k->n = t.n;
	}
}

enum part { GIVEN, FAMILY, WHOLE };

/* Which words are left out: at the front of a name fewer are. */
static unsigned
left_out(enum part part, bool front)
{
	if (part == FAMILY || !front)
		return WORD_TITLE | WORD_DROP | WORD_MIDDLE;
	return part == GIVEN ? WORD_TITLE | WORD_MIDDLE : WORD_TITLE;
}

/* The last word that would remain stays. */
static void
leave_out(const struct link_names *names, struct tokens *t, enum part part)
{
	size_t n = 0, left = t->n;

	for (size_t i = 0; i < t->n; i++) {
		unsigned flags = link_names_flags(names, t->t[i].s,
		    t->t[i].n);

		if (flags & left_out(part, n == 0) && left > 1) {
			left--;
			continue;
		}
		if (n != i)
			t->t[n] = t->t[i];
		n++;
	}
	t->n = n;
}

static void
finish(const struct link_names *names, struct tokens *t, enum part part)
{
	leave_out(names, t, part);
	for (size_t i = 0; i < t->n; i++)
		standard_spelling(names, &t->t[i]);
}

/* A name that was not given apart: "Family, Given", else the last word. */
static void
standard_whole(const struct link_names *names, const char *s,
    struct spoken *out)
{
	const char *comma = strchr(s, ',');

	if (comma != NULL) {
		split(names, s, (size_t)(comma - s), &out->sur);
		split(names, comma + 1, strlen(comma + 1), &out->fore);
	} else {
		split(names, s, strlen(s), &out->fore);
		leave_out(names, &out->fore, WHOLE);
		if (out->fore.n > 1)
			out->sur.t[out->sur.n++] = out->fore.t[--out->fore.n];
	}
}

static bool
is_set(const char *s)
{
	return s != NULL && *s != '\0';
}

void
link_standard(const struct link_names *names, const struct link_raw *raw,
    struct spoken *out)
{
	out->fore.n = out->sur.n = 0;
	if (is_set(raw->forename))
		split(names, raw->forename, strlen(raw->forename), &out->fore);
	if (is_set(raw->surname))
		split(names, raw->surname, strlen(raw->surname), &out->sur);
	if (out->fore.n == 0 && out->sur.n == 0 && is_set(raw->name))
		standard_whole(names, raw->name, out);
	finish(names, &out->fore, GIVEN);
	finish(names, &out->sur, FAMILY);
}

/* ---- sound ---- */

/* Letters that are taken for one another; '0' is not heard. */
static char
sound_of(const char *s, size_t n, size_t i)
{
	/*                           abcdefghijklmnopqrstuvwxyz */
	static const char codes[] = "01230120022455012623010202";

	if (s[i] == 'p' && i + 1 < n && s[i + 1] == 'h')
		return '1';
	return s[i] >= 'a' && s[i] <= 'z' ? codes[s[i] - 'a'] :
	    (unsigned char)s[i] >= 0x80 ? '7' : '0';
}

uint32_t
link_sound(const char *s, size_t n)
{
	uint32_t key = 0;
	char last = '\0';
	int codes = 0;

	for (size_t i = 0; i < n && codes < 4; i++) {
		char c = sound_of(s, n, i);

		/* The first letter counts by its sound; vowels as one. */
		if (codes == 0 && c == '0')
			c = '8';
		if (c != '0' && c != last) {
			key = key << 4 | (uint32_t)(c - '0');
			codes++;
		}
		last = c;
	}
	return key;
}

/* ---- postcodes ---- */

static bool
is_postcode(const char *s, size_t n)
{
	return n >= 5 && n <= 7 && s[n - 3] >= '0' && s[n - 3] <= '9' &&
	    s[n - 2] >= 'A' && s[n - 1] >= 'A' && s[0] >= 'A';
}

uint64_t
link_place(const char *postcode)
{
	char s[8];
	size_t n = 0;
	uint64_t v = 0;

	for (; postcode != NULL && *postcode != '\0'; postcode++) {
		char c = *postcode;

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if ((c < 'A' || c > 'Z') && (c < '0' || c > '9'))
			continue;
		if (n == 7)
			return 0;
		s[n++] = c;
	}
	if (!is_postcode(s, n))
		return 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)s[i];
	return v;
}

uint64_t
link_sector(uint64_t place)
{
	return place >> 16;
}
