/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checklists that commands without a store screen by: those that come
 * with the program, by id, or a person's own YAML file, by path.
 */
#ifndef HEARKEN_CLI_CHECKLIST_H
#define HEARKEN_CLI_CHECKLIST_H

#include "cli/command.h"
#include "core/instrument.h"

#define CHECKLIST_DEFAULT "occ-csegg"

/* id NULL: the default.  *out is owned by the caller. */
NODISCARD enum rc checklist_load(const struct host *h, const char *id,
    struct instrument **out, struct err *e);

#endif
