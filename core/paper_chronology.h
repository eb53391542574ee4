/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chronology of a case on paper: the timeline, then a table of all that
 * the filter lets through, in full.  Pure.
 */
#ifndef HEARKEN_CORE_PAPER_CHRONOLOGY_H
#define HEARKEN_CORE_PAPER_CHRONOLOGY_H

#include <stddef.h>

#include "core/chronology.h"
#include "core/paper.h"

struct chronology_print {
	const struct reading *reading;
	const struct chronology *all;
	const char *filter;	/* as typed; "" or NULL for none: every row */
	const size_t *shown;	/* what it lets through: indexes in all */
	size_t n;		/* how many of them */
};

/* Adds its blocks to p, which was begun with paper_init(). */
void paper_chronology(struct paper *p, const struct chronology_print *c);

/* All fields of an entry as "Label: words", parted by a space. */
void chronology_full(const struct reading *g, const struct record *r,
    struct str *out);

#endif
