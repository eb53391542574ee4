/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/impl.h"

/* Inside an import a draft would be kept only if the import is. */
static enum rc
want_quiet(const struct store *s, struct err *e)
{
	if (!s->in_tx)
		return RC_OK;
	return err_set(e, RC_BUSY, "%s: an import is under way; the draft "
	    "cannot be saved until it is done", s->path);
}

enum rc
store_draft_save(struct store *s, const char *key, const char *text,
    struct err *e)
{
	enum rc rc = want_quiet(s, e);

	if (rc != RC_OK)
		return rc;
	return stmt_do(s, STMT_DRAFT_PUT, e, "itti", s->author_row, key,
	    text, clock_now(s->clock));
}

enum rc
store_draft_load(struct store *s, const char *key, char **text,
    struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = stmt_get(s, STMT_DRAFT_GET, &st, e);
	int code;

	*text = NULL;
	if (rc != RC_OK)
		return rc;
	code = stmt_bind(st, "it", s->author_row, key);
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	if (code == SQLITE_ROW) {
		*text = strdup(stmt_text(st, 0));
		if (*text == NULL)
			rc = stmt_fail(s, SQLITE_NOMEM, "read a draft", e);
	} else if (code != SQLITE_DONE) {
		rc = stmt_fail(s, code, "read a draft", e);
	}
	sqlite3_reset(st);
	return rc;
}

enum rc
store_draft_drop(struct store *s, const char *key, struct err *e)
{
	enum rc rc = want_quiet(s, e);

	if (rc != RC_OK)
		return rc;
	return stmt_do(s, STMT_DRAFT_DROP, e, "it", s->author_row, key);
}

enum rc
store_drafts(struct store *s, store_draft_fn fn, void *ctx, struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = stmt_get(s, STMT_DRAFT_ALL, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	code = stmt_bind(st, "i", s->author_row);
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	while (code == SQLITE_ROW) {
		if (!fn(stmt_text(st, 0), stmt_text(st, 1),
		    sqlite3_column_int64(st, 2), ctx)) {
			code = SQLITE_DONE;
			break;
		}
		code = sqlite3_step(st);
	}
	if (code != SQLITE_DONE)
		rc = stmt_fail(s, code, "read the drafts", e);
	sqlite3_reset(st);
	return rc;
}
