/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text as a row of folded letters. */
#include "config.h"

#include "core/deident_impl.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "core/utf8.h"
#include "core/vec.h"

/* Letters that no decomposition takes apart, and those that look alike. */
static const struct {
	uint32_t cp;
	const char *as;
} alike[] = {
	{0x00e6, "ae"}, {0x00f0, "d"}, {0x00f8, "o"}, {0x00fe, "th"},
	{0x0111, "d"}, {0x0127, "h"}, {0x0131, "i"}, {0x0142, "l"},
	{0x014b, "n"}, {0x0153, "oe"}, {0x0167, "t"}, {0x0259, "e"},
	{0x03b1, "a"}, {0x03bf, "o"}, {0x0430, "a"}, {0x0435, "e"},
	{0x043a, "k"}, {0x043c, "m"}, {0x043e, "o"}, {0x0440, "p"},
	{0x0441, "c"}, {0x0443, "y"}, {0x0445, "x"}, {0x0456, "i"},
	{0x0458, "j"}, {0x04cf, "l"},
};

static const char *
alike_of(uint32_t cp)
{
	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++)
		if (alike[i].cp == cp)
			return alike[i].as;
	return NULL;
}

static bool
is_alnum(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
		    (cp >= 'A' && cp <= 'Z');
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L |
	    UC_CATEGORY_MASK_N);
}

static unsigned
ascii_gap(uint32_t cp)
{
	switch (cp) {
	case '\'':
	case '`':
		return GAP_SIGN;
	case '-':
		return GAP_HYPHEN;
	case ' ':
	case '\t':
		return GAP_SPACE;
	case '\n':
	case '\r':
		return GAP_LINE;
	case ',':
		return GAP_COMMA;
	case '.':
		return GAP_DOT;
	default:
		return cp < ' ' || cp == 0x7f ? GAP_SIGN : GAP_OTHER;
	}
}

/* Acute and grave are typed for apostrophes; they fold to a space and a mark. */
static unsigned
gap_of(uint32_t cp)
{
	if (cp < 0x80)
		return ascii_gap(cp);
	if (cp == 0xb4 || (cp >= 0x2018 && cp <= 0x201b) || cp == 0x2032 ||
	    cp == 0xfffd || (cp >= 0x2b9 && cp <= 0x2bf) || cp == 0xff07 ||
	    cp == 0x2035)
		return GAP_SIGN;
	if (cp == 0x2028 || cp == 0x2029 || cp == 0x85)
		return GAP_LINE;
	if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Z))
		return GAP_SPACE;
	if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Pd) ||
	    cp == 0x2212 || cp == 0xb7)
		return GAP_HYPHEN;
	if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M |
	    UC_CATEGORY_MASK_C))
		return GAP_SIGN;
	return cp == 0xff0e ? GAP_DOT : GAP_OTHER;
}

static void
take(struct letters *ls, struct letter l)
{
	ls->l = vec_room(ls->l, ls->n, &ls->cap, sizeof(*ls->l));
	l.first = ls->n == 0 || (l.gap & ~(unsigned)GAP_SIGN) != 0;
	ls->l[ls->n++] = l;
}

/* Takes what one character folds to; false when that is no letter. */
static bool
take_folded(struct letters *ls, const char *s, size_t n, struct letter l)
{
	struct str fold;
	const char *p;
	uint32_t cp;
	size_t at = 0, k;
	bool any = false;

	str_init(&fold);
	utf8_fold(&fold, s, n);
	while ((k = utf8_decode(fold.s + at, fold.len - at, &cp)) > 0) {
		at += k;
		p = alike_of(cp);
		if (p == NULL && !is_alnum(cp))
			continue;
		for (l.cp = p != NULL ? (uint32_t)(unsigned char)*p : cp;
		    l.cp != 0; l.cp = p != NULL && *++p != '\0' ?
		    (uint32_t)(unsigned char)*p : 0) {
			take(ls, l);
			l.gap = 0;
			any = true;
		}
	}
	str_release(&fold);
	return any;
}

