/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The children of a file, found by reference, in the order in which they were
 * first seen; each with room for what the caller keeps about it.  Memory
 * grows with children, not with rows.  Knows nothing of answers or cases.
 */
#ifndef HEARKEN_EXCHANGE_CHILDREN_H
#define HEARKEN_EXCHANGE_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "exchange/hash.h"

/* An exact repeat is found among this many latest rows of a child. */
#define CHILD_ROWS_KEPT 32u
#define CHILD_NAME_MAX 255u

struct child_rows;

struct child {
	struct hash_key key;	/* the first 16 bytes of the reference */
	const char *name;	/* the reference; NUL-terminated */
	struct child_rows *rows;	/* a ring of the latest */
	uint8_t n;		/* bytes of the reference */
	uint8_t rows_n, rows_cap, rows_next;
};

struct children;

/* payload is the bytes kept for the caller, zeroed at first. */
NODISCARD enum rc children_new(size_t payload, uint64_t seed,
    struct children **out, struct err *e);
void children_free(struct children *c);

/*
 * The child of a reference of at most CHILD_NAME_MAX bytes, made if it is not
 * there.  16 bytes from s can be read (hash_key_padded).  NULL when memory
 * runs out.
 */
struct child *children_find(struct children *c, const char *s, size_t n);
/*
 * The same in steps, for many references at once: each step asks memory for
 * what the next one reads, so that other work is done in the time between them.
 *	hash = children_hash(c, s, n)
 *	children_expect(c, hash)
 *	children_find_hashed(c, s, n, hash)
 */
uint64_t children_hash(const struct children *c, const char *s, size_t n);
void children_expect(const struct children *c, uint64_t hash);
struct child *children_find_hashed(struct children *c, const char *s,
    size_t n, uint64_t hash);
size_t children_count(const struct children *c);
/* The i-th that was seen. */
struct child *children_at(const struct children *c, size_t i);

static inline void *
child_payload(struct child *ch)
{
	return ch + 1;
}

/*
 * Remembers a row of a child by its hash.  *earlier is the number of the row
 * that it repeats, or 0.  False when memory runs out.
 */
bool children_repeats(struct children *c, struct child *ch, uint64_t hash,
    uint64_t row, uint64_t *earlier);

/* Bytes held in all. */
size_t children_memory(const struct children *c);

#endif
