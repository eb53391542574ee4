/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The hand of someone with the key and a database tool.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/impl.h"
#include "tests/store/world.h"

int
raw_sql(struct store *s, const char *sql)
{
	char *message = NULL;
	int code = sqlite3_exec(s->db, sql, NULL, NULL, &message);

	if (code != SQLITE_OK)
		fprintf(stderr, "%s: %s\n", sql, message);
	sqlite3_free(message);
	return code;
}

long long
raw_number(struct store *s, const char *sql)
{
	sqlite3_stmt *st = NULL;
	long long v = -1;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW)
		v = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return v;
}

char *
raw_text(struct store *s, const char *sql)
{
	sqlite3_stmt *st = NULL;
	const void *text;
	char *out = NULL;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW &&
	    (text = sqlite3_column_text(st, 0)) != NULL)
		out = strdup(text);
	sqlite3_finalize(st);
	return out;
}

void
raw_pass_roles(struct store *s, bool pass)
{
	s->may_register = pass;
}

/* As somebody who has the key of the store, but is none of its people. */
void
raw_stranger(struct store *s)
{
	unsigned char pk[AUTHOR_LEN];

	(void)crypto_sign_keypair(pk, s->keys->ed_sk);
	memcpy(s->author.b, pk, AUTHOR_LEN);
	memset(&s->chain, 0, sizeof(s->chain));
	if (author_row_of(s, &s->author, &s->author_row, NULL) != RC_OK)
		abort();
}

void
raw_keys(const struct store *s, unsigned char master[32],
    unsigned char page[32])
{
	memcpy(master, s->keys->master, 32);
	memcpy(page, s->keys->page, 32);
}
