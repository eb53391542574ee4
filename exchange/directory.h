/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directory of services (core/services.h) out of its folder: all files
 * *.yaml of it, by name.
 */
#ifndef HEARKEN_EXCHANGE_DIRECTORY_H
#define HEARKEN_EXCHANGE_DIRECTORY_H

#include "core/err.h"
#include "core/services.h"

/*
 * *out is owned and holds the services of all files that are good, whatever
 * is returned: one file with a fault does not take the numbers of the others
 * away.  e then says the first fault and how to see the rest.
 */
NODISCARD enum rc directory_load(const char *dir, struct services **out,
    struct err *e);
/* Adds one file; every fault goes into f, RC_INPUT when there is one. */
NODISCARD enum rc directory_add(struct services *s, const char *path,
    struct faults *f, struct err *e);

#endif
