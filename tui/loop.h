/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The app on a real terminal: poll(), signals through a pipe, suspension.
 * Returns when the app is done or a signal ends it; the terminal is given
 * back on every way out, crashes included.
 */
#ifndef HEARKEN_TUI_LOOP_H
#define HEARKEN_TUI_LOOP_H

#include "core/err.h"
#include "tui/app.h"

/*
 * Runs app until it is done.  RC_OK, or RC_CANCELLED when SIGTERM or SIGHUP
 * ended it (drafts saved).  At most one loop in a process.
 */
NODISCARD enum rc loop_run(struct app *app, struct err *e);

#endif
