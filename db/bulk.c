/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/impl.h"

enum rc
store_bulk_begin(struct store *s, struct err *e)
{
	enum rc rc = tx_begin(s, e);

	if (rc == RC_OK)
		s->in_bulk = true;
	return rc;
}

static enum rc
want_bulk(const struct store *s, struct err *e)
{
	if (s->in_bulk)
		return RC_OK;
	return err_set(e, RC_USAGE, "%s: no import has been begun", s->path);
}

enum rc
store_bulk_add(struct store *s, const struct entry_draft *draft,
    struct entry_id *id, struct err *e)
{
	enum rc rc = want_bulk(s, e);

	return rc == RC_OK ? append_draft(s, draft, id, e) : rc;
}

enum rc
store_bulk_knows(struct store *s, const struct entry_draft *observation,
    bool *known, struct err *e)
{
	unsigned char key[OBSERVED_KEY_LEN];
	sqlite3_stmt *st;
	enum rc rc = want_bulk(s, e);
	int code;

	if (rc == RC_OK)
		rc = stmt_get(s, STMT_OBSERVED_FIND, &st, e);
	if (rc != RC_OK)
		return rc;
	observed_key(&observation->case_id, &observation->on,
	    observation->body, key);
	code = stmt_bind(st, "b", (const void *)key, sizeof(key));
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	*known = code == SQLITE_ROW;
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		rc = stmt_fail(s, code, "read the store", e);
	sqlite3_reset(st);
	return rc;
}

enum rc
store_bulk_seal(struct store *s, struct err *e)
{
	enum rc rc = want_bulk(s, e);

	return rc == RC_OK ? tx_seal(s, e) : rc;
}

void
store_bulk_abandon(struct store *s)
{
	if (s->in_bulk)
		tx_undo(s);
}
