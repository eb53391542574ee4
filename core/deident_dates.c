/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates as they stand in running text, moved, in the form in which they were
 * written.  A day without its month, a feast and a year alone cannot be moved
 * and are doubtful.
 */
#include "config.h"

#include "core/deident_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LIST_MAX 4		/* "3, 4 and 6 March" */

/* One day as it is written: "03", "3rd". */
struct day_text {
	int day;
	bool padded, ordinal;
	const char *joint;	/* what stands before it in a list */
	size_t joint_n;
};

struct month_text {
	int month;		/* 0: none */
	bool shortened, capital;
	size_t n;
};

static const char *
blanks(const char *p)
{
	for (;;) {
		if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
			p++;
		else if (memcmp(p, "\xc2\xa0", *p == '\xc2' ? 2 : 1) == 0)
			p += 2;
		else
			return p;
	}
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Digits at p, at most 5 of them counted. */
static size_t
number(const char *p, int *value)
{
	size_t n = 0;

	*value = 0;
	while (n < 5 && digit(p[n]))
		*value = *value * 10 + (p[n++] - '0');
	return n;
}

static struct month_text
month_at(const char *p)
{
	struct month_text m = {0, false, false, 0};
	size_t n = 0;

	while (letter(p[n]))
		n++;
	m.capital = p[0] >= 'A' && p[0] <= 'Z';
	for (int i = 1; n >= 3 && i <= 12 && m.month == 0; i++) {
		size_t full = strlen(month_name(i));

		if (n == full && strncasecmp(p, month_name(i), n) == 0)
			m.month = i;
		else if ((n == 3 || (n == 4 && i == 9)) &&
		    strncasecmp(p, month_name(i), n) == 0)
			m.month = i, m.shortened = true;
	}
	m.n = m.month == 0 ? 0 : n + (m.shortened && p[n] == '.');
	return m;
}

static size_t
ordinal_at(const char *p)
{
	static const char *const ends[] = {"st", "nd", "rd", "th"};

	for (size_t i = 0; i < 4; i++)
		if (strncasecmp(p, ends[i], 2) == 0 && !letter(p[2]) &&
		    !digit(p[2]))
			return 2;
	return 0;
}

static const char *
ordinal_of(int day)
{
	if (day % 10 == 1 && day != 11)
		return "st";
	if (day % 10 == 2 && day != 12)
		return "nd";
	return day % 10 == 3 && day != 13 ? "rd" : "th";
}

static int
full_year(int year)
{
	return year >= 100 ? year : year <= 68 ? 2000 + year : 1900 + year;
}

/* ---- days ---- */

/* The year in which the day lies nearest to `near'. */
static int32_t
nearest(int month, int day, int32_t near)
{
	int year = day_to_civil(near).year;
	int32_t best = DAY_NONE, at;

	for (int y = year - 1; y <= year + 1; y++) {
		struct civil c = {y, month, day};

		if (!civil_valid(c))
			continue;
		at = day_from_civil(c);
		if (best == DAY_NONE || labs((long)at - near) <
		    labs((long)best - near))
			best = at;
	}
	return best;
}

/* DAY_NONE when there is no such day; year 0: none was written. */
static int32_t
real_day(int year, int month, int day, int32_t near)
{
	struct civil c = {year, month, day};

	if (month < 1 || month > 12 || day < 1 || day > 31)
		return DAY_NONE;
	if (year == 0)
		return nearest(month, day, near);
	return civil_valid(c) ? day_from_civil(c) : DAY_NONE;
}

static struct civil
moved_day(int32_t day, const struct date_frame *fr)
{
	return day_to_civil(day + fr->moved);
}

/* A month goes where its middle goes. */
static struct civil
moved_month(int year, int month, const struct date_frame *fr)
{
	return moved_day(real_day(year, month, 15, fr->near), fr);
}

static void
add_month(struct str *out, int month, const struct month_text *as)
{
	if (as->shortened)
		str_add_n(out, month_name(month), 3);
	else
		str_add(out, month_name(month));
}

static void
add_day(struct str *out, int day, const struct day_text *as)
{
	str_add_fmt(out, as->padded ? "%02d" : "%d", day);
	if (as->ordinal)
		str_add(out, ordinal_of(day));
}

/* ---- forms in figures ---- */

/* A date at a place: how long it is, and what takes its place. */
struct at_text {
	size_t n;
	bool moved;
	int32_t days[LIST_MAX];	/* of whole days with their year */
	size_t ndays;
	struct str with;
};

static void
give_day(struct at_text *a, size_t n, int32_t day)
{
	a->n = n;
	a->moved = day != DAY_NONE;
	if (a->moved)
		a->days[a->ndays++] = day;
}

/* "2026-03-03", "2026/03/03", "2026-03"; but not "2025/26". */
static bool
year_first(const char *p, const struct date_frame *fr, struct at_text *a)
{
	int y, m, d;
	size_t n = number(p, &y), k, j;
	char sep = p[n];
	struct civil c;

	if (n != 4 || (sep != '-' && sep != '/' && sep != '.') ||
	    y < YEAR_MIN + 100 || y > YEAR_MAX - 100)
		return false;
	k = number(p + n + 1, &m);
	if (k < 1 || k > 2)
		return false;
	j = p[n + 1 + k] == sep ? number(p + n + 2 + k, &d) : 0;
	if (j == 1 || j == 2) {
		give_day(a, n + 2 + k + j, real_day(y, m, d, 0));
		if (!a->moved)
			return true;
		c = moved_day(a->days[0], fr);
		str_add_fmt(&a->with, "%04d%c%02d%c%02d", c.year, sep,
		    c.month, sep, c.day);
		return true;
	}
	a->n = n + 1 + k;
	a->moved = m >= 1 && m <= 12 && k == 2 && sep == '-';
	if (a->moved) {
		c = moved_month(y, m, fr);
		str_add_fmt(&a->with, "%04d-%02d", c.year, c.month);
	}
	return true;
}

/* "03/2026" */
static bool
month_year(const char *p, const struct date_frame *fr, struct at_text *a)
{
	int m, y;
	size_t k = number(p, &m), n;
	struct civil c;

	if (k < 1 || k > 2 || p[k] != '/' || m < 1 || m > 12)
		return false;
	n = number(p + k + 1, &y);
	if (n != 4 || y < YEAR_MIN + 100 || y > YEAR_MAX - 100)
		return false;
	c = moved_month(y, m, fr);
	a->n = k + 1 + n;
	a->moved = true;
	str_add_fmt(&a->with, k == 2 ? "%02d/%04d" : "%d/%04d", c.month,
	    c.year);
	return true;
}

/* "3/3/26", "03.03.2026"; "3/3" alone is doubtful. */
static bool
day_first(const char *p, const struct date_frame *fr, struct at_text *a)
{
	int d, m, y;
	size_t i = number(p, &d), k, n;
	char sep = p[i];
	struct civil c;

	if (i < 1 || i > 2 || (sep != '-' && sep != '/' && sep != '.'))
		return false;
	k = number(p + i + 1, &m);
	if (k < 1 || k > 2 || d > 31 || m > 31)
		return false;
	n = p[i + 1 + k] == sep ? number(p + i + 2 + k, &y) : 0;
	if (n != 2 && n != 4) {
		/* "24/7" is no day; "1.5" is no date. */
		a->n = i + 1 + k;
		return sep == '/' && d >= 1 && m >= 1 && m <= 12 &&
		    !(d == 24 && m == 7);
	}
	give_day(a, i + 2 + k + n, real_day(full_year(y), m, d, 0));
	if (!a->moved)
		return true;
	c = moved_day(a->days[0], fr);
	str_add_fmt(&a->with, i == 2 ? "%02d" : "%d", c.day);
	str_add_fmt(&a->with, k == 2 ? "%c%02d%c" : "%c%d%c", sep, c.month,
	    sep);
	if (n == 2)
		str_add_fmt(&a->with, "%02d", c.year % 100);
	else
		str_add_fmt(&a->with, "%d", c.year);
	return true;
}

/* ---- forms with a month's name ---- */

/* A year behind a month: ", 2026", " 2026", " '26". */
static size_t
year_behind(const char *p, int *year)
{
	const char *q = p + (*p == ',');
	size_t n;

	q = blanks(q);
	*year = 0;
	if (q == p)
		return 0;
	if (*q == '\'') {
		n = number(q + 1, year);
		*year = full_year(*year);
		return n == 2 && !digit(q[3]) ? (size_t)(q - p) + 3 : 0;
	}
	n = number(q, year);
	if (n == 4 && *year >= 1900 && *year < 2100 && q[4] != ':')
		return (size_t)(q - p) + 4;
	*year = 0;
	return 0;
}

static const char *
take_day(const char *p, struct day_text *d)
{
	size_t n = number(p, &d->day), k;

	if (n < 1 || n > 2 || d->day < 1 || d->day > 31)
		return NULL;
	d->padded = n == 2 && *p == '0';
	k = ordinal_at(p + n);
	d->ordinal = k > 0;
	return p + n + k;
}

/* What joins two days: "to the", "and", "-", "/", ",". */
static const char *
joint(const char *p)
{
	static const char *const words[] = {
		"to the ", "and the ", "or the ", "to ", "and ", "or ",
		"until ", "& ", "\xe2\x80\x93 ", "\xe2\x80\x93", "- ", "-",
		"/", ", ", ","
	};
	const char *q = blanks(p);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncasecmp(q, words[i], strlen(words[i])) == 0 &&
		    digit(*blanks(q + strlen(words[i]))))
			return blanks(q + strlen(words[i]));
	return NULL;
}

