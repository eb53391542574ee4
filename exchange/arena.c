/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/arena.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define BLOCK_FIRST ((size_t)64 << 10)
#define BLOCK_LARGE ((size_t)2 << 20)	/* of a large page */

/* The first line of a block; the rest is given out. */
struct arena_block {
	struct arena_block *next;
	size_t size;
};

/*
 * Memory of n bytes, a multiple of LINE and from BLOCK_LARGE on of that, with
 * whatever is in it.
 */
static void *
get(size_t n)
{
	bool large = n >= BLOCK_LARGE;
	void *p = aligned_alloc(large ? BLOCK_LARGE : LINE, n);

#ifdef MADV_HUGEPAGE
	if (p != NULL && large)
		(void)madvise(p, n, MADV_HUGEPAGE);
#endif
	return p;
}

/* Blocks double up to a large page; what needs more has whole ones. */
static bool
add_block(struct arena *a, size_t n)
{
	size_t size = a->blocks != NULL ? 2 * a->blocks->size : BLOCK_FIRST;
	struct arena_block *b;

	if (size > BLOCK_LARGE)
		size = BLOCK_LARGE;
	if (size < n + LINE)
		size = n + LINE;
	if (size > BLOCK_LARGE)
		size = (size + BLOCK_LARGE - 1) & ~(BLOCK_LARGE - 1);
	b = get(size);
	if (b == NULL)
		return false;
	*b = (struct arena_block){a->blocks, size};
	a->blocks = b;
	a->at = (char *)b + LINE;
	a->left = size - LINE;
	a->memory += size;
	return true;
}

void *
arena_take(struct arena *a, size_t n)
{
	void *p;

	if (a->left < n && !add_block(a, n))
		return NULL;
	p = a->at;
	a->at += n;
	a->left -= n;
	return memset(p, 0, n);
}

void
arena_release(struct arena *a)
{
	struct arena_block *b, *next;

	for (b = a->blocks; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	*a = (struct arena){.blocks = NULL};
}

void *
arena_alone(size_t n)
{
	void *p = get(n);

	return p != NULL ? memset(p, 0, n) : NULL;
}
