/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The part of the page "Sharing" about bundles: who elsewhere has the case,
 * whose receipt is waited for, what is recalled, who was not told yet.  For
 * sharingpage.c only.
 */
#ifndef HEARKEN_TUI_SHARINGBUNDLES_H
#define HEARKEN_TUI_SHARINGBUNDLES_H

#include "tui/recordpane.h"

/* The word of a row with a recall that is to be answered. */
#define SHARING_ANSWER "answer"

void sharing_bundles(struct recordpane *k);
/*
 * Who elsewhere has the case but not what was signed here since their last
 * bundle, as a sentence; false if there is nobody.
 */
bool sharing_waits(const struct casework *w, struct str *out);
/* True if somebody elsewhere has the case. */
bool sharing_is_elsewhere(const struct casework *w);

#endif
