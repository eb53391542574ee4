/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAYS_400_YEARS 146097
#define DAYS_TO_1970 719468	/* from 1 March of the year 0 */
#define MS_PER_SECOND 1000

static const char *const day_names[] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
	"Sunday"
};

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
month_days(int year, int month)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Years begin in March here, so that the leap day is the last of its year. */
int32_t
day_from_civil(struct civil c)
{
	int64_t year = c.month <= 2 ? (int64_t)c.year - 1 : c.year;
	int64_t era = floor_div(year, 400);
	int64_t of_era = year - era * 400;
	int64_t month = (c.month + 9) % 12;
	int64_t of_year = (153 * month + 2) / 5 + c.day - 1;
	int64_t day = era * DAYS_400_YEARS + of_era * 365 + of_era / 4 -
	    of_era / 100 + of_year - DAYS_TO_1970;

	return (int32_t)day;
}

struct civil
day_to_civil(int32_t day)
{
	int64_t n = (int64_t)day + DAYS_TO_1970;
	int64_t era = floor_div(n, DAYS_400_YEARS);
	int64_t of_era = n - era * DAYS_400_YEARS;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 -
	    of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct civil c;

	c.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	c.month = (int)(month < 10 ? month + 3 : month - 9);
	c.year = (int)(year + era * 400 + (c.month <= 2));
	return c;
}

const char *
month_name(int month)
{
	static const char *const names[] = {
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November",
		"December"
	};

	return names[month - 1];
}

bool
civil_valid(struct civil c)
{
	return c.year >= YEAR_MIN && c.year <= YEAR_MAX &&
	    c.month >= 1 && c.month <= 12 &&
	    c.day >= 1 && c.day <= month_days(c.year, c.month);
}

int
day_of_week(int32_t day)
{
	int64_t n = (int64_t)day + 3;	/* 1970-01-01 was a Thursday */

	return (int)(n - floor_div(n, 7) * 7);
}

int32_t
day_add_months(int32_t day, int n)
{
	struct civil c = day_to_civil(day);
	int64_t months = (int64_t)c.year * 12 + c.month - 1 + n;
	int days;

	c.year = (int)floor_div(months, 12);
	c.month = (int)(months - (int64_t)c.year * 12) + 1;
	days = month_days(c.year, c.month);
	if (c.day > days)
		c.day = days;
	return day_from_civil(c);
}

/* A child of 29 February is a year older on 1 March of a common year. */
int
day_age(int32_t birth, int32_t day)
{
	struct civil b, d;

	if (birth == DAY_NONE || day == DAY_NONE || day < birth)
		return -1;
	b = day_to_civil(birth);
	d = day_to_civil(day);
	return d.year - b.year - (d.month < b.month ||
	    (d.month == b.month && d.day < b.day));
}

static char *
put_number(char *p, int v, int digits)
{
	for (int i = digits - 1; i >= 0; i--, v /= 10)
		p[i] = (char)('0' + v % 10);
	return p + digits;
}

/* Each entry has a day, which is written whenever it is hashed. */
static void
format_day(struct civil c, char *out)
{
	out = put_number(out, c.year, 4);
	*out++ = '-';
	out = put_number(out, c.month, 2);
	*out++ = '-';
	*put_number(out, c.day, 2) = '\0';
}

static void
format_as(int32_t day, enum precision precision, char *out, size_t size)
{
	struct civil c = day_to_civil(day);

	if (precision == SPAN_DAY && c.year >= 0 && c.year <= 9999 &&
	    size > 10)
		format_day(c, out);
	else if (precision == SPAN_YEAR)
		(void)snprintf(out, size, "%04d", c.year);
	else if (precision == SPAN_MONTH)
		(void)snprintf(out, size, "%04d-%02d", c.year, c.month);
	else
		(void)snprintf(out, size, "%04d-%02d-%02d", c.year, c.month,
		    c.day);
}

void
day_format(int32_t day, char out[DAY_TEXT_MAX])
{
	out[0] = '\0';
	if (day != DAY_NONE)
		format_as(day, SPAN_DAY, out, DAY_TEXT_MAX);
}

static void
words_as(int32_t day, enum precision precision, char *out, size_t size)
{
	struct civil c = day_to_civil(day);

	if (precision == SPAN_YEAR)
		(void)snprintf(out, size, "%d", c.year);
	else if (precision == SPAN_MONTH)
		(void)snprintf(out, size, "%s %d", month_name(c.month),
		    c.year);
	else
		(void)snprintf(out, size, "%d %s %d", c.day,
		    month_name(c.month), c.year);
}

void
day_words(int32_t day, char out[SPAN_WORDS_MAX])
{
	char date[SPAN_TEXT_MAX];

	out[0] = '\0';
	if (day == DAY_NONE)
		return;
	words_as(day, SPAN_DAY, date, sizeof(date));
	(void)snprintf(out, SPAN_WORDS_MAX, "%s %s",
	    day_names[day_of_week(day)], date);
}

