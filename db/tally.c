/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "db/verify.h"

#define SHORT 48	/* most items are shorter: hashed in one call */

void
tally_init(struct tally *t, const struct walk *w)
{
	memset(t, 0, sizeof(*t));
	memcpy(t->key, w->key, sizeof(t->key));
}

bool
tally_equal(const struct tally *a, const struct tally *b)
{
	return a->n == b->n && a->sum[0] == b->sum[0] &&
	    a->sum[1] == b->sum[1];
}

/* A longer item is hashed to a short one first. */
static void
add(struct tally *t, const void *a, size_t na, int64_t b, uint64_t times)
{
	unsigned char item[8 + SHORT], out[16];
	uint64_t low, high;

	memcpy(item, &b, 8);
	if (na <= SHORT) {
		memcpy(item + 8, a, na);
	} else {
		crypto_shorthash_siphashx24(item + 8, a, na, t->key);
		na = 16;
	}
	crypto_shorthash_siphashx24(out, item, 8 + na, t->key);
	memcpy(&low, out, 8);
	memcpy(&high, out + 8, 8);
	t->sum[0] += low * times;
	t->sum[1] += high * times;
	t->n += times;
}

void
tally_add(struct tally *t, const void *a, size_t na, int64_t b)
{
	add(t, a, na, b, 1);
}

void
tally_add_times(struct tally *t, const void *a, size_t na, uint64_t times)
{
	add(t, a, na, 0, times);
}
