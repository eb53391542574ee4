/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store that cannot be opened says why, each cause in its own words, and
 * is left as it was.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/header.h"
#include "tests/store/world.h"

static int
make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	world_init(w);
	world_create(w);
	world_close(w);
	*state = w;
	return 0;
}

static int
unmake(void **state)
{
	world_release(*state);
	free(*state);
	return 0;
}

static void
assert_says(const struct world *w, const char *words)
{
	if (strstr(w->e.text, words) == NULL)
		fail_msg("\"%s\" not in: %s", words, w->e.text);
}

/* Opens, expects this refusal, and that the file stays as it is. */
static void
assert_refused(struct world *w, enum rc rc, const char *words)
{
	size_t n, m;
	unsigned char *before = file_load(w->path, &n), *after;

	assert_int_equal(world_open(w), rc);
	assert_null(w->s);
	assert_says(w, words);
	after = file_load(w->path, &m);
	assert_int_equal(n, m);
	assert_memory_equal(before, after, n);
	free(before);
	free(after);
}

static void
wrong_passphrase(void **state)
{
	struct world *w = *state;

	secret_wipe(&w->pass);
	(void)secret_add(&w->pass, "another one of five words", 25);
	assert_refused(w, RC_PASSPHRASE, "not accepted");
}

static void
wrong_name(void **state)
{
	struct world *w = *state;

	assert_int_equal(store_open(w->path, "Nobody Here", &w->pass,
	    &w->opts, &w->s, &w->e), RC_PASSPHRASE);
	assert_int_equal(store_open(w->path, "ILSE marwood", &w->pass,
	    &w->opts, &w->s, &w->e), RC_OK);
}

static void
slots_are_counted_without_a_key(void **state)
{
	struct world *w = *state;
	size_t n = 0;

	world_ok(w, store_slot_count(w->path, &n, &w->e));
	assert_int_equal(n, 1);
}

static void
never_over_an_existing_file(void **state)
{
	struct world *w = *state;
	struct store_founder f = {.user = "Someone Else",
	    .role = ROLE_SUPERVISOR};
	struct store *s = NULL;

	assert_int_equal(store_create(w->path, &f, &w->pass, &w->opts, &s,
	    &w->e), RC_EXISTS);
	assert_int_equal(world_open(w), RC_OK);
	assert_string_equal(store_user(w->s), WORLD_USER);
}

static void
short_passphrases_and_bad_founders(void **state)
{
	struct world *w = *state;
	struct store_founder f = {.user = "Someone Else",
	    .role = ROLE_SUPERVISOR};
	struct store *s = NULL;
	char path[700];

	(void)snprintf(path, sizeof(path), "%s/second", w->dir);
	secret_wipe(&w->pass);
	(void)secret_add(&w->pass, "too short", 9);
	assert_int_equal(store_create(path, &f, &w->pass, &w->opts, &s,
	    &w->e), RC_INPUT);
	secret_wipe(&w->pass);
	(void)secret_add(&w->pass, "a b c d e", 9);
	assert_int_equal(store_passphrase_check(&w->pass, &w->e), RC_OK);
	f.role = 0;
	assert_int_equal(store_create(path, &f, &w->pass, &w->opts, &s,
	    &w->e), RC_USAGE);
	f.role = ROLE_SUPERVISOR;
	f.user = "...";
	assert_int_equal(store_create(path, &f, &w->pass, &w->opts, &s,
	    &w->e), RC_INPUT);
	f.user = "Someone Else";
	w->opts.cipher = "rot13";
	assert_int_equal(store_create(path, &f, &w->pass, &w->opts, &s,
	    &w->e), RC_USAGE);
	assert_int_equal(access(path, F_OK), -1);
}

static void
empty_and_foreign_files(void **state)
{
	struct world *w = *state;
	unsigned char *noise = calloc(1, 300000);

	file_save(w->path, noise, 0);
	assert_refused(w, RC_NOTSTORE, "empty");
	file_save(w->path, noise, 300000);
	assert_refused(w, RC_NOTSTORE, "not a Hearken store");
	memset(noise, 'x', 1000);
	file_save(w->path, noise, 1000);
	assert_refused(w, RC_NOTSTORE, "not a Hearken store");
	free(noise);
}

