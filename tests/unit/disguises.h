/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, and the ways in which they are written without meaning to hide. */
#ifndef HEARKEN_TESTS_UNIT_DISGUISES_H
#define HEARKEN_TESTS_UNIT_DISGUISES_H

#include "core/str.h"

struct person {
	const char *name;
	const char *plain;	/* without accents */
	const char *initials;	/* NULL: one word */
};
const struct person *disguise_people(size_t *n);

/* A disguise appends the name as it may be written, or nothing. */
typedef void (*disguise_fn)(const struct person *p, struct str *out);
const disguise_fn *disguise_all(size_t *n);

#endif
