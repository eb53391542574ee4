/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The light markdown of help topics: `# Title`, `## Heading`, `- item`,
 * paragraphs, lines indented by four spaces as they stand, and lines with a
 * tab as two columns (a key and what it does).  Backquotes and asterisks
 * around words are dropped.  Pure: text in, blocks out, drawn at any width.
 */
#ifndef HEARKEN_TUI_MARKUP_H
#define HEARKEN_TUI_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/cellbuf.h"

enum block_type {
	BLOCK_TITLE,
	BLOCK_HEADING,
	BLOCK_ITEM,
	BLOCK_PARAGRAPH,
	BLOCK_VERBATIM,		/* one line */
	BLOCK_KEY		/* text is the key, more the sentence */
};

struct block {
	enum block_type type;
	char *text;		/* owned, one line */
	char *more;		/* owned; NULL but for BLOCK_KEY */
};

struct markup {
	struct block *list;
	size_t n, cap;
};
#define NO_BLOCK ((size_t)-1)

void markup_init(struct markup *m);
void markup_release(struct markup *m);
/* Adds the blocks of text. */
void markup_read(struct markup *m, const char *text);
/* Text of the first title, borrowed; NULL when there is none. */
const char *markup_title(const struct markup *m);

/* Rows at width w, the blank ones between blocks included. */
int markup_rows(const struct markup *m, int w);
/* The row on which a block begins. */
int markup_row_of(const struct markup *m, size_t block, int w);
/* The first block from `from` on that holds the words, folded; NO_BLOCK. */
size_t markup_find(const struct markup *m, const char *words, size_t from);
/* The last block before `before` that does. */
size_t markup_find_back(const struct markup *m, const char *words,
    size_t before);
/* Draws from row `top` on; the block `match` stands out, NO_BLOCK none. */
void markup_draw(const struct markup *m, const struct view *v, int top,
    size_t match);

#endif
