/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole small files, read and written with care: content files, instruments
 * to be checked, rejected rows.  Large files are streamed (csv.h).
 */
#ifndef HEARKEN_EXCHANGE_FILE_H
#define HEARKEN_EXCHANGE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

/*
 * Reads a regular file of at most max bytes.  *text is owned by the caller
 * and NUL-terminated; *n (may be NULL) its length without the NUL.
 */
NODISCARD enum rc file_read(const char *path, size_t max, char **text,
    size_t *n, struct err *e);

/* Writes a new file, mode 0600, on the disk when this returns; never over one. */
NODISCARD enum rc file_create(const char *path, const char *text, size_t n,
    struct err *e);

/* Called with each file name that ends in suffix, sorted. False stops. */
typedef bool (*file_name_fn)(const char *name, void *ctx);
NODISCARD enum rc file_each(const char *dir, const char *suffix,
    file_name_fn fn, void *ctx, struct err *e);

#endif
