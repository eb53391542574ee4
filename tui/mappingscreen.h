/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How an agency's file is read, made on the screen: what each of its columns
 * is, then a dry run, then the taking in.  Reads through a source.
 */
#ifndef HEARKEN_TUI_MAPPINGSCREEN_H
#define HEARKEN_TUI_MAPPINGSCREEN_H

#include "core/err.h"
#include "core/mapping.h"
#include "tui/pane.h"

struct app;

/* The first rows of the file, and what they are taken for. */
struct return_sheet {
	struct mapping *m;	/* owned */
	char **doubts;		size_t ndoubts, capdoubts;	/* owned */
	char ***rows;		/* rows[i][column]; rows[0] is the header */
	size_t nrows, caprows, ncolumns;
	char *encoding;		/* in use; owned */
	char *remembered;	/* the kept mapping it is; owned, or NULL */
};
void return_sheet_init(struct return_sheet *s);
void return_sheet_release(struct return_sheet *s);

/* What the first rows come to. */
struct return_trial {
	size_t rows, taken;
	struct str fault;	/* the first: row, column, value, expected */
};

struct return_result {
	uint64_t rows, bad, added, known, struck, passed, vanished;
	size_t children, opened;
	uint64_t others;	/* of those struck, of another sender */
	uint64_t refused;	/* faults, for they would strike such */
	uint64_t left;		/* rows that a later return has otherwise */
	bool already;		/* this very file was taken in before */
	char *before;		/* what came of it then; owned, or NULL */
	char *twice;		/* whose it came as before; owned, or NULL */
	char **agencies;	size_t nagencies, capagencies;	/* owned */
	char **faults;		size_t nfaults, capfaults;	/* owned */
};
void return_result_init(struct return_result *r);
void return_result_release(struct return_result *r);

enum return_how {
	RETURN_DRY = 1 << 0,		/* nothing is kept */
	RETURN_OVERRULE = 1 << 1	/* what others sent may be struck */
};

struct return_source_ops {
	/* encoding NULL: found.  *out is empty, and released by the caller. */
	enum rc (*sheet)(void *ctx, const char *encoding,
	    struct return_sheet *out, struct err *e);
	/* out->fault is empty; an error is a fault of the mapping itself. */
	enum rc (*attempt)(void *ctx, const struct mapping *m,
	    struct return_trial *out, struct err *e);
	/* What was kept before as it is now is no error. */
	enum rc (*keep)(void *ctx, const struct mapping *m, struct err *e);
	/* *out is empty, and released by the caller. */
	enum rc (*run)(void *ctx, struct app *app, const struct mapping *m,
	    unsigned how, struct return_result *out, struct err *e);
	const struct instrument *(*instrument)(void *ctx);
	/* What is said of the columns before it is kept; "" drops it. */
	enum rc (*draft_save)(void *ctx, const char *text, struct err *e);
	/* *text is owned, or NULL when there is none. */
	enum rc (*draft_load)(void *ctx, char **text, struct err *e);
	void (*destroy)(void *ctx);	/* with the screen */
};

struct mappingscreen_opts {
	const struct return_source_ops *ops;
	void *ctx;
	const char *file;	/* its name, without its folder; copied */
};
struct pane *mappingscreen_new(const struct mappingscreen_opts *o);

#endif
