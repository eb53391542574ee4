/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the full-text index says of some words, and those entries read.
 */
#include "config.h"

#include <stdlib.h>

#include "db/find_impl.h"

enum rc
index_add(struct index_rows *r, int64_t row, struct err *e)
{
	size_t cap = r->cap != 0 ? r->cap * 2 : 1024;
	int64_t *more;

	if (r->n == r->most) {
		r->list[r->given++ % r->most] = row;
		return RC_OK;
	}
	if (r->n == r->cap) {
		more = realloc(r->list, cap * sizeof(*more));
		if (more == NULL)
			return err_set(e, RC_NOMEM, "not enough memory to "
			    "search");
		r->list = more;
		r->cap = cap;
	}
	r->list[r->n++] = row;
	r->given++;
	return RC_OK;
}

int64_t
index_nth(const struct index_rows *r, size_t i)
{
	return r->list[(r->given - 1 - i) % r->most];
}

static void
match_of(const struct finder *f, uint32_t set, const char *mark,
    struct str *out)
{
	for (size_t i = 0; i < f->ns.n; i++)
		if ((set >> i & 1) != 0)
			needle_match(out, &f->ns.list[i], mark);
}

/*
 * Where a case goes by the words any of the cases will do; of the texts the
 * newest are wanted, which come last.
 */
enum rc
index_ask(struct finder *f, uint32_t set, const char *mark,
    struct index_rows *out, struct err *e)
{
	struct str match;
	sqlite3_stmt *st;
	enum rc rc = stmt_get(f->s, STMT_FIND_MATCH, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	out->asked = true;
	str_init(&match);
	match_of(f, set, mark, &match);
	code = stmt_bind(st, "t", match.s);
	while (rc == RC_OK && (code == SQLITE_OK || code == SQLITE_ROW)) {
		code = sqlite3_step(st);
		if (code == SQLITE_ROW)
			rc = index_add(out, sqlite3_column_int64(st, 0), e);
		if (mark[0] != '\0' && out->given > out->most)
			break;
	}
	if (rc == RC_OK && code != SQLITE_DONE && code != SQLITE_ROW)
		rc = stmt_fail(f->s, code, "search the store", e);
	sqlite3_reset(st);
	str_release(&match);
	return rc;
}

static enum rc
read_row(struct finder *f, int64_t row, row_fn fn, bool *stop,
    struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = stmt_get(f->s, STMT_FIND_ROW, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	code = stmt_bind(st, "i", row);
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	if (code == SQLITE_ROW)
		rc = fn(f, st, stop, e);
	else if (code != SQLITE_DONE)
		rc = stmt_fail(f->s, code, "search the store", e);
	sqlite3_reset(st);
	return rc;
}

enum rc
index_read(struct finder *f, const struct index_rows *r, row_fn fn,
    struct err *e)
{
	size_t most = f->thorough ? SIZE_MAX : INDEX_READ, read = 0;
	bool stop = false;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < r->n && rc == RC_OK && !stop; i++) {
		if (index_nth(r, i) >= f->oldest)
			continue;
		if (read++ == most) {
			f->cut = true;
			return RC_OK;
		}
		rc = read_row(f, index_nth(r, i), fn, &stop, e);
	}
	if (r->given > r->n)
		f->cut = true;
	return rc;
}
