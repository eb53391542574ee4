/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one run of the interface holds, for tui.c and commands.c only.
 */
#ifndef HEARKEN_TUI_RUN_H
#define HEARKEN_TUI_RUN_H

#include "core/str.h"
#include "tui/app.h"
#include "tui/notices.h"
#include "tui/session.h"
#include "tui/unlock.h"

struct collation_desk;

struct run {
	const struct tui_opts *o;	/* borrowed */
	struct session *s;
	struct app *app;
	struct pane *list;	/* the list of cases; NULL while locked */
	struct pane *queue;	/* the review queue while it is open, or NULL */
	struct collation_desk *collation;	/* owned; NULL until asked for */
	void *queue_desk;	/* its own, for duties_queue.c */
	size_t slots;		/* people who have a passphrase */
	struct unlock_tries tries;
	bool quit_told;		/* that unsigned work is left */
	struct notices notices;	/* since unlocking */
	struct str path;	/* of the backup being written */
};

#endif
