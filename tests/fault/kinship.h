/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is done under faults with links of cases; rows in ops.c.
 */
#ifndef HEARKEN_TESTS_FAULT_KINSHIP_H
#define HEARKEN_TESTS_FAULT_KINSHIP_H

#include "tests/fault/stage.h"

/* Three cases of one invented child, as three agencies have them. */
void kinship_before(struct stage *g);
/* The same, and the model's links of them. */
void kinship_linked(struct stage *g);
enum rc kinship_read(struct stage *g);
enum rc kinship_auto(struct stage *g);
enum rc kinship_split(struct stage *g);

#endif
