/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store that is whole in itself and yet not the one that was here: an
 * older copy put back, the newest entries cut off or written anew.  Told by
 * what the machine remembers, and by a backup.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/header.h"
#include "db/heads.h"
#include "tests/store/folk.h"
#include "tests/store/world.h"

struct desk {
	struct world w;
	char state[600];	/* the state folder */
	unsigned char *older;	/* the file as it was */
	size_t nolder;
};

static void
write_some(struct world *w, const char *reference, int n)
{
	struct case_id id = world_case(w, reference);

	for (int i = 0; i < n; i++)
		world_ok(w, world_append(w, draft_observation(id, "A1",
		    "present", "seen at the harbour"), NULL));
}

/* Ten entries, a copy of the file, then six more; closed. */
static int
make(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));
	struct world *w = &d->w;

	world_init(w);
	(void)snprintf(d->state, sizeof(d->state), "%s/home/state", w->dir);
	w->opts.state_dir = d->state;
	world_create(w);
	write_some(w, "WREN-1", 7);
	world_close(w);
	d->older = file_load(w->path, &d->nolder);
	w->now += INT64_C(86400000);
	world_ok(w, world_open(w));
	write_some(w, "LARK-2", 5);
	world_close(w);
	*state = d;
	return 0;
}

static void
empty_folder(const char *dir)
{
	char path[2048];
	struct dirent *f;
	DIR *d = opendir(dir);

	while (d != NULL && (f = readdir(d)) != NULL) {
		(void)snprintf(path, sizeof(path), "%s/%s", dir, f->d_name);
		(void)unlink(path);
	}
	if (d != NULL)
		(void)closedir(d);
	(void)rmdir(dir);
}

static int
unmake(void **state)
{
	struct desk *d = *state;
	char home[700];

	empty_folder(d->state);
	(void)snprintf(home, sizeof(home), "%s/home", d->w.dir);
	empty_folder(home);
	free(d->older);
	world_release(&d->w);
	free(d);
	return 0;
}

static enum heads_state
opened(struct desk *d)
{
	world_ok(&d->w, world_open(&d->w));
	return store_heads(d->w.s)->state;
}

static void
put_back(struct desk *d)
{
	file_save(d->w.path, d->older, d->nolder);
}

/* Returns the path of the one file in the state folder. */
static const char *
state_file(const struct desk *d)
{
	static char path[1200];
	struct dirent *f;
	DIR *dir = opendir(d->state);
	int n = 0;

	assert_non_null(dir);
	while ((f = readdir(dir)) != NULL) {
		if (f->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", d->state,
		    f->d_name);
		n++;
	}
	(void)closedir(dir);
	assert_int_equal(n, 1);
	return path;
}

