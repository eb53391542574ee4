/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a role may do beside writing entries: one table, rights.def.
 */
#ifndef HEARKEN_CORE_RIGHTS_H
#define HEARKEN_CORE_RIGHTS_H

#include <stdbool.h>

#include "core/err.h"

enum right {
#define RIGHT(id, words, roles) RIGHT_##id,
#include "core/rights.def"
#undef RIGHT
	RIGHT_COUNT
};

/* roles: bits of enum role. */
bool right_held(unsigned roles, enum right right);
/* RC_OK, or RC_REFUSED with a message that says what and who may. */
NODISCARD enum rc right_check(unsigned roles, enum right right,
    struct err *e);

#endif
