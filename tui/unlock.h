/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The unlock screen: name and passphrase, nothing else.  Says which file it
 * opens, and that deriving the key takes a moment.  Each wrong try makes the
 * next one wait longer, and the screen counts the seconds.  Knows no store:
 * the opening is handed in.
 */
#ifndef HEARKEN_TUI_UNLOCK_H
#define HEARKEN_TUI_UNLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/secret.h"
#include "tui/pane.h"

/*
 * Wrong tries of this run, kept beyond the screen so that locking again resets
 * nothing, also where the machine remembers none.
 */
struct unlock_tries {
	unsigned wrong;
	int64_t not_before;	/* ticks */
};

struct unlock_opts {
	const char *file;	/* the store's file name; borrowed */
	const char *user;	/* to begin with; borrowed; NULL for none */
	bool ask_name;		/* several people have a passphrase */
	bool locked;		/* it was open before */
	bool left;		/* and a form that keeps no draft was left */
	const struct clock *clock;	/* borrowed */
	struct unlock_tries *tries;	/* borrowed */
	/* ms to wait that the machine remembers; NULL: it remembers none. */
	int64_t (*wait)(void *ctx);
	void *ctx;
	/* user NULL when it was neither given nor asked for. */
	enum rc (*open)(void *ctx, const char *user,
	    const struct secret *pass, struct err *e);
	/* It is open: show the first screen instead of this one. */
	void (*opened)(void *ctx, struct app *app);
};

/* What can be done about a forgotten passphrase; a literal. */
const char *unlock_recovery_words(bool code, bool pair, bool several);

/* NULL and RC_NOMEM when there is no locked memory for the passphrase. */
struct pane *unlock_new(const struct unlock_opts *o, struct err *e);
/*
 * What the header says, which can be read only once the store is closed:
 * whether to ask for a name, and what helps who forgot (borrowed; NULL: not
 * known).
 */
void unlock_tell(struct pane *unlock, bool ask_name, const char *recovery);

#endif
