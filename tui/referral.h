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
 * the deadlines (entryclock.h).  on is the date of the referral; NULL while it
 * is not known.
 */
void referral_finish(const struct casework *w, const struct span *on,
    json_t *body);
/* A pending referral carries over the ticks as they are when it is signed. */
void referral_bring_up_to_date(struct casework *w);

/*
 * What a step written now has to say, by what it is.  Older entries count
 * without: that is why it is not asked of the kind.
 */
NODISCARD enum rc referral_step_ask(const struct span *on,
    const json_t *body, struct err *e);

#endif
