/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form by which something leaves the store: what, as what, with or
 * without a password, into which file, and why; then the reference is typed.
 * A password made for it is shown once, on a screen of its own.  Knows no
 * store; what it does is handed in.
 */
#ifndef HEARKEN_TUI_LEAVEFORM_H
#define HEARKEN_TUI_LEAVEFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/secret.h"
#include "core/str.h"
#include "exchange/leave.h"

struct app;

/* Something that may leave. */
struct leave_item {
	const char *label;	/* "The whole case" */
	const char *stem;	/* of the file suggested: "case" */
	bool paper;		/* only as text or pages */
};

struct leave_answer {
	size_t item;
	enum leave_format format;
	bool sealed;
	const char *path;	/* with its ending */
	const char *reason;
};

struct leaveform_opts {
	const char *reference;	/* to be typed; copied */
	const struct leave_item *items;	/* copied */
	size_t nitems;		/* 1 to LEAVE_ITEMS_MAX */
	const char *remark;	/* what will not be in it; NULL: nothing */
	void *ctx;
	/* RC_OK if this run may make a file there. */
	enum rc (*may_make)(void *ctx, const char *path, struct err *e);
	/*
	 * Does it.  Sealed: a password is made and left in *password.
	 * unknown: characters that no font has, see paper_pdf().
	 */
	enum rc (*leave)(void *ctx, const struct leave_answer *a,
	    struct secret *password, struct str *unknown, struct err *e);
	void (*destroy)(void *ctx);	/* with the form; may be NULL */
};

#define LEAVE_ITEMS_MAX 4

void leaveform_open(struct app *app, const struct leaveform_opts *o);

#endif
