/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A form made from a kind's table of fields: labels, help of the field in
 * focus, choices, dates checked as they are typed, long text in the editor.
 * Gives the entry's body as JSON when it is kept; writes itself down as text
 * after every change, so that nothing typed is ever lost.
 */
#ifndef HEARKEN_TUI_FORM_H
#define HEARKEN_TUI_FORM_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/date.h"
#include "core/err.h"
#include "core/kinds.h"
#include "tui/app.h"
#include "tui/pane.h"

#define FORM_LOOK_MAX 400

/* What is said of a field while the form is filled in. */
enum form_say {
	FORM_NOTHING,
	FORM_CALM,	/* it holds */
	FORM_HINT,	/* worth a look; it may be kept */
	FORM_FAULT,	/* not kept like this */
	FORM_CLOSED	/* the field is not asked, and why */
};

struct form_look {
	enum form_say say;
	char text[FORM_LOOK_MAX];	/* UTF-8 */
};

struct form_opts {
	const struct kind *kind;	/* borrowed, lives as long as the form */
	const char *title;		/* NULL: the kind's label; copied */
	const char *intro;		/* above the fields; NULL: nothing; copied */
	const char *verb;		/* what F2 does; NULL: keeps; borrowed */
	const char *topic;		/* help topic; NULL: the kind's name; borrowed */
	const json_t *body;		/* to begin with; borrowed, may be NULL */
	const char *on;			/* date to begin with, as typed; may be NULL */
	/* Texts of one line to begin with are suggestions: typing replaces. */
	bool suggest;
	void *ctx;
	/* After every change: form_save() and put it away.  May be NULL. */
	void (*changed)(void *ctx, const struct pane *form);
	/*
	 * F2 and all fields are good: body and on as form_body, form_on.
	 * Borrowed.  On RC_OK the form is popped; else e is shown.
	 */
	enum rc (*keep)(void *ctx, struct app *app, const json_t *body,
	    const struct span *on, struct err *e);
	/* F3: a value out of a list of its own; form_set().  May be NULL. */
	void (*pick)(void *ctx, struct app *app, struct pane *form);
	/* Esc: left without keeping; the draft stays.  May be NULL. */
	void (*left)(void *ctx, struct app *app);
	/*
	 * Choices of a FIELD_ENTRY field: the i-th as id and label, borrowed;
	 * false after the last.  NULL: the id is shown and kept.
	 */
	bool (*entry_choice)(void *ctx, const struct field *f, size_t i,
	    struct code *out);
	/*
	 * Values that stand side by side for a field (NULL: the date): the
	 * i-th, owned by the form, and the words for it with who says so,
	 * appended; false after the last.  From two on the field begins empty
	 * and is asked for: Left and Right take one or the other, or that it
	 * is not known; typing gives another.  Asked by form_new.  May be NULL.
	 */
	bool (*rival)(void *ctx, const struct field *f, size_t i,
	    json_t **value, struct str *words);
	/*
	 * What is to be said of a field (NULL: the date) as the body stands:
	 * asked after every change.  out is empty.  May be NULL.
	 */
	void (*look)(void *ctx, const struct field *f, const json_t *body,
	    struct form_look *out);
	void (*destroy)(void *ctx);	/* with the form; may be NULL */
};

/*
 * Hidden fields keep the value they came with.  FIELD_LINES is edited as
 * text, one item a line; FIELD_ANSWERS and FIELD_LIST are shown as they came
 * and not edited here.  Empty fields are left out of the body.
 */
struct pane *form_new(const struct form_opts *o);

/*
 * Gives a field another value, as if it had been typed; a code chooses.  No
 * field of this name: nothing.
 */
void form_set(struct pane *form, const char *field, const char *value);
/* Returns owned the body as it stands, good or not. */
json_t *form_body(const struct pane *form);
/*
 * Checks date, fields and kind_check.  On a fault the focus is at the field
 * and e says what was expected.
 */
NODISCARD enum rc form_check(struct pane *form, struct err *e);
/* The date; span_none() while it is empty or not understood. */
struct span form_on(const struct pane *form);

/* Puts a hidden value in, in place of what a draft brought; takes value. */
void form_put(struct pane *form, const char *field, json_t *value);

/* Appends the form as typed, wrong dates included, as JSON on one line. */
void form_save(const struct pane *form, struct str *out);
/* Reads what form_save wrote; values of fields that are no more stay in the body. */
NODISCARD enum rc form_restore(struct pane *form, const char *text,
    struct err *e);

#endif
