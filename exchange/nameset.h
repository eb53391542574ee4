/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of a file, each with a number, in the order in which they were first
 * seen.  Capitals of ASCII make no difference; the spelling that came first
 * is kept.  Knows nothing of what is named.
 */
#ifndef HEARKEN_EXCHANGE_NAMESET_H
#define HEARKEN_EXCHANGE_NAMESET_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define NAMESET_NAME_MAX 255u	/* bytes */
#define NAMESET_NONE UINT32_MAX

struct nameset;

/* seed: one that no file can know. */
NODISCARD enum rc nameset_new(uint64_t seed, struct nameset **out,
    struct err *e);
void nameset_free(struct nameset *n);

/* The number of a name of at most NAMESET_NAME_MAX bytes, or NAMESET_NONE. */
uint32_t nameset_find(struct nameset *n, const char *s, size_t len);
/* The same, made if it is not there. */
NODISCARD enum rc nameset_add(struct nameset *n, const char *s, size_t len,
    uint32_t *number, struct err *e);
size_t nameset_count(const struct nameset *n);
const char *nameset_text(const struct nameset *n, size_t number);

#endif
