/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The main job by keyboard, in the real program on a real store: tick, see
 * why, sign, judge, write, refer, close, and find it all again; correct a
 * wrong tick; lose nothing when the program is killed.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/str.h"
#include "tests/pty/desk.h"

static void
stop(struct pty *p)
{
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* A new case, left open. */
static struct pty *
start_case(int w, int h)
{
	struct pty *p = desk_open(w, h);

	pty_keys(p, "c");
	pty_paste(p, "Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba \xe7\x8e\x8b");
	pty_wait(p, "pen a new case for");
	pty_keys(p, "PgDn Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-0142' Tab Tab Tab Tab '4/3/2012' F2");
	pty_wait(p, "The case is open and signed.");
	return p;
}

static struct pty *
reopen_case(int w, int h)
{
	struct pty *p = desk_open(w, h);

	pty_wait(p, "K-0142");
	pty_keys(p, "Enter");
	pty_wait(p, "Direct questions");
	return p;
}

/* ---- what a person does ---- */

static void
tick(struct pty *p, const char *item, const char *words)
{
	struct str keys;

	str_init(&keys);
	str_add_fmt(&keys, "/ '%s' Enter", item);
	pty_keys(p, keys.s);
	pty_wait_gone(p, "Search the checklist:");
	pty_keys(p, "Space");
	pty_wait(p, "Enter: date, agency and words");
	pty_keys(p, "Enter");
	pty_wait(p, "Evidence in words");
	str_clear(&keys);
	str_add_fmt(&keys, "^U '16/11/2026' Tab Tab ^U 'School' Tab ^U "
	    "'Ms Invented, head of year' Tab '%s' F2", words);
	pty_keys(p, keys.s);
	pty_wait(p, "Kept, not signed yet");
	str_release(&keys);
}

static void
sign(struct pty *p, const char *list)
{
	pty_keys(p, "$");
	pty_wait(p, list);
	pty_keys(p, "Enter");
	pty_wait(p, "Signed");
}

static void
three_ticks(struct pty *p)
{
	tick(p, "missing", "Away for two nights.");
	pty_wait(p, "! Potential victim");
	tick(p, "physical", "Bruised arm, not explained.");
	tick(p, "gifts", "A new phone, no name for the giver.");
	pty_wait(p, "!! High");
}

static void
the_main_job(void **state)
{
	struct pty *p = start_case(120, 40);

	(void)state;
	pty_wait(p, "29 of 29 not known (29 not asked)");
	three_ticks(p);
	pty_wait(p, "3 not signed, counted here");
	pty_wait(p, "Source: OCC");
	pty_golden(p, "case-high");
	sign(p, "R. Invented signs 3 entries in the record of K-0142");
	/* A lower level is only asked for; the child's words come first. */
	pty_keys(p, "J");
	pty_wait(p, "First the child's own words");
	pty_keys(p, "Tab 'I want to stay with my aunt.' F2");
	pty_wait(p, "Your judgement");
	pty_keys(p, "Tab Right Tab 'Staying with an aunt now.' F2");
	pty_wait(p, "Nothing is lowered");
	sign(p, "signs 3 entries");
	pty_wait(p, "waits for a second");
	pty_wait(p, "!! High");
	/* A note. */
	pty_keys(p, "o");
	pty_wait(p, "Justification");
	pty_keys(p, "Tab 'Rang the aunt.' F2");
	pty_wait(p, "Note: kept");
	/* A referral, filled in. */
	pty_keys(p, "r");
	pty_wait(p, "B1 Missing from home or care");
	pty_keys(p, "Tab Tab 'Duty team, Invented Borough' Tab Tab Tab Tab "
	    "'A strategy discussion.' Tab Right F2");
	pty_wait(p, "signs 2 entries");
	pty_keys(p, "Enter");
	pty_wait(p, "Decision due by");
	pty_wait(p, "the end of 23 November 2026");
	pty_golden(p, "case-referral");
	pty_keys(p, "q");
	pty_wait(p, "* Checklist");
	stop(p);
	/* All there again. */
	p = reopen_case(120, 40);
	pty_wait(p, "!! High");
	pty_wait(p, "waits for a second");
	pty_wait(p, "referral decision");
	pty_wait(p, "Request to lower");
	pty_golden(p, "case-reopened");
	stop(p);
}

static void
a_judgement_is_raised(void **state)
{
	struct pty *p = start_case(100, 30);

	(void)state;
	tick(p, "missing", "Away for two nights.");
	pty_keys(p, "J");
	pty_wait(p, "First the child's own words");
	pty_keys(p, "Tab Tab Tab Tab Right F2");
	pty_wait(p, "Your judgement");
	pty_keys(p, "Tab Left Tab 'A stranger waits outside.' F2");
	pty_wait(p, "Screening: kept, not signed yet");
	sign(p, "signs 3 entries");
	pty_wait(p, "High (as judged)");
	stop(p);
	p = desk_open(100, 30);
	pty_wait(p, "High");
	pty_keys(p, "Enter");
	pty_wait(p, "High (as judged)");
	stop(p);
}

static void
a_wrong_tick_stays_visible_as_struck(void **state)
{
	struct pty *p = start_case(120, 40);

	(void)state;
	three_ticks(p);
	sign(p, "signs 3 entries");
	stop(p);
	p = reopen_case(120, 40);
	pty_keys(p, "/ 'physical' Enter");
	pty_wait(p, "Bruised arm");
	pty_keys(p, "Space Space");
	pty_wait(p, "[-] absent    B2");
	pty_wait(p, "! Potential victim");
	pty_keys(p, "Enter");
	pty_wait(p, "Why was it wrong?");
	pty_keys(p, "'A fall at football, seen by the coach.' F2");
	pty_wait(p, "Kept");
	sign(p, "signs 2 entries");
	stop(p);
	p = reopen_case(120, 40);
	pty_keys(p, "/ 'physical' Enter");
	pty_wait(p, "x Bruised arm, not explained.");
	pty_wait(p, "A fall at football");
	pty_golden(p, "case-struck");
	stop(p);
}

static void
a_killed_program_offers_what_was_typed(void **state)
{
	struct pty *p = start_case(80, 24);

	(void)state;
	tick(p, "missing", "Away for two nights.");
	pty_keys(p, "o");
	pty_wait(p, "Justification");
	pty_keys(p, "Tab 'Half a sen'");
	pty_wait(p, "Half a sen");
	pty_keys(p, "'tence'");
	pty_wait(p, "Half a sentence");
	pty_signal(p, SIGKILL);
	(void)pty_end(p);
	p = reopen_case(80, 24);
	pty_wait(p, "Note, not finished, is kept");
	pty_wait(p, "! Potential victim");
	pty_keys(p, "o");
	pty_wait(p, "Half a sentence");
	pty_keys(p, "F2");
	pty_wait(p, "Note: kept");
	sign(p, "signs 2 entries");
	stop(p);
}

/* Idle for longer than the lock allows; the key that finds it is dropped. */
static void
lock_and_unlock(struct pty *p, long ms, const char *secret)
{
	desk_let_pass(ms);
	pty_keys(p, "x");
	pty_wait(p, "Locked. What was being typed is kept, encrypted.");
	pty_wait_gone(p, secret);
	pty_keys(p, "'" PASS "' Enter");
}

/* In the cage the folder of services can be read; a lock goes back. */
static void
the_directory_of_the_content_is_read(void **state)
{
	struct pty *p = start_case(100, 30);

	(void)state;
	pty_keys(p, ": 'services' Enter");
	pty_wait(p, "NSPCC helpline");
	pty_keys(p, "'childline'");
	pty_wait(p, "0800 1111");
	pty_wait_gone(p, "NSPCC helpline");
	pty_keys(p, "Esc");
	pty_wait(p, "Direct questions");
	pty_keys(p, "r");
	pty_wait(p, "First the child's own words");
	pty_keys(p, "Tab Tab Tab Tab Right F2");
	pty_wait(p, "What is asked");
	pty_keys(p, "F3");
	pty_wait(p, "Kind: all");
	pty_keys(p, "'safeguarding hub' Enter");
	pty_wait(p, "not verified");
	pty_wait(p, "Your local multi-agency safeguarding hub");
	pty_keys(p, "F3");
	pty_wait(p, "Kind: all");
	lock_and_unlock(p, 301000, "Kind: all");
	pty_wait(p, "Your local multi-agency safeguarding hub");
	pty_keys(p, "Esc");
	pty_wait(p, "Direct questions");
	/* The voice waits; one may leave it all the same. */
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	pty_keys(p, "q q");
	assert_int_equal(pty_end(p), 0);
}

/* O opens the case of a relative instead of this one, if there is one. */
static void
a_relative_has_a_case_of_their_own(void **state)
{
	struct pty *p = start_case(120, 40);

	(void)state;
	pty_keys(p, "3 Down a");
	pty_wait(p, "Who they are to the young person");
	pty_keys(p, "Tab 'Yan Invented' Tab Right Tab Tab 'k 0150' F2");
	pty_wait(p, "kept, not signed yet");
	sign(p, "signs 1 entry");
	pty_wait(p, "Own case: k 0150");
	pty_keys(p, "O");
	pty_wait(p, "There is no case k 0150 in this store");
	pty_keys(p, "q c");
	pty_paste(p, "Yan Invented");
	pty_wait(p, "pen a new case for");
	pty_keys(p, "PgDn Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-0150' Tab Tab Tab Tab '4/3/2010' F2");
	pty_wait(p, "The case is open and signed.");
	pty_keys(p, ": 'open K-0142' Enter");
	pty_wait(p, "K-0142  Zo");
	pty_keys(p, "3");
	pty_wait(p, "Own case: k 0150");
	pty_keys(p, "Down O");
	pty_wait(p, "K-0150  Yan Invented");
	pty_keys(p, "q q");
	assert_int_equal(pty_end(p), 0);
}

static void
a_lock_comes_back_to_the_form(void **state)
{
	struct pty *p = start_case(80, 24);

	(void)state;
	pty_keys(p, "o Tab 'Half a note'");
	pty_wait(p, "Half a note");
	lock_and_unlock(p, 301000, "Half a note");
	pty_wait(p, "Half a note");
	pty_keys(p, "F2");
	pty_wait(p, "Note: kept");
	/* The details of a tick, too. */
	pty_keys(p, "/ 'missing' Enter Space Enter");
	pty_wait(p, "Evidence in words");
	pty_keys(p, "'16/11/2026' Tab Tab 'School' Tab Tab 'Half a tick'");
	pty_wait(p, "Half a tick");
	lock_and_unlock(p, 602000, "Half a tick");
	pty_wait(p, "Half a tick");
	pty_keys(p, "F2");
	pty_wait(p, "Kept, not signed yet");
	sign(p, "signs 2 entries");
	stop(p);
}

static void
nothing_incomplete_is_signed(void **state)
{
	struct pty *p = start_case(80, 24);

	(void)state;
	pty_keys(p, "/ 'missing' Enter Space Home $");
	pty_wait(p, "Not signed. Missing from home or care");
	pty_keys(p, "q");
	pty_wait(p, "1 not signed, kept as a draft");
	pty_keys(p, "q q");
	assert_int_equal(pty_end(p), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_main_job, desk_new_store),
		cmocka_unit_test_setup(a_judgement_is_raised, desk_new_store),
		cmocka_unit_test_setup(a_wrong_tick_stays_visible_as_struck,
		    desk_new_store),
		cmocka_unit_test_setup(a_killed_program_offers_what_was_typed,
		    desk_new_store),
		cmocka_unit_test_setup(a_relative_has_a_case_of_their_own,
		    desk_new_store),
		cmocka_unit_test_setup(a_lock_comes_back_to_the_form,
		    desk_new_store),
		cmocka_unit_test_setup(the_directory_of_the_content_is_read,
		    desk_new_store),
		cmocka_unit_test_setup(nothing_incomplete_is_signed,
		    desk_new_store),
	};

	return cmocka_run_group_tests(tests, desk_prepare, NULL);
}
