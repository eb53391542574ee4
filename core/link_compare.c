/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two records, field by field. */
#include "config.h"

#include "core/link_impl.h"

#include <string.h>

#include "core/date.h"

/* Beside a level, in the cache: the same given name, or so if the sex is. */
#define LEVEL_BITS 7u
#define SAME_GIVEN 8u
#define SAME_GIRL 16u
#define SAME_BOY 32u
#define CACHE_BITS 6
#define CLOSE_AT 0.92
#define NEAR_AT 0.85

/* ---- Jaro-Winkler ---- */

struct matched {
	uint64_t a, b;		/* which letters found their like */
	unsigned n;
};

static struct matched
match_letters(const char *a, size_t na, const char *b, size_t nb)
{
	size_t longer = na > nb ? na : nb;
	size_t reach = longer / 2 > 0 ? longer / 2 - 1 : 0;
	struct matched m = { 0, 0, 0 };

	for (size_t i = 0; i < na; i++) {
		size_t from = i > reach ? i - reach : 0;
		size_t to = i + reach < nb ? i + reach + 1 : nb;

		for (size_t j = from; j < to; j++) {
			if (a[i] != b[j] || m.b >> j & 1)
				continue;
			m.a |= UINT64_C(1) << i;
			m.b |= UINT64_C(1) << j;
			m.n++;
			break;
		}
	}
	return m;
}

static unsigned
out_of_order(const char *a, const char *b, struct matched m)
{
	unsigned moved = 0;

	while (m.a != 0) {
		int i = __builtin_ctzll(m.a), j = __builtin_ctzll(m.b);

		moved += a[i] != b[j];
		m.a &= m.a - 1;
		m.b &= m.b - 1;
	}
	return moved / 2;
}

double
link_jaro_winkler(const char *a, size_t na, const char *b, size_t nb)
{
	struct matched m;
	size_t same = 0;
	double jaro, n;

	if (na > 64)
		na = 64;
	if (nb > 64)
		nb = 64;
	m = match_letters(a, na, b, nb);
	if (m.n == 0)
		return na == 0 && nb == 0 ? 1.0 : 0.0;
	n = m.n;
	jaro = (n / (double)na + n / (double)nb +
	    (n - out_of_order(a, b, m)) / n) / 3.0;
	while (same < 4 && same < na && same < nb && a[same] == b[same])
		same++;
	return jaro + (double)same * 0.1 * (1.0 - jaro);
}

/* ---- names ---- */

static const char *
word(const struct links *l, uint32_t id)
{
	return link_words_text(&l->words, id);
}

static unsigned
by_letters(const struct links *l, const struct link_name *x,
    const struct link_name *y)
{
	const char *a = word(l, x->joined), *b = word(l, y->joined);
	double jw = link_jaro_winkler(a, strlen(a), b, strlen(b));

	return jw >= CLOSE_AT ? LEVEL_CLOSE :
	    jw >= NEAR_AT ? LEVEL_NEAR : LEVEL_APART;
}

static bool
has_word(const struct link_name *x, uint32_t id)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->tok[i] == id)
			return true;
	return false;
}

static size_t
in_common(const struct link_name *x, const struct link_name *y)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++)
		n += has_word(y, x->tok[i]);
	return n;
}

static bool
is_shared(const struct links *l, uint32_t id)
{
	const char *s = word(l, id);

	return link_names_flags(l->names, s, strlen(s)) & WORD_SHARED;
}

/* "Anna M" and "Anna Maria". */
static bool
initial_fits(const struct links *l, uint32_t a, uint32_t b)
{
	const char *x = word(l, a), *y = word(l, b);

	return x[0] == y[0] && (x[1] == '\0' || y[1] == '\0');
}

/*
 * One given name has one word, the other several.  The first alone is the
 * same child unless brothers or sisters have that first name together; the
 * second alone only where they do.
 */
static unsigned
one_of_several(const struct links *l, const struct link_name *one,
    const struct link_name *more)
{
	bool shared = is_shared(l, more->tok[0]);

	if (one->tok[0] == more->tok[0])
		return shared ? LEVEL_CLOSE : LEVEL_CLOSE | SAME_GIVEN;
	if (has_word(more, one->tok[0]))
		return shared ? LEVEL_CLOSE | SAME_GIVEN : LEVEL_NEAR;
	return LEVEL_APART;
}

