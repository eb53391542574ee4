/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/redact.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

/* Scripts from here on write names without spaces between words. */
#define UNSPACED 0x2e80

/* A word of a text: where it lies, and its folded form. */
struct token {
	size_t at, n;
	struct str fold;	/* "evas" */
	struct str stem;	/* "eva" where the text says "Eva's"; else "" */
};

struct tokens {
	struct token *t;
	size_t n, cap;
};

/* ---- words ---- */

static bool
is_mark(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019;
}

/* Joiners and marks of direction: within a word, and no part of its fold. */
static bool
is_invisible(uint32_t cp)
{
	return (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x202a &&
	    cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f);
}

static bool
is_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
		    (cp >= 'A' && cp <= 'Z') || is_mark(cp);
	if (cp == 0x2019 || cp == 0x2018 || is_invisible(cp))
		return true;
	return !(cp <= 0xa9 || cp == 0xab || cp == 0xbb || cp == 0xd7 ||
	    cp == 0xf7 || (cp >= 0x2000 && cp <= 0x206f) ||
	    (cp >= 0x3000 && cp <= 0x303f) || (cp >= 0xff00 && cp <= 0xff0f));
}

/* Bytes of the genitive at the end: "'s", or the mark alone. */
static size_t
genitive(const char *s, size_t n)
{
	static const char *const ends[] = {
		"'s", "'S", "\xe2\x80\x99s", "\xe2\x80\x99S", "'",
		"\xe2\x80\x99"
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t m = strlen(ends[i]);

		if (n > m && memcmp(s + n - m, ends[i], m) == 0)
			return m;
	}
	return 0;
}

static void
take_token(struct tokens *ts, const char *text, size_t at, size_t n)
{
	size_t gen = genitive(text + at, n);
	struct token *t;

	ts->t = vec_room(ts->t, ts->n, &ts->cap, sizeof(*ts->t));
	t = &ts->t[ts->n++];
	t->at = at;
	t->n = n;
	str_init(&t->fold);
	str_init(&t->stem);
	utf8_fold(&t->fold, text + at, n);
	if (gen > 0)
		utf8_fold(&t->stem, text + at, n - gen);
}

static void
tokens_of(struct tokens *ts, const char *text)
{
	size_t n = strlen(text), from = 0, i = 0, len;
	uint32_t cp;

	memset(ts, 0, sizeof(*ts));
	while (i < n) {
		len = utf8_decode(text + i, n - i, &cp);
		if (len != 0 && is_word(cp)) {
			i += len;
			continue;
		}
		if (i > from)
			take_token(ts, text, from, i - from);
		i += len != 0 ? len : 1;
		from = i;
	}
	if (i > from)
		take_token(ts, text, from, i - from);
}

static void
tokens_release(struct tokens *ts)
{
	for (size_t i = 0; i < ts->n; i++) {
		str_release(&ts->t[i].fold);
		str_release(&ts->t[i].stem);
	}
	free(ts->t);
}

/* ---- which names ---- */

void
redact_init(struct redactions *r)
{
	memset(r, 0, sizeof(*r));
}

void
redact_release(struct redactions *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->names[i].name);
	for (size_t i = 0; i < r->nkeep; i++)
		free(r->keep[i]);
	free(r->names);
	free(r->keep);
	memset(r, 0, sizeof(*r));
}

void
redact_add(struct redactions *r, const char *name, const char *why, bool on)
{
	if (*name == '\0')
		return;
	for (size_t i = 0; i < r->n; i++) {
		if (strcmp(r->names[i].name, name) != 0)
			continue;
		r->names[i].on = r->names[i].on || on;
		return;
	}
	r->names = vec_room(r->names, r->n, &r->cap, sizeof(*r->names));
	r->names[r->n++] = (struct redact_name){xstrdup(name), why, on};
}

void
redact_keep(struct redactions *r, const char *name)
{
	struct tokens ts;

	tokens_of(&ts, name);
	for (size_t i = 0; i < ts.n; i++) {
		r->keep = vec_room(r->keep, r->nkeep, &r->capkeep,
		    sizeof(*r->keep));
		r->keep[r->nkeep++] = xstrdup(ts.t[i].fold.s);
	}
	tokens_release(&ts);
}

/* Where the entries name somebody. */
static const struct {
	const char *kind, *field;
	bool on;
} named[] = {
	{"associate", "name", true},
	{"person-of-concern", "name", true},
	{"observation", "source", false},
	{"address", "with", false},
	{"located", "with", false},
	{"missing", "reported_by", false},
	{"interview", "by", false},
	{"officer-told", "officer", false},
	{"officer-told", "by", false},
	{"action", "owner", false},
	{"support", "by", false},
	{"referral-step", "who", false},
	{"sharing", "asked_by", false},
	{"sharing", "decider", false},
	{"close", "agreed_by", false},
};

static void
redact_record(struct redactions *r, const struct record *rec)
{
	/* One that was struck may have been about somebody else. */
	if (strcmp(rec->entry.kind, "identity") == 0 && record_stands(rec)) {
		redact_keep(r, record_text(rec, "name"));
		redact_keep(r, record_text(rec, "known_as"));
	}
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (strcmp(named[i].kind, rec->entry.kind) == 0)
			redact_add(r, record_text(rec, named[i].field),
			    rec->kind->label, named[i].on &&
			    strcmp(record_text(rec, "relation"),
			    "professional") != 0);
}

void
redact_case(struct redactions *r, const struct casefile *c)
{
	for (size_t i = 0; i < c->nrecords; i++)
		if (c->records[i]->kind != NULL &&
		    c->records[i]->body != NULL)
			redact_record(r, c->records[i]);
}

