/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The deadlines that start with an entry, counted by the rules in force when
 * it is written and kept in it, with the words that say how.  That of a
 * referral is referral.h, that of a screening judge.h.
 */
#ifndef HEARKEN_TUI_ENTRYCLOCK_H
#define HEARKEN_TUI_ENTRYCLOCK_H

#include <jansson.h>

#include "tui/casework.h"

/*
 * Puts the deadline of an entry of this kind, as it is now, into its hidden
 * fields, or takes it out; does nothing for a kind without one.
 */
void entryclock_put(const struct casework *w, const char *kind,
    const struct span *on, json_t *body);

#endif
