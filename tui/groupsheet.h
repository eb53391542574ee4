/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One learner's answers to a stage, typed in fast: a key an item.  What is
 * not signed yet is an encrypted draft after each key.  What the learner has
 * answered before is marked as answered and never shown.
 */
#ifndef HEARKEN_TUI_GROUPSHEET_H
#define HEARKEN_TUI_GROUPSHEET_H

#include "tui/groupscreen.h"

#define SHEET_WHAT_MAX 128

struct groupsheet_opts {
	struct group_door door;		/* outlives it */
	const struct walk *w;		/* borrowed for its life */
	const char *learner;		/* copied */
	uint32_t stage;
	unsigned round;
	struct itemset before;		/* answered and signed already */
	bool enough;	/* also without an answer: what was said still stands */
};

struct pane *groupsheet_new(const struct groupsheet_opts *o);
/*
 * What the draft of a sheet is about: "2.1.Ada"; and back, false when it is
 * of another stage or round.
 */
void groupsheet_what(char out[SHEET_WHAT_MAX], uint32_t stage,
    unsigned round, const char *learner);
bool groupsheet_of(const char *what, uint32_t stage, unsigned round,
    const char **learner);

#endif
