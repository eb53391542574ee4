/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/walk.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static long
count_calls(struct stage *g, const struct op *op, enum call_fault fault)
{
	long n;

	stage_reset(g, op);
	calls_arm(fault, LONG_MAX, false, 1);
	stage_rehearse(g, op);
	n = calls_counted();
	(void)calls_mend();
	return n;
}

static void
check_words(const struct stage *g, const struct walk *k, enum rc rc,
    const char *where)
{
	if (rc == RC_OK)
		return;
	for (size_t i = 0; i < 4 && k->may[i] != RC_OK; i++)
		if (k->may[i] == rc)
			return;
	fail_msg("%s: %d, %s", where, (int)rc, g->w.e.text);
}

static void
strike_at(struct stage *g, const struct op *op, const struct walk *k, long at)
{
	char where[200];
	struct ending end = {.told = true, .where = where};
	bool struck;

	(void)snprintf(where, sizeof(where), "%s, %s at call %ld%s", op->name,
	    call_fault_name(k->fault), at, k->for_ever ? " and on" : "");
	stage_reset(g, op);
	err_clear(&g->w.e);
	calls_arm(k->fault, at, k->for_ever, (uint64_t)at * 77);
	end.rc = op->run(g);
	/* What a process does after the power went, it does to no disk. */
	if (k->fault >= CALL_CUT)
		world_close(&g->w);
	struck = calls_mend();
	/* Who had no power told nobody that it failed. */
	end.told = k->fault < CALL_CUT || end.rc == RC_OK;
	end.goes_on = struck && k->fault < CALL_CUT && !op->closed;
	if (!struck && end.rc != RC_OK)
		fail_msg("%s: fails without it: %s", where, g->w.e.text);
	if (k->fault < CALL_CUT)
		check_words(g, k, end.rc, where);
	stage_check(g, op, &end);
}

void
walk_all(const struct walk *k)
{
	struct stage g;
	size_t nops;
	const struct op *ops = stage_ops(&nops);

	stage_init(&g);
	for (size_t i = 0; i < nops; i++) {
		long n, points;

		if (!stage_takes(i + (size_t)k->fault))
			continue;
		n = count_calls(&g, &ops[i], k->fault);
		points = stage_points(n, k->sample, k->many);

		for (long p = 0; p < points; p++)
			strike_at(&g, &ops[i], k, stage_point(p, points, n));
	}
	stage_release(&g);
}
