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

/* The n < 16 bytes at s as two words, of which both have bytes of the middle. */
static inline void
hash_load_short(const char *s, size_t n, uint64_t *a, uint64_t *b)
{
	uint32_t first, last;

	*a = *b = 0;
	if (n >= 8) {
		*a = hash_load(s);
		*b = hash_load(s + n - 8);
	} else if (n >= 4) {
		memcpy(&first, s, sizeof(first));
		memcpy(&last, s + n - 4, sizeof(last));
		*a = (uint64_t)first << 32 | last;
	} else if (n != 0) {
		*a = (uint64_t)(unsigned char)s[0] << 16 |
		    (uint64_t)(unsigned char)s[n / 2] << 8 |
		    (unsigned char)s[n - 1];
	}
}

/* Text of 16 bytes and more ends with its last 16, counted twice or not. */
static inline uint64_t
hash_bytes(const char *s, size_t n, uint64_t seed)
{
	uint64_t h = seed ^ hash_mix(n ^ UINT64_C(0xa0761d6478bd642f),
	    UINT64_C(0xe7037ed1a0b428db));
	const char *last;
	uint64_t a, b;

	if (n < 16) {
		hash_load_short(s, n, &a, &b);
	} else {
		for (last = s + n - 16; s < last; s += 16)
			h = hash_mix(hash_load(s) ^
			    UINT64_C(0x8ebc6af09c88c6e3),
			    hash_load(s + 8) ^ h);
		a = hash_load(last);
		b = hash_load(last + 8);
	}
	h = hash_mix(a ^ UINT64_C(0x1d8e4e27c47d124f), b ^ h);
	return hash_mix(h, UINT64_C(0xa0761d6478bd642f));
}

/*
 * A cell of at most 16 bytes as two words.  Reads 16 bytes whatever n is:
 * cells of csv.h have CSV_PAD behind them.  Text without NUL has one key.
 */
#define HASH_KEY_MAX 16u
struct hash_key {
	uint64_t a, b;
};

static inline struct hash_key
hash_key_padded(const char *s, size_t n)
{
	static const unsigned char ones[2 * HASH_KEY_MAX] = {
		255, 255, 255, 255, 255, 255, 255, 255,
		255, 255, 255, 255, 255, 255, 255, 255
	};
	const char *mask = (const char *)ones + HASH_KEY_MAX -
	    (n < HASH_KEY_MAX ? n : HASH_KEY_MAX);

	return (struct hash_key){hash_load(s) & hash_load(mask),
	    hash_load(s + 8) & hash_load(mask + 8)};
}

static inline uint64_t
hash_of_key(struct hash_key k, uint64_t seed)
{
	return hash_mix(k.a ^ seed, k.b ^ UINT64_C(0xe7037ed1a0b428db));
}

#endif
