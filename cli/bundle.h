/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `hearken bundle list`, beside the other words of that command.
 */
#ifndef HEARKEN_CLI_BUNDLE_H
#define HEARKEN_CLI_BUNDLE_H

#include "cli/command.h"

/* Bundles that left and came; *attention when a receipt is overdue. */
NODISCARD enum rc bundle_list(const struct call *c, struct store *s,
    bool *attention, struct err *e);

#endif
