/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/stmt.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "db/impl.h"

static const char *const texts[STMT_COUNT] = {
#define STMT(name, sql) [STMT_##name] = sql,
#include "db/stmt.def"
#undef STMT
};

enum rc
stmt_get(struct store *s, enum stmt_id id, sqlite3_stmt **out, struct err *e)
{
	int code;

	*out = NULL;
	if (s->stmts[id] == NULL) {
		code = sqlite3_prepare_v3(s->db, texts[id], -1,
		    SQLITE_PREPARE_PERSISTENT, &s->stmts[id], NULL);
		if (code != SQLITE_OK)
			return stmt_fail(s, code, "read the store", e);
	}
	sqlite3_reset(s->stmts[id]);
	*out = s->stmts[id];
	return RC_OK;
}

void
stmt_release_all(struct store *s)
{
	for (size_t i = 0; i < STMT_COUNT; i++) {
		sqlite3_finalize(s->stmts[i]);
		s->stmts[i] = NULL;
	}
}

static int
bind_list(sqlite3_stmt *st, const char *types, va_list ap)
{
	int rc = SQLITE_OK;
	const void *p;

	for (int i = 1; *types != '\0' && rc == SQLITE_OK; types++, i++) {
		switch (*types) {
		case 'i':
			rc = sqlite3_bind_int64(st, i, va_arg(ap, int64_t));
			break;
		case 'b':
			p = va_arg(ap, const void *);
			rc = sqlite3_bind_blob64(st, i, p, va_arg(ap, size_t),
			    SQLITE_STATIC);
			break;
		case 't':
			p = va_arg(ap, const char *);
			rc = sqlite3_bind_text(st, i, p, -1, SQLITE_STATIC);
			break;
		default:
			rc = sqlite3_bind_null(st, i);
			break;
		}
	}
	return rc;
}

int
stmt_bind(sqlite3_stmt *st, const char *types, ...)
{
	va_list ap;
	int rc;

	va_start(ap, types);
	rc = bind_list(st, types, ap);
	va_end(ap);
	return rc;
}

const char *
stmt_text(sqlite3_stmt *st, int column)
{
	const void *p = sqlite3_column_text(st, column);

	return p != NULL ? p : "";
}

bool
stmt_blob(sqlite3_stmt *st, int column, void *out, size_t n)
{
	const void *p = sqlite3_column_blob(st, column);

	if (p == NULL || (size_t)sqlite3_column_bytes(st, column) != n)
		return false;
	memcpy(out, p, n);
	return true;
}

enum rc
stmt_run(struct store *s, sqlite3_stmt *st, const char *doing, struct err *e)
{
	enum rc rc = RC_OK;
	int code;

	do
		code = sqlite3_step(st);
	while (code == SQLITE_ROW);
	if (code != SQLITE_DONE)
		rc = stmt_fail(s, code, doing, e);
	sqlite3_reset(st);
	return rc;
}

enum rc
stmt_do(struct store *s, enum stmt_id id, struct err *e, const char *types,
    ...)
{
	sqlite3_stmt *st;
	va_list ap;
	int code;
	enum rc rc = stmt_get(s, id, &st, e);

	if (rc != RC_OK)
		return rc;
	va_start(ap, types);
	code = bind_list(st, types, ap);
	va_end(ap);
	if (code != SQLITE_OK)
		return stmt_fail(s, code, "write to the store", e);
	return stmt_run(s, st, "write to the store", e);
}

enum rc
stmt_open(struct stmt_rows *r, struct store *s, enum stmt_id id,
    struct err *e, const char *types, ...)
{
	enum rc rc = stmt_get(s, id, &r->st, e);
	va_list ap;

	r->s = s;
	r->code = SQLITE_OK;
	if (rc != RC_OK)
		return rc;
	sqlite3_clear_bindings(r->st);
	va_start(ap, types);
	r->code = bind_list(r->st, types, ap);
	va_end(ap);
	return RC_OK;
}

bool
stmt_next(struct stmt_rows *r)
{
	if (r->code != SQLITE_OK && r->code != SQLITE_ROW)
		return false;
	r->code = sqlite3_step(r->st);
	return r->code == SQLITE_ROW;
}

enum rc
stmt_close(struct stmt_rows *r, enum rc rc, const char *doing, struct err *e)
{
	if (r->st == NULL)
		return rc;
	if (rc == RC_OK && r->code != SQLITE_OK && r->code != SQLITE_ROW &&
	    r->code != SQLITE_DONE)
		rc = stmt_fail(r->s, r->code, doing, e);
	sqlite3_reset(r->st);
	return rc;
}

enum rc
stmt_number(struct store *s, enum stmt_id id, const char *doing, int64_t *out,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, id, e, "");

	*out = 0;
	if (rc == RC_OK && stmt_next(&rows))
		*out = sqlite3_column_int64(rows.st, 0);
	else if (rc == RC_OK && rows.code == SQLITE_DONE)
		rows.code = SQLITE_CORRUPT;
	return stmt_close(&rows, rc, doing, e);
}

enum rc
stmt_rc(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return RC_OK;
	case SQLITE_NOMEM:
		return RC_NOMEM;
	case SQLITE_FULL:
		return RC_NOSPACE;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return RC_BUSY;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return RC_READONLY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		return RC_DAMAGED;
	case SQLITE_INTERRUPT:
		return RC_CANCELLED;
	default:
		return code == SQLITE_IOERR_DATA ||
		    code == SQLITE_IOERR_CORRUPTFS ? RC_DAMAGED : RC_SYSTEM;
	}
}

static const char *
what_to_do(enum rc rc)
{
	switch (rc) {
	case RC_NOMEM:
		return "not enough memory; close other programs and try again";
	case RC_NOSPACE:
		return "the disk is full; make room and try again. Nothing "
		    "that was saved before is lost";
	case RC_BUSY:
		return "another process uses the store; close it there first";
	case RC_READONLY:
		return "the file or its folder cannot be written; look at its "
		    "permissions";
	case RC_DAMAGED:
		return "the data is damaged or was altered outside Hearken; "
		    "keep the file, restore a backup and run \"verify\"";
	case RC_CANCELLED:
		return "stopped";
	default:
		return "the system refused";
	}
}

/*
 * What a file that cannot be opened or changed is for, the system knows: a
 * full disk may also come as either of these.
 */
static enum rc
system_rc(struct store *s, int code)
{
	if ((code & 0xff) != SQLITE_CANTOPEN && (code & 0xff) != SQLITE_IOERR)
		return stmt_rc(code);
	switch (s->db != NULL ? sqlite3_system_errno(s->db) : 0) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return RC_NOSPACE;
	case EROFS:
	case EACCES:
	case EPERM:
		return RC_READONLY;
	default:
		return stmt_rc(code);
	}
}

enum rc
stmt_fail(struct store *s, int code, const char *doing, struct err *e)
{
	enum rc rc = system_rc(s, code);

	s->torn |= rc == RC_NOSPACE || (code & 0xff) == SQLITE_IOERR;
	if (rc != RC_SYSTEM)
		return err_set(e, rc, "%s: cannot %s: %s", s->path, doing,
		    what_to_do(rc));
	return err_set(e, rc, "%s: cannot %s: the system refused (%s); look "
	    "at the disk and try again", s->path, doing,
	    s->db != NULL ? sqlite3_errmsg(s->db) : sqlite3_errstr(code));
}
