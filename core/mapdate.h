/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates of an agency's return, in the one order that its mapping says: what
 * does not fit that order is a fault, never another day.  A year of four
 * digits in front is always year, month, day; a month in letters is never
 * in doubt.  A time of day behind the date is passed over.
 */
#ifndef HEARKEN_CORE_MAPDATE_H
#define HEARKEN_CORE_MAPDATE_H

#include "core/date.h"
#include "core/mapping.h"

/*
 * Reads "4/3/2026", "04.03.26", "2026-03-04 09:15", "20260304",
 * "4-Mar-2026", two of them with "to" or ".." between, and the months and
 * years that span_parse() knows.  Years of two digits are the last hundred
 * up to that of `latest`.
 */
NODISCARD enum rc map_span(const char *text, enum map_dates order,
    int32_t latest, struct span *out, struct err *e);
NODISCARD enum rc map_day(const char *text, enum map_dates order,
    int32_t latest, int32_t *day, struct err *e);
/* "day/month/year"; "the month first" is for nobody to guess. */
const char *map_dates_words(enum map_dates order);

#endif
