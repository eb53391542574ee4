/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plain bytes of a bundle, as they come out of the container: the order
 * of its records and their lengths, the head, entries and proofs.  The first
 * byte says in how large pieces they come.  What is accepted is written again
 * and has to be the same bytes: there is one form.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/bundle_head.h"
#include "exchange/bundle_stream.h"

struct bytes {
	const uint8_t *p;
	size_t n, piece;
};

static enum rc
give(void *ctx, const unsigned char **p, size_t *n, struct err *e)
{
	struct bytes *b = ctx;

	(void)e;
	*p = b->p;
	*n = b->n < b->piece ? b->n : b->piece;
	b->p += *n;
	b->n -= *n;
	return RC_OK;
}

static enum rc
take_head(const struct bundle_record *r, struct err *e)
{
	struct bundle_head h;
	enum rc rc = bundle_head_read((const char *)r->bytes, r->n, &h, e);
	char *again;

	if (rc != RC_OK)
		return rc;
	HOLDS(h.nto > 0 && h.nto <= BUNDLE_PEOPLE_MAX);
	HOLDS(h.cases > 0 && h.cases <= BUNDLE_CASES_MAX);
	again = bundle_head_write(&h);
	HOLDS(again != NULL && strlen(again) == r->n &&
	    memcmp(again, r->bytes, r->n) == 0);
	free(again);
	bundle_head_release(&h);
	return RC_OK;
}

static enum rc
take_entry(const struct bundle_record *r, struct err *e)
{
	unsigned char front[BUNDLE_ENTRY_FRONT];
	struct entry en;
	enum rc rc = bundle_entry_read(r->bytes, r->n, &en, e);
	json_t *body;
	size_t n;

	if (rc != RC_OK)
		return rc;
	n = bundle_entry_front(&en, front);
	HOLDS(n <= r->n && memcmp(front, r->bytes, n) == 0);
	HOLDS(strlen(en.body) == r->n - n);
	HOLDS(memcmp(en.body, r->bytes + n, r->n - n) == 0);
	entry_seal_id(&en);
	HOLDS(entry_id_holds(&en));
	body = entry_body_parse(en.body);
	HOLDS(json_is_object(body));
	json_decref(body);
	return RC_OK;
}

static enum rc
take_proof(const struct bundle_record *r, struct err *e)
{
	unsigned char again[BUNDLE_PROOF_LEN];
	struct proof p;
	enum rc rc = bundle_proof_read(r->bytes, r->n, &p, e);

	if (rc != RC_OK)
		return rc;
	bundle_proof_write(&p, again);
	HOLDS(memcmp(again, r->bytes, sizeof(again)) == 0);
	return RC_OK;
}

static enum rc
take(const struct bundle_record *r, struct err *e)
{
	HOLDS(r->bytes[r->n] == '\0');
	if (r->type == BUNDLE_HEAD)
		return take_head(r, e);
	if (r->type == BUNDLE_ENTRY)
		return take_entry(r, e);
	return r->type == BUNDLE_PROOF ? take_proof(r, e) : RC_OK;
}

static enum rc
read_all(struct bundle_reader *in, size_t *records, struct err *e)
{
	struct bundle_record r = {BUNDLE_PADDING, NULL, 0};
	enum rc rc = RC_OK;

	while (rc == RC_OK && r.type != BUNDLE_END) {
		rc = bundle_next(in, &r, e);
		if (rc != RC_OK)
			break;
		HOLDS((r.type == BUNDLE_HEAD) == (*records == 0));
		++*records;
		rc = take(&r, e);
	}
	return rc == RC_OK ? bundle_read_padding(in, e) : rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct bytes b = {data + 1, n - 1, 0};
	struct bundle_reader in;
	unsigned char hash[BUNDLE_HASH];
	size_t records = 0;
	struct err e;

	if (n < 1 || n > (1u << 17) || sodium_init() < 0)
		return 0;
	b.piece = data[0] != 0 ? data[0] * 37u : SEALFILE_CHUNK;
	err_clear(&e);
	bundle_reader_init(&in, give, &b);
	if (read_all(&in, &records, &e) == RC_OK) {
		HOLDS(records >= 4 && b.n == 0);
		bundle_reader_hash(&in, hash);
	} else {
		fuzz_message(&e, "");
	}
	bundle_reader_release(&in);
	return 0;
}
