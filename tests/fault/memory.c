/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of db/, exchange/ and the database library fails in its
 * turn, once and from then on.
 */
#include "config.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/fault/stage.h"

#define SAMPLE 3
#define MANY 150

static long
count_allocations(struct stage *g, const struct op *op)
{
	long n;

	stage_reset(g, op);
	stage_rehearse(g, op);
	stage_reset(g, op);
	memory_fail(LONG_MAX, false);
	world_ok(&g->w, op->run(g));
	n = memory_counted();
	(void)memory_mend();
	return n;
}

static void
strike_at(struct stage *g, const struct op *op, long at, bool for_ever)
{
	char where[200];
	struct ending end = {.told = true, .where = where};
	bool struck;

	(void)snprintf(where, sizeof(where), "%s, no memory at %ld%s",
	    op->name, at, for_ever ? " and on" : "");
	stage_reset(g, op);
	err_clear(&g->w.e);
	memory_fail(at, for_ever);
	end.rc = op->run(g);
	struck = memory_mend();
	end.goes_on = !op->closed;
	if (end.rc != RC_OK && (!struck || end.rc != RC_NOMEM))
		fail_msg("%s: %d, %s", where, (int)end.rc, g->w.e.text);
	stage_check(g, op, &end);
}

static void
walk(bool for_ever)
{
	struct stage g;
	size_t nops;
	const struct op *ops = stage_ops(&nops);

	stage_init(&g);
	for (size_t i = 0; i < nops; i++) {
		long n, points;

		if (!stage_takes(i + for_ever))
			continue;
		n = count_allocations(&g, &ops[i]);
		points = stage_points(n, SAMPLE, MANY);

		for (long p = 0; p < points; p++)
			strike_at(&g, &ops[i], stage_point(p, points, n),
			    for_ever);
	}
	stage_release(&g);
}

static void
no_memory_once(void **state)
{
	(void)state;
	walk(false);
}

static void
no_memory_from_then_on(void **state)
{
	(void)state;
	walk(true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_memory_once),
		cmocka_unit_test(no_memory_from_then_on),
	};

	return stage_tell("faults: memory", cmocka_run_group_tests_name(
	    "faults: memory", tests, NULL, NULL));
}
