/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What this machine gives for safety, for `hearken --version --verbose`: the
 * cage, memory that can be locked, and swap on which memory would be written
 * in clear.
 */
#ifndef HEARKEN_CLI_MACHINE_H
#define HEARKEN_CLI_MACHINE_H

#include "core/err.h"

/*
 * Says it in lines.  Enters the cage first, so that what is said was tried;
 * RC_SYSTEM if that fails.
 */
NODISCARD enum rc machine_say(struct err *e);

#endif
