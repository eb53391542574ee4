/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Several people in one store, by keyboard in the real program: letting
 * somebody in, their first passphrase, a restricted case seen by both, who
 * looked, the end of an access; and nothing half done when the terminal goes
 * away in the middle.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "core/str.h"
#include "tests/pty/desk.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define FIRST "words that the supervisor gave"
#define OWN "words of their very own choosing"

static struct pty *
open_as(const char *name, const char *words)
{
	struct pty *p = desk_start(80, 24);

	desk_unlock_as(p, name, words);
	return p;
}

static void
leave(struct pty *p)
{
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* From the list of people, and back to it. */
static void
let_in(struct pty *p, const char *name)
{
	pty_keys(p, "a");
	pty_wait(p, "Let a person in");
	pty_paste(p, name);
	pty_keys(p, "Enter Enter '" FIRST "' Enter '" FIRST "' Enter");
	pty_wait(p, "has access now.");
}

static void
make_case(struct pty *p)
{
	pty_keys(p, "c 'Robin Madeup'");
	pty_wait(p, "pen a new case for");
	pty_keys(p, "Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-7' F2");
	pty_wait(p, "The case is open and signed.");
}

static void
choose_own(struct pty *p)
{
	pty_wait(p, "First choose a passphrase of your own");
	pty_keys(p, "'" FIRST "' Enter '" OWN "' Enter '" OWN "' Enter");
	pty_wait(p, "Your passphrase is changed.");
}

/* A store with two people; the second has chosen their own words. */
static void
two_people(void)
{
	struct pty *p = desk_open(80, 24);

	pty_keys(p, "U");
	let_in(p, ZOE);
	pty_keys(p, "q");
	leave(p);
	p = open_as(ZOE, FIRST);
	choose_own(p);
	leave(p);
}

static void
a_first_passphrase_is_changed_before_anything_is_shown(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	make_case(p);
	pty_keys(p, "q");
	pty_wait(p, "U people");
	pty_keys(p, "U");
	let_in(p, ZOE);
	pty_golden(p, "people-two");
	/* Locking asks for the name from now on; the last one is there. */
	pty_keys(p, "L");
	pty_wait(p, "Name:       R. Invented");
	desk_unlock_as(p, ZOE, FIRST);
	pty_wait(p, "First choose a passphrase of your own");
	/* No command and no screen passes by it. */
	pty_keys(p, "F1");
	pty_wait(p, "Unlocking and locking");
	pty_keys(p, ": 'open K-7' Enter");
	pty_wait(p, "There is no command");
	pty_keys(p, "q");
	pty_wait(p, "First choose a passphrase of your own");
	/* Esc locks, and the first passphrase stands. */
	pty_keys(p, "Esc");
	pty_wait(p, "Locked.");
	desk_unlock_as(p, ZOE, FIRST);
	choose_own(p);
	pty_wait(p, "K-7");
	pty_keys(p, "L");
	pty_wait(p, "Locked.");
	desk_unlock_as(p, ZOE, FIRST);
	pty_wait(p, "not accepted");
	desk_let_pass(3000);
	desk_unlock_as(p, ZOE, OWN);
	pty_wait(p, "K-7");
	assert_false(pty_sent(p, "supervisor gave", 15));
	leave(p);
}

static void
restrict_it(struct pty *p)
{
	pty_keys(p, "R");
	pty_wait(p, "Restrict K-7");
	pty_keys(p, "Enter 'a relative works in the team' Enter Enter");
	pty_wait(p, "K-7 is restricted now.");
}

/* One is named and sees it; the other sees that there is one, and why not. */
static void
a_restricted_case_seen_by_both(void **state)
{
	struct pty *p;

	(void)state;
	two_people();
	p = open_as("R. Invented", PASS);
	pty_wait(p, "No case yet.");
	make_case(p);
	restrict_it(p);
	pty_wait(p, "RESTRICTED to R. Invented");
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
	leave(p);
	p = open_as(ZOE, OWN);
	pty_wait(p, "Restricted \xC2\xB7 open with a reason");
	pty_golden(p, "restricted-list");
	pty_keys(p, "Enter");
	pty_wait(p, "Better ask R.");
	pty_keys(p, "'too short' Enter");
	pty_wait(p, "needs a reason");
	pty_keys(p, "Esc");
	pty_wait(p, "The case was not opened");
	assert_false(pty_sent(p, "Robin", 5));
	assert_false(pty_sent(p, "K-7", 3));
	pty_keys(p, "Enter 'the child is missing tonight' Enter");
	pty_wait(p, "RESTRICTED: opened with your reason");
	pty_wait(p, "Robin Madeup");
	/* A lock ends it. */
	pty_keys(p, "L");
	pty_wait(p, "Locked.");
	desk_unlock_as(p, ZOE, OWN);
	pty_wait(p, "A restricted case");
	pty_keys(p, "Esc");
	pty_wait(p, "The case was not opened");
	leave(p);
	/* The supervisor is told, and sees who and why. */
	p = open_as("R. Invented", PASS);
	pty_wait(p, "New (:flagged shows more): a restricted case");
	pty_keys(p, ": 'flagged' Enter");
	pty_wait(p, "Reason: the child is missing tonight");
	pty_wait(p, ZOE);
	pty_keys(p, "q");
	pty_wait_gone(p, "New (:flagged");
	pty_keys(p, "Enter");
	pty_wait(p, "RESTRICTED to R. Invented");
	pty_keys(p, "W");
	pty_wait(p, "Who looked at K-7");
	pty_wait(p, "Opened a restricted case");
	pty_keys(p, "q R");
	pty_wait(p, "The restriction of K-7");
	pty_keys(p, "Down Enter Enter ^U 'they left the team' Enter Enter");
	pty_wait(p, "open to everybody again");
	pty_wait_gone(p, "RESTRICTED to");
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
	leave(p);
}

/* Typed a key at a time, one entry with the final words. */
static void
a_search_is_one_entry(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	make_case(p);
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
	pty_keys(p, "/ 'madeup' Enter");
	pty_wait(p, "Search: madeup");
	pty_keys(p, "Esc");
	pty_wait_gone(p, "Search: madeup");
	pty_keys(p, "U Enter");
	pty_wait(p, "What R. Invented opened");
	pty_wait(p, "Searched                              madeup");
	pty_wait(p, "Searched                              Robin Madeup");
	/* Looked up, searched twice, opened: four, not one for each key. */
	pty_wait(p, "1 of 4");
	pty_keys(p, "q");
	pty_wait(p, "r role");
	pty_keys(p, "q");
	pty_wait(p, "U people");
	leave(p);
}

static void
an_access_ends(void **state)
{
	struct pty *p;

	(void)state;
	two_people();
	p = open_as("R. Invented", PASS);
	pty_wait(p, "U people");
	pty_keys(p, "U");
	pty_wait(p, ZOE);
	pty_keys(p, "j x 'left the team' Enter");
	pty_paste(p, ZOE);
	pty_keys(p, "Enter");
	pty_wait(p, "has ended, and the store has a new key.");
	pty_wait(p, "access ended");
	pty_golden(p, "people-ended");
	pty_keys(p, "q");
	make_case(p);
	pty_keys(p, "L");
	pty_wait(p, "Locked.");
	/* Nobody else is left, so no name is asked for. */
	desk_unlock(p);
	pty_wait(p, "K-7");
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
	leave(p);
}

/* The store as it is found by those who come after a kill. */
static void
both_still_come_in(void)
{
	struct pty *p = open_as(ZOE, OWN);

	pty_wait(p, "No case yet.");
	pty_keys(p, ": 'verify' Enter");
	pty_wait(p, "Sound:");
	leave(p);
	p = open_as("R. Invented", PASS);
	pty_wait(p, "No case yet.");
	leave(p);
}

static void
terminal_goes_away(struct pty *p, int sig)
{
	pty_signal(p, sig);
	pty_wait_end(p);
	(void)pty_end(p);
}

static void
hangup_in_the_middle_of_an_end(void **state)
{
	struct pty *p;

	(void)state;
	two_people();
	p = open_as("R. Invented", PASS);
	pty_wait(p, "U people");
	pty_keys(p, "U j x 'left the team' Enter");
	pty_paste(p, ZOE);
	terminal_goes_away(p, SIGHUP);
	both_still_come_in();
}

/* Killed right after Enter: before it, in it or after it, but whole. */
static void
killed_in_an_end(void **state)
{
	struct pty *p;

	(void)state;
	two_people();
	p = open_as("R. Invented", PASS);
	pty_wait(p, "U people");
	pty_keys(p, "U j x 'left the team' Enter");
	pty_paste(p, ZOE);
	pty_keys(p, "Enter");
	terminal_goes_away(p, SIGKILL);
	p = desk_start(80, 24);
	pty_wait(p, "Passphrase:");
	if (pty_shows(p, "Name:"))
		desk_unlock_as(p, "R. Invented", PASS);
	else
		desk_unlock(p);
	pty_wait(p, "No case yet.");
	pty_keys(p, ": 'verify' Enter");
	pty_wait(p, "Sound:");
	leave(p);
}

static void
killed_in_a_change_of_passphrase(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	pty_keys(p, ": 'passphrase' Enter");
	pty_wait(p, "Change your passphrase");
	pty_keys(p, "'" PASS "' Enter '" OWN "' Enter '" OWN "'");
	/* Not yet asked for: nothing has changed. */
	terminal_goes_away(p, SIGHUP);
	p = desk_open(80, 24);
	pty_wait(p, "No case yet.");
	pty_keys(p, ": 'passphrase' Enter");
	pty_wait(p, "Change your passphrase");
	pty_keys(p, "'" PASS "' Enter '" OWN "' Enter '" OWN "' Enter");
	terminal_goes_away(p, SIGKILL);
	/* The old words open it, or else the new ones do. */
	p = desk_start(80, 24);
	desk_unlock(p);
	pty_wait_either(p, "No case yet.", "not accepted");
	if (pty_shows(p, "not accepted")) {
		desk_let_pass(3000);
		pty_keys(p, "'" OWN "' Enter");
	}
	pty_wait(p, "No case yet.");
	pty_keys(p, ": 'verify' Enter");
	pty_wait(p, "Sound:");
	leave(p);
}

/* As it stands on the screen behind its number. */
static void
type_last_group(struct pty *p)
{
	char *text = pty_text(p), keys[32];
	const char *group = strstr(text, " 9  ");

	assert_non_null(group);
	(void)snprintf(keys, sizeof(keys), "Enter '%.4s' Enter", group + 4);
	pty_keys(p, keys);
	free(text);
}

static void
a_recovery_code_is_made_and_wiped(void **state)
{
	struct pty *p = desk_open(40, 10);

	(void)state;
	pty_keys(p, "U c 'paper' Enter");
	pty_wait(p, "shown this once");
	pty_wait(p, " 9  ");
	type_last_group(p);
	pty_wait(p, "The code is wiped");
	pty_keys(p, "L");
	pty_wait(p, "the recovery code on");
	desk_unlock(p);
	pty_wait(p, "No case yet.");
	leave(p);
}

/* Copies a file, byte by byte. */
static void
copy_file(const char *from, const char *to)
{
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	char buf[4096];
	size_t n;

	assert_non_null(in);
	assert_non_null(out);
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		assert_int_equal(fwrite(buf, 1, n, out), n);
	assert_int_equal(fclose(in), 0);
	assert_int_equal(fclose(out), 0);
}

static struct pty *
open_with(const char *setting)
{
	const char *const env[] = {setting, NULL};
	struct pty *p = desk_start_with(env, NULL, NULL);

	desk_unlock(p);
	pty_wait(p, " LIVE ");
	return p;
}

/* With a folder in which this machine remembers the ends of the chains. */
static struct pty *
open_remembering(void)
{
	char state[300];

	(void)snprintf(state, sizeof(state), "HEARKEN_TEST_STATE=%s/state",
	    getenv("TMPDIR"));
	return open_with(state);
}

/* An old copy is put back: it is said on every screen until accepted. */
static void
an_older_store_cannot_be_overlooked(void **state)
{
	char old[600];
	struct pty *p = open_remembering();

	(void)state;
	leave(p);
	(void)snprintf(old, sizeof(old), "%s.old", desk_store());
	copy_file(desk_store(), old);
	p = open_remembering();
	make_case(p);
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
	leave(p);
	copy_file(old, desk_store());
	p = open_remembering();
	pty_wait(p, " OLDER STORE ");
	pty_wait(p, "type :accept");
	/* Esc hides what may wait, not this. */
	pty_keys(p, "Esc");
	pty_keys(p, "j");
	pty_wait(p, "type :accept");
	pty_keys(p, "U");
	pty_wait(p, "lets others in");
	pty_wait(p, " OLDER STORE ");
	pty_keys(p, "q");
	pty_wait(p, "type :accept");
	pty_keys(p, ": 'verify' Enter");
	pty_wait(p, "Warning: This store is older");
	pty_keys(p, ": 'accept' Enter");
	pty_wait(p, "Accept the store as it is");
	pty_keys(p, "'restored after the disk failed' Enter");
	pty_wait(p, "Accepted, and noted with your reason.");
	pty_wait_gone(p, " OLDER STORE ");
	leave(p);
	p = open_remembering();
	pty_wait(p, "No case yet.");
	assert_false(pty_shows(p, "OLDER"));
	leave(p);
}

static void
a_backup_is_written_while_in_use(void **state)
{
	struct pty *p = desk_open(80, 24);
	char other[300];

	(void)state;
	make_case(p);
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
	leave(p);
	/* Two days later it is asked for. */
	p = open_with("HEARKEN_TEST_NOW=1795363200000");
	pty_wait(p, "There is no backup of this store");
	pty_keys(p, ": 'backup' Enter");
	pty_wait(p, "Into which file?");
	pty_keys(p, ":");
	pty_paste(p, "backup ");
	pty_paste(p, desk_store());
	pty_keys(p, "'.copy' Enter");
	pty_wait(p, "was read back");
	pty_wait_gone(p, "There is no backup of this store");
	/*
	 * A place that the cage does not allow says how to allow it; where
	 * the kernel has no Landlock there is no such place.
	 */
	(void)snprintf(other, sizeof(other), "%s/other", getenv("TMPDIR"));
	assert_int_equal(mkdir(other, 0700), 0);
	pty_keys(p, ":");
	pty_paste(p, "backup ");
	pty_paste(p, other);
	pty_keys(p, "'/copy' Enter");
	pty_wait_either(p, "folder", "is written to");
	pty_keys(p, ": 'notices' Enter");
	pty_wait(p, "Nothing at the moment.");
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
	leave(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    a_first_passphrase_is_changed_before_anything_is_shown,
		    desk_new_supervisor),
		cmocka_unit_test_setup(a_restricted_case_seen_by_both,
		    desk_new_supervisor),
		cmocka_unit_test_setup(a_search_is_one_entry,
		    desk_new_supervisor),
		cmocka_unit_test_setup(an_access_ends, desk_new_supervisor),
		cmocka_unit_test_setup(hangup_in_the_middle_of_an_end,
		    desk_new_supervisor),
		cmocka_unit_test_setup(killed_in_an_end, desk_new_supervisor),
		cmocka_unit_test_setup(killed_in_a_change_of_passphrase,
		    desk_new_supervisor),
		cmocka_unit_test_setup(an_older_store_cannot_be_overlooked,
		    desk_new_supervisor),
		cmocka_unit_test_setup(a_backup_is_written_while_in_use,
		    desk_new_supervisor),
		cmocka_unit_test_setup(a_recovery_code_is_made_and_wiped,
		    desk_new_supervisor),
	};

	return cmocka_run_group_tests(tests, desk_prepare, NULL);
}
