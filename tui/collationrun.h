/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Collation in a run: which screen follows which.  For tui.c and commands.c
 * only.
 */
#ifndef HEARKEN_TUI_COLLATIONRUN_H
#define HEARKEN_TUI_COLLATIONRUN_H

#include "tui/run.h"

/* Over the list of cases; told when the role may not. */
void collationrun_open(struct run *r);
/* Shows the place after a lock; false: nothing deeper is shown. */
bool collationrun_return(struct run *r, const struct place *p);
/* With the run. */
void collationrun_release(struct run *r);

#endif
