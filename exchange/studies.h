/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Case studies (core/study.h) out of their files. */
#ifndef HEARKEN_EXCHANGE_STUDIES_H
#define HEARKEN_EXCHANGE_STUDIES_H

#include "core/err.h"
#include "core/study.h"

/*
 * Reads one file.  *out is owned.  Every fault of its form goes into f, and
 * RC_INPUT comes back; study_check() holds it against its instrument.
 */
NODISCARD enum rc study_file(const char *path, struct study **out,
    struct faults *f, struct err *e);

/*
 * Calls fn with each file *.yaml of the folder, by name, and its study, or
 * NULL when it has faults; e then says the first.  False stops.
 */
typedef bool (*study_fn)(const char *path, const struct study *s,
    const struct err *e, void *ctx);
NODISCARD enum rc studies_each(const char *dir, study_fn fn, void *ctx,
    struct err *e);

#endif
