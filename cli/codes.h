/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making recovery codes for people: shown once, on stdout, with the words
 * that belong on the paper beside them.
 */
#ifndef HEARKEN_CLI_CODES_H
#define HEARKEN_CLI_CODES_H

#include "db/recovery.h"

/*
 * Makes and shows the code of the store.  At a terminal its last group has to
 * be typed back, as a proof that it is on paper.
 */
NODISCARD enum rc code_make(struct store *s, const char *path,
    struct err *e);
/* Makes and shows a code for each of two or three people. */
NODISCARD enum rc code_make_pairs(struct store *s, const char *path,
    const char *const *holders, size_t n, struct err *e);

#endif
