/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers, addresses online and places, by how they are written: whatever
 * the case knows of them, a number of ten digits is nobody's business.
 */
#include "config.h"

#include "core/deident_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/xalloc.h"

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
alnum(char c)
{
	return digit(c) || letter(c) || (unsigned char)c >= 0x80;
}

static bool
begins(const char *text, const char *p)
{
	return p == text || !alnum(p[-1]);
}

static void
add(struct founds *out, enum span_kind kind, const char *text,
    const char *p, size_t n, const char *with)
{
	founds_add(out, kind, (size_t)(p - text), n,
	    with != NULL ? xstrdup(with) : NULL);
}

/* ---- figures ---- */

/* A blank, hyphen, dot or bracket between groups of figures. */
static size_t
between(const char *p)
{
	size_t n = 0;

	while (n < 3 && p[n] != '\0' && strchr(" -.()\n", p[n]) != NULL)
		n++;
	if (n == 0 && memcmp(p, "\xc2\xa0", p[0] == '\xc2' ? 2 : 1) == 0)
		n = 2;
	return digit(p[n]) ? n : 0;
}

struct figures {
	size_t n;		/* bytes */
	unsigned digits, groups, shortest;	/* of groups but the first */
};

static struct figures
figures_at(const char *p)
{
	struct figures f = {0, 0, 0, 99};
	const char *q = p + strspn(p, "+(");
	unsigned group;
	size_t gap;

	while (digit(*q)) {
		for (group = 0; digit(*q); q++)
			group++;
		f.digits += group;
		if (f.groups++ > 0 && group < f.shortest)
			f.shortest = group;
		f.n = (size_t)(q - p);
		gap = between(q);
		if (gap == 0)
			break;
		q += gap;
	}
	return f;
}

static bool
is_money(const char *text, const char *p)
{
	size_t at = (size_t)(p - text);

	return (at >= 2 && memcmp(p - 2, "\xc2\xa3", 2) == 0) ||
	    (at >= 3 && memcmp(p - 3, "\xe2\x82\xac", 3) == 0) ||
	    (at >= 1 && p[-1] == '$');
}

/* What find_dates() has to say something about. */
static bool
is_year(const char *p, size_t n)
{
	return n == 4 && (strncmp(p, "19", 2) == 0 ||
	    strncmp(p, "20", 2) == 0);
}

/* Returns the bytes that are dealt with. */
static size_t
figures(const char *text, const char *p, struct founds *out)
{
	struct figures f = figures_at(p);
	size_t one = strspn(p, "0123456789");

	if (f.digits == 0 || is_money(text, p))
		return f.n > 0 ? one : 0;
	if (f.digits >= 9 && f.digits <= 20 && (f.groups == 1 ||
	    f.shortest >= 3 || *p == '0' || *p == '+')) {
		add(out, FOUND_NUMBER, text, p, f.n, *p == '0' || *p == '+' ||
		    *p == '(' ? "a telephone number" : "a number");
		return f.n;
	}
	if (f.groups > 1 && f.digits >= 7 && f.shortest >= 3) {
		add(out, FOUND_NUMBER, text, p, f.n, "a number");
		return f.n;
	}
	if (alnum(p[one]))
		return 0;
	if (one >= 6) {
		add(out, FOUND_NUMBER, text, p, one, "a number");
		return one;
	}
	if (one >= 4 && !is_year(p, one))
		add(out, FOUND_NUMBER_DOUBT, text, p, one, NULL);
	return one;
}

/* ---- letters and figures ---- */

