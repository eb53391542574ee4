/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/certificate.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[512], path[600];

static int
make(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%s/paper.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/page.txt", dir);
	return 0;
}

static int
unmake(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(dir);
}

static char reference[] = "WREN\033]0;x\a-1", who[] = "Ilse Marwood";
static char other[] = "Tove Lindqvist", rule[] = "child-in-need";
static char why[] = "first line\nsecond \033[2J line, long enough that it "
    "has to be wrapped on to another line of the page", agreed[] = "read";

static struct disposal
sample(void)
{
	struct disposal d = {reference, who, other, rule, why, agreed,
	    INT64_C(1767261600000), INT64_C(1767348000000), 12, {0}, {{0}}};

	memset(d.digest, 0xab, sizeof(d.digest));
	memset(d.id.b, 0xcd, sizeof(d.id.b));
	return d;
}

/* Everything that the disposal holds, and no byte that a terminal obeys. */
static void
the_page_says_all(void **state)
{
	static const char *const says[] = {
		"CERTIFICATE OF DISPOSAL\n", "Tove Lindqvist\n",
		"Ilse Marwood\n", "s.hearken\n", "child-in-need\n",
		"1 January 2026 at 10:00\n", "2 January 2026 at 10:00\n",
		"    read\n", "12\n", "    abababab", "    cdcdcdcd", "-1\n",
		"first line", "the page"
	};
	struct disposal d = sample();
	const char *line, *end;
	struct str page;

	(void)state;
	str_init(&page);
	certificate_text(&d, "s.hearken", &page);
	for (size_t i = 0; i < sizeof(says) / sizeof(says[0]); i++)
		if (strstr(page.s, says[i]) == NULL)
			fail_msg("\"%s\" is not in\n%s", says[i], page.s);
	for (size_t i = 0; i < page.len; i++)
		assert_true(page.s[i] == '\n' ||
		    (unsigned char)page.s[i] >= 0x20);
	for (line = page.s; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		assert_true(end - line <= 80);
		assert_true(end == line || end[-1] != ' ');
	}
	str_release(&page);
}

static void
the_file_is_new_and_whole(void **state)
{
	struct certificate *c;
	struct stat st;
	struct err e;

	(void)state;
	assert_int_equal(certificate_new(path, &c, &e), RC_OK);
	assert_int_equal(certificate_write(c, "page\n", 5, &e), RC_OK);
	certificate_free(c);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 5);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(certificate_new(path, &c, &e), RC_EXISTS);
	assert_null(c);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 5);
}

/* A link could lead to any file. */
static void
a_link_is_not_followed(void **state)
{
	char to[600];
	struct certificate *c;
	struct err e;

	(void)state;
	(void)snprintf(to, sizeof(to), "%s/to", dir);
	assert_int_equal(symlink(to, path), 0);
	assert_int_equal(certificate_new(path, &c, &e), RC_EXISTS);
	assert_int_equal(access(to, F_OK), -1);
	assert_int_equal(unlink(path), 0);
}

static void
what_is_not_written_is_removed(void **state)
{
	struct certificate *c;
	struct err e;

	(void)state;
	assert_int_equal(certificate_new(path, &c, &e), RC_OK);
	assert_int_equal(access(path, F_OK), 0);
	certificate_free(c);
	assert_int_equal(access(path, F_OK), -1);
	certificate_free(NULL);
}

/* No room is told before the case goes, not after. */
static void
no_room_is_told_in_time(void **state)
{
	struct rlimit old, small;
	struct certificate *c;
	struct err e;

	(void)state;
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 1000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_not_equal(certificate_new(path, &c, &e), RC_OK);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_non_null(strstr(e.text, "page.txt"));
	assert_int_equal(access(path, F_OK), -1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_page_says_all),
		TEST(the_file_is_new_and_whole),
		TEST(a_link_is_not_followed),
		TEST(what_is_not_written_is_removed),
		TEST(no_room_is_told_in_time),
	};

	return cmocka_run_group_tests_name("certificate", tests, NULL, NULL);
}
