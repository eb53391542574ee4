/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wrong passphrases slow down.  The user's machine counts them for each
 * store, in the state folder, beyond the end of the program; the right one
 * sets the count back and leaves an entry of how many there were.
 *
 *	state_dir/<file uuid>.tries	"hearken tries 1 COUNT FIRST LAST\n"
 *
 * COUNT since the last success, FIRST and LAST in UTC ms; no name and no
 * secret.  The key derivation is what stops a guessing program, and whoever
 * can write to this folder can copy the store and guess elsewhere; the count
 * slows a person at the keyboard and tells the owner.  Two programs at once
 * may count two wrong tries as one.
 */
#ifndef HEARKEN_DB_TRIES_H
#define HEARKEN_DB_TRIES_H

#include <stdint.h>

#include "db/store.h"

struct tries {
	uint64_t wrong;		/* since the last success */
	int64_t first, last;	/* UTC ms; 0 when there is none */
};

/*
 * How long after the wrong-th wrong try the next one has to wait, in ms: none
 * after the first, then 1, 2, 4 ... up to 60 seconds.
 */
int64_t tries_delay(uint64_t wrong);

/*
 * ms to wait before store_open looks at another passphrase; 0: none, and also
 * when path is no store or nothing is remembered.  A clock that went back
 * costs one delay, no more.
 */
int64_t store_wait(const char *path, const struct store_opts *opts);

/* ---- for open.c ---- */

/* RC_PASSPHRASE with how long to wait when it is too early. */
NODISCARD enum rc tries_check(const unsigned char uuid[16],
    const struct store_opts *opts, struct err *e);
/* Counts one more; a folder that cannot be written stops nobody. */
void tries_count(const unsigned char uuid[16],
    const struct store_opts *opts);
/* After success: writes the entry of the wrong ones and forgets them. */
void tries_settle(struct store *s, const struct store_opts *opts);

#endif
