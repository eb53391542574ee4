/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was read once need not be read again: the few different dates, ids
 * and states of a file, each numbered by its bytes.  The caller keeps what
 * they mean in a list of its own.  A file with more of them than there is
 * room for makes it begin anew, so that no file makes it slow or large.
 */
#ifndef HEARKEN_EXCHANGE_MEMO_H
#define HEARKEN_EXCHANGE_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "exchange/hash.h"

struct memo_slot {
	struct hash_key key;	/* of nothing: free */
	uint64_t number;
};

/* An open table, at most half used; nslots is a power of two. */
struct memo {
	struct memo_slot *slots;
	size_t nslots, n;
};

/* Slots of a table for this many entries, numbered from 0. */
#define MEMO_SLOTS(entries) (2 * (entries))

static inline size_t
memo_begin(const struct memo *m, struct hash_key k)
{
	return (size_t)(hash_of_key(k, 0) >> 32) & (m->nslots - 1);
}

/* k is of text, not of nothing. */
static inline bool
memo_find(const struct memo *m, struct hash_key k, size_t *number)
{
	const struct memo_slot *s;
	size_t at = memo_begin(m, k);

	for (s = &m->slots[at]; s->key.a != 0; s = &m->slots[at]) {
		if (s->key.a == k.a && s->key.b == k.b) {
			*number = (size_t)s->number;
			return true;
		}
		at = (at + 1) & (m->nslots - 1);
	}
	return false;
}

/* Keeps a key that is not there; returns its number. */
static inline size_t
memo_keep(struct memo *m, struct hash_key k)
{
	size_t at;

	if (2 * m->n == m->nslots) {
		memset(m->slots, 0, m->nslots * sizeof(*m->slots));
		m->n = 0;
	}
	for (at = memo_begin(m, k); m->slots[at].key.a != 0;)
		at = (at + 1) & (m->nslots - 1);
	m->slots[at] = (struct memo_slot){k, m->n};
	return m->n++;
}

#endif
