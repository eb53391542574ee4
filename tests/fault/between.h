/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is done under faults between two stores; the rows are in ops.c.
 */
#ifndef HEARKEN_TESTS_FAULT_BETWEEN_H
#define HEARKEN_TESTS_FAULT_BETWEEN_H

#include "tests/fault/stage.h"

/* An import of two cases in turn: what leaves has to be sealed anew. */
void between_import(struct stage *g);
enum rc between_carry(struct stage *g);
enum rc between_leaves(struct stage *g);

/* Makes somebody elsewhere, and a case of theirs. */
void between_meet(struct stage *g);
enum rc between_trust(struct stage *g);
/* Takes their card in. */
void between_know(struct stage *g);
/* Their key. */
struct author_id between_key(void);
enum rc between_distrust(struct stage *g);
enum rc between_unite(struct stage *g);
enum rc between_try(struct stage *g);

#endif
