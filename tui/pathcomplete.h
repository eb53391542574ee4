/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths completed as they are typed at a prompt. */
#ifndef HEARKEN_TUI_PATHCOMPLETE_H
#define HEARKEN_TUI_PATHCOMPLETE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

/*
 * Appends the i-th path that text could be the beginning of, by name; false
 * after the last.  Hidden files only where a dot is typed.
 */
bool path_complete(const char *text, size_t i, struct str *out);

#endif
