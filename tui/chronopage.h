/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page of a case that shows it as a chronology: a small timeline on top,
 * below it every entry by the day it speaks of, oldest first; a filter over
 * both.  The rows are drawn as they come into sight, so that a case of ten
 * thousand entries opens as fast as one of ten.
 */
#ifndef HEARKEN_TUI_CHRONOPAGE_H
#define HEARKEN_TUI_CHRONOPAGE_H

#include "tui/casehost.h"
#include "tui/casework.h"
#include "tui/pane.h"

/* Borrows both for its life.  Empty until it is refreshed. */
struct pane *chronopage_new(struct casework *w,
    const struct case_host *host);
void chronopage_refresh(struct pane *p);
/* Puts a filter in force; false, and the page shows why, when it has a fault. */
bool chronopage_filter(struct pane *p, const char *text);

#endif
