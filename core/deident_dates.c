/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates as they stand in running text, moved, in the form in which they were
 * written.  A day without its month, a feast and a year alone cannot be moved
 * and are doubtful.
 */
#include "config.h"

#include "core/deident_dates.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* The word before p, small; "" at the start. */
static void
word_before(const char *text, const char *p, char out[16])
{
	const char *end = p, *from;
	size_t n = 0;

	while (end > text && strchr(" \t\r\n", end[-1]) != NULL)
		end--;
	for (from = end; from > text && date_letter(from[-1]); from--)
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
    struct date_text *a)
{
	struct month_text m = date_month_at(p);
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
	date_add_month(&a->with, date_moved_month(0, m.month, fr).month, &m);
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

		if (strncasecmp(p, feasts[i], n) == 0 && !date_letter(p[n]))
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
	size_t n = date_number(p, &value);

	if (n == 4 && value >= 1900 && value < 2100 && !date_letter(p[4]) &&
	    p[4] != ':')
		return 4;
	if ((n == 1 || n == 2) && value >= 1 && value <= 31 &&
	    date_ordinal_at(p + n) > 0) {
		word_before(text, p, before);
		return strcmp(before, "the") == 0 || is_of_time(before) ||
		    strcmp(before, "on") == 0 ? n + 2 : 0;
	}
	return 0;
}

/* ---- all of a text ---- */

static bool
date_at(const char *text, const char *p, const struct date_frame *fr,
    struct date_text *a)
{
	if (date_form_at(p, fr, a))
		return true;
	if (!date_digit(*p) && month_alone(text, p, fr, a))
		return true;
	a->n = date_digit(*p) ? lone_figure(text, p) : feast_at(p);
	return a->n > 0;
}

/* A date begins behind what is neither letter nor digit, nor in a number. */
static bool
may_begin(const char *text, const char *p)
{
	if (!date_digit(*p) && !date_letter(*p))
		return false;
	if (p == text)
		return true;
	if (date_digit(p[-1]) || (date_letter(p[-1]) && !(p - text >= 2 &&
	    p[-2] == '\xc2' && p[-1] == '\xa0')))
		return false;
	return !date_digit(*p) || p - text < 2 || !date_digit(p[-2]) ||
	    strchr("./:,", p[-1]) == NULL;
}

/* A number that goes on is no date: "03.03.2026.15", "2026-03-03-7". */
static bool
goes_on(const char *p)
{
	return date_digit(*p) || (strchr("-/.", *p) != NULL && *p != '\0' &&
	    date_digit(p[1]));
}

void
find_dates(const char *text, const struct date_frame *fr,
    struct founds *out)
{
	const char *p = text;

	while (*p != '\0') {
		struct date_text a = { .n = 0 };
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
		struct date_text a = { .n = 0 };
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
