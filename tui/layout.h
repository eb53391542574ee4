/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rectangles and how a screen is divided: pure arithmetic, tested as text.
 * For every size from 1x1 the children tile the parent and never overlap; a
 * child may be empty (w or h 0), never negative and never outside.
 */
#ifndef HEARKEN_TUI_LAYOUT_H
#define HEARKEN_TUI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

#define LAYOUT_WIDE 120		/* columns from which panes stand side by side */
#define LAYOUT_MIN_W 40		/* below either, only "window too small" */
#define LAYOUT_MIN_H 10
#define LAYOUT_PANES_MAX 8

struct rect {
	int x, y, w, h;
};

bool rect_is_empty(struct rect r);
struct rect rect_intersect(struct rect a, struct rect b);
bool rect_contains(struct rect r, int x, int y);
/* r without dx columns left and right and dy rows above and below. */
struct rect rect_inset(struct rect r, int dx, int dy);

enum layout_dir {
	LAYOUT_ROWS,		/* children one below the other */
	LAYOUT_COLUMNS		/* children side by side */
};

/*
 * What a child asks for.  fixed > 0: exactly that.  Otherwise at least min,
 * and a share of what is left by weight.  Where room is short, children give
 * way from the last to the first.  If nobody has a weight, the last child
 * takes what is left.
 */
struct layout_part {
	int fixed;
	int min;
	int weight;
};

/* Fills out[0..n) so that it tiles parent in order. */
void layout_solve(struct rect parent, enum layout_dir dir,
    const struct layout_part *parts, size_t n, struct rect *out);

enum layout_shape {
	SHAPE_TOO_SMALL,	/* nothing but a sentence is shown */
	SHAPE_TABS,		/* a tab line, one pane visible */
	SHAPE_SIDE		/* side by side, a column between them */
};

/* Panes of one screen at one size. */
struct pane_layout {
	enum layout_shape shape;
	size_t n;
	struct rect tabs;			/* SHAPE_TABS: one row */
	struct rect title[LAYOUT_PANES_MAX];	/* SHAPE_SIDE: one row each */
	struct rect body[LAYOUT_PANES_MAX];	/* empty while not visible */
	struct rect gap[LAYOUT_PANES_MAX];	/* the column right of pane i */
};

/*
 * Divides parent among n <= LAYOUT_PANES_MAX panes with the given column
 * weights; focus is the pane that is visible as a tab.
 */
void layout_panes(struct rect parent, const struct layout_part *parts,
    size_t n, size_t focus, struct pane_layout *out);

/* Appends "x,y wxh" and a newline for each rectangle; for tests. */
void layout_dump(struct str *out, const struct rect *r, size_t n);

#endif
