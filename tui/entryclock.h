/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The deadlines that start with an entry, counted by the rules in force when
 * it is written and kept in it, with the words that say how: one table.  That
 * of a screening is judge.h.
 */
#ifndef HEARKEN_TUI_ENTRYCLOCK_H
#define HEARKEN_TUI_ENTRYCLOCK_H

#include <jansson.h>

#include "tui/casework.h"

/*
 * Puts the deadlines of an entry of this kind, as it is now, into its hidden
 * fields, or takes them out; does nothing for a kind without any.  on may be
 * NULL: the date is not known yet.
 */
void entryclock_put(const struct casework *w, const char *kind,
    const struct span *on, json_t *body);

#endif
