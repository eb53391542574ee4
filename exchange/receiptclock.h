/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When the receipt for a bundle is due: rule "bundle-receipt" of the
 * deadlines in content/, counted when the bundle is made.
 */
#ifndef HEARKEN_EXCHANGE_RECEIPTCLOCK_H
#define HEARKEN_EXCHANGE_RECEIPTCLOCK_H

#include <jansson.h>
#include <stdint.h>

/*
 * Puts receipt_due and counted into the body of a bundle-sent, written at
 * `sent` (UTC ms).  content is the folder of content files, or NULL.  Where
 * it cannot be counted, counted says so and why, and the receipt is due from
 * the start: a bundle is never left unchased for want of a file.
 */
void receipt_clock_put(const char *content, int64_t sent, json_t *body);

#endif
