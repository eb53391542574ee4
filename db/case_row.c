/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "db/impl.h"

static const char *
owner_name(const struct store *s, int64_t row)
{
	if (row < 1 || (size_t)row > s->nauthors)
		return "";
	return roster_name(&s->roster, &s->authors[row - 1]);
}

static enum rc
look_for_twins(struct store *s, struct case_row *row, struct err *e)
{
	struct str others;
	enum rc rc;

	str_init(&others);
	rc = store_case_twins(s, &row->id, row->reference, &others, e);
	row->same_reference = others.len > 0;
	str_release(&others);
	return rc;
}

enum rc
case_row_read(struct store *s, sqlite3_stmt *st, struct case_row *out,
    struct err *e)
{
	memset(out, 0, sizeof(*out));
	(void)stmt_blob(st, 0, out->id.b, CASE_ID_LEN);
	out->reference = stmt_text(st, 1);
	out->name = stmt_text(st, 2);
	out->owner = owner_name(s, sqlite3_column_int64(st, 3));
	out->birth = sqlite3_column_int(st, 4);
	out->level = (unsigned)sqlite3_column_int(st, 5);
	out->could_be = (unsigned)sqlite3_column_int(st, 6);
	out->judgement = (unsigned)sqlite3_column_int(st, 7);
	out->vulnerabilities = (unsigned)sqlite3_column_int(st, 8);
	out->signs = (unsigned)sqlite3_column_int(st, 9);
	out->not_known = (unsigned)sqlite3_column_int(st, 10);
	out->due = sqlite3_column_int64(st, 11);
	out->due_why = stmt_text(st, 12);
	out->lowering = sqlite3_column_int(st, 13) != 0;
	out->conflict = sqlite3_column_int(st, 14) != 0;
	out->screened = sqlite3_column_int(st, 15) != 0;
	out->changed = sqlite3_column_int64(st, 16);
	out->flagged = sqlite3_column_int(st, 17) != 0;
	out->returned = sqlite3_column_int(st, 18) != 0;
	return look_for_twins(s, out, e);
}
