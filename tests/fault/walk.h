/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each operation under a fault at each of its calls, and what is left. */
#ifndef HEARKEN_TESTS_FAULT_WALK_H
#define HEARKEN_TESTS_FAULT_WALK_H

#include "tests/fault/stage.h"

/* What is said of a fault may be one of these. */
struct walk {
	enum call_fault fault;
	bool for_ever;
	enum rc may[4];		/* ends with RC_OK; without: it must be done */
	long sample, many;	/* points of an operation */
};

void walk_all(const struct walk *k);

#endif
