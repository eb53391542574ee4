/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory for tables that are read all over, in whole lines of the processor's
 * cache, given back all at once.  Large blocks are asked for in large pages,
 * where the system has them: else half of each look is spent on finding the
 * page.
 */
#ifndef HEARKEN_EXCHANGE_ARENA_H
#define HEARKEN_EXCHANGE_ARENA_H

#include <stddef.h>

#define LINE 64u		/* bytes */

struct arena_block;

/* Begins as {0}. */
struct arena {
	struct arena_block *blocks;
	char *at;
	size_t left;		/* bytes from at */
	size_t memory;		/* bytes held */
};

/* n rounded up to whole lines. */
static inline size_t
lines_of(size_t n)
{
	return (n + LINE - 1) & ~(size_t)(LINE - 1);
}

/* n zeroed bytes, n a multiple of LINE; NULL when memory runs out. */
void *arena_take(struct arena *a, size_t n);
void arena_release(struct arena *a);
/* The same for a block of its own, n a power of two, which free() ends. */
void *arena_alone(size_t n);

#endif
