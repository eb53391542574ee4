/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Filters kept under a name: one's own, encrypted with everything else, as
 * drafts are.  A filter can hold a child's name, so it is kept nowhere else.
 */
#ifndef HEARKEN_DB_FILTERS_H
#define HEARKEN_DB_FILTERS_H

#include "db/store.h"

#define FILTER_NAME_MAX 60	/* bytes */
#define FILTERS_MAX 60

/* Over one of the same name.  RC_INPUT: no good name, or too many. */
NODISCARD enum rc store_filter_save(struct store *s, const char *name,
    const char *text, struct err *e);
/* *text owned; RC_NOTFOUND names those that there are. */
NODISCARD enum rc store_filter_load(struct store *s, const char *name,
    char **text, struct err *e);
NODISCARD enum rc store_filter_drop(struct store *s, const char *name,
    struct err *e);
/* In the order of their names; false stops. */
typedef bool (*store_filter_fn)(const char *name, const char *text,
    void *ctx);
NODISCARD enum rc store_filters(struct store *s, store_filter_fn fn,
    void *ctx, struct err *e);

#endif
