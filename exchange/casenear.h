/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The other cases of a case's child, as decided (db/linknear.h), each with
 * what it brings to the child; the names of linkage are read from the content
 * folder, and only when there are decisions on the case.
 */
#ifndef HEARKEN_EXCHANGE_CASENEAR_H
#define HEARKEN_EXCHANGE_CASENEAR_H

#include "core/joinednear.h"
#include "db/store.h"

/*
 * For the instrument of the store, which has one.  After a failure, which is
 * told in *e, out says that it could not be read; it is to be released in
 * either case.
 */
NODISCARD enum rc case_near_load(struct store *s, const char *content,
    const struct case_id *id, int32_t today, struct joined_near *out,
    struct err *e);

#endif
