/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files of observations and returns of agencies under faults; the rows are in
 * ops.c.
 */
#ifndef HEARKEN_TESTS_FAULT_RETURNING_H
#define HEARKEN_TESTS_FAULT_RETURNING_H

#include "tests/fault/stage.h"

enum rc returning_plain(struct stage *g);
/* A return, and the corrected one after it. */
void returning_before(struct stage *g);
enum rc returning_corrected(struct stage *g);

#endif
