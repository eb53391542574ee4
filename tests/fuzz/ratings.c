/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file of ratings.  The first byte says whether a model and categories are
 * asked for.  What is taken is a table within its limits, and each coefficient
 * of it a number or a reason, never both.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <string.h>

#include "exchange/ratings.h"
#include "tests/unit/memsource.h"

static void
check_names(struct nameset *names, size_t n)
{
	HOLDS(nameset_count(names) == n);
	for (size_t i = 0; i < n; i++) {
		const char *s = nameset_text(names, i);

		HOLDS(s[0] != '\0' && strlen(s) <= NAMESET_NAME_MAX);
		HOLDS(fuzz_is_utf8(s, strlen(s)));
	}
}

static void
check_cell(const struct ratings *r, int16_t c)
{
	HOLDS(c == AGREE_MISSING ||
	    (c >= 0 && (size_t)c < r->table.categories));
}

static void
check_table(const struct ratings *r)
{
	const struct agree_table *t = &r->table;

	HOLDS(t->items > 0 && t->items <= AGREE_ITEMS_MAX);
	HOLDS(t->raters <= AGREE_RATERS_MAX);
	HOLDS(t->categories <= AGREE_CATEGORIES_MAX);
	check_names(r->items, t->items);
	check_names(r->raters, t->raters);
	for (size_t i = 0; i < t->categories; i++)
		HOLDS(fuzz_is_utf8(r->categories[i],
		    strlen(r->categories[i])));
	for (size_t i = 0; i < t->items * t->raters; i++)
		check_cell(r, t->cells[i]);
	for (size_t i = 0; i < t->items; i++) {
		HOLDS(r->group[i] < nameset_count(r->groups));
		if (r->model != NULL)
			check_cell(r, r->model[i]);
	}
}

static void
check_results(const struct agree_table *t)
{
	static const struct agree_opts few = {.resamples = 5, .seed = 1};
	struct agree_result a;

	for (unsigned c = 0; c < AGREE_COEFFICIENTS; c++) {
		agree_compute(t, (enum agree_coefficient)c, &few, &a);
		HOLDS(a.computed == (a.why[0] == '\0'));
		HOLDS(isfinite(a.value) && isfinite(a.low) &&
		    isfinite(a.high));
		HOLDS(a.value <= 1 + 1e-9);
		HOLDS(!a.computed || a.has_interval ||
		    a.why_no_interval[0] != '\0');
		HOLDS(a.low <= a.high);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct ratings_opts o = {.seed = 1};
	struct ratings *r;
	struct memsource src;
	struct err e;
	enum rc rc;

	if (n == 0 || n > 16384)
		return 0;
	o.model = (data[0] & 1) != 0 ? "model" : NULL;
	o.categories = (data[0] & 2) != 0 ? "low,medium,high,1" : NULL;
	memsource_init(&src, (const char *)data + 1, n - 1, data[0] >> 4);
	rc = ratings_read(&src.src, &o, &r, &e);
	if (rc == RC_OK) {
		check_table(r);
		check_results(&r->table);
		ratings_free(r);
	} else {
		HOLDS(rc == RC_INPUT || rc == RC_USAGE);
		HOLDS(e.text[0] != '\0');
		HOLDS(fuzz_is_utf8(e.text, strlen(e.text)));
	}
	return 0;
}
