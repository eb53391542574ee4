/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "exchange/obs_header.h"
#include "exchange/ratings_priv.h"

/* So many digits are exact in a double, and their order is theirs. */
#define DIGITS_MAX 15u

/* ---- one text ---- */

static bool
is_missing(const char *s, size_t n)
{
	static const char *const words[] = {"", "na", "n/a", ".", "-"};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == n && strncasecmp(words[i], s, n) == 0)
			return true;
	return false;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

struct number {
	bool below;		/* less than 0 */
	char digits[DIGITS_MAX];	/* no zeros in front of the first */
	size_t n, places;	/* of them so many behind the point */
};

/* [+-] digits [. digits], and nothing else. */
static bool
number_read(const char *s, size_t n, struct number *out)
{
	size_t i = n != 0 && (s[0] == '+' || s[0] == '-');
	bool point = false, any = false;

	*out = (struct number){.below = i != 0 && s[0] == '-'};
	for (; i < n; i++) {
		if (s[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (!is_digit(s[i]))
			return false;
		any = true;
		out->places += point;
		if (out->n == 0 && s[i] == '0' && !point)
			continue;
		if (out->n == DIGITS_MAX)
			return false;
		out->digits[out->n++] = s[i];
	}
	for (; out->places != 0 && out->digits[out->n - 1] == '0';
	    out->places--)
		out->n--;
	if (out->n == 0)
		out->below = false;
	return any;
}

/* One text for each number: 01, +1 and 1.0 are "1". */
static size_t
number_write(const struct number *x, char out[RATING_TEXT_MAX + 1])
{
	size_t i, n = 0;

	if (x->below)
		out[n++] = '-';
	if (x->n == x->places)
		out[n++] = '0';
	for (i = 0; i < x->n; i++) {
		if (i == x->n - x->places)
			out[n++] = '.';
		out[n++] = x->digits[i];
	}
	out[n] = '\0';
	return n;
}

/* Rounded once, by the division. */
static double
number_value(const struct number *x)
{
	double whole = 0, by = 1;
	size_t i;

	for (i = 0; i < x->n; i++)
		whole = whole * 10 + (x->digits[i] - '0');
	for (i = 0; i < x->places; i++)
		by *= 10;
	return (x->below ? -whole : whole) / by;
}

/* ---- the scale ---- */

static enum rc
add_given(struct scale *s, const char *text, size_t n, struct err *e)
{
	char plain[RATING_TEXT_MAX + 1], shown[OBS_QUOTE_MAX];
	struct number x;
	uint32_t number;
	enum rc rc;

	obs_quote(text, n, shown);
	if (is_missing(text, n) || n > RATING_TEXT_MAX)
		return err_set(e, RC_USAGE, "--categories: %s is no category; "
		    "expected words or numbers of at most %u bytes, with "
		    "commas between them", shown, RATING_TEXT_MAX);
	if (number_read(text, n, &x)) {
		n = number_write(&x, plain);
		text = plain;
	}
	rc = nameset_add(s->names, text, n, &number, e);
	if (rc == RC_OK && number != s->given)
		return err_set(e, RC_USAGE, "--categories: %s is there twice; "
		    "expected each category once", shown);
	s->given++;
	if (rc == RC_OK && s->given > AGREE_CATEGORIES_MAX)
		return err_set(e, RC_USAGE, "--categories: more than %u; "
		    "expected at most that", AGREE_CATEGORIES_MAX);
	return rc;
}

enum rc
scale_init(struct scale *s, const char *categories, uint64_t seed,
    struct err *e)
{
	enum rc rc = nameset_new(seed, &s->names, e);
	size_t n, cell;

	s->given = 0;
	while (rc == RC_OK && categories != NULL) {
		categories += strspn(categories, " ");
		n = cell = strcspn(categories, ",");
		while (n != 0 && categories[n - 1] == ' ')
			n--;
		rc = add_given(s, categories, n, e);
		categories = categories[cell] == ',' ? categories + cell + 1 :
		    NULL;
	}
	return rc;
}

void
scale_release(struct scale *s)
{
	nameset_free(s->names);
	s->names = NULL;
}

static enum rc
not_given(const struct scale *s, const struct csv *c, size_t column,
    const char *shown, struct err *e)
{
	char list[256];
	size_t i, used = 0;
	int n;

	list[0] = '\0';
	for (i = 0; i < s->given && used < sizeof(list) - 1; i++) {
		n = snprintf(list + used, sizeof(list) - used, "%s%s",
		    i != 0 ? ", " : "", nameset_text(s->names, i));
		used += n > 0 ? (size_t)n : 0;
	}
	return csv_fail(c, column, e, "%s is none of the categories; expected "
	    "%s%s, or nothing where there is no rating", shown, list,
	    used >= sizeof(list) ? " ..." : "");
}

static enum rc
take_text(struct scale *s, const struct csv *c, size_t column,
    const char *text, size_t n, int16_t *category, struct err *e)
{
	char plain[RATING_TEXT_MAX + 1], shown[OBS_QUOTE_MAX];
	struct number x;
	uint32_t number;
	enum rc rc;

	obs_quote(text, n, shown);
	if (n > RATING_TEXT_MAX)
		return csv_fail(c, column, e, "%s is longer than %u bytes; "
		    "expected a rating: a number or a word", shown,
		    RATING_TEXT_MAX);
	if (number_read(text, n, &x)) {
		n = number_write(&x, plain);
		text = plain;
	}
	rc = nameset_add(s->names, text, n, &number, e);
	if (rc != RC_OK)
		return rc;
	if (s->given != 0 && number >= s->given)
		return not_given(s, c, column, shown, e);
	if (number >= AGREE_CATEGORIES_MAX)
		return csv_fail(c, column, e, "%s is one more different rating "
		    "than %u; expected ratings from a small set of categories",
		    shown, AGREE_CATEGORIES_MAX);
	*category = (int16_t)number;
	return RC_OK;
}

enum rc
scale_take(struct scale *s, const struct csv *c, size_t column,
    const struct csv_cell *cell, int16_t *category, struct err *e)
{
	const char *text = cell->s;
	size_t n = cell->n;

	while (n != 0 && (text[0] == ' ' || text[0] == '\t')) {
		text++;
		n--;
	}
	while (n != 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
		n--;
	*category = AGREE_MISSING;
	return is_missing(text, n) ? RC_OK :
	    take_text(s, c, column, text, n, category, e);
}

/* ---- the order ---- */

struct place {
	const char *text;
	double value;
	size_t came;
};

static int
by_value(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

static int
by_letters(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcasecmp(x->text, y->text);

	return order != 0 ? order : strcmp(x->text, y->text);
}

void
scale_order(const struct scale *s, int16_t *place, bool *ordered)
{
	struct place list[AGREE_CATEGORIES_MAX];
	size_t n = nameset_count(s->names), i;
	bool numbers = true;
	struct number x;

	for (i = 0; i < n; i++) {
		list[i] = (struct place){nameset_text(s->names, i), 0, i};
		if (number_read(list[i].text, strlen(list[i].text), &x))
			list[i].value = number_value(&x);
		else
			numbers = false;
	}
	*ordered = numbers || s->given != 0;
	if (s->given == 0 && n != 0)
		qsort(list, n, sizeof(list[0]), numbers ? by_value :
		    by_letters);
	for (i = 0; i < n; i++)
		place[list[i].came] = (int16_t)i;
}
