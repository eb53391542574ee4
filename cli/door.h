/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which case a command means, and getting into it: a restricted one only
 * with a reason, and each opening noted before anything is shown.
 */
#ifndef HEARKEN_CLI_DOOR_H
#define HEARKEN_CLI_DOOR_H

#include "cli/command.h"
#include "core/str.h"
#include "db/watch.h"

/* By its reference, or by the id that `list` gives of a restricted case. */
NODISCARD enum rc door_find(struct store *s, const char *word,
    struct case_id *id, struct err *e);
/*
 * Opens the case as `what`; reason (may be NULL) is for a restricted one.
 * RC_REFUSED says whom to ask.
 */
NODISCARD enum rc door_open(struct store *s, const struct case_id *id,
    enum look what, const char *reason, struct err *e);
/*
 * Appends whom to ask for a case restricted to others, and the id by which
 * it is opened with a reason: "Ilse Marwood or Tom Ashby; 0011...".
 */
void door_whom(struct store *s, const struct case_id *id, struct str *out);

#endif
