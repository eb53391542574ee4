/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a second person decided or asks, for the risk pane and the notes.
 * Says nothing of reviews that a second look must not see.  Pure.
 */
#ifndef HEARKEN_TUI_RISKREVIEW_H
#define HEARKEN_TUI_RISKREVIEW_H

#include "tui/riskview.h"

/* What answers the questions of r; a literal. */
const char *review_answer_how(const struct casework *w,
    const struct record *r);
void risk_review_fill(struct risk_view *r, const struct casework *w);
/* "Agreed: High (A. Example, 4 March 2026 at 10:00). Why: ..." */
void review_words(const struct casework *w, const struct record *r,
    struct str *out);
/* The first review that r is a second look at, or NULL. */
const struct record *review_first(const struct casework *w,
    const struct record *r);

#endif
