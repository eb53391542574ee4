/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run on a training store: which screen follows which.  For tui.c and
 * commands.c only.
 */
#ifndef HEARKEN_TUI_TRAINRUN_H
#define HEARKEN_TUI_TRAINRUN_H

#include "tui/run.h"

/*
 * The first screen, in place of the list of cases.  p: a place of type
 * PLACE_TRAINING, or NULL.
 */
struct pane *trainrun_home(struct run *r, const struct place *p);
/* Shows the place over it after a lock; false: nothing deeper is shown. */
bool trainrun_return(struct run *r, const struct place *p);

#endif
