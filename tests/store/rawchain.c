/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The hand of someone who has the store's key and a signing key of their
 * own, and writes history anew with both.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/verify.h"
#include "tests/store/world.h"

static void
must(struct store *s, int code)
{
	if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
		return;
	fprintf(stderr, "%s\n", sqlite3_errmsg(s->db));
	abort();
}

static sqlite3_stmt *
prepare(struct store *s, const char *sql)
{
	sqlite3_stmt *st = NULL;

	must(s, sqlite3_prepare_v2(s->db, sql, -1, &st, NULL));
	return st;
}

static void
finish(struct store *s, sqlite3_stmt *st)
{
	must(s, sqlite3_step(st));
	sqlite3_finalize(st);
}

/* Returns owned the body with one place changed. */
static char *
changed(const char *body, const char *from, const char *to)
{
	const char *at = strstr(body, from);
	struct str out;

	if (at == NULL)
		abort();
	str_init(&out);
	str_add_n(&out, body, (size_t)(at - body));
	str_add(&out, to);
	str_add(&out, at + strlen(from));
	return str_take(&out);
}

static void
seal_again(struct store *s, const struct entry *en, bool own)
{
	unsigned char message[SEAL_LEN], signature[64], pk[32], sk[64];
	sqlite3_stmt *st = prepare(s, "UPDATE seal SET head = ?1,"
	    " signature = ?2 WHERE author = ?3 AND n = ?4");

	memcpy(sk, s->keys->ed_sk, sizeof(sk));
	if (!own && crypto_sign_keypair(pk, sk) != 0)
		abort();
	seal_message(&s->author, en->n, &en->id, message);
	crypto_sign_detached(signature, NULL, message, sizeof(message), sk);
	must(s, stmt_bind(st, "bbii", (const void *)en->id.b,
	    (size_t)ENTRY_ID_LEN, (const void *)signature, sizeof(signature),
	    s->author_row, (int64_t)en->n));
	finish(s, st);
}

static struct entry_row
entry_numbered(struct store *s, uint64_t n)
{
	struct entry_row r = {0};
	struct entry copy = {0};
	sqlite3_stmt *st;
	struct err e;

	if (stmt_get(s, STMT_ENTRY_OF_AUTHOR, &st, &e) != RC_OK)
		abort();
	must(s, stmt_bind(st, "i", s->author_row));
	while (copy.body == NULL && sqlite3_step(st) == SQLITE_ROW)
		if (entry_row_read(s, st, &r, &e) == RC_OK &&
		    r.entry.n == n)
			entry_copy(&copy, &r.entry);
	sqlite3_reset(st);
	if (copy.body == NULL)
		abort();
	r.entry = copy;
	return r;
}

void
raw_rewrite(struct store *s, uint64_t n, const char *from, const char *to)
{
	struct entry_row r = entry_numbered(s, n);
	char *body = changed(r.entry.body, from, to);
	sqlite3_stmt *st = prepare(s, "UPDATE entry SET id = ?1,"
	    " body_hash = ?2, body = ?3 WHERE row = ?4");

	free(r.entry.body);
	r.entry.body = body;
	entry_seal_id(&r.entry);
	must(s, stmt_bind(st, "bbti", (const void *)r.entry.id.b,
	    (size_t)ENTRY_ID_LEN, (const void *)r.entry.body_hash.b,
	    (size_t)ENTRY_ID_LEN, r.entry.body, r.row));
	finish(s, st);
	seal_again(s, &r.entry, true);
	entry_release(&r.entry);
}

/* Signs the body with the root key, as far as it can be signed. */
static void
grant_with(struct store *s, struct entry *en)
{
	json_t *body = json_loads(en->body, 0, NULL);
	struct root_key *root = NULL;
	struct err e;

	if (json_is_object(body) && slot_root_open(&s->header, s->slot,
	    s->keys, &root, &e) == RC_OK) {
		grant_sign(&s->roster.grantor, root->sk, en, body);
		free(en->body);
		en->body = entry_canonical_body(body);
	}
	slot_root_free(root);
	json_decref(body);
}

