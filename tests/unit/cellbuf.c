/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/cellbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7" \
	"\xE2\x80\x8D\xF0\x9F\x91\xA6"

static void
expect(const struct cellbuf *b, const char *want)
{
	struct str got;

	str_init(&got);
	cellbuf_rows(b, &got);
	assert_string_equal(got.s, want);
	str_release(&got);
}

static void
puts_and_clips(void **state)
{
	struct cellbuf b;
	struct view v, in;

	(void)state;
	cellbuf_init(&b, 8, 3);
	v = view_of(&b);
	assert_int_equal(view_put(&v, 5, 0, STYLE_NORMAL, "abcdef"), 6);
	assert_int_equal(view_put(&v, -2, 1, STYLE_NORMAL, "abcdef"), 6);
	view_put(&v, 0, -1, STYLE_NORMAL, "above");
	view_put(&v, 0, 3, STYLE_NORMAL, "below");
	expect(&b, "     abc\ncdef\n\n");
	in = view_sub(&v, (struct rect){6, 1, 5, 9});
	view_put(&in, -9, 1, STYLE_NORMAL, "0123456789abcdef");
	view_fill(&in, (struct rect){-5, -5, 99, 6}, STYLE_TITLE);
	expect(&b, "     abc\ncdef\n      9a\n");
	assert_int_equal(cellbuf_at(&b, 5, 1)->style, STYLE_NORMAL);
	assert_int_equal(cellbuf_at(&b, 6, 1)->style, STYLE_TITLE);
	cellbuf_release(&b);
}

/* A wide cluster is whole or not there. */
static void
wide_at_the_edge(void **state)
{
	struct cellbuf b;
	struct view v, in;

	(void)state;
	cellbuf_init(&b, 5, 3);
	v = view_of(&b);
	view_put(&v, 0, 0, STYLE_NORMAL, "漢字漢");
	expect(&b, "漢字\n\n\n");
	view_put(&v, 1, 0, STYLE_NORMAL, "x");
	expect(&b, " x字\n\n\n");
	view_put(&v, 2, 0, STYLE_NORMAL, "y");
	expect(&b, " xy\n\n\n");
	view_put(&v, 0, 1, STYLE_NORMAL, "漢字");
	view_put(&v, 1, 1, STYLE_NORMAL, "国");
	expect(&b, " xy\n 国\n\n");
	view_put(&v, -1, 2, STYLE_NORMAL, "漢x");
	expect(&b, " xy\n 国\n x\n");
	in = view_sub(&v, (struct rect){0, 2, 2, 1});
	view_put(&in, 1, 0, STYLE_NORMAL, "漢");
	expect(&b, " xy\n 国\n\n");
	cellbuf_release(&b);
}

static void
long_clusters(void **state)
{
	struct cellbuf b, c;
	struct view v;

	(void)state;
	cellbuf_init(&b, 6, 1);
	cellbuf_init(&c, 1, 1);
	v = view_of(&b);
	view_put(&v, 0, 0, STYLE_NORMAL, "a" FAMILY "b");
	expect(&b, "a" FAMILY "b\n");
	cellbuf_copy(&c, &b);
	expect(&c, "a" FAMILY "b\n");
	cellbuf_wipe(&b);
	expect(&b, "\n");
	expect(&c, "a" FAMILY "b\n");
	cellbuf_release(&b);
	cellbuf_release(&c);
}

/* No control byte can become a cell, whichever way it is put. */
static void
filter_is_the_only_way_in(void **state)
{
	struct cellbuf b;
	struct view v;
	struct pen p;
	char all[256];
	struct str rows;

	(void)state;
	for (int i = 1; i < 256; i++)
		all[i - 1] = (char)i;
	all[255] = '\0';
	cellbuf_init(&b, 400, 6);
	v = view_of(&b);
	view_put(&v, 0, 0, STYLE_NORMAL, all);
	view_fit(&v, 0, 1, STYLE_NORMAL, all);
	view_wrap(&v, 2, STYLE_NORMAL, "\xC2\x9B\xE2\x80\xAE\033[0m\007");
	view_putf(&v, 0, 3, STYLE_NORMAL, "%s", "\033]0;x\007");
	p = (struct pen){&v, 0, 4};
	pen_put_n(&p, STYLE_NORMAL, "\0\033", 2);
	view_box(&v, STYLE_BORDER, "\033c");
	str_init(&rows);
	cellbuf_rows(&b, &rows);
	for (size_t i = 0; i < rows.len; i++) {
		unsigned char ch = (unsigned char)rows.s[i];

		assert_true(ch == '\n' || (ch >= ' ' && ch != 127));
	}
	assert_null(strstr(rows.s, "\xC2\x9B"));
	assert_null(strstr(rows.s, "\xE2\x80\xAE"));
	str_release(&rows);
	cellbuf_release(&b);
}

static void
wraps(void **state)
{
	struct cellbuf b;
	struct view v;

	(void)state;
	cellbuf_init(&b, 10, 3);
	v = view_of(&b);
	assert_int_equal(view_wrap(&v, 0, STYLE_NORMAL,
	    "one two three\n\nfour"), 4);
	expect(&b, "one two\nthree\n\n");
	assert_int_equal(wrap_rows("one two three\n\nfour", 10), 4);
	cellbuf_wipe(&b);
	view_wrap(&v, -1, STYLE_NORMAL, "one two three\n\nfour");
	expect(&b, "three\n\nfour\n");
	assert_int_equal(wrap_rows("", 10), 0);
	assert_int_equal(wrap_rows("abc", 0), 3);
	cellbuf_release(&b);
}

