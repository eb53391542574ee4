/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Help: a topic as a screen, and the list of topics.  Topics are read
 * through a source; the keys of the screen that asked stand at the end of
 * each topic, made from the key table.
 */
#ifndef HEARKEN_TUI_HELPSCREEN_H
#define HEARKEN_TUI_HELPSCREEN_H

#include "core/err.h"
#include "core/str.h"
#include "tui/keys.h"
#include "tui/pane.h"

#define TOPIC_MAX 80	/* bytes of a topic's name, with its NUL */

typedef void (*help_topic_fn)(const char *topic, const char *title,
    void *ctx);
struct help_source_ops {
	/* Appends the topic in the markup of markup.h. */
	enum rc (*load)(void *ctx, const char *topic, struct str *out,
	    struct err *e);
	/* Tells all topics in the order of the list. */
	enum rc (*each)(void *ctx, help_topic_fn fn, void *fn_ctx,
	    struct err *e);
};
struct help_source {
	const struct help_source_ops *ops;
	void *ctx;
};

/*
 * Files of help_dir/topics and, as "indicator:B1", the items of the adopted
 * instrument.  Borrows s.
 */
struct session;
struct help_source help_source_session(struct session *s);

/* topic NULL: the keys alone.  c: the context whose keys are shown. */
struct pane *helpscreen_new(const struct help_source *src, const char *topic,
    enum context c);
struct pane *helptopics_new(const struct help_source *src);

#endif
