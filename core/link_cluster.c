/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records become children: union and find, with all that must not come
 * together asked of every pair across the two sides, so that nothing is
 * joined over a third that nobody would join directly.
 */
#include "config.h"

#include "core/link_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

void
joining_init(struct joining *j, struct links *l, const struct scored *apart,
    size_t napart)
{
	*j = (struct joining){ .l = l, .apart = apart, .napart = napart };
	j->parent = xreallocarray(NULL, l->n + 1, sizeof(*j->parent));
	j->next = xreallocarray(NULL, l->n + 1, sizeof(*j->next));
	j->parted = xcalloc(l->n + 1, sizeof(*j->parted));
	for (uint32_t i = 0; i < l->n; i++)
		j->parent[i] = j->next[i] = i;
	for (size_t i = 0; i < napart; i++)
		j->parted[apart[i].a] = true;
}

void
joining_release(struct joining *j)
{
	free(j->parent);
	free(j->next);
	free(j->parted);
}

uint32_t
joining_of(struct joining *j, uint32_t i)
{
	while (j->parent[i] != i) {
		j->parent[i] = j->parent[j->parent[i]];
		i = j->parent[i];
	}
	return i;
}

/* The first that was parted from i, by halving. */
static size_t
first_apart(const struct joining *j, uint32_t i)
{
	size_t lo = 0, hi = j->napart;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (j->apart[mid].a < i)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static unsigned
barred(struct joining *j, uint32_t a, uint32_t b, unsigned why)
{
	j->bar[0] = a;
	j->bar[1] = b;
	return why;
}

static unsigned
is_parted(struct joining *j, uint32_t i, uint32_t root)
{
	if (!j->parted[i])
		return 0;
	for (size_t k = first_apart(j, i);
	    k < j->napart && j->apart[k].a == i; k++)
		if (joining_of(j, j->apart[k].b) == root)
			return barred(j, i, j->apart[k].b, LINK_AGAINST);
	return 0;
}

/*
 * Twins of whose days one is a guess or miswritten do not trip the guard of
 * a pair, and need not: the pair is asked for its names.
 */
static bool
are_two(const struct link_rec *x, const struct link_rec *y,
    const struct compared *c)
{
	return link_guard(x, y, c) || c->levels[LINK_SEX] == LEVEL_APART ||
	    (x->fore != 0 && y->fore != 0 && !c->same_given);
}

/* Of one agency and alike to the letter: many are soon looked through. */
static bool
are_alike(const struct joining *j, const struct link_rec *x,
    const struct link_rec *y)
{
	return x->fore != 0 && x->fore == y->fore &&
	    !j->l->list[x->fore].nobody && x->sur != 0 && x->sur == y->sur &&
	    x->digits != 0 && x->digits == y->digits && x->place != 0 &&
	    x->place == y->place && x->sex == y->sex && x->nhs == y->nhs &&
	    x->upn == y->upn;
}

static unsigned
pair_forbids(struct joining *j, uint32_t a, uint32_t b, unsigned checks)
{
	const struct link_rec *x = &j->l->recs[a], *y = &j->l->recs[b];
	bool one = checks & JOIN_AGENCIES && x->agency == y->agency;
	struct compared c;

	if (one && !(checks & JOIN_COPIES))
		return barred(j, a, b, LINK_SAME_AGENCY);
	if (!one && !(checks & JOIN_TWINS))
		return 0;
	if (one && are_alike(j, x, y))
		return 0;
	link_compare(j->l, x, y, &c);
	if (one && !link_copies(x, y, &c))
		return barred(j, a, b, LINK_SAME_AGENCY);
	if (are_two(x, y, &c))
		return barred(j, a, b, LINK_TWIN);
	return link_conflict(&c) ? barred(j, a, b, LINK_CONFLICT) : 0;
}

bool
joining_parted(struct joining *j, uint32_t a, uint32_t b)
{
	uint32_t root = joining_of(j, b), x = a;

	if (joining_of(j, a) == root)
		return false;
	do {
		if (is_parted(j, x, root) != 0)
			return true;
		x = j->next[x];
	} while (x != a);
	return false;
}

static unsigned
forbids(struct joining *j, uint32_t a, uint32_t b, unsigned checks)
{
	uint32_t x = a, y;
	unsigned why;

	if (joining_parted(j, a, b))
		return LINK_AGAINST;
	if (checks == JOIN_PERSON)
		return 0;
	do {
		y = b;
		do {
			why = pair_forbids(j, x, y, checks);
			if (why != 0)
				return why;
			y = j->next[y];
		} while (y != b);
		x = j->next[x];
	} while (x != a);
	return 0;
}

unsigned
joining_try(struct joining *j, uint32_t a, uint32_t b, unsigned checks)
{
	uint32_t x = joining_of(j, a), y = joining_of(j, b), next;
	unsigned why;

	if (x == y)
		return 0;
	why = forbids(j, a, b, checks);
	if (why != 0)
		return why;
	if (y < x)
		j->parent[x] = y;
	else
		j->parent[y] = x;
	next = j->next[a];
	j->next[a] = j->next[b];
	j->next[b] = next;
	return 0;
}

size_t
joining_number(struct joining *j, uint32_t *out)
{
	uint32_t *child = xreallocarray(NULL, j->l->n + 1, sizeof(*child));
	size_t n = 0;

	memset(child, 0xff, (j->l->n + 1) * sizeof(*child));
	for (uint32_t number = 0; number < j->l->n; number++) {
		uint32_t root = joining_of(j, j->l->rank[number]);

		if (child[root] == UINT32_MAX)
			child[root] = (uint32_t)n++;
		out[number] = child[root];
	}
	free(child);
	return n;
}
