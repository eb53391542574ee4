/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A disk that is full, here a limit on the size of files: what does not fit
 * is refused in those words, and the store goes on from the state before.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/store/world.h"

static void
limit_files(rlim_t size)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static rlim_t
size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (rlim_t)st.st_size;
}

static enum rc
append_large(struct world *w, struct case_id id)
{
	char *text = malloc(60001);
	enum rc rc;

	for (size_t i = 0; i < 60000; i++)
		text[i] = (char)('a' + i * 7 % 23);
	text[60000] = '\0';
	rc = world_append(w, draft_observation(id, "B1", "present", text),
	    NULL);
	free(text);
	return rc;
}

static void
assert_as_before(struct world *w, uint64_t entries)
{
	struct store_verdict v;
	uint64_t now;

	world_ok(w, store_entry_count(w->s, &now, &w->e));
	assert_int_equal(now, entries);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

static void
full_disk_at_every_size(void **state)
{
	uint64_t before;
	struct case_id id;
	struct world w;
	rlim_t base;
	bool refused_all = true;
	int refused = 0;

	(void)state;
	(void)signal(SIGXFSZ, SIG_IGN);
	world_init(&w);
	world_create(&w);
	id = world_case(&w, "WREN-1");
	base = size_of(w.path);
	world_ok(&w, store_entry_count(w.s, &before, &w.e));
	for (rlim_t extra = 0; extra < 80000; extra += 3 * 1024) {
		enum rc rc;

		limit_files(base + extra);
		rc = append_large(&w, id);
		limit_files(RLIM_INFINITY);
		if (rc == RC_OK) {
			refused_all = false;
			break;
		}
		refused++;
		if (rc != RC_NOSPACE)
			fail_msg("at %lu: %d %s", (unsigned long)extra,
			    (int)rc, w.e.text);
		assert_non_null(strstr(w.e.text, "disk is full"));
		assert_as_before(&w, before);
	}
	assert_true(refused > 5);
	world_ok(&w, world_append(&w, draft_observation(id, "B2", "present",
	    "words"), NULL));
	world_reopen(&w);
	assert_as_before(&w, before + (refused_all ? 1 : 2));
	world_release(&w);
}

/* A journal that cannot grow refuses as well. */
static void
full_disk_while_making_a_store(void **state)
{
	struct store_text text = {.file = "one"};
	struct store_founder f = {.user = WORLD_USER,
	    .role = ROLE_SUPERVISOR, .instruments = &text,
	    .ninstruments = 1};
	char *one = world_text("content/instruments/occ-csegg.yaml",
	    &text.n);
	struct world w;
	bool made = false;

	(void)state;
	(void)signal(SIGXFSZ, SIG_IGN);
	text.text = one;
	for (rlim_t size = 0; !made; size += 20000) {
		enum rc rc;

		world_init(&w);
		limit_files(size);
		rc = store_create(w.path, &f, &w.pass, &w.opts, &w.s, &w.e);
		limit_files(RLIM_INFINITY);
		if (rc != RC_OK) {
			assert_int_equal(rc, RC_NOSPACE);
			assert_non_null(strstr(w.e.text, "/test.hearken"));
			assert_null(strstr(w.e.text, ".new-"));
			assert_int_equal(access(w.path, F_OK), -1);
			/* Nothing half made is left beside it. */
			assert_int_equal(rmdir(w.dir), 0);
		}
		made = rc == RC_OK;
		world_release(&w);
	}
	free(one);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_disk_at_every_size),
		cmocka_unit_test(full_disk_while_making_a_store),
	};

	return cmocka_run_group_tests_name("store: full disk", tests, NULL,
	    NULL);
}
