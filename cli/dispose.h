/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of `hearken dispose`. */
#ifndef HEARKEN_CLI_DISPOSE_H
#define HEARKEN_CLI_DISPOSE_H

#include "core/retention.h"
#include "db/dispose.h"

/* Cases whose last day by the rule is before today. */
NODISCARD enum rc dispose_list_due(struct store *s,
    const struct retention_rule *rule, int32_t today, struct err *e);
NODISCARD enum rc dispose_list_waiting(struct store *s, struct err *e);
NODISCARD enum rc dispose_list_done(struct store *s, struct err *e);

#endif
