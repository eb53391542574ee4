/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Filters kept under a name: chosen from a list with how many cases each
 * gives, used or forgotten.  Knows no store: what keeps them is handed in.
 */
#ifndef HEARKEN_TUI_SAVEDFILTERS_H
#define HEARKEN_TUI_SAVEDFILTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/str.h"

struct app;
struct session;

struct saved_filters {
	void *ctx;
	/* The ith, by name; false when there are no more. */
	bool (*nth)(void *ctx, size_t i, struct str *name, struct str *text);
	/* *text owned. */
	enum rc (*load)(void *ctx, const char *name, char **text,
	    struct err *e);
	enum rc (*save)(void *ctx, const char *name, const char *text,
	    struct err *e);
	enum rc (*drop)(void *ctx, const char *name, struct err *e);
};

/* Those of the session's store.  Borrows s. */
struct saved_filters saved_filters_store(struct session *s);

struct saved_choice {
	struct saved_filters saved;
	void *ctx;
	/* How many cases match; a fault of the text goes into `fault`. */
	size_t (*count)(void *ctx, const char *text, struct str *fault);
	void (*use)(void *ctx, struct app *app, const char *text);
};
/* Asks which; copied. */
void saved_filters_open(struct app *app, const struct saved_choice *o);

#endif
