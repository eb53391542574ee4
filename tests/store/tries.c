/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wrong passphrases: each one costs the next a wait, across programs; the
 * right one sets that back; nothing about it can shut anybody out for good.
 */
#include "config.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/tries.h"
#include "db/watch.h"
#include "tests/store/world.h"

static char state_dir[600];

static void
start(struct world *w)
{
	world_init(w);
	(void)snprintf(state_dir, sizeof(state_dir), "%.500s.state", w->dir);
	w->opts.state_dir = state_dir;
	world_create(w);
	world_close(w);
}

/* The name of the one file of tries, or "" when there is none. */
static void
find_file(char *out, size_t n)
{
	DIR *d = opendir(state_dir);
	const struct dirent *f;

	*out = '\0';
	while (d != NULL && (f = readdir(d)) != NULL)
		if (strstr(f->d_name, ".tries") != NULL)
			(void)snprintf(out, n, "%s/%.200s", state_dir,
			    f->d_name);
	if (d != NULL)
		(void)closedir(d);
}

static void
finish(struct world *w)
{
	char path[1024];
	const struct dirent *f;
	DIR *d;

	world_release(w);
	d = opendir(state_dir);
	while (d != NULL && (f = readdir(d)) != NULL) {
		(void)snprintf(path, sizeof(path), "%s/%.200s", state_dir,
		    f->d_name);
		(void)unlink(path);
	}
	if (d != NULL)
		(void)closedir(d);
	(void)rmdir(state_dir);
}

static enum rc
try_wrong(struct world *w)
{
	static const char words[] = "not the words that were chosen";
	struct secret wrong;
	enum rc rc;

	w->s = NULL;
	world_ok(w, secret_init(&wrong, 64, &w->e));
	(void)secret_add(&wrong, words, strlen(words));
	rc = store_open(w->path, NULL, &wrong, &w->opts, &w->s, &w->e);
	secret_release(&wrong);
	return rc;
}

static void
delays_double_to_a_minute(void **state)
{
	static const int64_t want[] = {
		0, 0, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000
	};

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_int_equal(tries_delay(i), want[i]);
	assert_int_equal(tries_delay(UINT64_MAX), 60000);
}

static void
each_wrong_try_waits_longer(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(store_wait(w.path, &w.opts), 0);
	assert_int_equal(try_wrong(&w), RC_PASSPHRASE);
	assert_int_equal(store_wait(w.path, &w.opts), 0);
	assert_int_equal(try_wrong(&w), RC_PASSPHRASE);
	assert_int_equal(store_wait(w.path, &w.opts), 1000);
	/* Too early: not even the right one is looked at, nor counted. */
	assert_int_equal(world_open(&w), RC_PASSPHRASE);
	assert_non_null(strstr(w.e.text, "try again in 1 s"));
	assert_int_equal(store_wait(w.path, &w.opts), 1000);
	w.now += 999;
	assert_int_equal(store_wait(w.path, &w.opts), 1);
	w.now += 1;
	assert_int_equal(try_wrong(&w), RC_PASSPHRASE);
	assert_int_equal(store_wait(w.path, &w.opts), 2000);
	w.now += 2000;
	world_ok(&w, world_open(&w));
	world_close(&w);
	assert_int_equal(store_wait(w.path, &w.opts), 0);
	assert_int_equal(try_wrong(&w), RC_PASSPHRASE);
	assert_int_equal(store_wait(w.path, &w.opts), 0);
	finish(&w);
}

static bool
note_look(const struct look_row *row, void *ctx)
{
	uint64_t *count = ctx;

	if (row->what == LOOK_FAILED_UNLOCK)
		*count += row->count;
	return true;
}

/* The right one leaves an entry of how many wrong ones there were. */
static void
wrong_ones_become_an_entry(void **state)
{
	const struct look_query q = {.person = WORLD_USER,
	    .since = INT64_MIN};
	struct world w;
	uint64_t count = 0;

	(void)state;
	start(&w);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(try_wrong(&w), RC_PASSPHRASE);
		w.now += 60000;
	}
	world_ok(&w, world_open(&w));
	world_ok(&w, store_looks(w.s, &q, note_look, &count, &w.e));
	assert_int_equal(count, 3);
	count = 0;
	world_reopen(&w);
	world_ok(&w, store_looks(w.s, &(struct look_query){
	    .person = WORLD_USER, .since = w.now, .flagged = true}, note_look,
	    &count, &w.e));
	assert_int_equal(count, 3);	/* once, and not once more */
	finish(&w);
}

