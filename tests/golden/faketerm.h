/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A terminal in memory: inputs are queued by a test, and what is painted is
 * put together from the changed cells alone, as on a real terminal.
 */
#ifndef HEARKEN_TESTS_GOLDEN_FAKETERM_H
#define HEARKEN_TESTS_GOLDEN_FAKETERM_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/cellbuf.h"
#include "tui/term.h"

struct faketerm {
	int w, h;
	struct input *queue;	/* texts owned */
	size_t n, at, cap;
	struct cellbuf screen;
	enum theme theme;
	bool running;
	size_t starts, stops, paints, full_paints;
	size_t cells;		/* painted by the last paint */
	void (*before)(void *ctx);	/* an input is given; may be NULL */
	void *before_ctx;
};

void faketerm_init(struct faketerm *ft, int w, int h);
void faketerm_release(struct faketerm *ft);
/* Borrows ft, which outlives the app. */
struct term faketerm_term(struct faketerm *ft);
void faketerm_key(struct faketerm *ft, keycode k);
void faketerm_paste(struct faketerm *ft, const char *text);
void faketerm_close(struct faketerm *ft);
void faketerm_resize(struct faketerm *ft, int w, int h);

#endif
