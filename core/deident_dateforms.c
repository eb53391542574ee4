/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms in which a date is written, read and written anew. */
#include "config.h"

#include "core/deident_dates.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* One day as it is written: "03", "3rd". */
struct day_text {
	int day;
	bool padded, ordinal;
	const char *joint;	/* what stands before it in a list */
	size_t joint_n;
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

size_t
date_number(const char *p, int *value)
{
	size_t n = 0;

	*value = 0;
	while (n < 5 && date_digit(p[n]))
		*value = *value * 10 + (p[n++] - '0');
	return n;
}

struct month_text
date_month_at(const char *p)
{
	struct month_text m = {0, false, false, 0};
	size_t n = 0;

	while (date_letter(p[n]))
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

size_t
date_ordinal_at(const char *p)
{
	static const char *const ends[] = {"st", "nd", "rd", "th"};

	for (size_t i = 0; i < 4; i++)
		if (strncasecmp(p, ends[i], 2) == 0 && !date_letter(p[2]) &&
		    !date_digit(p[2]))
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

struct civil
date_moved_month(int year, int month, const struct date_frame *fr)
{
	return moved_day(real_day(year, month, 15, fr->near), fr);
}

void
date_add_month(struct str *out, int month, const struct month_text *as)
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

static void
give_day(struct date_text *a, size_t n, int32_t day)
{
	a->n = n;
	a->moved = day != DAY_NONE;
	if (a->moved)
		a->days[a->ndays++] = day;
}

/* "2026-03-03", "2026/03/03", "2026-03"; but not "2025/26". */
static bool
year_first(const char *p, const struct date_frame *fr, struct date_text *a)
{
	int y, m, d;
	size_t n = date_number(p, &y), k, j;
	char sep = p[n];
	struct civil c;

	if (n != 4 || (sep != '-' && sep != '/' && sep != '.') ||
	    y < YEAR_MIN + 100 || y > YEAR_MAX - 100)
		return false;
	k = date_number(p + n + 1, &m);
	if (k < 1 || k > 2)
		return false;
	j = p[n + 1 + k] == sep ? date_number(p + n + 2 + k, &d) : 0;
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
		c = date_moved_month(y, m, fr);
		str_add_fmt(&a->with, "%04d-%02d", c.year, c.month);
	}
	return true;
}

/* "03/2026" */
static bool
month_year(const char *p, const struct date_frame *fr, struct date_text *a)
{
	int m, y;
	size_t k = date_number(p, &m), n;
	struct civil c;

	if (k < 1 || k > 2 || p[k] != '/' || m < 1 || m > 12)
		return false;
	n = date_number(p + k + 1, &y);
	if (n != 4 || y < YEAR_MIN + 100 || y > YEAR_MAX - 100)
		return false;
	c = date_moved_month(y, m, fr);
	a->n = k + 1 + n;
	a->moved = true;
	str_add_fmt(&a->with, k == 2 ? "%02d/%04d" : "%d/%04d", c.month,
	    c.year);
	return true;
}

/* "3/3/26", "03.03.2026"; "3/3" alone is doubtful. */
static bool
day_first(const char *p, const struct date_frame *fr, struct date_text *a)
{
	int d, m, y;
	size_t i = date_number(p, &d), k, n;
	char sep = p[i];
	struct civil c;

	if (i < 1 || i > 2 || (sep != '-' && sep != '/' && sep != '.'))
		return false;
	k = date_number(p + i + 1, &m);
	if (k < 1 || k > 2 || d > 31 || m > 31)
		return false;
	n = p[i + 1 + k] == sep ? date_number(p + i + 2 + k, &y) : 0;
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
		n = date_number(q + 1, year);
		*year = full_year(*year);
		return n == 2 && !date_digit(q[3]) ? (size_t)(q - p) + 3 : 0;
	}
	n = date_number(q, year);
	if (n == 4 && *year >= 1900 && *year < 2100 && q[4] != ':')
		return (size_t)(q - p) + 4;
	*year = 0;
	return 0;
}

static const char *
take_day(const char *p, struct day_text *d)
{
	size_t n = date_number(p, &d->day), k;

	if (n < 1 || n > 2 || d->day < 1 || d->day > 31)
		return NULL;
	d->padded = n == 2 && *p == '0';
	k = date_ordinal_at(p + n);
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
		    date_digit(*blanks(q + strlen(words[i]))))
			return blanks(q + strlen(words[i]));
	return NULL;
}

struct day_list {
	struct day_text d[DATE_LIST_MAX];
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
		l->month = date_month_at(q);
		if (l->month.month != 0)
			break;
		q = joint(next);
		if (q == NULL || l->n == DATE_LIST_MAX)
			return false;
		l->d[l->n].joint = next;
		l->d[l->n].joint_n = (size_t)(q - next);
	}
	l->of_n = (size_t)(q - l->of);
	l->end = q + l->month.n;
	l->year_n = year_behind(l->end, &l->year);
	if (l->year_n == 0 && *l->end == '-' && date_number(l->end + 1,
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

	while (lead < n && !date_digit(as[lead]))
		lead++;
	str_add_n(out, as, lead);
	str_add_fmt(out, n - lead == 2 ? "%02d" : "%d",
	    n - lead == 2 ? year % 100 : year);
}

static void
write_list(const struct day_list *l, const struct date_frame *fr,
    struct date_text *a)
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
		date_add_month(&a->with, c.month, &l->month);
		if (l->year_n > 0 && (next.year != c.year ||
		    i + 1 == l->n))
			add_year(&a->with, l->end, l->year_n, c.year);
	}
}

static bool
days_and_month(const char *p, const struct date_frame *fr,
    struct date_text *a)
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

/* "March 3rd, 2026", "March 2026"; "March" alone is no form. */
static bool
month_first(const char *p, const struct date_frame *fr, struct date_text *a)
{
	struct month_text m = date_month_at(p);
	struct day_text d = { .day = 0 };
	const char *q = p + m.n, *r, *end;
	int year = 0;
	size_t n;
	struct civil c;

	if (m.month == 0)
		return false;
	n = year_behind(q, &year);
	if (n > 0) {
		c = date_moved_month(year, m.month, fr);
		a->n = m.n + n;
		a->moved = true;
		date_add_month(&a->with, c.month, &m);
		add_year(&a->with, q, n, c.year);
		return true;
	}
	r = blanks(q);
	if (strncasecmp(r, "the ", 4) == 0)
		r = blanks(r + 4);
	end = r > q ? take_day(r, &d) : NULL;
	if (end == NULL || date_letter(*end) || *end == ':')
		return false;
	n = year_behind(end, &year);
	give_day(a, (size_t)(end - p) + n, real_day(year, m.month, d.day,
	    fr->near));
	if (!a->moved)
		return true;
	c = moved_day(a->days[0], fr);
	date_add_month(&a->with, c.month, &m);
	str_add_n(&a->with, q, (size_t)(r - q));
	add_day(&a->with, c.day, &d);
	if (n > 0)
		add_year(&a->with, end, n, c.year);
	return true;
}

bool
date_form_at(const char *p, const struct date_frame *fr,
    struct date_text *out)
{
	if (!date_digit(*p))
		return month_first(p, fr, out);
	return days_and_month(p, fr, out) || year_first(p, fr, out) ||
	    month_year(p, fr, out) || day_first(p, fr, out);
}
