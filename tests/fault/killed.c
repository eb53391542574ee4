/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A process is killed before each of its calls to the disk, and the next one
 * finds the state before or the state after.
 */
#include "config.h"

#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/fault/stage.h"

#define SAMPLE 2
#define MANY 150

/* In the child: the operation, killed at a call; ends with its code. */
static int
be_killed(const char *name, const char *dir, const char *at)
{
	const struct op *op = stage_op(name);
	struct stage g;
	enum rc rc;

	if (op == NULL)
		return 99;
	stage_join(&g, dir);
	g.w.seed = 5000 + strtoull(at, NULL, 10);
	stage_open(&g, op);
	calls_arm(CALL_KILL, strtol(at, NULL, 10), false, 1);
	rc = op->run(&g);
	(void)calls_mend();
	world_close(&g.w);
	return (int)rc;
}

static long
count_calls(struct stage *g, const struct op *op)
{
	long n;

	stage_reset(g, op);
	/* Counted as a fault that never comes. */
	calls_arm(CALL_KILL, LONG_MAX, false, 1);
	stage_rehearse(g, op);
	n = calls_counted();
	(void)calls_mend();
	return n;
}

static void
kill_at(struct stage *g, const struct op *op, long at)
{
	char where[200], number[32];
	const char *words[] = {"kill", op->name, g->w.dir, number, NULL};
	struct ending end = {.where = where};
	int pid, to, from, status;

	(void)snprintf(where, sizeof(where), "%s, killed at call %ld",
	    op->name, at);
	(void)snprintf(number, sizeof(number), "%ld", at);
	stage_reset(g, op);
	world_close(&g->w);
	pid = child_start(words, &to, &from);
	(void)close(to);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	(void)close(from);
	end.told = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (!end.told && !(WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGKILL))
		fail_msg("%s: ended with %x", where, (unsigned)status);
	stage_check(g, op, &end);
}

static void
killed_at_every_call(void **state)
{
	struct stage g;
	size_t nops;
	const struct op *ops = stage_ops(&nops);

	(void)state;
	stage_init(&g);
	for (size_t i = 0; i < nops; i++) {
		long n = count_calls(&g, &ops[i]);
		long points = stage_points(n, SAMPLE, MANY);

		for (long p = 0; p < points; p++)
			kill_at(&g, &ops[i], stage_point(p, points, n));
	}
	stage_release(&g);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_at_every_call),
	};

	if (argc == 5 && strcmp(argv[1], "kill") == 0)
		return be_killed(argv[2], argv[3], argv[4]);
	return stage_tell("faults: killed", cmocka_run_group_tests_name(
	    "faults: killed", tests, NULL, NULL));
}
