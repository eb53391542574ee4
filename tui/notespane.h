/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notes, referrals, the child's words, screenings, requests and corrections
 * of one case, newest first, struck ones visible; above them the forms that
 * were left unfinished.  Observations stand in the checklist.
 */
#ifndef HEARKEN_TUI_NOTESPANE_H
#define HEARKEN_TUI_NOTESPANE_H

#include "tui/casehost.h"
#include "tui/casework.h"
#include "tui/pane.h"

/* Borrows both for its life; recordpane_refresh() fills it anew. */
struct pane *notespane_new(struct casework *w, const struct case_host *host);

#endif
