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
	int64_t found = 0;
	enum rc rc = stmt_number(s, STMT_ENTRY_COUNT, "count the entries",
	    &found, e);

	*n = (uint64_t)found;
	return rc;
}
