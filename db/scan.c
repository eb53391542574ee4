/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/scan.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"

static enum rc
keep_book(struct store *s, struct books *b, sqlite3_stmt *st, struct err *e)
{
	struct book *more, *k;

	more = vec_try_room(b->list, b->n, &b->cap, sizeof(*more));
	if (more == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to check "
		    "the store", s->path);
	b->list = more;
	k = &b->list[b->n++];
	k->id = sqlite3_column_int64(st, 0);
	k->bytes = 0;
	if (!stmt_blob(st, 1, k->case_id.b, CASE_ID_LEN))
		return err_set(e, RC_TAMPERED, "%s: the table of cases was "
		    "changed outside Hearken; restore a backup", s->path);
	return RC_OK;
}

/* The statement is bound. */
static enum rc
read_books(struct store *s, sqlite3_stmt *st, struct books *b, size_t *all,
    struct err *e)
{
	enum rc rc = RC_OK;
	int code = SQLITE_DONE;

	memset(b, 0, sizeof(*b));
	while (rc == RC_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		rc = keep_book(s, b, st, e);
		if (all != NULL)
			*all = (size_t)sqlite3_column_int64(st, 2);
	}
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(s, code, "read the cases", e);
	sqlite3_reset(st);
	if (rc != RC_OK)
		books_release(b);
	return rc;
}

enum rc
books_load(struct store *s, struct books *b, struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = stmt_get(s, STMT_BOOK_EVERY, &st, e);

	memset(b, 0, sizeof(*b));
	return rc == RC_OK ? read_books(s, st, b, NULL, e) : rc;
}

enum rc
books_load_lately(struct store *s, size_t max, struct books *b, size_t *left,
    struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = stmt_get(s, STMT_BOOKS_LATELY, &st, e);
	size_t all = 0;
	int code;

	memset(b, 0, sizeof(*b));
	if (rc != RC_OK)
		return rc;
	code = stmt_bind(st, "ii", (int64_t)max, s->author_row);
	if (code != SQLITE_OK)
		return stmt_fail(s, code, "read the cases", e);
	rc = read_books(s, st, b, &all, e);
	if (rc == RC_OK)
		*left = all - b->n;
	return rc;
}

void
books_release(struct books *b)
{
	free(b->list);
	memset(b, 0, sizeof(*b));
}

/* Rows are numbered without gaps, so the first guess is nearly always it. */
struct book *
books_find(const struct books *b, int64_t id)
{
	size_t low = 0, high = b->n, mid;

	if (id > 0 && (uint64_t)id <= b->n && b->list[id - 1].id == id)
		return &b->list[id - 1];
	while (low < high) {
		mid = low + (high - low) / 2;
		if (b->list[mid].id == id)
			return &b->list[mid];
		if (b->list[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static bool
take_text(sqlite3_stmt *st, int column, const char **text, size_t *n)
{
	const void *p = sqlite3_column_text(st, column);

	*text = p;
	*n = (size_t)sqlite3_column_bytes(st, column);
	return p != NULL && memchr(p, '\0', *n) == NULL;
}

static bool
take_kind(sqlite3_stmt *st, struct entry *en)
{
	const char *kind;
	size_t n;

	if (!take_text(st, 4, &kind, &n) || n >= sizeof(en->kind))
		return false;
	memcpy(en->kind, kind, n);
	en->kind[n] = '\0';
	return true;
}

enum rc
scan_row_read(struct store *s, const struct books *b, sqlite3_stmt *st,
    struct scan_row *out, struct err *e)
{
	struct entry *en = &out->r.entry;
	const char *body = NULL;

	out->r.row = sqlite3_column_int64(st, 0);
	out->r.author_row = sqlite3_column_int64(st, 1);
	out->r.book = sqlite3_column_int64(st, 10);
	out->book = books_find(b, out->r.book);
	out->nbody = 0;
	en->n = (uint64_t)sqlite3_column_int64(st, 2);
	en->at = sqlite3_column_int64(st, 3);
	if (out->r.author_row < 1 ||
	    (size_t)out->r.author_row > s->nauthors || !take_kind(st, en) ||
	    !take_text(st, 5, &out->on, &out->non) ||
	    out->non >= SPAN_TEXT_MAX ||
	    !stmt_blob(st, 6, en->id.b, ENTRY_ID_LEN) ||
	    !stmt_blob(st, 7, en->prev.b, ENTRY_ID_LEN) ||
	    !stmt_blob(st, 8, en->body_hash.b, ENTRY_ID_LEN))
		return entry_row_bad(s, out->r.row, e);
	if (sqlite3_column_type(st, 9) != SQLITE_NULL &&
	    !take_text(st, 9, &body, &out->nbody))
		return entry_row_bad(s, out->r.row, e);
	memcpy(&en->body, &body, sizeof(body));
	en->author = s->authors[out->r.author_row - 1];
	if (out->book != NULL)
		en->case_id = out->book->case_id;
	return RC_OK;
}

enum rc
scan_row_date(struct store *s, struct scan_row *r, struct err *e)
{
	r->r.entry.on = span_none();
	if (r->non != 0 && span_parse(r->on, &r->r.entry.on, NULL) != RC_OK)
		return entry_row_bad(s, r->r.row, e);
	return RC_OK;
}
