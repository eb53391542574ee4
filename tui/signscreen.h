/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is about to be signed, in a list, before it is: nothing becomes part
 * of the record unseen.  And an entry shown whole.
 */
#ifndef HEARKEN_TUI_SIGNSCREEN_H
#define HEARKEN_TUI_SIGNSCREEN_H

#include "tui/caseforms.h"
#include "tui/casework.h"
#include "tui/pane.h"

/* Enter calls sign and leaves; Esc or q leaves.  Borrows all. */
struct pane *sign_screen_new(struct casework *w,
    void (*sign)(void *ctx, struct app *app), void *ctx);
/*
 * The whole of a signed entry; on a referral `a` adds a step, x strikes.
 * Borrows both; the entry is found again by its id.
 */
struct pane *entry_screen_new(struct casework *w, struct caseforms *f,
    const struct entry_id *id);

#endif
