/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cipher of the database pages.  cipher_key stands alone in its object,
 * so that a benchmark can link a variant without encryption in its place and
 * measure the very same code on a plain file.
 */
#ifndef HEARKEN_DB_CIPHER_H
#define HEARKEN_DB_CIPHER_H

#include <sqlite3.h>
#include <stdbool.h>

/* True if name is a cipher of this program: "aegis-256" or "chacha20". */
bool cipher_known(const char *name);
/* The best for this processor. */
const char *cipher_choose(void);
/* False when this processor lacks what makes the cipher fast. */
bool cipher_is_fast(const char *name);

#define CIPHER_FRONT 24
/*
 * True if the first bytes of the database are those of an encrypted one
 * under this cipher.  Bytes 16 to 23 stand in clear, and AEGIS does not
 * authenticate them all: they are compared here.
 */
bool cipher_front_holds(const char *name,
    const unsigned char front[CIPHER_FRONT]);

/* Gives a fresh connection its key; answers an SQLite result code. */
int cipher_key(sqlite3 *db, const char *name, const unsigned char key[32]);

#endif
