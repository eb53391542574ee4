/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "db/impl.h"

enum rc
entry_row_bad(struct store *s, int64_t row, struct err *e)
{
	return err_set(e, RC_TAMPERED, "%s: entry in row %lld does not have "
	    "the shape of an entry; it was changed outside Hearken: restore "
	    "a backup", s->path, (long long)row);
}

static bool
read_span(const char *text, struct span *out)
{
	*out = span_none();
	return *text == '\0' || span_parse(text, out, NULL) == RC_OK;
}

enum rc
entry_row_read(struct store *s, sqlite3_stmt *st, struct entry_row *out,
    struct err *e)
{
	struct entry *en = &out->entry;
	const char *kind = stmt_text(st, 4);

	memset(out, 0, sizeof(*out));
	out->row = sqlite3_column_int64(st, 0);
	out->author_row = sqlite3_column_int64(st, 1);
	out->book = sqlite3_column_int64(st, 11);
	en->n = (uint64_t)sqlite3_column_int64(st, 2);
	en->at = sqlite3_column_int64(st, 3);
	if (out->author_row < 1 || (size_t)out->author_row > s->nauthors ||
	    strlen(kind) >= sizeof(en->kind) ||
	    !read_span(stmt_text(st, 5), &en->on) ||
	    !stmt_blob(st, 6, en->id.b, ENTRY_ID_LEN) ||
	    !stmt_blob(st, 7, en->prev.b, ENTRY_ID_LEN) ||
	    !stmt_blob(st, 8, en->body_hash.b, ENTRY_ID_LEN) ||
	    !stmt_blob(st, 10, en->case_id.b, CASE_ID_LEN))
		return entry_row_bad(s, out->row, e);
	en->author = s->authors[out->author_row - 1];
	memcpy(en->kind, kind, strlen(kind) + 1);
	if (sqlite3_column_type(st, 9) != SQLITE_NULL) {
		const void *body = sqlite3_column_text(st, 9);

		if (body == NULL)
			return stmt_fail(s, SQLITE_NOMEM, "read the store", e);
		/* What stands behind a zero byte would be hashed by nobody. */
		if (strlen(body) != (size_t)sqlite3_column_bytes(st, 9))
			return entry_row_bad(s, out->row, e);
		memcpy(&en->body, &body, sizeof(body));
	}
	return RC_OK;
}

static enum rc
author_keep(struct store *s, const struct author_id *key, struct err *e)
{
	struct author_id *more = vec_try_room(s->authors, s->nauthors,
	    &s->capauthors, sizeof(*more));

	if (more == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to read the "
		    "store", s->path);
	s->authors = more;
	s->authors[s->nauthors++] = *key;
	return RC_OK;
}

enum rc
author_load_all(struct store *s, struct err *e)
{
	struct author_id key;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_AUTHOR_ALL, e, "");
	size_t before = s->nauthors;

	s->nauthors = 0;
	while (rc == RC_OK && stmt_next(&rows)) {
		if (!stmt_blob(rows.st, 1, key.b, AUTHOR_LEN) ||
		    sqlite3_column_int64(rows.st, 0) !=
		    (int64_t)s->nauthors + 1)
			rc = err_set(e, RC_TAMPERED, "%s: the table of "
			    "authors was changed outside Hearken; restore a "
			    "backup", s->path);
		else
			rc = author_keep(s, &key, e);
	}
	rc = stmt_close(&rows, rc, "read the store", e);
	/* The rows stay what they were: those known before still hold. */
	if (rc != RC_OK && s->nauthors < before)
		s->nauthors = before;
	return rc;
}

enum rc
author_row_of(struct store *s, const struct author_id *key, int64_t *row,
    struct err *e)
{
	enum rc rc;

	for (size_t i = 0; i < s->nauthors; i++) {
		if (memcmp(s->authors[i].b, key->b, AUTHOR_LEN) == 0) {
			*row = (int64_t)i + 1;
			return RC_OK;
		}
	}
	rc = stmt_do(s, STMT_AUTHOR_ADD, e, "b", (const void *)key->b,
	    (size_t)AUTHOR_LEN);
	if (rc == RC_OK)
		rc = author_keep(s, key, e);
	if (rc == RC_OK)
		*row = (int64_t)s->nauthors;
	return rc;
}
