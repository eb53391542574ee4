/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of trio.h, for trio.c and trio_write.c only. */
#ifndef HEARKEN_TESTS_STORE_TRIO_IMPL_H
#define HEARKEN_TESTS_STORE_TRIO_IMPL_H

#include "tests/store/trio.h"

/* Keeps the first fault; false. */
bool trio_fault(struct trio *t, const char *what, const struct err *e);
/* The name of whoever founded a store. */
const char *trio_founder(unsigned side);
/* False when the side has no such case, or may not open it. */
bool trio_has_case(struct trio *t, unsigned who, const struct case_id *id,
    struct casefile *c);
/* Releases d.  What a role or a check refuses is not written: no fault. */
bool trio_append(struct trio *t, unsigned who, struct entry_draft *d);
/* A step WHAT_WRITE. */
bool trio_write(struct trio *t, const struct step *s);

#endif
