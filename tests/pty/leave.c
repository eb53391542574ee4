/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking something out of a store, in the real program: the file is there,
 * shut, and on the record; or there is none.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

/* A case of Ava Samplewood's, open, in a program that may write to HOME. */
static struct pty *
open_new_case(void)
{
	struct pty *p = desk_start_with(NULL, "--folder", getenv("HOME"));

	desk_unlock(p);
	pty_wait(p, "No case yet");
	pty_keys(p, "c 'Ava Samplewood'");
	pty_wait(p, "pen a new case for");
	pty_keys(p, "PgDn Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-0142' F2");
	pty_wait(p, "The case is open and signed.");
	return p;
}

static void
stop(struct pty *p)
{
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static bool
holds(const char *bytes, size_t n, const char *word)
{
	return memmem(bytes, n, word, strlen(word)) != NULL;
}

/* Private, shut, a PDF; then it is removed. */
static void
check_file(const char *path)
{
	static char bytes[1 << 20];
	struct stat st;
	size_t n;
	FILE *f = fopen(path, "rb");

	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	n = fread(bytes, 1, sizeof(bytes), f);
	(void)fclose(f);
	assert_true(n > 5 && n < sizeof(bytes));
	assert_memory_equal(bytes, "%PDF-", 5);
	assert_true(holds(bytes, n, "/Encrypt"));
	assert_false(holds(bytes, n, "Samplewood"));
	assert_int_equal(unlink(path), 0);
}

/* The last group as the screen shows it. */
static void
type_last_group(struct pty *p)
{
	char keys[32], *text, *at;

	/* The screen comes in pieces: the last group is below the sentence. */
	pty_wait(p, " 5  ");
	text = pty_text(p);
	at = strstr(text, " 5  ");
	assert_non_null(at);
	(void)snprintf(keys, sizeof(keys), "'%.5s' Enter", at + 4);
	pty_keys(p, "Enter");
	pty_wait(p, "Last group:");
	pty_keys(p, keys);
	free(text);
}

static void
take_out(struct pty *p, const char *path)
{
	pty_wait(p, "What leaves is out of reach");
	pty_keys(p, "Enter Enter ^U");
	pty_paste(p, path);
	pty_keys(p, "Enter 'For the conference' Enter 'K-0142' Enter");
}

static void
a_pack_leaves_shut_and_on_the_record(void **state)
{
	struct pty *p = open_new_case();
	char path[700];

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/out.pdf", getenv("HOME"));
	pty_keys(p, "X");
	pty_wait(p, "2 of 2 given");
	pty_keys(p, "E");
	take_out(p, path);
	pty_wait(p, "Its last group is then asked for");
	type_last_group(p);
	pty_wait(p, "wiped from this machine");
	check_file(path);
	pty_keys(p, "q W");
	pty_wait(p, "Exported");
	pty_keys(p, "Down");
	pty_wait(p, "a subject access pack");
	pty_wait(p, "For the conference");
	pty_keys(p, "q");
	stop(p);
}

static void
a_screen_is_printed(void **state)
{
	struct pty *p = open_new_case();
	char path[700];

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/out.pdf", getenv("HOME"));
	pty_keys(p, "3 : 'print' Enter");
	take_out(p, path);
	pty_wait(p, "Its last group is then asked for");
	type_last_group(p);
	check_file(path);
	pty_keys(p, "W");
	pty_wait(p, "Exported");
	pty_keys(p, "Down");
	pty_wait(p, "a screen, Case K-0142");
	pty_keys(p, "q");
	stop(p);
}

/* What lies over a case is of that case: who looks it up finds it there. */
static void
an_entry_that_is_printed_is_of_its_case(void **state)
{
	struct pty *p = open_new_case();
	char path[700];

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/out.pdf", getenv("HOME"));
	pty_keys(p, "2 Enter");
	pty_wait(p, "Signed by");
	pty_keys(p, ": 'print' Enter");
	pty_wait(p, "Take out of the store: K-0142");
	take_out(p, path);
	pty_wait(p, "It is shown this once");
	type_last_group(p);
	check_file(path);
	pty_keys(p, "q W");
	pty_wait(p, "Exported");
	pty_keys(p, "q");
	stop(p);
}

/* A name that is taken is told; nothing is written over, and one may go on. */
static void
nothing_is_written_over(void **state)
{
	struct pty *p = open_new_case();
	char path[700];
	FILE *f;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/taken.pdf", getenv("HOME"));
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fclose(f), 0);
	pty_keys(p, "E Enter");
	take_out(p, path);
	pty_wait(p, "taken.pdf exists already");
	assert_int_equal(unlink(path), 0);
	pty_keys(p, "Esc");
	pty_wait(p, "Direct questions");
	stop(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_pack_leaves_shut_and_on_the_record,
		    desk_new_supervisor),
		cmocka_unit_test_setup(a_screen_is_printed, desk_new_supervisor),
		cmocka_unit_test_setup(an_entry_that_is_printed_is_of_its_case,
		    desk_new_supervisor),
		cmocka_unit_test_setup(nothing_is_written_over,
		    desk_new_supervisor),
	};

	return cmocka_run_group_tests(tests, desk_prepare, NULL);
}
