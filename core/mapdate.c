/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/mapdate.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/utf8.h"

#define TEXT_MAX 64u

/* A date of three parts as it stands: numbers with their digits, or a name. */
struct parts {
	int value[3];
	size_t digits[3];	/* 0: the name of a month */
	size_t n;
};

const char *
map_dates_words(enum map_dates order)
{
	return order == MAP_DMY ? "day/month/year" : order == MAP_MDY ?
	    "month/day/year" : "year/month/day";
}

static int
month_of(const char *s, size_t n)
{
	for (int i = 1; i <= 12 && n >= 3; i++)
		if (n <= strlen(month_name(i)) &&
		    strncasecmp(s, month_name(i), n) == 0)
			return i;
	return 0;
}

/* One part; returns the bytes of it, 0 when there is none. */
static size_t
read_part(const char *s, struct parts *p)
{
	size_t n = 0;

	p->value[p->n] = 0;
	while (n < 9 && isdigit((unsigned char)s[n])) {
		p->value[p->n] = p->value[p->n] * 10 + (s[n] - '0');
		n++;
	}
	p->digits[p->n] = n;
	if (n == 0) {
		while (isalpha((unsigned char)s[n]))
			n++;
		p->value[p->n] = month_of(s, n);
		if (p->value[p->n] == 0)
			return 0;
	}
	p->n++;
	return n;
}

static bool
is_time(const char *s)
{
	size_t n = 0;

	while (isdigit((unsigned char)s[n]))
		n++;
	return n >= 1 && n <= 2 && s[n] == ':';
}

/* Three parts, or one of eight digits, and nothing but a time behind them. */
static bool
read_parts(const char *s, struct parts *p)
{
	size_t n;

	p->n = 0;
	for (;;) {
		n = read_part(s, p);
		if (n == 0)
			return false;
		s += n;
		if (p->n == 3 || (p->n == 1 && p->digits[0] == 8))
			break;
		n = strspn(s, "./-, ");
		if (n == 0 || n > 2 || strchr("./-, ", *s) == NULL)
			return false;
		s += n;
	}
	s += strspn(s, " ");
	if (*s == 'T')
		s++;
	return *s == '\0' || is_time(s);
}

/* "20260304" or "04032026" into three. */
static void
split_eight(struct parts *p, enum map_dates order)
{
	int v = p->value[0];

	p->n = 3;
	if (order == MAP_YMD) {
		memcpy(p->value, (int[]){v / 10000, v / 100 % 100, v % 100},
		    sizeof(p->value));
		memcpy(p->digits, (size_t[]){4, 2, 2}, sizeof(p->digits));
		return;
	}
	memcpy(p->value, (int[]){v / 1000000, v / 10000 % 100, v % 10000},
	    sizeof(p->value));
	memcpy(p->digits, (size_t[]){2, 2, 4}, sizeof(p->digits));
}

/* Which part is year, month and day: indexes. */
static bool
find_order(const struct parts *p, enum map_dates order, size_t at[3])
{
	static const size_t of[][3] = {
		[MAP_DMY] = {2, 1, 0}, [MAP_MDY] = {2, 0, 1},
		[MAP_YMD] = {0, 1, 2}
	};
	enum map_dates o = order;

	if (p->digits[0] == 4)
		o = MAP_YMD;
	else if (p->digits[0] == 0)
		o = MAP_MDY;
	else if (p->digits[1] == 0 && p->digits[2] != 2)
		o = MAP_DMY;
	memcpy(at, of[o], sizeof(of[o]));
	for (size_t i = 1; i < 3; i++)
		if (p->digits[at[i]] > 2)
			return false;
	return p->digits[at[2]] != 0 &&
	    (p->digits[at[0]] == 4 || p->digits[at[0]] == 2);
}

static int
full_year(int year, size_t digits, int32_t latest)
{
	int top = day_to_civil(latest).year;
	int full;

	if (digits == 4)
		return year;
	full = top - top % 100 + year;
	return full > top ? full - 100 : full;
}

/* True for a date of three parts; *c may still be no day of the calendar. */
static bool
read_civil(const char *s, enum map_dates order, int32_t latest,
    struct civil *c)
{
	struct parts p;
	size_t at[3];

	if (!read_parts(s, &p))
		return false;
	if (p.n == 1)
		split_eight(&p, order);
	if (!find_order(&p, order, at))
		return false;
	*c = (struct civil){full_year(p.value[at[0]], p.digits[at[0]],
	    latest), p.value[at[1]], p.value[at[2]]};
	return true;
}

static enum rc
no_date(const char *text, enum map_dates order, struct err *e)
{
	return err_set(e, RC_INPUT, "\"%.*s\" is no date as this mapping "
	    "reads them, %s", utf8_cut(text, 60), text,
	    map_dates_words(order));
}

/* Copies without blanks at the ends. */
static bool
copy_trimmed(const char *s, size_t n, char out[TEXT_MAX])
{
	while (n != 0 && isspace((unsigned char)*s)) {
		s++;
		n--;
	}
	while (n != 0 && isspace((unsigned char)s[n - 1]))
		n--;
	if (n >= TEXT_MAX)
		return false;
	memcpy(out, s, n);
	out[n] = '\0';
	return true;
}

enum rc
map_day(const char *text, enum map_dates order, int32_t latest,
    int32_t *day, struct err *e)
{
	char s[TEXT_MAX];
	struct civil c;

	if (!copy_trimmed(text, strlen(text), s) ||
	    !read_civil(s, order, latest, &c) || !civil_valid(c))
		return no_date(text, order, e);
	*day = day_from_civil(c);
	return RC_OK;
}

/* "A to B" and "A..B" into their two days. */
static bool
read_two(const char *text, enum map_dates order, int32_t latest,
    struct span *out)
{
	const char *mid = strstr(text, " to ");
	size_t n = 4;
	char s[TEXT_MAX];
	struct err none;
	int32_t a, b;

	if (mid == NULL) {
		mid = strstr(text, "..");
		n = 2;
	}
	err_clear(&none);
	if (mid == NULL ||
	    !copy_trimmed(text, (size_t)(mid - text), s) ||
	    map_day(s, order, latest, &a, &none) != RC_OK ||
	    map_day(mid + n, order, latest, &b, &none) != RC_OK || b < a)
		return false;
	*out = (struct span){a, b, SPAN_DAY, a == b ? SPAN_NONE : SPAN_DAY};
	return true;
}

/* Forms in which no order of day and month is asked. */
static bool
is_beyond_doubt(const char *s)
{
	size_t n = strspn(s, "0123456789");

	if (n == 4)
		return true;
	if (n == 0 || s[n] == ' ')
		return strchr(s, '/') == NULL;
	return n <= 2 && s[n] == '/' && strlen(s + n + 1) == 4 &&
	    strspn(s + n + 1, "0123456789") == 4;
}

enum rc
map_span(const char *text, enum map_dates order, int32_t latest,
    struct span *out, struct err *e)
{
	char s[TEXT_MAX];
	struct civil c;
	struct err none;

	err_clear(&none);
	if (!copy_trimmed(text, strlen(text), s))
		return no_date(text, order, e);
	if (read_civil(s, order, latest, &c)) {
		if (!civil_valid(c))
			return no_date(text, order, e);
		*out = span_of_day(day_from_civil(c));
		return RC_OK;
	}
	if (read_two(s, order, latest, out))
		return RC_OK;
	if (is_beyond_doubt(s) && span_parse(s, out, &none) == RC_OK)
		return RC_OK;
	return no_date(text, order, e);
}
