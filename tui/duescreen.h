/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is due in all cases, in groups: mine and overdue, mine, and the same
 * of others.  The selected line says how it was counted.  Reads through a
 * source and fetches only the rows that are visible and a page on either
 * side, for a hundred thousand deadlines.
 */
#ifndef HEARKEN_TUI_DUESCREEN_H
#define HEARKEN_TUI_DUESCREEN_H

#include "core/err.h"
#include "db/due.h"
#include "tui/pane.h"

struct session;

struct due_sink {
	store_due_fn fn;
	void *ctx;
};

struct due_source {
	/* As store_due_count() and store_due(). */
	enum rc (*count)(void *ctx, const struct due_query *q,
	    struct due_counts *out, struct err *e);
	enum rc (*rows)(void *ctx, const struct due_query *q,
	    const struct due_sink *to, struct err *e);
	int64_t (*now)(void *ctx);
	void *ctx;
};

/* The session's store.  Borrows s. */
struct due_source due_source_store(struct session *s);

struct duescreen_opts {
	struct due_source source;
	/*
	 * What it is narrowed to: "mine", "overdue", the id of a rule, with
	 * blanks between; "" or NULL: all.  Copied.
	 */
	const char *narrow;
	size_t at;		/* line to begin with */
	void *ctx;
	/* Opens the case of a row at the entry that started the clock. */
	void (*open)(void *ctx, struct app *app, const struct due_row *row);
	/* What it is narrowed to or the selected line is another. */
	void (*moved)(void *ctx, const char *narrow, size_t at);
};

struct pane *duescreen_new(const struct duescreen_opts *o);
/* As if it was typed at the prompt. */
void duescreen_narrow(struct pane *screen, struct app *app,
    const char *words);

#endif
