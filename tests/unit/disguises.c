/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/disguises.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

#include "core/utf8.h"

static const struct person people[] = {
	{"Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba", "Zoe O'Brien-Nandu",
	    "Z.O."},
	{"\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e",
	    "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e", NULL},
	{"Anne-Marie St. John", "Anne-Marie St. John", "A.M."},
	{"Ren\xc3\xa9""e D'Arcy", "Renee D'Arcy", "R.D."},
	{"Fenella McAllister", "Fenella McAllister", "F.M."},
	{"Ali", "Ali", NULL},
	{"Jo", "Jo", NULL},
	{"Will Hope", "Will Hope", "W.H."},
	{"\xc5\x81ukasz \xc5\xbb\xc3\xb3\xc5\x82""ty", "Lukasz Zolty",
	    "L.Z."},
	{"\xc3\x86theling S\xc3\xb8ren", "Aetheling Soren", "A.S."},
	{"Bj\xc3\xb6rk", "Bjork", NULL},
	{"Grace Testerman", "Grace Testerman", "G.T."},
	{"Quenby", "Quenby", NULL},
	{"\xd0\x9e\xd0\xbb\xd1\x8c\xd0\xb3\xd0\xb0",
	    "\xd0\x9e\xd0\xbb\xd1\x8c\xd0\xb3\xd0\xb0", NULL},
};

static void
as_is(const struct person *p, struct str *out)
{
	str_add(out, p->name);
}

static void
plain(const struct person *p, struct str *out)
{
	str_add(out, p->plain);
}

static void
cased(const struct person *p, struct str *out, int a, int z, int by)
{
	for (const char *s = p->plain; *s != '\0'; s++)
		str_add_char(out, *s >= a && *s <= z ? (char)(*s + by) : *s);
}

static void
small(const struct person *p, struct str *out)
{
	cased(p, out, 'A', 'Z', 'a' - 'A');
}

static void
capitals(const struct person *p, struct str *out)
{
	cased(p, out, 'a', 'z', 'A' - 'a');
}

static void
swapped(const char *s, char what, const char *with, struct str *out)
{
	if (strchr(s, what) == NULL)
		return;
	for (; *s != '\0'; s++)
		if (*s == what)
			str_add(out, with);
		else
			str_add_char(out, *s);
}

static void
curly(const struct person *p, struct str *out)
{
	swapped(p->name, '\'', "\xe2\x80\x99", out);
}

static void
no_sign(const struct person *p, struct str *out)
{
	swapped(p->plain, '\'', "", out);
}

static void
sign_blank(const struct person *p, struct str *out)
{
	swapped(p->plain, '\'', " ", out);
}

static void
hyphen_blank(const struct person *p, struct str *out)
{
	swapped(p->name, '-', " ", out);
}

static void
hyphen_gone(const struct person *p, struct str *out)
{
	swapped(p->plain, '-', "", out);
}

static void
hard_blank(const struct person *p, struct str *out)
{
	swapped(p->name, ' ', "\xc2\xa0", out);
}

static void
line_break(const struct person *p, struct str *out)
{
	swapped(p->name, ' ', "\n", out);
}

static void
two_blanks(const struct person *p, struct str *out)
{
	swapped(p->name, ' ', "  ", out);
}

static void
glued(const struct person *p, struct str *out)
{
	swapped(p->plain, ' ', "", out);
}

static void
underscored(const struct person *p, struct str *out)
{
	swapped(p->plain, ' ', "_", out);
}

static void
owned(const struct person *p, struct str *out)
{
	str_add_fmt(out, "%s's", p->name);
}

static void
owned_curly(const struct person *p, struct str *out)
{
	str_add_fmt(out, "%s\xe2\x80\x99s", p->name);
}

static void
owned_plain(const struct person *p, struct str *out)
{
	str_add_fmt(out, "%ss", p->plain);
}

static int
first_n(const struct person *p)
{
	return (int)strcspn(p->plain, " ");
}

static const char *
last_of(const struct person *p)
{
	const char *s = strrchr(p->plain, ' ');

	return s != NULL ? s + 1 : p->plain;
}

static void
first_alone(const struct person *p, struct str *out)
{
	str_add_n(out, p->plain, (size_t)first_n(p));
}

static void
last_alone(const struct person *p, struct str *out)
{
	str_add(out, last_of(p));
}

static void
last_first(const struct person *p, struct str *out)
{
	if (strchr(p->plain, ' ') != NULL)
		str_add_fmt(out, "%s, %.*s", last_of(p), first_n(p),
		    p->plain);
}

static void
short_first(const struct person *p, struct str *out)
{
	if (p->initials != NULL)
		str_add_fmt(out, "%c. %s", p->plain[0], last_of(p));
}

static void
initials(const struct person *p, struct str *out)
{
	if (p->initials != NULL)
		str_add(out, p->initials);
}

static void
spaced_initials(const struct person *p, struct str *out)
{
	if (p->initials != NULL)
		str_add_fmt(out, "%c. %s", p->initials[0], p->initials + 2);
}

