/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sheets of A4, filled from the top: rows of cells are set on them and flow
 * onto the next sheet.  The same calls are made twice, once to count the
 * sheets and once to draw them, so that each can say "page n of m" and only
 * one row is in memory at a time.  Knows nothing of papers but their head.
 */
#ifndef HEARKEN_EXCHANGE_PDF_SHEET_H
#define HEARKEN_EXCHANGE_PDF_SHEET_H

#include <pango/pangocairo.h>
#include <stdbool.h>

#include "core/paper.h"

#define SHEET_CELLS_MAX PAPER_COLUMNS_MAX
#define SHEET_UNKNOWN_MAX 64
#define SHEET_WIDTH 482.0	/* of the text, in points */

struct face {
	const char *family;
	double size;		/* points */
	bool bold;
	double grey;		/* 0 black */
};

struct cell {
	PangoLayout *layout;	/* owned */
	double x, width, grey;
};

/* Cells side by side; each has lines of its own. */
struct row {
	struct cell cells[SHEET_CELLS_MAX];
	size_t n;
	double before, after;	/* space */
	bool bar;		/* along its left side */
	bool rule, hairline;	/* below it */
};

struct sheet {
	const struct paper *p;
	PangoContext *pango;
	cairo_t *cr;		/* NULL while the sheets are counted */
	const struct row *heads;	/* on top of each next sheet; or NULL */
	double y;
	int page, pages;
	size_t table, columns;	/* block of a table, from 1, and its columns */
	uint32_t unknown[SHEET_UNKNOWN_MAX];	/* no font has them */
	size_t nunknown;
};

void sheet_begin(struct sheet *s);
void sheet_end(struct sheet *s);
/* The next one, unless nothing is on this one yet. */
void sheet_next(struct sheet *s);
bool sheet_is_empty(const struct sheet *s);

/* A cell at x; wrapped at width.  Text is shown as paper_visible has it. */
void row_add(struct sheet *s, struct row *r, const struct face *f,
    const char *text, const double at[2]);
void row_release(struct row *r);
/* Its height, and what of it has to stand together at least. */
double row_height(const struct row *r);
double row_lead(const struct row *r);

/* Goes on to the next sheet unless there is so much room on this one. */
void sheet_need(struct sheet *s, double height);
void sheet_put(struct sheet *s, const struct row *r);

#endif
