/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A backup holds what the store holds, replaces nothing but an earlier one
 * of the same store, and only when it is proved; a restore makes a whole
 * store in a new place or nothing.  To whoever has no passphrase a backup
 * says nothing.
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

#include "db/backup.h"
#include "db/header.h"
#include "db/heads.h"
#include "db/people.h"
#include "db/setting.h"
#include "tests/store/disk.h"
#include "tests/store/world.h"

#define DAY INT64_C(86400000)
#define MARK "quillwort"
#define DRAFT_TEXT "half a sentence about a " MARK

static char to[700], other[700];

static void
make(struct world *w)
{
	struct case_id id;

	world_init(w);
	(void)snprintf(to, sizeof(to), "%s/copy.hearken", w->dir);
	(void)snprintf(other, sizeof(other), "%s/other.hearken", w->dir);
	world_create_as(w, ROLE_SUPERVISOR);
	world_adopt(w);
	id = world_case(w, "WREN-" MARK);
	for (int i = 0; i < 20; i++)
		world_ok(w, world_append(w, draft_observation(id, "B1",
		    "present", MARK " words"), NULL));
	world_ok(w, store_draft_save(w->s, "note/0011", DRAFT_TEXT, &w->e));
}

static enum rc
backup(struct world *w)
{
	return store_backup(w->s, to, NULL, NULL, &w->e);
}

static enum rc
restore(struct world *w, const char *path, struct store **out)
{
	*out = NULL;
	return store_restore(to, path, NULL, &w->pass, &w->opts, NULL, NULL,
	    out, &w->e);
}

static uint64_t
entries(struct world *w, struct store *s)
{
	uint64_t n = 0;

	world_ok(w, store_entry_count(s, &n, &w->e));
	return n;
}

