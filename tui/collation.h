/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The screens of collation: what agencies sent, which cases are of one child,
 * each child whole, the reports.  They read through a source, so that a test
 * needs no store.
 */
#ifndef HEARKEN_TUI_COLLATION_H
#define HEARKEN_TUI_COLLATION_H

#include "core/facts.h"
#include "core/report.h"
#include "db/returns.h"
#include "tui/pane.h"

struct app;
struct session;

/* ---- what is read ---- */

/* All cases that these eyes may open, and the child that each is of. */
struct collation_data {
	struct facts facts;
	char **references;	/* one for each case of facts; owned */
	size_t nreferences, capreferences;
	size_t pairs;		/* that wait for a person */
	size_t divided;		/* groups too large to compare each with each */
};
void collation_data_init(struct collation_data *d);
void collation_data_release(struct collation_data *d);

/* One standing observation of a child; texts live for the call. */
struct collation_said {
	unsigned item;
	enum answer state;
	struct span on;
	const char *agency, *source;
};
struct collation_contact {
	const char *name, *agency, *reach;
};
/* A child whole: cases, as rows of facts, in whose window it is told. */
struct collation_child {
	const struct facts *facts;
	const uint32_t *rows;
	size_t n;
};
struct collation_child_sink {
	void (*said)(void *ctx, const struct collation_said *s);
	void (*contact)(void *ctx, const struct collation_contact *c);
	void *ctx;
};

/* A link that is taken back for good. */
struct collation_split {
	const struct case_id *part, *rest;
	size_t npart, nrest;
	const char *reason;
};

/* Which report needs something, of which facts. */
struct collation_wish {
	const struct report_def *def;
	const struct facts *facts;
	bool whole;
};

/* A report about to be shown with what can tell who a child is. */
struct collation_telling {
	const struct report_def *def;
	const struct facts *facts;
	const char *reason;
};

/* A report that leaves the store. */
struct collation_write {
	const struct report *report;
	const struct report_def *def;
	const struct facts *facts;	/* what it was made of */
	bool whole;			/* nothing is suppressed */
	const char *format;	/* text, csv, json, pdf */
	const char *path, *reason;
};

struct collation_source_ops {
	/* Out is empty, and the caller's to release whatever is returned. */
	enum rc (*read)(void *ctx, struct app *app,
	    const struct joined_window *w, struct collation_data *out,
	    struct err *e);
	enum rc (*returns)(void *ctx, return_fn fn, void *fnctx,
	    struct err *e);
	/*
	 * The standing observations of cases in the window of the facts, and
	 * whom to ring: as db/joined.h has it, then professionals recorded.
	 */
	enum rc (*child)(void *ctx, const struct collation_child *c,
	    const struct collation_child_sink *to, struct err *e);
	enum rc (*split)(void *ctx, const struct collation_split *s,
	    struct err *e);
	/*
	 * Borrowed until the next call; what is not there is NULL.  What is
	 * there and cannot be read, or is faulty, is a failure.
	 */
	enum rc (*needs)(void *ctx, const struct collation_wish *w,
	    struct report_needs *out, struct err *e);
	/* Whether the role may see what can tell who a child is. */
	enum rc (*may_tell)(void *ctx, struct err *e);
	/* Notes that it is shown and why, as `hearken report` does. */
	enum rc (*tell)(void *ctx, const struct collation_telling *t,
	    struct err *e);
	/* Rates are of this file from now on; "": there are none. */
	enum rc (*population)(void *ctx, const char *path, struct err *e);
	/* The i-th file that a path begun could be; false after the last. */
	bool (*path)(void *ctx, const char *text, size_t i, struct str *out);
	enum rc (*write)(void *ctx, const struct collation_write *w,
	    struct err *e);
	/* RC_OK if this run may make a file there. */
	enum rc (*may_make)(void *ctx, const char *path, struct err *e);
	bool (*may_decide)(void *ctx);	/* split and take in */
	int32_t (*today)(void *ctx);
};
struct collation_source {
	const struct collation_source_ops *ops;
	void *ctx;
};

/* ---- the screens ---- */

struct collation_opts {
	struct collation_source source;
	size_t at;		/* row to begin at */
	void *ctx;
	void (*take)(void *ctx, struct app *app);	/* a file in */
	void (*links)(void *ctx, struct app *app);
	void (*joined)(void *ctx, struct app *app);
	void (*report)(void *ctx, struct app *app, const char *name);
	void (*moved)(void *ctx, size_t at);	/* may be NULL */
};
struct pane *collationscreen_new(const struct collation_opts *o);

struct joined_opts {
	struct collation_source source;
	struct joined_window window;
	size_t at;
	void *ctx;
	void (*open)(void *ctx, struct app *app, const struct case_id *id);
	/* The window or the selected row is another; may be NULL. */
	void (*moved)(void *ctx, const struct joined_window *w, size_t at);
};
struct pane *joinedscreen_new(const struct joined_opts *o);

struct reportscreen_opts {
	struct collation_source source;
	const char *name;	/* of the report */
	const struct report_def *def;	/* instead of a name; may be NULL */
	struct joined_window window;
	void *ctx;
	void (*open)(void *ctx, struct app *app, const struct case_id *id);
	void (*moved)(void *ctx, const char *name,
	    const struct joined_window *w);	/* may be NULL */
};
/* NULL when there is no report of that name. */
struct pane *reportscreen_new(const struct reportscreen_opts *o);

/* Pairs that wait for a person, side by side.  linkscreen.c */
struct pane *link_screen_new(struct session *s, struct err *e);
/*
 * The mapping of a file of an agency, made on screen, then a dry run and the
 * taking in; NULL with e when the file cannot be read.  mappingscreen.c
 */
struct pane *mapping_screen_new(struct session *s, const char *path,
    struct err *e);

/*
 * Reads for a screen: what the message line said before stands there again
 * afterwards, but for the words of waiting, and unless it failed.
 */
NODISCARD enum rc collation_read(const struct collation_source *src,
    struct app *app, const struct joined_window *w,
    struct collation_data *out, struct err *e);
/* Says that it is being read, unless something stands there to be seen. */
void collation_say_wait(struct app *app);

/* ---- windows of days ---- */

/* The last months up to today, both days inclusive. */
struct joined_window window_months(int32_t today, int months);
/* "2026-06-01..2026-11-22", "all"; what window_parse() reads.  Appends. */
void window_format(const struct joined_window *w, struct str *out);
/* As joined_window_parse(); a number alone is of months. */
NODISCARD enum rc window_parse(const char *text, int32_t today,
    struct joined_window *out, struct err *e);
/* Asks for one at the prompt; done gets it unless it was left. */
struct window_ask {
	struct joined_window now;
	int32_t today;
	void *ctx;
	void (*done)(void *ctx, struct app *app,
	    const struct joined_window *w);
};
/* Borrows a until it is answered. */
void window_prompt(struct app *app, struct window_ask *a);

#endif
