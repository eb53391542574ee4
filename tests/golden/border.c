/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every screen of a store made for training says so, and has other lines
 * than work has: in colour, without it, and in plain characters.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/style.h"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}};
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

static void
of_a_trainer(void *ctx, struct status *st)
{
	st->training = *(const bool *)ctx;
	(void)snprintf(st->user, sizeof(st->user), "Ada Invented");
	(void)snprintf(st->role, sizeof(st->role), "trainer");
}

static struct golden *
at_a_desk(struct desk *d, bool *training, const int size[2])
{
	const struct app_opts o = {.theme = THEME_DEFAULT,
	    .status = of_a_trainer, .ctx = training};
	struct golden *g = golden_new(&o, size[0], size[1]);

	(void)desk_observe(d, "B1", "present", "School", "Away from school "
	    "for two days.");
	if (*training)
		desk_train(d);
	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "");
	return g;
}

static bool
is_line(const char *bytes, size_t n)
{
	static const char *const single[] = {"─", "│", "┌", "┐", "└", "┘"};

	for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++)
		if (n == strlen(single[i]) && memcmp(bytes, single[i], n) == 0)
			return true;
	return false;
}

/* How many cells are lines as they are in work; how many are doubled. */
static void
count_lines(struct golden *g, size_t *single, size_t *doubled)
{
	const struct cellbuf *b = &golden_term(g)->screen;

	*single = *doubled = 0;
	for (int y = 0; y < b->h; y++)
		for (int x = 0; x < b->w; x++) {
			const struct cell *c = cellbuf_at(b, x, y);
			const char *s;
			size_t n;

			s = cellbuf_bytes(b, c, &n);
			*single += is_line(s, n);
			*doubled += n == 3 && (memcmp(s, "═", 3) == 0 ||
			    memcmp(s, "║", 3) == 0);
		}
}

static void
assert_of_training(struct golden *g, bool training)
{
	size_t single, doubled;

	count_lines(g, &single, &doubled);
	if (training) {
		golden_shows(g, "TRAINING");
		golden_hides(g, "LIVE");
		assert_int_equal(single, 0);
		assert_true(doubled >= 2);
	} else {
		golden_shows(g, "LIVE");
		golden_hides(g, "TRAINING");
		assert_int_equal(doubled, 0);
	}
}

static void
at_every_size(void **state)
{
	bool training = true;

	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		struct desk *d = desk_new();
		struct golden *g = at_a_desk(d, &training, sizes[i]);

		assert_of_training(g, true);
		golden_check(g, "border");
		golden_free(g);
		desk_free(d);
	}
}

/* A form, the help, the codes: none of them draws a line of its own. */
static void
on_every_screen(void **state)
{
	static const char *const ways[] = {"Tab", "Tab Tab", "3", "4", "?",
		"n", ":"};
	bool training;

	(void)state;
	for (size_t i = 0; i < SIZES; i++)
		for (size_t k = 0; k < 2 * sizeof(ways) / sizeof(ways[0]);
		    k++) {
			struct desk *d = desk_new();
			struct golden *g;

			training = k % 2 == 0;
			g = at_a_desk(d, &training, sizes[i]);
			golden_keys(g, ways[k / 2]);
			assert_of_training(g, training);
			golden_free(g);
			desk_free(d);
		}
}

/* Rows as a terminal without box drawing has them. */
static void
in_plain_characters(void **state)
{
	bool training = true;
	struct desk *d = desk_new();
	struct golden *g = at_a_desk(d, &training, sizes[0]);
	const struct cellbuf *b = &golden_term(g)->screen;
	size_t across = 0, down = 0, bars = 0;

	(void)state;
	for (int y = 0; y < b->h; y++)
		for (int x = 0; x < b->w; x++) {
			size_t n;
			const char *s = cellbuf_bytes(b, cellbuf_at(b, x, y),
			    &n);
			const char *plain = n > 1 ? term_ascii(s, n) : NULL;

			if (plain == NULL)
				continue;
			across += strcmp(plain, "=") == 0;
			down += strcmp(plain, "#") == 0;
			bars += strcmp(plain, "|") == 0;
		}
	assert_true(across > 80);
	assert_true(down > 20);
	assert_int_equal(bars, 0);
	golden_free(g);
	desk_free(d);
}

/* Without colour the style is still not that of a border in work. */
static void
without_colour(void **state)
{
	(void)state;
	for (int t = 0; t < THEMES; t++) {
		struct face work = style_look((enum theme)t, STYLE_BORDER);
		struct face practice = style_look((enum theme)t,
		    STYLE_TRAINING);

		assert_true(work.fg != practice.fg || work.bg != practice.bg ||
		    work.attrs != practice.attrs);
	}
}

/* The lock is of no store: it says neither, and its lines are single. */
static void
nothing_of_it_stays(void **state)
{
	bool training = true;
	struct desk *d = desk_new();
	struct golden *g = at_a_desk(d, &training, sizes[0]);

	(void)state;
	assert_of_training(g, true);
	training = false;
	golden_resize(g, 132, 43);
	assert_int_equal(golden_term(g)->screen.w, 132);
	golden_shows(g, " LIVE ");
	{
		size_t single, doubled;

		count_lines(g, &single, &doubled);
		assert_int_equal(doubled, 0);
		assert_true(single > 0);
	}
	golden_free(g);
	desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_every_size),
		cmocka_unit_test(on_every_screen),
		cmocka_unit_test(in_plain_characters),
		cmocka_unit_test(without_colour),
		cmocka_unit_test(nothing_of_it_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
