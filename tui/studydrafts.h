/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Studies made from a case: the list of them, and one read whole, its report
 * first, to be signed, given back or written to a file.  Reads through a
 * source; knows no store.
 */
#ifndef HEARKEN_TUI_STUDYDRAFTS_H
#define HEARKEN_TUI_STUDYDRAFTS_H

#include "core/instrument.h"
#include "db/studydrafts.h"
#include "tui/pane.h"

struct study_sink {
	study_draft_fn fn;
	void *ctx;
};

struct study_source {
	void *ctx;
	enum rc (*rows)(void *ctx, const struct study_sink *to,
	    struct err *e);
	/* Borrowed. */
	const char *(*person)(void *ctx, const struct author_id *who);
	/* Borrowed; NULL when no checklist of the store has the id. */
	const struct instrument *(*instrument)(void *ctx, const char *id);
	enum rc (*decide)(void *ctx, const struct entry_id *id, bool sign,
	    const char *reason, struct err *e);
	enum rc (*write)(void *ctx, const struct entry_id *id,
	    const char *path, struct err *e);
};

struct pane *studylist_new(const struct study_source *source);

#endif