static void
assert_sound(struct world *w, struct store *s)
{
	struct store_verdict v;

	world_ok(w, store_verify(s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

/* Files beside the store, the backup and the zeroed journal of an open one. */
static size_t
remains(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *f;
	size_t n = 0;

	while (d != NULL && (f = readdir(d)) != NULL)
		n += strstr(f->d_name, ".backup-") != NULL ||
		    strstr(f->d_name, ".restore-") != NULL;
	if (d != NULL)
		(void)closedir(d);
	return n;
}

static void
a_backup_is_the_store(void **state)
{
	unsigned char here[32], there[32];
	struct world w, b;
	char *text = NULL;
	uint64_t n;

	(void)state;
	make(&w);
	n = entries(&w, w.s);
	world_ok(&w, store_heads_hash(w.s, here, &w.e));
	world_ok(&w, backup(&w));
	assert_int_equal(entries(&w, w.s), n + 1);
	b = w;
	(void)snprintf(b.path, sizeof(b.path), "%s/copy.hearken", w.dir);
	world_ok(&b, world_open(&b));
	assert_int_equal(entries(&b, b.s), n);
	assert_sound(&b, b.s);
	world_ok(&b, store_heads_hash(b.s, there, &b.e));
	assert_memory_equal(here, there, sizeof(here));
	world_ok(&b, store_draft_load(b.s, "note/0011", &text, &b.e));
	assert_string_equal(text, DRAFT_TEXT);
	free(text);
	world_close(&b);
	assert_sound(&w, w.s);
	assert_int_equal(remains(w.dir), 0);
	world_release(&w);
}

static void
assert_same_file(const char *path, const unsigned char *p, size_t n)
{
	unsigned char *now;
	size_t m;

	now = file_load(path, &m);
	assert_int_equal(m, n);
	assert_memory_equal(now, p, n);
	free(now);
}

static void
an_earlier_one_is_replaced(void **state)
{
	struct world w;
	struct store *s;
	uint64_t n;

	(void)state;
	make(&w);
	world_ok(&w, backup(&w));
	n = entries(&w, w.s);
	world_ok(&w, backup(&w));
	world_ok(&w, restore(&w, other, &s));
	assert_int_equal(entries(&w, s), n + 1);
	store_close(s);
	world_release(&w);
}

/* Each time the file stays what it was, byte for byte. */
static void
refuses(struct world *w, const char *why)
{
	unsigned char *p;
	size_t n;

	p = file_load(to, &n);
	assert_int_equal(backup(w), RC_EXISTS);
	if (strstr(w->e.text, why) == NULL)
		fail_msg("%s: not about \"%s\"", w->e.text, why);
	assert_same_file(to, p, n);
	free(p);
	assert_int_equal(remains(w->dir), 0);
}

static void
nothing_else_is_replaced(void **state)
{
	static const unsigned char words[] = "a letter to somebody";
	struct world w, v;

	(void)state;
	make(&w);
	file_save(to, words, sizeof(words));
	refuses(&w, "not a backup");
	(void)unlink(to);
	assert_int_equal(mkdir(to, 0700), 0);
	assert_int_equal(backup(&w), RC_EXISTS);
	assert_int_equal(rmdir(to), 0);
	assert_int_equal(symlink(w.path, to), 0);
	assert_int_equal(backup(&w), RC_EXISTS);
	(void)unlink(to);

	/* The store itself, and another one that is open here. */
	assert_int_equal(store_backup(w.s, w.path, NULL, NULL, &w.e),
	    RC_EXISTS);
	make(&v);
	assert_int_equal(store_backup(w.s, v.path, NULL, NULL, &w.e),
	    RC_EXISTS);

	/* Another store's backup. */
	(void)snprintf(to, sizeof(to), "%s/copy.hearken", w.dir);
	v.seed = 777;
	world_close(&v);
	(void)unlink(v.path);
	world_create(&v);
	world_ok(&v, store_backup(v.s, to, NULL, NULL, &v.e));
	refuses(&w, "another store");
	world_release(&v);
	world_release(&w);
}

/* Work goes on in a restored copy: the two have parted. */
static void
what_holds_more_is_not_replaced(void **state)
{
	struct world w, b;

	(void)state;
	make(&w);
	world_ok(&w, backup(&w));
	b = w;
	(void)snprintf(b.path, sizeof(b.path), "%s/copy.hearken", w.dir);
	world_ok(&b, world_open(&b));
	(void)world_case(&b, "HERON-2");
	world_close(&b);
	refuses(&w, "does not hold");
	world_release(&w);
}

static void
one_under_an_earlier_key_is_not_replaced(void **state)
{
	struct world w;
	struct store *s;

	(void)state;
	make(&w);
	world_ok(&w, backup(&w));
	world_ok(&w, store_rekey(w.s, NULL, "a stick was lost", NULL, NULL,
	    &w.e));
	refuses(&w, "key");
	/* It still opens with the passphrase of then. */
	world_ok(&w, restore(&w, other, &s));
	assert_sound(&w, s);
	store_close(s);
	world_release(&w);
}

static void
a_damaged_one_is_neither_replaced_nor_restored(void **state)
{
	unsigned char *p;
	struct world w;
	struct store *s;
	size_t n;

	(void)state;
	make(&w);
	world_ok(&w, backup(&w));
	p = file_load(to, &n);
	p[n - 2000] ^= 0x40;
	file_save(to, p, n);
	free(p);
	assert_int_equal(restore(&w, other, &s), RC_DAMAGED);
	assert_int_equal(access(other, F_OK), -1);
	assert_null(strstr(w.e.text, ".restore-"));
	assert_int_equal(remains(w.dir), 0);
	p = file_load(to, &n);
	memset(p + HEADER_SIZE + 4096, 0, 4096);
	file_save(to, p, n);
	free(p);
	refuses(&w, "cannot be read");
	world_release(&w);
}

static void
a_restore_goes_to_a_new_place_only(void **state)
{
	static const unsigned char words[] = "mine";
	unsigned char *p, *again;
	struct secret wrong;
	struct world w;
	struct store *s;
	uint64_t n;
	size_t size;

	(void)state;
	make(&w);
	n = entries(&w, w.s);
	world_ok(&w, backup(&w));
	p = file_load(to, &size);
	file_save(other, words, sizeof(words));
	assert_int_equal(restore(&w, other, &s), RC_EXISTS);
	assert_same_file(other, words, sizeof(words));
	(void)unlink(other);
	assert_int_equal(restore(&w, w.path, &s), RC_EXISTS);

	world_ok(&w, secret_init(&wrong, 64, &w.e));
	(void)secret_add(&wrong, "not the passphrase", 18);
	assert_int_equal(store_restore(to, other, NULL, &wrong, &w.opts,
	    NULL, NULL, &s, &w.e), RC_PASSPHRASE);
	secret_release(&wrong);
	assert_int_equal(access(other, F_OK), -1);
	assert_int_equal(remains(w.dir), 0);

	/* From a medium that cannot be written, and whoever may read it. */
	assert_int_equal(chmod(to, 0444), 0);
	world_ok(&w, restore(&w, other, &s));
	assert_int_equal(entries(&w, s), n + 1);
	assert_sound(&w, s);
	assert_string_equal(store_path(s), other);
	store_close(s);
	assert_int_equal(chmod(to, 0600), 0);
	again = file_load(to, &size);
	assert_same_file(to, p, size);
	free(again);
	free(p);
	world_release(&w);
}

static void
an_open_store_is_no_backup(void **state)
{
	struct world w;
	struct store *s = NULL;

	(void)state;
	make(&w);
	assert_int_equal(store_restore(w.path, other, NULL, &w.pass, &w.opts,
	    NULL, NULL, &s, &w.e), RC_BUSY);
	file_save(to, (const unsigned char *)"words", 5);
	assert_int_equal(restore(&w, other, &s), RC_NOTSTORE);
	(void)unlink(to);
	assert_int_equal(restore(&w, other, &s), RC_NOTFOUND);
	assert_int_equal(access(other, F_OK), -1);
	world_release(&w);
}

struct stop {
	int at, calls;
};

static bool
stop_there(uint64_t done, uint64_t all, void *ctx)
{
	struct stop *stop = ctx;

	assert_true(done <= all);
	return ++stop->calls != stop->at;
}

static void
cancelled_the_earlier_one_stays(void **state)
{
	struct stop stop = {.at = 1};
	struct case_id id;
	unsigned char *p;
	struct store *s;
	struct world w;
	enum rc rc;
	size_t n;

	(void)state;
	make(&w);
	world_ok(&w, backup(&w));
	p = file_load(to, &n);
	world_ok(&w, store_bulk_begin(w.s, &w.e));
	id = store_new_case_id(w.s);
	for (int i = 0; i < 9000; i++) {
		struct entry_draft d = i == 0 ? draft_open(id, "HERON-9") :
		    draft_observation(id, "B1", "present", "a longer line "
		    "of invented words, so that there are some more pages");

		world_ok(&w, store_bulk_add(w.s, &d, NULL, &w.e));
		entry_draft_release(&d);
	}
	world_ok(&w, store_bulk_seal(w.s, &w.e));
	for (;; stop.at++) {
		stop.calls = 0;
		rc = store_backup(w.s, to, stop_there, &stop, &w.e);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_CANCELLED);
		assert_same_file(to, p, n);
		assert_int_equal(remains(w.dir), 0);
	}
	assert_true(stop.at > 2);
	free(p);
	for (stop.at = 1;; stop.at += 60) {
		stop.calls = 0;
		rc = store_restore(to, other, NULL, &w.pass, &w.opts,
		    stop_there, &stop, &s, &w.e);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_CANCELLED);
		assert_int_equal(access(other, F_OK), -1);
		assert_int_equal(remains(w.dir), 0);
	}
	store_close(s);
	world_release(&w);
}

/* Whatever fails, there is a whole backup: the earlier one or the new one. */
static void
walk_faults(enum disk_fault fault, bool for_ever)
{
	struct world w;
	struct store *s;
	uint64_t n;
	enum rc rc;
	long at;

	make(&w);
	world_ok(&w, backup(&w));
	for (at = 1; at < 2000; at += world_step(at < 12 ? 1 : 4)) {
		world_reopen(&w);
		n = entries(&w, w.s);
		disk_arm(fault, at, for_ever, 1);
		rc = backup(&w);
		if (!disk_struck()) {
			disk_mend();
			world_ok(&w, rc);
			break;
		}
		disk_mend();
		world_ok(&w, restore(&w, other, &s));
		assert_sound(&w, s);
		/* Its own entry comes on top of what was backed up. */
		assert_true(entries(&w, s) <= n + 1);
		if (rc == RC_OK)
			assert_int_equal(entries(&w, s), n + 1);
		store_close(s);
		(void)unlink(other);
		world_reopen(&w);
		assert_sound(&w, w.s);
	}
	assert_in_range(at, 30, 1999);
	assert_int_equal(remains(w.dir), 0);
	world_release(&w);
}

static void
input_output_errors(void **state)
{
	(void)state;
	walk_faults(DISK_EIO, false);
	walk_faults(DISK_EIO, true);
}

static void
full_disk(void **state)
{
	(void)state;
	walk_faults(DISK_FULL, false);
	walk_faults(DISK_FULL, true);
}

static int
child_backup(const char *dir, const char *at)
{
	struct world w;
	enum rc rc;

	world_init(&w);
	(void)snprintf(w.path, sizeof(w.path), "%s/test.hearken", dir);
	(void)snprintf(to, sizeof(to), "%s/copy.hearken", dir);
	w.seed = 5000;
	world_ok(&w, world_open(&w));
	disk_arm(DISK_KILL, strtol(at, NULL, 10), false, 1);
	rc = backup(&w);
	disk_mend();
	world_release(&w);
	return rc == RC_OK ? 0 : 1;
}

static void
killed_at_any_call(void **state)
{
	char number[32];
	int pipe_to, from, status = -1;
	struct world w;
	struct store *s;
	bool seen_remains = false;

	(void)state;
	make(&w);
	world_ok(&w, backup(&w));
	for (long at = 1; status != 0; at += 7) {
		const char *words[] = {"backup", w.dir, number, NULL};

		world_close(&w);
		(void)snprintf(number, sizeof(number), "%ld", at);
		status = child_wait(child_start(words, &pipe_to, &from));
		(void)close(pipe_to);
		(void)close(from);
		assert_true(status == 0 || status == -1);
		seen_remains |= remains(w.dir) != 0;
		world_ok(&w, restore(&w, other, &s));
		assert_sound(&w, s);
		store_close(s);
		(void)unlink(other);
		world_ok(&w, world_open(&w));
		assert_sound(&w, w.s);
	}
	assert_true(seen_remains);
	/* The next backup of this name clears them away. */
	world_ok(&w, backup(&w));
	assert_int_equal(remains(w.dir), 0);
	world_release(&w);
}

static void
a_stolen_backup_says_nothing(void **state)
{
	static const char *const secrets[] = {
		MARK, WORLD_USER, "Marwood", "WREN", "observation", "CREATE",
		"SQLite format", "author"
	};
	unsigned char *p;
	struct world w;
	size_t n;

	(void)state;
	make(&w);
	world_ok(&w, backup(&w));
	p = file_load(to, &n);
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (memmem(p, n, secrets[i], strlen(secrets[i])) != NULL)
			fail_msg("\"%s\" stands in the backup", secrets[i]);
	free(p);
	world_release(&w);
}

static void
a_reminder_comes_when_it_is_time(void **state)
{
	struct world w;
	int64_t at;

	(void)state;
	world_init(&w);
	(void)snprintf(to, sizeof(to), "%s/copy.hearken", w.dir);
	world_create_as(&w, ROLE_SUPERVISOR);
	world_adopt(&w);
	world_ok(&w, store_last_backup(w.s, &at, &w.e));
	assert_true(at == INT64_MIN);
	assert_null(store_backup_reminder(w.s));
	(void)world_case(&w, "WREN-1");
	assert_null(store_backup_reminder(w.s));
	w.now += 2 * DAY;
	assert_non_null(strstr(store_backup_reminder(w.s), "no backup"));
	world_ok(&w, backup(&w));
	world_ok(&w, store_last_backup(w.s, &at, &w.e));
	assert_true(at == w.now);
	assert_null(store_backup_reminder(w.s));
	w.now += 7 * DAY;
	assert_null(store_backup_reminder(w.s));
	w.now += DAY;
	assert_non_null(strstr(store_backup_reminder(w.s), "8 days"));
	world_ok(&w, store_setting_set(w.s, SETTING_BACKUP_DAYS, 30, &w.e));
	assert_null(store_backup_reminder(w.s));
	w.now += 30 * DAY;
	assert_non_null(store_backup_reminder(w.s));
	world_ok(&w, store_setting_set(w.s, SETTING_BACKUP_DAYS, 0, &w.e));
	assert_null(store_backup_reminder(w.s));
	world_release(&w);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backup_is_the_store),
		cmocka_unit_test(an_earlier_one_is_replaced),
		cmocka_unit_test(nothing_else_is_replaced),
		cmocka_unit_test(what_holds_more_is_not_replaced),
		cmocka_unit_test(one_under_an_earlier_key_is_not_replaced),
		cmocka_unit_test(
		    a_damaged_one_is_neither_replaced_nor_restored),
		cmocka_unit_test(a_restore_goes_to_a_new_place_only),
		cmocka_unit_test(an_open_store_is_no_backup),
		cmocka_unit_test(cancelled_the_earlier_one_stays),
		cmocka_unit_test(input_output_errors),
		cmocka_unit_test(full_disk),
		cmocka_unit_test(killed_at_any_call),
		cmocka_unit_test(a_stolen_backup_says_nothing),
		cmocka_unit_test(a_reminder_comes_when_it_is_time),
	};

	disk_install();
	if (argc == 4 && strcmp(argv[1], "backup") == 0)
		return child_backup(argv[2], argv[3]);
	return cmocka_run_group_tests_name("store: backup", tests, NULL,
	    NULL);
}
