/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The power goes at every call that reaches the disk, every sync among them:
 * what was not synced is lost, whole, in sectors or in any order.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/fault/walk.h"

static void
walk(enum call_fault fault)
{
	struct walk k = {fault, true, {RC_OK}, 2, 200};

	walk_all(&k);
}

static void
unsynced_is_lost(void **state)
{
	(void)state;
	walk(CALL_CUT);
}

static void
unsynced_is_torn(void **state)
{
	(void)state;
	walk(CALL_TORN);
}

static void
unsynced_is_mixed(void **state)
{
	(void)state;
	walk(CALL_MIXED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unsynced_is_lost),
		cmocka_unit_test(unsynced_is_torn),
		cmocka_unit_test(unsynced_is_mixed),
	};

	return stage_tell("faults: power", cmocka_run_group_tests_name(
	    "faults: power", tests, NULL, NULL));
}
