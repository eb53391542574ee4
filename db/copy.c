/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/copy.h"

#include <string.h>

#include "db/file.h"
#include "db/heads.h"
#include "db/open.h"
#include "db/place.h"
#include "db/shim.h"

#define SLICE 512	/* pages between two looks at the person's wish */

static enum rc
tell(const struct copy *c, uint64_t done, uint64_t all, struct err *e)
{
	if (c->fn == NULL || c->fn(done, all, c->ctx))
		return RC_OK;
	return err_set(e, RC_CANCELLED, "stopped; everything is as it was "
	    "before");
}

enum rc
copy_may_begin(struct store *s, struct err *e)
{
	if (s->in_tx)
		return err_set(e, RC_BUSY, "%s: an import is under way; "
		    "finish or abandon it first", s->path);
	free_mend_if_torn(s);
	return RC_OK;
}

void
copy_remove(const struct copy *c)
{
	place_remove(c->beside);
}

static enum rc
go_fast(struct store *copy, struct err *e)
{
	int code = sqlite3_exec(copy->db, "PRAGMA journal_mode = MEMORY;"
	    "PRAGMA synchronous = OFF;", NULL, NULL, NULL);

	return code == SQLITE_OK ? RC_OK : stmt_fail(copy, code,
	    "make the copy", e);
}

/*
 * Each page is met once.  The caches of both files together with what is
 * read ahead fit into the processor's own; larger ones cost half as much
 * work again.
 */
static enum rc
go_straight(struct store *s, bool on, struct err *e)
{
	int code = sqlite3_exec(s->db, on ? "PRAGMA cache_size = -128" :
	    "PRAGMA cache_size = -65536", NULL, NULL, NULL);

	shim_straight(s->db, on);
	return code == SQLITE_OK ? RC_OK : stmt_fail(s, code,
	    "make the copy", e);
}

static enum rc
connect(struct store *t, const struct copy *c, bool fast, struct err *e)
{
	enum rc rc;

	t->beside = file_name("%s", c->beside);
	if (t->beside == NULL)
		return err_set(e, RC_NOMEM, "no memory for a file name");
	t->header = *c->header;
	*t->keys = *c->keys;
	rc = store_connect(t, e);
	return rc == RC_OK && fast ? go_fast(t, e) : rc;
}

enum rc
copy_connect(const struct copy *c, bool fast, struct store **out,
    struct err *e)
{
	struct store_opts opts = {
		.clock = c->from->clock, .rng = c->from->rng
	};
	struct store *t;
	enum rc rc = store_alloc(c->shown, &opts, &t, e);

	if (rc != RC_OK)
		return rc;
	rc = connect(t, c, fast, e);
	if (rc != RC_OK) {
		copy_close(t);
		return rc;
	}
	*out = t;
	return RC_OK;
}

void
copy_close(struct store *copy)
{
	char *beside;

	if (copy == NULL)
		return;
	beside = copy->beside;
	copy->beside = NULL;
	store_close(copy);
	free(beside);
}

enum rc
copy_sync(struct store *copy, struct err *e)
{
	struct header_io io = shim_io(copy->db);

	return io.sync(io.ctx, e);
}

/* A page that cannot be read is the source's fault, all else the copy's. */
static enum rc
slice_failed(const struct copy *c, struct store *copy, int code,
    struct err *e)
{
	if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
		return stmt_fail(c->from, code, "copy the store", e);
	return stmt_fail(copy, code, "write the copy", e);
}

static enum rc
copy_slices(const struct copy *c, struct store *copy, sqlite3_backup *b,
    struct err *e)
{
	uint64_t all, done;
	enum rc rc = RC_OK;
	int code = SQLITE_OK;

	while (rc == RC_OK && code == SQLITE_OK) {
		code = sqlite3_backup_step(b, SLICE);
		if (code != SQLITE_OK)
			break;
		all = (uint64_t)sqlite3_backup_pagecount(b);
		done = all - (uint64_t)sqlite3_backup_remaining(b);
		rc = tell(c, done, 2 * all, e);
	}
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = slice_failed(c, copy, code, e);
	return rc;
}

static enum rc
copy_pages(const struct copy *c, struct store *copy, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(copy->db, "main",
	    c->from->db, "main");
	enum rc rc, after;
	int code;

	if (b == NULL)
		return stmt_fail(copy, sqlite3_extended_errcode(copy->db),
		    "make the copy", e);
	rc = go_straight(c->from, true, e);
	if (rc == RC_OK)
		rc = go_straight(copy, true, e);
	shim_write_early(copy->db);
	if (rc == RC_OK)
		rc = copy_slices(c, copy, b, e);
	code = sqlite3_backup_finish(b);
	if (rc == RC_OK && code != SQLITE_OK)
		rc = slice_failed(c, copy, code, e);
	after = go_straight(c->from, false, rc == RC_OK ? e : NULL);
	if (rc == RC_OK)
		rc = after;
	return rc == RC_OK ? copy_sync(copy, e) : rc;
}

