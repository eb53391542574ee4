/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Search before create: a name or reference is typed, the cases that match
 * are shown, and only then can a new one be opened, so that one young person
 * does not get two files.  The pane reads through a source; what opening and
 * creating mean is handed in.
 */
#ifndef HEARKEN_TUI_NEWCASE_H
#define HEARKEN_TUI_NEWCASE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/entry.h"
#include "tui/caserows.h"
#include "tui/pane.h"

struct session;

struct newcase_opts {
	struct case_source source;
	const char *text;	/* to begin with; NULL for none */
	void *ctx;
	/* Instead of this screen. */
	void (*open)(void *ctx, struct app *app, const struct case_id *id);
	/* Over this screen: the form, for what was typed. */
	void (*create)(void *ctx, struct app *app, const char *text);
	/* The form as it was left, and when it was kept; false: none was. */
	bool (*has_draft)(void *ctx, int64_t *saved);
	void (*go_on)(void *ctx, struct app *app);
	/* Entered, first or again; true when it moved on to another screen. */
	bool (*entered)(void *ctx, struct app *app, const char *text);
	/*
	 * What was searched for was used or left, once for the same words;
	 * n cases were shown.  app is NULL when the store is being locked.
	 * False: it could not be noted, so it is not gone on with.  May be
	 * NULL.
	 */
	bool (*searched)(void *ctx, struct app *app, const char *words,
	    size_t n);
	void (*destroy)(void *ctx);	/* with the pane; may be NULL */
};
struct pane *newcase_new(const struct newcase_opts *o);

/*
 * NULL when cases may be opened in the session's store; else why not and what
 * to do, in words.
 */
const char *newcase_refusal(const struct session *s);
/* The same on the session's store.  text NULL: nothing typed yet. */
struct pane *newcase_screen_new(struct session *s, const char *text);
/* Opens the form over it, from its draft; after a lock. */
void newcase_return(struct pane *screen, struct app *app);

#endif
