/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was left unfinished, told once when the store opens. */
#ifndef HEARKEN_TUI_UNFINISHED_H
#define HEARKEN_TUI_UNFINISHED_H

#include "tui/run.h"

void unfinished_tell(struct run *r);

#endif
