/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Children of a table who are one child, written in several ways: agencies
 * use other capitals, spaces and dashes for one reference (reference_key()).
 * Left apart, each would have a part of what is known, and a level too low.
 */
#ifndef HEARKEN_EXCHANGE_ALIKE_H
#define HEARKEN_EXCHANGE_ALIKE_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "exchange/children.h"

/*
 * (*first)[i] is the earliest child that the i-th is a spelling of, often i
 * itself; owned.  *others is how many are a spelling of an earlier one.
 */
NODISCARD enum rc alike_find(const struct children *c, uint64_t seed,
    uint32_t **first, size_t *others, struct err *e);

#endif
