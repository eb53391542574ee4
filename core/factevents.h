/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happened in a case inside the window, counted: screenings, reviews,
 * referrals, missing episodes, the steps that follow.  For core/facts.c
 * alone.  Pure.
 */
#ifndef HEARKEN_CORE_FACTEVENTS_H
#define HEARKEN_CORE_FACTEVENTS_H

#include "core/facts.h"

/* c is settled; row->part has been read. */
void fact_events(struct facts *f, const struct casefile *c,
    struct case_facts *row);

#endif
