/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blocks: only records that share a key are compared.  A block of more than
 * BLOCK_MAX is not left out: its records are compared within each further
 * key, and where none divides them, with their neighbours by name.  So the
 * work grows with the records, not with their square.
 */
#include "config.h"

#include "core/link_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/xalloc.h"

#define BLOCK_MAX 64
#define SAMPLE_MAX 256
#define WINDOW 16

enum second_key {
	BY_FAMILY, BY_FAMILY_LAST, BY_GIVEN, BY_SECTOR, BY_BAG, SECOND_KEYS
};

struct item {
	uint64_t key;
	uint32_t rec;
};

struct walker {
	struct links *l;
	link_pair_fn fn;
	void *ctx;
	bool swapped;		/* pairs of one day are of another key */
	double held;
};

static int
by_key(const void *va, const void *vb)
{
	const struct item *a = va, *b = vb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->rec > b->rec) - (a->rec < b->rec);
}

static uint64_t
key_of(uint64_t a, uint64_t b)
{
	return a == 0 || b == 0 ? 0 : link_mix(a * 0x9e3779b97f4a7c15u + b) | 1;
}

/* The short form's full name would do better, but has no one sound. */
static uint64_t
given_sound(const struct links *l, const struct link_rec *r)
{
	return r->fore == 0 ? 0 : l->list[r->fore].sound;
}

static uint64_t
family_sound(const struct links *l, const struct link_rec *r, bool last)
{
	if (r->sur == 0)
		return 0;
	return last ? l->list[r->sur].last : l->list[r->sur].sound;
}

static uint64_t
year_of(const struct link_rec *r)
{
	return r->digits >> 16;
}

static uint64_t
swapped_key(const struct link_rec *r)
{
	int32_t other = link_day_swapped(r->birth);

	if (other == DAY_NONE)
		return 0;
	return key_of(1, (uint64_t)(int64_t)(other < r->birth ? other :
	    r->birth) + (UINT64_C(1) << 40));
}

static uint64_t
first_key(const struct links *l, const struct link_rec *r, enum link_key key)
{
	switch (key) {
	case KEY_BIRTH:
		return r->digits == 0 ? 0 : key_of(2, r->digits);
	case KEY_SURNAME:
		return key_of(year_of(r), family_sound(l, r, false));
	case KEY_FORENAME:
		return key_of(link_sector(r->place), given_sound(l, r));
	case KEY_NHS:
		return r->nhs;
	case KEY_UPN:
		return r->upn;
	case KEY_SWAPPED:
		return swapped_key(r);
	case KEY_WORDS:
		return key_of(year_of(r), r->bag);
	case LINK_KEYS:
		break;
	}
	return 0;
}

static uint64_t
next_key(const struct links *l, const struct link_rec *r, enum second_key k)
{
	switch (k) {
	case BY_FAMILY:
		return family_sound(l, r, false);
	case BY_FAMILY_LAST:
		return family_sound(l, r, true);
	case BY_GIVEN:
		return given_sound(l, r);
	case BY_SECTOR:
		return link_sector(r->place);
	case BY_BAG:
		return r->bag;
	case SECOND_KEYS:
		break;
	}
	return 0;
}

static void
one_pair(struct walker *w, uint32_t i, uint32_t j)
{
	if (w->swapped && w->l->recs[i].birth == w->l->recs[j].birth)
		return;
	w->l->blocks.pairs++;
	if (i < j)
		w->fn(w->ctx, i, j);
	else if (j < i)
		w->fn(w->ctx, j, i);
}

static void
near_pairs(struct walker *w, const struct item *v, size_t n, size_t reach)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n && j <= i + reach; j++)
			one_pair(w, v[i].rec, v[j].rec);
}

/* Its items that have the key, sorted; how many. */
static size_t
rekey(const struct walker *w, const struct item *v, size_t n,
    enum second_key k, struct item *out)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t key = next_key(w->l, &w->l->recs[v[i].rec], k);

		if (key != 0)
			out[m++] = (struct item){ key, v[i].rec };
	}
	qsort(out, m, sizeof(*out), by_key);
	return m;
}

