/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Invented children and what agencies wrote of them, made by a seed, each
 * record with the child that it is of: to try linkage on, to train the model
 * that ships, and to measure.
 */
#ifndef HEARKEN_TESTS_UNIT_KIN_H
#define HEARKEN_TESTS_UNIT_KIN_H

#include <stddef.h>
#include <stdint.h>

#include "core/link.h"

#define KIN_AGENCIES 4

struct kin_opts {
	uint64_t seed;
	size_t records;		/* about as many; whole households */
	bool numbers;		/* NHS numbers and UPNs, as agencies have them */
	bool clean;		/* nobody makes a mistake */
};

enum kin_tale {			/* what is odd about a child; bits */
	KIN_TWIN = 1, KIN_SIBLING = 2, KIN_CARE = 4, KIN_NEW_YEAR = 8
};
struct kin_record {
	uint32_t child, twins;	/* twins: the same for two who are, else 0 */
	unsigned tale;
	struct link_raw raw;	/* borrowed during the call */
};
typedef void (*kin_fn)(void *ctx, const struct kin_record *r);
/* Calls fn for each record, in a mixed order within some thousand; how many. */
size_t kin_make(const struct kin_opts *o, kin_fn fn, void *ctx);

/* The names that ship, out of HEARKEN_SRCDIR; ends the program without. */
struct link_names *kin_names(void);
/* The model that ships. */
struct link_model *kin_model(void);

#endif
