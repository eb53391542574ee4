/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Other people in the register, and the bytes that the pages hold.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/impl.h"
#include "tests/store/world.h"

static void
want(enum rc rc, const struct err *e)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "unexpected failure: %s\n", e->text);
	abort();
}

static void
key_pair(const char *name, unsigned char pk[32], unsigned char sk[64])
{
	unsigned char seed[crypto_sign_SEEDBYTES];

	crypto_generichash(seed, sizeof(seed), (const unsigned char *)name,
	    strlen(name), NULL, 0);
	crypto_sign_seed_keypair(pk, sk, seed);
}

static void
add_granted(struct store *s, const struct root_key *root, const char *kind,
    json_t *body)
{
	struct entry_draft d = {case_id_register(), kind, span_none(), body};
	struct err e;

	s->root = root;
	s->may_register = true;
	want(store_append(s, &d, 1, NULL, &e), &e);
	s->may_register = false;
	s->root = NULL;
	entry_draft_release(&d);
}

void
raw_granted(struct store *s, const char *kind, json_t *body)
{
	struct root_key *root = NULL;
	struct err e;

	want(slot_root_open(&s->header, s->slot, s->keys, &root, &e), &e);
	add_granted(s, root, kind, body);
	slot_root_free(root);
}

void
raw_person(struct store *s, const char *name, const char *role)
{
	unsigned char pk[32], sk[64];
	struct root_key *root = NULL;
	char hex[65];
	struct err e;

	key_pair(name, pk, sk);
	hex_format(pk, sizeof(pk), hex);
	want(slot_root_open(&s->header, s->slot, s->keys, &root, &e), &e);
	add_granted(s, root, "user", json_pack("{s:s, s:s}", "name", name,
	    "key", hex));
	add_granted(s, root, "role", json_pack("{s:s, s:s}", "key", hex,
	    "role", role));
	slot_root_free(root);
}

void
raw_become(struct store *s, const char *name)
{
	sqlite3_stmt *st;
	struct err e;

	key_pair(name, s->author.b, s->keys->ed_sk);
	want(author_row_of(s, &s->author, &s->author_row, &e), &e);
	memset(&s->chain, 0, sizeof(s->chain));
	want(stmt_get(s, STMT_ENTRY_LAST, &st, &e), &e);
	if (stmt_bind(st, "i", s->author_row) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW) {
		s->chain.n = (uint64_t)sqlite3_column_int64(st, 0);
		s->chain.at = sqlite3_column_int64(st, 2);
		(void)stmt_blob(st, 1, s->chain.head.b, ENTRY_ID_LEN);
	}
	sqlite3_reset(st);
}

static size_t
count_in(const char *page, size_t size, const char *bytes)
{
	size_t n = strlen(bytes), found = 0;

	for (size_t i = 0; i + n <= size; i++)
		found += memcmp(page + i, bytes, n) == 0;
	return found;
}

size_t
raw_bytes_found(struct store *s, const char *bytes)
{
	sqlite3_stmt *st = NULL;
	size_t found = 0;

	if (sqlite3_prepare_v2(s->db, "SELECT data FROM sqlite_dbpage", -1,
	    &st, NULL) != SQLITE_OK)
		abort();
	while (sqlite3_step(st) == SQLITE_ROW)
		found += count_in(sqlite3_column_blob(st, 0),
		    (size_t)sqlite3_column_bytes(st, 0), bytes);
	sqlite3_finalize(st);
	return found;
}
