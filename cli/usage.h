/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Help of the command line, made from the table of commands.
 */
#ifndef HEARKEN_CLI_USAGE_H
#define HEARKEN_CLI_USAGE_H

#include "cli/command.h"

/* The commands in one screen, on stderr. */
void usage_short(void);
/* `hearken --help [COMMAND]`. */
NODISCARD enum rc usage_help(const char *const *args, struct err *e);
/* `hearken COMMAND --help`. */
void usage_command(const struct command *cmd);
/* `hearken --version [--verbose]`. */
NODISCARD enum rc usage_version(const char *const *args, struct err *e);

#endif
