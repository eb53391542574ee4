/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pairs that wait for a person: why in one word, which come first, how
 * many questions they are, and what no pair was made of.
 */
#include "config.h"

#include "core/link.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/xalloc.h"

/* What tells most of a pair stands first. */
static const struct link_reason reasons[] = {
	{ "parted", LINK_AGAINST },
	{ "chain", LINK_CHAIN },
	{ "twins", LINK_TWIN },
	{ "differ", LINK_CONFLICT },
	{ "agency", LINK_SAME_AGENCY },
	{ "number", LINK_ID_ALONE },
	{ "rival", LINK_NO_LEAD },
	{ "unsure", LINK_BETWEEN },
	{ NULL, LINK_BETWEEN }
};

const struct link_reason *
link_reasons(void)
{
	return reasons;
}

enum link_why
link_main_reason(const struct link_pair *p)
{
	for (const struct link_reason *r = reasons; r->code != NULL; r++)
		if ((p->why & r->why) != 0)
			return r->why;
	return LINK_BETWEEN;
}

/* ---- which comes first ---- */

/*
 * A missed link hides what several agencies know of one child; twins who wait
 * are apart as they should be.  So those come last whose given names are
 * nothing alike, for the sum of their weights is that of twins.
 */
static int
rank(const struct link_pair *p)
{
	bool twins = (p->why & (LINK_TWIN | LINK_CHAIN)) == LINK_TWIN;

	if ((p->why & (LINK_BETWEEN | LINK_ID_ALONE)) == 0 && !twins)
		return 0;
	return twins && p->levels[LINK_FORENAME] >= LEVEL_APART ? 2 : 1;
}

int
link_ask_order(const struct link_pair *a, const struct link_pair *b)
{
	int x = rank(a), y = rank(b);

	if (x != y)
		return x - y;
	if (a->weight > b->weight || a->weight < b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

bool
link_parting_answers(const struct link_pair *p)
{
	return (p->why & (LINK_CHAIN | LINK_AGAINST)) == 0 &&
	    (p->why & (LINK_TWIN | LINK_SAME_AGENCY | LINK_BETWEEN)) != 0;
}

/* ---- how many ---- */

static int
by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

uint64_t
link_two_children(const struct link_result *r, const struct link_pair *p)
{
	uint64_t x = r->lower[p->a], y = r->lower[p->b];

	return x < y ? x << 32 | y : y << 32 | x;
}

static size_t
different(uint64_t *list, size_t n)
{
	size_t kept = 0;

	if (n > 0)
		qsort(list, n, sizeof(*list), by_value);
	for (size_t i = 0; i < n; i++)
		kept += i == 0 || list[i] != list[i - 1];
	return kept;
}

void
link_asked_count(const struct link_result *r, struct link_asked *out)
{
	uint64_t *twos = xreallocarray(NULL, r->npairs + 1, sizeof(*twos));
	size_t n = 0;

	*out = (struct link_asked){ .pairs = 0 };
	for (size_t i = 0; i < r->npairs; i++) {
		const struct link_pair *p = &r->pairs[i];

		if (p->verdict != LINK_ASK)
			continue;
		out->pairs++;
		out->by[__builtin_ctz(link_main_reason(p))]++;
		if (link_parting_answers(p))
			twos[n++] = link_two_children(r, p);
		else
			out->questions++;
	}
	out->questions += different(twos, n);
	free(twos);
}

/* ---- what no pair was made of ---- */

void
link_blocks_words(const struct link_blocks *b, struct str *out)
{
	if (b->split == 0)
		return;
	str_add_fmt(out, "Not every pair was compared: %zu group%s of records "
	    "alike %s too large to compare each with each (the largest has "
	    "%zu), and those were compared that have more in common%s.",
	    b->split, b->split == 1 ? "" : "s", b->split == 1 ? "was" :
	    "were", b->biggest, b->windowed == 0 ? "" : ", or stand beside "
	    "one another by name");
}