static void
nothing_is_said_of_a_store_in_order(void **state)
{
	struct desk *d = *state;
	struct store_verdict v;
	struct stat st;

	assert_int_equal(opened(d), HEADS_SOUND);
	assert_null(store_notice(d->w.s));
	world_ok(&d->w, store_verify(d->w.s, NULL, NULL, &v, &d->w.e));
	assert_true(v.sound);
	assert_int_equal(v.kind, FAULT_NONE);
	assert_int_equal(store_heads_accept(d->w.s, "why", &d->w.e),
	    RC_INPUT);
	assert_int_equal(stat(state_file(d), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(d->state, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

static void
older_file_is_told_each_time(void **state)
{
	struct desk *d = *state;
	struct store_verdict v;

	put_back(d);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(opened(d), HEADS_BEHIND);
		assert_int_equal(store_heads(d->w.s)->lost, 6 - 2 * i);
		assert_non_null(strstr(store_notice(d->w.s),
		    "2 January 2026"));
		world_ok(&d->w, store_verify(d->w.s, NULL, NULL, &v,
		    &d->w.e));
		assert_int_equal(v.kind, FAULT_ROLLED_BACK);
		assert_non_null(strstr(v.fault, "older than on"));
		/* What is written to it does not make it the newer one. */
		write_some(&d->w, "ROOK-3", 1);
		world_close(&d->w);
	}
}

/* As many entries as there were, and more: but not the same ones. */
static void
rewritten_end_is_told(void **state)
{
	struct desk *d = *state;
	struct store_verdict v;

	put_back(d);
	d->w.opts.state_dir = NULL;
	world_ok(&d->w, world_open(&d->w));
	write_some(&d->w, "LARK-2", 9);
	world_close(&d->w);
	d->w.opts.state_dir = d->state;
	assert_int_equal(opened(d), HEADS_OTHER);
	world_ok(&d->w, store_verify(d->w.s, NULL, NULL, &v, &d->w.e));
	assert_int_equal(v.kind, FAULT_TAMPERED);
	assert_non_null(strstr(v.fault, "written in their place"));
}

static void
accepted_state_is_kept(void **state)
{
	struct desk *d = *state;
	struct store_verdict v;

	put_back(d);
	assert_int_equal(opened(d), HEADS_BEHIND);
	world_ok(&d->w, store_heads_accept(d->w.s, "the disk failed",
	    &d->w.e));
	world_ok(&d->w, store_verify(d->w.s, NULL, NULL, &v, &d->w.e));
	assert_string_equal(v.fault, "");
	world_close(&d->w);
	assert_int_equal(opened(d), HEADS_SOUND);
	assert_null(store_notice(d->w.s));
	assert_int_equal(raw_number(d->w.s, "SELECT count(*) FROM entry WHERE"
	    " kind = 'restore' AND body LIKE '%the disk failed%'"), 1);
}

/* A copy elsewhere may be a backup: told, but not called a fault. */
static void
older_copy_elsewhere_is_no_fault(void **state)
{
	struct desk *d = *state;
	struct store_verdict v;

	(void)snprintf(d->w.path, sizeof(d->w.path), "%s/other.hearken",
	    d->w.dir);
	put_back(d);
	assert_int_equal(chmod(d->w.path, 0600), 0);
	assert_int_equal(opened(d), HEADS_BEHIND);
	assert_true(store_heads(d->w.s)->elsewhere);
	assert_non_null(strstr(store_notice(d->w.s), "right for a backup"));
	world_ok(&d->w, store_verify(d->w.s, NULL, NULL, &v, &d->w.e));
	assert_true(v.sound);
	world_close(&d->w);
	(void)snprintf(d->w.path, sizeof(d->w.path), "%s/test.hearken",
	    d->w.dir);
	assert_int_equal(opened(d), HEADS_SOUND);
}

/*
 * A backup that somebody looked into has an entry more than the store.  The
 * store is not older for that, and what is put in its place is still found.
 */
static void
looking_into_a_copy_hides_nothing(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	char store[sizeof(w->path)];
	unsigned char *p;
	size_t n;

	(void)snprintf(store, sizeof(store), "%s", w->path);
	p = file_load(w->path, &n);
	(void)snprintf(w->path, sizeof(w->path), "%s/copy.hearken", w->dir);
	file_save(w->path, p, n);
	free(p);
	assert_int_equal(chmod(w->path, 0600), 0);
	assert_int_equal(opened(d), HEADS_SOUND);
	write_some(w, "OWL-3", 1);
	world_close(w);
	assert_int_equal(opened(d), HEADS_SOUND);
	world_close(w);
	put_back(d);
	assert_int_equal(opened(d), HEADS_BEHIND);
	assert_false(store_heads(w->s)->elsewhere);
	world_close(w);
	(void)snprintf(w->path, sizeof(w->path), "%s", store);
	assert_int_equal(opened(d), HEADS_SOUND);
	assert_null(store_notice(w->s));
	write_some(w, "TERN-4", 1);
	world_close(w);
	put_back(d);
	assert_int_equal(opened(d), HEADS_BEHIND);
	assert_false(store_heads(w->s)->elsewhere);
}

/* What a restored backup becomes when it is worked in: no alarm, but told. */
static void
a_copy_that_went_its_own_way_is_told(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	const struct heads_verdict *h;

	(void)snprintf(w->path, sizeof(w->path), "%s/restored.hearken",
	    w->dir);
	put_back(d);
	assert_int_equal(chmod(w->path, 0600), 0);
	assert_int_equal(opened(d), HEADS_BEHIND);
	write_some(w, "GULL-5", 12);
	world_close(w);
	assert_int_equal(opened(d), HEADS_OTHER);
	h = store_heads(w->s);
	assert_true(h->elsewhere);
	assert_non_null(strstr(h->words, "restored backup"));
	assert_null(strstr(h->words, "in their place"));
	world_ok(w, store_heads_accept(w->s, "the disk failed", &w->e));
	world_close(w);
	assert_int_equal(opened(d), HEADS_SOUND);
}

/* A byte of the file that remembers, each in turn. */
static void
damaged_memory_is_told(void **state)
{
	struct desk *d = *state;
	const char *path = state_file(d);
	unsigned char *p;
	size_t n;

	p = file_load(path, &n);
	for (size_t i = 0; i < n; i += i < 56 ? 7 : 23) {
		p[i] ^= 0x20;
		file_save(path, p, n);
		assert_int_equal(opened(d), HEADS_DAMAGED);
		assert_non_null(strstr(store_notice(d->w.s), "not known"));
		world_close(&d->w);
		p[i] ^= 0x20;
	}
	file_save(path, p, n / 2);
	assert_int_equal(opened(d), HEADS_DAMAGED);
	world_close(&d->w);
	file_save(path, p, 0);
	assert_int_equal(opened(d), HEADS_DAMAGED);
	world_ok(&d->w, store_heads_accept(d->w.s, "the disk failed",
	    &d->w.e));
	world_close(&d->w);
	assert_int_equal(opened(d), HEADS_SOUND);
	free(p);
}

static void
foreign_folders_are_refused(void **state)
{
	struct desk *d = *state;
	char path[1200], aside[700];

	(void)snprintf(path, sizeof(path), "%s", state_file(d));
	(void)snprintf(aside, sizeof(aside), "%s/aside", d->w.dir);
	assert_int_equal(rename(path, aside), 0);
	assert_int_equal(symlink(aside, path), 0);
	assert_int_equal(opened(d), HEADS_DAMAGED);
	world_close(&d->w);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rename(aside, path), 0);
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(opened(d), HEADS_DAMAGED);
	world_close(&d->w);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(chmod(d->state, 0777), 0);
	assert_int_equal(opened(d), HEADS_DAMAGED);
	assert_non_null(strstr(store_notice(d->w.s), "written by others"));
	world_close(&d->w);
	assert_int_equal(chmod(d->state, 0700), 0);
	assert_int_equal(rename(d->state, aside), 0);
	assert_int_equal(symlink(aside, d->state), 0);
	assert_int_equal(opened(d), HEADS_DAMAGED);
	world_close(&d->w);
	assert_int_equal(unlink(d->state), 0);
	assert_int_equal(rename(aside, d->state), 0);
	assert_int_equal(opened(d), HEADS_SOUND);
}

/* A folder that cannot be made is a remark; the store opens all the same. */
static void
memory_that_cannot_be_written_is_told(void **state)
{
	struct desk *d = *state;

	d->w.opts.state_dir = "/proc/hearken/state";
	assert_int_equal(opened(d), HEADS_UNKNOWN);
	assert_non_null(strstr(store_notice(d->w.s), "cannot remember"));
}

static enum rc
compare(struct desk *d, const char *path, struct heads_verdict *v)
{
	return store_heads_against(d->w.s, path, NULL, &d->w.pass, &d->w.opts,
	    v, &d->w.e);
}

static void
a_backup_tells_what_is_missing(void **state)
{
	struct desk *d = *state;
	struct heads_verdict v;
	char copy[700];
	unsigned char *now;
	size_t n;

	(void)snprintf(copy, sizeof(copy), "%s/copy.hearken", d->w.dir);
	file_save(copy, d->older, d->nolder);
	assert_int_equal(chmod(copy, 0600), 0);
	assert_int_equal(opened(d), HEADS_SOUND);
	world_ok(&d->w, compare(d, copy, &v));
	assert_int_equal(v.state, HEADS_SOUND);
	assert_string_equal(v.words, "");
	assert_int_equal(compare(d, d->w.path, &v), RC_BUSY);
	world_close(&d->w);

	now = file_load(d->w.path, &n);
	file_save(copy, now, n);
	free(now);
	put_back(d);
	assert_int_equal(opened(d), HEADS_BEHIND);
	world_ok(&d->w, compare(d, copy, &v));
	assert_int_equal(v.state, HEADS_BEHIND);
	assert_int_equal(v.lost, 6);
	write_some(&d->w, "ROOK-3", 8);
	world_ok(&d->w, compare(d, copy, &v));
	assert_int_equal(v.state, HEADS_OTHER);
	/* Two of the founder and eight of WREN-1 are in both. */
	assert_non_null(strstr(v.words, "entry 11 of " WORLD_USER));
}

static void
a_backup_of_another_store_is_refused(void **state)
{
	struct desk *d = *state;
	struct heads_verdict v;
	struct world other;

	world_init(&other);
	other.seed = 1000;
	world_create(&other);
	world_close(&other);
	assert_int_equal(opened(d), HEADS_SOUND);
	assert_int_equal(compare(d, other.path, &v), RC_INPUT);
	assert_non_null(strstr(d->w.e.text, "another store"));
	world_release(&other);
}

/* Who was not there when the key changed is not told of an attack. */
static void
a_new_key_is_no_attack(void **state)
{
	struct desk d = {.older = NULL};
	struct world *w = &d.w;
	struct secret old = secret_of(ODA_OWN);
	struct secret fresh = secret_of("again my own words are five");

	(void)state;
	world_init(w);
	(void)snprintf(d.state, sizeof(d.state), "%s/state", w->dir);
	w->opts.state_dir = d.state;
	world_create_as(w, ROLE_SUPERVISOR);
	in_as_oda(w);
	world_ok(w, store_passphrase_change(w->s, &old, &fresh, &w->e));
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, store_rekey(w->s, NULL, "the yearly change", NULL, NULL,
	    &w->e));
	assert_int_equal(store_heads(w->s)->state, HEADS_SOUND);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(store_heads(w->s)->state, HEADS_SOUND);
	world_ok(w, open_as(w, ODA, "again my own words are five"));
	assert_int_equal(store_heads(w->s)->state, HEADS_SOUND);
	assert_null(store_notice(w->s));
	world_close(w);
	secret_release(&old);
	secret_release(&fresh);
	empty_folder(d.state);
	world_release(w);
}

/* All entries are there, but the old list of people and passphrases. */
static void
an_older_list_of_people_is_told(void **state)
{
	struct desk *d = *state;
	struct secret old = secret_of(WORLD_PASS);
	struct secret fresh = secret_of("another five words stand here");
	struct store_verdict v;
	unsigned char *p;
	size_t n;

	p = file_load(d->w.path, &n);
	assert_int_equal(opened(d), HEADS_SOUND);
	world_ok(&d->w, store_passphrase_change(d->w.s, &old, &fresh,
	    &d->w.e));
	world_close(&d->w);
	file_save(d->w.path, p, n);
	assert_int_equal(opened(d), HEADS_BEHIND);
	assert_int_equal(store_heads(d->w.s)->lost, 0);
	world_ok(&d->w, store_verify(d->w.s, NULL, NULL, &v, &d->w.e));
	assert_int_equal(v.kind, FAULT_ROLLED_BACK);
	assert_non_null(strstr(v.fault, "people and passphrases"));
	free(p);
	secret_release(&old);
	secret_release(&fresh);
}

static void
heads_have_one_hash(void **state)
{
	struct desk *d = *state;
	unsigned char a[32], b[32];

	assert_int_equal(opened(d), HEADS_SOUND);
	world_ok(&d->w, store_heads_hash(d->w.s, a, &d->w.e));
	world_reopen(&d->w);
	world_ok(&d->w, store_heads_hash(d->w.s, b, &d->w.e));
	assert_memory_equal(a, b, 32);
	write_some(&d->w, "ROOK-3", 0);
	world_ok(&d->w, store_heads_hash(d->w.s, b, &d->w.e));
	assert_memory_not_equal(a, b, 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    nothing_is_said_of_a_store_in_order, make, unmake),
		cmocka_unit_test_setup_teardown(older_file_is_told_each_time,
		    make, unmake),
		cmocka_unit_test_setup_teardown(rewritten_end_is_told, make,
		    unmake),
		cmocka_unit_test_setup_teardown(accepted_state_is_kept, make,
		    unmake),
		cmocka_unit_test_setup_teardown(
		    older_copy_elsewhere_is_no_fault, make, unmake),
		cmocka_unit_test_setup_teardown(
		    looking_into_a_copy_hides_nothing, make, unmake),
		cmocka_unit_test_setup_teardown(
		    a_copy_that_went_its_own_way_is_told, make, unmake),
		cmocka_unit_test_setup_teardown(damaged_memory_is_told, make,
		    unmake),
		cmocka_unit_test_setup_teardown(foreign_folders_are_refused,
		    make, unmake),
		cmocka_unit_test_setup_teardown(
		    memory_that_cannot_be_written_is_told, make, unmake),
		cmocka_unit_test_setup_teardown(
		    a_backup_tells_what_is_missing, make, unmake),
		cmocka_unit_test_setup_teardown(
		    a_backup_of_another_store_is_refused, make, unmake),
		cmocka_unit_test(a_new_key_is_no_attack),
		cmocka_unit_test_setup_teardown(
		    an_older_list_of_people_is_told, make, unmake),
		cmocka_unit_test_setup_teardown(heads_have_one_hash, make,
		    unmake),
	};

	return cmocka_run_group_tests_name("store: rolling back", tests, NULL,
	    NULL);
}
