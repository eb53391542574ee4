/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every call to the disk fails in turn, memory runs out at every place, and
 * the power goes at any moment.  After each: it was done or it was reported,
 * the store opens, is sound, and holds the state before or the state after.
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
#include "tests/store/world.h"

#define CUTS 150

static struct case_id
make(struct world *w)
{
	struct case_id id;

	world_init(w);
	world_create(w);
	world_adopt(w);
	id = world_case(w, "WREN-1");
	for (int i = 0; i < 3; i++)
		world_ok(w, world_append(w, draft_observation(id, "B1",
		    "present", "words"), NULL));
	return id;
}

/* Two entries in one save; a search first, so that pages are read. */
static enum rc
save_two(struct world *w, struct case_id id)
{
	struct entry_draft d[2] = {
		draft_observation(id, "A1", "present", "first words"),
		draft_observation(id, "B2", "present", "other words")
	};
	enum rc rc = store_append(w->s, d, 2, NULL, &w->e);

	entry_draft_release(&d[0]);
	entry_draft_release(&d[1]);
	return rc;
}

static uint64_t
entries(struct world *w)
{
	uint64_t n = 0;

	world_ok(w, store_entry_count(w->s, &n, &w->e));
	return n;
}

static void
assert_sound(struct world *w)
{
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

/*
 * The store as it is found afterwards.  A commit that was reported as failed
 * may still have reached the disk whole, never in part.
 */
static uint64_t
assert_before_or_after(struct world *w, enum rc rc, uint64_t before)
{
	uint64_t now;

	world_reopen(w);
	now = entries(w);
	if (rc == RC_OK)
		assert_int_equal(now, before + 2);
	else if (now != before && now != before + 2)
		fail_msg("%llu entries became %llu", (unsigned long long)before,
		    (unsigned long long)now);
	assert_sound(w);
	return now;
}

static void
walk_disk_faults(enum disk_fault fault, bool for_ever)
{
	struct world w;
	struct case_id id = make(&w);
	uint64_t n = entries(&w);
	long at;

	for (at = 1; at < 500; at += world_step(1)) {
		enum rc rc;

		/* A fresh handle each time, so that pages are read too. */
		world_reopen(&w);
		disk_arm(fault, at, for_ever, 1);
		rc = save_two(&w, id);
		if (rc != RC_OK && !disk_struck())
			fail_msg("without a fault: %s", w.e.text);
		if (rc != RC_OK && rc != RC_SYSTEM && rc != RC_NOSPACE)
			fail_msg("fault %ld: %d %s", at, (int)rc, w.e.text);
		if (!disk_struck()) {
			disk_mend();
			break;
		}
		disk_mend();
		if (rc != RC_OK && !for_ever) {
			/* The handle itself goes on as well. */
			enum rc again = save_two(&w, id);

			n = assert_before_or_after(&w, again,
			    again == RC_OK ? entries(&w) - 2 : n);
			continue;
		}
		n = assert_before_or_after(&w, rc, n);
	}
	assert_true(at > 10);
	world_release(&w);
}

static void
input_output_errors(void **state)
{
	(void)state;
	walk_disk_faults(DISK_EIO, false);
	walk_disk_faults(DISK_EIO, true);
}

static void
full_disk(void **state)
{
	(void)state;
	walk_disk_faults(DISK_FULL, false);
	walk_disk_faults(DISK_FULL, true);
}

static void
memory_faults(void **state)
{
	struct world w;
	struct case_id id;
	uint64_t n;
	long at;

	(void)state;
	id = make(&w);
	n = entries(&w);
	for (at = 1; at < 3000; at += world_step(at < 150 ? 1 : 7)) {
		enum rc rc;

		memory_arm(at, at % 2 == 0);
		rc = save_two(&w, id);
		if (!memory_struck()) {
			memory_arm(0, false);
			world_ok(&w, rc);
			break;
		}
		memory_arm(0, false);
		if (rc != RC_OK && rc != RC_NOMEM)
			fail_msg("allocation %ld: %d %s", at, (int)rc,
			    w.e.text);
		if (rc == RC_OK)
			n += 2;
		assert_int_equal(entries(&w), n);
		if (at % 25 == 0) {
			assert_sound(&w);
			world_reopen(&w);
		}
	}
	assert_true(at > 20);
	world_reopen(&w);
	assert_sound(&w);
	world_release(&w);
}

static void
power_cuts(void **state)
{
	struct world w;
	struct case_id id;
	uint64_t n, x = 11;
	int refused = 0;

	(void)state;
	id = make(&w);
	n = entries(&w);
	for (long i = 0; i < CUTS; i += world_step(1)) {
		enum rc rc = RC_OK;

		x = x * UINT64_C(6364136223846793005) + 99;
		disk_arm(DISK_CUT, 1 + (long)((x >> 33) % 40), true, x);
		for (int k = 0; k < 4 && rc == RC_OK; k++) {
			rc = save_two(&w, id);
			n += rc == RC_OK ? 2 : 0;
		}
		refused += rc != RC_OK;
		world_close(&w);
		disk_mend();
		n = assert_before_or_after(&w, rc == RC_OK ? RC_OK : rc,
		    rc == RC_OK ? n - 2 : n);
	}
	assert_true(refused > CUTS / world_step(2));
	world_release(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(input_output_errors),
		cmocka_unit_test(full_disk),
		cmocka_unit_test(power_cuts),
		cmocka_unit_test(memory_faults),
	};

	memory_arm(0, false);
	disk_install();
	return cmocka_run_group_tests_name("store: faults", tests, NULL,
	    NULL);
}
