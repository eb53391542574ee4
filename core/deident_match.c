/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of letters compared with what is looked for. */
#include "config.h"

#include "core/deident_impl.h"

#include <string.h>

/* One needle at one place. */
struct match {
	size_t n;		/* letters; 0: none */
	unsigned gaps;		/* what lies inside */
};

/* What may lie between the letters of one word of a name. */
static bool
may_part(const struct needle *nd, unsigned gap)
{
	if (gap == 0 || gap == GAP_SIGN || nd->joined)
		return true;
	if (nd->n < 4)
		return false;
	return (gap & (GAP_COMMA | GAP_DOT | GAP_OTHER)) == 0;
}

static struct match
row_at(const struct letters *ls, size_t i, const struct needle *nd)
{
	struct match m = {0, 0};

	if (nd->n > ls->n - i)
		return m;
	for (size_t k = 0; k < nd->n; k++) {
		const struct letter *l = &ls->l[i + k];

		if (l->cp != nd->cp[k] ||
		    (k > 0 && !may_part(nd, l->gap)))
			return (struct match){0, 0};
		if (k > 0)
			m.gaps |= l->gap;
	}
	m.n = nd->n;
	return m;
}

/* Every piece into which blanks part the row is a small word of its own. */
static bool
pieces_are_ordinary(const struct letters *ls, size_t from, size_t to)
{
	char w[ASCII_WORD_MAX];

	for (size_t i = from; i < to;) {
		size_t end = letters_word_end(ls, i);

		letters_ascii(ls, i, end < to ? end : to, w);
		if (!word_is_ordinary(w) || ls->l[i].upper)
			return false;
		i = end;
	}
	return true;
}

/* "a good man" does not name Mrs Goodman, nor "I will. Hope" Will Hope. */
static bool
parted_by_chance(const struct letters *ls, size_t i, const struct needle *nd,
    const struct match *m)
{
	if ((m->gaps & ~(unsigned)GAP_SIGN) == 0 ||
	    !pieces_are_ordinary(ls, i, i + m->n))
		return false;
	if (nd->joined)
		return (m->gaps & (GAP_COMMA | GAP_DOT | GAP_OTHER)) != 0;
	return (m->gaps & GAP_HYPHEN) == 0;
}

/* "Jos" is Jo's; "has" is not Ha's. */
static bool
ends_well(const struct letters *ls, size_t from, const struct needle *nd)
{
	size_t to = from + nd->n;
	char w[ASCII_WORD_MAX];

	if (letters_bound(ls, to))
		return true;
	if (!letters_genitive(ls, to))
		return false;
	letters_ascii(ls, from, to + 1, w);
	return nd->n > 2 || (ls->l[to].gap & GAP_SIGN) != 0 ||
	    !word_is_ordinary(w);
}

/* A needle at i as a word of its own. */
static struct match
word_at(const struct letters *ls, size_t i, const struct needle *nd)
{
	static const struct match none = {0, 0};
	struct match m = row_at(ls, i, nd);

	if (m.n == 0)
		return none;
	if (nd->unspaced)
		return m;
	if (!letters_bound(ls, i) || !ends_well(ls, i, nd))
		return none;
	return parted_by_chance(ls, i, nd, &m) ? none : m;
}

/* ---- a name from a letter on ---- */

/* An ordinary word that is a name counts with a capital only. */
static bool
is_weak(const struct letters *ls, size_t i, const struct needle *nd)
{
	if (nd->joined || nd->unspaced)
		return false;
	if (nd->function)
		return !ls->l[i].upper || letters_sentence_start(ls, i);
	return nd->ordinary && !ls->l[i].upper;
}

