/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A window of days (core/joined.h) as people give and read it.  Pure.
 *
 *	12m, 6w, 90d		so long back from today, today in it
 *	2026-01-01..2026-06-30	these days; either may be left out
 *	all			every day
 */
#ifndef HEARKEN_CORE_JOINEDWINDOW_H
#define HEARKEN_CORE_JOINEDWINDOW_H

#include "core/err.h"
#include "core/joined.h"
#include "core/str.h"

#define JOINED_WINDOW "12m"	/* unless another is asked for */

/* RC_USAGE with the forms that are understood; *out is then as it was. */
NODISCARD enum rc joined_window_parse(const char *text, int32_t today,
    struct joined_window *out, struct err *e);
/* Its days touch the window, or it has none: what nobody dated is not lost. */
bool joined_window_has(const struct joined_window *w, const struct span *on);
/* Appends "from 22 November 2025 to 22 November 2026", "at any time". */
void joined_window_words(const struct joined_window *w, struct str *out);

#endif
