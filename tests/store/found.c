/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making a store is one step: killed at any call to the disk, there is no
 * file of its name or a whole store with its instruments; whatever is left
 * beside it does not stop the next attempt.
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
#include "tests/store/world.h"

/* Founds a store with two instruments; how it went is in w->e as well. */
static enum rc
found(struct world *w)
{
	struct store_text texts[2] = {{.file = "one"}, {.file = "two"}};
	struct store_founder f = {.user = WORLD_USER,
	    .role = ROLE_PRACTITIONER, .instruments = texts,
	    .ninstruments = 2};
	char *one = world_text("content/instruments/occ-csegg.yaml",
	    &texts[0].n);
	char *two = world_text("tests/data/weighted.yaml", &texts[1].n);
	enum rc rc;

	texts[0].text = one;
	texts[1].text = two;
	rc = store_create(w->path, &f, &w->pass, &w->opts, &w->s, &w->e);
	free(one);
	free(two);
	return rc;
}

static int
child_found(const char *path, const char *at)
{
	struct world w;

	world_init(&w);
	(void)snprintf(w.path, sizeof(w.path), "%s", path);
	disk_install();
	disk_arm(DISK_KILL, strtol(at, NULL, 10), false, 0);
	world_ok(&w, found(&w));
	disk_mend();
	world_release(&w);
	return 0;
}

/* True if the child came to its end. */
static bool
found_and_kill(const struct world *w, long at)
{
	char number[32];
	const char *words[] = {"found", w->path, number, NULL};
	int to, from, pid, status;

	(void)snprintf(number, sizeof(number), "%ld", at);
	pid = child_start(words, &to, &from);
	(void)close(to);
	(void)close(from);
	status = child_wait(pid);
	assert_true(status == 0 || status == -1);
	return status == 0;
}

static void
assert_whole(struct world *w)
{
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	assert_int_equal(store_instruments(w->s), 2);
	assert_string_equal(store_default_instrument(w->s)->id, "occ-csegg");
}

static void
killed_while_it_is_made(void **state)
{
	int absent = 0, whole = 0;
	bool done = false;

	(void)state;
	for (long at = 1; !done; at += 1 + at / 12) {
		struct world w;

		world_init(&w);
		/* Another name for what is built than the child's. */
		w.seed = 1000;
		done = found_and_kill(&w, at);
		if (access(w.path, F_OK) == 0) {
			world_ok(&w, world_open(&w));
			whole++;
		} else {
			assert_false(done);
			world_ok(&w, found(&w));
			absent++;
		}
		assert_whole(&w);
		world_release(&w);
	}
	assert_true(absent > 10);
	assert_true(whole > 1);
}

static void
a_broken_instrument_leaves_nothing(void **state)
{
	struct store_text text = {"folder/broken.yaml", "id: [broken", 11};
	struct store_founder f = {.user = WORLD_USER,
	    .role = ROLE_PRACTITIONER, .instruments = &text,
	    .ninstruments = 1};
	struct world w;

	(void)state;
	world_init(&w);
	assert_int_equal(store_create(w.path, &f, &w.pass, &w.opts, &w.s,
	    &w.e), RC_INPUT);
	assert_non_null(strstr(w.e.text, "folder/broken.yaml: "));
	assert_int_equal(rmdir(w.dir), 0);
	world_release(&w);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_while_it_is_made),
		cmocka_unit_test(a_broken_instrument_leaves_nothing),
	};

	if (argc == 4 && strcmp(argv[1], "found") == 0)
		return child_found(argv[2], argv[3]);
	return cmocka_run_group_tests_name("store: found", tests, NULL, NULL);
}
