/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store of every released format opens, with all that it held, and a copy
 * of it as it was stands beside it.  Whatever fails meanwhile, and whenever
 * the program is killed, the store opens afterwards.  A newer one is refused
 * with the advice to use that version.
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
#include "db/copy.h"
#include "db/people.h"
#include "db/recovery.h"
#include "db/setting.h"
#include "db/shim.h"
#include "tests/store/disk.h"
#include "tests/store/world.h"

struct old {
	const char *file;
	unsigned format;	/* of its header */
	int schema;		/* of its tables */
	size_t cases;
	uint64_t entries;
	size_t observations;
	size_t due;		/* clocks that run in it */
	const char *user;	/* who opens it, or NULL: the only one */
	long long vouches;	/* of whoever brought entries of others */
};

static const struct old olds[] = {
	{"tests/data/store-1.hearken", 1, 1, 8, 35, 23, 0, NULL, 0},
	{"tests/data/store-2.hearken", 2, 2, 8, 44, 23, 1, WORLD_USER, 0},
	{"tests/data/store-3.hearken", 2, 3, 8, 45, 23, 4, NULL, 0},
	{"tests/data/store-4.hearken", 2, 4, 8, 44, 6, 0, NULL, 9},
};

static void
put_old(struct world *w, const struct old *o)
{
	unsigned char *p;
	size_t n;

	p = (unsigned char *)world_text(o->file, &n);
	file_save(w->path, p, n);
	free(p);
	assert_int_equal(chmod(w->path, 0600), 0);
}

static void
old_world(struct world *w, const struct old *o)
{
	world_init(w);
	w->now = INT64_C(1798797600000);	/* 1 January 2027, 10:00 */
	put_old(w, o);
}

static unsigned
format_of(const char *path)
{
	unsigned char *p;
	unsigned version;
	size_t n;

	p = file_load(path, &n);
	version = p[8];
	assert_int_equal(p[HEADER_COPY + 8], version);
	free(p);
	return version;
}

struct seen {
	size_t cases;
	bool named;
};

static bool
see_case(const struct case_row *row, void *ctx)
{
	struct seen *seen = ctx;

	seen->cases++;
	seen->named = seen->named && strncmp(row->reference, "EX-1", 4) == 0;
	return true;
}

static void
assert_holds_all(struct world *w, const struct old *o)
{
	struct seen seen = {0, true};
	struct store_verdict v;
	uint64_t n;
	struct case_id id;

	world_ok(w, store_cases(w->s, NULL, 0, 0, see_case, &seen, &w->e));
	assert_int_equal(seen.cases, o->cases);
	assert_true(seen.named);
	world_ok(w, store_case_by_reference(w->s, "EX-104", &id, &w->e));
	world_ok(w, store_entry_count(w->s, &n, &w->e));
	assert_int_equal(n, o->entries);
	assert_int_equal(raw_number(w->s, "SELECT count(*) FROM entry WHERE"
	    " kind = 'observation'"), o->observations);
	assert_int_equal(raw_number(w->s, "SELECT count(*) FROM due"),
	    o->due);
	assert_int_equal(raw_number(w->s, "SELECT count(*) FROM vouch"),
	    o->vouches);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

static void
beside(const struct world *w, const char *suffix, char *out, size_t n)
{
	(void)snprintf(out, n, "%s%s", w->path, suffix);
}

static void
opens_and_is_copied(const struct old *o)
{
	unsigned char before[32], again[32];
	char copy[700];
	struct world w;

	old_world(&w, o);
	world_ok(&w, store_open(w.path, o->user, &w.pass, &w.opts, &w.s,
	    &w.e));
	assert_holds_all(&w, o);
	world_ok(&w, store_projection_hash(w.s, before, &w.e));
	beside(&w, ".before-4", copy, sizeof(copy));
	assert_int_equal(access(copy, F_OK),
	    o->schema < SCHEMA_VERSION ? 0 : -1);
	if (o->schema < SCHEMA_VERSION) {
		assert_non_null(store_notice(w.s));
		assert_non_null(strstr(store_notice(w.s),
		    "test.hearken.before-4"));
		assert_int_equal(format_of(copy), o->format);
		assert_int_equal(raw_number(w.s, "SELECT value FROM meta"
		    " WHERE key = 'schema'"), SCHEMA_VERSION);
	}
	world_close(&w);
	assert_int_equal(format_of(w.path), HEADER_VERSION);

	/* A second time nothing is to be done, and nothing is copied. */
	world_ok(&w, store_open(w.path, o->user, &w.pass, &w.opts, &w.s,
	    &w.e));
	assert_null(store_notice(w.s));
	world_close(&w);

	/* The copy is a store of its own, and holds the same. */
	if (o->schema < SCHEMA_VERSION) {
		assert_int_equal(rename(copy, w.path), 0);
		world_ok(&w, store_open(w.path, o->user, &w.pass, &w.opts,
		    &w.s, &w.e));
		assert_holds_all(&w, o);
		world_ok(&w, store_projection_hash(w.s, again, &w.e));
		assert_memory_equal(before, again, sizeof(before));
	}
	world_release(&w);
}

static void
every_format_opens(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(olds) / sizeof(olds[0]); i++)
		opens_and_is_copied(&olds[i]);
}

