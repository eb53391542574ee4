/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases as JSON, for `hearken list --json`, `hearken show --json` and what
 * leaves the store.  The names of the keys are a promise to other programs.
 * A training session, or what a store made for training holds, has one more:
 * "classification", which says that it is of no real child.
 */
#ifndef HEARKEN_EXCHANGE_CASEJSON_H
#define HEARKEN_EXCHANGE_CASEJSON_H

#include <jansson.h>

#include "db/store.h"

/* Each returns a new reference. */
json_t *case_row_json(const struct store *s, const struct case_row *row);
json_t *case_json(const struct store *s, const struct casefile *c,
    int32_t today);
/* Some entries of a case, in the order given. */
json_t *records_json(const struct store *s, const struct casefile *c,
    const struct record *const *records, size_t n);

#endif
