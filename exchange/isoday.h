/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days as most files write them, "2026-03-04", read without a division and
 * without a look into a large table.  Everything else is core/date.h's.
 */
#ifndef HEARKEN_EXCHANGE_ISODAY_H
#define HEARKEN_EXCHANGE_ISODAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"

#define ISODAY_BYTES 10u
#define ISODAY_MONTHS ((size_t)(YEAR_MAX - YEAR_MIN + 1) * 12)

struct isoday {
	int32_t first[ISODAY_MONTHS + 1];	/* of each month, and one more */
};

void isoday_init(struct isoday *d);
/* s has ISODAY_BYTES.  False for all that is no such day of the calendar. */
bool isoday_read(const struct isoday *d, const char *s, int32_t *day);

#endif
