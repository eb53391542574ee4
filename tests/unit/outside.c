/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The libraries by which something leaves, inside the program: all of them
 * work shut in the cage, and nothing of what went through them stays in
 * memory that was given back, for the program brings its own free().
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/harden.h"
#include "cli/sandbox.h"
#include "cli/sandbox_impl.h"
#include "exchange/leave.h"
#include "tests/pty/scan.h"

#define NOW INT64_C(1795190400000)	/* 20 November 2026, 16:00 UTC */
#define PASSED 0
#define SKIPPED 77

/* "Lanternquill" and "seven-herons-fly", every bit of SCAN_MASK turned. */
static const char name_turned[] = "163b342e3f28342b2f333636";
static const char password_turned[] = "293f2c3f347732" "3f283534" "29773c3623";

/* Appends what is turned in hex. */
static void
turn(const char *hex, struct str *out)
{
	unsigned char bytes[64];
	size_t n = strlen(hex) / 2;

	assert_true(hex_parse(hex, bytes, n));
	for (size_t i = 0; i < n; i++)
		str_add_char(out, (char)(bytes[i] ^ SCAN_MASK));
	sodium_memzero(bytes, sizeof(bytes));
}

static void
fill_paper(struct paper *p, const char *name)
{
	static const char *const heads[] = {"Who", "What"};
	const char *cells[] = {name, "\xe7\x8e\x8b \xd7\xa0\xd7\x95"};

	paper_init(p, name, name, NULL, name);
	paper_add(p, PAPER_HEADING, name);
	paper_table(p, heads, NULL, 2);
	for (int i = 0; i < 60; i++) {
		paper_row(p, cells, 2);
		paper_field(p, "Name", name);
		paper_addf(p, PAPER_TEXT, "Said by %s, of %s.", name, name);
	}
	paper_add(p, PAPER_FIXED, name);
}

/* As text and as pages, each sealed; true if all of it could be done. */
static bool
let_all_leave(struct str *unknown, struct err *e)
{
	struct str name, word, bytes;
	struct secret password;
	struct paper p;
	enum rc rc = secret_init(&password, 64, e);

	str_init(&name);
	str_init(&word);
	str_init(&bytes);
	turn(name_turned, &name);
	turn(password_turned, &word);
	(void)secret_add(&password, word.s, word.len);
	fill_paper(&p, name.s);
	for (int f = LEAVE_TEXT; f <= LEAVE_PDF && rc == RC_OK; f++) {
		struct archive_member m = {f == LEAVE_PDF ? "a.pdf" : "a.txt",
			NULL, 0};
		struct str sealed;

		str_clear(&bytes);
		str_init(&sealed);
		rc = leave_paper(&p, (enum leave_format)f, NOW, &bytes,
		    unknown, e);
		m.bytes = bytes.s;
		m.n = bytes.len;
		if (rc == RC_OK)
			rc = leave_seal(&m, 1, &password, NOW, &sealed, e);
		str_release(&sealed);
	}
	paper_release(&p);
	secret_release(&password);
	str_release(&bytes);
	str_release(&word);
	str_release(&name);
	secret_wipe_stack();
	return rc == RC_OK;
}

/* ---- in the cage ---- */

static int
leave_in_cage(void)
{
	struct str unknown;
	struct err e;

	err_clear(&e);
	str_init(&unknown);
	if (harden_process(&e) != RC_OK ||
	    sandbox_enter(NULL, 0, &e) != RC_OK ||
	    !let_all_leave(&unknown, &e)) {
		(void)fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	/* The fonts outside the cage know these; so do those inside. */
	if (unknown.len > 0) {
		(void)fprintf(stderr, "no font for %s\n", unknown.s);
		return 1;
	}
	str_release(&unknown);
	if (!sandbox_state()->calls)
		return SKIPPED;
	return fork() < 0 ? PASSED : 1;
}

static int
in_child(int (*fn)(void))
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		_exit(fn());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
all_of_it_works_in_the_cage(void **state)
{
	int got = in_child(leave_in_cage);

	(void)state;
	if (got == SKIPPED)
		print_message("no cage here\n");
	else
		assert_int_equal(got, PASSED);
}

/* ---- in memory ---- */

static int from_scan = -1;

/* How often each of the two is found, as scan.h says; -1 when it failed. */
static int
count_places(void)
{
	char told[8] = "";

	(void)raise(SIGUSR2);
	if (read(from_scan, told, sizeof(told) - 1) != 3)
		return -1;
	return (told[0] - '0') + 10 * (told[1] - '0');
}

static int
leave_and_look(void)
{
	struct str unknown, name;
	struct err e;
	int with;

	err_clear(&e);
	str_init(&unknown);
	str_init(&name);
	/* The child has a map of its own. */
	scan_prepare();
	if (count_places() != 0)
		return 200;
	/* That it is found while it is there says that it can be. */
	turn(name_turned, &name);
	with = count_places();
	str_release(&name);
	if (with < 1)
		return 201;
	if (!let_all_leave(&unknown, &e))
		return 202;
	str_release(&unknown);
	return count_places();
}

static void
nothing_of_it_stays_in_memory(void **state)
{
	(void)state;
#ifdef SANDBOX_LEFT_OUT
	print_message("left out: " SANDBOX_LEFT_OUT "\n");
#else
	assert_int_equal(in_child(leave_and_look), 0);
#endif
}

static void
prepare_scan(void)
{
	struct str words;
	int fds[2];
	char fd[16];

	if (pipe(fds) != 0)
		exit(1);
	from_scan = fds[0];
	str_init(&words);
	str_add_fmt(&words, "%s,%s", name_turned, password_turned);
	(void)setenv("HEARKEN_TEST_SCAN", words.s, 1);
	(void)snprintf(fd, sizeof(fd), "%d", fds[1]);
	(void)setenv("HEARKEN_TEST_SCAN_FD", fd, 1);
	str_release(&words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_it_works_in_the_cage),
		cmocka_unit_test(nothing_of_it_stays_in_memory),
	};

	if (sodium_init() < 0)
		return 1;
	prepare_scan();
	return cmocka_run_group_tests_name("outside", tests, NULL, NULL);
}
