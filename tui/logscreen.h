/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The training log of whoever sits here: what, when, how long, what they take
 * from it, the minutes in sum for each year; and the form that adds to it.
 * Reads through a source.
 */
#ifndef HEARKEN_TUI_LOGSCREEN_H
#define HEARKEN_TUI_LOGSCREEN_H

#include <jansson.h>

#include "core/traininglog.h"
#include "tui/pane.h"

struct app;
struct session;

struct log_source_ops {
	/* Adds what stands to out, which is set up and empty. */
	enum rc (*read)(void *ctx, struct training_log *out, struct err *e);
	/* Signs one; its draft is forgotten. */
	enum rc (*add)(void *ctx, const json_t *body, const struct span *on,
	    struct err *e);
	/* What is typed and not yet signed; *text owned or NULL. */
	enum rc (*draft_save)(void *ctx, const char *text, struct err *e);
	enum rc (*draft_load)(void *ctx, char **text, struct err *e);
	bool (*may_add)(void *ctx);
	int32_t (*today)(void *ctx);
};

struct log_source {
	const struct log_source_ops *ops;
	void *ctx;
};

/* The session's store.  Borrows s. */
struct log_source log_source_store(struct session *s);

struct logscreen_opts {
	struct log_source source;
	const char *file;	/* of the store, for what to type; copied */
};

struct pane *logscreen_new(const struct logscreen_opts *o);

/*
 * The form of a new entry over what is there; body (may be NULL) to begin
 * with, unless one was left unfinished.
 */
void logform_open(struct app *app, const struct log_source *src,
    const json_t *body);

#endif
