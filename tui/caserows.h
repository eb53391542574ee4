/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of cases as lists show them: copies of the store's rows, where they
 * are read from, and how one is drawn in columns.  The columns give way in
 * an order that keeps the reference, the level and what is due to the last.
 * Knows no store: a source is handed in.
 */
#ifndef HEARKEN_TUI_CASEROWS_H
#define HEARKEN_TUI_CASEROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/instrument.h"
#include "core/query.h"
#include "db/find.h"
#include "db/store.h"
#include "tui/cellbuf.h"

struct case_sink {
	store_case_fn fn;
	void *ctx;
};

struct case_page {
	const struct query *q;	/* NULL: all */
	size_t offset, limit;
};

struct case_source_ops {
	enum rc (*count)(void *ctx, const struct query *q, size_t *n,
	    struct err *e);
	/* In the order of store_cases(). */
	enum rc (*rows)(void *ctx, const struct case_page *page,
	    const struct case_sink *to, struct err *e);
	/* As store_search(). */
	enum rc (*search)(void *ctx, const char *words, size_t limit,
	    const struct case_sink *to, struct err *e);
	/* As store_find(). */
	enum rc (*find)(void *ctx, const struct find_want *want,
	    struct find_sum *sum, const struct store_find_to *to,
	    struct err *e);
	/* The ith person who has access, or NULL; may be NULL. */
	const char *(*person)(void *ctx, size_t i);
	/* NULL when none is adopted. */
	const struct instrument *(*instrument)(void *ctx);
	int64_t (*now)(void *ctx);
};

struct case_source {
	const struct case_source_ops *ops;
	void *ctx;
};

/* Reads from the session's store.  Borrows s. */
struct session;
struct case_source case_source_store(struct session *s);

struct caserow {
	struct case_row r;	/* its texts are those below */
	char *reference, *name, *due_why;	/* owned */
};

struct caserows {
	struct caserow *list;
	size_t n, cap;
};

void caserows_init(struct caserows *rs);
void caserows_release(struct caserows *rs);
/* Wipes the names and keeps the room. */
void caserows_clear(struct caserows *rs);
/* A store_case_fn that adds a copy; ctx is the struct caserows. */
bool caserows_add(const struct case_row *row, void *ctx);

/* What rows are drawn by. */
struct caserow_look {
	const struct instrument *in;	/* may be NULL */
	int64_t now;
	bool names_first;	/* the name is kept before the level */
};
/* Headings, then rows, from column 2 on: 0 and 1 are for the marker. */
void caserows_draw_head(const struct view *v, int y,
    const struct caserow_look *look);
void caserow_draw(const struct view *v, int y, const struct caserow *row,
    const struct caserow_look *look);
/* All that is known of the row in one paragraph; for under the list. */
void caserow_words(struct str *out, const struct caserow *row,
    const struct caserow_look *look);

#endif
