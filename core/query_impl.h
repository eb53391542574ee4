/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of keys, for query.c and query_complete.c only.
 */
#ifndef HEARKEN_CORE_QUERY_IMPL_H
#define HEARKEN_CORE_QUERY_IMPL_H

#include "core/query.h"

/* What a value of a key looks like. */
enum query_shape { SHAPE_LEVELS, SHAPE_COUNT, SHAPE_WHEN, SHAPE_DAY,
	SHAPE_TEXT, SHAPE_PERSON, SHAPE_KINDS, SHAPE_IS };

struct query_key_def {
	const char *name;
	enum query_key key;
	enum query_shape shape;
	const char *hint;	/* an example, and what it means */
};

/* Ends with a NULL name. */
const struct query_key_def *query_keys(void);
/* The ith word that is: takes, or NULL. */
const char *query_state(size_t i);
/* The ith kind that a case may hold an entry of, or NULL. */
const char *query_kind(size_t i);

#endif
