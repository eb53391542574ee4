/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line above a case: whose it is, how old they are, the level that
 * stands, and whether the store is live or for training; under it, that the
 * case is restricted, and to whom; and what has to be seen before all else:
 * that what it holds was taken back, that another case is called the same.
 */
#ifndef HEARKEN_TUI_CASEHEAD_H
#define HEARKEN_TUI_CASEHEAD_H

#include <stdbool.h>

#include "tui/casework.h"
#include "tui/cellbuf.h"

#define CASE_HEAD_FIRST 3	/* most lines of what is to be seen first */
/* 1, one more when the case is restricted, and those of casework.first. */
int case_head_rows(const struct casework *w, int width);
/*
 * Draws the first rows of v.  broken: whoever looks is not named in the
 * restriction and gave a reason.
 */
void case_head_draw(const struct casework *w, bool training, bool broken,
    const struct view *v);

#endif
