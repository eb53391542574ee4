/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first screen of a training store: what one is in the middle of, the
 * case studies, what is to be asked again, the sessions of others, the log.
 * Reads through a source, so that a test needs no store.
 */
#ifndef HEARKEN_TUI_TRAINHOME_H
#define HEARKEN_TUI_TRAINHOME_H

#include "core/str.h"
#include "core/walk.h"
#include "tui/pane.h"

struct app;
struct notices;
struct session;

/* All texts are borrowed for the call. */
struct train_study {
	const char *id, *title, *covers;
	const char *pair;	/* title of the one that is as hard; "" */
	size_t stages;
	bool taken;		/* out of a file of one's own */
	size_t times;		/* how often one went through it alone */
	int64_t done;		/* when last, UTC ms */
	const char *fault;	/* why it cannot be read; "" */
};

struct train_session {
	struct case_id id;
	const char *reference, *title, *who, *sitting;
	enum walk_mode mode;
	enum walk_part part;
	enum walk_state state;
	size_t stage;		/* how many stages it came to */
	int64_t begun, worked;	/* UTC ms */
	bool own;
	const char *fault;	/* why its study cannot be read; "" */
};

struct train_counts {
	size_t due, followed;	/* indicators to be asked again */
	size_t entries, minutes;	/* of the log, this year */
	size_t older;		/* of others, worked on before what is listed */
};

struct train_sink {
	void (*study)(void *ctx, const struct train_study *s);
	void (*session)(void *ctx, const struct train_session *s);
	void *ctx;
};

struct train_begin {
	const char *study;
	enum walk_mode mode;
	enum walk_part part;
	const char *sitting;
};

/* A session that leaves as a sealed bundle. */
struct train_send {
	struct case_id id;
	const char *to;		/* a person elsewhere, as people know them */
	const char *path;	/* of the new file */
};

struct train_source_ops {
	/* Studies by title, sessions with the latest begun first. */
	enum rc (*read)(void *ctx, const struct train_sink *to,
	    struct train_counts *out, struct err *e);
	enum rc (*begin)(void *ctx, const struct train_begin *b,
	    struct case_id *id, struct err *e);
	/*
	 * Takes a study in.  told gets what there is to say of it; on RC_INPUT
	 * each fault with its line.
	 */
	enum rc (*take)(void *ctx, const char *path, struct str *told,
	    struct err *e);
	enum rc (*send)(void *ctx, const struct train_send *s, struct err *e);
	/* RC_OK if this run reaches the file, or may make one there. */
	enum rc (*may_read)(void *ctx, const char *path, struct err *e);
	enum rc (*may_make)(void *ctx, const char *path, struct err *e);
	/* The i-th path that begins with text; false after the last. */
	bool (*complete)(void *ctx, const char *text, size_t i,
	    struct str *out);
	bool (*may_begin)(void *ctx);
};

struct train_source {
	const struct train_source_ops *ops;
	void *ctx;
};

/* The session's store and content.  Borrows s. */
struct train_source train_source_store(struct session *s);

struct trainhome_opts {
	struct train_source source;
	const char *narrow;	/* words that rows hold; copied; may be NULL */
	size_t at;		/* row to begin at */
	void *ctx;
	void (*open)(void *ctx, struct app *app, const struct case_id *id);
	void (*replay)(void *ctx, struct app *app, const struct case_id *id);
	void (*ask_again)(void *ctx, struct app *app);
	void (*log)(void *ctx, struct app *app);
	void (*users)(void *ctx, struct app *app);
	void (*bundles)(void *ctx, struct app *app);
	struct notices *(*notices)(void *ctx);	/* may be NULL */
	/* May be NULL. */
	void (*moved)(void *ctx, const char *narrow, size_t at);
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};

struct pane *trainhome_new(const struct trainhome_opts *o);

#endif
