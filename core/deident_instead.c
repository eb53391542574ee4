/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in for whom: one person, one stand-in, and no way back. */
#include "config.h"

#include "core/deident_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

unsigned
rng_below(const struct rng *rng, unsigned n)
{
	unsigned char b;

	/* What does not divide evenly is drawn again. */
	do
		rng_fill(rng, &b, 1);
	while (b >= 256 - 256 % n);
	return b % n;
}

static void
strike_letters(const char *text, bool used[26])
{
	struct letters ls;

	letters_of(&ls, text, strlen(text));
	for (size_t i = 0; i < ls.n; i++)
		if (letters_bound(&ls, i) && ls.l[i].cp >= 'a' &&
		    ls.l[i].cp <= 'z')
			used[ls.l[i].cp - 'a'] = true;
	letters_release(&ls);
}

/* A letter that begins none of the child's names; not I, nor O. */
char
deident_letter(const struct deident *d, const struct rng *rng)
{
	bool used[26] = {false};
	unsigned left = 0, pick;

	used['i' - 'a'] = used['o' - 'a'] = used['a' - 'a'] = true;
	for (size_t i = 0; i < d->nidents; i++)
		if (d->idents[i].type == IDENT_CHILD)
			strike_letters(d->idents[i].text, used);
	for (size_t i = 0; i < 26; i++)
		left += !used[i];
	if (left == 0)
		return 'Q';
	pick = rng_below(rng, left);
	for (size_t i = 0; i < 26; i++)
		if (!used[i] && pick-- == 0)
			return (char)('A' + i);
	return 'Q';
}

/* Every word of the one is a word of the other: one and the same. */
static bool
is_part_of(const char *a, const char *b)
{
	struct letters x, y;
	size_t words = 0, found = 0;
	char w[ASCII_WORD_MAX], v[ASCII_WORD_MAX];

	letters_of(&x, a, strlen(a));
	letters_of(&y, b, strlen(b));
	for (size_t i = 0; i < x.n;) {
		size_t end = letters_word_end(&x, i);
		bool any = false;

		letters_ascii(&x, i, end, w);
		i = end;
		if (word_is_title(w))
			continue;
		for (size_t k = 0; k < y.n && !any;) {
			size_t to = letters_word_end(&y, k);

			letters_ascii(&y, k, to, v);
			any = w[0] != '\0' && strcmp(w, v) == 0;
			k = to;
		}
		words++;
		found += any;
	}
	letters_release(&x);
	letters_release(&y);
	return words > 0 && words == found;
}

static bool
is_numbered(enum ident_type t)
{
	return t == IDENT_PERSON || t == IDENT_WORKER || t == IDENT_PLACE;
}

/* The ident before i that is the same person, or i. */
static size_t
same_as(const struct deident *d, size_t i)
{
	const struct ident *id = &d->idents[i];

	for (size_t k = 0; k < i; k++) {
		const struct ident *other = &d->idents[k];

		if ((other->type == IDENT_PLACE) == (id->type ==
		    IDENT_PLACE) && other->type <= IDENT_PLACE &&
		    (is_part_of(id->text, other->text) ||
		    (other->type != IDENT_CHILD &&
		    is_part_of(other->text, id->text))))
			return k;
	}
	return i;
}

static void
set_instead(struct ident *id, const char *base, size_t n)
{
	struct str s;

	str_init(&s);
	if (strcmp(base, "a school") == 0)
		str_add_fmt(&s, "School %c", (char)('A' + n % 26));
	else
		str_add_fmt(&s, "%s (%zu)", base, n + 1);
	free(id->instead);
	id->instead = str_take(&s);
}

/* Several of a kind are told apart, and one stays one under all its names. */
void
deident_tell_apart(struct deident *d)
{
	size_t *same = xcalloc(d->nidents + 1, sizeof(*same));
	char **base = xcalloc(d->nidents + 1, sizeof(*base));

	for (size_t i = 0; i < d->nidents; i++) {
		same[i] = same_as(d, i);
		base[i] = xstrdup(d->idents[i].instead);
	}
	for (size_t i = 0; i < d->nidents; i++) {
		size_t n = 0, before = 0;

		if (same[i] != i || !is_numbered(d->idents[i].type))
			continue;
		for (size_t k = 0; k < d->nidents; k++)
			if (same[k] == k && strcmp(base[k], base[i]) == 0) {
				n++;
				before += k < i;
			}
		if (n > 1)
			set_instead(&d->idents[i], base[i], before);
	}
	for (size_t i = 0; i < d->nidents; i++) {
		if (same[i] != i) {
			free(d->idents[i].instead);
			d->idents[i].instead =
			    xstrdup(d->idents[same[i]].instead);
			d->idents[i].type = d->idents[same[i]].type;
		}
		free(base[i]);
	}
	free(base);
	free(same);
}
