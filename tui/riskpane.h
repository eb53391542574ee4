/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The risk pane: what the answers mean and why, beside what people judge.
 * Draws plain values; knows no store and no casework.  Never says that a
 * risk is low or absent (IICSA Organised Networks F.3, F.4).
 */
#ifndef HEARKEN_TUI_RISKPANE_H
#define HEARKEN_TUI_RISKPANE_H

#include "tui/pane.h"
#include "tui/riskview.h"

struct pane *riskpane_new(void);
/* Takes the strings of r, which is empty afterwards. */
void riskpane_set(struct pane *p, struct risk_view *r);

#endif
