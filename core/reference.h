/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * References: the numbers and names by which services know a child.  Agencies
 * write the same one in several ways, and this says which of them are one.
 * It knows nothing of files or the store.
 */
#ifndef HEARKEN_CORE_REFERENCE_H
#define HEARKEN_CORE_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/entry.h"
#include "core/str.h"

/*
 * Appends the form of a reference that all its spellings share: without
 * capitals, accents and apostrophes; without spaces and dashes where a letter
 * meets a digit, and with one space for them elsewhere.  So "K-0142",
 * "k 0142" and "K0142" are one child, but "12-3" and "1-23" are two: to take
 * two children for one is the worse mistake.  An NHS number is one number
 * however its digits are grouped.  Only an empty reference has an empty key.
 */
void reference_key(struct str *out, const char *reference);

/*
 * Two stores that know nothing of each other give the same reference to two
 * children; once their books are united, a case is named by its reference and
 * the first digits of its id: "C-1#a3f09c".
 */
#define REFERENCE_TAG_DIGITS 6
void reference_tag(const char *reference, const struct case_id *id,
    struct str *out);
/*
 * Splits such a name: the length of the reference, and *digits where they
 * begin (6 to 32 of them).  False when text does not end so.
 */
bool reference_split(const char *text, size_t *n, const char **digits);
/* True if the id begins with these digits, small or capital. */
bool reference_tag_is(const struct case_id *id, const char *digits);

#endif
