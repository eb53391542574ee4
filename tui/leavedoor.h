/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What leaves the store from the terminal: between the form that asks and
 * exchange/leave.h, which does it.
 */
#ifndef HEARKEN_TUI_LEAVEDOOR_H
#define HEARKEN_TUI_LEAVEDOOR_H

#include "tui/casework.h"
#include "tui/leaveform.h"
#include "tui/session.h"

struct app;

/*
 * Asks what of the case leaves, and lets it: all of it, the chronology, or
 * the entry in hand (NULL: none).  Only what is signed.  Borrows s and w
 * until the form is gone.
 */
void leavedoor_open(struct session *s, struct app *app,
    const struct casework *w, const struct record *at);

/* Goes through the case for a subject access request.  Borrows likewise. */
void leavedoor_pack(struct session *s, struct app *app,
    const struct casework *w);

/* Prints what the screen on top shows.  Borrows s until the form is gone. */
void leavedoor_screen(struct session *s, struct app *app);

#endif
