/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading dates and moments as people write them.  What is read and what it
 * means are two steps: a form that is not understood and a day that does not
 * exist are different faults.
 */
#include "config.h"

#include "core/date.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "core/utf8.h"

/* One date as it is read: the point and how precise it is. */
struct point {
	struct civil c;
	enum precision precision;
};

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/* Reads at most 4 digits; returns how many. */
static int
read_number(const char **p, int *value)
{
	int n = 0;

	*value = 0;
	while (n < 4 && isdigit((unsigned char)**p)) {
		*value = *value * 10 + (**p - '0');
		(*p)++;
		n++;
	}
	return n;
}

static bool
read_month_name(const char **p, int *month)
{
	size_t n = 0;

	while (isalpha((unsigned char)(*p)[n]))
		n++;
	for (int i = 0; n >= 3 && i < 12; i++) {
		if (n > strlen(month_name(i + 1)) ||
		    strncasecmp(*p, month_name(i + 1), n) != 0)
			continue;
		*p += n;
		*month = i + 1;
		return true;
	}
	return false;
}

/* "-03" or "-03-04" after a year. */
static bool
read_iso_rest(const char **p, struct point *out)
{
	const char *q = *p;
	int n;

	out->precision = SPAN_YEAR;
	if (*q != '-')
		return true;
	q++;
	n = read_number(&q, &out->c.month);
	if (n != 1 && n != 2)
		return false;
	out->precision = SPAN_MONTH;
	if (*q == '-') {
		q++;
		n = read_number(&q, &out->c.day);
		if (n != 1 && n != 2)
			return false;
		out->precision = SPAN_DAY;
	}
	*p = q;
	return true;
}

/* "March 2026", which may follow a day. */
static bool
read_named(const char **p, struct point *out)
{
	if (!read_month_name(p, &out->c.month))
		return false;
	*p = skip_blanks(*p);
	return read_number(p, &out->c.year) == 4;
}

/* "/3/2026" or "/2026" after one or two digits. */
static bool
read_slashed(const char **p, int first, struct point *out)
{
	int second, n;

	(*p)++;
	n = read_number(p, &second);
	if (n == 4) {
		out->c.month = first;
		out->c.year = second;
		out->precision = SPAN_MONTH;
		return true;
	}
	if ((n != 1 && n != 2) || **p != '/')
		return false;
	(*p)++;
	out->c.day = first;
	out->c.month = second;
	out->precision = SPAN_DAY;
	return read_number(p, &out->c.year) == 4;
}

/* Reads the form of a date and leaves *p after it; says nothing of its sense. */
static bool
read_point(const char **p, struct point *out)
{
	int number, n;

	*out = (struct point){ { 0, 1, 1 }, SPAN_MONTH };
	*p = skip_blanks(*p);
	n = read_number(p, &number);
	if (n == 0)
		return read_named(p, out);
	if (n == 4) {
		out->c.year = number;
		return read_iso_rest(p, out);
	}
	if (n > 2)
		return false;
	if (**p == '/')
		return read_slashed(p, number, out);
	*p = skip_blanks(*p);
	out->c.day = number;
	out->precision = SPAN_DAY;
	return read_named(p, out);
}

/* Says why a date of the right form is none. */
static enum rc
check_point(const struct point *pt, struct err *e)
{
	const struct civil *c = &pt->c;

	if (civil_valid(*c))
		return RC_OK;
	if (c->year < YEAR_MIN || c->year > YEAR_MAX)
		return err_set(e, RC_INPUT, "the year %d is not between %d "
		    "and %d", c->year, YEAR_MIN, YEAR_MAX);
	if (c->month < 1 || c->month > 12)
		return err_set(e, RC_INPUT, "there is no month %d (days come "
		    "before months: 31/12/%d)", c->month, c->year);
	return err_set(e, RC_INPUT, "there is no day %d in %s %d, which has "
	    "%d days", c->day, month_name(c->month), c->year,
	    month_days(c->year, c->month));
}

static int32_t
point_first(const struct point *p)
{
	return day_from_civil(p->c);
}

static int32_t
point_last(const struct point *p)
{
	struct civil c = p->c;

	if (p->precision == SPAN_YEAR)
		c.month = 12;
	if (p->precision != SPAN_DAY)
		c.day = month_days(c.year, c.month);
	return day_from_civil(c);
}

enum rc
day_parse(const char *text, int32_t *day, struct err *e)
{
	const char *p = text;
	struct point pt;
	enum rc rc;

	if (!read_point(&p, &pt) || pt.precision != SPAN_DAY ||
	    *skip_blanks(p) != '\0')
		return err_set(e, RC_INPUT, "\"%.*s\" is not a day: write "
		    "it as 2026-03-04 or 4/3/2026", utf8_cut(text, 60),
		    text);
	rc = check_point(&pt, e);
	if (rc != RC_OK)
		return err_prefix(e, "\"%.*s\" is not a day",
		    utf8_cut(text, 60), text);
	*day = point_first(&pt);
	return RC_OK;
}

/* Moves past "/", ".." or "to"; false if none stands at *p. */
static bool
read_separator(const char **p)
{
	const char *q = skip_blanks(*p);

	if (*q == '/')
		q += 1;
	else if (strncmp(q, "..", 2) == 0)
		q += 2;
	else if (strncasecmp(q, "to", 2) == 0 && q > *p)
		q += 2;
	else
		return false;
	*p = q;
	return true;
}

