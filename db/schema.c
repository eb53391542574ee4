/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables.  meta, author, book, entry, seal, vouch and draft hold what
 * people wrote; the others are projections, made anew from the entries at any
 * time.
 *
 *	book	a case (or the register, whose id is all zeros) and its row
 *	entry	the entries in the order in which this store learnt them
 *	seal	signatures over chain heads, by whose chain it is
 *	vouch	the same by somebody else, who carried the entries here
 *	observed	how many observations say the same, for imports
 *	words	folded words of each entry, by the entry's row
 *	word_home	the case of each row in words: a narrow table, so that a
 *		word that stands in half of all entries is found quickly
 *	look	who looked at what, by the row of the access entry
 *	due	the clocks of each case that run: db/due_line.h
 *	queue	why each case waits for a second person: db/queue.h
 *	entry_bundle	an index of what became of bundles in the cases
 *	entry_register	an index of the register by kind, so that its roster is
 *		found among ever so many access entries
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "db/impl.h"

static const char settings[] =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA journal_mode = DELETE;"
    "PRAGMA synchronous = EXTRA;"
    "PRAGMA cache_size = -65536;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA memory_security = fill;";

#define VOUCH "vouch (author INTEGER NOT NULL, n INTEGER NOT NULL," \
    " by INTEGER NOT NULL, head BLOB NOT NULL, signature BLOB NOT NULL," \
    " at INTEGER NOT NULL, PRIMARY KEY (author, n, by))" \
    " STRICT, WITHOUT ROWID;"