enum rc
copy_make(const struct copy *c, struct err *e)
{
	struct store *copy = NULL;
	enum rc rc = store_file_create(c->beside, c->shown, c->header,
	    c->keys->mac, e);

	if (rc != RC_OK)
		return rc;
	rc = copy_connect(c, true, &copy, e);
	if (rc == RC_OK)
		rc = copy_pages(c, copy, e);
	copy_close(copy);
	/* The empty one that stays when the mode is changed to none on disk. */
	place_remove_journal(c->beside);
	return rc;
}

static enum rc
page_failed(const struct copy *c, int64_t page, int code, struct err *e)
{
	if (code == SQLITE_NOMEM)
		return err_set(e, RC_NOMEM, "%s: not enough memory to read "
		    "the copy back", c->shown);
	return err_set(e, RC_SYSTEM, "%s was written, but its page %lld does "
	    "not read back as it was; it was not kept. Look at the disk",
	    c->shown, (long long)page);
}

static enum rc
page_count(struct store *copy, uint64_t *n, struct err *e)
{
	int64_t pages = 0;
	enum rc rc = stmt_number(copy, STMT_PAGE_COUNT, "read the copy back",
	    &pages, e);

	*n = (uint64_t)pages;
	return rc;
}

static enum rc
walk_rows(const struct copy *c, sqlite3_stmt *st, uint64_t all,
    struct err *e)
{
	uint64_t done = 0;
	enum rc rc = RC_OK;
	int code = SQLITE_DONE;

	while (rc == RC_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		if (++done % SLICE == 0)
			rc = tell(c, all + done, 2 * all, e);
	}
	if (rc == RC_OK && (code != SQLITE_DONE || done != all))
		rc = page_failed(c, (int64_t)done + 1, code, e);
	return rc;
}

enum rc
copy_walk(const struct copy *c, struct store *copy, struct err *e)
{
	sqlite3_stmt *st = NULL;
	uint64_t all;
	enum rc rc = page_count(copy, &all, e);
	int code;

	if (rc != RC_OK)
		return rc;
	code = sqlite3_prepare_v2(copy->db, "SELECT data FROM"
	    " sqlite_dbpage('main')", -1, &st, NULL);
	if (code != SQLITE_OK)
		return stmt_fail(copy, code, "read the copy back", e);
	rc = go_straight(copy, true, e);
	if (rc == RC_OK)
		rc = walk_rows(c, st, all, e);
	sqlite3_finalize(st);
	shim_straight(copy->db, false);
	return rc;
}

/* Rows are only ever added: counting would read an index from end to end. */
static enum rc
last_row(struct store *s, uint64_t *row, struct err *e)
{
	int64_t top = 0;
	enum rc rc = stmt_number(s, STMT_ENTRY_TOP, "read the entries", &top,
	    e);

	*row = (uint64_t)top;
	return rc;
}

enum rc
copy_ends(struct store *s, struct copy_ends *out, struct err *e)
{
	enum rc rc = author_load_all(s, e);

	if (rc == RC_OK)
		rc = store_heads_hash(s, out->hash, e);
	return rc == RC_OK ? last_row(s, &out->last, e) : rc;
}

enum rc
copy_compare(const struct copy *c, struct store *copy, struct err *e)
{
	struct copy_ends here, there;
	enum rc rc = copy_ends(c->from, &here, e);

	if (rc == RC_OK)
		rc = copy_ends(copy, &there, e);
	if (rc == RC_OK && (here.last != there.last ||
	    memcmp(here.hash, there.hash, sizeof(here.hash)) != 0))
		rc = err_set(e, RC_SYSTEM, "%s was written, but does not "
		    "hold what the store holds; it was not kept. Look at the "
		    "disk", c->shown);
	return rc;
}

enum rc
copy_prove(const struct copy *c, struct err *e)
{
	struct store *copy;
	enum rc rc = copy_connect(c, false, &copy, e);

	if (rc != RC_OK)
		return rc;
	rc = copy_walk(c, copy, e);
	if (rc == RC_OK)
		rc = copy_compare(c, copy, e);
	copy_close(copy);
	return rc;
}
