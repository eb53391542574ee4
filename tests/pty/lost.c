/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * At a terminal: a code is made and typed back from paper, a passphrase is
 * lost and replaced, a person is let in and leaves.  What is secret is never
 * shown where it is typed.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

#define FRESH "other invented words than before"
#define CODE_LEN 44

/* Types text and Enter. */
static void
type(struct pty *p, const char *text)
{
	char keys[128];

	(void)snprintf(keys, sizeof(keys), "'%s' Enter", text);
	pty_keys(p, keys);
}

/* The last word of CODE_LEN characters on the screen. */
static void
read_code(struct pty *p, char code[CODE_LEN + 1])
{
	char *rows = pty_text(p), *at = rows;

	code[0] = '\0';
	while (*at != '\0') {
		size_t n = strcspn(at, " \n");

		if (n == CODE_LEN && at[4] == '-') {
			memcpy(code, at, n);
			code[n] = '\0';
		}
		at += n + (at[n] != '\0');
	}
	free(rows);
	assert_int_equal(strlen(code), CODE_LEN);
}

static void
copy_to_paper(struct pty *p, char code[CODE_LEN + 1])
{
	pty_wait(p, "Type the last group");
	read_code(p, code);
	type(p, code + CODE_LEN - 4);
	pty_wait(p, "That is it. Close this window now");
	assert_int_equal(pty_end(p), 0);
}

static struct pty *
run(const char *first, const char *second, const char *third)
{
	const char *words[] = {first, second, third, NULL};

	return desk_run(words, 100, 30);
}

static void
assert_opens_with(const char *pass, int want)
{
	struct pty *p = run("list", desk_store(), NULL);

	pty_wait(p, "Passphrase:");
	type(p, pass);
	assert_int_equal(pty_end(p), want);
}

static void
a_lost_passphrase_is_replaced(void **state)
{
	char code[CODE_LEN + 1], next[CODE_LEN + 1], slip[CODE_LEN + 1];
	struct pty *p = run("recovery", desk_store(), "--new");

	(void)state;
	pty_wait(p, "Passphrase:");
	type(p, PASS);
	copy_to_paper(p, code);
	p = run("recover", desk_store(), NULL);
	pty_wait(p, "The recovery code:");
	memcpy(slip, code, sizeof(slip));
	slip[11] = slip[11] == 'A' ? 'B' : 'A';
	type(p, slip);
	pty_wait(p, "group 3 of the code was not copied");
	pty_wait(p, "once more:");
	type(p, code);
	pty_wait(p, "A new passphrase for R. Invented");
	type(p, FRESH);
	pty_wait(p, "The same passphrase once more:");
	type(p, FRESH);
	pty_wait(p, "The code was used; this one replaces it.");
	assert_false(pty_sent(p, code + 5, 9));
	assert_false(pty_sent(p, "other invented", 14));
	copy_to_paper(p, next);
	assert_string_not_equal(code, next);
	assert_opens_with(PASS, 4);
	assert_opens_with(FRESH, 0);
}

static void
let_in(const char *name)
{
	const char *words[] = {"user", "add", desk_store(), name, "--role",
	    "trainer", NULL};
	struct pty *p = desk_run(words, 100, 30);

	pty_wait(p, "Your own passphrase");
	type(p, PASS);
	pty_wait(p, "A passphrase for B. Invented");
	type(p, FRESH);
	pty_wait(p, "once more:");
	type(p, FRESH);
	pty_wait(p, "B. Invented has access");
	assert_false(pty_sent(p, "other invented", 14));
	assert_int_equal(pty_end(p), 0);
}

static struct pty *
start_ending(const char *name)
{
	const char *words[] = {"user", "revoke", desk_store(), name,
	    "--reason", "left in May", "--user", "R. Invented", NULL};
	struct pty *p = desk_run(words, 100, 30);

	pty_wait(p, "Your own passphrase");
	type(p, PASS);
	pty_wait(p, "Type their name to confirm:");
	return p;
}

static void
ending_an_access_asks_for_the_name(void **state)
{
	struct pty *p;

	(void)state;
	let_in("B. Invented");
	p = start_ending("B. Invented");
	type(p, "yes");
	pty_wait(p, "nothing was done");
	assert_int_equal(pty_end(p), 130);
	p = start_ending("B. Invented");
	type(p, "B. Invented");
	pty_wait(p, "has no access");
	assert_int_equal(pty_end(p), 0);
	assert_opens_with(PASS, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_lost_passphrase_is_replaced,
		    desk_new_store),
		cmocka_unit_test_setup(ending_an_access_asks_for_the_name,
		    desk_new_supervisor),
	};

	return cmocka_run_group_tests_name("lost", tests, desk_prepare, NULL);
}