/* True if the word has the shape: A letter, 9 digit, X either. */
static bool
shaped(const char *p, size_t n, const char *shape)
{
	if (strlen(shape) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((shape[i] == 'A' && !letter(p[i])) ||
		    (shape[i] == '9' && !digit(p[i])) ||
		    (shape[i] == 'X' && !letter(p[i]) && !digit(p[i])))
			return false;
	return true;
}

static bool
any_shape(const char *p, size_t n, const char *const *shapes)
{
	for (; *shapes != NULL; shapes++)
		if (shaped(p, n, *shapes))
			return true;
	return false;
}

static bool
all_upper(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (letter(p[i]) && !upper(p[i]))
			return false;
	return true;
}

static size_t
word_n(const char *p)
{
	size_t n = 0;

	while (digit(p[n]) || letter(p[n]))
		n++;
	return n;
}

static bool
is_ordinal(const char *p)
{
	static const char *const ends[] = {"st", "nd", "rd", "th"};

	for (size_t i = 0; i < 4; i++)
		if (strncmp(p + 1, ends[i], 2) == 0)
			return true;
	return false;
}

/* "SX1 1ZZ", "sx11zz" */
static size_t
postcode(const char *p, size_t n)
{
	static const char *const whole[] = {
		"A99AA", "AA99AA", "A999AA", "AA999AA", "A9A9AA", "AA9A9AA",
		NULL
	};
	static const char *const outward[] = {
		"A9", "AA9", "A99", "AA99", "A9A", "AA9A", NULL
	};
	size_t gap;

	if (any_shape(p, n, whole))
		return n;
	if (!any_shape(p, n, outward))
		return 0;
	gap = strspn(p + n, " -\n");
	if (gap == 0 || gap > 3 || word_n(p + n + gap) != 3 ||
	    !shaped(p + n + gap, 3, "9AA") || is_ordinal(p + n + gap))
		return 0;
	return n + gap + 3;
}

static bool
is_small_word(const char *p, size_t n)
{
	char w[ASCII_WORD_MAX];

	if (n >= sizeof(w))
		return false;
	for (size_t i = 0; i < n; i++)
		w[i] = (char)tolower((unsigned char)p[i]);
	w[n] = '\0';
	return word_is_ordinary(w);
}

static size_t
plate(const char *p, size_t n)
{
	static const char *const whole[] = {
		"AA99AAA", "A999AAA", "A99AAA", "AAA999A", "AAA99A", NULL
	};
	static const char *const front[] = {
		"AA99", "A999", "A99", "AAA", NULL
	};
	static const char *const rear[] = {"AAA", "999A", "99A", NULL};
	size_t gap = strspn(p + n, " -"), m;

	if (any_shape(p, n, whole))
		return n;
	if (gap != 1 || !any_shape(p, n, front) || !all_upper(p, n))
		return 0;
	m = word_n(p + n + 1);
	if (!any_shape(p + n + 1, m, rear) || !all_upper(p + n + 1, m) ||
	    letter(p[n - 1]) == letter(p[n + 1]) ||
	    is_small_word(p, n) || is_small_word(p + n + 1, m))
		return 0;
	return n + 1 + m;
}

static bool
is_unit(const char *p, size_t n)
{
	static const char *const units[] = {
		"hrs", "hr", "h", "am", "pm", "s", "st", "nd", "rd", "th",
		"mg", "ml", "km", "kg", "g", "p", "k", "m", "cm", "gb", "mb"
	};
	size_t k = strspn(p, "0123456789");

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strlen(units[i]) == n - k && strncasecmp(p + k, units[i],
		    n - k) == 0)
			return true;
	return false;
}

/* "CR/12345/26", "K-0142", "NRM12345": letters, and three figures. */
static size_t
reference(const char *p)
{
	size_t n = 0;
	unsigned digits = 0, letters = 0;

	for (; digit(p[n]) || letter(p[n]) || (n > 0 && p[n] != '\0' &&
	    strchr("-/_", p[n]) != NULL && (digit(p[n + 1]) ||
	    letter(p[n + 1]))); n++) {
		digits += digit(p[n]);
		letters += letter(p[n]);
	}
	/* "03T16" is of a moment. */
	if (digits < 3 || (letters == 0 && digits < 6) || is_unit(p, n) ||
	    (shaped(p, n, "99A99") && p[2] == 'T'))
		return 0;
	/* "16-year-old", "999-call": a word of five letters is none. */
	if (letters > 8 && digits < 5)
		return 0;
	return n;
}

static size_t
mixed(const char *text, const char *p, struct founds *out)
{
	static const char *const pupil[] = {
		"A999999999999", "A99999999999A", NULL
	};
	size_t n = word_n(p), k;

	if (n == 0)
		return 0;
	if (any_shape(p, n, pupil)) {
		add(out, FOUND_NUMBER, text, p, n, "a pupil number");
		return n;
	}
	k = plate(p, n);
	if (k > 0) {
		add(out, FOUND_NUMBER, text, p, k, "a number plate");
		return k;
	}
	k = postcode(p, n);
	if (k > 0) {
		add(out, FOUND_NUMBER, text, p, k, "a postcode");
		return k;
	}
	k = reference(p);
	if (k > 0)
		add(out, FOUND_NUMBER, text, p, k, "a reference");
	return k;
}

void
find_numbers(const char *text, struct founds *out)
{
	const char *p = text;

	while (*p != '\0') {
		size_t n = 0;

		if (begins(text, p) || *p == '(' || *p == '+')
			n = figures(text, p, out);
		if (n == 0 && begins(text, p))
			n = mixed(text, p, out);
		p += n > 0 ? n : 1;
	}
}

