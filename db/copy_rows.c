/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A copy under another cipher, row by row.  Pages cannot be copied as they
 * are: ciphers keep their seals in spare bytes at the end of each page, not
 * equally many, and a page-wise copy comes out broken without a word.
 */
#include "config.h"

#include "db/copy.h"
#include "db/file.h"
#include "db/open.h"
#include "db/place.h"

#define STEP 1024	/* rows between two looks at the person's wish */

/* What people wrote; all else is made anew from it. */
static const struct {
	const char *from, *to;
} tables[] = {
	{"SELECT key, value FROM meta",
	    "INSERT OR REPLACE INTO meta VALUES (?1, ?2)"},
	{"SELECT id, key FROM author ORDER BY id",
	    "INSERT INTO author VALUES (?1, ?2)"},
	{"SELECT id, case_id FROM book ORDER BY id",
	    "INSERT INTO book VALUES (?1, ?2)"},
	{"SELECT author, n, head, signature, at FROM seal",
	    "INSERT INTO seal VALUES (?1, ?2, ?3, ?4, ?5)"},
	{"SELECT author, n, by, head, signature, at FROM vouch",
	    "INSERT INTO vouch VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
	{"SELECT author, key, text, saved FROM draft",
	    "INSERT INTO draft VALUES (?1, ?2, ?3, ?4)"},
	{"SELECT row, book, author, n, at, kind, span, id, prev, body_hash,"
	    " body FROM entry ORDER BY row",
	    "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
	    " ?10, ?11)"},
};

struct rows {
	const struct copy *c;
	struct store *to;
	uint64_t done, all;
};

static enum rc
told(struct rows *r, struct err *e)
{
	const struct copy *c = r->c;

	if (++r->done % STEP != 0 || c->fn == NULL ||
	    c->fn(r->done < r->all ? r->done : r->all, 2 * r->all, c->ctx))
		return RC_OK;
	return err_set(e, RC_CANCELLED, "stopped; everything is as it was "
	    "before");
}

static enum rc
put_row(struct rows *r, sqlite3_stmt *from, sqlite3_stmt *to, struct err *e)
{
	int code = SQLITE_OK;

	for (int i = 0; i < sqlite3_column_count(from) && code == SQLITE_OK;
	    i++)
		code = sqlite3_bind_value(to, i + 1,
		    sqlite3_column_value(from, i));
	if (code == SQLITE_OK)
		code = sqlite3_step(to);
	sqlite3_reset(to);
	return code == SQLITE_DONE ? told(r, e) : stmt_fail(r->to, code,
	    "write the copy", e);
}

static enum rc
put_rows(struct rows *r, sqlite3_stmt *from, sqlite3_stmt *to, struct err *e)
{
	enum rc rc = RC_OK;
	int code = SQLITE_DONE;

	while (rc == RC_OK && (code = sqlite3_step(from)) == SQLITE_ROW)
		rc = put_row(r, from, to, e);
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(r->c->from, code, "copy the store", e);
	return rc;
}

static enum rc
put_table(struct rows *r, size_t i, struct err *e)
{
	sqlite3_stmt *from = NULL, *to = NULL;
	enum rc rc = RC_OK;
	int code;

	code = sqlite3_prepare_v2(r->c->from->db, tables[i].from, -1, &from,
	    NULL);
	if (code != SQLITE_OK)
		rc = stmt_fail(r->c->from, code, "copy the store", e);
	else
		code = sqlite3_prepare_v2(r->to->db, tables[i].to, -1, &to,
		    NULL);
	if (rc == RC_OK && code != SQLITE_OK)
		rc = stmt_fail(r->to, code, "write the copy", e);
	if (rc == RC_OK)
		rc = put_rows(r, from, to, e);
	sqlite3_finalize(from);
	sqlite3_finalize(to);
	return rc;
}

static enum rc
put_all(struct rows *r, struct err *e)
{
	enum rc rc = stmt_do(r->to, STMT_BEGIN, e, "");

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]) &&
	    rc == RC_OK; i++)
		rc = put_table(r, i, e);
	return rc == RC_OK ? stmt_do(r->to, STMT_COMMIT, e, "") : rc;
}

static enum rc
fill(const struct copy *c, struct store *to, struct err *e)
{
	struct rows r = {.c = c, .to = to};
	enum rc rc = store_entry_count(c->from, &r.all, e);

	to->author = c->from->author;
	to->day = c->from->day;
	to->zone = to->zone_here = c->from->zone;
	if (rc == RC_OK)
		rc = schema_create(to, e);
	if (rc == RC_OK)
		rc = put_all(&r, e);
	if (rc == RC_OK)
		rc = store_load(to, e);
	if (rc == RC_OK)
		rc = store_rebuild(to, c->fn, c->ctx, e);
	return rc == RC_OK ? copy_sync(to, e) : rc;
}

enum rc
copy_rows(const struct copy *c, struct err *e)
{
	struct store *to;
	enum rc rc = store_file_create(c->beside, c->shown, c->header,
	    c->keys->mac, e);

	if (rc != RC_OK)
		return rc;
	rc = copy_connect(c, true, &to, e);
	if (rc != RC_OK)
		return rc;
	rc = fill(c, to, e);
	copy_close(to);
	place_remove_journal(c->beside);
	return rc;
}
