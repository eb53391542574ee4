/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/needles.h"

#include <stdlib.h>
#include <string.h>

#include "db/impl.h"

/* ---- reading ---- */

static enum rc
add_word(struct needle *nd, const char *word, size_t n, struct err *e)
{
	if (nd->n == PHRASE_MAX)
		return err_set(e, RC_INPUT, "a phrase of at most %d words was "
		    "expected between quotation marks", PHRASE_MAX);
	nd->words[nd->n] = strndup(word, n);
	if (nd->words[nd->n] == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to search");
	nd->lens[nd->n++] = n;
	return RC_OK;
}

static enum rc
add_needle(struct needles *ns, struct needle **out, struct err *e)
{
	if (ns->n == NEEDLES_MAX)
		return err_set(e, RC_INPUT, "a search takes at most %d words; "
		    "leave out the ones that say least", NEEDLES_MAX);
	*out = &ns->list[ns->n++];
	ns->all |= UINT32_C(1) << (ns->n - 1);
	return RC_OK;
}

/* Folded words, each followed by a space, become one needle. */
static enum rc
add_words(struct needles *ns, const char *words, bool prefix, struct err *e)
{
	struct needle *nd = NULL;
	enum rc rc = *words != '\0' ? add_needle(ns, &nd, e) : RC_OK;
	size_t n;

	for (const char *p = words; *p != '\0' && rc == RC_OK; p += n + 1) {
		n = strcspn(p, " ");
		rc = add_word(nd, p, n, e);
	}
	if (nd != NULL)
		nd->prefix = prefix;
	return rc;
}

static enum rc
add_one(struct needles *ns, const char *s, size_t n, bool prefix,
    struct err *e)
{
	struct str part, folded;
	enum rc rc;

	str_init(&part);
	str_init(&folded);
	str_add_n(&part, s, n);
	words_of_text(&folded, part.s);
	rc = add_words(ns, folded.s, prefix, e);
	str_release(&folded);
	str_release(&part);
	return rc;
}

/* What is written as one, K-0142, is looked for as one. */
static enum rc
add_part(struct needles *ns, const char *s, size_t n, bool phrase,
    struct err *e)
{
	enum rc rc = RC_OK;
	size_t len;

	if (phrase)
		return add_one(ns, s, n, s[n] != '"', e);
	while (n > 0 && rc == RC_OK) {
		len = strcspn(s, " \t");
		if (len > n)
			len = n;
		rc = add_one(ns, s, len, true, e);
		len += len < n ? 1 : 0;
		s += len;
		n -= len;
	}
	return rc;
}

enum rc
needles_read(struct needles *ns, const char *text, struct err *e)
{
	enum rc rc = RC_OK;
	bool phrase = false;
	size_t n;

	memset(ns, 0, sizeof(*ns));
	for (; rc == RC_OK; text += n + 1, phrase = !phrase) {
		n = strcspn(text, "\"");
		rc = add_part(ns, text, n, phrase, e);
		if (text[n] == '\0')
			break;
	}
	if (rc != RC_OK)
		needles_release(ns);
	return rc;
}

void
needles_release(struct needles *ns)
{
	for (size_t i = 0; i < ns->n; i++)
		for (size_t k = 0; k < ns->list[i].n; k++) {
			explicit_bzero(ns->list[i].words[k],
			    ns->list[i].lens[k]);
			free(ns->list[i].words[k]);
		}
	memset(ns, 0, sizeof(*ns));
}

/* ---- finding ---- */

/* Whether a word of a text is word k of the needle. */
static bool
is_word(const struct needle *nd, size_t k, const struct str *word)
{
	size_t n = nd->lens[k];

	if (word->len < n || word->s[0] != nd->words[k][0] ||
	    memcmp(word->s, nd->words[k], n) != 0)
		return false;
	return word->len == n || (nd->prefix && k + 1 == nd->n);
}

/*
 * How far a phrase has come: bit k says that the words before this one were
 * its first k + 1.  True when it is whole.
 */
static bool
step(const struct needle *nd, uint32_t *begun, const struct str *word)
{
	uint32_t tried = *begun << 1 | 1, now = 0;

	for (size_t k = 0; k < nd->n; k++)
		if ((tried >> k & 1) != 0 && is_word(nd, k, word))
			now |= UINT32_C(1) << k;
	*begun = now;
	return (now >> (nd->n - 1) & 1) != 0;
}

/* ---- plain ASCII, which most entries are ---- */

/* As words.c folds ASCII: 0 parts words, an apostrophe is passed by. */
static const char folds[128] = {
	['\''] = '\'',
	['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
	['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l',
	'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
	['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l',
	'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'
};

static char
fold_of(char c)
{
	return folds[(unsigned char)c & 0x7f];
}

/* As is_word() of n bytes that are one word, apostrophes and all. */
static bool
is_ascii_word(const struct needle *nd, size_t k, const char *s, size_t n)
{
	const char *want = nd->words[k];
	size_t i = 0;

	for (; i < n && *want != '\0'; i++) {
		if (s[i] == '\'')
			continue;
		if (fold_of(s[i]) != *want)
			return false;
		want++;
	}
	while (i < n && s[i] == '\'')
		i++;
	return *want == '\0' && (i == n || (nd->prefix && k + 1 == nd->n));
}

static bool
ascii_step(const struct needle *nd, uint32_t *begun, const char *s, size_t n)
{
	uint32_t tried = *begun << 1 | 1, now = 0;

	for (size_t k = 0; k < nd->n; k++)
		if ((tried >> k & 1) != 0 && is_ascii_word(nd, k, s, n))
			now |= UINT32_C(1) << k;
	*begun = now;
	return (now >> (nd->n - 1) & 1) != 0;
}

/* Apostrophes alone are no word. */
static bool
is_empty(const char *s, size_t n)
{
	while (n > 0 && *s == '\'') {
		s++;
		n--;
	}
	return n == 0;
}

uint32_t
needles_in_ascii(const struct needles *ns, const char *s, size_t n)
{
	uint32_t begun[NEEDLES_MAX] = {0}, found = 0;
	size_t from, i = 0;

	while (found != ns->all) {
		while (i < n && fold_of(s[i]) == '\0')
			i++;
		if (i == n)
			break;
		from = i;
		while (i < n && fold_of(s[i]) != '\0')
			i++;
		if (s[from] == '\'' && is_empty(s + from, i - from))
			continue;
		for (size_t k = 0; k < ns->n; k++)
			if (ascii_step(&ns->list[k], &begun[k], s + from,
			    i - from))
				found |= UINT32_C(1) << k;
	}
	return found;
}

/* ---- any text ---- */

uint32_t
needles_in(const struct needles *ns, const char *s, size_t n,
    struct str *scratch)
{
	struct word_walk w = {s, n, 0, 0, 0, *scratch};
	uint32_t begun[NEEDLES_MAX] = {0}, found = 0;

	while (found != ns->all && word_next(&w))
		for (size_t i = 0; i < ns->n; i++)
			if (step(&ns->list[i], &begun[i], &w.folded))
				found |= UINT32_C(1) << i;
	*scratch = w.folded;
	return found;
}

struct places {
	struct find_mark *marks;
	size_t n;
	size_t starts[PHRASE_MAX];	/* of the last words, by their number */
	size_t words;
};

/* Places that overlap become one. */
static void
add_place(struct places *p, size_t from, size_t to)
{
	struct find_mark *last = p->n > 0 ? &p->marks[p->n - 1] : NULL;

	if (last != NULL && from <= last->at + last->n) {
		if (from < last->at) {
			last->n += last->at - from;
			last->at = from;
		}
		if (to > last->at + last->n)
			last->n = to - last->at;
	} else if (p->n < FIND_MARKS) {
		p->marks[p->n++] = (struct find_mark){from, to - from};
	}
}

size_t
needles_places(const struct needles *ns, const char *s, size_t n,
    struct find_mark marks[FIND_MARKS])
{
	struct word_walk w = {.s = s, .n = n};
	uint32_t begun[NEEDLES_MAX] = {0};
	struct places p = {.marks = marks};

	str_init(&w.folded);
	while (word_next(&w)) {
		p.starts[p.words++ % PHRASE_MAX] = w.from;
		for (size_t i = 0; i < ns->n; i++) {
			const struct needle *nd = &ns->list[i];

			if (step(nd, &begun[i], &w.folded))
				add_place(&p, p.starts[(p.words - nd->n) %
				    PHRASE_MAX], w.to);
		}
	}
	str_release(&w.folded);
	return p.n;
}

/* Folded words hold neither quotes nor spaces, so each can stand in quotes. */
void
needle_match(struct str *out, const struct needle *nd, const char *mark)
{
	for (size_t k = 0; k < nd->n; k++) {
		if (out->len != 0)
			str_add(out, " AND ");
		str_add_fmt(out, "\"%s%s\"%s", mark, nd->words[k],
		    nd->prefix && k + 1 == nd->n ? " *" : "");
	}
}
