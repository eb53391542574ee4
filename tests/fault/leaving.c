/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation that libqpdf, libzip and what they rest on make while
 * something is sealed fails in its turn, once and from then on.  Some say so
 * and some end the program, as our own strings do; that they need not, our
 * functions ask for room first, and say when there is none.  What is said to
 * be sealed is whole.  A child process each.
 */
#include "config.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/sandbox_impl.h"
#include "core/xalloc.h"
#include "exchange/leave.h"

#define SOME 60		/* places in `make check`, spread evenly */
#define ENDED 3
#define SAID 4

#if !defined(SANDBOX_LEFT_OUT) && defined(__GLIBC__)

/* Under these names glibc gives its own to a program that replaces them. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

static long countdown = -1, counted;
static bool for_ever;

static bool
fails(void)
{
	counted++;
	if (countdown < 0 || (countdown > 0 && --countdown > 0))
		return false;
	if (!for_ever)
		countdown = -1;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t size)
{
	return fails() ? NULL : __libc_realloc(p, size);
}

/* ---- what is tried ---- */

static struct str pdf;
static struct secret password;

static enum rc
seal(enum leave_format f, struct err *e)
{
	const struct archive_member m = {f == LEAVE_PDF ? "a.pdf" : "a.csv",
		pdf.s, pdf.len};
	struct str out;
	enum rc rc;

	str_init(&out);
	rc = leave_seal(&m, 1, &password, 0, &out, e);
	if (rc == RC_OK && (out.len < pdf.len / 2 || memcmp(out.s, f ==
	    LEAVE_PDF ? "%PDF" : "PK\3\4", 4) != 0))
		_exit(1);
	str_release(&out);
	return rc;
}

static void
our_strings_ended(void)
{
	_exit(ENDED);
}

static int
try_at(enum leave_format f, long at, bool ever)
{
	struct err e;
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		err_clear(&e);
		/* What C++ says at its end is not for people. */
		(void)close(STDERR_FILENO);
		(void)signal(SIGSEGV, SIG_DFL);
		(void)signal(SIGABRT, SIG_DFL);
		(void)xalloc_set_last_words(our_strings_ended);
		for_ever = ever;
		countdown = at;
		if (seal(f, &e) == RC_OK)
			_exit(0);
		_exit(e.rc == RC_NOMEM || e.rc == RC_SYSTEM ? SAID : 1);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		fail_msg("a child is missing");
	return status;
}

static void
walk(enum leave_format f, bool ever)
{
	struct err e;
	long n, step, said = 0;

	err_clear(&e);
	/* What is made once is made. */
	assert_int_equal(seal(f, &e), RC_OK);
	counted = 0;
	assert_int_equal(seal(f, &e), RC_OK);
	n = counted;
	step = getenv("HEARKEN_FAULTS") != NULL || n < SOME ? 1 : n / SOME;
	for (long at = 1; at <= n; at += step) {
		int status = try_at(f, at, ever);

		if (WIFEXITED(status) && WEXITSTATUS(status) == 1)
			fail_msg("%s, no memory at %ld of %ld%s: status %x",
			    leave_format_code(f), at, n, ever ? " and on" : "",
			    (unsigned)status);
		said += WIFEXITED(status) && WEXITSTATUS(status) == SAID;
	}
	if (f == LEAVE_CSV)
		assert_true(said > 0);
}

static void
no_memory_once(void **state)
{
	(void)state;
	walk(LEAVE_PDF, false);
	walk(LEAVE_CSV, false);
}

static void
no_memory_from_then_on(void **state)
{
	(void)state;
	walk(LEAVE_PDF, true);
	walk(LEAVE_CSV, true);
}

/* With less memory left than it takes. */
static int
run_short(void)
{
	const struct archive_member m = {"a.csv", pdf.s, pdf.len};
	struct rlimit few = {(rlim_t)8 << 20, (rlim_t)8 << 20};
	struct err e;
	struct str out;
	struct paper p;
	bool told;

	err_clear(&e);
	str_init(&out);
	(void)signal(SIGSEGV, SIG_DFL);
	paper_init(&p, "Note", "TEST-1", NULL, NULL);
	if (setrlimit(RLIMIT_AS, &few) != 0)
		return 2;
	/* What was given back before is used up. */
	while (malloc((size_t)1 << 20) != NULL)
		;
	told = pdf_seal(&pdf, &password, &e) == RC_NOMEM &&
	    archive_seal(&m, 1, &password, 0, &out, &e) == RC_NOMEM &&
	    paper_pdf(&p, 0, &out, NULL, &e) == RC_NOMEM;
	return told ? 0 : 1;
}

static void
too_little_memory_is_said(void **state)
{
	int status = 0;
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(run_short());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
make_sample(void)
{
	static const char words[] = "seven-herons-fly-48";
	const struct rlimit none = {0, 0};
	struct paper p;
	struct err e;

	(void)setrlimit(RLIMIT_CORE, &none);
	err_clear(&e);
	str_init(&pdf);
	paper_init(&p, "Note", "TEST-1", NULL, NULL);
	for (int i = 0; i < 80; i++)
		paper_addf(&p, PAPER_TEXT, "Paragraph %d by the harbour.", i);
	if (secret_init(&password, sizeof(words), &e) != RC_OK ||
	    !secret_add(&password, words, sizeof(words) - 1) ||
	    paper_pdf(&p, 0, &pdf, NULL, &e) != RC_OK) {
		(void)fprintf(stderr, "%s\n", e.text);
		exit(1);
	}
	paper_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_memory_once),
		cmocka_unit_test(no_memory_from_then_on),
		cmocka_unit_test(too_little_memory_is_said),
	};

	/* It brings an allocator of its own. */
	if (getenv("HEARKEN_VALGRIND") != NULL)
		return 77;
	if (sodium_init() < 0)
		return 1;
	make_sample();
	return cmocka_run_group_tests_name("leaving", tests, NULL, NULL);
}

#else

int
main(void)
{
	puts("skipped: another allocator is in force");
	return 77;
}

#endif
