/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line as a function of its words and of the host: finds the
 * command, reads its options, runs it, shows the error, gives the exit code.
 */
#ifndef HEARKEN_CLI_RUN_H
#define HEARKEN_CLI_RUN_H

#include "cli/command.h"

/* Returns the exit code. argv[argc] is NULL, as main gets it. */
int cli_run(int argc, char **argv, const struct host *host);

#endif
