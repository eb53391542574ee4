/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The door to the terminal interface: opens a store, lets a person work, and
 * returns when they quit.  Everything it needs is handed in.
 */
#ifndef HEARKEN_TUI_TUI_H
#define HEARKEN_TUI_TUI_H

#include <stdbool.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/secret.h"
#include "db/store.h"

struct tui_opts {
	const char *store_path;
	const char *user;		/* NULL: asked when needed */
	const struct secret *pass;	/* NULL: asked on the unlock screen */
	struct store_opts store;	/* clock and rng are in here */
	const char *content_dir;
	const char *help_dir;
	const char *theme;		/* NULL: default */
	bool ascii;			/* lines in ASCII */
	int idle_minutes;		/* lock after this; 0: never */
#define TUI_IDLE_OF_STORE (-1)		/* as the store's setting says */
	/*
	 * Asked before a file is made at a path that a person typed; RC_REFUSED
	 * says how to start the program instead.  NULL: anywhere.
	 */
	enum rc (*may_write)(const char *path, struct err *e);
};

/*
 * Runs until the person quits or a signal ends it; drafts are on the disk
 * and the terminal is restored on every way out.
 */
NODISCARD enum rc tui_run(const struct tui_opts *opts, struct err *e);

#endif
