/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is due, in the real program on a real store: an action written in a
 * case comes up, is opened from there, and is gone once its outcome is
 * signed; the place is kept through a lock.
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

#include "core/kinds.h"
#include "tests/pty/desk.h"
#include "tui/writemenu.h"

static struct pty *
start_case(void)
{
	struct pty *p = desk_open(80, 24);

	pty_keys(p, "D");
	pty_wait(p, "Nothing is due: 0 cases were looked at");
	pty_keys(p, "q c");
	pty_paste(p, "Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba \xe7\x8e\x8b");
	pty_wait(p, "pen a new case for");
	pty_keys(p, "PgDn Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-0142' Tab Tab Tab Tab '4/3/2012' F2");
	pty_wait(p, "The case is open and signed.");
	return p;
}

/* Chooses a kind of an open case in the list. */
static void
choose(struct pty *p, const char *kind)
{
	const struct kind *all;
	size_t n;

	pty_keys(p, "A");
	pty_wait(p, "> Write");
	all = kind_all(&n);
	for (size_t i = 0; i < n && strcmp(all[i].name, kind) != 0; i++)
		if (kind_has_form(&all[i]) &&
		    (all[i].roles & ROLE_PRACTITIONER) != 0 &&
		    strcmp(all[i].name, "screening") != 0 &&
		    strcmp(all[i].name, "reopen") != 0)
			pty_keys(p, "Down");
	pty_keys(p, "Enter");
}

static void
sign(struct pty *p)
{
	pty_keys(p, "$");
	pty_wait(p, "signs 1 entry");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed");
}

static void
an_action_from_first_to_last(void **state)
{
	struct pty *p = start_case();

	(void)state;
	choose(p, "action");
	pty_wait(p, "> Agreed on");
	pty_keys(p, "'10/11/2026' Tab 'Ring the aunt.' Tab "
	    "'R. Invented, housing' Tab '17/11/2026' F2");
	pty_wait(p, "Action: kept");
	sign(p);
	pty_keys(p, "q");
	pty_wait(p, "1 overdue of yours: D shows it");
	pty_keys(p, "D");
	pty_wait(p, "Mine, overdue (1)");
	pty_golden(p, "due-one");
	pty_keys(p, "L");
	pty_wait(p, "Passphrase");
	desk_unlock(p);
	pty_wait(p, "Mine, overdue (1)");
	/* At the entry; its outcome is written from the case. */
	pty_keys(p, "Enter");
	pty_wait(p, "Ring the aunt.");
	pty_wait(p, "Signed by R. Invented");
	pty_keys(p, "q");
	pty_wait(p, "Direct questions");
	choose(p, "action-outcome");
	pty_wait(p, "Outcome *");
	pty_keys(p, "'19/11/2026' Tab Right Tab 'She came over.' F2");
	pty_wait(p, "Outcome of an action: kept");
	sign(p);
	pty_keys(p, "q");
	pty_wait(p, "Nothing is due: 1 case was looked at");
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	pty_wait_gone(p, "overdue of yours");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(an_action_from_first_to_last,
		    desk_new_store),
	};

	return cmocka_run_group_tests_name("what is due", tests, desk_prepare,
	    NULL);
}
