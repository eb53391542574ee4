/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is done under faults with a study made from a case; rows in ops.c.
 */
#ifndef HEARKEN_TESTS_FAULT_STUDYING_H
#define HEARKEN_TESTS_FAULT_STUDYING_H

#include "tests/fault/stage.h"

enum rc studying_keep(struct stage *g);
/* Keeps one, and lets Tobias Quill in, a supervisor with the fresh phrase. */
void studying_kept(struct stage *g);
enum rc studying_sign(struct stage *g);

#endif
