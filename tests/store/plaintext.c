/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nothing that was written can be read in any file of the store's folder:
 * not in the store, not in its journal in the middle of a transaction, not
 * after sorting, searching and rebuilding.
 */
#include "config.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/world.h"

static const char *const planted[] = {
	"Quillfeather", "quillfeather", "HERON-7731", "heron", "crabapple",
	"seventeen", "Ilse", "Marwood", "occ-csegg", "CREATE TABLE",
	"SQLite format 3", "half a thought"
};

static void
look_into(const char *path, bool *journal)
{
	unsigned char *p;
	size_t n;

	p = file_load(path, &n);
	for (size_t i = 0; i < sizeof(planted) / sizeof(planted[0]); i++)
		if (memmem(p, n, planted[i], strlen(planted[i])) != NULL)
			fail_msg("\"%s\" can be read in %s", planted[i],
			    path);
	free(p);
	if (strstr(path, "-journal") != NULL && n > 4096)
		*journal = true;
}

/* Returns whether a journal with content was among the files. */
static bool
look_everywhere(const struct world *w)
{
	DIR *d = opendir(w->dir);
	struct dirent *f;
	bool journal = false;
	char path[1024];

	assert_non_null(d);
	while ((f = readdir(d)) != NULL) {
		if (strcmp(f->d_name, ".") == 0 ||
		    strcmp(f->d_name, "..") == 0)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", w->dir,
		    f->d_name);
		look_into(path, &journal);
	}
	(void)closedir(d);
	return journal;
}

static bool
ignore_row(const struct case_row *row, void *ctx)
{
	(void)row;
	(void)ctx;
	return true;
}

static void
work(struct world *w, struct case_id id)
{
	struct store_verdict v;

	world_ok(w, world_append(w, draft_identity(id, "Pip Quillfeather",
	    "2012-04-05"), NULL));
	world_ok(w, world_append(w, draft_observation(id, "B2", "present",
	    "under the crabapple tree"), NULL));
	world_ok(w, store_draft_save(w->s, "note/1", "half a thought",
	    &w->e));
	world_ok(w, store_search(w->s, "quill", 0, ignore_row, NULL, &w->e));
	world_ok(w, store_cases(w->s, NULL, 0, 0, ignore_row, NULL, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_true(v.sound);
}

/*
 * Reading the store's file from here drops this process's lock on it, which
 * does no harm while no other process wants the store.
 */
static void
nothing_can_be_read(void **state)
{
	static const char *const ciphers[] = {"aegis-256", "chacha20"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct entry_draft d;
		struct case_id id;
		struct world w;

		world_init(&w);
		w.opts.cipher = ciphers[i];
		world_create(&w);
		world_adopt(&w);
		id = world_case(&w, "HERON-7731");
		work(&w, id);
		(void)look_everywhere(&w);
		world_ok(&w, store_bulk_begin(w.s, &w.e));
		d = draft_observation(id, "B1", "present",
		    "the crabapple orchard of Quillfeather");
		/* More than the cache holds, so that pages are spilled. */
		assert_int_equal(raw_sql(w.s, "PRAGMA cache_size = 20"), 0);
		for (int n = 0; n < 3000; n++)
			world_ok(&w, store_bulk_add(w.s, &d, NULL, &w.e));
		entry_draft_release(&d);
		assert_true(look_everywhere(&w));
		world_ok(&w, store_bulk_seal(w.s, &w.e));
		world_close(&w);
		assert_false(look_everywhere(&w));
		world_release(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_can_be_read),
	};

	return cmocka_run_group_tests_name("store: plaintext", tests, NULL,
	    NULL);
}
