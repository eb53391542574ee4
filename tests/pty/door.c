/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way in, with the program that people install, its real clock and its
 * real key: the demo, making a store, passphrases typed without echo.
 */
#include "config.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/pty/pty.h"

#define PASS "invented words for testing only"

static char dir[256], program[PATH_MAX], store[512];
static char datadir[PATH_MAX];

static struct pty *
start(const char *const *argv)
{
	const char *env[] = {datadir, NULL};

	return pty_start(&(struct pty_opts){.argv = argv, .w = 100, .h = 30,
	    .env = env});
}

static struct pty *
start_init(void)
{
	const char *argv[] = {program, "init", store, "--user", "R. Invented",
	    "--role", "practitioner", "--no-recovery", NULL};

	return start(argv);
}

static void
passphrase_is_asked_twice_and_never_shown(void **state)
{
	struct pty *p = start_init();

	(void)state;
	pty_wait(p, "14 characters or 5 words:");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "once more:");
	pty_keys(p, "'another set of words entirely' Enter");
	pty_wait(p, "the two passphrases differ; nothing was done");
	assert_false(pty_sent(p, "invented", 8));
	assert_int_equal(pty_end(p), 4);
	assert_int_equal(access(store, F_OK), -1);
}

static void
too_short_is_told_before_the_second_time(void **state)
{
	struct pty *p = start_init();

	(void)state;
	pty_wait(p, "14 characters or 5 words:");
	pty_keys(p, "'short one' Enter");
	pty_wait(p, "too short");
	assert_int_equal(pty_end(p), 3);
	assert_int_equal(access(store, F_OK), -1);
}

static void
interrupt_at_the_prompt_makes_nothing(void **state)
{
	struct pty *p = start_init();

	(void)state;
	pty_wait(p, "14 characters or 5 words:");
	pty_keys(p, "'" PASS "' ^C");
	pty_wait(p, "nothing was done");
	assert_int_equal(pty_end(p), 130);
	assert_int_equal(access(store, F_OK), -1);
}

/* The text of the code on the screen, owned: after the empty line. */
static char *
code_on_screen(struct pty *p)
{
	char *rows = pty_text(p), *at = strstr(rows, "recovery code of");
	char *code = NULL;

	while (at != NULL && code == NULL) {
		at = strstr(at, "    ");
		if (at == NULL)
			break;
		at += strspn(at, " ");
		if (strcspn(at, " \n") == 44)
			code = strndup(at, 44);
	}
	free(rows);
	return code;
}

static void
the_recovery_code_has_to_be_on_paper(void **state)
{
	const char *argv[] = {program, "init", store, "--user", "R. Invented",
	    "--role", "practitioner", NULL};
	struct pty *p = start(argv);
	char keys[32], *code;

	(void)state;
	pty_wait(p, "14 characters or 5 words:");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "once more:");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "Type the last group");
	code = code_on_screen(p);
	assert_non_null(code);
	pty_keys(p, "'nope' Enter");
	pty_wait(p, "That is not the last group");
	pty_wait(p, "Its last group, from the paper:");
	(void)snprintf(keys, sizeof(keys), "'%s' Enter", code + 40);
	pty_keys(p, keys);
	pty_wait(p, "That is it. Close this window now");
	assert_int_equal(pty_end(p), 0);
	assert_int_equal(unlink(store), 0);
	free(code);
}

static void
newline_in_a_name_stays_in_its_line(void **state)
{
	const char *argv[] = {program, "screen", "first\nsecond\tthird", NULL};
	struct pty *p = start(argv);

	(void)state;
	pty_wait(p, "first\xE2\x90\x8Asecond\xE2\x90\x89third");
	assert_int_equal(pty_end(p), 3);
}

static void
make_store(void)
{
	struct pty *p = start_init();

	pty_wait(p, "14 characters or 5 words:");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "once more:");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "Made the store");
	assert_int_equal(pty_end(p), 0);
}

static void
a_new_store_opens_with_its_passphrase_only(void **state)
{
	const char *open_it[] = {program, store, NULL};
	const char *list_it[] = {program, "list", store, NULL};
	struct pty *p;

	(void)state;
	make_store();
	p = start(list_it);
	pty_wait(p, "Passphrase:");
	pty_keys(p, "'quite another set of words' Enter");
	pty_wait(p, "name or passphrase not accepted");
	assert_false(pty_sent(p, "quite another", 13));
	assert_int_equal(pty_end(p), 4);
	p = start(open_it);
	pty_wait(p, "Type the passphrase");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "Press c to open the first");
	assert_true(pty_on_alternate(p));
	assert_false(pty_sent(p, "invented words", 14));
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* True where the build is the one that `./bootstrap` itself makes. */
static bool
built_by_bootstrap(void)
{
	char want[PATH_MAX], here[PATH_MAX], path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s/build",
	    getenv("HEARKEN_SRCDIR"));
	return realpath(path, want) != NULL &&
	    realpath(getenv("HEARKEN_BUILDDIR"), here) != NULL &&
	    strcmp(want, here) == 0;
}

static void
demo_opens_invented_cases(void **state)
{
	char bootstrap[PATH_MAX];
	const char *argv[] = {bootstrap, "demo", NULL};
	struct pty *p;

	(void)state;
	if (!built_by_bootstrap())
		return;
	(void)snprintf(bootstrap, sizeof(bootstrap), "%s/bootstrap",
	    getenv("HEARKEN_SRCDIR"));
	p = start(argv);
	pty_wait(p, "Press Enter to open it.");
	pty_keys(p, "Enter");
	pty_wait(p, "EX-101");
	pty_wait(p, "11 of 11");
	pty_keys(p, "Enter");
	/* Which of the high ones is first depends on the millisecond. */
	pty_wait(p, "Direct questions");
	pty_wait(p, "!! High");
	pty_keys(p, "q");
	pty_wait(p, "11 of 11");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static int
fresh_name(void **state)
{
	static unsigned n;

	(void)state;
	(void)snprintf(store, sizeof(store), "%s/door%u.hearken", dir, n++);
	return 0;
}

#define WITH_NAME(t) cmocka_unit_test_setup(t, fresh_name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_NAME(passphrase_is_asked_twice_and_never_shown),
		WITH_NAME(too_short_is_told_before_the_second_time),
		WITH_NAME(interrupt_at_the_prompt_makes_nothing),
		WITH_NAME(the_recovery_code_has_to_be_on_paper),
		cmocka_unit_test(newline_in_a_name_stays_in_its_line),
		WITH_NAME(a_new_store_opens_with_its_passphrase_only),
		WITH_NAME(demo_opens_invented_cases),
	};

	(void)snprintf(dir, sizeof(dir), "%s", getenv("HOME"));
	(void)snprintf(datadir, sizeof(datadir), "HEARKEN_DATADIR=%s",
	    getenv("HEARKEN_SRCDIR"));
	(void)snprintf(program, sizeof(program), "%s/hearken",
	    getenv("HEARKEN_BUILDDIR"));
	return cmocka_run_group_tests_name("door", tests, NULL, NULL);
}
