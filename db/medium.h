/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What kind of file system a file lies on: whether locks and syncs hold
 * there, and whether a file can be kept from the other users of the machine.
 */
#ifndef HEARKEN_DB_MEDIUM_H
#define HEARKEN_DB_MEDIUM_H

#include <stdbool.h>

#include "core/err.h"

enum medium_kind {
	MEDIUM_OWN,	/* a disk of this machine */
	MEDIUM_REMOTE,	/* over a network: another machine may write */
	MEDIUM_USER,	/* FUSE: whatever its program makes of it */
	MEDIUM_BARE	/* keeps no permissions, as on memory sticks */
};

struct medium {
	enum medium_kind kind;
	const char *name;	/* "NFS"; NULL for MEDIUM_OWN */
};

/* What a file is for decides where it may lie. */
enum medium_use {
	USE_STORE,	/* worked in: only on a disk of this machine */
	USE_ANYWHERE,	/* the same on a network, for tests */
	USE_COPY	/* written once, or only looked at */
};

/* -1 and errno when that cannot be said. */
NODISCARD int medium_of(const char *path, struct medium *out);
NODISCARD int medium_of_fd(int fd, struct medium *out);
/* A file here may be open to others, and nobody can change that. */
bool medium_is_open(const struct medium *m);
/* RC_REFUSED, and what to do, when what is at path may not lie there. */
NODISCARD enum rc medium_check(const char *path, const struct medium *m,
    enum medium_use use, struct err *e);

#endif
