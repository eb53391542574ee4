/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The decisions of all cases in a list, before they are signed together.
 */
#ifndef HEARKEN_TUI_DECIDEDSCREEN_H
#define HEARKEN_TUI_DECIDEDSCREEN_H

#include "tui/decisions.h"
#include "tui/pane.h"

struct decided_opts {
	struct decided all;	/* taken */
	/* As decided_sign(); what was signed is told. */
	enum rc (*sign)(struct decided *all, struct err *e);
};

struct pane *decidedscreen_new(const struct decided_opts *o);

#endif