static const char tables[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE author (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE)"
    " STRICT;"
    "CREATE TABLE book (id INTEGER PRIMARY KEY,"
    " case_id BLOB NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE entry (row INTEGER PRIMARY KEY,"
    " book INTEGER NOT NULL, author INTEGER NOT NULL, n INTEGER NOT NULL,"
    " at INTEGER NOT NULL, kind TEXT NOT NULL, span TEXT NOT NULL,"
    " id BLOB NOT NULL, prev BLOB NOT NULL, body_hash BLOB NOT NULL,"
    " body TEXT) STRICT;"
    "CREATE INDEX entry_book ON entry (book, at);"
    "CREATE INDEX entry_author ON entry (author, n);"
    "CREATE TABLE seal (author INTEGER NOT NULL, n INTEGER NOT NULL,"
    " head BLOB NOT NULL, signature BLOB NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY (author, n)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE " VOUCH
    "CREATE TABLE draft (author INTEGER NOT NULL, key TEXT NOT NULL,"
    " text TEXT NOT NULL, saved INTEGER NOT NULL,"
    " PRIMARY KEY (author, key)) STRICT, WITHOUT ROWID;";

static const char projections[] =
    "CREATE TABLE case_list (book INTEGER PRIMARY KEY,"
    " reference TEXT NOT NULL, reference_key TEXT NOT NULL,"
    " reference_words TEXT NOT NULL, name TEXT NOT NULL,"
    " name_words TEXT NOT NULL, owner INTEGER NOT NULL,"
    " birth INTEGER NOT NULL, level INTEGER NOT NULL,"
    " could_be INTEGER NOT NULL, judgement INTEGER NOT NULL,"
    " vulnerabilities INTEGER NOT NULL, signs INTEGER NOT NULL,"
    " not_known INTEGER NOT NULL, due INTEGER NOT NULL,"
    " due_why TEXT NOT NULL, lowering INTEGER NOT NULL,"
    " conflict INTEGER NOT NULL, screened INTEGER NOT NULL,"
    " changed INTEGER NOT NULL, next_change INTEGER NOT NULL,"
    " restricted INTEGER NOT NULL, named TEXT NOT NULL,"
    " found_by TEXT NOT NULL, facets TEXT NOT NULL) STRICT;"
    "CREATE INDEX case_list_urgency ON case_list"
    " (judgement, due, changed DESC, book);"
    "CREATE INDEX case_list_reference ON case_list (reference_key);"
    "CREATE INDEX case_list_restricted ON case_list (book)"
    " WHERE restricted = 1;"
    "CREATE INDEX case_list_change ON case_list (next_change);"
    "CREATE TABLE due (book INTEGER NOT NULL, n INTEGER NOT NULL,"
    " at INTEGER NOT NULL, rule TEXT NOT NULL, what TEXT NOT NULL,"
    " who TEXT NOT NULL, named TEXT NOT NULL, counted TEXT NOT NULL,"
    " opener INTEGER NOT NULL, author INTEGER NOT NULL,"
    " entry BLOB NOT NULL, PRIMARY KEY (book, n)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX due_at ON due (at, book, n, opener, named, author, rule);"
    "CREATE INDEX due_opener ON due (opener, at, book, n, rule);"
    "CREATE INDEX due_named ON due (named, at, book, n, opener, rule)"
    " WHERE named <> '';"
    "CREATE INDEX due_author ON due (author, at, book, n, opener, rule)"
    " WHERE named = '';"
    "CREATE TABLE queue (book INTEGER PRIMARY KEY,"
    " level INTEGER NOT NULL, rules INTEGER NOT NULL, why INTEGER NOT NULL,"
    " due INTEGER NOT NULL, due_rule TEXT NOT NULL,"
    " due_why TEXT NOT NULL, since INTEGER NOT NULL,"
    " whose INTEGER NOT NULL, authors TEXT NOT NULL,"
    " drawn INTEGER NOT NULL, seen INTEGER NOT NULL,"
    " agreed INTEGER NOT NULL, differed INTEGER NOT NULL) STRICT;"
    "CREATE INDEX queue_order ON queue"
    " (level, due, since, book, why, authors)"
    " WHERE why <> 0 OR due < 9223372036854775807;"
    "CREATE INDEX queue_groups ON queue (authors, why, due)"
    " WHERE why <> 0 OR due < 9223372036854775807;"
    "CREATE INDEX queue_seen ON queue (book) WHERE drawn > 0;"
    "CREATE TABLE observed (key BLOB PRIMARY KEY, n INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE word_home (row INTEGER PRIMARY KEY,"
    " book INTEGER NOT NULL) STRICT;"
    "CREATE VIRTUAL TABLE words USING fts5 (text, content = '',"
    " detail = none, columnsize = 0, tokenize = 'ascii');"
    "INSERT INTO words (words, rank) VALUES ('secure-delete', 1);"
    "CREATE TABLE look (row INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
    " author INTEGER NOT NULL, what INTEGER NOT NULL, case_id BLOB,"
    " flagged INTEGER NOT NULL) STRICT;"
    "CREATE INDEX look_at ON look (at);"
    "CREATE INDEX look_case ON look (case_id, at) WHERE case_id NOT NULL;"
    "CREATE INDEX look_author ON look (author, at);"
    "CREATE INDEX look_asked ON look (author, at) WHERE what = 7;"
    "CREATE INDEX look_flagged ON look (at) WHERE flagged = 1;"
    "CREATE INDEX entry_register ON entry (kind, at) WHERE book = 1;"
    "CREATE INDEX entry_bundle ON entry (kind, at)"
    " WHERE kind = 'bundle-sent' OR kind = 'bundle-received'"
    " OR kind = 'bundle-recall';";

static enum rc
run(struct store *s, const char *sql, const char *doing, struct err *e)
{
	int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? RC_OK : stmt_fail(s, code, doing, e);
}

enum rc
schema_settings(struct store *s, struct err *e)
{
	return run(s, settings, "open the store", e);
}

enum rc
meta_get_int(struct store *s, const char *key, int64_t *value, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_META_GET, e, "t", key);

	if (rc == RC_OK && stmt_next(&rows))
		*value = sqlite3_column_int64(rows.st, 0);
	else if (rc == RC_OK && rows.code == SQLITE_DONE)
		rc = err_set(e, RC_DAMAGED, "%s: the store does not say its "
		    "%s; restore a backup", s->path, key);
	return stmt_close(&rows, rc, "read the store", e);
}

enum rc
meta_set_int(struct store *s, const char *key, int64_t value, struct err *e)
{
	return stmt_do(s, STMT_META_SET, e, "ti", key, value);
}

static enum rc
write_meta(struct store *s, struct err *e)
{
	enum rc rc;

	rc = stmt_do(s, STMT_META_SET, e, "tb", "file_uuid",
	    (const void *)s->header.uuid, (size_t)UUID_LEN);
	if (rc == RC_OK)
		rc = meta_set_int(s, "generation",
		    (int64_t)s->header.generation, e);
	if (rc == RC_OK)
		rc = meta_set_int(s, "schema", SCHEMA_VERSION, e);
	if (rc == RC_OK)
		rc = meta_set_int(s, "day", s->day, e);
	if (rc == RC_OK)
		rc = meta_set_int(s, "zone", s->zone, e);
	return rc;
}

enum rc
schema_vouches(struct store *s, struct err *e)
{
	return run(s, "CREATE TABLE IF NOT EXISTS " VOUCH, "make the tables", e);
}

enum rc
schema_projections(struct store *s, struct err *e)
{
	return run(s, projections, "make the tables", e);
}

