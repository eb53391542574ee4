/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries that stand side by side for one thing: who the young person is,
 * written by two people apart; or two later versions of one entry.  Nothing
 * is chosen between them until somebody settles it with an entry that takes
 * the place of all.  Pure.
 */
#ifndef HEARKEN_CORE_VERSIONS_H
#define HEARKEN_CORE_VERSIONS_H

#include "core/casefile.h"

struct versions {
	const struct record **v;	/* borrowed, the latest first */
	size_t n, cap;
};

void versions_init(struct versions *v);
void versions_release(struct versions *v);

/* Adds every identity that stands. */
void versions_of_child(const struct casefile *c, struct versions *out);
/*
 * Adds every version of the entry r that stands, r alone when none does; of
 * an identity every one that stands.  c is settled and r one of its records.
 */
void versions_of(const struct casefile *c, const struct record *r,
    struct versions *out);
/* Adds the latest holder of each value of a field: two or more differ. */
void versions_values(const struct versions *v, const struct field *f,
    struct versions *out);

/* True if the field holds something. */
bool field_has_value(const json_t *value);
/* True if both say the same: order of choices and blanks in numbers aside. */
bool field_value_same(const struct field *f, const json_t *a,
    const json_t *b);

/* For casefile_settle() only: fills c->conflicts. */
void casefile_find_conflicts(struct casefile *c);

#endif
