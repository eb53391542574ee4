/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a store says of itself and its people to others, and the use of the
 * keys of whoever unlocked it.
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "core/introduced.h"
#include "db/bytes.h"
#include "db/proof.h"

#define RECORDS 500	/* in one body: well below what an entry holds */

struct introducing {
	struct store *s;
	json_t *out;		/* of all bodies */
	json_t *records;	/* of the one that is being filled; borrowed */
	char uuid[2 * UUID_LEN + 1];
};

/* The seal on an entry of the founding. */
static bool
founding_seal(struct store *s, const struct entry_row *r,
    unsigned char seal[SEAL_SIGNATURE_LEN])
{
	struct proof p = {.author = r->entry.author, .n = r->entry.n,
	    .head = r->entry.id};

	if (r->entry.n > FOUNDING_ENTRIES || memcmp(r->entry.author.b,
	    s->header.founder, AUTHOR_LEN) != 0 ||
	    proof_seal(s, r->author_row, &p, NULL) != RC_OK)
		return false;
	memcpy(seal, p.signature, sizeof(p.signature));
	return true;
}

static enum rc
no_memory(struct err *e)
{
	return err_set(e, RC_NOMEM, "not enough memory for the list of "
	    "people");
}

static enum rc
add_record(struct introducing *in, const struct entry_row *r, struct err *e)
{
	unsigned char seal[SEAL_SIGNATURE_LEN];
	bool sealed;

	if (r->entry.body == NULL)
		return RC_OK;
	sealed = founding_seal(in->s, r, seal);
	if (in->records == NULL || json_array_size(in->records) == RECORDS) {
		in->records = json_array();
		if (json_array_append_new(in->out, json_pack("{s:s, s:o}",
		    "store", in->uuid, "entries", in->records)) != 0)
			return no_memory(e);
	}
	return json_array_append_new(in->records, introduced_record(
	    &r->entry, sealed ? seal : NULL)) == 0 ? RC_OK : no_memory(e);
}

/* What other stores said of theirs goes on as it came. */
static enum rc
add_body(struct introducing *in, const struct entry_row *r, struct err *e)
{
	json_t *body = r->entry.body != NULL ?
	    entry_body_parse(r->entry.body) : NULL;

	if (body == NULL || !roster_allows(&in->s->roster, &r->entry)) {
		json_decref(body);
		return RC_OK;
	}
	return json_array_append_new(in->out, body) == 0 ? RC_OK :
	    no_memory(e);
}

typedef enum rc (*row_fn)(struct introducing *in, const struct entry_row *r,
    struct err *e);

static enum rc
each_of(struct introducing *in, const char *const kinds[3], row_fn fn,
    struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, in->s, STMT_ENTRY_OF_REGISTER, e, "ttt",
	    kinds[0], kinds[1], kinds[2]);

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(in->s, rows.st, &r, e);
		if (rc == RC_OK)
			rc = fn(in, &r, e);
	}
	return stmt_close(&rows, rc, "read the list of people", e);
}

enum rc
store_introductions(struct store *s, json_t **out, struct err *e)
{
	static const char *const own[3] = {"user", "role", "revoke"};
	static const char *const others[3] = {"introduced"};
	struct introducing in = {.s = s, .out = json_array()};
	enum rc rc = in.out != NULL ? RC_OK : no_memory(e);

	hex_format(s->header.uuid, UUID_LEN, in.uuid);
	if (rc == RC_OK)
		rc = each_of(&in, own, add_record, e);
	if (rc == RC_OK)
		rc = each_of(&in, others, add_body, e);
	if (rc != RC_OK)
		json_decref(in.out);
	else
		*out = in.out;
	return rc;
}

/* ---- keys ---- */

enum rc
store_unseal(struct store *s, const unsigned char *box, size_t n,
    unsigned char *out, struct err *e)
{
	unsigned char pk[32];

	(void)crypto_scalarmult_base(pk, s->keys->x_sk);
	if (n < crypto_box_SEALBYTES ||
	    crypto_box_seal_open(out, box, n, pk, s->keys->x_sk) != 0)
		return err_set(e, RC_NOTFOUND, "it is not sealed to %s",
		    s->user);
	return RC_OK;
}

#define SIGNED_LEN (17 + 32)

static void
bundle_message(const unsigned char hash[32], unsigned char out[SIGNED_LEN])
{
	put_bytes(put_bytes(out, "hearken.bundle.1", 17), hash, 32);
}

void
store_sign_bundle(struct store *s, const unsigned char hash[32],
    unsigned char signature[64])
{
	unsigned char message[SIGNED_LEN];

	bundle_message(hash, message);
	crypto_sign_detached(signature, NULL, message, sizeof(message),
	    s->keys->ed_sk);
}

bool
bundle_signature_holds(const struct author_id *by,
    const unsigned char hash[32], const unsigned char signature[64])
{
	unsigned char message[SIGNED_LEN];

	bundle_message(hash, message);
	return crypto_sign_verify_detached(signature, message,
	    sizeof(message), by->b) == 0;
}

void
store_origin(const struct store *s, unsigned char uuid[16],
    unsigned char root[32], struct author_id *founder)
{
	memcpy(uuid, s->header.uuid, UUID_LEN);
	memcpy(root, s->header.root_pk, GRANT_KEY_LEN);
	memcpy(founder->b, s->header.founder, AUTHOR_LEN);
}