void
raw_forge(struct store *s, const struct case_id *id, const char *kind,
    const char *body)
{
	struct entry_row r = entry_numbered(s, s->chain.n);
	sqlite3_stmt *st = prepare(s, "UPDATE entry SET id = ?1,"
	    " body_hash = ?2, body = ?3, kind = ?4, book = (SELECT id FROM"
	    " book WHERE case_id = ?5) WHERE row = ?6");

	free(r.entry.body);
	r.entry.body = strdup(body);
	r.entry.case_id = *id;
	(void)snprintf(r.entry.kind, sizeof(r.entry.kind), "%s", kind);
	if (grant_needed(kind))
		grant_with(s, &r.entry);
	entry_seal_id(&r.entry);
	must(s, stmt_bind(st, "bbttbi", (const void *)r.entry.id.b,
	    (size_t)ENTRY_ID_LEN, (const void *)r.entry.body_hash.b,
	    (size_t)ENTRY_ID_LEN, r.entry.body, kind, (const void *)id->b,
	    (size_t)CASE_ID_LEN, r.row));
	finish(s, st);
	seal_again(s, &r.entry, true);
	entry_release(&r.entry);
}

void
raw_redate(struct store *s, int64_t at)
{
	struct entry_row r = entry_numbered(s, s->chain.n);
	sqlite3_stmt *st = prepare(s, "UPDATE entry SET id = ?1, at = ?2"
	    " WHERE row = ?3"), *seal = prepare(s, "UPDATE seal SET at = ?1"
	    " WHERE author = ?2 AND n = ?3");

	r.entry.at = at;
	entry_seal_id(&r.entry);
	must(s, stmt_bind(st, "bii", (const void *)r.entry.id.b,
	    (size_t)ENTRY_ID_LEN, at, r.row));
	finish(s, st);
	must(s, stmt_bind(seal, "iii", at, s->author_row,
	    (int64_t)r.entry.n));
	finish(s, seal);
	seal_again(s, &r.entry, true);
	entry_release(&r.entry);
}

void
raw_seal_forged(struct store *s, uint64_t n)
{
	struct entry_row r = entry_numbered(s, n);

	seal_again(s, &r.entry, false);
	entry_release(&r.entry);
}

/* What a statement of other gives, row by row, into one of s. */
static void
carry(struct store *s, struct store *other, const char *from, const char *to)
{
	sqlite3_stmt *in = prepare(other, from), *out = prepare(s, to);

	while (sqlite3_step(in) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(in); i++)
			must(s, sqlite3_bind_value(out, i + 1,
			    sqlite3_column_value(in, i)));
		must(s, sqlite3_step(out));
		must(s, sqlite3_reset(out));
	}
	sqlite3_finalize(in);
	sqlite3_finalize(out);
}

void
raw_carry(struct store *s, struct store *other)
{
	carry(s, other, "SELECT key FROM author WHERE id = 1",
	    "INSERT INTO author (key) VALUES (?1)");
	carry(s, other, "SELECT case_id FROM book WHERE id = 2",
	    "INSERT INTO book (case_id) VALUES (?1)");
	carry(s, other, "SELECT n, at, kind, span, id, prev, body_hash, body,"
	    " book FROM entry WHERE author = 1",
	    "INSERT INTO entry (book, author, n, at, kind, span, id, prev,"
	    " body_hash, body) VALUES (iif(?9 = 1, 1, (SELECT max(id) FROM"
	    " book)), (SELECT max(id) FROM author), ?1, ?2, ?3, ?4, ?5, ?6,"
	    " ?7, ?8)");
	carry(s, other, "SELECT n, head, signature, at FROM seal WHERE"
	    " author = 1", "INSERT INTO seal (author, n, head, signature, at)"
	    " VALUES ((SELECT max(id) FROM author), ?1, ?2, ?3, ?4)");
}

size_t
raw_doubts(struct store *s)
{
	struct store_verdict v;
	struct walk w;
	struct err e;
	size_t doubted;

	if (verify_begin(&w, s, &v, &e) != RC_OK ||
	    walk_chains(&w, &e) != RC_OK)
		abort();
	doubted = w.doubted;
	verify_end(&w);
	return doubted;
}