static size_t
run_of(const struct item *v, size_t n)
{
	size_t i = 1;

	while (i < n && v[i].key == v[0].key)
		i++;
	return i;
}

static void compare_block(struct walker *w, const struct item *v, size_t n,
    int from);

/* Recursion ends with the list of keys: five deep at most. */
static void
split_block(struct walker *w, const struct item *v, size_t n, int from)
{
	struct item *sub = xreallocarray(NULL, n, sizeof(*sub));
	bool divided = false;

	for (int k = from; k < SECOND_KEYS; k++) {
		size_t m = rekey(w, v, n, (enum second_key)k, sub), run;

		if (m == 0 || run_of(sub, m) == n)
			continue;
		divided = true;
		for (size_t i = 0; i < m; i += run) {
			run = run_of(sub + i, m - i);
			compare_block(w, sub + i, run, k + 1);
		}
	}
	free(sub);
	if (divided)
		return;
	w->l->blocks.windowed++;
	near_pairs(w, v, n, WINDOW);
}

static void
compare_block(struct walker *w, const struct item *v, size_t n, int from)
{
	if (n < 2)
		return;
	if (n <= BLOCK_MAX) {
		near_pairs(w, v, n, n);
		return;
	}
	split_block(w, v, n, from);
}

static void
whole_block(struct walker *w, const struct item *v, size_t n)
{
	struct link_blocks *b = &w->l->blocks;

	if (n < 2)
		return;
	b->blocks++;
	if (n > b->biggest)
		b->biggest = n;
	if (n > BLOCK_MAX)
		b->split++;
	compare_block(w, v, n, 0);
}

/* A large one is mixed first, so that neighbours are a lot. */
static void
sample_block(struct walker *w, struct item *v, size_t n)
{
	w->held += (double)n * (double)(n - 1) / 2;
	if (n > SAMPLE_MAX) {
		for (size_t i = 0; i < n; i++)
			v[i].key = link_mix(v[i].rec + UINT64_C(0x51ed270b));
		qsort(v, n, sizeof(*v), by_key);
	}
	near_pairs(w, v, n, n > SAMPLE_MAX ? SAMPLE_MAX / 2 : n);
}

static struct item *
items_of(const struct links *l, enum link_key key, size_t *n, bool both)
{
	struct item *v = xreallocarray(NULL, l->n * 2 + 1, sizeof(*v));

	*n = 0;
	for (size_t i = 0; i < l->n; i++) {
		const struct link_rec *r = &l->recs[i];
		uint64_t k = first_key(l, r, key), last;

		if (k != 0)
			v[(*n)++] = (struct item){ k, (uint32_t)i };
		if (key != KEY_SURNAME || !both || r->sur == 0 ||
		    l->list[r->sur].n < 2)
			continue;
		/* Either half of a double name may be all that is written. */
		last = key_of(year_of(r), family_sound(l, r, true));
		if (last != 0 && last != k)
			v[(*n)++] = (struct item){ last, (uint32_t)i };
	}
	qsort(v, *n, sizeof(*v), by_key);
	return v;
}

void
link_block_all(struct links *l, enum link_key key, link_pair_fn fn, void *ctx)
{
	struct walker w = { l, fn, ctx, key == KEY_SWAPPED, 0 };
	size_t n, run;
	struct item *v = items_of(l, key, &n, true);

	for (size_t i = 0; i < n; i += run) {
		run = run_of(v + i, n - i);
		whole_block(&w, v + i, run);
	}
	free(v);
}

double
link_block_some(struct links *l, enum link_key key, link_pair_fn fn,
    void *ctx)
{
	struct walker w = { l, fn, ctx, false, 0 };
	size_t n, run;
	struct item *v = items_of(l, key, &n, false);

	for (size_t i = 0; i < n; i += run) {
		run = run_of(v + i, n - i);
		if (run > 1)
			sample_block(&w, v + i, run);
	}
	free(v);
	return w.held;
}
