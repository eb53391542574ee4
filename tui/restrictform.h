/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form by which a supervisor restricts a case to named people, names
 * others, or lifts it.  Knows no store; what it does is handed in.
 */
#ifndef HEARKEN_TUI_RESTRICTFORM_H
#define HEARKEN_TUI_RESTRICTFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/entry.h"
#include "core/err.h"
#include "db/watch.h"

struct app;

/* Somebody who may be named. */
struct restrict_person {
	const char *name;
	bool named;	/* now, or to begin with */
};

struct restrict_opts {
	struct case_id id;
	const char *reference;	/* copied */
	bool restricted;	/* it is, so it may be lifted */
	const char *reason;	/* of the restriction in force; NULL for none */
	int32_t review;		/* suggested day */
	int32_t today;
	const struct restrict_person *people;	/* copied */
	size_t npeople;
	void *ctx;
	enum rc (*restrict_)(void *ctx, const struct restriction *r,
	    struct err *e);
	/* It is done: read the case again.  May be NULL. */
	void (*changed)(void *ctx, struct app *app);
};

void restrictform_open(struct app *app, const struct restrict_opts *o);

#endif
