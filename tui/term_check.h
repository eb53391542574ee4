/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether there is a terminal at all, told before curses is asked: it would
 * end the program.
 */
#ifndef HEARKEN_TUI_TERM_CHECK_H
#define HEARKEN_TUI_TERM_CHECK_H

#include "core/err.h"

/* RC_USAGE when stdin or stdout is no terminal or TERM names none of use. */
NODISCARD enum rc term_check(struct err *e);
/* RC_USAGE: TERM names a terminal that cannot place its cursor. */
enum rc term_no_cursor(struct err *e);

#endif
