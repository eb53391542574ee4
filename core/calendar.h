/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Working days of England and Wales: not a Saturday, not a Sunday, not a
 * bank holiday.  Bank holidays follow the rule of the Banking and Financial
 * Dealings Act 1971 and the proclamations made each year since 1978; days
 * added, moved or removed once come from a content file, which also says for
 * which years it has been checked.  Knows nothing of deadlines; opens no
 * files.
 *
 *	id: england-wales
 *	title: England and Wales
 *	source: where the days were looked up
 *	confirmed-from: 1995		the first and last year whose one-off
 *	confirmed-to: 2027		days are all in this file
 *	added:				a list of day, name, source
 *	moved:				a list of from, to, name, source
 *	removed:			a list of day, source
 */
#ifndef HEARKEN_CORE_CALENDAR_H
#define HEARKEN_CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/yaml.h"

struct calendar;

/* Returns owned the calendar, or NULL with every fault in f. */
struct calendar *calendar_parse(const char *text, size_t n, struct faults *f);
void calendar_free(struct calendar *c);

/* Borrowed. */
const char *calendar_id(const struct calendar *c);
const char *calendar_title(const struct calendar *c);
const char *calendar_source(const struct calendar *c);
/* First and last year whose one-off days are known. */
int calendar_confirmed_from(const struct calendar *c);
int calendar_confirmed_to(const struct calendar *c);
/* False if a year of first..last lies outside these. */
bool calendar_confirmed(const struct calendar *c, int32_t first,
    int32_t last);

/* Name of the bank holiday on that day, borrowed; NULL if it is none. */
const char *calendar_holiday(const struct calendar *c, int32_t day);
/* Where a one-off day comes from, borrowed; NULL for a day by rule. */
const char *calendar_holiday_source(const struct calendar *c, int32_t day);
bool calendar_is_working_day(const struct calendar *c, int32_t day);

/*
 * The n-th working day after day (the day itself never counts); n < 0 goes
 * back; n == 0 is the day, or the next working day when it is none.
 * *unconfirmed (may be NULL) is set, never cleared, when a year was touched
 * whose one-off days are not known.
 */
int32_t calendar_add_working_days(const struct calendar *c, int32_t day,
    int n, bool *unconfirmed);
/* Working days after `from` up to and with `to`; negative when to < from. */
int calendar_working_days_between(const struct calendar *c, int32_t from,
    int32_t to, bool *unconfirmed);

/* Easter Sunday of the Gregorian year. */
int32_t easter_sunday(int year);

#endif
