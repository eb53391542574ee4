/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/agree.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

static void
count_one(struct agree_counts *c, bool model, bool rater)
{
	if (model && rater)
		c->hits++;
	else if (model)
		c->missed++;
	else if (rater)
		c->alarms++;
	else
		c->passed++;
}

void
agree_against(const struct agree_table *t, const struct agree_model *m,
    struct agree_counts *counts)
{
	const int16_t *row = t->cells;
	struct agree_counts *c;
	size_t i, r;

	if (m->groups != 0)
		memset(counts, 0, m->groups * sizeof(*counts));
	for (i = 0; i < t->items; i++, row += t->raters) {
		if (m->answers[i] == AGREE_MISSING)
			continue;
		c = &counts[m->group[i]];
		for (r = 0; r < t->raters; r++)
			if (row[r] == AGREE_MISSING)
				c->unanswered++;
			else
				count_one(c, m->positive[m->answers[i]],
				    m->positive[row[r]]);
	}
}

struct agree_counts
agree_counts_sum(const struct agree_counts *counts, size_t n)
{
	struct agree_counts sum = {0};
	size_t i;

	for (i = 0; i < n; i++) {
		sum.hits += counts[i].hits;
		sum.missed += counts[i].missed;
		sum.passed += counts[i].passed;
		sum.alarms += counts[i].alarms;
		sum.unanswered += counts[i].unanswered;
	}
	return sum;
}

static bool
share(uint64_t part, uint64_t rest, double *out)
{
	if (part + rest == 0)
		return false;
	*out = (double)part / (double)(part + rest);
	return true;
}

bool
agree_sensitivity(const struct agree_counts *c, double *out)
{
	return share(c->hits, c->missed, out);
}

bool
agree_specificity(const struct agree_counts *c, double *out)
{
	return share(c->passed, c->alarms, out);
}

struct missed {
	const struct agree_counts *c;
	uint32_t group;
};

/* Counts stay below 2^32, so that the products are exact. */
static int
by_share(const void *a, const void *b)
{
	const struct missed *x = a, *y = b;
	uint64_t p = x->c->missed * (y->c->missed + y->c->hits);
	uint64_t q = y->c->missed * (x->c->missed + x->c->hits);

	if (p != q)
		return p > q ? -1 : 1;
	if (x->c->missed != y->c->missed)
		return x->c->missed > y->c->missed ? -1 : 1;
	return (x->group > y->group) - (x->group < y->group);
}

size_t
agree_most_missed(const struct agree_counts *counts, size_t n,
    uint32_t *order)
{
	struct missed *list = xcalloc(n + 1, sizeof(*list));
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		if (counts[i].missed != 0)
			list[k++] = (struct missed){&counts[i], (uint32_t)i};
	qsort(list, k, sizeof(*list), by_share);
	for (i = 0; i < k; i++)
		order[i] = list[i].group;
	free(list);
	return k;
}
