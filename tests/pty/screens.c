/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program on a terminal, around the case screen: unlocking, the list, a
 * new case, filter, blank, lock, and what is left after SIGTERM.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "tests/pty/desk.h"

/* From the list, and back to it. */
static void
make_case(struct pty *p, const char *reference, const char *name)
{
	struct str keys;

	str_init(&keys);
	str_add_fmt(&keys, "c '%s'", name);
	pty_keys(p, keys.s);
	pty_wait(p, "pen a new case for");
	pty_keys(p, "PgDn Enter");
	pty_wait(p, "F2 checks the form");
	str_clear(&keys);
	str_add_fmt(&keys, "'%s' F2", reference);
	pty_keys(p, keys.s);
	str_release(&keys);
	pty_wait(p, "The case is open and signed.");
	pty_keys(p, "q");
	pty_wait(p, "f filter");
}

static void
wrong_passphrase_waits_then_the_right_one_opens(void **state)
{
	struct pty *p = desk_start(80, 24);

	(void)state;
	pty_wait(p, "Passphrase:");
	pty_golden(p, "unlock");
	pty_keys(p, "'not this one' Enter");
	pty_wait(p, "not accepted");
	pty_keys(p, "'nor this' Enter");
	pty_wait(p, "possible in 1 s.");
	desk_let_pass(2000);
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "No case yet. Press c to open the first.");
	pty_golden(p, "list-empty");
	assert_false(pty_sent(p, PASS, strlen(PASS)));
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
new_case_after_a_search(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	make_case(p, "K-0142", "Zo\xC3\xAB Invented");
	pty_golden(p, "list-one");
	/* It is found before another can be made. */
	pty_keys(p, "c 'zoe'");
	pty_wait(p, "Is it one of these? Enter opens it.");
	pty_golden(p, "newcase-found");
	/* A reference that is there is refused, and nothing typed is lost. */
	pty_keys(p, "Down Enter 'K-0142' F2");
	pty_wait(p, "The reference K-0142 is taken by the case of Zo\xC3\xAB");
	pty_keys(p, "'b' F2");
	pty_wait(p, "The case is open and signed.");
	pty_keys(p, "q");
	pty_wait(p, "2 of 2");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
	/* Both are on the disk. */
	p = desk_open(80, 24);
	pty_wait(p, "K-0142b");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
filter_search_and_commands(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	make_case(p, "K-0001", "Robin Invented");
	make_case(p, "K-0002", "Sam Madeup");
	pty_keys(p, "f 'ref:K-0002' Enter");
	pty_wait_gone(p, "K-0001");
	pty_wait(p, "1 of 2");
	pty_keys(p, "f ^U 'rf:K-0002' Enter");
	pty_wait(p, "Not understood: rf:K-0002");
	pty_keys(p, "Esc");
	pty_wait_gone(p, "Not understood");
	pty_keys(p, "Esc");
	pty_wait(p, "2 of 2");
	pty_keys(p, "/ 'robin'");
	pty_wait_gone(p, "K-0002");
	pty_keys(p, "Enter Esc");
	pty_wait(p, "2 of 2");
	pty_keys(p, ": 'open K-0002' Enter");
	pty_wait(p, "[Checklist]");
	pty_wait(p, "Sam Madeup");
	pty_keys(p, ": 'filter is:unscreened' Enter");
	pty_wait(p, "Filter: is:unscreened");
	pty_keys(p, ": 'verify' Enter");
	pty_wait(p, "Sound:");
	pty_keys(p, ": 'help safety' Enter");
	pty_wait(p, "ring 999");
	pty_keys(p, ": 'quit' Enter");
	assert_int_equal(pty_end(p), 0);
}

static void
blank_hides_everything_at_once(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	make_case(p, "K-0001", "Robin Invented");
	pty_wait(p, "K-0001");
	pty_keys(p, "F12");
	pty_wait_gone(p, "K-0001");
	pty_wait_gone(p, "R. Invented");
	/* The key that brings it back does nothing else. */
	pty_keys(p, "q");
	pty_wait(p, "K-0001");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
idle_locks_and_unlocking_returns_to_the_form(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	pty_keys(p, "c 'Robin Invented'");
	pty_wait(p, "Open a new case for Robin");
	pty_keys(p, "Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-77' Down 'half a sen'");
	pty_wait(p, "half a sen");
	desk_let_pass(5L * 60 * 1000 + 1000);
	/* The key that finds it locked is dropped. */
	pty_keys(p, "x");
	pty_wait(p, "Locked. What was being typed is kept, encrypted.");
	pty_wait_gone(p, "half a sen");
	pty_wait_gone(p, "Robin");
	desk_unlock(p);
	pty_wait(p, "Taken up again from the draft.");
	pty_wait(p, "half a sen");
	pty_wait(p, "K-77");
	pty_keys(p, "F2");
	pty_wait(p, "The case is open and signed.");
	pty_keys(p, "L");
	pty_wait(p, "Locked.");
	desk_unlock(p);
	pty_wait(p, "[Checklist]");
	pty_wait(p, "K-77");
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
filter_and_row_come_back_after_a_lock(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	make_case(p, "K-0001", "Robin Invented");
	make_case(p, "K-0002", "Sam Invented");
	make_case(p, "K-0003", "Alex Madeup");
	pty_keys(p, "f 'name:invented' Enter j L");
	pty_wait(p, "Locked.");
	desk_unlock(p);
	pty_wait(p, "Filter: name:invented");
	pty_wait(p, "2 of 3");
	pty_golden(p, "list-returned");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* Ended from outside while typing: the draft is offered. */
static void
ended_by(int sig)
{
	struct pty *p = desk_open(80, 24);

	pty_keys(p, "c 'Robin Invented'");
	pty_wait(p, "Open a new case for Robin");
	pty_keys(p, "Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-88'");
	pty_wait(p, "K-88");
	pty_signal(p, sig);
	pty_wait_end(p);
	assert_false(pty_on_alternate(p));
	(void)pty_end(p);
	p = desk_open(80, 24);
	pty_wait(p, "Kept from before, not yet signed: a new case");
	pty_keys(p, "c");
	pty_wait(p, "Go on with the new case begun before");
	pty_keys(p, "Enter");
	pty_wait(p, "K-88");
	pty_wait(p, "Robin Invented");
	pty_keys(p, "Esc");
	pty_wait(p, "Name or reference:");
	pty_keys(p, "Esc");
	pty_wait(p, "No case yet.");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
sigterm_keeps_what_was_typed(void **state)
{
	(void)state;
	ended_by(SIGTERM);
}

static void
hangup_keeps_what_was_typed(void **state)
{
	(void)state;
	ended_by(SIGHUP);
}

static void
second_window_is_told_that_it_is_in_use(void **state)
{
	struct pty *p = desk_open(80, 24), *q = desk_start(80, 24);

	(void)state;
	desk_unlock(q);
	pty_wait(q, "another");
	pty_keys(q, "Esc");
	assert_int_equal(pty_end(q), 0);
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* The form of a case is put away before the store is closed. */
static void
lock_in_the_middle_of_a_note(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	make_case(p, "K-0001", "Robin Invented");
	pty_keys(p, "Enter");
	pty_wait(p, "[Checklist]");
	pty_keys(p, "o");
	pty_wait(p, "Note");
	pty_keys(p, "Tab 'half a note' F9");
	pty_wait(p, "Locked.");
	desk_unlock(p);
	pty_wait(p, "half a note");
	pty_keys(p, "'more' F9");
	pty_wait(p, "Locked.");
	desk_unlock(p);
	pty_wait(p, "half a notemore");
	pty_signal(p, SIGTERM);
	pty_wait_end(p);
	(void)pty_end(p);
}

/* Unsigned work is kept, and told before the program is left. */
static void
unsigned_work_is_told_before_leaving(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	make_case(p, "K-0001", "Robin Invented");
	pty_keys(p, "Enter");
	pty_wait(p, "[Checklist]");
	pty_keys(p, "Space");
	pty_wait(p, "1 unsigned");
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
	pty_wait(p, "1 unsigned");
	pty_keys(p, "q");
	pty_wait(p, "1 case has work that is not signed yet.");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
	p = desk_open(80, 24);
	pty_wait(p, "Kept from before, not yet signed: work in K-0001");
	pty_keys(p, "Enter");
	pty_wait(p, "1 unsigned");
	pty_keys(p, "L");
	pty_wait(p, "Locked.");
	pty_keys(p, "Esc");
	assert_int_equal(pty_end(p), 0);
}

static void
any_size_will_do(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	make_case(p, "K-0001", "Robin Invented");
	pty_resize(p, 1, 1);
	pty_resize(p, 40, 10);
	pty_wait(p, "K-0001");
	pty_golden(p, "list-one");
	pty_resize(p, 132, 43);
	pty_wait(p, "To settle");
	pty_resize(p, 20, 5);
	pty_wait(p, "too small");
	pty_resize(p, 80, 24);
	pty_wait(p, "K-0001");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    wrong_passphrase_waits_then_the_right_one_opens, desk_new_store),
		cmocka_unit_test_setup(new_case_after_a_search, desk_new_store),
		cmocka_unit_test_setup(filter_search_and_commands, desk_new_store),
		cmocka_unit_test_setup(blank_hides_everything_at_once,
		    desk_new_store),
		cmocka_unit_test_setup(
		    idle_locks_and_unlocking_returns_to_the_form, desk_new_store),
		cmocka_unit_test_setup(filter_and_row_come_back_after_a_lock,
		    desk_new_store),
		cmocka_unit_test_setup(sigterm_keeps_what_was_typed,
		    desk_new_store),
		cmocka_unit_test_setup(hangup_keeps_what_was_typed,
		    desk_new_store),
		cmocka_unit_test_setup(second_window_is_told_that_it_is_in_use,
		    desk_new_store),
		cmocka_unit_test_setup(lock_in_the_middle_of_a_note,
		    desk_new_store),
		cmocka_unit_test_setup(unsigned_work_is_told_before_leaving,
		    desk_new_store),
		cmocka_unit_test_setup(any_size_will_do, desk_new_store),
	};

	return cmocka_run_group_tests(tests, desk_prepare, NULL);
}
