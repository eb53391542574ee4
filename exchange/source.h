/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A stream of bytes to be read once from front to back: a file, standard
 * input, or whatever a test makes.  Knows nothing of what the bytes mean.
 */
#ifndef HEARKEN_EXCHANGE_SOURCE_H
#define HEARKEN_EXCHANGE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

/* Reads at most n bytes; *got is 0 only at the end. */
typedef enum rc (*source_read_fn)(void *ctx, char *buf, size_t n,
    size_t *got, struct err *e);

struct source {
	const char *name;	/* what messages call it; borrowed */
	source_read_fn read;
	void *ctx;
	uint64_t size;		/* bytes in all, 0 when that is not known */
	uint64_t done;		/* bytes read so far; kept by source_read */
};

/*
 * Opens path, or standard input for "-".  A file, pipe or terminal; a folder
 * or device is RC_INPUT, and so is a file that begins as a workbook or a PDF
 * does.  Ended by source_close.
 */
NODISCARD enum rc source_open(struct source *s, const char *path,
    struct err *e);
/*
 * A file and nothing else, for screens: they neither wait for a pipe, which
 * would keep them from locking, nor read what is typed into them.
 */
NODISCARD enum rc source_open_file(struct source *s, const char *path,
    struct err *e);
void source_close(struct source *s);
/* Through s->read, counting; a short read is no end, *got == 0 is. */
NODISCARD enum rc source_read(struct source *s, char *buf, size_t n,
    size_t *got, struct err *e);

#endif
