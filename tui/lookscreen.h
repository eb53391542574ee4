/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who looked: at one child's file, what one person opened, or what is
 * flagged; newest first.  Reads through a source and fetches only the rows
 * that are visible and a page on either side, for years of looks.
 */
#ifndef HEARKEN_TUI_LOOKSCREEN_H
#define HEARKEN_TUI_LOOKSCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "db/watch.h"
#include "tui/pane.h"

struct session;

struct look_sink {
	store_look_fn fn;
	void *ctx;
};

struct look_source {
	/* As store_looks_count() and store_looks(). */
	enum rc (*count)(void *ctx, const struct look_query *q, size_t *n,
	    struct err *e);
	enum rc (*rows)(void *ctx, const struct look_query *q,
	    const struct look_sink *to, struct err *e);
	void *ctx;
};

/* The session's store.  Borrows s. */
struct look_source look_source_store(struct session *s);

enum look_view {
	LOOKS_OF_CASE,		/* who looked at this file */
	LOOKS_OF_PERSON,	/* what this person opened */
	LOOKS_FLAGGED		/* what supervisors should see */
};

struct lookscreen_opts {
	struct look_source source;
	enum look_view view;
	const struct case_id *case_id;	/* LOOKS_OF_CASE; copied */
	const char *name;	/* the case's reference or the person; copied */
	void *ctx;
	/* Opens the case of a row; NULL: rows are only read. */
	void (*open)(void *ctx, struct app *app, const struct case_id *id);
};

struct pane *lookscreen_new(const struct lookscreen_opts *o);

#endif