/* The longest needle of an ident at i. */
static size_t
longest(const struct needles *ns, size_t ident, const struct letters *ls,
    size_t i, bool *weak)
{
	size_t best = 0;

	*weak = true;
	for (size_t k = ns->begin[ident]; k < ns->begin[ident + 1]; k++) {
		const struct needle *nd = &ns->v[k];
		struct match m;
		bool w;

		if (nd->cp[0] != ls->l[i].cp)
			continue;
		m = word_at(ls, i, nd);
		if (m.n == 0)
			continue;
		w = is_weak(ls, i, nd);
		if ((*weak && !w) || (*weak == w && m.n > best)) {
			best = m.n;
			*weak = w;
		}
	}
	return best;
}

/* A capital that stands alone and may be one of the initials. */
static bool
is_initial(const struct needles *ns, size_t ident, const struct letters *ls,
    size_t i)
{
	if (i >= ls->n || !ls->l[i].upper || !ls->l[i].first ||
	    (i + 1 < ls->n && !ls->l[i + 1].first))
		return false;
	for (const uint32_t *p = ns->initials[ident]; *p != 0; p++)
		if (*p == ls->l[i].cp)
			return true;
	return false;
}

static bool
goes_on(const struct letters *ls, size_t i, bool after_initial)
{
	unsigned bad = GAP_OTHER | (after_initial ? 0u : GAP_DOT);

	return i < ls->n && (ls->l[i].gap & bad) == 0;
}

/* Behind a comma only the first name goes on, and not after itself. */
static bool
comma_fits(const struct needles *ns, size_t ident, const struct letters *ls,
    size_t from, size_t i)
{
	uint32_t first = ns->initials[ident][0];

	return (ls->l[i].gap & GAP_COMMA) == 0 ||
	    (first != 0 && ls->l[i].cp == first && ls->l[from].cp != first);
}

/* Words of one name that follow each other: "O'Brien, Zoe". */
static size_t
run_of(const struct needles *ns, size_t ident, const struct letters *ls,
    size_t i)
{
	bool weak;
	size_t n = longest(ns, ident, ls, i, &weak), to = i + n, next;

	if (n == 0 || weak)
		return 0;
	for (;;) {
		bool skip = goes_on(ls, to, false) &&
		    is_initial(ns, ident, ls, to);

		next = to + (skip ? 1 : 0);
		if (!goes_on(ls, next, skip) ||
		    !comma_fits(ns, ident, ls, i, next))
			return to - i;
		n = longest(ns, ident, ls, next, &weak);
		if (n == 0 || weak)
			return to - i;
		to = next + n;
	}
}

/* "Z.O." and "Z. O. N.": as many of the initials as a dot stands behind. */
static size_t
initials_at(const struct needles *ns, size_t ident, const struct letters *ls,
    size_t i)
{
	const uint32_t *in = ns->initials[ident];
	size_t n = 0, k = 0;

	if (in[0] == 0 || !ls->l[i].first)
		return 0;
	while (i + n < ls->n && in[k] != 0) {
		const struct letter *l = &ls->l[i + n];

		if (!l->upper || (i + n + 1 < ls->n &&
		    !letters_bound(ls, i + n + 1)))
			break;
		if (n > 0 && ((l->gap & GAP_DOT) == 0 ||
		    (l->gap & (GAP_COMMA | GAP_OTHER)) != 0))
			break;
		/* One may be left out, but not the first. */
		while (n > 0 && in[k] != 0 && in[k] != l->cp)
			k++;
		if (in[k] != l->cp)
			break;
		n++;
		k++;
	}
	return n >= 2 ? n : 0;
}

/* "Mrs Samplewood" is whoever of the name is grown up. */
static bool
after_title(const struct letters *ls, size_t i)
{
	char w[ASCII_WORD_MAX];
	size_t from = i;

	if (i == 0 || (ls->l[i].gap & (GAP_COMMA | GAP_OTHER)) != 0)
		return false;
	for (from = i - 1; from > 0 && !ls->l[from].first; from--)
		;
	letters_ascii(ls, from, i, w);
	return word_is_title(w);
}

