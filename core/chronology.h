/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chronology of a case: every entry on one line of time, by the day that
 * it speaks of, struck and replaced ones among them.  Also who and which
 * agency an entry names.  All from the table of kinds and the entries; pure.
 */
#ifndef HEARKEN_CORE_CHRONOLOGY_H
#define HEARKEN_CORE_CHRONOLOGY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/casefile.h"
#include "core/recordwords.h"

struct chronology_row {
	const struct record *record;	/* borrowed from the casefile */
	struct span on;		/* what it speaks of; never none */
	int minute;		/* of the first day; -1 when not known */
	bool written;		/* on is only the day of writing */
};

struct chronology {
	struct chronology_row *rows;	/* owned */
	size_t n;
};

/*
 * The day or span that an entry speaks of: its date; or the moment that its
 * kind must say ("missing since"); or, with neither, the day on which it was
 * written.
 */
struct chronology_row chronology_row_of(const struct record *r);
/*
 * All entries of c, oldest first: by first day, those without a time before
 * those with one, by time, and last in the order of the casefile.  c must
 * outlive it; any change of c makes it void.
 */
void chronology_make(const struct casefile *c, struct chronology *out);
void chronology_release(struct chronology *t);

#define CHRONOLOGY_WHEN_MAX 20

/*
 * The date for a column of a list: "4 Mar 2026", "Mar 2026", "2026"; ".."
 * behind it when it goes on; in parentheses when it is only the day on which
 * the entry was written.
 */
void chronology_when(const struct chronology_row *row,
    char out[CHRONOLOGY_WHEN_MAX]);
/*
 * What a row says on one line: how the entry stands, if it does not count,
 * and its first words.  body is the entry's, or what was typed in its place.
 */
void chronology_what(const struct reading *g, const struct record *r,
    const json_t *body, struct str *out);

/* How a row's entry stands: "", "struck", "replaced", "not counted". */
const char *chronology_state(const struct record *r);
/* True if record_uncounted() says what "not counted" would say. */
bool chronology_state_said(const struct record *r);

/* Who or what a field of an entry names. */
enum naming {
	NAMES_NOBODY,
	NAMES_AGENCY,
	NAMES_PERSON
};
enum naming field_names(const struct field *f);
/*
 * Appends what an entry names in this way, as people read it, parted by "; ",
 * each once.
 */
void record_names(const struct reading *g, const struct record *r,
    enum naming what, struct str *out);

#endif
