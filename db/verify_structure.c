/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables as SQLite keeps them.  Its full check looks every entry up in
 * every index, which takes longer than all else together; so for the one
 * large table the indexes are read through once, in their own order, and
 * compared as sets with the rows.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/verify.h"

#define UNFIT "pages of an older copy were put in, or the disk lost what " \
	"was written; keep the file and restore a backup"

/* A page that could not be had is a fault only if the page is to blame. */
static enum rc
judge(struct walk *w, const char *said, struct err *e)
{
	static const char words[] = "error code=";
	const char *code = strstr(said, words);
	int n = code != NULL ? (int)strtol(code + sizeof(words) - 1, NULL,
	    10) : 0;

	if (strcmp(said, "ok") == 0)
		return RC_OK;
	if (n != 0 && !walk_is_damage(n))
		return stmt_fail(w->s, n, "check the tables", e);
	walk_fault(w, FAULT_TAMPERED, "the tables of the file do not "
	    "fit together (%s): " UNFIT, said);
	return RC_OK;
}

/* Runs a check of SQLite's own; the first row says "ok" or what is wrong. */
static enum rc
pragma_check(struct walk *w, const char *sql, struct err *e)
{
	sqlite3_stmt *st = NULL;
	enum rc rc = RC_OK;
	int code;

	code = sqlite3_prepare_v2(w->s->db, sql, -1, &st, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	if (code != SQLITE_ROW)
		rc = walk_failed(w, stmt_fail(w->s, code, "check the tables",
		    e), e);
	else
		rc = judge(w, stmt_text(st, 0), e);
	sqlite3_finalize(st);
	return rc;
}

/* Tables with indexes, but for the one whose indexes are compared apart. */
static enum rc
check_small_tables(struct walk *w, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_INDEXED_TABLES, e, "");

	while (rc == RC_OK && w->v->sound && stmt_next(&rows))
		rc = pragma_check(w, stmt_text(rows.st, 0), e);
	return stmt_close(&rows, rc, "check the tables", e);
}

/* An index that is not known here is left to SQLite. */
static enum rc
check_unknown_indexes(struct walk *w, struct err *e)
{
	int64_t n = -1;
	enum rc rc = stmt_number(w->s, STMT_INDEX_COUNT, "check the tables",
	    &n, e);

	if (rc == RC_OK && n != ENTRY_INDEXES)
		rc = pragma_check(w, "PRAGMA integrity_check(entry)", e);
	return rc;
}

enum rc
walk_structure(struct walk *w, struct err *e)
{
	enum rc rc = pragma_check(w, "PRAGMA quick_check(1)", e);

	if (rc == RC_OK && w->v->sound)
		rc = check_small_tables(w, e);
	if (rc == RC_OK && w->v->sound)
		rc = check_unknown_indexes(w, e);
	return rc;
}

/* The columns of an index in its order; the last is the row. */
struct entry_index {
	enum stmt_id stmt;
	const char *name;
};

static const struct entry_index indexes[ENTRY_INDEXES] = {
	{STMT_INDEX_BOOK, "entry_book"},
	{STMT_INDEX_AUTHOR, "entry_author"},
	{STMT_INDEX_REGISTER, "entry_register"},
	{STMT_INDEX_BUNDLE, "entry_bundle"},
};

static void
add_numbers(struct tally *t, int64_t a, int64_t b, int64_t row)
{
	int64_t both[2] = {a, b};

	tally_add(t, both, sizeof(both), row);
}

/* kind is shorter than KIND_NAME_MAX. */
static void
add_kind(struct tally *t, const char *kind, int64_t at, int64_t row)
{
	char both[KIND_NAME_MAX + sizeof(at)] = {0};

	memcpy(both, &at, sizeof(at));
	memcpy(both + sizeof(at), kind, strlen(kind));
	tally_add(t, both, sizeof(both), row);
}

static bool
of_bundles(const char *kind)
{
	return strncmp(kind, "bundle-", 7) == 0 &&
	    (strcmp(kind + 7, "sent") == 0 ||
	    strcmp(kind + 7, "received") == 0 ||
	    strcmp(kind + 7, "recall") == 0);
}

void
index_want(struct tally want[ENTRY_INDEXES], const struct entry_row *r)
{
	const struct entry *en = &r->entry;

	add_numbers(&want[0], r->book, en->at, r->row);
	add_numbers(&want[1], r->author_row, (int64_t)en->n, r->row);
	if (r->book == 1)
		add_kind(&want[2], en->kind, en->at, r->row);
	if (of_bundles(en->kind))
		add_kind(&want[3], en->kind, en->at, r->row);
}

/* Where a reading of an index stands: each line comes after the one before. */
struct place {
	int64_t a, b, row;
	char kind[KIND_NAME_MAX];
	bool begun;
};

static int
place_compare(const struct place *x, const struct place *y)
{
	int d = strcmp(x->kind, y->kind);

	if (d != 0)
		return d;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static bool
read_line(sqlite3_stmt *st, size_t which, struct place *p, struct tally *t)
{
	const char *kind;

	p->begun = true;
	p->kind[0] = '\0';
	p->b = sqlite3_column_int64(st, 1);
	p->row = sqlite3_column_int64(st, 2);
	if (which < 2) {
		p->a = sqlite3_column_int64(st, 0);
		add_numbers(t, p->a, p->b, p->row);
		return true;
	}
	kind = stmt_text(st, 0);
	p->a = 0;
	if (strlen(kind) >= sizeof(p->kind))
		return false;
	memcpy(p->kind, kind, strlen(kind) + 1);
	add_kind(t, kind, p->b, p->row);
	return true;
}

static enum rc
read_index(struct walk *w, size_t which, struct tally *t, bool *sorted,
    struct err *e)
{
	struct place last = {.begun = false}, now;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, indexes[which].stmt, e, "");

	*sorted = true;
	while (rc == RC_OK && *sorted && stmt_next(&rows)) {
		*sorted = read_line(rows.st, which, &now, t) &&
		    (!last.begun || place_compare(&last, &now) < 0);
		last = now;
	}
	return stmt_close(&rows, rc, "read the entries", e);
}

enum rc
index_compare(struct walk *w, const struct tally want[ENTRY_INDEXES],
    struct err *e)
{
	enum rc rc = RC_OK;
	struct tally have;
	bool sorted;

	for (size_t i = 0; i < ENTRY_INDEXES && rc == RC_OK && w->v->sound;
	    i++) {
		tally_init(&have, w);
		rc = read_index(w, i, &have, &sorted, e);
		if (rc == RC_OK &&
		    (!sorted || !tally_equal(&have, &want[i])))
			walk_fault(w, FAULT_TAMPERED, "the tables of the file "
			    "do not fit together (the index %s is not that of "
			    "the entries): " UNFIT, indexes[i].name);
	}
	return rc;
}
