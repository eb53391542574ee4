/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group's session as a facilitator leads it, in front of a projector: the
 * story of the stage in hand, and until they are revealed of the answers only
 * how many there are.  Reads and signs through a door, so that a test needs
 * no store.  Whatever is signed is signed at once.
 */
#ifndef HEARKEN_TUI_GROUPSCREEN_H
#define HEARKEN_TUI_GROUPSCREEN_H

#include "core/groupwork.h"
#include "exchange/groupfile.h"
#include "tui/casework.h"
#include "tui/pane.h"

/* False stops. */
typedef bool (*group_session_fn)(const struct casefile *c,
    const struct walk *w, void *arg);

struct group_door_ops {
	/* After RC_OK both are owned, and w borrows from c. */
	enum rc (*load)(void *ctx, const struct case_id *id,
	    struct casefile *c, struct walk *w, struct err *e);
	enum rc (*append)(void *ctx, const struct entry_draft *d, size_t n,
	    struct err *e);
	/* Drafts of the kind "group-answers"; empty text drops one. */
	enum rc (*save)(void *ctx, const char *what, const char *text,
	    struct err *e);
	/* *text owned, NULL when there is none. */
	enum rc (*restore)(void *ctx, const char *what, char **text,
	    struct err *e);
	void (*drafts)(void *ctx, draft_fn fn, void *arg);
	/* Every session of the store that can be read. */
	enum rc (*sessions)(void *ctx, group_session_fn fn, void *arg,
	    struct err *e);
	/* groupfile_read() of a file. */
	enum rc (*read)(void *ctx, const char *path,
	    const struct groupfile_opts *o, const struct groupfile_sink *to,
	    struct err *e);
	/* Borrowed. */
	const char *(*person)(void *ctx, const struct author_id *who);
	bool (*may_write)(void *ctx);
	void (*destroy)(void *ctx);	/* may be NULL */
};

struct group_door {
	const struct group_door_ops *ops;
	void *ctx;
};

/* NULL with e when the session cannot be read; the door is gone then. */
struct pane *groupscreen_new(const struct group_door *door,
    const struct case_id *id, struct err *e);

#endif
