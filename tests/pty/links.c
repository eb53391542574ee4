/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three agencies' returns in the real program: what the model links is
 * signed, twins go to a person, what they decide comes through a lock, and a
 * mistaken link is split.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

static void
take_in(const char *file, const char *mapping)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	char path[600], map[600];
	struct pty *p;

	(void)snprintf(path, sizeof(path), "%s/content/examples/returns/%s",
	    src, file);
	(void)snprintf(map, sizeof(map), "%s/content/examples/returns/%s",
	    src, mapping);
	p = desk_run((const char *const[]){"import", desk_store(), path,
	    "--mapping", map, NULL}, 80, 24);
	pty_wait(p, "Passphrase");
	pty_keys(p, "'" PASS "' Enter");
	(void)pty_end(p);
}

static int
three_returns(void **state)
{
	if (desk_new_supervisor(state) != 0)
		return -1;
	take_in("school.csv", "school.yaml");
	take_in("police.txt", "police.yaml");
	take_in("health.csv", "health.yaml");
	return 0;
}

static void
twins_are_decided_and_a_link_is_split(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	pty_keys(p, ": 'links' Enter");
	pty_wait(p, "pair 1 of 1");
	pty_wait(p, "these may be twins");
	pty_golden(p, "links-twins");
	pty_keys(p, "s");
	pty_wait(p, "Fictiver");
	pty_golden(p, "links-cases");
	pty_keys(p, "Q");
	pty_wait(p, "2 of 2 for the link review");
	pty_keys(p, "q");
	pty_wait(p, "pair 1 of 1");
	pty_keys(p, "n");
	pty_wait(p, "1 decided, not signed");
	pty_keys(p, "L");
	pty_wait(p, "Passphrase");
	desk_unlock(p);
	pty_wait(p, "1 decided, not signed");
	pty_wait(p, "Your decision, not signed: not the same.");
	pty_keys(p, "$");
	pty_wait(p, "Not the same: Invented High School/S-0119 Ada");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed: 1 decision.");
	pty_wait(p, "No pair waits for a person among 15 cases.");
	pty_keys(p, "a");
	pty_wait(p, "Type 11 to go on");
	pty_keys(p, "'11' Enter");
	pty_wait(p, "11 links are signed.");
	pty_keys(p, "Tab");
	pty_wait(p, "Linked: 5 children with 13 cases.");
	pty_golden(p, "links-children");
	pty_keys(p, "j j x");
	pty_wait(p, "Split a link");
	pty_keys(p, "'another child of that name' Enter");
	pty_wait(p, "Split and signed");
	pty_wait(p, "Linked: 5 children with 12 cases.");
	pty_keys(p, "L");
	pty_wait(p, "Passphrase");
	desk_unlock(p);
	pty_wait(p, "Linked: 5 children with 12 cases.");
	/* The list of cases lies below it, as before the lock. */
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	pty_keys(p, ": 'quit' Enter");
	assert_int_equal(pty_end(p), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(twins_are_decided_and_a_link_is_split,
		    three_returns),
	};

	return cmocka_run_group_tests_name("links in the real program", tests,
	    desk_prepare, NULL);
}
