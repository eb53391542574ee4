/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instruments by their id, out of the content folder of this machine. */
#ifndef HEARKEN_CLI_CONTENT_H
#define HEARKEN_CLI_CONTENT_H

#include "cli/command.h"
#include "core/instrument.h"
#include "core/retention.h"

/* *out is owned.  RC_NOTFOUND when no instrument of the folder has the id. */
NODISCARD enum rc content_instrument(const struct host *h, const char *id,
    struct instrument **out, struct err *e);

/* Reads and checks one file; every fault goes into faults. */
NODISCARD enum rc content_instrument_file(const char *path,
    struct instrument **out, struct faults *faults, struct err *e);

/*
 * The table of retention in path, or NULL for the one of the content folder.
 * Every fault goes to stderr; *out is owned.
 */
NODISCARD enum rc content_retention(const struct host *h, const char *path,
    struct retention **out, struct err *e);

/*
 * Calls fn with each instrument file's path and its instrument, NULL when it
 * has faults; e then says the first.  By file name.
 */
typedef void (*content_instrument_fn)(const char *path,
    const struct instrument *in, const struct err *e, void *ctx);
NODISCARD enum rc content_each_instrument(const struct host *h,
    content_instrument_fn fn, void *ctx, struct err *e);

#endif
