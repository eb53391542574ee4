/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of rejected rows: the columns of the file they come from, with the
 * row's number and its problem in front, so that they can be mended and
 * given in again as they are (those two columns are passed over).  Made with
 * the first rejected row, mode 0600, never over an existing file.
 */
#ifndef HEARKEN_EXCHANGE_REJECTS_H
#define HEARKEN_EXCHANGE_REJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "exchange/csv.h"

struct rejects;

/* path is copied. RC_EXISTS now rather than after an hour of reading. */
NODISCARD enum rc rejects_new(const char *path, struct rejects **out,
    struct err *e);
/* The row that csv_next has just given or failed on, and why. */
NODISCARD enum rc rejects_add(struct rejects *r, const struct csv *c,
    const char *problem, struct err *e);
uint64_t rejects_count(const struct rejects *r);
const char *rejects_path(const struct rejects *r);
/* Brings the file onto the disk. */
NODISCARD enum rc rejects_finish(struct rejects *r, struct err *e);
/* Ends it; a file that was not finished is removed.  NULL is harmless. */
void rejects_free(struct rejects *r);

#endif
