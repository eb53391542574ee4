/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Items that the rules cannot tell apart, as far as the answers leave them
 * open.  Reasoning about "any three of these" goes over classes and counts,
 * never over the subsets of 29 items.
 */
#ifndef HEARKEN_CORE_SCREEN_CLASS_H
#define HEARKEN_CORE_SCREEN_CLASS_H

#include <stddef.h>

#include "core/answers.h"
#include "core/instrument.h"

struct item_class {
	struct itemset items;
	unsigned size;
};

struct item_classes {
	struct item_class list[ITEMS_MAX];
	size_t n;
};

/*
 * The classes of those of `among` that would add something to some rule if
 * they were answered present today.  What is absent or left out adds nothing.
 */
void item_classes_find(const struct instrument *in, const struct answers *a,
    const struct itemset *among, struct item_classes *out);

/* Answers the first n items of s present, in every window. */
void item_class_answer(const struct instrument *in, struct answers *a,
    const struct itemset *s, unsigned n);

/* Level of the first rule that fires; nlevels when none does. */
unsigned screen_fired_level(const struct instrument *in,
    const struct answers *a);

#endif
