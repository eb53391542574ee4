/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Invented sessions of a store made for training.
 */
#ifndef HEARKEN_TESTS_STORE_PRACTICE_H
#define HEARKEN_TESTS_STORE_PRACTICE_H

#include "tests/store/pair.h"

#define CHILD "Wren Made-Up"

struct entry_draft draft_session(struct case_id id, const char *reference);
struct entry_draft draft_log(struct case_id id);
/* A session with an identity and a sign. */
struct case_id session(struct world *w, const char *reference);

#endif
