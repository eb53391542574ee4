/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/layout.h"

#include <string.h>

bool
rect_is_empty(struct rect r)
{
	return r.w <= 0 || r.h <= 0;
}

static int
max_int(int a, int b)
{
	return a > b ? a : b;
}

static int
min_int(int a, int b)
{
	return a < b ? a : b;
}

struct rect
rect_intersect(struct rect a, struct rect b)
{
	struct rect r;

	r.x = max_int(a.x, b.x);
	r.y = max_int(a.y, b.y);
	r.w = max_int(0, min_int(a.x + a.w, b.x + b.w) - r.x);
	r.h = max_int(0, min_int(a.y + a.h, b.y + b.h) - r.y);
	return r;
}

bool
rect_contains(struct rect r, int x, int y)
{
	return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

struct rect
rect_inset(struct rect r, int dx, int dy)
{
	struct rect in = {r.x + dx, r.y + dy, r.w - 2 * dx, r.h - 2 * dy};

	return rect_intersect(r, in);
}

static int *
extent_of(struct rect *r, enum layout_dir dir)
{
	return dir == LAYOUT_ROWS ? &r->h : &r->w;
}

/* Gives every child what it asks for, from the first on; returns the rest. */
static int
give_wanted(int room, enum layout_dir dir, const struct layout_part *parts,
    size_t n, struct rect *out)
{
	for (size_t i = 0; i < n; i++) {
		int want = parts[i].fixed > 0 ? parts[i].fixed :
		    max_int(0, parts[i].min);
		int got = min_int(want, room);

		*extent_of(&out[i], dir) = got;
		room -= got;
	}
	return room;
}

static int
weight_of(const struct layout_part *p)
{
	return p->fixed > 0 ? 0 : max_int(0, p->weight);
}

/*
 * Shares room so that the sizes (not what is added to them) come close to
 * the weights.  One cell at a time to the child that is furthest behind:
 * the order of equals is the order of the children, and nothing is lost to
 * rounding.  A terminal has few hundred cells in a row.
 */
static void
share_room(int room, enum layout_dir dir, const struct layout_part *parts,
    size_t n, struct rect *out)
{
	while (room-- > 0) {
		size_t best = n;

		for (size_t i = 0; i < n; i++) {
			long mine, theirs;

			if (weight_of(&parts[i]) == 0)
				continue;
			if (best == n) {
				best = i;
				continue;
			}
			mine = (long)*extent_of(&out[i], dir) *
			    weight_of(&parts[best]);
			theirs = (long)*extent_of(&out[best], dir) *
			    weight_of(&parts[i]);
			if (mine < theirs)
				best = i;
		}
		(*extent_of(&out[best == n ? n - 1 : best], dir))++;
	}
}

void
layout_solve(struct rect parent, enum layout_dir dir,
    const struct layout_part *parts, size_t n, struct rect *out)
{
	int at = dir == LAYOUT_ROWS ? parent.y : parent.x;
	int rest;

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		out[i] = parent;
	rest = give_wanted(max_int(0, *extent_of(&parent, dir)), dir, parts, n,
	    out);
	share_room(rest, dir, parts, n, out);
	for (size_t i = 0; i < n; i++) {
		if (dir == LAYOUT_ROWS)
			out[i].y = at;
		else
			out[i].x = at;
		at += *extent_of(&out[i], dir);
	}
}

static void
layout_tabs(struct rect parent, size_t focus, struct pane_layout *out)
{
	static const struct layout_part rows[2] = {{1, 0, 0}, {0, 0, 1}};
	struct rect r[2];

	out->shape = SHAPE_TABS;
	layout_solve(parent, LAYOUT_ROWS, rows, 2, r);
	out->tabs = r[0];
	out->body[focus] = r[1];
}

static void
layout_side(struct rect parent, const struct layout_part *parts, size_t n,
    struct pane_layout *out)
{
	static const struct layout_part rows[2] = {{1, 0, 0}, {0, 0, 1}};
	struct layout_part cols[2 * LAYOUT_PANES_MAX];
	struct rect r[2 * LAYOUT_PANES_MAX], split[2];
	size_t ncols = 2 * n - 1;

	for (size_t i = 0; i < ncols; i++)
		cols[i] = i % 2 == 0 ? parts[i / 2] :
		    (struct layout_part){1, 0, 0};
	layout_solve(parent, LAYOUT_COLUMNS, cols, ncols, r);
	out->shape = SHAPE_SIDE;
	for (size_t i = 0; i < n; i++) {
		layout_solve(r[2 * i], LAYOUT_ROWS, rows, 2, split);
		out->title[i] = split[0];
		out->body[i] = split[1];
		if (i + 1 < n)
			out->gap[i] = r[2 * i + 1];
	}
}

void
layout_panes(struct rect parent, const struct layout_part *parts, size_t n,
    size_t focus, struct pane_layout *out)
{
	memset(out, 0, sizeof(*out));
	out->n = n;
	if (n == 0 || rect_is_empty(parent))
		return;
	if (parent.w >= LAYOUT_WIDE)
		layout_side(parent, parts, n, out);
	else
		layout_tabs(parent, focus, out);
}

void
layout_dump(struct str *out, const struct rect *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		str_add_fmt(out, "%d,%d %dx%d\n", r[i].x, r[i].y, r[i].w,
		    r[i].h);
}
