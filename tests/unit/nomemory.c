/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Without memory the program says so and ends as the man page promises.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/harden.h"
#include "core/xalloc.h"

static _Noreturn void
ask_too_much(int to)
{
	volatile size_t size = SIZE_MAX / 2;
	struct err e;

	if (dup2(to, STDERR_FILENO) < 0 || harden_process(&e) != RC_OK)
		_exit(99);
	(void)xmalloc(size);
	_exit(98);
}

static void
the_end_is_told_with_exit_6(void **state)
{
	char text[8192] = "";
	size_t got = 0;
	ssize_t n;
	int fds[2], status = 0;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		ask_too_much(fds[1]);
	(void)close(fds[1]);
	/* A sanitizer may have its own say first. */
	while (got < sizeof(text) - 1 && (n = read(fds[0], text + got,
	    sizeof(text) - 1 - got)) > 0)
		got += (size_t)n;
	(void)close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 6);
	assert_non_null(strstr(text, "not enough memory"));
}

static void
words_are_given_back(void **state)
{
	xalloc_words_fn before = xalloc_set_last_words(NULL);

	(void)state;
	assert_null(xalloc_set_last_words(before));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_end_is_told_with_exit_6),
		cmocka_unit_test(words_are_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
