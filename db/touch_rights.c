/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What somebody elsewhere counts as may change for what they wrote before: a
 * card comes, or their own store says that their access had ended.  Their
 * cases are projected anew then.  A role of this store's own people only ever
 * changes what they write from then on.
 */
#include "config.h"

#include "db/impl.h"

static bool
same_list(const struct roster_user *a, const struct roster_user *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	if (a->revoked != b->revoked || a->last != b->last ||
	    a->nroles != b->nroles)
		return false;
	for (size_t i = 0; i < a->nroles; i++)
		if (a->roles[i].from != b->roles[i].from ||
		    a->roles[i].after != b->roles[i].after ||
		    a->roles[i].roles != b->roles[i].roles)
			return false;
	return true;
}

static bool
same_rights(const struct roster *old, const struct roster *now,
    const struct author_id *key)
{
	const struct roster_user *a = roster_find(old, key);
	const struct roster_user *b = roster_find(now, key);

	if (b == NULL || !b->abroad)
		return true;
	return a != NULL && same_list(a, b) &&
	    (a->card == NULL) == (b->card == NULL) &&
	    same_list(roster_at_home(old, a), roster_at_home(now, b));
}

static enum rc
touch_author(struct store *s, int64_t author, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_BOOKS_OF_AUTHOR, e, "i", author);

	while (rc == RC_OK && stmt_next(&rows))
		rc = touch_book(s, sqlite3_column_int64(rows.st, 0), e);
	return stmt_close(&rows, rc, "read the cases", e);
}

enum rc
touch_rights(struct store *s, const struct roster *old,
    const struct roster *now, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < s->nauthors && rc == RC_OK; i++)
		if (!same_rights(old, now, &s->authors[i]))
			rc = touch_author(s, (int64_t)i + 1, e);
	return rc;
}
