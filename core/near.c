/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/near.h"

#include <string.h>

void
near_init(struct near *n, const char *word, size_t len)
{
	*n = (struct near){ .word = word, .len = len };
	/* A short word is near to nearly everything: one edit, no more. */
	n->distance = len < 4 ? 2 : len < 8 ? 3 : 4;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Optimal string alignment distance; both lengths at most NEAR_WORD_MAX. */
static unsigned
distance(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned row[3][NEAR_WORD_MAX + 1];

	for (unsigned j = 0; j <= nb; j++)
		row[0][j] = j;
	for (unsigned i = 1; i <= na; i++) {
		unsigned *now = row[i % 3], *up = row[(i + 2) % 3];
		unsigned *above = row[(i + 1) % 3];

		now[0] = i;
		for (unsigned j = 1; j <= nb; j++) {
			char x = lower(a[i - 1]), y = lower(b[j - 1]);

			now[j] = least(up[j - 1] + (x != y),
			    least(up[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && x == lower(b[j - 2]) &&
			    lower(a[i - 2]) == y)
				now[j] = least(now[j], above[j - 2] + 1);
		}
	}
	return row[na % 3][nb];
}

void
near_offer(struct near *n, const char *name)
{
	size_t len = strlen(name);
	unsigned d;

	if (len > NEAR_WORD_MAX || n->len > NEAR_WORD_MAX)
		return;
	d = distance(n->word, n->len, name, len);
	if (d >= n->distance || d >= len)
		return;
	n->distance = d;
	n->best = name;
}
