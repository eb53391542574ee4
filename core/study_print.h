/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as a facilitator reads it on paper: everything, the model too. */
#ifndef HEARKEN_CORE_STUDY_PRINT_H
#define HEARKEN_CORE_STUDY_PRINT_H

#include "core/str.h"
#include "core/study.h"

#define STUDY_PRINT_COLUMNS 78

/*
 * Appends it, a line each with its newline, wrapped to so many columns.  The
 * text is as it stands in the study: whoever shows it filters it.
 */
void study_print(const struct study *s, const struct instrument *in,
    int columns, struct str *out);

#endif
