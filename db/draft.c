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
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_DRAFT_GET, e, "it",
	    s->author_row, key);

	*text = NULL;
	if (rc == RC_OK && stmt_next(&rows)) {
		*text = strdup(stmt_text(rows.st, 0));
		if (*text == NULL)
			rc = stmt_fail(s, SQLITE_NOMEM, "read a draft", e);
	}
	return stmt_close(&rows, rc, "read a draft", e);
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
	struct stmt_rows rows;
	bool more = true;
	enum rc rc = stmt_open(&rows, s, STMT_DRAFT_ALL, e, "i",
	    s->author_row);

	while (rc == RC_OK && more && stmt_next(&rows))
		more = fn(stmt_text(rows.st, 0), stmt_text(rows.st, 1),
		    sqlite3_column_int64(rows.st, 2), ctx);
	return stmt_close(&rows, rc, "read the drafts", e);
}