/* Advice about a file's mode or names is only for what is a store. */
static void
foreign_whatever_its_mode(void **state)
{
	struct world *w = *state;
	char other[700];

	file_save(w->path, (const unsigned char *)"# Words", 7);
	(void)snprintf(other, sizeof(other), "%s/other", w->dir);
	assert_int_equal(link(w->path, other), 0);
	assert_int_equal(chmod(w->path, 0444), 0);
	assert_refused(w, RC_NOTSTORE, "not a Hearken store");
	assert_int_equal(unlink(w->path), 0);
	assert_int_equal(mkfifo(w->path, 0600), 0);
	assert_int_equal(world_open(w), RC_NOTSTORE);
	assert_says(w, "not a file");
}

static void
missing_file_and_folder(void **state)
{
	struct world *w = *state;

	(void)unlink(w->path);
	assert_int_equal(world_open(w), RC_NOTFOUND);
	assert_says(w, "hearken init");
	assert_int_equal(rmdir(w->dir), 0);
	assert_int_equal(world_open(w), RC_NOTFOUND);
}

static void
open_to_others(void **state)
{
	struct world *w = *state;

	assert_int_equal(chmod(w->path, 0644), 0);
	assert_refused(w, RC_REFUSED, "chmod 600");
	assert_int_equal(chmod(w->path, 0600), 0);
	assert_int_equal(world_open(w), RC_OK);
}

static void
links(void **state)
{
	struct world *w = *state;
	char other[700];

	(void)snprintf(other, sizeof(other), "%s/other", w->dir);
	assert_int_equal(link(w->path, other), 0);
	assert_refused(w, RC_REFUSED, "hard link");
	assert_int_equal(unlink(other), 0);
	assert_int_equal(rename(w->path, other), 0);
	assert_int_equal(symlink(other, w->path), 0);
	assert_int_equal(world_open(w), RC_REFUSED);
	assert_says(w, "symbolic link");
}

static void
a_folder_is_not_a_store(void **state)
{
	struct world *w = *state;

	assert_int_equal(store_open(w->dir, NULL, &w->pass, &w->opts, &w->s,
	    &w->e), RC_NOTSTORE);
}

/* Both copies as a later version would write them. */
static void
newer_version(void **state)
{
	struct world *w = *state;
	struct header *h = malloc(sizeof(*h));
	unsigned char key[32] = {0};
	unsigned char *p;
	size_t n;

	p = file_load(w->path, &n);
	assert_int_equal(header_parse(p, h), HEADER_SOUND);
	h->version = HEADER_VERSION + 1;
	header_format(h, key, p);
	header_format(h, key, p + HEADER_COPY);
	file_save(w->path, p, n);
	assert_refused(w, RC_NEWER, "newer version");
	free(p);
	free(h);
}

static void
newer_tables(void **state)
{
	struct world *w = *state;

	assert_int_equal(world_open(w), RC_OK);
	assert_int_equal(raw_sql(w->s,
	    "UPDATE meta SET value = 999 WHERE key = 'schema'"), 0);
	world_close(w);
	assert_refused(w, RC_NEWER, "newer version");
}

static void
cut_off_anywhere(void **state)
{
	struct world *w = *state;
	size_t n, cuts[] = {
		1, 4096, HEADER_COPY, HEADER_COPY + 1, HEADER_SIZE - 1,
		HEADER_SIZE, HEADER_SIZE + 1, HEADER_SIZE + 4096,
		HEADER_SIZE + 5 * 4096 + 17
	};
	unsigned char *p = file_load(w->path, &n);

	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		struct store_verdict v = {0};
		enum rc rc;

		file_save(w->path, p, cuts[i]);
		rc = world_open(w);
		if (rc == RC_OK) {
			rc = store_verify(w->s, NULL, NULL, &v, &w->e);
			assert_true(rc == RC_OK && !v.sound);
			world_close(w);
			continue;
		}
		if (rc != RC_DAMAGED && rc != RC_NOTSTORE)
			fail_msg("cut at %zu: %s", cuts[i], w->e.text);
	}
	free(p);
}

static void
data_of_another_store(void **state)
{
	struct world *w = *state, other;
	unsigned char *mine, *theirs;
	size_t n, m;

	world_init(&other);
	other.seed = 1000;
	world_create(&other);
	world_close(&other);
	mine = file_load(w->path, &n);
	theirs = file_load(other.path, &m);
	memcpy(theirs, mine, HEADER_SIZE);
	file_save(w->path, theirs, m);
	assert_refused(w, RC_DAMAGED, "damaged or was altered");
	free(mine);
	free(theirs);
	world_release(&other);
}

