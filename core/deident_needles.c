/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is looked for: each known name whole, each of its words that is a name
 * alone, and its words in pairs, as they are run together.
 */
#include "config.h"

#include "core/deident_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

/* Scripts from here on write names without spaces between words. */
#define UNSPACED 0x2e80
#define WORDS_MAX 16

/* A name's words, as ranges of its letters. */
struct words {
	size_t from[WORDS_MAX], to[WORDS_MAX];
	char ascii[WORDS_MAX][ASCII_WORD_MAX];
	size_t n;
};

static void
words_of(struct words *w, const struct letters *ls)
{
	w->n = 0;
	for (size_t i = 0; i < ls->n && w->n < WORDS_MAX;) {
		size_t end = letters_word_end(ls, i);

		w->from[w->n] = i;
		w->to[w->n] = end;
		letters_ascii(ls, i, end, w->ascii[w->n]);
		w->n++;
		i = end;
	}
}

static bool
is_unspaced(const struct letters *ls, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (ls->l[i].cp < UNSPACED || ls->l[i].cp >= 0xfb00)
			return false;
	return to > from;
}

static bool
same_needle(const struct needle *a, const struct needle *b)
{
	return a->ident == b->ident && a->n == b->n &&
	    memcmp(a->cp, b->cp, a->n * sizeof(*a->cp)) == 0;
}

/* Takes the letters of words from..to, those before a sign too. */
static struct needle *
put(struct needles *ns, size_t ident, const struct letters *ls, size_t from,
    size_t to)
{
	struct needle nd = { .n = to - from, .ident = ident };
	char w[ASCII_WORD_MAX];

	if (nd.n == 0)
		return NULL;
	nd.cp = xmalloc(nd.n * sizeof(*nd.cp));
	for (size_t i = from; i < to; i++)
		nd.cp[i - from] = ls->l[i].cp;
	for (size_t i = ns->begin[ident]; i < ns->n; i++)
		if (same_needle(&ns->v[i], &nd)) {
			free(nd.cp);
			return &ns->v[i];
		}
	letters_ascii(ls, from, to, w);
	nd.unspaced = is_unspaced(ls, from, to);
	nd.ordinary = word_is_ordinary(w);
	nd.function = word_is_function(w);
	ns->v = vec_room(ns->v, ns->n, &ns->cap, sizeof(*ns->v));
	ns->v[ns->n] = nd;
	return &ns->v[ns->n++];
}

static void
put_joined(struct needles *ns, size_t ident, const struct letters *ls,
    size_t from, size_t to)
{
	struct needle *nd = put(ns, ident, ls, from, to);

	if (nd == NULL)
		return;
	nd->joined = true;
	nd->ordinary = false;
}

/* "brien" of "O'Brien": where a sign parts the word. */
static void
put_behind_sign(struct needles *ns, size_t ident, const struct letters *ls,
    size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++)
		if ((ls->l[i].gap & GAP_SIGN) != 0 && to - i >= 4)
			(void)put(ns, ident, ls, i, to);
}

/* Of a name in signs the given part is a name alone, too. */
static void
put_unspaced(struct needles *ns, size_t ident, const struct letters *ls,
    size_t from, size_t to)
{
	(void)put(ns, ident, ls, from, to);
	if (to - from >= 3) {
		(void)put(ns, ident, ls, from + 1, to);
		if (to - from >= 4)
			(void)put(ns, ident, ls, from + 2, to);
	}
	if (to - from >= 2) {
		struct needle *nd = put(ns, ident, ls, from, from + 1);

		if (nd != NULL)
			nd->unspaced = false;
	}
}

/* ---- people ---- */

static bool
is_name_alone(const struct words *w, size_t i)
{
	const char *s = w->ascii[i];

	return w->to[i] - w->from[i] > 1 && !word_is_title(s) &&
	    (i == 0 || !word_is_particle(s)) && strcmp(s, "st") != 0 &&
	    strcmp(s, "the") != 0 && strcmp(s, "of") != 0 &&
	    strcmp(s, "and") != 0 && strcmp(s, "a") != 0;
}

/* Where the name begins behind titles; the whole when there is only that. */
static size_t
skip_titles(const struct words *w)
{
	size_t i = 0;

	while (i + 1 < w->n && word_is_title(w->ascii[i]))
		i++;
	/* "Uncle T": the letter is a name with its title only. */
	if (i > 0 && i + 1 == w->n && w->to[i] - w->from[i] == 1)
		return i - 1;
	return i;
}