/* A number out of another file under the same keys. */
static long long
number_in(struct store *s, const char *file, const char *sql)
{
	const struct copy c = {
		.from = s, .beside = file, .shown = file,
		.header = &s->header, .keys = s->keys
	};
	struct store *copy;
	struct err e;
	long long n = -1;

	if (copy_connect(&c, false, &copy, &e) == RC_OK) {
		n = raw_number(copy, sql);
		copy_close(copy);
	}
	return n;
}

/* The copy is page for page what the store was: its tables are the old ones. */
static void
the_copy_is_of_the_old_format(void **state)
{
	char copy[700];
	struct world w;

	(void)state;
	old_world(&w, &olds[0]);
	world_ok(&w, world_open(&w));
	beside(&w, ".before-4", copy, sizeof(copy));
	assert_int_equal(number_in(w.s, copy, "SELECT value FROM meta"
	    " WHERE key = 'schema'"), 1);
	assert_int_equal(number_in(w.s, copy, "SELECT count(*) FROM entry"),
	    olds[0].entries);
	assert_int_equal(number_in(w.s, copy, "SELECT count(*) FROM"
	    " sqlite_schema WHERE name = 'look'"), 0);
	world_release(&w);
}

static void
a_copy_never_goes_over_a_file(void **state)
{
	static const unsigned char words[] = "mine";
	char first[700], second[700];
	unsigned char *p;
	struct world w;
	size_t n;

	(void)state;
	old_world(&w, &olds[0]);
	beside(&w, ".before-4", first, sizeof(first));
	beside(&w, ".before-4.1", second, sizeof(second));
	file_save(first, words, sizeof(words));
	world_ok(&w, world_open(&w));
	assert_non_null(strstr(store_notice(w.s), ".before-4.1"));
	p = file_load(first, &n);
	assert_int_equal(n, sizeof(words));
	assert_memory_equal(p, words, n);
	free(p);
	assert_int_equal(format_of(second), 1);
	world_release(&w);
}

/* Files whose name begins so. */
static size_t
files_in(const char *dir, const char *front)
{
	DIR *d = opendir(dir);
	struct dirent *f;
	size_t n = 0;

	while (d != NULL && (f = readdir(d)) != NULL)
		n += strncmp(f->d_name, front, strlen(front)) == 0;
	if (d != NULL)
		(void)closedir(d);
	return n;
}

#define EARLY_CASES 12

/*
 * A store as the first format had it, but whose key is cheap to derive, so
 * that it can be opened some hundred times.
 */
static unsigned char *early;
static size_t early_size;

static void
write_early(struct world *w)
{
	char reference[16];
	struct header_io io;

	world_create(w);
	world_adopt(w);
	for (int i = 0; i < EARLY_CASES; i++) {
		struct case_id id;

		(void)snprintf(reference, sizeof(reference), "EX-%d", 101 + i);
		id = world_case(w, reference);
		world_ok(w, world_append(w, draft_observation(id, "B1",
		    "present", "invented words"), NULL));
	}
	assert_int_equal(raw_sql(w->s, "DROP TABLE look;"
	    "DROP INDEX entry_register;"
	    "UPDATE meta SET value = 1 WHERE key = 'schema'"), 0);
	io = shim_io(w->s->db);
	w->s->header.version = 1;
	world_ok(w, header_save(&io, &w->s->header, w->s->keys->mac, 0,
	    &w->e));
}

static void
early_world(struct world *w)
{
	world_init(w);
	if (early == NULL) {
		write_early(w);
		world_close(w);
		early = file_load(w->path, &early_size);
	}
	w->now = INT64_C(1798797600000);
	file_save(w->path, early, early_size);
	assert_int_equal(chmod(w->path, 0600), 0);
}

static void
assert_early(struct world *w)
{
	static const struct old early_old = {
		"", 1, 1, EARLY_CASES, 3 + 2 * EARLY_CASES, EARLY_CASES, 0,
		NULL, 0
	};

	assert_holds_all(w, &early_old);
}

static void
faults_leave_a_store_that_opens(enum disk_fault fault, bool for_ever)
{
	struct world w;
	enum rc rc;
	long at;

	for (at = 1; at < 2000; at += world_step(at < 20 ? 1 : 6)) {
		early_world(&w);
		disk_arm(fault, at, for_ever, 1);
		rc = world_open(&w);
		if (!disk_struck()) {
			disk_mend();
			world_ok(&w, rc);
			world_release(&w);
			break;
		}
		world_close(&w);
		disk_mend();
		world_ok(&w, world_open(&w));
		assert_early(&w);
		world_release(&w);
	}
	assert_in_range(at, 40, 1999);
}

static void
input_output_errors(void **state)
{
	(void)state;
	faults_leave_a_store_that_opens(DISK_EIO, false);
	faults_leave_a_store_that_opens(DISK_EIO, true);
}

