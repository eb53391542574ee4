/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A session on a shipped study, gone through by an invented learner in
 * memory: two stages committed to, the third in hand.
 */
#ifndef HEARKEN_TESTS_GOLDEN_TRAINSTORY_H
#define HEARKEN_TESTS_GOLDEN_TRAINSTORY_H

#include "core/walk.h"

struct trainstory;

/* Fails the test when the content cannot be read. */
struct trainstory *trainstory_new(void);
void trainstory_free(struct trainstory *t);
const struct walk *trainstory_walk(const struct trainstory *t);
const struct instrument *trainstory_instrument(const struct trainstory *t);

#endif
