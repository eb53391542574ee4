/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each step in the list of people at every call to the disk that it makes:
 * failing, cut off, killed.  Afterwards it was made or it was not.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/store/disk.h"
#include "tests/store/folk.h"

/* Whole: nobody half in, whatever the step came to. */
static bool
assert_whole(struct world *w, const char *name, enum rc rc)
{
	struct looking l;
	bool in;

	disk_mend();
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_sound(w);
	l = person(w, name);
	assert_int_equal(l.all, l.slots);
	in = l.found == 1;
	if (rc == RC_OK)
		assert_true(in);
	if (in) {
		world_ok(w, open_as(w, name, ODA_PASS));
		world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	} else {
		assert_int_equal(open_as(w, name, ODA_PASS), RC_PASSPHRASE);
		world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	}
	return in;
}

static void
walk_adding(struct world *w, enum disk_fault fault, bool for_ever,
    long stride)
{
	int in = 0, out = 0;
	char name[64];
	long at;

	for (at = 1; at < 200; at += stride) {
		enum rc rc;
		bool struck;

		if (person(w, ODA).all > 30) {
			world_release(w);
			world_init(w);
			world_create_as(w, ROLE_SUPERVISOR);
		}
		(void)snprintf(name, sizeof(name), "Person %d %d %ld",
		    (int)fault, for_ever, at);
		disk_arm(fault, at, for_ever, (uint64_t)at);
		rc = folk_add(w, name, ROLE_PRACTITIONER);
		struck = disk_struck();
		if (assert_whole(w, name, rc))
			in++;
		else
			out++;
		if (!struck)
			break;
	}
	assert_true(at > 15 && at < 200);
	assert_true(in > 0 && out > 3);
}

static void
a_failing_disk_lets_in_or_does_not(void **state)
{
	struct world *w = *state;

	walk_adding(w, DISK_EIO, false, world_step(1));
	walk_adding(w, DISK_EIO, true, 3);
	walk_adding(w, DISK_FULL, true, 3);
	walk_adding(w, DISK_CUT, true, 2);
}

/* After a failure the same handle goes on, and the step can be made again. */
static void
a_failed_step_can_be_made_again(void **state)
{
	struct world *w = *state;
	char name[64];
	long at;
	enum rc rc;

	for (at = 1; at < 200; at += world_step(1)) {
		bool struck;

		(void)snprintf(name, sizeof(name), "Person %ld", at);
		if (person(w, name).all > 30)
			break;
		disk_arm(DISK_EIO, at, false, 1);
		rc = folk_add(w, name, ROLE_PRACTITIONER);
		struck = disk_struck();
		disk_mend();
		if (rc != RC_OK)
			rc = folk_add(w, name, ROLE_PRACTITIONER);
		if (rc != RC_OK && rc != RC_EXISTS)
			fail_msg("fault %ld: %s", at, w->e.text);
		(void)assert_whole(w, name, RC_OK);
		if (!struck)
			break;
	}
	assert_true(at > 15);
}

static void
a_passphrase_is_the_old_or_the_new(void **state)
{
	struct world *w = *state;
	static const char *const words[2] = {ODA_PASS, ODA_OWN};
	static const enum disk_fault faults[] = {
		DISK_EIO, DISK_FULL, DISK_CUT
	};
	size_t now = 0;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	for (size_t f = 0; f < 3; f++) {
		for (long at = 1; at < 100; at += world_step(1)) {
			bool struck;
			enum rc rc;

			world_ok(w, open_as(w, ODA, words[now]));
			disk_arm(faults[f], at, true, (uint64_t)at);
			rc = folk_change(w, words[now], words[1 - now]);
			struck = disk_struck();
			world_close(w);
			disk_mend();
			if (open_as(w, ODA, words[1 - now]) == RC_OK)
				now = 1 - now;
			else if (rc == RC_OK)
				fail_msg("fault %ld: done, and is not", at);
			else
				world_ok(w, open_as(w, ODA, words[now]));
			assert_sound(w);
			if (!struck) {
				assert_true(at > 4);
				break;
			}
		}
	}
}

/* The child makes one step and is killed at one call to the disk. */
static int
child_step(const char *path, const char *what, const char *at)
{
	struct world w;
	enum rc rc;

	world_init(&w);
	w.seed = strtoull(at, NULL, 10) * 1000 + 77;
	(void)snprintf(w.path, sizeof(w.path), "%s", path);
	world_ok(&w, open_as(&w, WORLD_USER, WORLD_PASS));
	disk_arm(DISK_KILL, strtol(at, NULL, 10), false, 1);
	if (strcmp(what, "add") == 0)
		rc = folk_add(&w, PIERS, ROLE_PRACTITIONER);
	else if (strcmp(what, "reset") == 0)
		rc = folk_reset(&w, ODA, ODA_OWN);
	else if (strcmp(what, "revoke") == 0)
		rc = folk_revoke(&w, ODA);
	else
		rc = store_person_role(w.s, ODA, strcmp(what, "up") == 0 ?
		    ROLE_SUPERVISOR : ROLE_PRACTITIONER, &w.e);
	if (rc != RC_OK)
		fprintf(stderr, "%s\n", w.e.text);
	world_close(&w);
	return rc == RC_OK ? 0 : 1;
}

