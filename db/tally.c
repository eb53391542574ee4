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
	return a->n == b->n && a->sum == b->sum;
}

uint64_t
tally_sum(const struct tally *t, const void *a, size_t na)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t sum;

	crypto_shorthash(out, a, na, t->key);
	memcpy(&sum, out, sizeof(sum));
	return sum;
}

/* A longer item is hashed to a short one first. */
static void
add(struct tally *t, const void *a, size_t na, int64_t b, uint64_t times)
{
	unsigned char item[8 + SHORT];
	uint64_t sum;

	memcpy(item, &b, 8);
	if (na <= SHORT) {
		memcpy(item + 8, a, na);
	} else {
		sum = tally_sum(t, a, na);
		memcpy(item + 8, &sum, sizeof(sum));
		na = sizeof(sum);
	}
	t->sum += tally_sum(t, item, 8 + na) * times;
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
