/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whom to ring at an agency, out of the directory of services: the one whose
 * name or kind the agency's name says, for the child's area.  Pure.
 */
#ifndef HEARKEN_CORE_RINGUP_H
#define HEARKEN_CORE_RINGUP_H

#include "core/services.h"

/* NULL when none can be reached; s and area may be NULL. */
const struct service *ringup_service(const struct services *s,
    const char *agency, const char *area);

#endif