struct day_list {
	struct day_text d[LIST_MAX];
	size_t n;
	struct month_text month;
	const char *of;		/* what stands between the days and the month */
	size_t of_n;
	int year;
	const char *end;	/* behind the month */
	size_t year_n;
};

/* "3", "3rd of", "3 and 5" and then a month. */
static bool
take_list(const char *p, struct day_list *l)
{
	const char *q = p, *next;

	memset(l, 0, sizeof(*l));
	for (;;) {
		next = take_day(q, &l->d[l->n]);
		if (next == NULL)
			return false;
		l->n++;
		l->of = next;
		q = blanks(next);
		if (strncasecmp(q, "of ", 3) == 0)
			q = blanks(q + 3);
		else if (*q == '-')
			q++;
		l->month = month_at(q);
		if (l->month.month != 0)
			break;
		q = joint(next);
		if (q == NULL || l->n == LIST_MAX)
			return false;
		l->d[l->n].joint = next;
		l->d[l->n].joint_n = (size_t)(q - next);
	}
	l->of_n = (size_t)(q - l->of);
	l->end = q + l->month.n;
	l->year_n = year_behind(l->end, &l->year);
	if (l->year_n == 0 && *l->end == '-' && number(l->end + 1,
	    &l->year) == 4)
		l->year_n = 5;
	else if (l->year_n == 0)
		l->year = 0;
	return true;
}

