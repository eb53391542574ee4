/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days, and dates as people give them: a day, a month, a year, or a span of
 * these.  Days are counted from 1970-01-01 in the proleptic Gregorian
 * calendar; years 1800 to 2200.  Moments are UTC milliseconds.  Knows
 * nothing of working days (calendar.h) or of deadlines (deadline.h).
 */
#ifndef HEARKEN_CORE_DATE_H
#define HEARKEN_CORE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define DAY_NONE INT32_MIN
#define YEAR_MIN 1800
#define YEAR_MAX 2200
#define DAY_TEXT_MAX 16		/* "2026-03-04" and its NUL */
#define SPAN_TEXT_MAX 32	/* "2026-03-04/2026-03-09" */
#define SPAN_WORDS_MAX 64	/* "28 February 2026 to 3 March 2026" */

struct civil {
	int year, month, day;	/* 1-based */
};

enum precision {
	SPAN_NONE = 0,	/* no date: first and last are DAY_NONE */
	SPAN_DAY,
	SPAN_MONTH,
	SPAN_YEAR
};

/* A date as given.  {first, last} inclusive; each end keeps how it was said. */
struct span {
	int32_t first, last;
	enum precision from, to;	/* to == SPAN_NONE: a single date */
};

int32_t day_from_civil(struct civil c);
struct civil day_to_civil(int32_t day);
bool civil_valid(struct civil c);
/* 28 to 31; month is 1 to 12. */
int month_days(int year, int month);
/* "January" for 1 .. "December" for 12. */
const char *month_name(int month);
/* 0 Monday .. 6 Sunday. */
int day_of_week(int32_t day);
/* Same day of the month n months later, or that month's last day. */
int32_t day_add_months(int32_t day, int n);
/* Whole years from birth to day; -1 if either is DAY_NONE or day < birth. */
int day_age(int32_t birth, int32_t day);

/*
 * Reads "2026-03-04", "4/3/2026" or "04/03/2026" (day first), or
 * "4 March 2026".  *day keeps its value on failure.
 */
NODISCARD enum rc day_parse(const char *text, int32_t *day, struct err *e);
/* "" for DAY_NONE. */
void day_format(int32_t day, char out[DAY_TEXT_MAX]);
/* "Wednesday 4 March 2026". */
void day_words(int32_t day, char out[SPAN_WORDS_MAX]);

/*
 * Reads a day, "2026-03", "03/2026", "2026", or two of them as
 * "2026-03-01/2026-03-09" or "1/3/2026 to 9/3/2026" (also "..").
 * Empty text is an error.  The message says the forms that are understood.
 */
NODISCARD enum rc span_parse(const char *text, struct span *out,
    struct err *e);
struct span span_none(void);
struct span span_of_day(int32_t day);
bool span_is_none(const struct span *s);
bool span_overlaps(const struct span *s, int32_t first, int32_t last);
/* Canonical: "2026-03-04", "2026-03", "2026", "2026-03-01/2026-03"; "" for none. */
void span_format(const struct span *s, char out[SPAN_TEXT_MAX]);
/* For people: "4 March 2026", "March 2026", "1 to 9 March 2026"; "" for none. */
void span_words(const struct span *s, char out[SPAN_WORDS_MAX]);

/* The local day of a UTC moment, and the start of a local day as a moment. */
int32_t moment_day(int64_t ms);
int64_t moment_of_day(int32_t day);
/* Seconds by which local clocks are ahead of UTC at that moment. */
int moment_offset(int64_t ms);
/* "4 March 2026 at 16:05", local time; "" outside the years above. */
void moment_words(int64_t ms, char out[SPAN_WORDS_MAX]);
/* "2026-03-04T16:05:00Z"; "" outside the years above. */
void moment_format(int64_t ms, char out[SPAN_TEXT_MAX]);
/*
 * Reads "2026-03-04 16:05" or "2026-03-04T16:05" (local), or with Z (UTC);
 * seconds may follow, the day may be written as day_parse has it.  A local
 * time that comes twice, when clocks go back, is the first of the two; one
 * that is left out, when they go forward, is an error.
 */
NODISCARD enum rc moment_parse(const char *text, int64_t *ms, struct err *e);

#endif
