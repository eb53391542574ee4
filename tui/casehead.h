/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line above a case: whose it is, how old they are, the level that
 * stands, and whether the store is live or for training.
 */
#ifndef HEARKEN_TUI_CASEHEAD_H
#define HEARKEN_TUI_CASEHEAD_H

#include <stdbool.h>

#include "tui/casework.h"
#include "tui/cellbuf.h"

/* Draws row 0 of v. */
void case_head_draw(const struct casework *w, bool training,
    const struct view *v);

#endif
