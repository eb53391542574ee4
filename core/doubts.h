/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What entries say of one another that cannot be: found before missing, an
 * estimate that no date of birth fits.  A draft like that is not kept; what
 * was signed elsewhere is kept and shown as doubtful, never refused.  Pure.
 */
#ifndef HEARKEN_CORE_DOUBTS_H
#define HEARKEN_CORE_DOUBTS_H

#include "core/casefile.h"
#include "core/str.h"

/* Appends why an entry is doubtful, a sentence; false when it is not. */
bool record_doubt(const struct casefile *c, const struct record *r,
    struct str *why);

/*
 * What kind_check_draft cannot say alone, of a draft written on `today`.
 * RC_INPUT with the label of the field first.
 */
NODISCARD enum rc casefile_check_draft(const struct casefile *c,
    const char *kind, const json_t *body, int32_t today, struct err *e);

#endif
