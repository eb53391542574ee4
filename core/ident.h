/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Identifiers of children that carry their own check: the NHS number and
 * the unique pupil number (UPN).  A good check says that the number was
 * copied well, never that it is this child's.
 */
#ifndef HEARKEN_CORE_IDENT_H
#define HEARKEN_CORE_IDENT_H

#include <stdbool.h>

#include "core/err.h"

#define NHS_TEXT_MAX 16		/* "943 476 5919" and its NUL */
#define UPN_TEXT_MAX 16		/* "A950000178301" and its NUL */

/*
 * Ten digits; the last checks the nine before it: weights 10 to 2, sum modulo
 * 11 taken from 11; 11 counts as 0, and 10 is never issued.  Spaces and
 * hyphens between digits are allowed.  *out is the number as it is written,
 * in groups of 3, 3 and 4; untouched on failure.  RC_INPUT and the reason
 * when it is none.
 */
NODISCARD enum rc nhs_check(const char *text, char out[NHS_TEXT_MAX],
    struct err *e);

struct upn {
	char text[UPN_TEXT_MAX];
	bool temporary;
};

/*
 * A check letter and twelve digits; a temporary number ends with a letter in
 * place of the last digit.  Each of positions 2 to 13 times its position,
 * summed modulo 23, is the index of the check letter in the alphabet without
 * I, O and S; a last letter counts as its index.  Small letters and spaces are
 * allowed.
 */
NODISCARD enum rc upn_check(const char *text, struct upn *out,
    struct err *e);

/* The id that a local authority gives a child: 1 to 20 letters and digits. */
NODISCARD enum rc la_id_check(const char *text, struct err *e);

#define NRM_REFERENCE_MAX 64	/* bytes */

/*
 * The reference of a case in the National Referral Mechanism is free text:
 * all that is asked is that it is short and holds no control characters.
 */
NODISCARD enum rc nrm_reference_check(const char *text, struct err *e);
/* True for the usual shape: letters if any, then digits with / - or blanks. */
bool nrm_reference_is_usual(const char *text);

#endif