static void
put_initials(struct needles *ns, size_t ident, const struct letters *ls,
    const struct words *w)
{
	uint32_t *to = ns->initials[ident];
	size_t n = 0;

	for (size_t i = 0; i < w->n && n < 5; i++)
		if (!word_is_title(w->ascii[i]))
			to[n++] = ls->l[w->from[i]].cp;
	if (n < 2)
		memset(to, 0, sizeof(ns->initials[0]));
}

static void
put_person(struct needles *ns, size_t ident, const struct letters *ls)
{
	struct words w;
	size_t first;

	words_of(&w, ls);
	first = skip_titles(&w);
	for (size_t i = 0; i < w.n; i++) {
		if (is_unspaced(ls, w.from[i], w.to[i])) {
			put_unspaced(ns, ident, ls, w.from[i], w.to[i]);
			continue;
		}
		if (!is_name_alone(&w, i))
			continue;
		(void)put(ns, ident, ls, w.from[i], w.to[i]);
		put_behind_sign(ns, ident, ls, w.from[i], w.to[i]);
	}
	if (w.n - first >= 2)
		put_joined(ns, ident, ls, w.from[first], w.to[w.n - 1]);
	for (size_t i = first; i + 1 < w.n; i++)
		if (w.to[i + 1] - w.from[i] >= 4)
			put_joined(ns, ident, ls, w.from[i], w.to[i + 1]);
	/* A title alone is a name when it is all there is: "Nan". */
	if (w.n == 1 && !is_name_alone(&w, 0))
		(void)put(ns, ident, ls, w.from[0], w.to[0]);
	put_initials(ns, ident, ls, &w);
}

/* ---- places and numbers ---- */

static bool
has_letter(const struct letters *ls, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (ls->l[i].cp < '0' || ls->l[i].cp > '9')
			return true;
	return false;
}

static void
put_place(struct needles *ns, size_t ident, const struct letters *ls)
{
	struct words w;

	words_of(&w, ls);
	for (size_t i = 0; i < w.n; i++) {
		const char *s = w.ascii[i];

		if (w.to[i] - w.from[i] < 3 ||
		    !has_letter(ls, w.from[i], w.to[i]) ||
		    word_is_trade(s) || word_is_function(s) ||
		    word_place(s) != NULL || word_is_title(s) ||
		    !ls->l[w.from[i]].upper)
			continue;
		(void)put(ns, ident, ls, w.from[i], w.to[i]);
		put_behind_sign(ns, ident, ls, w.from[i], w.to[i]);
	}
	if (w.n >= 2)
		put_joined(ns, ident, ls, w.from[0], w.to[w.n - 1]);
	else if (w.n == 1)
		(void)put(ns, ident, ls, w.from[0], w.to[0]);
}

static void
put_number(struct needles *ns, size_t ident, const struct letters *ls)
{
	struct needle *nd = put(ns, ident, ls, 0, ls->n);

	if (nd != NULL) {
		nd->joined = true;
		nd->ordinary = false;
	}
}

static void
put_ident(struct needles *ns, const struct ident *id, size_t i)
{
	struct letters ls;

	letters_of(&ls, id->text, strlen(id->text));
	switch (id->type) {
	case IDENT_CHILD:
	case IDENT_PERSON:
	case IDENT_WORKER:
		put_person(ns, i, &ls);
		break;
	case IDENT_PLACE:
		put_place(ns, i, &ls);
		break;
	case IDENT_NUMBER:
	case IDENT_ONLINE:
		put_number(ns, i, &ls);
		break;
	}
	letters_release(&ls);
}

void
needles_of(struct needles *ns, const struct deident *d)
{
	memset(ns, 0, sizeof(*ns));
	ns->nidents = d->nidents;
	ns->initials = xcalloc(d->nidents + 1, sizeof(*ns->initials));
	ns->begin = xcalloc(d->nidents + 1, sizeof(*ns->begin));
	for (size_t i = 0; i < d->nidents; i++) {
		ns->begin[i] = ns->n;
		if (d->idents[i].on)
			put_ident(ns, &d->idents[i], i);
	}
	ns->begin[d->nidents] = ns->n;
}

void
needles_forget(struct needles *ns)
{
	for (size_t i = 0; i < ns->n; i++)
		free(ns->v[i].cp);
	free(ns->v);
	free(ns->initials);
	free(ns->begin);
	memset(ns, 0, sizeof(*ns));
}
