/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/rights.h"
#include "db/mask.h"

enum rc
case_find(struct store *s, const struct case_id *id, int64_t *book,
    struct err *e)
{
	enum rc rc = book_find(s, id, book, e);

	if (rc == RC_NOTFOUND || (rc == RC_OK && *book == REGISTER_BOOK))
		return err_set(e, RC_NOTFOUND, "there is no such case in %s",
		    s->path);
	return rc;
}

enum rc
store_case_load(struct store *s, const struct case_id *id,
    struct casefile *out, struct err *e)
{
	int64_t book = 0;
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	if (rc == RC_OK)
		rc = case_find(s, id, &book, e);
	if (rc == RC_OK)
		rc = mask_refuse(s, book, e);
	if (rc == RC_OK)
		rc = casefile_load(s, book, out, e);
	if (rc == RC_OK)
		casefile_settle(out, &s->roster);
	return rc;
}

enum rc
store_entry_count(struct store *s, uint64_t *n, struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = stmt_get(s, STMT_ENTRY_COUNT, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	code = sqlite3_step(st);
	if (code == SQLITE_ROW)
		*n = (uint64_t)sqlite3_column_int64(st, 0);
	else
		rc = stmt_fail(s, code, "count the entries", e);
	sqlite3_reset(st);
	return rc;
}
