/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a search found, as lines of a list: a case in the columns of the list,
 * under it its best hits with the words in brackets, and how many more there
 * are.  Copies of what the store gives; knows no store.
 */
#ifndef HEARKEN_TUI_FINDROWS_H
#define HEARKEN_TUI_FINDROWS_H

#include "db/find.h"
#include "tui/caserows.h"

enum findline_type {
	FINDLINE_CASE, FINDLINE_HIT, FINDLINE_MORE
};

struct findline {
	enum findline_type type;
	size_t row;		/* of its case in the rows */
	/* Of a hit; the snippet is wiped with it. */
	enum find_why why;
	enum find_state state;
	struct entry_id entry;
	const struct kind *kind;
	struct span on;
	int64_t at;
	const char *field;	/* a label of the kinds; borrowed */
	char *snippet;		/* owned */
	struct find_mark marks[FIND_MARKS];
	size_t nmarks;
	size_t more;		/* FINDLINE_MORE */
};

struct findrows {
	struct caserows rows;	/* the cases */
	struct findline *list;
	size_t n, cap;
	struct find_sum sum;
};

void findrows_init(struct findrows *fr);
void findrows_release(struct findrows *fr);
/* Wipes what was found and keeps the room. */
void findrows_clear(struct findrows *fr);
/* A store_find_fn that adds copies; ctx is the struct findrows. */
bool findrows_add(const struct find_row *r, void *ctx);

void findline_draw(const struct view *v, int y, const struct findrows *fr,
    size_t i, const struct caserow_look *look);
/* All that is known of it in a paragraph; for under the list. */
void findline_words(struct str *out, const struct findrows *fr, size_t i,
    const struct caserow_look *look);
/* "7 entries of 3 cases", or that there is more, in whole words. */
void findrows_count_words(struct str *out, const struct findrows *fr);

#endif
