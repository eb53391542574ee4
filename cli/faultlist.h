/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The faults of a file, each on a line, and the error that counts them.
 */
#ifndef HEARKEN_CLI_FAULTLIST_H
#define HEARKEN_CLI_FAULTLIST_H

#include "core/err.h"
#include "core/yaml.h"

/* For a command that was asked for them: they are its result. */
NODISCARD enum rc say_faults(const struct faults *f, struct err *e);
/* For a command that they stopped. */
NODISCARD enum rc tell_faults(const struct faults *f, struct err *e);

#endif
