/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/sql.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"

void
sql_init(struct sql *q)
{
	memset(q, 0, sizeof(*q));
	q->text = sqlite3_str_new(NULL);
}

void
sql_release(struct sql *q)
{
	for (size_t i = 0; i < q->n; i++)
		free(q->values[i].text);
	free(q->values);
	sqlite3_free(sqlite3_str_finish(q->text));
}

void
sql_add(struct sql *q, const char *piece)
{
	sqlite3_str_appendall(q->text, piece);
}

static void
add_value(struct sql *q, struct sql_value v)
{
	struct sql_value *more = vec_try_room(q->values, q->n, &q->cap,
	    sizeof(*more));

	if (more == NULL) {
		free(v.text);
		q->failed = true;
		return;
	}
	q->values = more;
	q->values[q->n++] = v;
	sql_add(q, "?");
}

void
sql_number(struct sql *q, int64_t v)
{
	add_value(q, (struct sql_value){NULL, v, false});
}

void
sql_text(struct sql *q, const char *s, size_t n)
{
	char *copy = strndup(s, n);

	if (copy == NULL)
		q->failed = true;
	else
		add_value(q, (struct sql_value){copy, -1, false});
}

void
sql_blob(struct sql *q, const unsigned char *p, size_t n)
{
	char *copy = malloc(n);

	if (copy == NULL) {
		q->failed = true;
		return;
	}
	memcpy(copy, p, n);
	add_value(q, (struct sql_value){copy, (int64_t)n, true});
}

static int
bind_values(const struct sql *q, sqlite3_stmt *st)
{
	int code = SQLITE_OK;

	for (size_t i = 0; i < q->n && code == SQLITE_OK; i++) {
		const struct sql_value *v = &q->values[i];

		if (v->blob)
			code = sqlite3_bind_blob64(st, (int)i + 1, v->text,
			    (sqlite3_uint64)v->number, SQLITE_TRANSIENT);
		else if (v->text != NULL)
			code = sqlite3_bind_text(st, (int)i + 1, v->text, -1,
			    SQLITE_TRANSIENT);
		else
			code = sqlite3_bind_int64(st, (int)i + 1, v->number);
	}
	return code;
}

enum rc
sql_prepare(struct store *s, struct sql *q, sqlite3_stmt **out,
    struct err *e)
{
	const char *text = sqlite3_str_value(q->text);
	int code;

	*out = NULL;
	if (q->failed || sqlite3_str_errcode(q->text) != SQLITE_OK)
		return stmt_fail(s, SQLITE_NOMEM, "search the store", e);
	code = sqlite3_prepare_v2(s->db, text, -1, out, NULL);
	if (code == SQLITE_OK)
		code = bind_values(q, *out);
	if (code == SQLITE_OK)
		return RC_OK;
	(void)stmt_fail(s, code, "search the store", e);
	sqlite3_finalize(*out);
	*out = NULL;
	return stmt_rc(code);
}

enum rc
sql_count(struct store *s, struct sql *q, size_t *n, struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = sql_prepare(s, q, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	code = sqlite3_step(st);
	if (code == SQLITE_ROW)
		*n = (size_t)sqlite3_column_int64(st, 0);
	else
		rc = stmt_fail(s, code, "count in the store", e);
	sqlite3_finalize(st);
	return rc;
}

enum rc
sql_rows(struct store *s, sqlite3_stmt *st, store_case_fn fn, void *ctx,
    struct err *e)
{
	struct case_row row;
	enum rc rc = RC_OK;
	int code;

	while ((code = sqlite3_step(st)) == SQLITE_ROW) {
		rc = case_row_read(s, st, &row, e);
		if (rc != RC_OK || !fn(&row, ctx)) {
			code = SQLITE_DONE;
			break;
		}
	}
	if (code != SQLITE_DONE)
		rc = stmt_fail(s, code, "read the list of cases", e);
	sqlite3_finalize(st);
	return rc;
}