static unsigned
several_each(const struct links *l, const struct link_name *x,
    const struct link_name *y)
{
	size_t common = in_common(x, y), least = x->n < y->n ? x->n : y->n;

	if (common == least)
		return LEVEL_CLOSE | SAME_GIVEN;
	if (x->tok[0] != y->tok[0])
		return common > 0 ? LEVEL_NEAR : LEVEL_APART;
	return initial_fits(l, x->tok[1], y->tok[1]) ?
	    LEVEL_CLOSE | SAME_GIVEN : LEVEL_NEAR;
}

static unsigned
by_short_form(const struct links *l, const struct link_name *x,
    const struct link_name *y)
{
	unsigned how;

	if (x->n > 1 && y->n > 1)
		return LEVEL_APART;
	how = link_names_short(l->names, word(l, x->tok[0]),
	    word(l, y->tok[0]));
	if (how == 0)
		return initial_fits(l, x->tok[0], y->tok[0]) ? LEVEL_NEAR :
		    LEVEL_APART;
	return LEVEL_CLOSE | (how & SHORT_ALONE ? SAME_GIVEN : 0) |
	    (how & SHORT_GIRL ? SAME_GIRL : 0) |
	    (how & SHORT_BOY ? SAME_BOY : 0);
}

static unsigned
given_level(const struct links *l, const struct link_name *x,
    const struct link_name *y)
{
	unsigned level, other;

	if (x->joined == y->joined)
		return LEVEL_EXACT | SAME_GIVEN;
	if (x->n > 1 && y->n > 1)
		level = several_each(l, x, y);
	else if (x->n > 1)
		level = one_of_several(l, y, x);
	else if (y->n > 1)
		level = one_of_several(l, x, y);
	else
		level = LEVEL_APART;
	if (level != LEVEL_APART)
		return level;
	level = by_short_form(l, x, y);
	if (level > LEVEL_APART)
		return level;
	other = by_letters(l, x, y);
	return level < other ? level : other;
}

static unsigned
family_level(const struct links *l, const struct link_name *x,
    const struct link_name *y)
{
	size_t common;
	unsigned level;

	if (x->joined == y->joined)
		return LEVEL_EXACT;
	common = x->n > 1 || y->n > 1 ? in_common(x, y) : 0;
	if (common == x->n && common == y->n)
		return LEVEL_CLOSE;
	level = by_letters(l, x, y);
	return common > 0 && level > LEVEL_NEAR ? LEVEL_NEAR : level;
}

/* Most names meet again and again: a small table that forgets. */
static unsigned
name_level(struct links *l, int which, uint32_t x, uint32_t y)
{
	uint64_t lo = x < y ? x : y, hi = x < y ? y : x;
	uint64_t key = (lo << 29 | hi) << CACHE_BITS, *slot = NULL;
	unsigned level;

	if (l->cache[which] != NULL) {
		slot = &l->cache[which][link_mix(key) & (l->ncache - 1)];
		if (*slot >> CACHE_BITS << CACHE_BITS == key)
			return (unsigned)*slot & ((1u << CACHE_BITS) - 1);
	}
	level = which == 0 ? given_level(l, &l->list[lo], &l->list[hi]) :
	    family_level(l, &l->list[lo], &l->list[hi]);
	if (slot != NULL)
		*slot = key | level;
	return level;
}

static void
compare_names(struct links *l, const struct link_rec *a,
    const struct link_rec *b, struct compared *c)
{
	unsigned given = LEVEL_MISSING, family = LEVEL_MISSING;

	if (a->fore != 0 && b->fore != 0)
		given = a->fore == b->fore ? LEVEL_EXACT | SAME_GIVEN :
		    name_level(l, 0, a->fore, b->fore);
	if (a->sur != 0 && b->sur != 0)
		family = a->sur == b->sur ? LEVEL_EXACT :
		    name_level(l, 1, a->sur, b->sur);
	if (a->fore != 0 && b->fore != 0 &&
	    (l->list[a->fore].nobody || l->list[b->fore].nobody))
		given &= LEVEL_BITS;
	c->swapped = a->bag != 0 && a->bag == b->bag &&
	    ((given & LEVEL_BITS) != LEVEL_EXACT || family != LEVEL_EXACT);
	if (c->swapped && (given & LEVEL_BITS) > LEVEL_CLOSE)
		given = LEVEL_CLOSE;
	if (c->swapped && family > LEVEL_CLOSE)
		family = LEVEL_CLOSE;
	c->levels[LINK_FORENAME] = (unsigned char)(given & LEVEL_BITS);
	c->levels[LINK_SURNAME] = (unsigned char)family;
	c->same_given = c->swapped || (given & SAME_GIVEN) != 0 ||
	    (given & SAME_GIRL && a->sex == 'F' && b->sex == 'F') ||
	    (given & SAME_BOY && a->sex == 'M' && b->sex == 'M');
}

