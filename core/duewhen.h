/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When something is due, in the few words of a list: only what can be said
 * exactly.
 */
#ifndef HEARKEN_CORE_DUEWHEN_H
#define HEARKEN_CORE_DUEWHEN_H

#include <stdint.h>

#include "core/deadline.h"
#include "core/str.h"

/*
 * Appends "2 days over", "5 hours over", "now", "today by 16:05", "tomorrow",
 * "in 9 days"; "since 4 Mar 2026" of a pattern, "from 4 Mar 2026" of
 * what may not be done before, "not counted" for INT64_MAX, or "no limit set"
 * of what events ask for.  Days over are whole ones; days to come are those of
 * the calendar, local.
 */
void due_when_words(int64_t due, enum deadline_kind kind, int64_t now,
    struct str *out);
/*
 * Appends whole sentences: the moment, and how it was counted (counted may
 * be "") or why it could not be.
 */
void due_counted_words(int64_t due, enum deadline_kind kind,
    const char *counted, struct str *out);
/*
 * Appends what is due with what its end means where that is no limit:
 * "NRM decision (aim)".
 */
void due_what_words(const char *what, enum deadline_kind kind,
    struct str *out);

#endif
