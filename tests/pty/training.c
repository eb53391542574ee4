/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store made for training, on a terminal: nobody takes it for the other one,
 * at any size, without colour and without the characters for lines; and no
 * young person gets a case in it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

static void
leave(struct pty *p)
{
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static struct pty *
unlocked(struct pty *p)
{
	desk_unlock(p);
	pty_wait(p, " TRAINING ");
	return p;
}

static void
every_size_says_it(void **state)
{
	static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct pty *p = unlocked(desk_start(sizes[i][0],
		    sizes[i][1]));

		pty_wait(p, " TRAINING ═");
		assert_false(pty_shows(p, "LIVE"));
		assert_false(pty_shows(p, "─"));
		pty_keys(p, "U");
		pty_wait(p, "R. Invented");
		pty_wait(p, "People");
		pty_wait(p, " TRAINING ═");
		assert_false(pty_shows(p, "LIVE"));
		assert_false(pty_shows(p, "─"));
		pty_keys(p, "q");
		pty_wait_gone(p, "People");
		leave(p);
	}
}

static void
so_it_does_without_colour(void **state)
{
	struct pty *p = unlocked(desk_start_with(NULL, "--theme", "mono"));

	(void)state;
	pty_wait(p, " TRAINING ═");
	leave(p);
}

static void
and_in_plain_characters(void **state)
{
	const char *const env[] = {"LC_ALL=C", NULL};
	struct pty *p = unlocked(desk_start_with(env, "--theme", "default"));

	(void)state;
	pty_wait(p, " TRAINING =");
	assert_false(pty_sent(p, "═", 3));
	leave(p);
}

static void
no_young_person_gets_a_case(void **state)
{
	struct pty *p = unlocked(desk_start(80, 24));

	(void)state;
	pty_keys(p, "':new Wren' Enter");
	pty_wait(p, "takes no real case");
	assert_false(pty_shows(p, "Why now"));
	leave(p);
}

/* The lock is of no store, and the other sort is as it was. */
static void
another_store_says_nothing_of_it(void **state)
{
	struct pty *p;

	(void)desk_new_store(state);
	p = desk_open(120, 40);
	assert_false(pty_shows(p, "TRAINING"));
	assert_false(pty_shows(p, "═"));
	leave(p);
}

int
main(void)
{
#define T(fn) cmocka_unit_test_setup(fn, desk_new_training)
	const struct CMUnitTest tests[] = {
		T(every_size_says_it),
		T(so_it_does_without_colour),
		T(and_in_plain_characters),
		T(no_young_person_gets_a_case),
		T(another_store_says_nothing_of_it),
	};

	return cmocka_run_group_tests_name("training", tests, desk_prepare,
	    NULL);
}
