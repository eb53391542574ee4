/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A disposal under faults of the disk and of memory, and killed: the case is
 * there whole or gone whole, and what was confirmed stays done.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/disk.h"
#include "tests/store/disposing.h"

static bool
is_disposed(struct world *w)
{
	char line[200] = "";
	size_t words = found(w, "quillfeather");

	assert_sound(w);
	world_ok(w, store_disposals(w->s, note_disposal, line, &w->e));
	assert_true((line[0] == '\0') == (words == 1));
	if (line[0] != '\0')
		assert_int_equal(raw_bytes_found(w->s, "uillfeather"), 0);
	return line[0] != '\0';
}

static void
fail_at(enum disk_fault fault, long at, bool *over, bool *disposed)
{
	struct world w;
	struct case_id id;
	enum rc rc;

	world_init(&w);
	world_create_as(&w, ROLE_SUPERVISOR);
	raw_person(w.s, SECOND, "supervisor");
	id = plant(&w, "WREN-77", "Quillfeather");
	world_ok(&w, ask(&w, &id));
	raw_become(w.s, SECOND);
	disk_arm(fault, at, fault == DISK_CUT, (uint64_t)at * 977);
	rc = agree(&w, &id);
	*over = !disk_struck();
	disk_mend();
	world_close(&w);
	world_ok(&w, world_open(&w));
	*disposed = is_disposed(&w);
	if (rc == RC_OK && !*disposed)
		fail_msg("confirmed, and lost (fault %d at %ld)", (int)fault,
		    at);
	/* A certificate is owed: only a cut may keep it back. */
	if (rc != RC_OK && *disposed && fault != DISK_CUT)
		fail_msg("done, and called failed (fault %d at %ld): %s",
		    (int)fault, at, w.e.text);
	world_release(&w);
}

static void
faults_leave_before_or_after(void **state)
{
	static const enum disk_fault faults[] = {
		DISK_EIO, DISK_FULL, DISK_CUT
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		bool over = false, disposed = false;
		long before = 0;

		for (long at = 1; !over; at += world_step(1)) {
			fail_at(faults[i], at, &over, &disposed);
			before += !disposed;
		}
		assert_true(disposed);
		assert_true(before > 5);
	}
}

static void
memory_leaves_before_or_after(void **state)
{
	bool over = false;

	(void)state;
	for (long at = 1; !over; at += world_step(1 + at / 8)) {
		struct world w;
		struct case_id id;
		enum rc rc;

		world_init(&w);
		world_create_as(&w, ROLE_SUPERVISOR);
		raw_person(w.s, SECOND, "supervisor");
		id = plant(&w, "WREN-77", "Quillfeather");
		world_ok(&w, ask(&w, &id));
		raw_become(w.s, SECOND);
		memory_arm(at, false);
		rc = agree(&w, &id);
		over = !memory_struck();
		memory_arm(0, false);
		if (rc != RC_OK)
			assert_int_equal(rc, RC_NOMEM);
		assert_int_equal(is_disposed(&w), rc == RC_OK);
		world_release(&w);
	}
}

static int
child_agree(const char *dir, const char *at)
{
	struct world w;
	struct case_id id;

	world_init(&w);
	w.seed = 500000;
	(void)snprintf(w.path, sizeof(w.path), "%s/test.hearken", dir);
	world_ok(&w, world_open(&w));
	world_ok(&w, store_case_by_reference(w.s, "WREN-77", &id, &w.e));
	raw_become(w.s, SECOND);
	disk_arm(DISK_KILL, strtol(at, NULL, 10), false, 1);
	return agree(&w, &id) == RC_OK ? 0 : 1;
}

static void
killed_it_is_before_or_after(void **state)
{
	size_t before = 0;
	bool over = false;

	(void)state;
	for (long at = 1; !over; at += world_step(2)) {
		char number[32];
		const char *words[] = {"agree", NULL, number, NULL};
		struct world w;
		struct case_id id;
		int to, from;

		world_init(&w);
		world_create_as(&w, ROLE_SUPERVISOR);
		raw_person(w.s, SECOND, "supervisor");
		id = plant(&w, "WREN-77", "Quillfeather");
		world_ok(&w, ask(&w, &id));
		world_close(&w);
		words[1] = w.dir;
		(void)snprintf(number, sizeof(number), "%ld", at);
		over = child_wait(child_start(words, &to, &from)) == 0;
		world_ok(&w, world_open(&w));
		before += !is_disposed(&w);
		world_release(&w);
	}
	assert_true(before > 3);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_leave_before_or_after),
		cmocka_unit_test(memory_leaves_before_or_after),
		cmocka_unit_test(killed_it_is_before_or_after),
	};

	disk_install();
	if (argc == 4 && strcmp(argv[1], "agree") == 0)
		return child_agree(argv[2], argv[3]);
	return cmocka_run_group_tests_name("store: disposal under faults",
	    tests, NULL, NULL);
}
