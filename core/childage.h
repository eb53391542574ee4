/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How old the young person is, as far as it is known.  A disputed or an
 * estimated age never takes protection away: of several the youngest counts,
 * whoever is disputed is a child, and what may be younger is said to be.
 */
#ifndef HEARKEN_CORE_CHILDAGE_H
#define HEARKEN_CORE_CHILDAGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/casefile.h"

#define ORIENTATION_AGE 16	/* sexual orientation is asked from then on */

struct child_age {
	int years;	/* the youngest that stands; -1: not known */
	int by_birth, about;	/* each alone; -1: not known */
	bool disputed;
	bool unsure;	/* may be younger than years */
};

/* Of everything that stands about the young person. */
void casefile_age(const struct casefile *c, int32_t today,
    struct child_age *out);
/* Of what is being written on `today`. */
void body_age(const json_t *body, int32_t today, struct child_age *out);

/* True if an estimate and a date of birth are two years apart or more. */
bool age_is_apart(const struct child_age *a);
/* True if nobody is asked for their orientation at this age. */
bool age_too_young(const struct child_age *a);

#endif