/* Nothing is left of a try that found no room, so that the next finds some. */
static void
full_disk(void **state)
{
	struct world w;
	int refused = 0, kept = 0;

	(void)state;
	faults_leave_a_store_that_opens(DISK_FULL, true);
	for (long at = 1; at < 400; at += 13) {
		early_world(&w);
		disk_arm(DISK_FULL, at, true, 1);
		if (world_open(&w) != RC_OK) {
			world_close(&w);
			disk_mend();
			refused += w.e.rc == RC_NOSPACE;
			kept += w.e.rc == RC_NOSPACE && files_in(w.dir,
			    "test.hearken.before") != 0;
			assert_int_equal(files_in(w.dir,
			    ".test.hearken.before"), 0);
		}
		disk_mend();
		world_release(&w);
	}
	assert_true(refused > 3);
	/* But for the header's number, which comes after the new tables. */
	assert_true(kept <= 2);
}

static int
child_open(const char *dir, const char *at)
{
	struct world w;
	enum rc rc;

	world_init(&w);
	w.now = INT64_C(1798797600000);
	(void)snprintf(w.path, sizeof(w.path), "%s/test.hearken", dir);
	disk_arm(DISK_KILL, strtol(at, NULL, 10), false, 1);
	rc = world_open(&w);
	disk_mend();
	world_release(&w);
	return rc == RC_OK ? 0 : 1;
}

static void
kills_leave_a_store_that_opens(void **state)
{
	char number[32];
	struct world w;
	int to, from, status = -1;

	(void)state;
	for (long at = 1; status != 0; at += world_step(9)) {
		const char *words[] = {"open", w.dir, number, NULL};

		early_world(&w);
		(void)snprintf(number, sizeof(number), "%ld", at);
		status = child_wait(child_start(words, &to, &from));
		(void)close(to);
		(void)close(from);
		assert_true(status == 0 || status == -1);
		world_ok(&w, world_open(&w));
		assert_early(&w);
		/* Whole copies only are left, never a half one. */
		assert_true(files_in(w.dir, "test.hearken.before") <= 2);
		assert_int_equal(files_in(w.dir, ".test.hearken.before"), 0);
		world_release(&w);
	}
}

/* Everybody's way in stays one: a first passphrase, the code on paper. */
static void
the_second_format_has_its_people(void **state)
{
	static const char first[] = "copper kettle orchard winter nine";
	static const char paper[] =
	    "R4GB-306G-VJXC-YMQC-Q0HE-SFT5-NXD4-K2ST-9GCN";
	struct secret pass, code;
	struct world w;
	int64_t days;

	(void)state;
	old_world(&w, &olds[1]);
	world_ok(&w, secret_init(&pass, 64, &w.e));
	(void)secret_add(&pass, first, strlen(first));
	world_ok(&w, store_open(w.path, "Tamsin Orrel", &pass, &w.opts, &w.s,
	    &w.e));
	assert_true(store_must_change(w.s));
	assert_int_equal(store_role(w.s), ROLE_PRACTITIONER);
	world_ok(&w, store_last_backup(w.s, &days, &w.e));
	assert_true(days != INT64_MIN);
	world_ok(&w, store_setting_int(w.s, SETTING_BACKUP_DAYS, &days,
	    &w.e));
	assert_int_equal(days, 14);
	world_close(&w);
	world_ok(&w, secret_init(&code, 64, &w.e));
	(void)secret_add(&code, paper, strlen(paper));
	world_ok(&w, store_recover(w.path, &code, 1, &w.opts, &w.s, &w.e));
	secret_release(&code);
	secret_release(&pass);
	world_release(&w);
}

static void
a_newer_one_is_refused(void **state)
{
	struct world w;
	char sql[64];

	(void)state;
	world_init(&w);
	world_create(&w);
	(void)snprintf(sql, sizeof(sql), "UPDATE meta SET value = %d"
	    " WHERE key = 'schema'", SCHEMA_VERSION + 1);
	assert_int_equal(raw_sql(w.s, sql), 0);
	world_close(&w);
	assert_int_equal(world_open(&w), RC_NEWER);
	assert_non_null(strstr(w.e.text, "newer version of Hearken"));
	assert_non_null(strstr(w.e.text, "use that version"));
	assert_int_equal(files_in(w.dir, "test.hearken.before"), 0);
	world_release(&w);
}

int
main(int argc, char **argv)
{
	int rc;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_opens),
		cmocka_unit_test(the_copy_is_of_the_old_format),
		cmocka_unit_test(a_copy_never_goes_over_a_file),
		cmocka_unit_test(input_output_errors),
		cmocka_unit_test(full_disk),
		cmocka_unit_test(kills_leave_a_store_that_opens),
		cmocka_unit_test(the_second_format_has_its_people),
		cmocka_unit_test(a_newer_one_is_refused),
	};

	disk_install();
	if (argc == 4 && strcmp(argv[1], "open") == 0)
		return child_open(argv[2], argv[3]);
	rc = cmocka_run_group_tests_name("store: old files", tests, NULL,
	    NULL);
	free(early);
	return rc;
}
