/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A learner's whole session in the real program, in a store for training: a
 * study is begun, ticked, noted, committed to, looked back on and chosen in;
 * it comes through a lock and a kill, and its end goes into the log.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

static struct pty *
unlocked(int w, int h)
{
	struct pty *p = desk_start(w, h);

	desk_unlock(p);
	pty_wait(p, " TRAINING ");
	return p;
}

static struct pty *
begun(int w, int h)
{
	struct pty *p = unlocked(w, h);

	pty_keys(p, "/ 'headset' Enter");
	pty_wait(p, "The voice in the headset");
	pty_keys(p, "Enter");
	pty_wait(p, "> How");
	pty_keys(p, "Enter Enter Enter");
	pty_wait(p, "Told by: School, form tutor");
	return p;
}

static void
tick(struct pty *p, const char *search, const char *says)
{
	pty_keys(p, "/");
	pty_wait(p, "Search the checklist");
	pty_paste(p, search);
	pty_keys(p, "Enter Space");
	pty_wait(p, says);
}

static void
commit(struct pty *p, const char *why)
{
	pty_keys(p, "$");
	pty_wait(p, "Level as you judge it");
	pty_keys(p, "Tab");
	pty_paste(p, why);
	pty_keys(p, "F2");
	pty_wait(p, "Committed and signed");
}

/* From the story on: the lookback, to its last line, and what comes next. */
static void
look_back(struct pty *p)
{
	pty_keys(p, "Enter");
	pty_wait(p, "Looking back on");
	pty_keys(p, "End");
	pty_wait(p, "Enter: ");
	pty_keys(p, "Enter");
}

static void
first_stage(struct pty *p)
{
	pty_keys(p, "Tab");
	tick(p, "friends of the same", "present");
	pty_keys(p, "Space");
	pty_wait(p, "suspected");
	pty_keys(p, "o");
	pty_wait(p, "= 19 January 2026");
	pty_keys(p, "Tab");
	pty_wait(p, "> Facts");
	pty_paste(p, "Tired in lessons since October, and out of chess.");
	pty_keys(p, "F2");
	pty_wait(p, "Note: kept");
	pty_keys(p, "L");
	pty_wait(p, "Passphrase");
	desk_unlock(p);
	pty_wait(p, "2 unsigned");
	pty_wait(p, "[Checklist]");
	commit(p, "He left the one thing that he had.");
	pty_keys(p, "Enter");
	pty_wait(p, "Looking back on stage 1 of 4");
	pty_golden(p, "walk-lookback");
	pty_keys(p, "End");
	pty_wait(p, "Enter: on with the story");
	pty_keys(p, "Enter");
	pty_wait(p, "Told by: Family, to the school");
}

/* The program is killed between a tick and its commitment. */
static struct pty *
second_stage(struct pty *p)
{
	pty_keys(p, "Tab");
	tick(p, "gifts", "present");
	pty_wait(p, "1 unsigned");
	pty_signal(p, SIGKILL);
	assert_true(WIFSIGNALED(pty_end_status(p)));
	p = unlocked(80, 24);
	pty_wait(p, "the-headset-1");
	pty_keys(p, "Home Enter");
	pty_wait(p, "Told by: Family, to the school");
	pty_wait(p, "1 unsigned");
	commit(p, "The credit.");
	look_back(p);
	pty_wait(p, "What do you do now?");
	pty_keys(p, "Down Enter");
	pty_wait(p, "Twenty minutes");
	pty_golden(p, "walk-chosen");
	return p;
}

static void
to_the_end(struct pty *p)
{
	commit(p, "He told his father.");
	look_back(p);
	pty_wait(p, "Told by: Police");
	commit(p, "As before.");
	look_back(p);
	pty_wait(p, "What most people overlook");
	pty_keys(p, "Enter");
	pty_wait(p, "Into your training log");
	pty_keys(p, "Tab Tab Tab Tab");
	pty_paste(p, "I saw the hours and not the friend.");
	pty_keys(p, "F2");
	pty_wait(p, "it is in your training log");
}

static void
from_first_to_last(void **state)
{
	struct pty *p = begun(80, 24);

	(void)state;
	first_stage(p);
	p = second_stage(p);
	to_the_end(p);
	pty_keys(p, "q");
	pty_wait(p, "the-headset-1");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
wide_it_stands_above_the_panes(void **state)
{
	struct pty *p = begun(120, 40);

	(void)state;
	pty_wait(p, "What the child says");
	pty_wait(p, "Direct questions");
	pty_wait(p, "Nothing written yet");
	pty_golden(p, "walk-begun");
	pty_keys(p, "B");
	pty_wait(p, "Nobody elsewhere is known");
	pty_keys(p, "q");
	pty_wait(p, "kept as you left it");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

int
main(void)
{
#define T(fn) cmocka_unit_test_setup(fn, desk_new_training)
	const struct CMUnitTest tests[] = {
		T(from_first_to_last),
		T(wide_it_stands_above_the_panes),
	};

	return cmocka_run_group_tests_name("walk", tests, desk_prepare,
	    NULL);
}