/* Runs a step killed at its at-th call; true if it came to its end. */
static bool
killed_at(struct world *w, const char *what, long at)
{
	char number[32];
	const char *words[] = {"step", w->path, what, number, NULL};
	int to, from, status, pid;

	world_close(w);
	(void)snprintf(number, sizeof(number), "%ld", at);
	pid = child_start(words, &to, &from);
	status = child_wait(pid);
	(void)close(to);
	(void)close(from);
	assert_true(status == 0 || status == -1);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_sound(w);
	return status == 0;
}

static void
a_kill_lets_in_or_does_not(void **state)
{
	struct world *w = *state;
	unsigned char *before;
	size_t n;
	bool done = false;
	long at;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_close(w);
	before = file_load(w->path, &n);
	for (at = 1; at < 200 && !done; at += world_step(1)) {
		struct looking l;

		file_save(w->path, before, n);
		done = killed_at(w, "add", at);
		l = person(w, PIERS);
		assert_int_equal(l.all, l.slots);
		assert_int_equal(open_as(w, PIERS, ODA_PASS),
		    l.found == 1 ? RC_OK : RC_PASSPHRASE);
	}
	assert_true(done && at > 15);
	free(before);
}

static void
a_kill_resets_or_does_not(void **state)
{
	struct world *w = *state;
	unsigned char *before;
	size_t n;
	bool done = false;
	long at;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_close(w);
	before = file_load(w->path, &n);
	for (at = 1; at < 200 && !done; at += world_step(1)) {
		bool fresh;

		file_save(w->path, before, n);
		done = killed_at(w, "reset", at);
		assert_int_equal(person(w, ODA).slots, 2);
		fresh = person(w, ODA).found == 2;
		world_close(w);
		assert_int_equal(open_as(w, ODA, ODA_OWN),
		    fresh ? RC_OK : RC_PASSPHRASE);
		assert_int_equal(open_as(w, ODA, ODA_PASS),
		    fresh ? RC_PASSPHRASE : RC_OK);
	}
	assert_true(done && at > 15);
	free(before);
}

/* The person themselves is the first to come back after the kill. */
static void
whoever_opens_first_settles(void **state)
{
	struct world *w = *state;
	unsigned char *before;
	int to, from, status = -1;
	size_t n;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_close(w);
	before = file_load(w->path, &n);
	for (long at = 1; at < 200 && status != 0;
	    at += world_step(1)) {
		char number[32];
		const char *words[] = {"step", w->path, "reset", number, NULL};
		enum rc old, fresh;

		world_close(w);
		file_save(w->path, before, n);
		(void)snprintf(number, sizeof(number), "%ld", at);
		status = child_wait(child_start(words, &to, &from));
		(void)close(to);
		(void)close(from);
		old = open_as(w, ODA, ODA_PASS);
		fresh = open_as(w, ODA, ODA_OWN);
		assert_true((old == RC_OK) != (fresh == RC_OK));
		assert_true(old == RC_OK || old == RC_REFUSED ||
		    old == RC_PASSPHRASE);
	}
	assert_int_equal(status, 0);
	free(before);
}

static void
kill_a_role_change(struct world *w, const char *way)
{
	unsigned char *before;
	bool done = false;
	size_t n;
	long at;

	world_close(w);
	before = file_load(w->path, &n);
	for (at = 1; at < 200 && !done; at += world_step(2)) {
		struct looking l;

		world_close(w);
		file_save(w->path, before, n);
		done = killed_at(w, way, at);
		l = person(w, ODA);
		assert_int_equal(l.p.may_grant, l.p.role == ROLE_SUPERVISOR);
	}
	assert_true(done && at > 10);
	free(before);
}

static void
a_kill_leaves_role_and_root_key_together(void **state)
{
	struct world *w = *state;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	kill_a_role_change(w, "up");
	assert_true(person(w, ODA).p.may_grant);
	kill_a_role_change(w, "down");
	assert_false(person(w, ODA).p.may_grant);
}

static void
a_kill_ends_the_access_or_does_not(void **state)
{
	struct world *w = *state;
	unsigned char *before;
	bool done = false;
	size_t n;
	long at;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_close(w);
	before = file_load(w->path, &n);
	for (at = 1; at < 3000 && !done; at += world_step(1 + at / 12)) {
		struct looking l;

		world_close(w);
		file_save(w->path, before, n);
		done = killed_at(w, "revoke", at);
		l = person(w, ODA);
		assert_int_equal(l.slots, l.p.ended == INT64_MAX ? 2 : 1);
		assert_true(!done || l.p.ended != INT64_MAX);
		assert_int_equal(open_as(w, ODA, ODA_PASS),
		    l.p.ended == INT64_MAX ? RC_OK : RC_PASSPHRASE);
	}
	assert_true(done && at > 30);
	free(before);
}

#define T(f) cmocka_unit_test_setup_teardown(f, folk_make, folk_unmake)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		T(a_failing_disk_lets_in_or_does_not),
		T(a_failed_step_can_be_made_again),
		T(a_passphrase_is_the_old_or_the_new),
		T(a_kill_lets_in_or_does_not),
		T(a_kill_resets_or_does_not),
		T(whoever_opens_first_settles),
		T(a_kill_leaves_role_and_root_key_together),
		T(a_kill_ends_the_access_or_does_not),
	};

	disk_install();
	if (argc == 5 && strcmp(argv[1], "step") == 0)
		return child_step(argv[2], argv[3], argv[4]);
	return cmocka_run_group_tests_name("store: people under faults", tests, NULL,
	    NULL);
}
