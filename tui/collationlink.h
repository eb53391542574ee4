/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The linkage of the session's store, by the names and the model of the
 * content folder.
 */
#ifndef HEARKEN_TUI_COLLATIONLINK_H
#define HEARKEN_TUI_COLLATIONLINK_H

#include "db/links.h"
#include "tui/collation.h"
#include "tui/session.h"

struct app;

/*
 * Reads and runs it; *pairs is how many wait for a person.  Without a model
 * in the content folder every case is a child of its own.  *out is the
 * caller's to release, whatever is returned; it holds names.
 */
NODISCARD enum rc collation_linkage(struct session *s, struct app *app,
    struct linkage *out, size_t *pairs, struct err *e);
void collation_linkage_release(struct linkage *l);
/* Takes a link back for good. */
NODISCARD enum rc collation_unlink(struct session *s,
    const struct collation_split *split, struct err *e);

#endif
