/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The projections as a whole: made anew, and hashed.
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "db/bytes.h"
#include "db/impl.h"

#define STEP 256

struct rebuild {
	store_progress_fn fn;
	void *ctx;
	uint64_t done, all;
};

static enum rc
step(struct rebuild *b, struct err *e)
{
	b->done++;
	if (b->fn == NULL || b->done % STEP != 0 ||
	    b->fn(b->done, b->all, b->ctx))
		return RC_OK;
	return err_set(e, RC_CANCELLED, "stopped; everything is as it was "
	    "before");
}

static enum rc
project_row(struct store *s, const struct entry_row *r, struct err *e)
{
	return r->entry.body == NULL ? RC_OK :
	    project_text(s, r->row, r->book, &r->entry, e);
}

static enum rc
project_entries(struct store *s, struct rebuild *b, struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_ALL, e, "");

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(s, rows.st, &r, e);
		if (rc == RC_OK)
			rc = project_row(s, &r, e);
		if (rc == RC_OK)
			rc = step(b, e);
	}
	return stmt_close(&rows, rc, "read the entries", e);
}

static enum rc
rebuild_all(struct store *s, struct rebuild *b, struct err *e)
{
	enum rc rc = stmt_do(s, STMT_LIST_CLEAR, e, "");

	if (rc == RC_OK)
		rc = stmt_do(s, STMT_DUE_CLEAR, e, "");
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_QUEUE_CLEAR, e, "");
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_OBSERVED_CLEAR, e, "");
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_WORDS_CLEAR, e, "");
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_HOME_CLEAR, e, "");
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_LOOK_CLEAR, e, "");
	if (rc == RC_OK)
		rc = project_entries(s, b, e);
	return rc == RC_OK ? project_all_cases(s, e) : rc;
}

enum rc
rebuild_projections(struct store *s, store_progress_fn fn, void *ctx,
    struct err *e)
{
	struct rebuild b = {fn, ctx, 0, 0};
	enum rc rc = store_entry_count(s, &b.all, e);

	return rc == RC_OK ? rebuild_all(s, &b, e) : rc;
}

enum rc
store_rebuild(struct store *s, store_progress_fn fn, void *ctx,
    struct err *e)
{
	enum rc rc = tx_begin(s, e);

	if (rc != RC_OK)
		return rc;
	rc = rebuild_projections(s, fn, ctx, e);
	if (rc != RC_OK) {
		tx_undo(s);
		return rc;
	}
	return tx_seal(s, e);
}

static void
hash_column(crypto_generichash_state *h, sqlite3_stmt *st, int column)
{
	unsigned char head[9];
	const void *p = sqlite3_column_blob(st, column);
	size_t n = (size_t)sqlite3_column_bytes(st, column);

	put_uint(head, (uint64_t)sqlite3_column_type(st, column), 1);
	put_uint(head + 1, n, 8);
	crypto_generichash_update(h, head, sizeof(head));
	crypto_generichash_update(h, p, n);
}

static enum rc
hash_rows(struct store *s, crypto_generichash_state *h, sqlite3_stmt *st,
    struct err *e)
{
	enum rc rc = RC_OK;
	int code;

	while ((code = sqlite3_step(st)) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(st); i++)
			hash_column(h, st, i);
	if (code != SQLITE_DONE)
		rc = stmt_fail(s, code, "read the projections", e);
	sqlite3_reset(st);
	return rc;
}

/* The table that shows the index is made when it is first wanted. */
enum rc
words_open(struct store *s, sqlite3_stmt **st, struct err *e)
{
	int code = sqlite3_exec(s->db, "CREATE VIRTUAL TABLE IF NOT EXISTS"
	    " temp.words_read USING fts5vocab (main, words, instance)", NULL,
	    NULL, NULL);

	if (code != SQLITE_OK)
		return stmt_fail(s, code, "read the words", e);
	return stmt_get(s, STMT_WORDS_ALL, st, e);
}

/* A table of the projections a line, in the order that the hash has them. */
static enum rc
hash_statements(struct store *s, crypto_generichash_state *h, struct err *e)
{
	static const enum stmt_id ids[] = {
		STMT_LIST_HASH, STMT_DUE_HASH, STMT_QUEUE_HASH,
		STMT_OBSERVED_ALL, STMT_LOOK_ALL, STMT_HOME_ALL
	};
	sqlite3_stmt *st;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]) && rc == RC_OK;
	    i++) {
		rc = stmt_get(s, ids[i], &st, e);
		if (rc == RC_OK)
			rc = hash_rows(s, h, st, e);
	}
	return rc;
}

enum rc
store_projection_hash(struct store *s, unsigned char out[32], struct err *e)
{
	crypto_generichash_state h;
	sqlite3_stmt *st;
	enum rc rc = project_day(s, e);

	crypto_generichash_init(&h, NULL, 0, 32);
	if (rc == RC_OK)
		rc = hash_statements(s, &h, e);
	if (rc == RC_OK)
		rc = words_open(s, &st, e);
	if (rc == RC_OK)
		rc = hash_rows(s, &h, st, e);
	crypto_generichash_final(&h, out, 32);
	return rc;
}
