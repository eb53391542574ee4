/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The factors that the Children in Need census asks for at the end of an
 * assessment, and which of them the indicators that are present suggest.  A
 * suggestion is for a person to confirm or leave: nothing here decides, and
 * no suggestion is made of 11A, since whether a child is sexually exploited
 * is what the assessment itself finds.  Pure.
 */
#ifndef HEARKEN_CORE_FACTORS_H
#define HEARKEN_CORE_FACTORS_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "core/instrument.h"

/* As the census numbers them; the index of one is its bit below. */
size_t factor_count(void);
const char *factor_code(size_t i);
const char *factor_label(size_t i);

/* Bits of an array of codes, as the field "factors" has it; NULL: none. */
uint64_t factors_of(const json_t *codes);
/*
 * Bits of the factors that the present indicators of this checklist suggest;
 * of a checklist without them, none.
 */
uint64_t factors_suggested(const struct instrument *in,
    const struct itemset *present);
/* "A4, A11": the indicators that suggest the i-th, "" when nothing does. */
const char *factor_signs(size_t i);

#endif
