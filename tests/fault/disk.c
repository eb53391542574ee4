/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every call to the disk fails in its turn, once and from then on.  After
 * each: it was done or it was reported, in the right words; the store opens,
 * is sound, and holds the state before or the state after.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/fault/walk.h"

static void
walk(enum call_fault fault, bool for_ever, enum rc a, enum rc b)
{
	struct walk k = {fault, for_ever, {a, b, RC_OK}, 2, 100};

	walk_all(&k);
}

/* SQLite opens for reading what it cannot open for writing, and says so. */
static void
errors_once(void **state)
{
	(void)state;
	walk(CALL_EIO, false, RC_SYSTEM, RC_READONLY);
}

static void
errors_for_ever(void **state)
{
	(void)state;
	walk(CALL_EIO, true, RC_SYSTEM, RC_READONLY);
}

/* Of a journal that cannot be made SQLite keeps no reason. */
static void
full_once(void **state)
{
	(void)state;
	walk(CALL_FULL, false, RC_NOSPACE, RC_SYSTEM);
}

static void
full_for_ever(void **state)
{
	(void)state;
	if (stage_is_long())
		walk(CALL_FULL, true, RC_NOSPACE, RC_SYSTEM);
}

/* A short read or write is no fault: the rest is asked for. */
static void
short_calls(void **state)
{
	(void)state;
	if (stage_is_long())
		walk(CALL_SHORT, false, RC_OK, RC_OK);
	walk(CALL_SHORT, true, RC_OK, RC_OK);
}

static void
read_only(void **state)
{
	(void)state;
	if (stage_is_long())
		walk(CALL_READONLY, false, RC_READONLY, RC_SYSTEM);
	walk(CALL_READONLY, true, RC_READONLY, RC_SYSTEM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_once),
		cmocka_unit_test(errors_for_ever),
		cmocka_unit_test(full_once),
		cmocka_unit_test(full_for_ever),
		cmocka_unit_test(short_calls),
		cmocka_unit_test(read_only),
	};

	return stage_tell("faults: disk", cmocka_run_group_tests_name(
	    "faults: disk", tests, NULL, NULL));
}
