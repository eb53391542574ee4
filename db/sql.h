/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SQL put together from fixed pieces with every value bound.
 */
#ifndef HEARKEN_DB_SQL_H
#define HEARKEN_DB_SQL_H

#include <sqlite3.h>
#include <stdint.h>

#include "core/query.h"
#include "db/impl.h"

struct sql_value {
	char *text;	/* owned; NULL: number */
	int64_t number;	/* of a blob: its bytes; of a text -1 */
	bool blob;
};

struct sql {
	sqlite3_str *text;
	struct sql_value *values;
	size_t n, cap;
	bool failed;	/* memory ran out on the way */
};

void sql_init(struct sql *q);
void sql_release(struct sql *q);
/* Adds a fixed piece of SQL. */
void sql_add(struct sql *q, const char *piece);
/* Adds a "?" and its value. */
void sql_number(struct sql *q, int64_t v);
void sql_text(struct sql *q, const char *s, size_t n);
void sql_blob(struct sql *q, const unsigned char *p, size_t n);
/* Prepares and binds all; *out is finalised by the caller. */
NODISCARD enum rc sql_prepare(struct store *s, struct sql *q,
    sqlite3_stmt **out, struct err *e);

/* Prepares it and takes the one number that it gives. */
NODISCARD enum rc sql_count(struct store *s, struct sql *q, size_t *n,
    struct err *e);

/* Adds the conditions of q over case_list l; "1" when there are none. */
NODISCARD enum rc sql_conditions(struct store *s, struct sql *q,
    const struct query *query, struct err *e);
/* "l.book IN (cases that hold one entry with all words of `words`)". */
void sql_words(struct sql *q, const char *words);
/* Gives each row of CASE_COLUMNS to fn; finalises st. */
NODISCARD enum rc sql_rows(struct store *s, sqlite3_stmt *st,
    store_case_fn fn, void *ctx, struct err *e);

#endif
