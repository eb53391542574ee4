/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children of several agencies in memory, behind the source of collation. */
#ifndef HEARKEN_TESTS_GOLDEN_COLLATIONFAKE_H
#define HEARKEN_TESTS_GOLDEN_COLLATIONFAKE_H

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/collation.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"

struct collation_fake {
	struct desk *desk;	/* of the program */
	char asked[512];	/* what the screens asked for, in words */
	bool none, failing, parted, read_only;
	bool lacking;		/* the right to see what tells children */
	char wanting[200];	/* why what a report needs is not there */
};

/* The one that the source below answers from. */
struct collation_fake *collation_fake(void);
/* cmocka setup: as it was before any test. */
int collation_fake_fresh(void **state);
struct collation_source collation_fake_source(void);
void fake_open(void *ctx, struct app *app, const struct case_id *id);
void fake_take(void *ctx, struct app *app);
void fake_links(void *ctx, struct app *app);
void fake_joined(void *ctx, struct app *app);
void fake_report(void *ctx, struct app *app, const char *name);
/* The screen on a window of that size, after what it puts off. */
struct golden *fake_shown(struct pane *p, const int size[2]);

#endif