static bool
take_ascii(struct letters *ls, uint32_t cp, struct letter l)
{
	if (!is_alnum(cp))
		return false;
	l.upper = cp >= 'A' && cp <= 'Z';
	l.cp = l.upper ? cp - 'A' + 'a' : cp;
	take(ls, l);
	return true;
}

void
letters_of(struct letters *ls, const char *text, size_t n)
{
	unsigned gap = 0;
	size_t len;
	uint32_t cp;

	memset(ls, 0, sizeof(*ls));
	ls->text = text;
	for (size_t i = 0; i < n; i += len) {
		struct letter l = { .at = (uint32_t)i };

		len = utf8_decode(text + i, n - i, &cp);
		if (len == 0) {
			len = 1;
			gap |= GAP_SIGN;
			continue;
		}
		l.end = (uint32_t)(i + len);
		l.gap = (unsigned char)gap;
		if (cp >= 0x80 && is_alnum(cp)) {
			l.upper = uc_is_upper(cp) || !uc_is_lower(cp);
			if (take_folded(ls, text + i, len, l)) {
				gap = 0;
				continue;
			}
		} else if (cp < 0x80 && take_ascii(ls, cp, l)) {
			gap = 0;
			continue;
		}
		gap |= gap_of(cp);
		/* A mark belongs to the letter that it stands on. */
		if (gap == GAP_SIGN && ls->n > 0 && cp >= 0x300 &&
		    cp < 0x370)
			ls->l[ls->n - 1].end = (uint32_t)(i + len);
	}
}

void
letters_release(struct letters *ls)
{
	free(ls->l);
	memset(ls, 0, sizeof(*ls));
}

size_t
letters_number_before(const struct letters *ls, size_t i)
{
	size_t from = i;

	if (i == 0 ||
	    (ls->l[i].gap & ~(unsigned)(GAP_SPACE | GAP_LINE)) != 0)
		return i;
	while (from > 0 && ls->l[from - 1].cp >= '0' &&
	    ls->l[from - 1].cp <= '9' && !(from < i && ls->l[from].first))
		from--;
	return from < i && ls->l[from].first ? from : i;
}

size_t
letters_word_end(const struct letters *ls, size_t i)
{
	for (i++; i < ls->n && !ls->l[i].first; i++)
		;
	return i;
}

static bool
is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

bool
letters_bound(const struct letters *ls, size_t i)
{
	const struct letter *l = &ls->l[i];

	if (i >= ls->n || i == 0 || l->first)
		return true;
	if (is_digit(l->cp) != is_digit(l[-1].cp))
		return true;
	return l->upper && !l[-1].upper;
}

bool
letters_genitive(const struct letters *ls, size_t i)
{
	return i > 0 && i < ls->n && ls->l[i].cp == 's' &&
	    !ls->l[i].first && letters_bound(ls, i + 1);
}

/* Quotes and brackets may stand before the first word. */
bool
letters_sentence_start(const struct letters *ls, size_t i)
{
	size_t at = ls->l[i].at;
	const char *s = ls->text;

	while (at > 0 && strchr(" \t\r\n\"'([*", s[at - 1]) != NULL)
		at--;
	if (at >= 3 && (memcmp(s + at - 3, "\xe2\x80\x9c", 3) == 0 ||
	    memcmp(s + at - 3, "\xe2\x80\x98", 3) == 0))
		return true;
	return at == 0 || strchr(".!?:;-", s[at - 1]) != NULL ||
	    (at < ls->l[i].at && memchr(s + at, '"', ls->l[i].at - at) !=
	    NULL);
}

void
letters_ascii(const struct letters *ls, size_t from, size_t to,
    char out[ASCII_WORD_MAX])
{
	size_t n = 0;

	out[0] = '\0';
	if (to - from >= ASCII_WORD_MAX)
		return;
	for (size_t i = from; i < to; i++) {
		if (ls->l[i].cp >= 0x80) {
			out[0] = '\0';
			return;
		}
		out[n++] = (char)ls->l[i].cp;
	}
	out[n] = '\0';
}
