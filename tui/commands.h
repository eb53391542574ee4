/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands typed at `:` beside the actions and the window's own (theme,
 * quit): open, new, filter, verify, help.
 */
#ifndef HEARKEN_TUI_COMMANDS_H
#define HEARKEN_TUI_COMMANDS_H

#include <stdbool.h>

struct app;

/* An app_opts.command; ctx is a struct run. */
bool commands_run(void *ctx, struct app *app, const char *line);
/* For completion; ends with NULL. */
const char *const *commands_names(void);

#endif