static void
add_year(struct str *out, const char *as, size_t n, int year)
{
	size_t lead = 0;

	while (lead < n && !digit(as[lead]))
		lead++;
	str_add_n(out, as, lead);
	str_add_fmt(out, n - lead == 2 ? "%02d" : "%d",
	    n - lead == 2 ? year % 100 : year);
}

static void
write_list(const struct day_list *l, const struct date_frame *fr,
    struct at_text *a)
{
	struct civil c = {0, 0, 0}, next;

	for (size_t i = 0; i < l->n; i++) {
		c = moved_day(a->days[i], fr);
		next = i + 1 < l->n ? moved_day(a->days[i + 1], fr) : c;
		str_add_n(&a->with, l->d[i].joint, l->d[i].joint_n);
		add_day(&a->with, c.day, &l->d[i]);
		if (next.month == c.month && next.year == c.year &&
		    i + 1 < l->n)
			continue;
		str_add_n(&a->with, l->of, l->of_n);
		add_month(&a->with, c.month, &l->month);
		if (l->year_n > 0 && (next.year != c.year ||
		    i + 1 == l->n))
			add_year(&a->with, l->end, l->year_n, c.year);
	}
}

static bool
days_and_month(const char *p, const struct date_frame *fr,
    struct at_text *a)
{
	struct day_list l;
	size_t n = 0;

