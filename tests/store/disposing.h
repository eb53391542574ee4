/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of disposal share: a case with planted words, asking and
 * agreeing, and what has to be said.
 */
#ifndef HEARKEN_TESTS_STORE_DISPOSING_H
#define HEARKEN_TESTS_STORE_DISPOSING_H

#include "db/dispose.h"
#include "tests/store/world.h"

#define SECOND "Tove Lindqvist"

/* Setup and teardown: *state is a world with two supervisors. */
int disposing_make(void **state);
int disposing_unmake(void **state);

enum rc ask(struct world *w, const struct case_id *id);
enum rc agree(struct world *w, const struct case_id *id);
/* Four entries in which `word` stands, and a draft of it. */
struct case_id plant(struct world *w, const char *reference,
    const char *word);
void assert_sound(struct world *w);
void assert_fault(struct world *w, const char *words);
void assert_refused(struct world *w, enum rc rc, enum rc expected,
    const char *words);
/* How many cases a search finds. */
size_t found(struct world *w, const char *words);
/* A store_disposal_fn: writes up to 200 bytes of a line into ctx. */
bool note_disposal(const struct case_id *id, const struct disposal *d,
    void *ctx);

#endif
