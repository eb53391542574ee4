/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The picture of the screen: a grid of cells, drawn into through views that
 * clip.  All text goes in through utf8_visible, so that no cell can hold a
 * control byte; this is the only way in.  Knows nothing of terminals.
 *
 * A cell holds one grapheme cluster.  A wide one takes two cells: the second
 * has width 0.  Half of a wide cluster is never shown: at an edge, or when
 * its other half is overwritten, it becomes a space.
 */
#ifndef HEARKEN_TUI_CELLBUF_H
#define HEARKEN_TUI_CELLBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/str.h"
#include "tui/layout.h"
#include "tui/style.h"

#ifndef CELL_INLINE
#define CELL_INLINE 13		/* bytes; tests build with less */
#endif
#define CELL_INTERNED 255	/* len of a cell whose bytes are in the pool */

struct cell {
	char bytes[CELL_INLINE];	/* or an index into the pool */
	uint8_t len;
	uint8_t width;		/* 1, 2, or 0 for the right half of a wide one */
	uint8_t style;		/* enum style */
};

struct cellbuf {
	int w, h;
	struct cell *cells;	/* h rows of w */
	char **pool;		/* clusters longer than CELL_INLINE */
	size_t npool, cappool;
	bool doubled;		/* lines of a store made for training */
	bool cursor_on;
	int cursor_x, cursor_y;
	struct str scratch;	/* filtered text; wiped with the rest */
};

/* w and h at least 0; all cells blank. */
void cellbuf_init(struct cellbuf *b, int w, int h);
void cellbuf_release(struct cellbuf *b);
/* Wipes and changes the size. */
void cellbuf_resize(struct cellbuf *b, int w, int h);
/*
 * All blank in STYLE_NORMAL, cursor off, lines single; the old bytes are
 * overwritten.
 */
void cellbuf_wipe(struct cellbuf *b);
/* Makes dst (any size) equal to src. */
void cellbuf_copy(struct cellbuf *dst, const struct cellbuf *src);

/* x and y inside the buffer. */
const struct cell *cellbuf_at(const struct cellbuf *b, int x, int y);
/* The cluster of a cell, *n bytes, borrowed; 0 bytes for a right half. */
const char *cellbuf_bytes(const struct cellbuf *b, const struct cell *c,
    size_t *n);

/* Called for n neighbouring cells of row y, from column x, that differ. */
typedef void (*cellbuf_run_fn)(void *ctx, const struct cellbuf *now, int y,
    int x, int n);
/*
 * Tells the runs in which now differs from old, never cutting a wide
 * cluster.  With old NULL or of another size every row is one run.
 */
void cellbuf_diff(const struct cellbuf *old, const struct cellbuf *now,
    cellbuf_run_fn fn, void *ctx);

/* Appends the rows as text, trailing spaces dropped, a newline after each. */
void cellbuf_rows(const struct cellbuf *b, struct str *out);
/* The same with one style letter a cell, trailing '.' dropped. */
void cellbuf_styles(const struct cellbuf *b, struct str *out);

/*
 * A window on a buffer.  Coordinates below are the view's own: 0,0 is its
 * upper left corner.  What falls outside is dropped.
 */
struct view {
	struct cellbuf *buf;	/* borrowed */
	struct rect area;	/* in the buffer; what 0,0 and w, h mean */
	struct rect clip;	/* in the buffer; area cut by all parents */
};

struct view view_of(struct cellbuf *b);
/* A window on a part of v; r may reach outside v. */
struct view view_sub(const struct view *v, struct rect r);
int view_w(const struct view *v);
int view_h(const struct view *v);

/* Sets a whole rectangle to spaces in a style. */
void view_fill(const struct view *v, struct rect r, enum style s);
/* Changes the style of what is there: a selected row, a match. */
void view_restyle(const struct view *v, struct rect r, enum style s);
/* One row of text, newlines shown as pictures; returns the columns it took. */
int view_put(const struct view *v, int x, int y, enum style s,
    const char *text);
int view_putf(const struct view *v, int x, int y, enum style s,
    const char *fmt, ...) PRINTF_LIKE(5, 6);
/* As view_put, but cut with an ellipsis at the view's right edge. */
int view_fit(const struct view *v, int x, int y, enum style s,
    const char *text);
/*
 * Text broken into lines over the view's whole width, the first line on row
 * y; rows above the view are skipped, so y may be negative for scrolling.
 * Returns the rows it takes, shown or not.
 */
int view_wrap(const struct view *v, int y, enum style s, const char *text);
/* The rows view_wrap would take in w columns. */
int wrap_rows(const char *text, int w);
/*
 * Lines of box drawing; the terminal backend knows the ASCII for them.  With
 * buf->doubled they are double, and a border is of STYLE_TRAINING: on no
 * screen can practice be taken for work, nor without colour.
 */
void view_hline(const struct view *v, int x, int y, int n, enum style s);
void view_vline(const struct view *v, int x, int y, int n, enum style s);
/* A frame just inside the view, with a title in its upper line if any. */
void view_box(const struct view *v, enum style s, const char *title);
/* Puts the hardware cursor there (if inside) and shows it. */
void view_cursor(const struct view *v, int x, int y);

/* A place that moves on as text is put: runs of different styles. */
struct pen {
	const struct view *v;
	int x, y;
};
void pen_put(struct pen *p, enum style s, const char *text);
void pen_put_n(struct pen *p, enum style s, const char *text, size_t n);

#endif
