/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the screen on which a study is made of a case; for
 * deidentscreen.c, deidentscreen_draw.c and deidentmake.c only.
 */
#ifndef HEARKEN_TUI_DEIDENTSCREEN_IMPL_H
#define HEARKEN_TUI_DEIDENTSCREEN_IMPL_H

#include "tui/deidentscreen.h"
#include "tui/lines.h"

struct deidentscreen {
	struct pane base;
	struct deident_source source;
	struct deident d;
	char *reference;
	struct lines lines;	/* rows: what is replaced, then the lines */
	size_t rewriting;	/* the line in the editor */
	struct str typed;	/* the draft of the line in the editor */
};

/* deidentscreen_draw.c */
void deident_fill(struct deidentscreen *s);
/* "Looks like a name: "Foo"; looks like a number: "07"" */
void deident_doubt_words(const struct doubt_found *ds, size_t n,
    const char *text, struct str *out);
const char *ident_words(enum ident_type t);

/* deidentmake.c: asks for what a case cannot tell, and makes the study. */
void deident_make(struct deidentscreen *s, struct app *app);

#endif
