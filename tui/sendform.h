/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form by which a case, or a part of it, leaves as a sealed bundle: to
 * whom, which part, what for, on which basis, until when, into which file;
 * then the reference and whom it goes to are typed.
 */
#ifndef HEARKEN_TUI_SENDFORM_H
#define HEARKEN_TUI_SENDFORM_H

#include "tui/abroad.h"
#include "tui/bundles.h"
#include "tui/casework.h"

struct app;

struct sendform_opts {
	struct bundle_source source;
	struct abroad_source people;
	const struct casework *w;	/* borrowed until the form is gone */
	void *ctx;
	/* It is sent: the case has an entry more. */
	void (*sent)(void *ctx, struct app *app);
};

/* Says how to begin instead when nobody elsewhere is known. */
void sendform_open(struct app *app, const struct sendform_opts *o);

#endif