enum rc
schema_create(struct store *s, struct err *e)
{
	char sql[64];
	enum rc rc;

	(void)snprintf(sql, sizeof(sql), "PRAGMA application_id = %d",
	    APPLICATION_ID);
	rc = run(s, sql, "make the store", e);
	if (rc == RC_OK)
		rc = run(s, "BEGIN IMMEDIATE", "make the store", e);
	if (rc == RC_OK)
		rc = run(s, tables, "make the store", e);
	if (rc == RC_OK)
		rc = schema_projections(s, e);
	if (rc == RC_OK)
		rc = write_meta(s, e);
	if (rc == RC_OK)
		rc = run(s, "COMMIT", "make the store", e);
	return rc;
}

/* True if sql is a whole statement of the list. */
static bool
is_one_of(const char *list, const char *sql)
{
	size_t n = strlen(sql);

	for (const char *p = list; *p != '\0'; p += strcspn(p, ";") + 1)
		if (strcspn(p, ";") == n && memcmp(p, sql, n) == 0)
			return true;
	return false;
}

/* The tables that the word index makes for itself. */
static bool
is_shadow(const char *type, const char *name)
{
	static const char *const names[] = {
		"words_config", "words_data", "words_docsize", "words_idx"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(type, "table") == 0 && strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static enum rc
check_made(struct store *s, sqlite3_stmt *st, struct err *e)
{
	const char *sql = stmt_text(st, 2);

	if (is_one_of(tables, sql) || is_one_of(projections, sql) ||
	    is_shadow(stmt_text(st, 0), stmt_text(st, 1)))
		return RC_OK;
	return err_set(e, RC_TAMPERED, "%s: the file holds a %.20s \"%.60s\" "
	    "that Hearken did not make: somebody who has access put it there. "
	    "Keep the file and restore a backup", s->path, stmt_text(st, 0),
	    stmt_text(st, 1));
}

enum rc
schema_only_ours(struct store *s, struct err *e)
{
	sqlite3_stmt *st = NULL;
	enum rc rc = RC_OK;
	int code = sqlite3_prepare_v2(s->db, "SELECT type, name, sql FROM"
	    " sqlite_schema WHERE sql IS NOT NULL", -1, &st, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	while (rc == RC_OK && code == SQLITE_ROW) {
		rc = check_made(s, st, e);
		code = sqlite3_step(st);
	}
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(s, code, "read the tables", e);
	sqlite3_finalize(st);
	return rc;
}

static enum rc
check_application(struct store *s, struct err *e)
{
	sqlite3_stmt *st = NULL;
	enum rc rc = RC_OK;
	int code;

	code = sqlite3_prepare_v2(s->db, "PRAGMA application_id", -1, &st,
	    NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	if (code != SQLITE_ROW)
		rc = stmt_fail(s, code, "read the store", e);
	else if (sqlite3_column_int(st, 0) != APPLICATION_ID)
		rc = err_set(e, RC_DAMAGED, "%s: the data after the header is "
		    "empty or was replaced; restore a backup", s->path);
	sqlite3_finalize(st);
	return rc;
}

static enum rc
check_uuid(struct store *s, struct err *e)
{
	unsigned char uuid[UUID_LEN];
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_META_GET, e, "t", "file_uuid");
	bool is = rc == RC_OK && stmt_next(&rows) &&
	    stmt_blob(rows.st, 0, uuid, UUID_LEN) &&
	    memcmp(uuid, s->header.uuid, UUID_LEN) == 0;

	rc = stmt_close(&rows, rc, "read the store", e);
	if (rc == RC_OK && !is)
		rc = err_set(e, RC_TAMPERED, "%s: header and data belong to "
		    "different stores; one of them was replaced: restore a "
		    "backup", s->path);
	return rc;
}

/*
 * The header is written before the database learns its generation, so a
 * newer header is an interrupted change, and an older one was put back.
 */
static enum rc
check_generation(struct store *s, struct err *e)
{
	int64_t known = 0;
	enum rc rc = meta_get_int(s, "generation", &known, e);

	if (rc != RC_OK || (uint64_t)known == s->header.generation)
		return rc;
	if ((uint64_t)known < s->header.generation)
		return meta_set_int(s, "generation",
		    (int64_t)s->header.generation, e);
	return err_set(e, RC_TAMPERED, "%s: the header is older than the "
	    "data: an earlier list of people was put back; restore a backup",
	    s->path);
}

enum rc
schema_check(struct store *s, struct err *e)
{
	int64_t version = 0;
	enum rc rc = check_application(s, e);

	if (rc == RC_OK)
		rc = check_uuid(s, e);
	if (rc == RC_OK)
		rc = meta_get_int(s, "schema", &version, e);
	if (rc == RC_OK && version > SCHEMA_VERSION)
		rc = err_set(e, RC_NEWER, "%s was written by a newer version "
		    "of Hearken (its tables are number %lld, this version "
		    "knows %d); use that version", s->path,
		    (long long)version, SCHEMA_VERSION);
	if (rc == RC_OK)
		rc = check_generation(s, e);
	return rc;
}
