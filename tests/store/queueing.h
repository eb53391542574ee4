/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Short ways to write what the review queue lives on.
 */
#ifndef HEARKEN_TESTS_STORE_QUEUEING_H
#define HEARKEN_TESTS_STORE_QUEUEING_H

#include "tests/store/world.h"

/* The level by the rules, today. */
unsigned rules_level(const struct world *w, const struct casefile *c);
/* Takes the body; a second passes. */
void write_in(struct world *w, struct case_id id, const char *kind,
    json_t *body);
/* Of what stands today; lower: and asks for a lower level. */
void keep_screening(struct world *w, struct case_id id, bool lower);
void flag(struct world *w, struct case_id id);
/* As the form does it: about what waits, with all that can be seen. */
void decide(struct world *w, struct case_id id, const char *decision,
    const char *level);

#endif