/* ---- days, places, numbers ---- */

uint32_t
link_digits(int32_t birth)
{
	struct civil c;
	uint32_t v, d = 0;

	if (birth == DAY_NONE)
		return 0;
	c = day_to_civil(birth);
	v = (uint32_t)(c.year * 10000 + c.month * 100 + c.day);
	for (int i = 0; i < 8; i++, v /= 10)
		d |= v % 10 << (4 * i);
	return d;
}

int32_t
link_day_swapped(int32_t birth)
{
	struct civil c;

	if (birth == DAY_NONE)
		return DAY_NONE;
	c = day_to_civil(birth);
	if (c.day > 12)
		return DAY_NONE;
	return day_from_civil((struct civil){ c.year, c.day, c.month });
}

/* Two digits beside one another that changed places. */
static bool
digits_crossed(uint32_t a, uint32_t b)
{
	uint32_t off = a ^ b;
	int at = __builtin_ctz(off) / 4 * 4;

	if (at > 24 || (off & ~(UINT32_C(0xff) << at)) != 0)
		return false;
	return (a >> at & 15) == (b >> (at + 4) & 15) &&
	    (b >> at & 15) == (a >> (at + 4) & 15);
}

/* Where the day is not known, 1 January is written. */
static bool
is_new_year(uint32_t digits)
{
	return (digits & 0xffff) == 0x0101;
}

static unsigned char
birth_level(uint32_t a, uint32_t b)
{
	uint32_t off = a ^ b;
	bool year = off >> 16 == 0, month = (off >> 8 & 0xff) == 0;
	bool day = (off & 0xff) == 0;

	if (a == 0 || b == 0)
		return LEVEL_MISSING;
	if (off == 0)
		return LEVEL_EXACT;
	if (year && (a & 0xff) == (b >> 8 & 0xff) &&
	    (b & 0xff) == (a >> 8 & 0xff))
		return LEVEL_CLOSE;
	if ((off & ~(UINT32_C(15) << (__builtin_ctz(off) / 4 * 4))) == 0 ||
	    digits_crossed(a, b))
		return LEVEL_CLOSE;
	if (year && (is_new_year(a) || is_new_year(b)))
		return LEVEL_NEAR;
	return year + month + day >= 2 ? LEVEL_NEAR : LEVEL_APART;
}

static size_t
place_text(uint64_t v, char out[8])
{
	size_t n = 0;

	for (int i = 7; i >= 0; i--)
		if ((v >> (8 * i) & 0xff) != 0)
			out[n++] = (char)(v >> (8 * i) & 0xff);
	return n;
}

/* One letter put in, left out or another, or two beside that crossed. */
static bool
one_edit(const char *a, size_t na, const char *b, size_t nb)
{
	size_t i = 0, j = 0;

	while (i < na && i < nb && a[i] == b[i])
		i++;
	while (j < na - i && j < nb - i && a[na - 1 - j] == b[nb - 1 - j])
		j++;
	na -= i + j;
	nb -= i + j;
	if (na <= 1 && nb <= 1)
		return true;
	return na == 2 && nb == 2 && a[i] == b[i + 1] && a[i + 1] == b[i];
}

static unsigned char
place_level(uint64_t a, uint64_t b)
{
	char x[8], y[8];
	size_t nx, ny;

	if (a == 0 || b == 0)
		return LEVEL_MISSING;
	if (a == b)
		return LEVEL_EXACT;
	nx = place_text(a, x);
	ny = place_text(b, y);
	if (one_edit(x, nx, y, ny))
		return LEVEL_CLOSE;
	return link_sector(a) == link_sector(b) ? LEVEL_NEAR : LEVEL_APART;
}

