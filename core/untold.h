/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What of a training session is told by no list of its entries: the study's
 * whole text, which has the model's answers, and what a group answered in a
 * round that was not revealed.  Replays and ratings tell it when it is time.
 */
#ifndef HEARKEN_CORE_UNTOLD_H
#define HEARKEN_CORE_UNTOLD_H

#include "core/casefile.h"

bool record_untold(const struct casefile *c, const struct record *r,
    const char *field);

#endif
