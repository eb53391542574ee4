/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be read as text: files, pipes for commands, and for screens
 * nothing that they would wait for.
 */
#include "config.h"

#include "exchange/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/hearken-source-XXXXXX";
static char path[128];

static int
prepare(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL || chdir(folder) != 0)
		return 1;
	return mkfifo("pipe.csv", 0600) != 0 || mkdir("folder.csv", 0700) != 0;
}

static int
tidy(void **state)
{
	(void)state;
	(void)unlink("pipe.csv");
	(void)unlink("-");
	(void)unlink("return.csv");
	(void)rmdir("folder.csv");
	return chdir("/") != 0 || rmdir(folder) != 0;
}

static void
write_file(const char *name, const char *bytes, size_t n)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	(void)snprintf(path, sizeof(path), "%s", name);
}

static void
refused(enum rc rc, const struct err *e, const char *words)
{
	assert_int_equal(rc, RC_INPUT);
	if (strstr(e->text, words) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", e->text, words);
}

static void
is_read(struct source *s, const char *wanted)
{
	char buf[64];
	struct err e;
	size_t got;

	assert_int_equal(source_read(s, buf, sizeof(buf), &got, &e), RC_OK);
	assert_int_equal(got, strlen(wanted));
	assert_memory_equal(buf, wanted, got);
	source_close(s);
}

/* A screen that waited for a writer would never lock. */
static void
a_screen_waits_for_no_pipe(void **state)
{
	struct source s;
	struct err e;

	(void)state;
	refused(source_open_file(&s, "pipe.csv", &e), &e,
	    "pipe.csv is a pipe or a device; expected a CSV file");
	refused(source_open_file(&s, "/dev/null", &e), &e,
	    "/dev/null is a pipe or a device");
	refused(source_open_file(&s, "folder.csv", &e), &e, "is a folder");
}

/* What is typed belongs to the screen. */
static void
a_screen_reads_no_standard_input(void **state)
{
	struct source s;
	struct err e;

	(void)state;
	assert_int_equal(source_open_file(&s, "-", &e), RC_NOTFOUND);
	write_file("-", "a,b\n", 4);
	assert_int_equal(source_open_file(&s, path, &e), RC_OK);
	assert_string_equal(s.name, "-");
	is_read(&s, "a,b\n");
}

static void
a_workbook_is_called_one(void **state)
{
	struct source s;
	struct err e;

	(void)state;
	write_file("return.csv", "PK\003\004rest", 8);
	refused(source_open(&s, path, &e), &e, "return.csv is a workbook or "
	    "another zipped file and no text; open it where it was made and "
	    "save its sheet as CSV");
	refused(source_open_file(&s, path, &e), &e, "workbook");
	write_file("return.csv", "\320\317\021\340\241\261\032\341", 8);
	refused(source_open(&s, path, &e), &e, "an old Excel workbook");
	write_file("return.csv", "%PDF-1.7", 8);
	refused(source_open(&s, path, &e), &e, "is a PDF and no text");
}

/* Nor is a byte of a text lost that only begins like one. */
static void
a_text_is_read_from_its_first_byte(void **state)
{
	struct source s;
	struct err e;

	(void)state;
	write_file("return.csv", "PK,State\n1,Yes\n", 15);
	assert_int_equal(source_open(&s, path, &e), RC_OK);
	assert_int_equal(s.size, 15);
	is_read(&s, "PK,State\n1,Yes\n");
	write_file("return.csv", "", 0);
	assert_int_equal(source_open_file(&s, path, &e), RC_OK);
	is_read(&s, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_screen_waits_for_no_pipe),
		cmocka_unit_test(a_screen_reads_no_standard_input),
		cmocka_unit_test(a_workbook_is_called_one),
		cmocka_unit_test(a_text_is_read_from_its_first_byte),
	};

	return cmocka_run_group_tests(tests, prepare, tidy);
}
