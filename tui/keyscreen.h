/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screen that lists the keys of a context, made from the key table.
 */
#ifndef HEARKEN_TUI_KEYSCREEN_H
#define HEARKEN_TUI_KEYSCREEN_H

#include "tui/keys.h"
#include "tui/pane.h"

/* Returns owned. */
struct pane *keyscreen_new(enum context c);

#endif
