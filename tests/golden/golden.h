/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Goldens: keys in, rows and styles out, compared with a text file.
 *
 *	struct golden *g = golden_new(NULL, 80, 24);
 *	app_push(golden_app(g), list_screen_new(&source));
 *	golden_keys(g, "j j Space 'typed text' Enter");
 *	golden_check(g, "list-ticked");
 *	golden_free(g);
 *
 * compares with tests/golden/list-ticked.80x24.txt; UPDATE_GOLDEN=1 writes
 * it.  The clock stands at 2026-11-22 14:05 in London until golden_pass().
 * In a file, rows come first, then after ---- one letter a cell for the
 * style (tui/style.h); trailing spaces and dots are left out.
 */
#ifndef HEARKEN_TESTS_GOLDEN_GOLDEN_H
#define HEARKEN_TESTS_GOLDEN_GOLDEN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/clock.h"
#include "tests/golden/faketerm.h"
#include "tui/app.h"

#define GOLDEN_NOW INT64_C(1795356300000)	/* 2026-11-22 14:05 UTC */

struct golden;

/* o may be NULL; its clock is replaced.  Starts the app. */
struct golden *golden_new(const struct app_opts *o, int w, int h);
void golden_free(struct golden *g);
struct app *golden_app(struct golden *g);
struct faketerm *golden_term(struct golden *g);
const struct clock *golden_clock(struct golden *g);

/*
 * Keys by name, separated by spaces, as in keys.def; 'text' is typed a
 * character at a time.  A wrong name fails the test.  Each key is a turn.
 */
void golden_keys(struct golden *g, const char *keys);
void golden_paste(struct golden *g, const char *text);
void golden_resize(struct golden *g, int w, int h);
/* Lets time pass, then makes one turn. */
void golden_pass(struct golden *g, int64_t ms);
/* The machine sleeps for so long, and wakes. */
void golden_sleep(struct golden *g, int64_t ms);
/* The same in the midst of a turn, until the next key comes. */
void golden_sleep_till_key(struct golden *g, int64_t ms);

/* Fails the test with a diff unless the screen is as the file says. */
void golden_check(struct golden *g, const char *name);
/* Fails unless the screen's rows hold, or do not hold, the text. */
void golden_shows(struct golden *g, const char *text);
void golden_hides(struct golden *g, const char *text);
/* Compares any text with tests/golden/NAME.txt in the same way. */
void golden_text(const char *name, const char *got);

#endif
