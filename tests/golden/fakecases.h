/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases in memory, read through the same interface as those of a store.
 * Names are invented; some are hostile to a terminal.
 */
#ifndef HEARKEN_TESTS_GOLDEN_FAKECASES_H
#define HEARKEN_TESTS_GOLDEN_FAKECASES_H

#include "tui/caserows.h"

struct fakecases {
	size_t n;		/* how many there are: any number */
	size_t fetched;		/* rows handed out since it was set to 0 */
	bool failing;
	bool cut;		/* a search says that there is more */
	size_t restricted;	/* every so manieth is masked; 0 none */
};

struct case_source fakecases_source(struct fakecases *fc);
/* The id of the i-th, for comparing. */
struct case_id fakecases_id(size_t i);

#endif
