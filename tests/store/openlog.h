/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every file that the database opens passes through here, below the store's
 * own layer, and what it was asked for is looked at: a temporary file has no
 * business with a store.
 */
#ifndef HEARKEN_TESTS_STORE_OPENLOG_H
#define HEARKEN_TESTS_STORE_OPENLOG_H

#include <stdbool.h>
#include <stddef.h>

struct opened {
	char path[1024];	/* "" where it had no name */
	bool temporary;		/* what SQLite calls so, or a name it made up */
	bool journal;		/* the journal of the main file */
};

/* Before the first store is opened. */
void openlog_install(void);
void openlog_clear(void);
/* All since the last clear; *n is their number, at most 4096 are kept. */
const struct opened *openlog_all(size_t *n);

/* Has a database open one, to show that it is seen. */
void openlog_try_temporary(void);

#endif