struct span
span_none(void)
{
	return (struct span){ DAY_NONE, DAY_NONE, SPAN_NONE, SPAN_NONE };
}

struct span
span_of_day(int32_t day)
{
	if (day == DAY_NONE)
		return span_none();
	return (struct span){ day, day, SPAN_DAY, SPAN_NONE };
}

bool
span_is_none(const struct span *s)
{
	return s->from == SPAN_NONE;
}

bool
span_overlaps(const struct span *s, int32_t first, int32_t last)
{
	return !span_is_none(s) && s->first <= last && first <= s->last;
}

void
span_format(const struct span *s, char out[SPAN_TEXT_MAX])
{
	char a[DAY_TEXT_MAX], b[DAY_TEXT_MAX];

	out[0] = '\0';
	if (span_is_none(s))
		return;
	if (s->to == SPAN_NONE) {
		format_as(s->first, s->from, out, SPAN_TEXT_MAX);
		return;
	}
	format_as(s->first, s->from, a, sizeof(a));
	format_as(s->last, s->to, b, sizeof(b));
	(void)snprintf(out, SPAN_TEXT_MAX, "%s/%s", a, b);
}

static bool
same_month(int32_t a, int32_t b)
{
	struct civil x = day_to_civil(a), y = day_to_civil(b);

	return x.year == y.year && x.month == y.month;
}

void
span_words(const struct span *s, char out[SPAN_WORDS_MAX])
{
	char a[SPAN_WORDS_MAX / 2 - 4], b[SPAN_WORDS_MAX / 2 - 4];

	out[0] = '\0';
	if (span_is_none(s))
		return;
	words_as(s->first, s->from, a, sizeof(a));
	words_as(s->last, s->to, b, sizeof(b));
	if (s->to == SPAN_NONE || strcmp(a, b) == 0)
		(void)snprintf(out, SPAN_WORDS_MAX, "%s", a);
	else if (s->from == SPAN_DAY && s->to == SPAN_DAY &&
	    same_month(s->first, s->last))
		(void)snprintf(out, SPAN_WORDS_MAX, "%d to %s",
		    day_to_civil(s->first).day, b);
	else
		(void)snprintf(out, SPAN_WORDS_MAX, "%s to %s", a, b);
}

static bool
local_time(int64_t ms, struct tm *tm)
{
	time_t t = (time_t)floor_div(ms, MS_PER_SECOND);

	return localtime_r(&t, tm) != NULL;
}

static struct civil
civil_of_tm(const struct tm *tm)
{
	return (struct civil){ tm->tm_year + 1900, tm->tm_mon + 1,
	    tm->tm_mday };
}

int32_t
moment_day(int64_t ms)
{
	struct tm tm;

	if (!local_time(ms, &tm) || !civil_valid(civil_of_tm(&tm)))
		return DAY_NONE;
	return day_from_civil(civil_of_tm(&tm));
}

int64_t
moment_of_day(int32_t day)
{
	struct civil c = day_to_civil(day);
	struct tm tm = {
		.tm_year = c.year - 1900, .tm_mon = c.month - 1,
		.tm_mday = c.day, .tm_isdst = -1
	};

	return (int64_t)mktime(&tm) * MS_PER_SECOND;
}

int
moment_offset(int64_t ms)
{
	struct tm tm;

	return local_time(ms, &tm) ? (int)tm.tm_gmtoff : 0;
}

void
moment_words(int64_t ms, char out[SPAN_WORDS_MAX])
{
	char date[SPAN_TEXT_MAX];
	int32_t day = moment_day(ms);
	struct tm tm;

	out[0] = '\0';
	if (day == DAY_NONE || !local_time(ms, &tm))
		return;
	words_as(day, SPAN_DAY, date, sizeof(date));
	(void)snprintf(out, SPAN_WORDS_MAX, "%s at %02d:%02d", date,
	    tm.tm_hour, tm.tm_min);
}

void
moment_format(int64_t ms, char out[SPAN_TEXT_MAX])
{
	int64_t seconds = floor_div(ms, MS_PER_SECOND);
	int64_t day = floor_div(seconds, 86400);
	unsigned of_day = (unsigned)(seconds - day * 86400);
	char date[DAY_TEXT_MAX];

	out[0] = '\0';
	if (day <= INT32_MIN || day > INT32_MAX ||
	    !civil_valid(day_to_civil((int32_t)day)))
		return;
	day_format((int32_t)day, date);
	(void)snprintf(out, SPAN_TEXT_MAX, "%sT%02u:%02u:%02uZ", date,
	    of_day / 3600 % 24, of_day / 60 % 60, of_day % 60);
}
