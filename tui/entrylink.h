/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries that belong to another: the return and the interview to a missing
 * episode, an outcome to an action, a step to a referral, a receipt to a file
 * that was sent on, an answer to a recall.
 */
#ifndef HEARKEN_TUI_ENTRYLINK_H
#define HEARKEN_TUI_ENTRYLINK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/casefile.h"

/* The field that names the other entry; NULL for a kind that stands alone. */
const char *link_field(const char *kind);
/* The kind of the other entry, or NULL. */
const char *link_target(const char *kind);
/* True if an entry of this kind may be written about no other, too. */
bool link_may_stand_alone(const char *kind);
/* True if an entry of this kind may be written about r as c stands. */
bool link_open(const struct casefile *c, const char *kind,
    const struct record *r);
/* The kind to be written next about r; NULL: nothing belongs to it now. */
const char *link_next(const struct casefile *c, const struct record *r);
/* True if r is of a kind to which others belong. */
bool link_is_target(const struct record *r);
/* True if a belongs to r, or to an earlier version of it. */
bool link_joins(const struct casefile *c, const struct record *a,
    const struct record *r);

#endif