	if (!take_list(p, &l))
		return false;
	a->n = (size_t)(l.end - p) + l.year_n;
	for (size_t i = 0; i < l.n; i++) {
		a->days[i] = real_day(l.year, l.month.month, l.d[i].day,
		    fr->near);
		n += a->days[i] != DAY_NONE;
	}
	a->moved = n == l.n;
	if (!a->moved)
		return true;
	write_list(&l, fr, a);
	a->ndays = l.n;
	return true;
}

/* "March 3rd, 2026", "March 2026"; "March" is left to month_alone(). */
static bool
month_first(const char *p, const struct date_frame *fr, struct at_text *a)
{
	struct month_text m = month_at(p);
	struct day_text d = { .day = 0 };
	const char *q = p + m.n, *r, *end;
	int year = 0;
	size_t n;
	struct civil c;

	if (m.month == 0)
		return false;
	n = year_behind(q, &year);
	if (n > 0) {
		c = moved_month(year, m.month, fr);
		a->n = m.n + n;
		a->moved = true;
		add_month(&a->with, c.month, &m);
		add_year(&a->with, q, n, c.year);
		return true;
	}
	r = blanks(q);
	if (strncasecmp(r, "the ", 4) == 0)
		r = blanks(r + 4);
	end = r > q ? take_day(r, &d) : NULL;
	if (end == NULL || letter(*end) || *end == ':')
		return false;
	n = year_behind(end, &year);
	give_day(a, (size_t)(end - p) + n, real_day(year, m.month, d.day,
	    fr->near));
	if (!a->moved)
		return true;
	c = moved_day(a->days[0], fr);
	add_month(&a->with, c.month, &m);
	str_add_n(&a->with, q, (size_t)(r - q));
	add_day(&a->with, c.day, &d);
	if (n > 0)
		add_year(&a->with, end, n, c.year);
	return true;
}

/* The word before p, small; "" at the start. */
static void
word_before(const char *text, const char *p, char out[16])
{
	const char *end = p, *from;
	size_t n = 0;

	while (end > text && strchr(" \t\r\n", end[-1]) != NULL)
		end--;
	for (from = end; from > text && letter(from[-1]); from--)
		;
	while (from < end && n < 15)
		out[n++] = (char)tolower((unsigned char)*from++);
	out[n] = '\0';
}

/* "May" and "March" are months behind such a word only. */
static bool
is_of_time(const char *w)
{
	static const char *const words[] = {
		"in", "since", "until", "till", "last", "early", "late",
		"mid", "from", "by", "of", "during", "through", "to",
		"before", "after", "and", "this", "next", "between", "for",
		"or", "every", "all"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(w, words[i]) == 0)
			return true;
	return false;
}

static bool
month_alone(const char *text, const char *p, const struct date_frame *fr,
    struct at_text *a)
{
	struct month_text m = month_at(p);
	char before[16];
	bool timed;

	if (m.month == 0)
		return false;
	word_before(text, p, before);
	timed = is_of_time(before);
	if (!timed && (!m.capital || m.month == 3 || m.month == 5 ||
	    m.shortened))
		return false;
	/* "to march", "in jan": of the small ones only full names count. */
	if (!m.capital && (m.month == 3 || m.month == 5 || m.shortened))
		return false;
	a->n = m.n;
	a->moved = true;
	add_month(&a->with, moved_month(0, m.month, fr).month, &m);
	return true;
}