/* ---- online ---- */

static bool
of_address(char c)
{
	return alnum(c) || (c != '\0' && strchr("._%+-@/:?=&#~", c) != NULL);
}

static bool
has_domain(const char *p, size_t n)
{
	static const char *const ends[] = {
		".com", ".co.uk", ".uk", ".org", ".net", ".example", ".io",
		".me", ".tv", ".gg", ".info", ".eu", ".ly", ".app", ".chat"
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t m = strlen(ends[i]);

		for (size_t k = 1; k + m <= n; k++)
			if (strncasecmp(p + k, ends[i], m) == 0 &&
			    alnum(p[k - 1]) && (k + m == n ||
			    !alnum(p[k + m])))
				return true;
	}
	return false;
}

/* "zoe_ob", "lil.zoe99": a name as it is made up online. */
static bool
is_made_up(const char *p, size_t n)
{
	for (size_t i = 1; i + 1 < n; i++)
		if (p[i] == '_' && alnum(p[i - 1]) && alnum(p[i + 1]))
			return true;
	return false;
}

static const char *
online_kind(const char *p, size_t n)
{
	const char *at = memchr(p, '@', n);

	if (strncasecmp(p, "http", 4) == 0 || strncasecmp(p, "www.", 4) == 0)
		return "a link";
	if (at != NULL && at > p && (size_t)(at - p) + 1 < n)
		return "an e-mail address";
	if ((at == p || *p == '#') && n > 2)
		return "an online name";
	if (has_domain(p, n))
		return "a link";
	return is_made_up(p, n) ? "an online name" : NULL;
}

/* "jo99": letters and then figures may be a name online. */
static bool
is_like_online(const char *p, size_t n)
{
	size_t k = 0;

	while (k < n && letter(p[k]))
		k++;
	return k >= 2 && n - k >= 2 && strspn(p + k, "0123456789") >= n - k;
}

void
find_online(const char *text, struct founds *out)
{
	const char *p = text;

	while (*p != '\0') {
		const char *kind;
		size_t n = 0;

		if (p > text && of_address(p[-1])) {
			p++;
			continue;
		}
		while (of_address(p[n]))
			n++;
		while (n > 0 && strchr(".:?/-&", p[n - 1]) != NULL)
			n--;
		kind = n > 0 ? online_kind(p, n) : NULL;
		if (kind != NULL)
			add(out, FOUND_ONLINE, text, p, n, kind);
		else if (n > 0 && is_like_online(p, n))
			add(out, FOUND_ONLINE_DOUBT, text, p, n, NULL);
		p += n > 0 ? n : 1;
	}
}

/* ---- places ---- */

/* Words with capitals up to one that says what it is: "Sample Park". */
static size_t
place_from(const struct letters *ls, size_t i, const char **kind)
{
	size_t from = i, to = i, words = 0, proper = 0;
	char w[ASCII_WORD_MAX];

	*kind = NULL;
	while (to < ls->n && words < 4 && ls->l[to].upper &&
	    (to == from || (ls->l[to].gap & ~(unsigned)(GAP_SPACE |
	    GAP_SIGN | GAP_LINE)) == 0)) {
		size_t end = letters_word_end(ls, to);

		letters_ascii(ls, to, end, w);
		if (words > 0 && proper > 0 && word_place(w) != NULL) {
			*kind = word_place(w);
			i = end;
		}
		proper += !word_is_trade(w) && !word_is_title(w) &&
		    !word_is_function(w) && !word_is_capital(w);
		if (words == 0 && proper == 0)
			return 0;
		words++;
		to = end;
	}
	return *kind != NULL ? i - from : 0;
}

/* A house number goes with its road. */
static bool
is_housed(const char *kind)
{
	return strcmp(kind, "a road") == 0 ||
	    strcmp(kind, "a block of flats") == 0;
}

void
find_places(const struct letters *ls, struct founds *out)
{
	for (size_t i = 0; i < ls->n;) {
		const char *kind;
		size_t n = 0;

		if (ls->l[i].first && ls->l[i].upper)
			n = place_from(ls, i, &kind);
		if (n > 0) {
			size_t from = is_housed(kind) ?
			    letters_number_before(ls, i) : i;

			founds_add(out, FOUND_PLACE, ls->l[from].at,
			    ls->l[i + n - 1].end - ls->l[from].at,
			    xstrdup(kind));
		}
		i += n > 0 ? n : 1;
	}
}
