/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fonts of the machine, for print: those that are installed for everybody
 * and no others, so that a print does not depend on whose home it is made in
 * and nothing of a home is read.  No cache of fonts is written.
 */
#ifndef HEARKEN_EXCHANGE_FONTS_H
#define HEARKEN_EXCHANGE_FONTS_H

#include <stddef.h>

#include "core/err.h"

/* The i-th folder that is read, for the cage to allow; NULL after the last. */
const char *fonts_folder(size_t i);

/* Once is enough; RC_NOTFOUND, and what to install, when there are none. */
NODISCARD enum rc fonts_ready(struct err *e);

#endif