static void
the_file_is_private_and_says_little(void **state)
{
	char path[1024];
	unsigned char *text;
	struct stat st;
	struct world w;
	size_t n;

	(void)state;
	start(&w);
	(void)try_wrong(&w);
	find_file(path, sizeof(path));
	assert_int_equal(lstat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	text = file_load(path, &n);
	assert_null(memmem(text, n, "Ilse", 4));
	assert_null(memmem(text, n, "words", 5));
	assert_null(memmem(text, n, "hearken/", 8));
	assert_int_equal(memcmp(text, "hearken tries 1 1 ", 18), 0);
	free(text);
	w.now += 60000;
	world_ok(&w, world_open(&w));
	find_file(path, sizeof(path));
	assert_string_equal(path, "");
	finish(&w);
}

static void
a_bad_file_shuts_nobody_out(void **state)
{
	static const char *const bad[] = {
		"x", "hearken tries 1 ", "hearken tries 1 9 9\n",
		"hearken tries 1 -1 0 0\n", "hearken tries 2 9 9 9\n",
		"hearken tries 1 99999999999999999999 1 2\nmore",
		"hearken tries 1 3 0 1 \n"
	};
	char path[1024];
	struct world w;

	(void)state;
	start(&w);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)try_wrong(&w);
		find_file(path, sizeof(path));
		file_save(path, (const unsigned char *)bad[i],
		    strlen(bad[i]));
		assert_int_equal(chmod(path, 0600), 0);
		assert_int_equal(store_wait(w.path, &w.opts), 0);
		world_ok(&w, world_open(&w));
		world_close(&w);
		(void)unlink(path);
	}
	finish(&w);
}

/* A link in its place is neither read nor written through. */
static void
a_link_is_not_followed(void **state)
{
	char path[1024], target[700];
	unsigned char *text;
	struct world w;
	size_t n;

	(void)state;
	start(&w);
	(void)try_wrong(&w);
	find_file(path, sizeof(path));
	(void)snprintf(target, sizeof(target), "%s/target", w.dir);
	file_save(target, (const unsigned char *)"hearken tries 1 9 9 9\n",
	    22);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink(target, path), 0);
	assert_int_equal(store_wait(w.path, &w.opts), 0);
	(void)try_wrong(&w);
	text = file_load(target, &n);
	assert_int_equal(n, 22);
	free(text);
	finish(&w);
}

static void
a_clock_that_went_back_costs_one_delay(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	(void)try_wrong(&w);
	(void)try_wrong(&w);
	w.now -= INT64_C(31536000000);
	assert_int_equal(store_wait(w.path, &w.opts), 1000);
	w.now += 1000;
	assert_int_equal(store_wait(w.path, &w.opts), 0);
	world_ok(&w, world_open(&w));
	finish(&w);
}

static void
without_a_place_nothing_is_remembered(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	w.opts.state_dir = NULL;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(try_wrong(&w), RC_PASSPHRASE);
	assert_int_equal(store_wait(w.path, &w.opts), 0);
	/* A folder that cannot be made stops nobody, either. */
	w.opts.state_dir = "/dev/null/state";
	assert_int_equal(try_wrong(&w), RC_PASSPHRASE);
	world_ok(&w, world_open(&w));
	finish(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(delays_double_to_a_minute),
		cmocka_unit_test(each_wrong_try_waits_longer),
		cmocka_unit_test(wrong_ones_become_an_entry),
		cmocka_unit_test(the_file_is_private_and_says_little),
		cmocka_unit_test(a_bad_file_shuts_nobody_out),
		cmocka_unit_test(a_link_is_not_followed),
		cmocka_unit_test(a_clock_that_went_back_costs_one_delay),
		cmocka_unit_test(without_a_place_nothing_is_remembered),
	};

	return cmocka_run_group_tests_name("store: tries", tests, NULL, NULL);
}
