/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is done under faults in a store made for training; rows in ops.c.
 */
#ifndef HEARKEN_TESTS_FAULT_SITTING_H
#define HEARKEN_TESTS_FAULT_SITTING_H

#include "tests/fault/stage.h"

/* Puts a training store in the place of the stage's, with a session. */
void sitting_made(struct stage *g);
enum rc sitting_begin(struct stage *g);
enum rc sitting_list(struct stage *g);
enum rc sitting_log(struct stage *g);
enum rc sitting_keep(struct stage *g);

#endif