static enum rc
read_span(const char *text, struct point *a, struct point *b, struct err *e)
{
	const char *p = text;
	bool good = read_point(&p, a);

	b->precision = SPAN_NONE;
	if (good && *skip_blanks(p) != '\0')
		good = read_separator(&p) && read_point(&p, b) &&
		    *skip_blanks(p) == '\0';
	if (good)
		return RC_OK;
	return err_set(e, RC_INPUT, "\"%.*s\" is not a date: write a day "
	    "as 2026-03-04 or 4/3/2026, a month as 2026-03 or 03/2026, a year "
	    "as 2026, or two of these with \"to\" between them",
	    utf8_cut(text, 60), text);
}

/* A number of n digits; -1 when it is none. */
static int
digits(const char *p, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		v = v * 10 + (p[i] - '0');
	}
	return v;
}

/* Of nearly every entry the date is a day, as span_format() writes it. */
static bool
read_plain_day(const char *text, struct span *out)
{
	struct civil c;

	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return false;
	c = (struct civil){digits(text, 4), digits(text + 5, 2),
		digits(text + 8, 2)};
	if (!civil_valid(c))
		return false;
	*out = span_of_day(day_from_civil(c));
	return true;
}

enum rc
span_parse(const char *text, struct span *out, struct err *e)
{
	struct point a, b;
	enum rc rc;

	if (read_plain_day(text, out))
		return RC_OK;
	rc = read_span(text, &a, &b, e);
	if (rc != RC_OK)
		return rc;
	rc = check_point(&a, e);
	if (rc == RC_OK && b.precision != SPAN_NONE)
		rc = check_point(&b, e);
	if (rc != RC_OK)
		return err_prefix(e, "\"%.*s\" is not a date",
		    utf8_cut(text, 60), text);
	if (b.precision != SPAN_NONE && point_last(&b) < point_first(&a))
		return err_set(e, RC_INPUT, "\"%.*s\" ends before it begins: "
		    "write the earlier date first", utf8_cut(text, 60), text);
	out->first = point_first(&a);
	out->last = point_last(b.precision == SPAN_NONE ? &a : &b);
	out->from = a.precision;
	out->to = b.precision;
	return RC_OK;
}

/* A time of day as it is read. */
struct hms {
	int hour, minute, second;
	bool utc;
};

/* ":05" */
static bool
read_sixtieths(const char **p, int *value)
{
	if (**p != ':')
		return false;
	(*p)++;
	return read_number(p, value) == 2 && *value <= 59;
}

static bool
read_time(const char *p, struct hms *t)
{
	int n = read_number(&p, &t->hour);

	t->second = 0;
	if (n < 1 || n > 2 || t->hour > 23 || !read_sixtieths(&p, &t->minute))
		return false;
	if (*p == ':' && !read_sixtieths(&p, &t->second))
		return false;
	t->utc = *p == 'Z' || *p == 'z';
	if (t->utc)
		p++;
	return *skip_blanks(p) == '\0';
}

static bool
shows(time_t t, const struct tm *want)
{
	struct tm tm;

	return localtime_r(&t, &tm) != NULL && tm.tm_mday == want->tm_mday &&
	    tm.tm_hour == want->tm_hour && tm.tm_min == want->tm_min;
}

/* The first moment at which local clocks show c and h. */
static enum rc
local_moment(struct civil c, const struct hms *h, int64_t *ms, struct err *e)
{
	struct tm want = {
		.tm_year = c.year - 1900, .tm_mon = c.month - 1,
		.tm_mday = c.day, .tm_hour = h->hour, .tm_min = h->minute,
		.tm_sec = h->second, .tm_isdst = -1
	};
	struct tm tm = want;
	time_t t = mktime(&tm);

	if (!shows(t, &want))
		return err_set(e, RC_INPUT, "%02d:%02d was left out on that "
		    "day, when the clocks went forward", h->hour, h->minute);
	if (shows(t - 3600, &want))
		t -= 3600;
	*ms = (int64_t)t * 1000;
	return RC_OK;
}

enum rc
moment_parse(const char *text, int64_t *ms, struct err *e)
{
	const char *p = text;
	struct point pt;
	struct hms t;
	bool good = read_point(&p, &pt) && pt.precision == SPAN_DAY;
	enum rc rc;

	good = good && (*p == ' ' || *p == 'T' || *p == 't');
	if (!good || !read_time(skip_blanks(p + 1), &t))
		return err_set(e, RC_INPUT, "\"%.*s\" is not a date and "
		    "time: write it as 2026-03-04 16:05", utf8_cut(text, 60),
		    text);
	rc = check_point(&pt, e);
	if (rc == RC_OK && t.utc)
		*ms = ((int64_t)point_first(&pt) * 86400 + t.hour * 3600 +
		    t.minute * 60 + t.second) * 1000;
	else if (rc == RC_OK)
		rc = local_moment(pt.c, &t, ms, e);
	if (rc != RC_OK)
		return err_prefix(e, "\"%.*s\" is not a date and time",
		    utf8_cut(text, 60), text);
	return RC_OK;
}
