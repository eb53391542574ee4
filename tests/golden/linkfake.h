/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A link review without a store, and what was asked of it. */
#ifndef HEARKEN_TESTS_GOLDEN_LINKFAKE_H
#define HEARKEN_TESTS_GOLDEN_LINKFAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/linkscreen.h"

/* What was asked of the store. */
struct fake {
	struct linkage l;
	struct desk *d;
	bool none, failing, refusing, reader, many;
	size_t divided;
	size_t reads, signed_, same, looks, linked;
	size_t npart, nrest;
	struct case_id part;
	char reason[80];
	char *draft;
	bool children;
	size_t at;
};

/* f is borrowed until the golden is gone. */
struct golden *links_golden(struct fake *f, bool children, size_t at,
    const int size[2]);
/* Of a group: the cases. */
int linkfake_make(void **state);
int linkfake_drop(void **state);

#endif