/* ---- what cannot be moved ---- */

static size_t
feast_at(const char *p)
{
	static const char *const feasts[] = {
		"christmas", "xmas", "easter", "ramadan", "eid", "diwali",
		"halloween", "bonfire night", "new year's eve",
		"new year's day", "new year", "valentine", "mother's day",
		"father's day", "good friday", "boxing day", "bank holiday",
		"hanukkah", "pancake day", "summer holidays",
		"summer holiday", "half term", "half-term", "spring term",
		"autumn term", "summer term"
	};

	for (size_t i = 0; i < sizeof(feasts) / sizeof(feasts[0]); i++) {
		size_t n = strlen(feasts[i]);

		if (strncasecmp(p, feasts[i], n) == 0 && !letter(p[n]))
			return n;
	}
	return 0;
}

/* "the 3rd", "1998". */
static size_t
lone_figure(const char *text, const char *p)
{
	char before[16];
	int value;
	size_t n = number(p, &value);

	if (n == 4 && value >= 1900 && value < 2100 && !letter(p[4]) &&
	    p[4] != ':')
		return 4;
	if ((n == 1 || n == 2) && value >= 1 && value <= 31 &&
	    ordinal_at(p + n) > 0) {
		word_before(text, p, before);
		return strcmp(before, "the") == 0 || is_of_time(before) ||
		    strcmp(before, "on") == 0 ? n + 2 : 0;
	}
	return 0;
}

/* ---- all of a text ---- */

static bool
date_at(const char *text, const char *p, const struct date_frame *fr,
    struct at_text *a)
{
	if (digit(*p)) {
		if (days_and_month(p, fr, a) || year_first(p, fr, a) ||
		    month_year(p, fr, a) || day_first(p, fr, a))
			return true;
		a->n = lone_figure(text, p);
		return a->n > 0;
	}
	if (month_first(p, fr, a) || month_alone(text, p, fr, a))
		return true;
	a->n = feast_at(p);
	return a->n > 0;
}

/* A date begins behind what is neither letter nor digit, nor in a number. */
static bool
may_begin(const char *text, const char *p)
{
	if (!digit(*p) && !letter(*p))
		return false;
	if (p == text)
		return true;
	if (digit(p[-1]) || (letter(p[-1]) && !(p - text >= 2 &&
	    p[-2] == '\xc2' && p[-1] == '\xa0')))
		return false;
	return !digit(*p) || p - text < 2 || !digit(p[-2]) ||
	    strchr("./:,", p[-1]) == NULL;
}

/* A number that goes on is no date: "03.03.2026.15", "2026-03-03-7". */
static bool
goes_on(const char *p)
{
	return digit(*p) || (strchr("-/.", *p) != NULL && *p != '\0' &&
	    digit(p[1]));
}

void
find_dates(const char *text, const struct date_frame *fr,
    struct founds *out)
{
	const char *p = text;

	while (*p != '\0') {
		struct at_text a = { .n = 0 };
		size_t n = 1;

		str_init(&a.with);
		if (may_begin(text, p) && date_at(text, p, fr, &a) &&
		    !goes_on(p + a.n)) {
			n = a.n;
			founds_add(out, a.moved ? FOUND_DATE :
			    FOUND_DATE_DOUBT, (size_t)(p - text), n,
			    a.moved ? str_take(&a.with) : NULL);
		}
		str_release(&a.with);
		p += n;
	}
}

size_t
find_days(const char *text, int32_t *days, size_t max)
{
	static const struct date_frame still = {0, 0};
	const char *p = text;
	size_t found = 0;

	while (*p != '\0') {
		struct at_text a = { .n = 0 };
		size_t n = 1;

		str_init(&a.with);
		if (may_begin(text, p) && date_at(text, p, &still, &a)) {
			n = a.n;
			for (size_t i = 0; i < a.ndays && found < max; i++)
				days[found++] = a.days[i];
		}
		str_release(&a.with);
		p += n;
	}
	return found;
}
