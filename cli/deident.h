/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of `hearken deident` share. */
#ifndef HEARKEN_CLI_DEIDENT_H
#define HEARKEN_CLI_DEIDENT_H

#include "cli/command.h"

NODISCARD enum rc deident_list(const struct call *c, struct store *s,
    bool *attention, struct err *e);

#endif