static unsigned char
number_level(uint64_t a, uint64_t b)
{
	if (a == 0 || b == 0)
		return LEVEL_MISSING;
	return a == b ? LEVEL_EXACT : LEVEL_APART;
}

void
link_compare(struct links *l, const struct link_rec *a,
    const struct link_rec *b, struct compared *out)
{
	compare_names(l, a, b, out);
	out->levels[LINK_BIRTH] = birth_level(a->digits, b->digits);
	out->levels[LINK_SEX] = a->sex == 'U' || b->sex == 'U' ?
	    LEVEL_MISSING : a->sex == b->sex ? LEVEL_EXACT : LEVEL_APART;
	out->levels[LINK_POSTCODE] = place_level(a->place, b->place);
	out->levels[LINK_NHS] = number_level(a->nhs, b->nhs);
	out->levels[LINK_UPN] = number_level(a->upn, b->upn);
	/* A temporary number is given anew at each school. */
	if (out->levels[LINK_UPN] == LEVEL_APART && (a->passing || b->passing))
		out->levels[LINK_UPN] = LEVEL_MISSING;
}

bool
link_guard(const struct link_rec *a, const struct link_rec *b,
    const struct compared *c)
{
	unsigned char birth = c->levels[LINK_BIRTH];
	unsigned char place = c->levels[LINK_POSTCODE];
	bool day = birth == LEVEL_EXACT || birth == LEVEL_CLOSE ||
	    birth == LEVEL_MISSING;
	bool house = place == LEVEL_EXACT || place == LEVEL_CLOSE;
	bool family = c->levels[LINK_SURNAME] <= LEVEL_NEAR;

	if (a->fore != 0 && b->fore != 0 && c->same_given &&
	    c->levels[LINK_SEX] != LEVEL_APART)
		return false;
	return day && (house || family);
}

bool
link_has_number(const struct compared *c)
{
	return c->levels[LINK_NHS] == LEVEL_EXACT ||
	    c->levels[LINK_UPN] == LEVEL_EXACT;
}

bool
link_id_alone(const struct compared *c)
{
	return link_has_number(c) && c->levels[LINK_FORENAME] >= LEVEL_APART &&
	    c->levels[LINK_SURNAME] >= LEVEL_APART &&
	    c->levels[LINK_BIRTH] >= LEVEL_APART &&
	    c->levels[LINK_POSTCODE] >= LEVEL_APART;
}

bool
link_conflict(const struct compared *c)
{
	return c->levels[LINK_NHS] == LEVEL_APART ||
	    c->levels[LINK_UPN] == LEVEL_APART;
}

/*
 * Something beside given name and birth has to speak for it; what is written
 * of the birth is never quite another day.
 */
static bool
is_backed(const struct compared *c)
{
	return c->levels[LINK_SURNAME] <= LEVEL_NEAR ||
	    c->levels[LINK_POSTCODE] <= LEVEL_CLOSE || link_has_number(c);
}

unsigned
link_why_ask(const struct link_rec *a, const struct link_rec *b,
    const struct compared *c, float weight, float upper)
{
	unsigned why = 0;

	if (link_copies(a, b, c))
		return 0;
	if (link_id_alone(c))
		why |= LINK_ID_ALONE;
	if (link_guard(a, b, c))
		why |= LINK_TWIN;
	if (link_conflict(c))
		why |= LINK_CONFLICT;
	if (a->agency == b->agency)
		why |= LINK_SAME_AGENCY;
	if (weight < upper || !c->same_given ||
	    c->levels[LINK_SEX] == LEVEL_APART ||
	    c->levels[LINK_BIRTH] > LEVEL_NEAR || !is_backed(c))
		why |= LINK_BETWEEN;
	return why;
}

bool
link_copies(const struct link_rec *a, const struct link_rec *b,
    const struct compared *c)
{
	return a->agency == b->agency && a->fore != 0 && a->fore == b->fore &&
	    c->same_given &&
	    a->sur != 0 && a->sur == b->sur && a->digits != 0 &&
	    a->digits == b->digits && a->sex == b->sex &&
	    !link_conflict(c) && a->place == b->place &&
	    (a->place != 0 || link_has_number(c));
}
