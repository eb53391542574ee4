/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A referral as an entry: filled in from the ticks with their dates and
 * evidence, from the child's own words and from the level; its deadlines
 * counted when it is kept.  Pure.
 */
#ifndef HEARKEN_TUI_REFERRAL_H
#define HEARKEN_TUI_REFERRAL_H

#include <jansson.h>

#include "tui/casework.h"

/* Returns owned the body of a referral as far as the case can tell. */
json_t *referral_body(const struct casework *w);
/*
 * Brings what the case says (indicators, level, rules) up to date and counts
 * the deadlines: made by, from when the risk was recognised; decision due,
 * from now.
 */
void referral_finish(const struct casework *w, json_t *body);
/* A pending referral carries over the ticks as they are when it is signed. */
void referral_bring_up_to_date(struct casework *w);

#endif
