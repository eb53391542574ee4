/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/agree.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/agree_impl.h"
#include "core/err.h"
#include "core/xalloc.h"

#define FOR_TWO 1u
#define ORDERED 2u

static const struct {
	const char *id, *name, *source;
	unsigned is;
} coefficients[AGREE_COEFFICIENTS] = {
	[AGREE_PERCENT] = {"percent", "Percent agreement",
	    "mean share of pairs of raters who agree", 0},
	[AGREE_COHEN] = {"cohen", "Cohen's kappa", "Cohen 1960", FOR_TWO},
	[AGREE_LINEAR] = {"linear", "Weighted kappa (linear)", "Cohen 1968",
	    FOR_TWO | ORDERED},
	[AGREE_QUADRATIC] = {"quadratic", "Weighted kappa (quadratic)",
	    "Cohen 1968; Fleiss and Cohen 1973", FOR_TWO | ORDERED},
	[AGREE_FLEISS] = {"fleiss", "Fleiss' kappa", "Fleiss 1971", 0},
	[AGREE_ALPHA] = {"alpha", "Krippendorff's alpha (nominal)",
	    "Krippendorff 2011", 0},
	[AGREE_ALPHA_ORDINAL] = {"alpha-ordinal",
	    "Krippendorff's alpha (ordinal)", "Krippendorff 2011", ORDERED},
	[AGREE_AC1] = {"ac1", "Gwet's AC1", "Gwet 2008", 0},
};

const char *
agree_id(enum agree_coefficient which)
{
	return coefficients[which].id;
}

const char *
agree_name(enum agree_coefficient which)
{
	return coefficients[which].name;
}

const char *
agree_source(enum agree_coefficient which)
{
	return coefficients[which].source;
}

bool
agree_needs_order(enum agree_coefficient which)
{
	return (coefficients[which].is & ORDERED) != 0;
}

bool
agree_for_two(enum agree_coefficient which)
{
	return (coefficients[which].is & FOR_TWO) != 0;
}

bool
agree_from_id(const char *s, size_t n, enum agree_coefficient *out)
{
	size_t i;

	for (i = 0; i < AGREE_COEFFICIENTS; i++)
		if (strlen(coefficients[i].id) == n &&
		    strncasecmp(coefficients[i].id, s, n) == 0) {
			*out = (enum agree_coefficient)i;
			return true;
		}
	return false;
}

/* ---- what there is ---- */

static size_t
ratings_of(const struct agree_table *t, size_t item)
{
	const int16_t *row = t->cells + item * t->raters;
	size_t r, n = 0;

	for (r = 0; r < t->raters; r++)
		n += row[r] != AGREE_MISSING;
	return n;
}

static void
mark_raters(const struct agree_table *t, size_t item, bool *rated)
{
	const int16_t *row = t->cells + item * t->raters;
	size_t r;

	for (r = 0; r < t->raters; r++)
		rated[r] |= row[r] != AGREE_MISSING;
}

/* A rater counts who rated an item that another rated too. */
static void
count_what_is_there(const struct agree_table *t, struct agree_result *out)
{
	bool *rated = xcalloc(t->raters + 1, sizeof(*rated));
	size_t i, n, all = 0;

	for (i = 0; i < t->items; i++) {
		n = ratings_of(t, i);
		all += n;
		out->unrated += n == 0;
		out->single += n == 1;
		if (n < 2)
			continue;
		out->items++;
		out->ratings += n;
		mark_raters(t, i, rated);
	}
	for (i = 0; i < t->raters; i++)
		out->raters += rated[i];
	out->missing = t->items * t->raters - all;
	free(rated);
}

/* The one category of all ratings of items that count; or none. */
static bool
never_varies(const struct agree_table *t)
{
	int16_t first = AGREE_MISSING, c;
	size_t i, r;

	for (i = 0; i < t->items; i++) {
		if (ratings_of(t, i) < 2)
			continue;
		for (r = 0; r < t->raters; r++) {
			c = t->cells[i * t->raters + r];
			if (c == AGREE_MISSING)
				continue;
			if (first != AGREE_MISSING && c != first)
				return false;
			first = c;
		}
	}
	return true;
}

/* ---- refusals ---- */

static bool PRINTF_LIKE(2, 3)
refuse(struct agree_result *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(out->why, sizeof(out->why), fmt, ap);
	va_end(ap);
	return true;
}

static bool
too_few(struct agree_result *out)
{
	if (out->raters < AGREE_RATERS_MIN)
		return refuse(out, "%zu %s rated an item that somebody else "
		    "rated too; expected at least %u raters", out->raters,
		    out->raters == 1 ? "rater" : "raters", AGREE_RATERS_MIN);
	if (out->items < AGREE_ITEMS_MIN)
		return refuse(out, "%zu %s rated by two or more raters; "
		    "expected at least %u items", out->items,
		    out->items == 1 ? "item was" : "items were",
		    AGREE_ITEMS_MIN);
	return false;
}

static bool
refused(const struct agree_table *t, struct agree_result *out)
{
	if (t->raters < AGREE_RATERS_MIN)
		return refuse(out, "there %s %zu rater%s; expected at least %u",
		    t->raters == 1 ? "is" : "are", t->raters,
		    t->raters == 1 ? "" : "s", AGREE_RATERS_MIN);
	if (too_few(out))
		return true;
	if (agree_for_two(out->which) && t->raters != 2)
		return refuse(out, "it compares two raters and there are %zu; "
		    "alpha, fleiss and ac1 compare more", t->raters);
	if (agree_needs_order(out->which) && !t->ordered)
		return refuse(out, "the ratings are words, and which is more "
		    "and which is less is not known");
	return false;
}

static void
say_undefined(const struct agree_table *t, struct agree_result *out)
{
	if (never_varies(t))
		(void)refuse(out, "no variation: every rating is the same, so "
		    "that agreement cannot be told from chance");
	else
		(void)refuse(out, "no variation: by chance alone the raters "
		    "would agree as much");
}

void
agree_compute(const struct agree_table *t, enum agree_coefficient which,
    const struct agree_opts *opts, struct agree_result *out)
{
	static const struct agree_opts usual = {AGREE_RESAMPLES, AGREE_SEED,
	    NULL};
	struct agree_data d;

	if (opts == NULL)
		opts = &usual;
	*out = (struct agree_result){.which = which};
	count_what_is_there(t, out);
	if (refused(t, out))
		return;
	agree_data_init(&d, t, which, which == AGREE_LINEAR ? opts->weights :
	    NULL);
	out->computed = agree_value(&d, d.times, &out->value);
	if (!out->computed)
		say_undefined(t, out);
	else if (opts->resamples != 0)
		agree_bootstrap(&d, opts->resamples, opts->seed, out);
	agree_data_release(&d);
}