/* ---- finding them ---- */

/* A part of a name, but a name of its own in front: "Al", "Van", "Bin". */
static bool
is_particle(const char *fold)
{
	static const char *const particles[] = {
		"de", "la", "van", "von", "al", "el", "bin", "an"
	};

	for (size_t i = 0; i < sizeof(particles) / sizeof(particles[0]); i++)
		if (strcmp(fold, particles[i]) == 0)
			return true;
	return false;
}

/* "Mr", "Ms" and the like are nobody's name; nor is a single letter. */
static bool
is_title(const char *fold)
{
	static const char *const titles[] = {
		"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame",
		"pc", "dc", "ds", "sgt", "nurse", "teacher", "the", "of",
		"and", "uncle", "aunt", "auntie", "mum", "dad", "mother",
		"father", "sister", "brother", "his", "her", "their", "my",
		"a"
	};

	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (strcmp(fold, titles[i]) == 0)
			return true;
	return false;
}

static bool
is_kept(const struct redactions *r, const char *fold)
{
	for (size_t i = 0; i < r->nkeep; i++)
		if (strcmp(r->keep[i], fold) == 0)
			return true;
	return false;
}

/* "Evas", as it is typed in a hurry, or with a sign that is no apostrophe. */
static bool
is_plain_genitive(const struct token *name, const struct token *t)
{
	size_t n = name->fold.len;

	return n > 2 && t->fold.len == n + 1 && t->fold.s[n] == 's' &&
	    memcmp(t->fold.s, name->fold.s, n) == 0;
}

static bool
same_word(const struct token *name, const struct token *t)
{
	return strcmp(name->fold.s, t->fold.s) == 0 ||
	    (t->stem.len > 0 && strcmp(name->fold.s, t->stem.s) == 0) ||
	    is_plain_genitive(name, t);
}

/* Words from i on that are the whole name; 0 when they are not. */
static size_t
whole_name(const struct tokens *name, const struct tokens *text, size_t i)
{
	size_t k = 0;

	while (k < name->n && i + k < text->n &&
	    same_word(&name->t[k], &text->t[i + k]))
		k++;
	return k == name->n ? k : 0;
}

static bool
one_of(const struct redactions *r, const struct tokens *name,
    const struct token *t)
{
	bool first = true;

	for (size_t k = 0; k < name->n; k++) {
		const char *fold = name->t[k].fold.s;

		if (is_title(fold))
			continue;
		if (strlen(fold) > 1 && (first || !is_particle(fold)) &&
		    !is_kept(r, fold) && same_word(&name->t[k], t))
			return true;
		first = false;
	}
	return false;
}

/* A script without spaces: the name may stand anywhere in a run of signs. */
static bool
is_unspaced(const struct token *t)
{
	uint32_t cp;

	return utf8_decode(t->fold.s, t->fold.len, &cp) != 0 &&
	    cp >= UNSPACED && cp < 0xf900;
}

static bool
within(const struct redactions *r, const struct tokens *name,
    const struct token *t)
{
	for (size_t k = 0; k < name->n; k++)
		if (is_unspaced(&name->t[k]) &&
		    !is_kept(r, name->t[k].fold.s) &&
		    strstr(t->fold.s, name->t[k].fold.s) != NULL)
			return true;
	return false;
}

/* How many words from i on any name takes; 0: none. */
static size_t
taken_at(const struct redactions *r, const struct tokens *names,
    const struct tokens *text, size_t i)
{
	size_t most = 0;

	for (size_t k = 0; k < r->n; k++) {
		size_t n = r->names[k].on ? whole_name(&names[k], text, i) : 0;

		if (n == 0 && r->names[k].on && (one_of(r, &names[k],
		    &text->t[i]) || within(r, &names[k], &text->t[i])))
			n = 1;
		most = n > most ? n : most;
	}
	return most;
}

/* Two words with nothing but a space or a hyphen between them. */
static bool
joined(const char *text, const struct token *a, const struct token *b)
{
	size_t from = a->at + a->n;

	return strspn(text + from, " -") == b->at - from;
}

/* How many words from i on go as one name. */
static size_t
run_at(const struct redactions *r, const struct tokens *names,
    const struct tokens *ts, const char *text, size_t i)
{
	size_t n = taken_at(r, names, ts, i), more = n;

	while (more > 0 && i + n < ts->n &&
	    joined(text, &ts->t[i + n - 1], &ts->t[i + n])) {
		more = taken_at(r, names, ts, i + n);
		n += more;
	}
	return n;
}

static size_t
redact_tokens(const struct redactions *r, const struct tokens *names,
    const char *text, struct str *out)
{
	size_t done = 0, count = 0, n, i = 0;
	struct tokens ts;

	tokens_of(&ts, text);
	while (i < ts.n) {
		n = run_at(r, names, &ts, text, i);
		if (n > 0) {
			const struct token *last = &ts.t[i + n - 1];

			str_add_n(out, text + done, ts.t[i].at - done);
			str_add(out, REDACTED);
			done = last->at + last->n;
			count++;
		}
		i += n > 0 ? n : 1;
	}
	str_add(out, text + done);
	tokens_release(&ts);
	return count;
}

size_t
redact_text(const struct redactions *r, const char *text, struct str *out)
{
	struct tokens *names = xcalloc(r->n + 1, sizeof(*names));
	size_t count;

	for (size_t k = 0; k < r->n; k++)
		tokens_of(&names[k], r->names[k].name);
	count = redact_tokens(r, names, text, out);
	for (size_t k = 0; k < r->n; k++)
		tokens_release(&names[k]);
	free(names);
	return count;
}
