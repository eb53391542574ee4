/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who a row of an agency's return is about, as an entry "identity" says it:
 * names apart and together, date of birth, numbers and codes, each checked
 * where it stands.
 */
#ifndef HEARKEN_EXCHANGE_ROWIDENT_H
#define HEARKEN_EXCHANGE_ROWIDENT_H

#include <jansson.h>

#include "exchange/observations.h"

/*
 * *body is owned, or NULL when the row says nothing of the child but its
 * reference.  RC_INPUT names the column.
 */
NODISCARD enum rc rowident_body(const struct obs *o,
    const struct obs_row *row, json_t **body, struct err *e);

#endif
