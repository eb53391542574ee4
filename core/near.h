/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Did you mean": the nearest of the known names to a word that is none of
 * them, by edits (insert, drop, replace, swap), ASCII case ignored.
 */
#ifndef HEARKEN_CORE_NEAR_H
#define HEARKEN_CORE_NEAR_H

#include <stddef.h>

#define NEAR_WORD_MAX 40	/* longer words have no near name */

struct near {
	const char *word;	/* borrowed */
	size_t len;
	const char *best;	/* borrowed from an offer; NULL when none is near */
	unsigned distance;
};

void near_init(struct near *n, const char *word, size_t len);
void near_offer(struct near *n, const char *name);

#endif
