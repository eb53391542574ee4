/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of core/walk.h share, and nothing else includes. */
#ifndef HEARKEN_CORE_WALK_IMPL_H
#define HEARKEN_CORE_WALK_IMPL_H

#include "core/walk.h"

#define WALK_ROUNDS 2		/* attempts at one stage */
#define WALK_CHANGES_MAX 2000	/* as the kind "attempt" has it */

/*
 * walk_read.c: what a body says, as far as it can be made sense of.  Bodies
 * may come from any program: what names nothing known is passed over.
 */
/* Index of a stage by its id; STUDY_END if there is none. */
uint32_t walk_stage_index(const struct study *s, const char *id);
/* 1 or 2; 0 for anything else. */
unsigned walk_round(const struct record *r);
/* All but the stage, the round and the level. */
void walk_read_attempt(const struct walk *w, const struct record *r,
    struct walk_attempt *out);
void walk_read_points(const struct study_stage *st, const struct record *r,
    enum walk_point *points);
/* Index of the choice named; STUDY_END if none or an unknown one is. */
uint32_t walk_read_choice(const struct study_stage *st,
    const struct record *r);
/* "missing", ...: of the field "points". */
const char *walk_point_code(enum walk_point p);

/* Index on the way of a stage, or SIZE_MAX. */
size_t walk_place(const struct walk *w, uint32_t stage);

#endif
