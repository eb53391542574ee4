/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/cipher.h"

#include <sodium.h>
#include <string.h>

/* The library takes 36 bytes, "raw:" and the key; with any other number it
 * would silently treat them as a passphrase. */
#define RAW_LEN 36

static int
choose_algorithm(sqlite3 *db, const char *name)
{
	bool aegis = strcmp(name, "aegis-256") == 0;
	int index = sqlite3mc_cipher_index(aegis ? "aegis" : "chacha20");

	/* Both are compiled in: only memory can be lacking. */
	if (index <= 0 || sqlite3mc_config(db, "cipher", index) != index)
		return SQLITE_NOMEM;
	if (aegis && sqlite3mc_config_cipher(db, "aegis", "algorithm", 4) != 4)
		return SQLITE_NOMEM;
	return SQLITE_OK;
}

/* Page size 4096, rollback journal, spare bytes, and three fixed numbers. */
bool
cipher_front_holds(const char *name, const unsigned char front[CIPHER_FRONT])
{
	unsigned char want[8] = {0x10, 0x00, 1, 1, 32, 64, 32, 32};

	if (strcmp(name, "aegis-256") == 0)
		want[4] = 64;
	return memcmp(front, "SQLite format 3", 16) != 0 &&
	    memcmp(front + 16, want, sizeof(want)) == 0;
}

int
cipher_key(sqlite3 *db, const char *name, const unsigned char key[32])
{
	unsigned char *raw;
	int rc = choose_algorithm(db, name);

	if (rc != SQLITE_OK)
		return rc;
	raw = sodium_malloc(RAW_LEN);
	if (raw == NULL)
		return SQLITE_NOMEM;
	memcpy(raw, "raw:", 4);
	memcpy(raw + 4, key, 32);
	rc = sqlite3_key_v2(db, "main", raw, RAW_LEN);
	sodium_free(raw);
	return rc == SQLITE_ERROR ? SQLITE_NOMEM : rc;
}
