/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A paper: what is to be read outside the store, before anybody knows
 * whether it becomes plain text or pages.  A list of blocks, in the order of
 * reading; makers of papers (paper_case.h) know cases and nothing of paper
 * sizes, writers (paper_text here, pages in exchange/pdf.h) the other way
 * round.  Pure.
 */
#ifndef HEARKEN_CORE_PAPER_H
#define HEARKEN_CORE_PAPER_H

#include <stddef.h>

#include "core/err.h"
#include "core/str.h"

enum paper_part {
	PAPER_HEADING,		/* text: a section */
	PAPER_SUBHEADING,	/* text: an entry within it */
	PAPER_TEXT,		/* text: paragraphs, parted by newlines */
	PAPER_FIELD,		/* label and text */
	PAPER_ITEM,		/* text: one of a list */
	PAPER_NOTICE,		/* text: must not be missed */
	PAPER_SMALL,		/* text: who signed it, how it was counted */
	PAPER_TABLE,		/* begins a table; cells are its column heads */
	PAPER_ROW,		/* cells: a row of the table begun last */
	PAPER_FIXED,		/* text: lines whose columns stand as they are */
	PAPER_PAGE		/* what follows begins on a new page */
};

#define PAPER_COLUMNS_MAX 8

struct paper_block {
	enum paper_part part;
	char *label, *text;		/* owned; NULL where there is none */
	char *cells[PAPER_COLUMNS_MAX];	/* owned */
	int widths[PAPER_COLUMNS_MAX];	/* of PAPER_TABLE: shares of the width */
	size_t ncells;
};

struct paper {
	char *title;		/* "Referral" */
	char *reference;	/* of the case, on every page */
	char *classification;	/* on every page */
	char *made;		/* who took it out, when, and why */
	struct paper_block *blocks;
	size_t n, cap;
};

/* What a paper about a child is classified as unless somebody says more. */
#define PAPER_CLASSIFICATION "OFFICIAL-SENSITIVE: PERSONAL"

/* What a paper of a store made for training is classified as. */
#define PAPER_TRAINING "TRAINING: not a real child"

/* Copies its words; classification NULL: the one above. */
void paper_init(struct paper *p, const char *title, const char *reference,
    const char *classification, const char *made);
void paper_release(struct paper *p);

void paper_add(struct paper *p, enum paper_part part, const char *text);
void paper_addf(struct paper *p, enum paper_part part, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* Nothing when text is empty. */
void paper_field(struct paper *p, const char *label, const char *text);
/* n of at most PAPER_COLUMNS_MAX heads and their shares of the width. */
void paper_table(struct paper *p, const char *const *heads,
    const int *widths, size_t n);
void paper_row(struct paper *p, const char *const *cells, size_t n);
/* Rows that follow the PAPER_TABLE at `at`. */
size_t paper_table_rows(const struct paper *p, size_t at);

/*
 * What a writer shows of a block's text: as utf8_visible, so that nothing in
 * it can steer a terminal or a reader; lines stay, the CR before a newline
 * goes, a tab becomes spaces up to the next eighth column.
 */
void paper_visible(struct str *out, const char *text);

/*
 * The paper as plain UTF-8 text of so many columns (at least 40), wrapped at
 * the line breaks of Unicode; classification, title and reference first, the
 * classification again at the end.  PAPER_FIXED is never wrapped.  A table in
 * which a column would be too narrow for its longest word (words over 24
 * columns are cut) is written row by row, each cell with its head before it.
 */
void paper_text(const struct paper *p, int columns, struct str *out);

#endif
