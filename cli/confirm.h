/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What cannot be undone is done only after a word was typed at the terminal,
 * or with --yes where there is none.
 */
#ifndef HEARKEN_CLI_CONFIRM_H
#define HEARKEN_CLI_CONFIRM_H

#include "cli/command.h"

#define CONFIRM_OPTION \
	{"yes", NULL, "do not ask for the typed word (for scripts)"}

/*
 * RC_OK when the word was typed exactly or --yes was given; RC_CANCELLED
 * when another was, RC_USAGE when nobody can be asked.  what is one line.
 */
NODISCARD enum rc confirm_typed(const struct call *c, const char *what,
    const char *word, struct err *e);

#endif
