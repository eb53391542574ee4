/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the lists of bundles, for bundlescreen.c, bundlelist_draw.c
 * and bundleforms.c only.
 */
#ifndef HEARKEN_TUI_BUNDLESCREEN_IMPL_H
#define HEARKEN_TUI_BUNDLESCREEN_IMPL_H

#include "core/err.h"
#include "core/str.h"
#include "tui/app.h"
#include "tui/bundlescreen.h"

/* A bundle as the source told it; texts and cases owned. */
struct bundleline {
	struct bundle_row r;
	char *who, *file, *selection;
	struct case_id *cases;
};

struct bundlelist {
	struct pane base;
	struct bundlescreen_opts o;
	enum bundle_side side;
	struct bundleline *list;
	size_t n, cap;
	struct scroll scroll;
	struct err fault;	/* why nothing is listed */
	int64_t now;		/* for which the rows hold */
	struct str path;	/* of the bundle to be looked into */
	struct str choice;	/* completion, borrowed by the prompt */
	char title[48];
	int w, h;
};

/* NULL when nothing is listed. */
const struct bundleline *bundlelist_row(const struct bundlelist *b);

/* bundlelist_draw.c */
int bundlelist_foot_rows(const struct bundlelist *b);
int bundlelist_top_rows(const struct bundlelist *b);
void bundlelist_draw(const struct pane *p, const struct view *v,
    bool focused);

/* bundleforms.c: each opens its form over the screen. */
void bundleform_take(struct bundlelist *b, struct app *app);
void bundleform_receipt(struct bundlelist *b, struct app *app,
    const struct bundleline *of);
void bundleform_recall(struct bundlelist *b, struct app *app,
    const struct bundleline *of);

#endif
