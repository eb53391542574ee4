/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an entry written now has to say beyond its kind: what the case around
 * it asks for, and what older entries count without.  One table; pure.
 */
#ifndef HEARKEN_TUI_ENTRYASK_H
#define HEARKEN_TUI_ENTRYASK_H

#include <jansson.h>

#include "tui/casework.h"

/* RC_INPUT with what is missing, as the field's label says it. */
NODISCARD enum rc entry_ask(const struct casework *w, const char *kind,
    const struct span *on, const json_t *body, struct err *e);

#endif
