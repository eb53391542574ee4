/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The gate before a case: open for those who may, a reason asked of those
 * whom a restriction leaves out, shut for roles that read no cases.  Knows
 * no store; what is behind it is handed in.
 */
#ifndef HEARKEN_TUI_GATE_H
#define HEARKEN_TUI_GATE_H

#include "core/entry.h"
#include "core/err.h"
#include "db/watch.h"

struct app;

struct gate {
	void *ctx;
	/* *names: owned, "A, B or C" who are named, or NULL. */
	enum rc (*door)(void *ctx, const struct case_id *id, enum door *out,
	    char **names, struct err *e);
	enum rc (*break_glass)(void *ctx, const struct case_id *id,
	    const char *reason, struct err *e);
	/* It may be shown now: shows it, and notes the look before. */
	void (*show)(void *ctx, struct app *app, const struct case_id *id);
};

/* Copies g. */
void gate_open(struct app *app, const struct gate *g,
    const struct case_id *id);

#endif
