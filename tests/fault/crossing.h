/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What leaves the store as a file or comes as one, under faults; the rows are
 * in ops.c.
 */
#ifndef HEARKEN_TESTS_FAULT_CROSSING_H
#define HEARKEN_TESTS_FAULT_CROSSING_H

#include "tests/fault/stage.h"

void crossing_no_archive(struct stage *g);
/* Takes something out: what is said to be there is all there. */
enum rc crossing_archive(struct stage *g);

/* Somebody elsewhere is known. */
void crossing_know(struct stage *g);
enum rc crossing_make(struct stage *g);
enum left crossing_made(struct stage *g);

/* And a bundle of theirs lies beside the store. */
void crossing_bundle(struct stage *g);
enum rc crossing_look(struct stage *g);
enum rc crossing_open(struct stage *g);

#endif
