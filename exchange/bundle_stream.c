/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/bundle_stream.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/bundle_head.h"

#define FRONT 5		/* type and length of a record */

static const struct {
	size_t least, most;	/* bytes of its content */
	unsigned after;		/* bits of the types that may stand before */
} rules[BUNDLE_TYPES] = {
	[BUNDLE_HEAD] = {2, BUNDLE_HEAD_MAX, 1u << BUNDLE_PADDING},
	[BUNDLE_PEOPLE] = {2, BUNDLE_PEOPLE_BYTES,
	    1u << BUNDLE_HEAD | 1u << BUNDLE_PEOPLE},
	[BUNDLE_ENTRY] = {2, BUNDLE_ENTRY_MAX, 1u << BUNDLE_HEAD |
	    1u << BUNDLE_PEOPLE | 1u << BUNDLE_ENTRY | 1u << BUNDLE_PROOF},
	[BUNDLE_PROOF] = {BUNDLE_PROOF_LEN, BUNDLE_PROOF_LEN,
	    1u << BUNDLE_ENTRY},
	[BUNDLE_END] = {BUNDLE_SIGNATURE, BUNDLE_SIGNATURE,
	    1u << BUNDLE_PROOF},
};

/* ---- writing ---- */

void
bundle_writer_init(struct bundle_writer *w, struct sealfile_out *file)
{
	w->file = file;
	(void)crypto_generichash_init(&w->hash, NULL, 0, BUNDLE_HASH);
}

static enum rc
put_bytes(struct bundle_writer *w, const void *p, size_t n, struct err *e)
{
	(void)crypto_generichash_update(&w->hash, p, n);
	return sealfile_add(w->file, p, n, e);
}

static void
write_front(unsigned char *p, enum bundle_type type, size_t n)
{
	p[0] = (unsigned char)type;
	for (size_t i = 0; i < 4; i++)
		p[1 + i] = (unsigned char)(n >> (8 * i));
}

enum rc
bundle_put(struct bundle_writer *w, enum bundle_type type, const char *text,
    size_t n, struct err *e)
{
	unsigned char front[FRONT];
	enum rc rc;

	if (n > rules[type].most)
		return err_set(e, RC_INPUT, "what it has to say of people, or "
		    "of itself, is longer than a bundle can hold");
	write_front(front, type, n);
	rc = put_bytes(w, front, FRONT, e);
	return rc == RC_OK ? put_bytes(w, text, n, e) : rc;
}

static enum rc
put_entry(struct bundle_writer *w, const struct entry *en, struct err *e)
{
	unsigned char front[FRONT + BUNDLE_ENTRY_FRONT];
	size_t n = bundle_entry_front(en, front + FRONT);
	size_t nbody = strlen(en->body);
	enum rc rc;

	write_front(front, BUNDLE_ENTRY, n + nbody);
	rc = put_bytes(w, front, FRONT + n, e);
	return rc == RC_OK ? put_bytes(w, en->body, nbody, e) : rc;
}

enum rc
bundle_put_carried(struct bundle_writer *w, const struct carried *c,
    struct err *e)
{
	unsigned char proof[FRONT + BUNDLE_PROOF_LEN];

	if (c->entry != NULL)
		return put_entry(w, c->entry, e);
	write_front(proof, BUNDLE_PROOF, BUNDLE_PROOF_LEN);
	bundle_proof_write(c->proof, proof + FRONT);
	return put_bytes(w, proof, sizeof(proof), e);
}

void
bundle_writer_hash(struct bundle_writer *w, unsigned char hash[BUNDLE_HASH])
{
	(void)crypto_generichash_final(&w->hash, hash, BUNDLE_HASH);
}

enum rc
bundle_put_end(struct bundle_writer *w,
    const unsigned char signature[BUNDLE_SIGNATURE], struct err *e)
{
	unsigned char end[FRONT + BUNDLE_SIGNATURE];

	write_front(end, BUNDLE_END, BUNDLE_SIGNATURE);
	memcpy(end + FRONT, signature, BUNDLE_SIGNATURE);
	return sealfile_add(w->file, end, sizeof(end), e);
}

