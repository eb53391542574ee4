/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two processes that want the same store at once, and a clock that goes
 * back: nobody's entry is lost, and the chain stays one.
 */
#include "config.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/store/world.h"

#define WORKERS 2
#define DAY INT64_C(86400000)
#define PATIENCE 10000000L

static int
turns(void)
{
	const char *asked = getenv("HEARKEN_FAULTS");

	return asked != NULL && asked[0] != '\0' ? 100 : 10;
}

/* Opens, saves one entry, tells its id and closes, again and again. */
static int
work(const char *dir, const char *seed)
{
	struct world w;
	struct case_id id;
	struct entry_id e;
	long tries;
	enum rc rc;

	world_init(&w);
	(void)rmdir(w.dir);
	w.seed = strtoull(seed, NULL, 10);
	(void)snprintf(w.path, sizeof(w.path), "%s/test.hearken", dir);
	for (int i = 0; i < turns(); i++) {
		for (tries = 0; tries < PATIENCE; tries++) {
			rc = world_open(&w);
			if (rc != RC_BUSY)
				break;
			(void)sched_yield();
		}
		world_ok(&w, rc);
		world_ok(&w, store_case_by_reference(w.s, "WREN-1", &id,
		    &w.e));
		world_ok(&w, world_append(&w, draft_observation(id, "B1",
		    "present", "words"), &e));
		if (write(1, e.b, sizeof(e.b)) != (ssize_t)sizeof(e.b))
			return 1;
		world_close(&w);
	}
	secret_release(&w.pass);
	return 0;
}

static void
assert_sound(struct world *w)
{
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

/* Reads the ids that one of them told and looks for each in the case. */
static int
find_all(const struct casefile *c, int from)
{
	struct entry_id id;
	size_t have = 0;
	ssize_t n;
	int found = 0;

	while ((n = read(from, id.b + have, sizeof(id.b) - have)) > 0) {
		have += (size_t)n;
		if (have < sizeof(id.b))
			continue;
		assert_non_null(casefile_find(c, &id));
		found++;
		have = 0;
	}
	return found;
}

static void
two_processes_take_turns(void **state)
{
	char seeds[WORKERS][16];
	int pid[WORKERS], to[WORKERS], from[WORKERS];
	struct casefile c;
	struct case_id id;
	struct world w;

	(void)state;
	world_init(&w);
	world_create(&w);
	world_adopt(&w);
	id = world_case(&w, "WREN-1");
	world_close(&w);
	for (int i = 0; i < WORKERS; i++) {
		const char *words[] = {"work", w.dir, seeds[i], NULL};

		(void)snprintf(seeds[i], sizeof(seeds[i]), "%d000000", i + 1);
		pid[i] = child_start(words, &to[i], &from[i]);
		(void)close(to[i]);
	}
	for (int i = 0; i < WORKERS; i++)
		assert_int_equal(child_wait(pid[i]), 0);
	world_ok(&w, world_open(&w));
	assert_sound(&w);
	world_ok(&w, store_case_load(w.s, &id, &c, &w.e));
	assert_int_equal(c.nrecords, 1 + WORKERS * turns());
	for (int i = 0; i < WORKERS; i++) {
		assert_int_equal(find_all(&c, from[i]), turns());
		(void)close(from[i]);
	}
	casefile_release(&c);
	world_release(&w);
}

static bool
count_case(const struct case_row *row, void *ctx)
{
	(void)row;
	++*(int *)ctx;
	return true;
}

/* Everything works at this time, in this handle and in a fresh one. */
static void
live_at(struct world *w, struct case_id id, int64_t now)
{
	unsigned char before[32], after[32];
	int found = 0;

	w->now = now;
	for (int i = 0; i < 2; i++) {
		world_ok(w, world_append(w, draft_observation(id, "B1",
		    "present", "words"), NULL));
		world_ok(w, store_draft_save(w->s, "note/1", "typed",
		    &w->e));
		world_reopen(w);
	}
	world_ok(w, store_cases(w->s, NULL, 0, 0, count_case, &found,
	    &w->e));
	assert_int_equal(found, 1);
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, sizeof(before));
	assert_sound(w);
}

static void
clock_goes_back(void **state)
{
	struct world w;
	struct case_id id;
	int64_t start;

	(void)state;
	world_init(&w);
	w.opts.state_dir = w.dir;
	world_create(&w);
	world_adopt(&w);
	id = world_case(&w, "WREN-1");
	start = w.now;
	live_at(&w, id, start + 400 * DAY);
	live_at(&w, id, start + 399 * DAY);
	live_at(&w, id, start - 3000 * DAY);
	live_at(&w, id, 0);
	live_at(&w, id, start);
	world_release(&w);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_processes_take_turns),
		cmocka_unit_test(clock_goes_back),
	};

	if (argc == 4 && strcmp(argv[1], "work") == 0)
		return work(argv[2], argv[3]);
	return cmocka_run_group_tests_name("faults: together", tests, NULL,
	    NULL);
}
