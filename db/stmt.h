/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prepared statements by name, binding, and the translation of SQLite's
 * result codes into the store's own with a message for a person.
 */
#ifndef HEARKEN_DB_STMT_H
#define HEARKEN_DB_STMT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum stmt_id {
#define STMT(name, sql) STMT_##name,
#include "db/stmt.def"
#undef STMT
	STMT_COUNT
};

struct store;

/* The statement, reset and ready to bind; borrowed from the store. */
NODISCARD enum rc stmt_get(struct store *s, enum stmt_id id,
    sqlite3_stmt **out, struct err *e);
/* Finalises all; before the database is closed. */
void stmt_release_all(struct store *s);

/*
 * Binds from parameter 1 on, one letter of `types` for each value:
 * i int64_t, b const void * and size_t, t const char * (NULL binds NULL),
 * z nothing (NULL).  Blobs and texts are borrowed until the reset.
 */
NODISCARD int stmt_bind(sqlite3_stmt *st, const char *types, ...);
/* Text that n bytes hold; borrowed until the next step. "" when NULL. */
const char *stmt_text(sqlite3_stmt *st, int column);
/* Copies a blob of exactly n bytes; false if it has another length. */
bool stmt_blob(sqlite3_stmt *st, int column, void *out, size_t n);

/* Runs a statement that gives no rows and resets it. */
NODISCARD enum rc stmt_run(struct store *s, sqlite3_stmt *st,
    const char *doing, struct err *e);
/* stmt_get, stmt_bind (types may be "") and stmt_run in one. */
NODISCARD enum rc stmt_do(struct store *s, enum stmt_id id, struct err *e,
    const char *types, ...);

/*
 * A statement whose rows are read: stmt_open, stmt_next while the caller's own
 * rc is RC_OK (the row is then in st), and stmt_close with that rc.
 */
struct stmt_rows {
	struct store *s;
	sqlite3_stmt *st;	/* borrowed from the store; NULL: not open */
	int code;		/* SQLite's last result */
};
/* stmt_get and stmt_bind (types may be ""); what is not bound is NULL. */
NODISCARD enum rc stmt_open(struct stmt_rows *r, struct store *s,
    enum stmt_id id, struct err *e, const char *types, ...);
/* False when there are no more rows, or at a fault: stmt_close tells. */
bool stmt_next(struct stmt_rows *r);
/*
 * Resets it, also when it did not open.  Returns rc, or if that is RC_OK the
 * fault that ended the rows.
 */
NODISCARD enum rc stmt_close(struct stmt_rows *r, enum rc rc,
    const char *doing, struct err *e);
/* The one number of the one row that a statement without values gives. */
NODISCARD enum rc stmt_number(struct store *s, enum stmt_id id,
    const char *doing, int64_t *out, struct err *e);

/* What SQLite's result means; the sentence begins with "cannot `doing`". */
enum rc stmt_fail(struct store *s, int code, const char *doing,
    struct err *e);
/* The store's code for a result of SQLite. */
enum rc stmt_rc(int code);

#endif