static bool
is_better(const struct deident *d, const struct hit *best, size_t ident,
    size_t n, bool titled)
{
	if (n != best->to - best->from)
		return n > best->to - best->from;
	return titled && d->idents[best->ident].type == IDENT_CHILD &&
	    d->idents[ident].type != IDENT_CHILD;
}

bool
needles_hit(const struct needles *ns, const struct deident *d,
    const struct letters *ls, size_t i, struct hit *out)
{
	bool titled = after_title(ls, i), weak = false, any = false;
	size_t n;

	*out = (struct hit){HIT_NAME, i, i, 0};
	for (size_t k = 0; k < ns->nidents; k++) {
		bool w;

		if (!d->idents[k].on)
			continue;
		n = run_of(ns, k, ls, i);
		if (n == 0)
			n = initials_at(ns, k, ls, i);
		if (n > 0 && (!any || is_better(d, out, k, n, titled))) {
			*out = (struct hit){HIT_NAME, i, i + n, k};
			any = true;
		} else if (n == 0 && !any && !weak) {
			n = longest(ns, k, ls, i, &w);
			if (n > 0 && w) {
				weak = true;
				*out = (struct hit){HIT_MAYBE, i, i, k};
				out->to = i + n;
			}
		}
	}
	return any || weak;
}

/* ---- inside a word, and one letter from it ---- */

static bool
same(const struct letter *l, const uint32_t *cp, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (l[i].cp != cp[i])
			return false;
	return true;
}

/* One letter more, less, other, or two that changed places. */
static bool
one_apart(const struct letter *a, size_t na, const uint32_t *b, size_t nb)
{
	size_t k = 0;

	while (k < na && k < nb && a[k].cp == b[k])
		k++;
	if (na == nb + 1)
		return same(a + k + 1, b + k, nb - k);
	if (nb == na + 1)
		return same(a + k, b + k + 1, na - k);
	if (na != nb || k == na)
		return na == nb;
	if (same(a + k + 1, b + k + 1, na - k - 1))
		return true;
	return k + 1 < na && a[k].cp == b[k + 1] && a[k + 1].cp == b[k] &&
	    same(a + k + 2, b + k + 2, na - k - 2);
}

static bool
is_inside(const struct needle *nd, const struct letters *ls, size_t from,
    size_t to)
{
	if (nd->n < 4)
		return false;
	for (size_t i = from; i + nd->n <= to; i++)
		if (same(&ls->l[i], nd->cp, nd->n))
			return true;
	return false;
}

static bool
is_near(const struct needle *nd, const struct letters *ls, size_t from,
    size_t to)
{
	if (nd->n < 5 || nd->unspaced)
		return false;
	if (one_apart(&ls->l[from], to - from, nd->cp, nd->n))
		return true;
	return to - from > 1 && letters_genitive(ls, to - 1) &&
	    one_apart(&ls->l[from], to - 1 - from, nd->cp, nd->n);
}

static bool
has_digit(const struct needle *nd)
{
	for (size_t i = 0; i < nd->n; i++)
		if (nd->cp[i] >= '0' && nd->cp[i] <= '9')
			return true;
	return false;
}

bool
needles_near(const struct needles *ns, const struct letters *ls, size_t from,
    size_t to, struct hit *out)
{
	char w[ASCII_WORD_MAX];

	if (to - from < 4)
		return false;
	letters_ascii(ls, from, to, w);
	if (word_is_ordinary(w) && (!ls->l[from].upper ||
	    letters_sentence_start(ls, from)))
		return false;
	for (size_t k = 0; k < ns->n; k++) {
		const struct needle *nd = &ns->v[k];

		if (!is_inside(nd, ls, from, to) && (has_digit(nd) ||
		    !is_near(nd, ls, from, to)))
			continue;
		*out = (struct hit){HIT_INSIDE, from, to, nd->ident};
		return true;
	}
	return false;
}
