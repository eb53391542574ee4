/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search behind screening.changes.  Used by screen.c alone. */
#ifndef HEARKEN_CORE_SCREEN_CHANGE_H
#define HEARKEN_CORE_SCREEN_CHANGE_H

#include "core/screen.h"

/* Sets out->changes; level and could_be of out are set before. */
void screen_find_changes(const struct instrument *in,
    const struct answers *a, struct screening *out);

#endif