/* ---- reading ---- */

void
bundle_reader_init(struct bundle_reader *r, bundle_source_fn source,
    void *ctx)
{
	memset(r, 0, sizeof(*r));
	r->source = source;
	r->ctx = ctx;
	(void)crypto_generichash_init(&r->hash, NULL, 0, BUNDLE_HASH);
}

void
bundle_reader_release(struct bundle_reader *r)
{
	free(r->bytes);
	r->bytes = NULL;
}

static enum rc
take(struct bundle_reader *r, unsigned char *p, size_t n, struct err *e)
{
	enum rc rc;

	while (n > 0) {
		size_t part = n < r->left ? n : r->left;

		if (part > 0) {
			memcpy(p, r->at, part);
			r->at += part;
			r->left -= part;
			p += part;
			n -= part;
			continue;
		}
		rc = r->source(r->ctx, &r->at, &r->left, e);
		if (rc != RC_OK)
			return rc;
		if (r->left == 0)
			return err_set(e, RC_INPUT, "what is in it ends in "
			    "the middle: it has no signature of its sender");
	}
	return RC_OK;
}

static enum rc
check_place(const struct bundle_reader *r, unsigned type, size_t n,
    struct err *e)
{
	if (type == BUNDLE_PADDING || type >= BUNDLE_TYPES ||
	    (rules[type].after & 1u << r->last) == 0)
		return err_set(e, RC_INPUT, "its parts are not in the order "
		    "that a bundle has: part %u after part %u", type,
		    (unsigned)r->last);
	if (n < rules[type].least || n > rules[type].most)
		return err_set(e, RC_INPUT, "a part of it claims %zu bytes, "
		    "where %zu to %zu can be", n, rules[type].least,
		    rules[type].most);
	return RC_OK;
}

static enum rc
make_room(struct bundle_reader *r, size_t n, struct err *e)
{
	size_t cap = n + 1 > SEALFILE_CHUNK ? n + 1 : SEALFILE_CHUNK;
	unsigned char *bytes;

	if (n < r->cap)
		return RC_OK;
	bytes = realloc(r->bytes, cap);
	if (bytes == NULL)
		return err_set(e, RC_NOMEM, "no memory for a part of it");
	r->bytes = bytes;
	r->cap = cap;
	return RC_OK;
}

enum rc
bundle_next(struct bundle_reader *r, struct bundle_record *out,
    struct err *e)
{
	unsigned char front[FRONT];
	enum rc rc = take(r, front, FRONT, e);
	size_t n;

	if (rc != RC_OK)
		return rc;
	n = (size_t)front[1] | (size_t)front[2] << 8 |
	    (size_t)front[3] << 16 | (size_t)front[4] << 24;
	rc = check_place(r, front[0], n, e);
	if (rc == RC_OK)
		rc = make_room(r, n, e);
	if (rc == RC_OK)
		rc = take(r, r->bytes, n, e);
	if (rc != RC_OK)
		return rc;
	r->bytes[n] = '\0';
	r->last = (enum bundle_type)front[0];
	if (r->last != BUNDLE_END) {
		(void)crypto_generichash_update(&r->hash, front, FRONT);
		(void)crypto_generichash_update(&r->hash, r->bytes, n);
	}
	*out = (struct bundle_record){r->last, r->bytes, n};
	return RC_OK;
}

void
bundle_reader_hash(struct bundle_reader *r, unsigned char hash[BUNDLE_HASH])
{
	(void)crypto_generichash_final(&r->hash, hash, BUNDLE_HASH);
}

enum rc
bundle_read_padding(struct bundle_reader *r, struct err *e)
{
	enum rc rc;

	do {
		if (r->left != 0 && sodium_is_zero(r->at, r->left) != 1)
			return err_set(e, RC_INPUT, "there is something "
			    "behind the signature of its sender");
		rc = r->source(r->ctx, &r->at, &r->left, e);
	} while (rc == RC_OK && r->left != 0);
	return rc;
}
