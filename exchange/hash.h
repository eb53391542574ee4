/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A fast hash of short byte strings for tables in memory.  Seeded, so that a
 * crafted file cannot know which keys collide.  No cryptography, and never
 * kept or sent anywhere.
 */
#ifndef HEARKEN_EXCHANGE_HASH_H
#define HEARKEN_EXCHANGE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Folds the 128-bit product: every bit of a and b reaches every bit. */
static inline uint64_t
hash_mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide p = (wide)a * b;

	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

static inline uint64_t
hash_load(const char *s)
{
	uint64_t w;

	memcpy(&w, s, sizeof(w));
	return w;
}

/* The last n < 8 bytes at s; what lies behind them is not looked at. */
static inline uint64_t
hash_load_tail(const char *s, size_t n)
{
	uint64_t w = 0;

	memcpy(&w, s, n);
	return w;
}

static inline uint64_t
hash_bytes(const char *s, size_t n, uint64_t seed)
{
	uint64_t h = seed ^ hash_mix(n ^ UINT64_C(0xa0761d6478bd642f),
	    UINT64_C(0xe7037ed1a0b428db));

	for (; n >= 16; s += 16, n -= 16)
		h = hash_mix(hash_load(s) ^ UINT64_C(0x8ebc6af09c88c6e3),
		    hash_load(s + 8) ^ h);
	if (n >= 8) {
		h = hash_mix(hash_load(s) ^ UINT64_C(0x589965cc75374cc3), h);
		s += 8;
		n -= 8;
	}
	h = hash_mix(hash_load_tail(s, n) ^ UINT64_C(0x1d8e4e27c47d124f), h);
	return hash_mix(h, UINT64_C(0xa0761d6478bd642f));
}

/*
 * A cell of at most 16 bytes as two words.  Reads 16 bytes whatever n is:
 * cells of csv.h have CSV_PAD behind them.  Text without NUL has one key.
 */
struct hash_key {
	uint64_t a, b;
};
#define HASH_KEY_MAX 16u

static inline struct hash_key
hash_key_padded(const char *s, size_t n)
{
	struct hash_key k = {hash_load(s), hash_load(s + 8)};

	if (n < 8) {
		k.a &= (UINT64_C(1) << (8 * n)) - 1;
		k.b = 0;
	} else if (n < 16) {
		k.b &= (UINT64_C(1) << (8 * (n - 8))) - 1;
	}
	return k;
}

static inline uint64_t
hash_of_key(struct hash_key k, uint64_t seed)
{
	return hash_mix(k.a ^ seed, k.b ^ UINT64_C(0xe7037ed1a0b428db));
}

#endif
