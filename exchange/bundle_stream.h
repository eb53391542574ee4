/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plain bytes of a bundle: records, one behind the other, and the hash
 * that is signed.  The reader holds to their order and bounds every length
 * before it asks for memory:
 *
 *	head people* (entry+ proof)+ end, and then nothing but zeros
 *
 * Where the bytes come from is a function, so that it is tried without a
 * file.
 */
#ifndef HEARKEN_EXCHANGE_BUNDLE_STREAM_H
#define HEARKEN_EXCHANGE_BUNDLE_STREAM_H

#include <sodium.h>

#include "core/str.h"
#include "exchange/bundle_entry.h"
#include "exchange/sealfile.h"

enum bundle_type {
	BUNDLE_PADDING = 0,
	BUNDLE_HEAD = 1,
	BUNDLE_PEOPLE = 2,
	BUNDLE_ENTRY = 3,
	BUNDLE_PROOF = 4,
	BUNDLE_END = 5
};
#define BUNDLE_TYPES 6
#define BUNDLE_HASH 32
#define BUNDLE_SIGNATURE 64
#define BUNDLE_PEOPLE_BYTES (2u << 20)	/* of one record of people */

/* ---- writing ---- */

struct bundle_writer {
	struct sealfile_out *file;	/* borrowed */
	crypto_generichash_state hash;
};

void bundle_writer_init(struct bundle_writer *w, struct sealfile_out *file);
/* Text of a head or of people. */
NODISCARD enum rc bundle_put(struct bundle_writer *w, enum bundle_type type,
    const char *text, size_t n, struct err *e);
NODISCARD enum rc bundle_put_carried(struct bundle_writer *w,
    const struct carried *c, struct err *e);
/* The hash of all so far, to be signed; nothing but the end follows. */
void bundle_writer_hash(struct bundle_writer *w,
    unsigned char hash[BUNDLE_HASH]);
NODISCARD enum rc bundle_put_end(struct bundle_writer *w,
    const unsigned char signature[BUNDLE_SIGNATURE], struct err *e);

/* ---- reading ---- */

/* Gives the next bytes, borrowed until the next call; *n 0: there are none. */
typedef enum rc (*bundle_source_fn)(void *ctx, const unsigned char **p,
    size_t *n, struct err *e);

struct bundle_reader {
	bundle_source_fn source;
	void *ctx;
	const unsigned char *at;	/* what the source gave last */
	size_t left;
	crypto_generichash_state hash;
	enum bundle_type last;		/* the record before; PADDING: none */
	unsigned char *bytes;		/* owned: one record and a NUL */
	size_t cap;
};

struct bundle_record {
	enum bundle_type type;
	unsigned char *bytes;	/* borrowed until the next; a NUL behind */
	size_t n;
};

void bundle_reader_init(struct bundle_reader *r, bundle_source_fn source,
    void *ctx);
void bundle_reader_release(struct bundle_reader *r);
/*
 * The next record.  RC_INPUT for one that may not stand there or is longer
 * than its kind may be, and when there is none.
 */
NODISCARD enum rc bundle_next(struct bundle_reader *r,
    struct bundle_record *out, struct err *e);
/* The hash of all before the end; after it was read. */
void bundle_reader_hash(struct bundle_reader *r,
    unsigned char hash[BUNDLE_HASH]);
/* Reads what is behind the end; RC_INPUT if it is not zeros alone. */
NODISCARD enum rc bundle_read_padding(struct bundle_reader *r,
    struct err *e);

#endif