struct seen {
	struct cellbuf *to;
	int runs, cells;
};

static void
take(void *ctx, const struct cellbuf *now, int y, int x, int n)
{
	struct seen *s = ctx;
	struct view v = view_of(s->to);

	s->runs++;
	s->cells += n;
	assert_true(n > 0 && x >= 0 && x + n <= now->w);
	assert_true(cellbuf_at(now, x, y)->width > 0);
	for (int i = x; i < x + n; i++) {
		size_t len;
		const struct cell *c = cellbuf_at(now, i, y);
		const char *bytes = cellbuf_bytes(now, c, &len);
		struct pen p = {&v, i, y};

		if (c->width > 0)
			pen_put_n(&p, (enum style)c->style, bytes, len);
	}
}

static void
diff_tells_what_changed(void **state)
{
	struct cellbuf a, b;
	struct view v;
	struct seen s = {&a, 0, 0};

	(void)state;
	cellbuf_init(&a, 20, 2);
	cellbuf_init(&b, 20, 2);
	v = view_of(&b);
	cellbuf_diff(&a, &b, take, &s);
	assert_int_equal(s.runs, 0);
	view_put(&v, 3, 1, STYLE_NORMAL, "ab");
	view_restyle(&v, (struct rect){9, 1, 1, 1}, STYLE_HIGH);
	cellbuf_diff(&a, &b, take, &s);
	assert_int_equal(s.runs, 2);
	assert_int_equal(s.cells, 3);
	s.runs = 0;
	cellbuf_diff(&a, &b, take, &s);
	assert_int_equal(s.runs, 0);
	cellbuf_diff(NULL, &b, take, &s);
	assert_int_equal(s.runs, 2);
	cellbuf_release(&a);
	cellbuf_release(&b);
}

static unsigned
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* Applying the runs to the old picture gives the new one, always. */
static void
diff_random(void **state)
{
	static const char *const bits[] = {
		"a", "漢", FAMILY, " ", "e\xCC\x81", "word", "漢字漢字",
	};
	struct cellbuf shown, now, old;
	struct str x, y;
	uint32_t seed = 3;

	(void)state;
	cellbuf_init(&shown, 17, 4);
	cellbuf_init(&now, 17, 4);
	cellbuf_init(&old, 17, 4);
	str_init(&x);
	str_init(&y);
	for (int i = 0; i < 3000; i++) {
		struct seen s = {&shown, 0, 0};
		struct view v = view_of(&now);

		if (i % 50 == 0)
			cellbuf_wipe(&now);
		view_put(&v, (int)(next(&seed) % 20) - 2,
		    (int)(next(&seed) % 5), (enum style)(next(&seed) % STYLES),
		    bits[next(&seed) % 7]);
		cellbuf_diff(&old, &now, take, &s);
		str_clear(&x);
		str_clear(&y);
		cellbuf_rows(&shown, &x);
		cellbuf_styles(&shown, &x);
		cellbuf_rows(&now, &y);
		cellbuf_styles(&now, &y);
		assert_string_equal(x.s, y.s);
		cellbuf_copy(&old, &now);
	}
	str_release(&x);
	str_release(&y);
	cellbuf_release(&shown);
	cellbuf_release(&now);
	cellbuf_release(&old);
}

static void
wiping_leaves_nothing(void **state)
{
	struct cellbuf b;
	struct view v;

	(void)state;
	cellbuf_init(&b, 30, 1);
	v = view_of(&b);
	view_put(&v, 0, 0, STYLE_NORMAL, "NAMENAMENAME" FAMILY);
	view_cursor(&v, 3, 0);
	cellbuf_wipe(&b);
	assert_null(memmem(b.cells, 30 * sizeof(*b.cells), "N", 1));
	assert_null(memmem(b.scratch.s, b.scratch.cap, "NAME", 4));
	assert_int_equal(b.npool, 0);
	assert_false(b.cursor_on);
	cellbuf_release(&b);
}

static void
nothing_is_a_size(void **state)
{
	static const int sizes[][2] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct cellbuf b;
		struct view v;

		cellbuf_init(&b, sizes[i][0], sizes[i][1]);
		v = view_of(&b);
		view_box(&v, STYLE_BORDER, "title");
		view_put(&v, 0, 0, STYLE_NORMAL, "漢");
		view_fit(&v, 0, 0, STYLE_NORMAL, "long text");
		view_wrap(&v, 0, STYLE_NORMAL, "some words");
		view_fill(&v, (struct rect){0, 0, 9, 9}, STYLE_TITLE);
		view_cursor(&v, 0, 0);
		cellbuf_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(puts_and_clips),
		cmocka_unit_test(wide_at_the_edge),
		cmocka_unit_test(long_clusters),
		cmocka_unit_test(filter_is_the_only_way_in),
		cmocka_unit_test(wraps),
		cmocka_unit_test(diff_tells_what_changed),
		cmocka_unit_test(diff_random),
		cmocka_unit_test(wiping_leaves_nothing),
		cmocka_unit_test(nothing_is_a_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
