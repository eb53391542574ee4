/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/reference.h"
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

/* An exact spelling wins; two cases that only look alike are not guessed. */
static enum rc
pick_reference(struct store *s, sqlite3_stmt *st, const char *reference,
    struct case_id *id, struct err *e)
{
	bool exact;
	int code = sqlite3_step(st);

	if (code == SQLITE_DONE)
		return err_set(e, RC_NOTFOUND, "there is no case with the "
		    "reference \"%s\"", reference);
	if (code != SQLITE_ROW)
		return stmt_fail(s, code, "read the list of cases", e);
	(void)stmt_blob(st, 0, id->b, CASE_ID_LEN);
	exact = strcmp(stmt_text(st, 1), reference) == 0;
	code = sqlite3_step(st);
	if (code == SQLITE_DONE)
		return RC_OK;
	if (code != SQLITE_ROW)
		return stmt_fail(s, code, "read the list of cases", e);
	if (exact && strcmp(stmt_text(st, 1), reference) != 0)
		return RC_OK;
	return err_set(e, RC_INPUT, "more than one case has the reference "
	    "\"%s\"; open it from the list", reference);
}

enum rc
store_case_by_reference(struct store *s, const char *reference,
    struct case_id *id, struct err *e)
{
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	return rc == RC_OK ? case_by_reference(s, reference, id, e) : rc;
}

enum rc
case_by_reference(struct store *s, const char *reference,
    struct case_id *id, struct err *e)
{
	sqlite3_stmt *st;
	struct str key;
	enum rc rc = stmt_get(s, STMT_LIST_REFERENCE, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	str_init(&key);
	reference_key(&key, reference);
	code = stmt_bind(st, "tt", key.s, reference);
	rc = code == SQLITE_OK ? pick_reference(s, st, reference, id, e) :
	    stmt_fail(s, code, "read the list of cases", e);
	sqlite3_reset(st);
	str_release(&key);
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
