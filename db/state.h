/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small files in the state folder (store_opts.state_dir): what this user's
 * machine remembers of a store while the store is closed.  The folder and the
 * files are the user's own and nobody else's: a link, another owner or a
 * folder that others may write to is refused.  Knows nothing of what the
 * bytes mean; whoever writes them seals them.
 */
#ifndef HEARKEN_DB_STATE_H
#define HEARKEN_DB_STATE_H

#include <stddef.h>

#include "core/err.h"

#define STATE_MAX ((size_t)1 << 20)	/* bytes of one file */

/*
 * Reads a whole file of dir.  *p is owned (free) and *n > 0 when RC_OK;
 * RC_NOTFOUND when there is no such file or folder, RC_REFUSED when it is
 * not the user's own, RC_DAMAGED when it is empty or too long.
 */
NODISCARD enum rc state_read(const char *dir, const char *name,
    unsigned char **p, size_t *n, struct err *e);
/*
 * Writes a whole file of mode 0600 in one step: after a failure or a power
 * cut it is the old one or the new one.  Makes the folder, mode 0700.
 */
NODISCARD enum rc state_write(const char *dir, const char *name,
    const void *p, size_t n, struct err *e);
/* Removes a file; RC_OK when there is none. */
NODISCARD enum rc state_remove(const char *dir, const char *name,
    struct err *e);

#endif
