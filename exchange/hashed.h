/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The hash of a file's bytes, BLAKE2b-256: before it is read, and once more
 * while it is, so that what was taken in is what the hash says.
 */
#ifndef HEARKEN_EXCHANGE_HASHED_H
#define HEARKEN_EXCHANGE_HASHED_H

#include <sodium.h>

#include "exchange/source.h"

#define HASHED_LEN 32
#define HASHED_HEX (2 * HASHED_LEN + 1)

/* Reads src to its end. */
NODISCARD enum rc hashed_all(struct source *src, char hex[HASHED_HEX],
    struct err *e);
/* The same of a file by its path. */
NODISCARD enum rc hashed_file(const char *path, char hex[HASHED_HEX],
    struct err *e);

/* A source that hashes what is read of another; borrows it. */
struct hashed {
	struct source src;
	struct source *inner;
	crypto_generichash_state state;
};
void hashed_init(struct hashed *h, struct source *inner);
/* The hash of all that was read; to be asked once. */
void hashed_end(struct hashed *h, char hex[HASHED_HEX]);

#endif
