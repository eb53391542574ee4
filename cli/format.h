/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms in which a command writes its rows: --format text|csv|json.  A
 * command's own table of them is in this order.
 */
#ifndef HEARKEN_CLI_FORMAT_H
#define HEARKEN_CLI_FORMAT_H

#include "cli/command.h"

enum format { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

/*
 * What --format says; without it text, or JSON where the command has a
 * switch --json and it is given.  RC_USAGE for any other word.
 */
NODISCARD enum rc format_read(const struct call *c, enum format *out,
    struct err *e);

#endif
