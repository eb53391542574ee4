/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checklist of one case: the direct questions, then the items of the
 * instrument in their sections or in another grouping, each with its answer
 * in a sign and a word, and under the selected one what was observed, by
 * whom and when.  Struck observations stay visible.  Reads casework; what a
 * key means is tick.h; forms are the host's.
 */
#ifndef HEARKEN_TUI_CHECKLIST_H
#define HEARKEN_TUI_CHECKLIST_H

#include <stddef.h>

#include "tui/casehost.h"
#include "tui/casework.h"
#include "tui/pane.h"

/* Borrows both for its life. */
struct pane *checklist_new(struct casework *w, const struct case_host *host);
/* The case has changed: reads it anew, keeps the place. */
void checklist_refresh(struct pane *p);
/* Selects an item, or the first of its observations. */
void checklist_go(struct pane *p, unsigned item);

#endif
