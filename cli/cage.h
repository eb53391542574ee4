/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the words of a call to the files that its cage allows: what the
 * command says are paths, the content, the help and, when a store is named,
 * the folder where this machine remembers.
 */
#ifndef HEARKEN_CLI_CAGE_H
#define HEARKEN_CLI_CAGE_H

#include "cli/command.h"

/* Shuts the process in before c runs; nothing when the host says not to. */
NODISCARD enum rc cage_call(const struct call *c, struct err *e);

#endif
