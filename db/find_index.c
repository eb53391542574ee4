/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the full-text index says of some words, and those entries read.
 */
#include "config.h"

#include <stdlib.h>

#include "core/vec.h"
#include "db/find_impl.h"

enum rc
index_add(struct index_rows *r, int64_t row, struct err *e)
{
	int64_t *more;

	if (r->n == r->most) {
		r->list[r->given++ % r->most] = row;
		return RC_OK;
	}
	more = vec_try_room(r->list, r->n, &r->cap, sizeof(*more));
	if (more == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to search");
	r->list = more;
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
	struct stmt_rows rows;
	enum rc rc;

	out->asked = true;
	str_init(&match);
	match_of(f, set, mark, &match);
	rc = stmt_open(&rows, f->s, STMT_FIND_MATCH, e, "t", match.s);
	while (rc == RC_OK && stmt_next(&rows)) {
		rc = index_add(out, sqlite3_column_int64(rows.st, 0), e);
		if (mark[0] != '\0' && out->given > out->most)
			break;
	}
	rc = stmt_close(&rows, rc, "search the store", e);
	str_release(&match);
	return rc;
}

static enum rc
read_row(struct finder *f, int64_t row, row_fn fn, bool *stop,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, f->s, STMT_FIND_ROW, e, "i", row);

	if (rc == RC_OK && stmt_next(&rows))
		rc = fn(f, rows.st, stop, e);
	return stmt_close(&rows, rc, "search the store", e);
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
