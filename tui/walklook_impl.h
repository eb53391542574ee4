/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the lookback, shared by what it says (walklook_fill.c) and
 * what its keys do (walklook.c).
 */
#ifndef HEARKEN_TUI_WALKLOOK_IMPL_H
#define HEARKEN_TUI_WALKLOOK_IMPL_H

#include "tui/lines.h"
#include "tui/walkscreen_impl.h"

#define NO_POINT SIZE_MAX

struct walklook {
	struct pane base;
	struct walkscreen *s;		/* borrowed; below it */
	size_t place;			/* on the way */
	struct lines lines;
	size_t *points;			/* of each row: a point, or none */
	size_t nrows, caprows;
	size_t choice;			/* of the short form */
};

/* Fills it anew; what stands under the row in hand is shown. */
void walklook_fill(struct walklook *k);
/* The stage that is looked back on. */
const struct study_stage *walklook_stage(const struct walklook *k);
/* True if it is the stage in hand of whoever sits here. */
bool walklook_is_live(const struct walklook *k);

#endif
