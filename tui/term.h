/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal as the rest of the program sees it: keys come in, changed
 * cells go out.  An interface, so that tests give a terminal in memory;
 * term.c is the real one and the only user of curses.
 */
#ifndef HEARKEN_TUI_TERM_H
#define HEARKEN_TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "core/err.h"
#include "tui/cellbuf.h"
#include "tui/keys.h"
#include "tui/style.h"

enum input_type {
	INPUT_NONE = 0,		/* nothing waits */
	INPUT_KEY,
	INPUT_PASTE,		/* text between the marks of a bracketed paste */
	INPUT_RESIZE,		/* ask size() again */
	INPUT_CLOSED		/* the terminal is gone */
};

struct input {
	enum input_type type;
	keycode key;
	const char *text;	/* INPUT_PASTE: borrowed until the next read */
	size_t n;
};

struct term_ops {
	/* Takes the terminal over; may be called again after stop. */
	enum rc (*start)(void *ctx, struct err *e);
	/* Gives it back as it was, its screen cleared of ours.  Harmless twice. */
	void (*stop)(void *ctx);
	void (*size)(void *ctx, int *w, int *h);
	/* A descriptor for poll(), or -1. */
	int (*fd)(void *ctx);
	/* Never waits. */
	void (*read)(void *ctx, struct input *in);
	/* Paints what differs; old NULL paints all. */
	void (*paint)(void *ctx, const struct cellbuf *old,
	    const struct cellbuf *now);
	void (*set_theme)(void *ctx, enum theme t);
	void (*bell)(void *ctx);
	/*
	 * Wipes every copy of a picture, and what the terminal can scroll back
	 * to; stays started unless it fails.  May be NULL.
	 */
	enum rc (*forget)(void *ctx, struct err *e);
	void (*destroy)(void *ctx);
};

struct term {
	const struct term_ops *ops;
	void *ctx;
};

struct term_opts {
	enum theme theme;
	bool ascii;		/* lines and marks in ASCII, whatever the charset */
};

/*
 * The process's own terminal.  RC_USAGE when stdin or stdout is none, or when
 * TERM names one that cannot place the cursor; the message says what to do.
 * LINES and COLUMNS are ignored: the kernel knows the size.  At most one.
 */
NODISCARD enum rc term_curses(const struct term_opts *o, struct term *out,
    struct err *e);

/*
 * Gives the terminal back without curses: for exit() from anywhere and for
 * signals that end the program.  Async-signal-safe; harmless when the
 * terminal is not taken.
 */
void term_rescue(void);

/* True if the charset of the locale has the character. */
bool term_can_show(wchar_t wc);

/*
 * The nearest ASCII for a cluster of box drawing or decoration, of the same
 * number of columns; NULL if there is none.
 */
const char *term_ascii(const char *bytes, size_t n);

#endif
