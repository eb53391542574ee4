/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An entry: one immutable, dated, authored, hashed fact in a case file.
 * This module knows its shape and its hash; what it means is the fold's
 * business (casefile.h), how it is kept the store's (db/store.h).
 *
 * Canonical bytes, hashed with BLAKE2b-256 into the id (integers little-
 * endian, so that the same entry has the same id on every machine):
 *
 *	 16	"hearken.entry.1\0"
 *	 32	author		Ed25519 public key of the signer
 *	  8	n		the author's own counter, from 1
 *	 32	prev		id of the author's entry n - 1; zeros for the first
 *	 16	case		random, or zeros for the store's own register
 *	  1+k	kind		length and name
 *	  8	at		when it was written, UTC ms, two's complement
 *	  1+k	on		length and span_format() of what it speaks of
 *	 32	body hash	BLAKE2b-256 of the body
 *
 * The body is hashed by itself, so that a lawful disposal can blank it and
 * keep its hash: the chain still verifies.
 */
#ifndef HEARKEN_CORE_ENTRY_H
#define HEARKEN_CORE_ENTRY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"
#include "core/err.h"

#define ENTRY_ID_LEN 32
#define AUTHOR_LEN 32
#define CASE_ID_LEN 16
#define KIND_NAME_MAX 32	/* with its NUL */
#define ENTRY_BODY_MAX (1u << 20)
/* The end of the year 9999, UTC ms: an entry dated later does not count. */
#define ENTRY_AT_MAX INT64_C(253402300799999)

struct entry_id { unsigned char b[ENTRY_ID_LEN]; };
struct author_id { unsigned char b[AUTHOR_LEN]; };
struct case_id { unsigned char b[CASE_ID_LEN]; };

struct entry {
	struct entry_id id;
	struct author_id author;
	uint64_t n;
	struct entry_id prev;
	struct case_id case_id;
	char kind[KIND_NAME_MAX];
	int64_t at;
	struct span on;
	struct entry_id body_hash;
	char *body;	/* canonical JSON, owned; NULL once disposed of */
};

/* What a person wrote and has not yet signed: an entry without its chain. */
struct entry_draft {
	struct case_id case_id;
	const char *kind;	/* a name from kinds.def; borrowed */
	struct span on;
	json_t *body;		/* owned reference */
};

void entry_release(struct entry *e);
/* A deep copy; to is released by the caller with entry_release. */
void entry_copy(struct entry *to, const struct entry *from);

/* Returns owned the canonical JSON of body: sorted keys, compact, ASCII. */
char *entry_canonical_body(const json_t *body);
/*
 * The JSON of a body, an owned reference; NULL when it is none, or has a
 * field twice.
 */
json_t *entry_body_parse(const char *body);
/* Sets body_hash from body, then id from all the rest. */
void entry_seal_id(struct entry *e);
/* True if body (unless disposed of) and id are those of the bytes. */
bool entry_id_holds(const struct entry *e);
/*
 * The same for an entry whose date is still the canonical text `on` of non
 * bytes and whose body has nbody bytes: e->on is not looked at.
 */
bool entry_id_holds_text(const struct entry *e, const char *on, size_t non,
    size_t nbody);

bool entry_id_equal(const struct entry_id *a, const struct entry_id *b);
bool entry_id_zero(const struct entry_id *a);
bool case_id_equal(const struct case_id *a, const struct case_id *b);
/* The register's case: all zeros. */
struct case_id case_id_register(void);
/* Lower-case hex of n bytes; out has room for 2 * n + 1. */
void hex_format(const unsigned char *p, size_t n, char *out);
bool hex_parse(const char *s, unsigned char *p, size_t n);
/* Total order of a case's entries: at, then author, then n, then id. */
int entry_compare(const struct entry *a, const struct entry *b);

void entry_draft_release(struct entry_draft *d);

#endif
