/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the plan of a case stands: what became of its actions, and what was
 * offered to the young person as a victim and witness.  Pure.
 */
#ifndef HEARKEN_CORE_PLANSTATE_H
#define HEARKEN_CORE_PLANSTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/casefile.h"
#include "core/str.h"

/* In the order in which a list has them. */
enum action_state {
	ACTION_OVERDUE = 0,
	ACTION_OPEN,
	ACTION_OVER
};

struct plan_action {
	const struct record *record;
	const struct record *outcome;	/* the latest that stands, or NULL */
	int32_t due;		/* DAY_NONE: none was given */
	enum action_state state;
};

/* r is of the kind "action"; c is settled. */
void plan_action_read(const struct casefile *c, const struct record *r,
    int32_t today, struct plan_action *out);
/*
 * Every action that stands: overdue, open, then over, each by its day (over:
 * the latest first).  *list is owned by the caller, NULL when empty.
 */
void plan_actions(const struct casefile *c, int32_t today,
    struct plan_action **list, size_t *n);
/* Appends "overdue by 3 days, due 19 November 2026", "done on ..." . */
void plan_action_words(const struct plan_action *a, int32_t today,
    struct str *out);

/* One line of the checklist of support. */
struct support_line {
	const struct code *support;	/* of the kind "support"; static */
	const struct record *latest;	/* that stands, or NULL */
	size_t n;		/* entries that stand about it */
};

/* Both borrowed from the table of kinds; *n is 13. */
const struct code *support_codes(size_t *n);
void support_read(const struct casefile *c, const struct code *support,
    struct support_line *out);
/* Appends "offered", "not offered yet": its state, lower case. */
void support_words(const struct support_line *s, struct str *out);

#endif
