/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Consent as it stands, for each thing to which it was given, refused or
 * withdrawn; and which sharing rested on one that was withdrawn.  Pure.
 */
#ifndef HEARKEN_CORE_CONSENTS_H
#define HEARKEN_CORE_CONSENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/casefile.h"

/*
 * The latest standing consent for each "to what", words compared without
 * case, marks and spaces; the latest first.  *list is owned by the caller,
 * its records are not; NULL when empty.
 */
void consents_now(const struct casefile *c, const struct record ***list,
    size_t *n);
/*
 * True if the decision shared something on the basis of consent between the
 * first time this one was given, if that was written, and its withdrawal.  What consent was to is
 * said in words, so where there are several it may have been another's.
 */
bool consent_rested(const struct casefile *c, const struct record *consent,
    const struct record *sharing);
/* The withdrawn consent that stands on which a decision rested, or NULL. */
const struct record *consent_withdrawn_of(const struct casefile *c,
    const struct record *sharing);

#endif
