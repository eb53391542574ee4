/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words that a note has in common with a point of the model's note.  Two
 * words are taken for forms of one when they begin with the same four letters
 * at least, most of the shorter one, and differ only in an ending; that knows
 * no grammar and nothing of "not", so it is a hint and never ticks a point by
 * itself.
 */
#include "config.h"

#include "core/walk.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "core/utf8.h"
#include "core/vec.h"

#define WORD_LETTERS 4		/* shorter ones say little */
#define ENDING_LETTERS 3	/* in which forms of one word may differ */

/* Folded, sorted: words that every note has. */
static const char *const stops[] = {
	"about", "after", "again", "also", "because", "been", "before",
	"being", "could", "does", "done", "each", "even", "every", "from",
	"have", "having", "herself", "himself", "into", "just", "more",
	"most", "much", "only", "other", "over", "said", "says", "should",
	"some", "still", "such", "than", "that", "their", "them",
	"themselves", "then", "there", "these", "they", "this", "those",
	"very", "were", "what", "when", "where", "whether", "which",
	"while", "whom", "whose", "will", "with", "would", "your",
};
#define NSTOPS (sizeof(stops) / sizeof(stops[0]))

struct words {
	struct word {
		char *folded;		/* owned */
		const char *s;		/* as it is written; borrowed */
		size_t n;
	} *list;
	size_t n, cap;
};

static int
compare_stop(const void *key, const void *stop)
{
	const char *const *s = stop;

	return strcmp(key, *s);
}

static bool
is_stop(const char *folded)
{
	return bsearch(folded, stops, NSTOPS, sizeof(stops[0]),
	    compare_stop) != NULL;
}

/* An apostrophe is part of its word; the fold drops it. */
static bool
in_word(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019 || uc_is_property_alphabetic(cp) ||
	    uc_is_property_decimal_digit(cp) || uc_combining_class(cp) != 0;
}

static size_t
letters(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void
add_word(struct words *w, const char *s, size_t n)
{
	struct str folded;

	str_init(&folded);
	utf8_fold(&folded, s, n);
	if (letters(folded.s) < WORD_LETTERS || is_stop(folded.s)) {
		str_release(&folded);
		return;
	}
	w->list = vec_room(w->list, w->n, &w->cap, sizeof(*w->list));
	w->list[w->n++] = (struct word){ str_take(&folded), s, n };
}

static void
split(const char *s, struct words *out)
{
	size_t n = strlen(s), begin = 0, at = 0, k;
	uint32_t cp;

	while (at < n) {
		k = utf8_decode(s + at, n - at, &cp);
		if (k == 0 || !in_word(cp)) {
			if (at > begin)
				add_word(out, s + begin, at - begin);
			begin = at + (k != 0 ? k : 1);
		}
		at += k != 0 ? k : 1;
	}
	if (at > begin)
		add_word(out, s + begin, at - begin);
}

static void
words_release(struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->list[i].folded);
	free(w->list);
}

/* "visit" and "visited", "worry" and "worries"; not "contact", "content". */
static bool
same_stem(const char *a, const char *b)
{
	size_t i = 0, stem, la = letters(a), lb = letters(b);
	size_t shorter = la < lb ? la : lb;

	while (a[i] != '\0' && a[i] == b[i])
		i++;
	/* Back to where a letter begins. */
	while (i > 0 && ((unsigned char)a[i] & 0xc0) == 0x80)
		i--;
	stem = la - letters(a + i);
	return stem >= WORD_LETTERS && 3 * stem >= 2 * shorter &&
	    la - stem <= ENDING_LETTERS && lb - stem <= ENDING_LETTERS;
}

static bool
has_stem(const struct words *w, size_t n, const char *folded)
{
	for (size_t i = 0; i < n; i++)
		if (same_stem(w->list[i].folded, folded))
			return true;
	return false;
}

/* Most of them, and one word alone is not most. */
static enum walk_point
verdict(size_t found, size_t all)
{
	if (found == 0)
		return POINT_MISSING;
	return found >= 2 && 3 * found >= 2 * all ? POINT_NAMED :
	    POINT_PARTLY;
}

enum walk_point
note_hint(const char *point, const char *note, struct str *out)
{
	struct words wanted = { .n = 0 }, has = { .n = 0 };
	size_t all = 0, found = 0;
	enum walk_point p;

	split(point, &wanted);
	split(note, &has);
	for (size_t i = 0; i < wanted.n; i++) {
		const struct word *word = &wanted.list[i];

		if (has_stem(&wanted, i, word->folded))
			continue;
		all++;
		if (!has_stem(&has, has.n, word->folded))
			continue;
		str_add(out, found++ > 0 ? ", " : "");
		str_add_n(out, word->s, word->n);
	}
	p = verdict(found, all);
	words_release(&wanted);
	words_release(&has);
	return p;
}
