/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review queue: every case that a second person has to look at, in the
 * order of db/queue.h, with what was decided and is not signed yet.  In a
 * wide window the selected case stands below the list with its own panes.
 * Reads through a source, and only the rows that are visible and a page on
 * either side.
 */
#ifndef HEARKEN_TUI_QUEUESCREEN_H
#define HEARKEN_TUI_QUEUESCREEN_H

#include "core/err.h"
#include "core/instrument.h"
#include "core/str.h"
#include "db/queue.h"
#include "tui/pane.h"

struct session;

struct queue_sink {
	store_queue_fn fn;
	void *ctx;
};

struct queue_source {
	/* As store_queue_count() and store_queue(). */
	enum rc (*count)(void *ctx, const struct queue_query *q,
	    struct queue_counts *out, struct err *e);
	enum rc (*rows)(void *ctx, const struct queue_query *q,
	    const struct queue_sink *to, struct err *e);
	int64_t (*now)(void *ctx);
	/* Borrowed; NULL: none. */
	const struct instrument *(*instrument)(void *ctx);
	/* Borrowed. */
	const char *(*person)(void *ctx, const struct author_id *who);
	/*
	 * Reads again what was decided and is not signed; how many that is.
	 */
	size_t (*decisions)(void *ctx);
	/* Appends the decision on a case, "agree: High"; false: none. */
	bool (*decided)(void *ctx, const struct case_id *id,
	    struct str *words);
	/*
	 * Returns owned the screen of a case to stand below the list; NULL
	 * with e.  That it is looked at is noted.
	 */
	struct pane *(*beside)(void *ctx, const struct case_id *id,
	    struct err *e);
	void *ctx;
};

struct queuescreen_opts {
	struct queue_source source;
	/*
	 * What it is narrowed to: codes of enum queue_why and "own", with
	 * blanks between; "" or NULL: all but one's own.  Copied.
	 */
	const char *narrow;
	size_t at;		/* row to begin with */
	void *ctx;
	/* Opens a case; decide: at the form of the decision on it. */
	void (*open)(void *ctx, struct app *app, const struct queue_row *row,
	    bool decide);
	/* Shows what waits to be signed. */
	void (*sign)(void *ctx, struct app *app);
	/* Takes the last decision back. */
	void (*undo)(void *ctx, struct app *app);
	/* What it is narrowed to or the selected row is another. */
	void (*moved)(void *ctx, const char *narrow, size_t at);
	void (*destroy)(void *ctx, struct pane *self);	/* may be NULL */
};

struct pane *queuescreen_new(const struct queuescreen_opts *o);
/* As if it was typed at the prompt. */
void queuescreen_narrow(struct pane *screen, struct app *app,
    const char *words);
/* Reads the rows anew, and not the case below them. */
void queuescreen_refresh(struct pane *screen);
/*
 * Selects the next case that nobody has decided on, from the top again after
 * the last; the selected row itself, when it is not of the case that one
 * comes from (may be NULL).  False when there is none; nothing is moved then.
 */
bool queuescreen_next(struct pane *screen, const struct case_id *from);
/* The selected row, or NULL; borrowed until anything is read. */
const struct queue_row *queuescreen_row(const struct pane *screen);
/* "2 of 14 in the queue" if the selected row is of this case. */
bool queuescreen_words(const struct pane *screen, const struct case_id *id,
    struct str *out);

#endif
