/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Children counted in a table: rows by what a definition says of them,
 * columns by another, under lower and upper linkage, each count with its
 * cases.  For the makers of reports.  Pure.
 *
 * Rows stand by their name, never by their size: the order would tell which
 * of the suppressed counts is the smaller.
 */
#ifndef HEARKEN_CORE_REPORT_KIDS_H
#define HEARKEN_CORE_REPORT_KIDS_H

#include "core/factchild.h"
#include "core/report.h"

/* The children of facts, put together once for all tables of a report. */
struct kids {
	const struct facts *f;
	struct fact_children of[2];	/* under lower, under upper linkage */
};
void kids_init(struct kids *k, const struct facts *f);
void kids_release(struct kids *k);

#define KIDS_KEYS_MAX 64	/* rows that one child may be in */
#define KIDS_MANY 100		/* rows; of more the small ones are put together */
#define KIDS_SMALL (NO_WORD - 1)	/* the key of these */
#define KIDS_TWO (NO_WORD - 2)	/* what is recorded in two ways */

struct kids_table {
	const char *id, *title, *note;
	const char *head;		/* of the first column */
	const char *const *columns;	size_t ncolumns;
	/* Heads of columns behind those of counts, for the caller to fill. */
	const char *const *more;	size_t nmore;
	/* The column of a child, or SIZE_MAX when it is not counted. */
	size_t (*column)(const struct kids *k, const struct child_facts *c);
	/* Keys of rows; returns how many.  More than one: no row of totals. */
	size_t (*keys)(const struct kids *k, const struct child_facts *c,
	    uint32_t out[KIDS_KEYS_MAX]);
	/* Appends the name of a row. */
	void (*label)(const struct kids *k, uint32_t key, struct str *out);
	bool totals;		/* a row of totals, shared by such tables */
	unsigned group;		/* of these (core/report.h); 0: the first */
	bool by_key;		/* in the order of keys, without gaps */
	bool all_rows;		/* also rows of children not counted */
};
/*
 * Adds the table: the name, a column each, "All", and the columns behind.
 * Returns owned the key of each row but that of totals; *n is how many.
 */
uint32_t *kids_add(const struct kids *k, const struct kids_table *d,
    struct report *out, size_t *n);
/* True if the key is among those already found for a child. */
bool kids_has_key(const uint32_t *list, size_t n, uint32_t word);

/* CLASSES columns by enum fact_class, of those who are identified; static. */
const char *const *kids_classes(void);
size_t kids_class(const struct kids *k, const struct child_facts *c);

#endif
