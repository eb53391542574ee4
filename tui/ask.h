/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A short form: what is asked before a step that is done at once and becomes
 * no draft.  Lines, passphrases, one of several choices, ticks.  Enter goes
 * on to the next field and, after the last, does what the form is for; Esc
 * leaves it undone.  What is typed lives in the form alone and is wiped with
 * it.
 */
#ifndef HEARKEN_TUI_ASK_H
#define HEARKEN_TUI_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/secret.h"
#include "core/str.h"
#include "tui/pane.h"

struct app;

enum ask_type {
	ASK_LINE,
	ASK_SECRET,
	ASK_AGAIN,	/* the secret of the field before it, once more */
	ASK_CHOICE,	/* one of choices */
	ASK_TICKS	/* any number of choices */
};

struct ask_choice {
	const char *label;
	bool on;	/* chosen or ticked to begin with */
};

struct ask_field {
	enum ask_type type;
	const char *label;
	const char *help;	/* under the field in focus; NULL: nothing */
	const char *text;	/* ASK_LINE: to begin with; NULL for none */
	bool optional;
	const struct ask_choice *choices;
	size_t nchoices;
};

#define ASK_FIELDS_MAX 8

/* Copied, with all texts of fields and choices; the rest is borrowed. */
struct ask_opts {
	const char *title;	/* copied */
	const char *intro;	/* what will happen, whole; copied */
	const char *verb;	/* "let this person in": what Enter does at last */
	const char *working;	/* said while done() runs; NULL: nothing */
	const char *topic;	/* of the help */
	const struct ask_field *fields;
	size_t n;		/* 1 to ASK_FIELDS_MAX */
	void *ctx;
	/*
	 * One field, filled in, before the next is asked for.  May be NULL.
	 * On a fault it is shown under the field, which keeps the focus.
	 */
	enum rc (*check)(void *ctx, const struct pane *ask, size_t i,
	    struct err *e);
	/*
	 * Words under the field in focus, worked out anew at each change of
	 * it: what the answer so far comes to.  May be NULL.
	 */
	void (*remark)(void *ctx, const struct pane *ask, size_t i,
	    struct str *out);
	/*
	 * Text pasted into a line: true if it was taken, and the field then
	 * says instead.  May be NULL.
	 */
	bool (*pasted)(void *ctx, size_t i, const char *text, size_t n,
	    struct str *instead);
	/*
	 * All fields are good; the screen was drawn with `working`.  After
	 * RC_OK the form is popped and after() is called; else e is shown
	 * and the form stays.
	 */
	enum rc (*done)(void *ctx, struct app *app, struct pane *ask,
	    struct err *e);
	void (*after)(void *ctx, struct app *app);	/* may be NULL */
	/* Esc; the form is popped already.  May be NULL. */
	void (*left)(void *ctx, struct app *app);
	void (*destroy)(void *ctx);	/* with the form; may be NULL */
};

/* NULL and RC_NOMEM when there is no locked memory; destroy was called. */
struct pane *ask_new(const struct ask_opts *o, struct err *e);
/* The same pushed on the screens; a failure is told. */
void ask_open(struct app *app, const struct ask_opts *o);

/* The answers; borrowed until the form is gone. */
const char *ask_text(const struct pane *ask, size_t i);
const struct secret *ask_secret(const struct pane *ask, size_t i);
size_t ask_choice(const struct pane *ask, size_t i);
bool ask_ticked(const struct pane *ask, size_t i, size_t choice);
/* Empties a field and goes to it: the answer was refused. */
void ask_clear(struct pane *ask, size_t i);

#endif
