/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is still open in a case, and what a closing has to say of it: a word
 * on each thing that somebody still owes, and on a high level that stands.
 * The words stand in the entry, so that whoever opens the case again reads
 * them.  Pure.
 */
#ifndef HEARKEN_CORE_CLOSING_H
#define HEARKEN_CORE_CLOSING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/casefile.h"
#include "core/err.h"
#include "core/str.h"

struct open_thing {
	const struct record *record;	/* borrowed; NULL: the level */
	char *words;		/* one line; owned */
};

struct open_things {
	struct open_thing *list;	/* owned */
	size_t n, cap;
};

/*
 * The level first, if level (its label) is not NULL; then every clock that
 * runs but the reviews that end with the case; then referrals of which
 * nobody has written a decision.  As if the case were open.
 */
void closing_list(const struct casefile *c, const char *level,
    struct open_things *out);
void closing_release(struct open_things *t);

/* Appends what a closing begins with: a line "- thing ->" for each. */
void closing_text(const struct open_things *t, struct str *out);
/*
 * RC_INPUT with the first thing that text does not name, or of which nothing
 * is said after its "->".
 */
NODISCARD enum rc closing_check(const struct open_things *t,
    const char *text, struct err *e);

#endif
