/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory for keys and passphrases: locked against swapping, left out of core
 * dumps, guarded on both sides and wiped when released.
 */
#ifndef HEARKEN_CORE_SECRET_H
#define HEARKEN_CORE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

struct secret {
	unsigned char *p;	/* NULL when empty */
	size_t len;		/* bytes in use */
	size_t cap;		/* bytes allocated */
};

/* Room for cap bytes, len 0.  RC_NOMEM when memory cannot be had. */
NODISCARD enum rc secret_init(struct secret *s, size_t cap, struct err *e);
/* Wipes and frees; harmless on an empty one. */
void secret_release(struct secret *s);
/* Wipes the bytes and keeps the room. */
void secret_wipe(struct secret *s);
/* Wipes what calls that have returned left on the stack, 256 KiB of it. */
void secret_wipe_stack(void);
/* Adds n bytes; false (and nothing added) when they do not fit. */
bool secret_add(struct secret *s, const void *p, size_t n);

#endif
