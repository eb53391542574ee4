/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A look that the disk does not take is not made, and one that was altered
 * or taken away is told.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/disk.h"
#include "tests/store/team.h"

static long long
lines(struct world *w)
{
	return raw_number(w->s, "SELECT count(*) FROM look");
}

static void
look(struct desk *d, enum look what, const struct case_id *id,
    uint64_t count)
{
	struct look_note n = {what, id, NULL, count, NULL};

	world_ok(&d->w, store_look(d->w.s, &n, &d->w.e));
}

/* One reason given while the disk fails at a place; true if it did. */
static bool
break_on_a_bad_disk(struct desk *d, enum disk_fault fault, long at)
{
	struct world *w = &d->w;
	long long before = lines(w);
	struct casefile c;
	enum door door;
	bool struck;
	enum rc rc;

	disk_arm(fault, at, true, 1);
	rc = store_break_glass(w->s, &d->wren, "On duty, she is missing",
	    &w->e);
	struck = disk_struck();
	disk_mend();
	world_ok(w, store_door(w->s, &d->wren, &door, &w->e));
	assert_int_equal(door, rc == RC_OK ? DOOR_BROKEN : DOOR_RESTRICTED);
	if (rc != RC_OK)
		assert_int_equal(store_case_load(w->s, &d->wren, &c, &w->e),
		    RC_REFUSED);
	people_enter(w, OTHER);
	/* A commit that was told as failed may have reached the disk. */
	assert_true(lines(w) == before + 1 ||
	    (rc != RC_OK && lines(w) == before));
	return struck;
}

static void
bad_disk_opens_nothing(void **state)
{
	static const enum disk_fault faults[] = {DISK_EIO, DISK_FULL};
	struct desk *d = *state;
	long at;

	people_enter(&d->w, OTHER);
	for (size_t i = 0; i < 2; i++) {
		for (at = 1; break_on_a_bad_disk(d, faults[i], at); at++)
			assert_true(at < 500);
		assert_true(at > 5);
	}
}

static void
altered_lines_are_told_and_mended(void **state)
{
	static const char *const attacks[] = {
		"DELETE FROM look WHERE row = (SELECT max(row) FROM look)",
		"UPDATE look SET flagged = 0",
		"UPDATE look SET author = 1",
		"UPDATE look SET at = at + 1",
		"UPDATE look SET what = 0",
		"UPDATE look SET what = 99",
		"UPDATE look SET case_id = NULL"
	};
	struct desk *d = *state;
	struct world *w = &d->w;
	struct store_verdict v;

	people_enter(w, OTHER);
	look(d, LOOK_FAILED_UNLOCK, NULL, 3);
	look(d, LOOK_PRINT, &d->lark, 0);
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		assert_int_equal(raw_sql(w->s, attacks[i]), 0);
		world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
		if (strstr(v.fault, "who looked at what") == NULL)
			fail_msg("after %s: %s", attacks[i], v.fault);
		world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
		world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
		assert_string_equal(v.fault, "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_unmake)
		T(bad_disk_opens_nothing),
		T(altered_lines_are_told_and_mended)
#undef T
	};

	disk_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
