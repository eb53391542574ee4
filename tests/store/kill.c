/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Killed at any moment, a store opens again, is sound, and holds every entry
 * whose save was confirmed; an import that was not sealed left nothing.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/store/world.h"

/* 20 in `make check', 200 in check-fault, 1,000 in check-nightly. */
static int
rounds(void)
{
	const char *asked = getenv("HEARKEN_FAULTS");

	if (asked == NULL || asked[0] == '\0')
		return 20;
	return strcmp(asked, "nightly") == 0 ? 1000 : 200;
}

/*
 * The child appends for ever, one entry and then a small import in turn, and
 * tells the id of each entry after its save was confirmed.
 */
static int
child_append(const char *dir, const char *seed)
{
	struct world w;
	struct case_id id;
	struct entry_id e;

	world_init(&w);
	w.seed = strtoull(seed, NULL, 10);
	(void)snprintf(w.path, sizeof(w.path), "%s/test.hearken", dir);
	world_ok(&w, world_open(&w));
	id = world_case(&w, "WREN-1");
	for (;;) {
		struct entry_draft d = draft_observation(id, "B1", "present",
		    "words");
		struct entry_id bulk[5];

		world_ok(&w, world_append(&w, draft_observation(id, "A1",
		    "present", "words"), &e));
		if (write(1, e.b, sizeof(e.b)) != (ssize_t)sizeof(e.b))
			return 1;
		world_ok(&w, store_bulk_begin(w.s, &w.e));
		for (int i = 0; i < 5; i++)
			world_ok(&w, store_bulk_add(w.s, &d, &bulk[i],
			    &w.e));
		world_ok(&w, store_bulk_seal(w.s, &w.e));
		entry_draft_release(&d);
		if (write(1, bulk, sizeof(bulk)) != (ssize_t)sizeof(bulk))
			return 1;
	}
}

struct confirmed {
	struct entry_id *ids;
	size_t n, cap;
};

/* Reads `want` ids, kills, then takes what was still in the pipe. */
static void
kill_after(struct confirmed *c, size_t want, int spin, const char *dir)
{
	char seed[32];
	const char *words[] = {"append", dir, seed, NULL};
	struct entry_id id;
	size_t got = 0, part = 0;
	int to, from, pid;
	ssize_t n;

	(void)snprintf(seed, sizeof(seed), "%zu", 100000 * (c->n + 1));
	pid = child_start(words, &to, &from);
	while ((n = read(from, id.b + part, sizeof(id.b) - part)) > 0) {
		part += (size_t)n;
		if (part < sizeof(id.b))
			continue;
		part = 0;
		if (c->n == c->cap) {
			c->cap = c->cap * 2 + 256;
			c->ids = realloc(c->ids, c->cap * sizeof(*c->ids));
		}
		c->ids[c->n++] = id;
		if (++got == want) {
			for (volatile int i = 0; i < spin; i++)
				continue;
			(void)kill(pid, SIGKILL);
		}
	}
	assert_true(got >= want);
	(void)close(to);
	(void)close(from);
	assert_int_equal(child_wait(pid), -1);
}

static int
compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct entry_id));
}

static bool
see_case(const struct case_row *row, void *ctx)
{
	struct confirmed *have = ctx;

	if (have->n == have->cap) {
		have->cap = have->cap * 2 + 64;
		have->ids = realloc(have->ids,
		    have->cap * sizeof(*have->ids));
	}
	memset(&have->ids[have->n], 0, sizeof(*have->ids));
	memcpy(have->ids[have->n++].b, row->id.b, CASE_ID_LEN);
	return true;
}

static void
add_ids(struct world *w, const struct case_id *id, struct confirmed *have)
{
	struct casefile c;

	world_ok(w, store_case_load(w->s, id, &c, &w->e));
	while (have->cap < have->n + c.nrecords) {
		have->cap = have->cap * 2 + 256;
		have->ids = realloc(have->ids,
		    have->cap * sizeof(*have->ids));
	}
	for (size_t i = 0; i < c.nrecords; i++)
		have->ids[have->n++] = c.records[i]->entry.id;
	casefile_release(&c);
}

static void
assert_all_there(struct world *w, const struct confirmed *c)
{
	struct confirmed cases = {0}, have = {0};
	struct store_verdict v;
	struct case_id id;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	world_ok(w, store_cases(w->s, NULL, 0, 0, see_case, &cases, &w->e));
	for (size_t i = 0; i < cases.n; i++) {
		memcpy(id.b, cases.ids[i].b, CASE_ID_LEN);
		add_ids(w, &id, &have);
	}
	qsort(have.ids, have.n, sizeof(*have.ids), compare_ids);
	for (size_t i = 0; i < c->n; i++)
		if (bsearch(&c->ids[i], have.ids, have.n, sizeof(*have.ids),
		    compare_ids) == NULL)
			fail_msg("confirmed entry %zu of %zu is lost", i,
			    c->n);
	free(cases.ids);
	free(have.ids);
}

static void
confirmed_entries_survive_kills(void **state)
{
	struct confirmed c = {0};
	struct world w;
	uint64_t x = 7;

	(void)state;
	world_init(&w);
	world_create(&w);
	world_close(&w);
	for (int round = 0; round < rounds(); round++) {
		x = x * UINT64_C(6364136223846793005) + 1;
		kill_after(&c, 1 + (x >> 33) % 20,
		    (int)((x >> 20) % 2000000), w.dir);
		world_ok(&w, world_open(&w));
		assert_all_there(&w, &c);
		world_close(&w);
	}
	world_release(&w);
	free(c.ids);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(confirmed_entries_survive_kills),
	};

	if (argc == 4 && strcmp(argv[1], "append") == 0)
		return child_append(argv[2], argv[3]);
	return cmocka_run_group_tests_name("store: kill", tests, NULL, NULL);
}
