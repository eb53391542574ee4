/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
expect(struct rect parent, enum layout_dir dir,
    const struct layout_part *parts, size_t n, const char *want)
{
	struct rect r[8];
	struct str got;

	str_init(&got);
	layout_solve(parent, dir, parts, n, r);
	layout_dump(&got, r, n);
	assert_string_equal(got.s, want);
	str_release(&got);
}

static void
examples(void **state)
{
	static const struct layout_part rows[3] = {
		{0, 1, 1}, {1, 0, 0}, {1, 0, 0}
	};
	static const struct layout_part cols[3] = {
		{0, 1, 4}, {0, 1, 3}, {0, 1, 3}
	};
	static const struct layout_part unweighted[2] = {{3, 0, 0}, {4, 0, 0}};
	static const struct layout_part mins[2] = {{0, 20, 1}, {0, 0, 1}};

	(void)state;
	expect((struct rect){0, 0, 80, 24}, LAYOUT_ROWS, rows, 3,
	    "0,0 80x22\n0,22 80x1\n0,23 80x1\n");
	expect((struct rect){0, 0, 80, 2}, LAYOUT_ROWS, rows, 3,
	    "0,0 80x1\n0,1 80x1\n0,2 80x0\n");
	expect((struct rect){5, 7, 100, 3}, LAYOUT_COLUMNS, cols, 3,
	    "5,7 40x3\n45,7 30x3\n75,7 30x3\n");
	expect((struct rect){0, 0, 10, 10}, LAYOUT_ROWS, unweighted, 2,
	    "0,0 10x3\n0,3 10x7\n");
	expect((struct rect){0, 0, 30, 1}, LAYOUT_COLUMNS, mins, 2,
	    "0,0 20x1\n20,0 10x1\n");
	expect((struct rect){0, 0, 50, 1}, LAYOUT_COLUMNS, mins, 2,
	    "0,0 25x1\n25,0 25x1\n");
}

/* A small generator with a fixed seed: the same cases in every run. */
static unsigned
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void
check_tiles(struct rect parent, enum layout_dir dir, const struct rect *r,
    size_t n)
{
	int at = dir == LAYOUT_ROWS ? parent.y : parent.x;
	int end = at + (dir == LAYOUT_ROWS ? parent.h : parent.w);

	for (size_t i = 0; i < n; i++) {
		assert_true(r[i].w >= 0 && r[i].h >= 0);
		if (dir == LAYOUT_ROWS) {
			assert_int_equal(r[i].y, at);
			assert_int_equal(r[i].x, parent.x);
			assert_int_equal(r[i].w, parent.w);
			at += r[i].h;
		} else {
			assert_int_equal(r[i].x, at);
			assert_int_equal(r[i].y, parent.y);
			assert_int_equal(r[i].h, parent.h);
			at += r[i].w;
		}
	}
	assert_int_equal(at, end);
}

/* Whatever is asked for, the children tile the parent, down to nothing. */
static void
children_tile_the_parent(void **state)
{
	uint32_t seed = 20261122;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct layout_part parts[8];
		struct rect r[8], parent;
		size_t n = 1 + next(&seed) % 8;
		enum layout_dir dir = next(&seed) % 2 ? LAYOUT_ROWS :
		    LAYOUT_COLUMNS;

		parent = (struct rect){(int)(next(&seed) % 9),
		    (int)(next(&seed) % 9), (int)(next(&seed) % 200),
		    (int)(next(&seed) % 60)};
		for (size_t k = 0; k < n; k++)
			parts[k] = (struct layout_part){
			    (int)(next(&seed) % 3 ? 0 : next(&seed) % 30),
			    (int)(next(&seed) % 20), (int)(next(&seed) % 5)};
		layout_solve(parent, dir, parts, n, r);
		check_tiles(parent, dir, r, n);
	}
}

static void
mark(unsigned char *hit, struct rect parent, struct rect r)
{
	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++) {
			assert_true(rect_contains(parent, x, y));
			hit[(y - parent.y) * parent.w + x - parent.x]++;
		}
}

/* Titles, bodies, gaps and tabs cover each cell exactly once. */
static void
panes_tile_the_screen(void **state)
{
	static const struct layout_part parts[3] = {
		{0, 1, 4}, {0, 1, 3}, {0, 1, 3}
	};

	(void)state;
	for (int w = 1; w < 200; w++) {
		for (int h = 1; h < 50; h += 3) {
			struct rect all = {2, 1, w, h};
			struct pane_layout l;
			unsigned char *hit = calloc((size_t)(w * h), 1);

			layout_panes(all, parts, 3, 1, &l);
			mark(hit, all, l.tabs);
			for (size_t i = 0; i < 3; i++) {
				mark(hit, all, l.title[i]);
				mark(hit, all, l.body[i]);
				mark(hit, all, l.gap[i]);
			}
			for (int i = 0; i < w * h; i++)
				assert_int_equal(hit[i], 1);
			free(hit);
		}
	}
}

static void
side_by_side_from_120(void **state)
{
	static const struct layout_part parts[3] = {
		{0, 1, 4}, {0, 1, 3}, {0, 1, 3}
	};
	struct rect r = {0, 0, 119, 22};
	struct pane_layout l;

	(void)state;
	layout_panes(r, parts, 3, 2, &l);
	assert_int_equal(l.shape, SHAPE_TABS);
	assert_true(rect_is_empty(l.body[0]));
	assert_int_equal(l.body[2].h, 21);
	r.w = 120;
	layout_panes(r, parts, 3, 2, &l);
	assert_int_equal(l.shape, SHAPE_SIDE);
	for (size_t i = 0; i < 3; i++)
		assert_true(l.body[i].w >= 35);
}

static void
rectangles(void **state)
{
	struct rect a = {0, 0, 10, 5}, b = {8, 3, 10, 10}, c = {20, 0, 1, 1};
	struct rect i = rect_intersect(a, b);

	(void)state;
	assert_int_equal(i.x, 8);
	assert_int_equal(i.y, 3);
	assert_int_equal(i.w, 2);
	assert_int_equal(i.h, 2);
	assert_true(rect_is_empty(rect_intersect(a, c)));
	assert_true(rect_is_empty(rect_inset(a, 5, 0)));
	assert_int_equal(rect_inset(a, 1, 1).w, 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples),
		cmocka_unit_test(children_tile_the_parent),
		cmocka_unit_test(panes_tile_the_screen),
		cmocka_unit_test(side_by_side_from_120),
		cmocka_unit_test(rectangles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