static void
older_header_put_back(void **state)
{
	struct world *w = *state;

	assert_int_equal(world_open(w), RC_OK);
	assert_int_equal(raw_sql(w->s,
	    "UPDATE meta SET value = 2 WHERE key = 'generation'"), 0);
	world_close(w);
	assert_refused(w, RC_TAMPERED, "older than the data");
}

static void
second_opening_in_this_process(void **state)
{
	struct world *w = *state;
	struct store *again = NULL;
	size_t n;

	assert_int_equal(world_open(w), RC_OK);
	assert_int_equal(store_open(w->path, NULL, &w->pass, &w->opts,
	    &again, &w->e), RC_BUSY);
	assert_int_equal(store_slot_count(w->path, &n, &w->e), RC_BUSY);
	assert_null(again);
}

/* The child holds the store until its stdin closes. */
static int
child_hold(const char *dir)
{
	struct world w;
	char c;

	world_init(&w);
	(void)snprintf(w.path, sizeof(w.path), "%s/test.hearken", dir);
	if (world_open(&w) != RC_OK)
		return 1;
	if (write(1, "o", 1) != 1)
		return 1;
	(void)!read(0, &c, 1);
	world_close(&w);
	world_release(&w);
	return 0;
}

static void
second_process(void **state)
{
	struct world *w = *state;
	const char *words[] = {"hold", w->dir, NULL};
	char c, number[32];
	int to, from, pid;

	pid = child_start(words, &to, &from);
	assert_int_equal(read(from, &c, 1), 1);
	assert_refused(w, RC_BUSY, "another window");
	(void)snprintf(number, sizeof(number), "process %d", pid);
	assert_says(w, number);
	/* A refused opening must not have loosened the other's lock. */
	assert_refused(w, RC_BUSY, "another window");
	(void)close(to);
	assert_int_equal(child_wait(pid), 0);
	(void)close(from);
	assert_int_equal(world_open(w), RC_OK);
}

/* Permissions do not bind root, so the child becomes nobody first. */
static int
child_readonly(void)
{
	struct world w;
	enum rc rc;

	if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
		return 77;
	(void)setenv("TMPDIR", "/tmp", 1);
	world_init(&w);
	world_create(&w);
	world_close(&w);
	(void)chmod(w.dir, 0500);
	rc = world_open(&w);
	(void)chmod(w.dir, 0700);
	if (rc != RC_READONLY || strstr(w.e.text, "folder") == NULL) {
		fprintf(stderr, "folder: %d %s\n", (int)rc, w.e.text);
		return 1;
	}
	(void)chmod(w.path, 0400);
	rc = world_open(&w);
	if (rc != RC_READONLY) {
		fprintf(stderr, "file: %d %s\n", (int)rc, w.e.text);
		return 2;
	}
	world_release(&w);
	return 0;
}

static void
read_only_folder_and_file(void **state)
{
	const char *words[] = {"readonly", NULL};
	int to, from, pid;

	(void)state;
	pid = child_start(words, &to, &from);
	(void)close(to);
	assert_int_equal(child_wait(pid), 0);
	(void)close(from);
}

#define T(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		T(wrong_passphrase),
		T(wrong_name),
		T(slots_are_counted_without_a_key),
		T(never_over_an_existing_file),
		T(short_passphrases_and_bad_founders),
		T(empty_and_foreign_files),
		T(foreign_whatever_its_mode),
		T(missing_file_and_folder),
		T(open_to_others),
		T(links),
		T(a_folder_is_not_a_store),
		T(newer_version),
		T(newer_tables),
		T(cut_off_anywhere),
		T(data_of_another_store),
		T(older_header_put_back),
		T(second_opening_in_this_process),
		T(second_process),
		T(read_only_folder_and_file),
	};

	if (argc == 3 && strcmp(argv[1], "hold") == 0)
		return child_hold(argv[2]);
	if (argc == 2 && strcmp(argv[1], "readonly") == 0)
		return child_readonly();
	return cmocka_run_group_tests_name("store: refusals", tests, NULL,
	    NULL);
}
