/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two people and the review queue, in the real program on a real store: one
 * asks to lower a level, the other decides, and the first one sees it.
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

#include "core/str.h"
#include "tests/pty/desk.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define FIRST "words that the supervisor gave"
#define OWN "words of their very own choosing"

static struct pty *
open_as(const char *name, const char *words, int w, int h)
{
	struct pty *p = desk_start(w, h);

	desk_unlock_as(p, name, words);
	return p;
}

static void
leave(struct pty *p)
{
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* A supervisor lets a practitioner in, who chooses their own words. */
static void
two_people(void)
{
	struct pty *p = desk_open(80, 24);

	pty_keys(p, "U");
	pty_keys(p, "a");
	pty_wait(p, "Let a person in");
	pty_paste(p, ZOE);
	pty_keys(p, "Enter Enter '" FIRST "' Enter '" FIRST "' Enter");
	pty_wait(p, "has access now.");
	pty_keys(p, "q");
	leave(p);
	p = open_as(ZOE, FIRST, 80, 24);
	pty_wait(p, "First choose a passphrase of your own");
	pty_keys(p, "'" FIRST "' Enter '" OWN "' Enter '" OWN "' Enter");
	pty_wait(p, "Your passphrase is changed.");
	leave(p);
}

static void
sign(struct pty *p)
{
	pty_keys(p, "$");
	pty_wait(p, "Enter signs.");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed");
}

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

/* Three signs, and the wish to lower the level that they give. */
static void
ask_to_lower(void)
{
	struct pty *p = open_as(ZOE, OWN, 120, 40);

	pty_wait(p, "No case yet.");
	pty_keys(p, "c 'Robin Madeup'");
	pty_wait(p, "pen a new case for");
	pty_keys(p, "Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-7' F2");
	pty_wait(p, "The case is open and signed.");
	tick(p, "missing", "Away for two nights.");
	tick(p, "physical", "Bruised arm, not explained.");
	tick(p, "gifts", "A new phone, no name for the giver.");
	pty_keys(p, "J");
	pty_wait(p, "First the child's own words");
	pty_keys(p, "Tab 'I want to stay with my aunt.' F2");
	pty_wait(p, "Your judgement");
	pty_keys(p, "Tab Right Tab 'Staying with an aunt now.' F2");
	pty_wait(p, "Nothing is lowered");
	sign(p);
	pty_keys(p, "V");
	pty_wait(p, "A supervisor decides on this, not you: R. Invented.");
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	/* Their own work waits for somebody else. */
	pty_keys(p, "Q");
	pty_wait(p, "Nothing waits for review among 1 case.");
	pty_wait(p, "1 is your own work, which somebody else decides");
	pty_keys(p, "o");
	pty_wait(p, "yours: somebody else decides");
	pty_keys(p, "V");
	pty_wait(p, "A supervisor decides on this, not you");
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	leave(p);
}

static void
asked_decided_and_seen(void **state)
{
	struct pty *p;

	(void)state;
	two_people();
	ask_to_lower();
	p = open_as("R. Invented", PASS, 80, 24);
	pty_wait(p, "1 case waits for a second person's look: Q shows it.");
	pty_keys(p, "Q");
	pty_wait(p, "asks to be lowered");
	pty_wait(p, "the work of Zo");
	pty_golden(p, "queue-one");
	pty_keys(p, "Enter");
	pty_wait(p, "1 of 1 in the queue: V decides, Q next");
	pty_keys(p, "Q");
	pty_wait(p, "Nothing more in the queue waits for you.");
	pty_keys(p, "q V");
	pty_wait(p, "Asked: lower to");
	pty_wait(p, "Staying with an aunt now.");
	pty_keys(p, "Right Tab Tab 'I rang the aunt.'");
	/* What is typed lives through a lock, in the form of the case. */
	pty_keys(p, "F9");
	pty_wait(p, "Locked.");
	desk_unlock_as(p, "R. Invented", PASS);
	pty_wait(p, "I rang the aunt.");
	pty_keys(p, "F2");
	pty_wait(p, "Review: kept, not signed yet");
	pty_wait(p, "1 of 1 in the queue");
	pty_keys(p, "q");
	pty_wait(p, "~ agree:");
	pty_golden(p, "queue-decided");
	/* And what is decided through the end of the program. */
	pty_signal(p, SIGKILL);
	(void)pty_end(p);
	p = open_as("R. Invented", PASS, 80, 24);
	pty_wait(p, "K-7");
	pty_keys(p, ": 'queue' Enter");
	pty_wait(p, "~ agree:");
	pty_keys(p, "$");
	pty_wait(p, "R. Invented signs 1 decision:");
	pty_wait(p, "I rang the aunt.");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed: 1 decision.");
	pty_wait(p, "Nothing waits for review among 1 case.");
	pty_keys(p, "q");
	leave(p);
	p = open_as(ZOE, OWN, 120, 40);
	pty_wait(p, "K-7");
	pty_keys(p, "Enter");
	pty_wait(p, "(as reviewed by R. Invented)");
	pty_wait(p, "Agreed: Potential");
	pty_golden(p, "queue-reviewed");
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	leave(p);
}

static void
give_back(struct pty *p)
{
	pty_keys(p, "Q V");
	pty_wait(p, "Decide on K-7");
	pty_keys(p, "F1");
	pty_wait(p, "Some things need a second person");
	pty_keys(p, "q");
	pty_wait(p, "Decide on K-7");
	pty_keys(p, "Left Tab Tab 'One event told twice?' Tab "
	    "'Who saw the arm?' F2");
	pty_wait(p, "~ return with questions");
	/* Taken back, and decided again. */
	pty_keys(p, "u");
	pty_wait(p, "Taken back: K-7, return with questions.");
	pty_wait_gone(p, "~ return");
	pty_keys(p, "V");
	pty_wait(p, "Decide on K-7");
	pty_keys(p, "Left Tab Tab 'One event told twice?' Tab "
	    "'Who saw the arm?' F2");
	pty_wait(p, "~ return with questions");
	pty_keys(p, "$");
	pty_wait(p, "signs 1 decision");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed: 1 decision.");
}

static void
given_back_and_answered(void **state)
{
	struct pty *p;

	(void)state;
	two_people();
	ask_to_lower();
	p = open_as("R. Invented", PASS, 120, 40);
	pty_wait(p, "waits for a second person's look");
	give_back(p);
	pty_keys(p, "q");
	leave(p);
	p = open_as(ZOE, OWN, 80, 24);
	pty_wait(p, "1 of your cases came back with questions");
	pty_wait(p, "Given back with questions: they stand first");
	pty_keys(p, "Enter");
	pty_wait(p, "RETURNED WITH QUESTIONS by R. Invented: Who saw");
	pty_keys(p, "o");
	pty_wait(p, "Justification");
	pty_keys(p, "Tab 'Her teacher saw it.' F2");
	pty_wait(p, "Note: kept");
	sign(p);
	pty_wait_gone(p, "RETURNED");
	/* A flag besides. */
	pty_keys(p, "F 'Please look again soon.' F2");
	pty_wait(p, "Flag: kept");
	sign(p);
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	leave(p);
	p = open_as("R. Invented", PASS, 120, 40);
	pty_wait(p, "waits for a second person's look");
	pty_keys(p, "Q");
	pty_wait(p, "flagged");
	pty_wait(p, "look again soon.");
	pty_keys(p, "q");
	leave(p);
}

/* What came into the case since the decision is said before it is signed. */
static void
a_case_that_changed_is_named(void **state)
{
	struct pty *p;

	(void)state;
	two_people();
	ask_to_lower();
	p = open_as("R. Invented", PASS, 80, 24);
	pty_wait(p, "waits for a second person's look");
	pty_keys(p, "Q V");
	pty_wait(p, "Decide on K-7");
	pty_keys(p, "Right Tab Tab 'I rang the aunt.' F2");
	pty_wait(p, "~ agree:");
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	pty_keys(p, "q");
	pty_wait(p, "1 case has work that is not signed yet.");
	leave(p);
	p = open_as(ZOE, OWN, 80, 24);
	pty_wait(p, "K-7");
	pty_keys(p, "Enter");
	pty_wait(p, "Direct questions");
	pty_keys(p, "o");
	pty_wait(p, "Justification");
	pty_keys(p, "Tab 'Away again last night.' F2");
	pty_wait(p, "Note: kept");
	sign(p);
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	leave(p);
	p = open_as("R. Invented", PASS, 80, 24);
	pty_wait(p, "K-7");
	pty_keys(p, "Q");
	pty_wait(p, "~ agree:");
	pty_keys(p, "$");
	pty_wait(p, "One case has changed since");
	pty_golden(p, "queue-changed");
	pty_keys(p, "Esc");
	pty_wait(p, "Nothing was signed.");
	/* Looked at again, it is of the case as it is now. */
	pty_keys(p, "V");
	pty_wait(p, "I rang the aunt.");
	pty_keys(p, "F2");
	pty_wait(p, "Review: kept, not signed yet");
	pty_keys(p, "$");
	pty_wait(p, "signs 1 decision");
	pty_wait_gone(p, "changed since");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed: 1 decision.");
	pty_keys(p, "q");
	leave(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(asked_decided_and_seen,
		    desk_new_supervisor),
		cmocka_unit_test_setup(given_back_and_answered,
		    desk_new_supervisor),
		cmocka_unit_test_setup(a_case_that_changed_is_named,
		    desk_new_supervisor),
	};

	return cmocka_run_group_tests_name("the review queue", tests,
	    desk_prepare, NULL);
}
