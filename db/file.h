/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store's file before SQLite has it: where it may lie, whose it must be,
 * and the header bytes at its front.  A descriptor opened here is closed
 * before SQLite opens the file, and never while it has it.
 */
#ifndef HEARKEN_DB_FILE_H
#define HEARKEN_DB_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/err.h"
#include "db/cipher.h"
#include "db/header.h"
#include "db/medium.h"

/* What was read from the front of a store's file. */
struct front {
	unsigned char copies[2][HEADER_COPY];
	unsigned char db[CIPHER_FRONT];
	uint64_t size;
	dev_t dev;
	ino_t ino;
};

/*
 * Returns owned the path with its folder resolved, so that no part but the
 * last can be a link; RC_NOTFOUND when the folder does not exist.
 */
NODISCARD enum rc file_resolve(const char *path, char **out, struct err *e);
/* The folder of a resolved path can be written, and such a file be there. */
NODISCARD enum rc file_check_folder(const char *path, enum medium_use use,
    struct err *e);
/*
 * Opens, reads, checks (a regular file that begins as a store does, then
 * where such a file may be, ours, 0600, one name) and closes.  What is
 * missing of a short file is zeros.
 */
NODISCARD enum rc file_read_front(const char *path, enum medium_use use,
    struct front *out, struct err *e);
/*
 * Makes a new file of mode 0600, where modes are kept, and writes both header
 * copies to it.  A message calls it by the name shown.
 */
NODISCARD enum rc store_file_create(const char *path, const char *shown,
    const struct header *h, const unsigned char mac_key[32], struct err *e);
/*
 * Gives the file its name, never over another; then syncs the folder.  After
 * a failure there is no file of the name to.
 */
NODISCARD enum rc file_publish(const char *from, const char *to,
    struct err *e);
/* Returns owned a formatted file name, or NULL when memory runs out. */
char *file_name(const char *fmt, ...) PRINTF_LIKE(1, 2);
/*
 * What to know of the disk that a copy lies on, as a sentence, or NULL.
 */
const char *file_notice(const char *path);
/* The process that holds SQLite's lock on path, or 0. */
pid_t file_holder(const char *path);

#endif
