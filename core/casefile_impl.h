/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the fold, for casefile.c and casefile_correct.c only. */
#ifndef HEARKEN_CORE_CASEFILE_IMPL_H
#define HEARKEN_CORE_CASEFILE_IMPL_H

#include "core/casefile.h"

/* As casefile_find(). */
struct record *casefile_record(const struct casefile *c,
    const struct entry_id *id);
/* Sets struck_by, replaced_by and target; all are as reset. */
void casefile_correct(struct casefile *c, const struct roster *reg);
/* Sets about, abouts and next_about; corrections have been made. */
void casefile_join(struct casefile *c);
/* Adds to the conflicts of c; b is the latest. */
void casefile_add_conflict(struct casefile *c, const char *field,
    const struct record *a, const struct record *b);

/* restrictions.c: which are in force; the last step of settling. */
void casefile_find_restrictions(struct casefile *c);

#endif
