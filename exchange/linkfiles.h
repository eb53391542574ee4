/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What linkage (core/link.h) is done by, out of files: the names of the
 * content folder's linkage/, and the model in use.
 */
#ifndef HEARKEN_EXCHANGE_LINKFILES_H
#define HEARKEN_EXCHANGE_LINKFILES_H

#include "core/err.h"
#include "core/link.h"

#define LINK_MODEL_FILE "model.yaml"	/* the one in use, in linkage/ */

/*
 * All files linkage/NAME.yaml of the content folder but the model; *out is
 * owned, NULL after a failure.
 */
NODISCARD enum rc link_files_names(const char *content,
    struct link_names **out, struct err *e);
/* The model in path, or the one in use when path is NULL; *out is owned. */
NODISCARD enum rc link_files_model(const char *content, const char *path,
    struct link_model **out, struct err *e);

#endif
