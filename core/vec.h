/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Growing arrays: a plain pointer, a count and a capacity in the owner's
 * struct, and one function that makes room.
 *
 *	struct rule *rules; size_t nrules, caprules;
 *	rules = vec_room(rules, nrules, &caprules, sizeof(*rules));
 *	rules[nrules++] = r;
 */
#ifndef HEARKEN_CORE_VEC_H
#define HEARKEN_CORE_VEC_H

#include <stddef.h>

/*
 * Takes items (or NULL) with n in use and returns them with room for at least
 * one more, moved if needed; *cap is updated.  New room is zeroed.
 */
void *vec_room(void *items, size_t n, size_t *cap, size_t size)
    __attribute__((returns_nonnull));

/*
 * The same for those who report that memory ran out: NULL then, and items and
 * *cap are as they were.
 */
void *vec_try_room(void *items, size_t n, size_t *cap, size_t size);

#endif
