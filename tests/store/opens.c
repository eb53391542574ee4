/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nothing but the store, its journal and a file beside it that will be a
 * store is ever opened: not for a sort, an index, a search, a rebuild, an
 * import or a backup, however little memory the database is given.
 */
#include "config.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/backup.h"
#include "tests/store/openlog.h"
#include "tests/store/world.h"

#define ENTRIES 4000

static char backup[700];

static bool
ignore_row(const struct case_row *row, void *ctx)
{
	(void)row;
	(void)ctx;
	return true;
}

/* In the store's folder, and no name that SQLite makes up. */
static void
check_opened(const struct world *w, const char *what)
{
	const struct opened *o;
	size_t n, dir = strlen(w->dir);

	o = openlog_all(&n);
	for (size_t i = 0; i < n; i++) {
		if (o[i].temporary)
			fail_msg("%s opened a temporary file \"%s\"", what,
			    o[i].path);
		if (strncmp(o[i].path, w->dir, dir) != 0 ||
		    o[i].path[dir] != '/' ||
		    strstr(o[i].path, ".hearken") == NULL)
			fail_msg("%s opened %s", what, o[i].path);
		if (o[i].journal && strstr(o[i].path, "-journal") == NULL)
			fail_msg("%s opened %s", what, o[i].path);
	}
	openlog_clear();
}

static void
fill(struct world *w, struct case_id id)
{
	struct entry_draft d = draft_observation(id, "B1", "present",
	    "the crabapple orchard of an invented family");

	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (int i = 0; i < ENTRIES; i++)
		world_ok(w, store_bulk_add(w->s, &d, NULL, &w->e));
	world_ok(w, store_bulk_seal(w->s, &w->e));
	entry_draft_release(&d);
	check_opened(w, "an import");
	for (int i = 0; i < 200; i++) {
		char reference[16];

		(void)snprintf(reference, sizeof(reference), "OPEN-%d", i);
		(void)world_case(w, reference);
	}
	check_opened(w, "new cases");
}

/* Larger than what the database may keep in memory for it. */
static void
sort_and_index(struct world *w)
{
	assert_int_equal(raw_sql(w->s, "PRAGMA cache_size = 5"), 0);
	assert_int_equal(raw_sql(w->s, "SELECT hex(body) || hex(id) FROM entry "
	    "ORDER BY hex(id) || hex(body), hex(body)"), 0);
	check_opened(w, "a sort");
	assert_int_equal(raw_sql(w->s, "CREATE INDEX sorted ON "
	    "entry(hex(id), hex(body)); DROP INDEX sorted"), 0);
	check_opened(w, "an index");
	assert_int_equal(raw_sql(w->s, "SELECT count(*) FROM (SELECT DISTINCT "
	    "hex(a.id) || b.n FROM entry a, (SELECT n FROM entry LIMIT 5) b)"),
	    0);
	check_opened(w, "a join");
}

static void
read_and_care(struct world *w)
{
	struct store_verdict v;

	world_ok(w, store_search(w->s, "o", 0, ignore_row, NULL, &w->e));
	world_ok(w, store_search(w->s, "crabapple orch", 0, ignore_row, NULL,
	    &w->e));
	check_opened(w, "a search");
	world_ok(w, store_cases(w->s, NULL, 0, 0, ignore_row, NULL, &w->e));
	check_opened(w, "the list");
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	check_opened(w, "a rebuild");
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_true(v.sound);
	check_opened(w, "verify");
	world_ok(w, store_draft_save(w->s, "note/1", "half a thought",
	    &w->e));
	check_opened(w, "a draft");
	world_ok(w, store_backup(w->s, backup, NULL, NULL, &w->e));
	check_opened(w, "a backup");
}

/* What lies in the folder when all is done. */
static void
check_folder(const struct world *w)
{
	DIR *d = opendir(w->dir);
	const struct dirent *f;

	assert_non_null(d);
	while ((f = readdir(d)) != NULL)
		if (f->d_name[0] != '.' &&
		    strcmp(f->d_name, "test.hearken") != 0 &&
		    strcmp(f->d_name, "backup.hearken") != 0)
			fail_msg("%s was left behind", f->d_name);
		else if (f->d_name[0] == '.' && f->d_name[1] != '\0' &&
		    strcmp(f->d_name, "..") != 0)
			fail_msg("%s was left behind", f->d_name);
	(void)closedir(d);
}

static void
no_temporary_file(void **state)
{
	static const char *const ciphers[] = {"aegis-256", "chacha20"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct world w;
		size_t n;

		world_init(&w);
		(void)snprintf(backup, sizeof(backup), "%s/backup.hearken",
		    w.dir);
		w.opts.cipher = ciphers[i];
		world_create(&w);
		world_adopt(&w);
		(void)openlog_all(&n);
		assert_true(n >= 2);
		check_opened(&w, "a new store");
		fill(&w, world_case(&w, "HERON-7731"));
		sort_and_index(&w);
		world_reopen(&w);
		check_opened(&w, "opening");
		read_and_care(&w);
		world_close(&w);
		check_folder(&w);
		world_release(&w);
	}
}

/* The log would have seen it. */
static void
the_log_sees_a_temporary_file(void **state)
{
	const struct opened *o;
	struct world w;
	bool seen = false;
	size_t n;

	(void)state;
	world_init(&w);
	world_create(&w);
	openlog_clear();
	openlog_try_temporary();
	o = openlog_all(&n);
	for (size_t i = 0; i < n; i++)
		seen |= o[i].temporary;
	assert_true(seen);
	openlog_clear();
	world_release(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_temporary_file),
		cmocka_unit_test(the_log_sees_a_temporary_file),
	};

	openlog_install();
	return cmocka_run_group_tests_name("store: opened files", tests, NULL,
	    NULL);
}