static void
taken_apart(const struct person *p, struct str *out)
{
	size_t n = 0;
	uint8_t *s = u8_normalize(UNINORM_NFD, (const uint8_t *)p->name,
	    strlen(p->name), NULL, &n);

	str_add_n(out, (const char *)s, n);
	free(s);
}

static void
unseen(const struct person *p, struct str *out)
{
	uint32_t cp;
	size_t n = utf8_decode(p->name, strlen(p->name), &cp);

	str_add_n(out, p->name, n);
	str_add(out, "\xe2\x80\x8b");
	str_add(out, p->name + n);
}

static void
soft_hyphen(const struct person *p, struct str *out)
{
	if (strlen(p->plain) >= 4)
		str_add_fmt(out, "%.2s\xc2\xad%s", p->plain, p->plain + 2);
	if (!utf8_valid(out->s, out->len, NULL))
		str_clear(out);
}

/* The last word, broken at the end of a line. */
static void
broken_word(const struct person *p, struct str *out)
{
	const char *last = last_of(p);

	if (strlen(last) < 6 || (unsigned char)last[0] >= 0x80)
		return;
	str_add_n(out, p->plain, (size_t)(last - p->plain));
	str_add_fmt(out, "%.3s-\n%s", last, last + 3);
}

static void
broken_bare(const struct person *p, struct str *out)
{
	const char *last = last_of(p);

	if (strlen(last) >= 6 && (unsigned char)last[0] < 0x80)
		str_add_fmt(out, "%.3s\n%s", last, last + 3);
}

static void
full_width(const struct person *p, struct str *out)
{
	for (const char *s = p->plain; *s != '\0'; s++) {
		unsigned cp = 0xff00u + (unsigned)(unsigned char)*s - 0x20;

		if ((unsigned char)*s >= 0x80) {
			str_clear(out);
			return;
		}
		if (*s == ' ')
			str_add(out, "\xe3\x80\x80");
		else
			str_add_fmt(out, "%c%c%c", (int)(0xe0 | cp >> 12),
			    (int)(0x80 | (cp >> 6 & 0x3f)),
			    (int)(0x80 | (cp & 0x3f)));
	}
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static void
mail(const struct person *p, struct str *out)
{
	if (is_ascii(p->plain))
		str_add_fmt(out, "%.*s.x@mail.example", first_n(p),
		    p->plain);
}

static void
handle(const struct person *p, struct str *out)
{
	str_add_fmt(out, "@%s_x99", last_of(p));
}

static void
numbered(const struct person *p, struct str *out)
{
	if (is_ascii(p->plain))
		str_add_fmt(out, "%.*s99", first_n(p), p->plain);
}

static void
one_less(const struct person *p, struct str *out)
{
	const char *last = last_of(p);

	if (strlen(last) >= 6 && is_ascii(last) && strchr(last, '\'') == NULL
	    && strchr(last, '-') == NULL)
		str_add_fmt(out, "%.2s%s", last, last + 3);
}

static void
one_more(const struct person *p, struct str *out)
{
	const char *last = last_of(p);

	if (strlen(last) >= 6 && is_ascii(last) && strchr(last, '-') == NULL)
		str_add_fmt(out, "%.3s%c%s", last, last[2], last + 3);
}

static void
changed_places(const struct person *p, struct str *out)
{
	const char *last = last_of(p);

	if (strlen(last) >= 6 && is_ascii(last) && strchr(last, '\'') == NULL
	    && strchr(last, '-') == NULL)
		str_add_fmt(out, "%.2s%c%c%s", last, last[3], last[2],
		    last + 4);
}

static void
within(const struct person *p, struct str *out)
{
	const char *last = last_of(p);

	if (strlen(last) >= 6 && is_ascii(last) && strchr(last, '\'') == NULL
	    && strchr(last, '-') == NULL)
		str_add_fmt(out, "xo%sxo", last);
}

static void
in_brackets(const struct person *p, struct str *out)
{
	str_add_fmt(out, "(%s)", p->name);
}

static void
in_quotes(const struct person *p, struct str *out)
{
	str_add_fmt(out, "'%s'", p->name);
}

static const disguise_fn disguises[] = {
	as_is, plain, small, capitals, curly, no_sign, sign_blank,
	hyphen_blank, hyphen_gone, hard_blank, line_break, two_blanks, glued,
	underscored, owned, owned_curly, owned_plain, first_alone,
	last_alone, last_first, short_first, initials, spaced_initials,
	taken_apart, unseen, soft_hyphen, broken_word, broken_bare,
	full_width, mail, handle, numbered, one_less, one_more,
	changed_places, within, in_brackets, in_quotes,
};

const struct person *
disguise_people(size_t *n)
{
	*n = sizeof(people) / sizeof(people[0]);
	return people;
}

const disguise_fn *
disguise_all(size_t *n)
{
	*n = sizeof(disguises) / sizeof(disguises[0]);
	return disguises;
}
