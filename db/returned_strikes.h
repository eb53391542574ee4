/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The corrections among entries that are read one by one, without a fold of
 * each case: which of them act, as core/casefile_correct.c has it.  Used by
 * returned.c alone.
 */
#ifndef HEARKEN_DB_RETURNED_STRIKES_H
#define HEARKEN_DB_RETURNED_STRIKES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/entry.h"
#include "core/roster.h"

struct strike {
	struct entry_id id, target;
	struct case_id case_id;
	uint64_t file;		/* the return that wrote it; 0: a person */
	bool undone;		/* by another that acts */
	bool asked;
};
struct strikes {
	struct strike *list;
	size_t n, cap;
};

void strikes_release(struct strikes *s);
/*
 * Takes an entry of the kind "strike" in, unless whoever wrote it might not
 * strike an observation, or its body is none.  False: no memory.
 */
NODISCARD bool strikes_add(struct strikes *s, const struct roster *r,
    const struct entry *e);
/* Works out which act; once, after the last was taken.  False: no memory. */
NODISCARD bool strikes_settle(struct strikes *s);
/* The next one that strikes this entry of the case, behind `after' or NULL. */
const struct strike *strikes_of(const struct strikes *s,
    const struct entry_id *id, const struct case_id *in,
    const struct strike *after);

#endif
