/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was missed, asked again: what became known at a stage and four
 * indicators to answer, then the model's answers and why, then the next; at
 * the end what is due when.  Reads through a source.
 */
#ifndef HEARKEN_TUI_RETESTSCREEN_H
#define HEARKEN_TUI_RETESTSCREEN_H

#include "core/retest.h"
#include "tui/pane.h"

struct app;
struct session;

struct retest_source_ops {
	/*
	 * What is due first and was not asked since; its study is borrowed
	 * until the next call.  RC_NOTFOUND when nothing is left.
	 */
	enum rc (*next)(void *ctx, struct retest_question *out,
	    struct err *e);
	/* Keeps the answers; *right: of the one in question. */
	enum rc (*write)(void *ctx, const struct retest_question *q,
	    const enum answer *given, bool *right, struct err *e);
	/* As it stands after the last answer; borrowed. */
	const struct retests *(*all)(void *ctx);
	int32_t (*today)(void *ctx);
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};

struct retest_source {
	const struct retest_source_ops *ops;
	void *ctx;
};

/*
 * The session's store and content, to be given to a screen, which destroys
 * it.  Borrows s.
 */
NODISCARD enum rc retest_source_store(struct session *s,
    struct retest_source *out, struct err *e);

struct retestscreen_opts {
	struct retest_source source;
	void *ctx;
	/* Enter at the end: writes it into the log.  minutes: at least 1. */
	void (*log)(void *ctx, struct app *app, size_t asked, size_t right,
	    size_t minutes);
};

struct pane *retestscreen_new(const struct retestscreen_opts *o);

#endif
