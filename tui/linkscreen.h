/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clerical review of links: one pair of cases at a time, their fields side
 * by side with the weight of each, why a person is asked, and what was
 * decided and is not signed yet; and the list of linked children, out of
 * which a mistaken link is split.  Shows of a child what the pair needs to be
 * told apart, and no more.  Reads through a source.
 */
#ifndef HEARKEN_TUI_LINKSCREEN_H
#define HEARKEN_TUI_LINKSCREEN_H

#include "core/err.h"
#include "db/links.h"
#include "tui/pane.h"

struct session;

/* Cases that are parted from others for good. */
struct link_split {
	const struct case_id *part, *rest;
	size_t npart, nrest;
	const char *reason;
};

#define LINK_TWO_CASES "two cases"	/* name of the pane that holds both */

struct link_source_ops {
	/*
	 * Reads the cases and runs the model.  *l and *m are borrowed until
	 * the next read or the end of the source.
	 */
	enum rc (*read)(void *ctx, struct app *app, const struct linkage **l,
	    const struct link_model **m, struct err *e);
	/* Sign: all or none. */
	enum rc (*decide)(void *ctx, const struct link_choice *choices,
	    size_t n, struct err *e);
	enum rc (*automatic)(void *ctx, size_t *n, struct err *e);
	enum rc (*split)(void *ctx, const struct link_split *s,
	    struct err *e);
	/* What is decided and not signed; *text owned or NULL; "" drops it. */
	enum rc (*draft_save)(void *ctx, const char *text, struct err *e);
	enum rc (*draft_load)(void *ctx, char **text, struct err *e);
	/* Returns owned the screen of a case; that it is looked at is noted. */
	struct pane *(*beside)(void *ctx, const struct case_id *id,
	    struct err *e);
	bool (*may_decide)(void *ctx);
	/* Borrowed: who this is. */
	const char *(*person)(void *ctx, const struct author_id *who);
	void (*destroy)(void *ctx);	/* with the screen; may be NULL */
};
struct link_source {
	const struct link_source_ops *ops;
	void *ctx;
};

struct linkscreen_opts {
	struct link_source source;	/* goes with the screen */
	bool children;			/* begins with the linked children */
	size_t at;			/* pair or row to begin with */
	void *ctx;
	/* Which of the two is shown, and the row; may be NULL. */
	void (*moved)(void *ctx, bool children, size_t at);
};
struct pane *linkscreen_new(const struct linkscreen_opts *o);

struct place;
/* As link_screen_new(), where session_at() said that one was. */
struct pane *link_screen_at(struct session *s, const struct place *p,
    struct err *e);

#endif
