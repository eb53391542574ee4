/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group before one screen, in the real program on a store made for
 * training: answers that are typed and those out of a file, a lock in the
 * midst of a sheet, what is revealed, the second round, and the next stage.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

static void
leave(struct pty *p)
{
	pty_keys(p, "q");
	pty_wait(p, "Case studies");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* On the first screen; begins a group's session on the study. */
static void
begin(struct pty *p)
{
	pty_wait(p, "Case studies");
	pty_keys(p, "/ 'headset' Enter");
	pty_wait_gone(p, "The new pupil");
	pty_keys(p, "Enter");
	pty_wait(p, "By itself");
	pty_keys(p, "Down Enter Enter 'Invented Board' Enter");
	pty_wait(p, "stage 1 of 4 (Invented Board)");
	pty_wait(p, "nobody has answered yet");
}

static struct pty *
group(int w, int h)
{
	struct pty *p = desk_start(w, h);

	desk_unlock(p);
	begin(p);
	return p;
}

static void
type_in(struct pty *p, const char *name, const char *answers)
{
	char keys[80];

	pty_keys(p, "a");
	pty_wait(p, "Learner:");
	(void)snprintf(keys, sizeof(keys), "'%s' Enter", name);
	pty_keys(p, keys);
	pty_wait(p, "Enter when it is done");
	pty_keys(p, answers);
	pty_keys(p, "Enter");
	pty_wait(p, "The answers of");
}

static void
a_group_is_led(void **state)
{
	struct pty *p = group(80, 24);

	(void)state;
	type_in(p, "Ada", "n n n p");
	pty_wait(p, "1 has answered");
	pty_wait_gone(p, "absent");
	type_in(p, "Ben", "a n n a s");
	pty_wait(p, "all 2 have answered");
	pty_golden(p, "group-hidden");
	pty_keys(p, "r");
	pty_wait(p, "Revealed: 2 have answered");
	pty_golden(p, "group-revealed");
	pty_keys(p, "2");
	pty_wait(p, "Round 2: nobody has answered yet");
	pty_wait_gone(p, "model");
	type_in(p, "Ada", "j j j s");
	pty_keys(p, "r");
	pty_wait(p, "1 of 2 have not answered: Ben");
	pty_keys(p, "r");
	pty_wait(p, "2nd");
	pty_keys(p, "n");
	pty_wait(p, "stage 2 of 4");
	leave(p);
}

/* What is typed is there after a lock, and after the machine stops. */
static void
a_half_filled_sheet_stays(void **state)
{
	struct pty *p = group(80, 24);

	(void)state;
	pty_keys(p, "a 'Ada' Enter");
	pty_wait(p, "Enter when it is done");
	pty_keys(p, "p s");
	pty_wait(p, "2 answered here");
	pty_keys(p, "L");
	pty_wait(p, "Passphrase");
	pty_wait_gone(p, "Ada");
	desk_unlock(p);
	pty_wait(p, "half filled: Ada");
	pty_keys(p, "a 'Ada' Enter");
	pty_wait(p, "2 answered here");
	pty_keys(p, "j j a");
	pty_wait(p, "3 answered here");
	pty_signal(p, SIGKILL);
	(void)pty_end_status(p);
	p = desk_start(80, 24);
	desk_unlock(p);
	pty_wait(p, "Case studies");
	pty_keys(p, "/ 'headset' Enter");
	pty_wait_gone(p, "The new pupil");
	pty_keys(p, "Enter");
	pty_wait(p, "half filled: Ada");
	type_in(p, "Ada", "G");
	pty_wait(p, "1 has answered");
	leave(p);
}

static void
a_file_is_collected(void **state)
{
	struct pty *p;
	char path[600], keys[700];
	FILE *f;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s.csv", desk_store());
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs("learner,item,state\nAda,B7,present\nBen,B7,maybe\n",
	    f) >= 0);
	assert_int_equal(fclose(f), 0);
	p = group(120, 40);
	(void)snprintf(keys, sizeof(keys), "Down Enter '%s' Enter Enter",
	    path);
	pty_keys(p, "c");
	pty_wait(p, "Collect answers");
	pty_keys(p, keys);
	pty_wait(p, "row 3, column 3");
	pty_wait(p, "is no state");
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs("learner,item,state\nAda,B7,present\nBen,B7,s\n",
	    f) >= 0);
	assert_int_equal(fclose(f), 0);
	pty_keys(p, "Enter");
	pty_wait(p, "Taken: 2 answer sheets.");
	pty_wait(p, "all 2 have answered");
	pty_wait_gone(p, "suspected");
	leave(p);
}

/* Without colours and without the characters for bars it says the same. */
static void
in_plain_characters(void **state)
{
	const char *const env[] = {"LC_ALL=C", NULL};
	struct pty *p = desk_start_with(env, "--theme", "mono");

	(void)state;
	desk_unlock(p);
	begin(p);
	type_in(p, "Ada", "p s a n");
	type_in(p, "Ben", "p");
	pty_keys(p, "r");
	pty_wait(p, "# present   : suspected   - absent   ? not known   . left "
	    "open");
	pty_wait(p, "########################  2 present");
	pty_wait(p, "::::::::::::............  1 suspected, 1 left open");
	assert_false(pty_sent(p, "\xE2\x96", 2));
	leave(p);
}

int
main(void)
{
#define T(fn) cmocka_unit_test_setup(fn, desk_new_training)
	const struct CMUnitTest tests[] = {
		T(a_group_is_led),
		T(a_half_filled_sheet_stays),
		T(a_file_is_collected),
		T(in_plain_characters),
	};

	return cmocka_run_group_tests_name("a group", tests, desk_prepare,
	    NULL);
}
