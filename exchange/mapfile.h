/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mappings of columns (core/mapping.h) out of files. */
#ifndef HEARKEN_EXCHANGE_MAPFILE_H
#define HEARKEN_EXCHANGE_MAPFILE_H

#include "core/mapping.h"

/* *out is owned.  RC_INPUT: every fault is in f, the first in e. */
NODISCARD enum rc mapfile_read(const char *path, struct mapping **out,
    struct faults *f, struct err *e);

#endif
