/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Grants: what the root key signs, and what only its holder can do.
 */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/bytes.h"
#include "db/slot_impl.h"

#define GRANT_LEN (16 + UUID_LEN + 32 + 1 + 1 + 4 + 4 + 32 + 32 + 80 + 1 + 80)

/*
 * The founder's first entries need no grant, so everybody's grant says who
 * that is.  The first form does not, and is believed of the founder alone:
 * it is in stores that nobody else had a slot of.
 */
static size_t
grant_message(const struct header *h, size_t index, bool first_form,
    unsigned char out[GRANT_LEN])
{
	const struct slot *s = &h->slots[index];
	unsigned char *p = out;

	p = put_bytes(p, first_form ? "hearken.grant.1" : "hearken.grant.2",
	    16);
	p = put_bytes(p, h->uuid, UUID_LEN);
	if (!first_form) {
		p = put_bytes(p, h->founder, sizeof(h->founder));
		p = put_uint(p, s->type, 1);
	}
	p = put_uint(p, index, 1);
	p = put_uint(p, s->role, 4);
	p = put_uint(p, s->epoch, 4);
	p = put_bytes(p, s->ed_pk, 32);
	p = put_bytes(p, s->x_pk, 32);
	p = put_bytes(p, s->master, 80);
	p = put_uint(p, s->has_root ? 1 : 0, 1);
	p = put_bytes(p, s->root, 80);
	return (size_t)(p - out);
}

static bool
holds_in_form(const struct header *h, size_t index, bool first_form)
{
	unsigned char message[GRANT_LEN];
	size_t n = grant_message(h, index, first_form, message);

	return crypto_sign_verify_detached(h->slots[index].grant, message, n,
	    h->root_pk) == 0;
}

bool
slot_grant_holds(const struct header *h, size_t index)
{
	const struct slot *s = &h->slots[index];

	return holds_in_form(h, index, false) ||
	    (memcmp(s->ed_pk, h->founder, sizeof(s->ed_pk)) == 0 &&
	    holds_in_form(h, index, true));
}

enum rc
slot_grant(struct header *h, size_t index, const struct granting *by,
    struct err *e)
{
	struct slot *s = &h->slots[index];
	unsigned char message[GRANT_LEN];
	size_t n;

	memset(s->root, 0, sizeof(s->root));
	if (crypto_box_seal(s->master, by->keys->master, 32, s->x_pk) != 0 ||
	    (s->has_root &&
	    crypto_box_seal(s->root, by->root->seed, 32, s->x_pk) != 0))
		return err_set(e, RC_TAMPERED, "a public key in the header is "
		    "not a key; the header was altered: restore a backup");
	n = grant_message(h, index, false, message);
	crypto_sign_detached(s->grant, NULL, message, n, by->root->sk);
	return RC_OK;
}

static enum rc
want_grant(const struct header *h, size_t index, struct err *e)
{
	if (slot_grant_holds(h, index))
		return RC_OK;
	return err_set(e, RC_TAMPERED, "key slot %zu of the header was not "
	    "granted by this store's root key, so it is given nothing: "
	    "somebody who has access altered the header. hearken verify says "
	    "whose slot it is; give them a new passphrase and try again",
	    index);
}

enum rc
slot_root_open(const struct header *h, size_t index, const struct keys *k,
    struct root_key **out, struct err *e)
{
	const struct slot *s = &h->slots[index];
	unsigned char pk[32];
	struct root_key *r;

	if (!s->has_root)
		return err_set(e, RC_REFUSED, "you may not let others into "
		    "this store or change what they may do; ask a supervisor "
		    "or administrator");
	r = sodium_malloc(sizeof(*r));
	if (r == NULL)
		return err_set(e, RC_NOMEM, "no protected memory for keys; "
		    "close other programs and try again");
	if (crypto_box_seal_open(r->seed, s->root, sizeof(s->root), s->x_pk,
	    k->x_sk) != 0 || crypto_sign_seed_keypair(pk, r->sk, r->seed) != 0 ||
	    memcmp(pk, h->root_pk, 32) != 0) {
		slot_root_free(r);
		return err_set(e, RC_TAMPERED, "the root key in your slot is "
		    "not this store's; the header was altered: restore a "
		    "backup");
	}
	*out = r;
	return RC_OK;
}

void
slot_root_free(struct root_key *r)
{
	sodium_free(r);
}

enum rc
slot_regrant(struct header *h, size_t index, const struct slot_request *req,
    const struct granting *by, struct err *e)
{
	struct slot *s = &h->slots[index];
	enum rc rc = want_grant(h, index, e);

	if (rc != RC_OK)
		return rc;
	s->role = req->role;
	s->has_root = req->has_root;
	return slot_grant(h, index, by, e);
}

enum rc
slot_regrant_all(struct header *h, const struct granting *by, struct err *e)
{
	struct header *next;
	uint32_t epoch = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < SLOTS && rc == RC_OK; i++) {
		if (h->slots[i].type == SLOT_FREE)
			continue;
		rc = want_grant(h, i, e);
		if (h->slots[i].epoch > epoch)
			epoch = h->slots[i].epoch;
	}
	if (rc != RC_OK)
		return rc;
	next = malloc(sizeof(*next));
	if (next == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to change "
		    "the store's key; close other programs and try again");
	*next = *h;
	for (size_t i = 0; i < SLOTS && rc == RC_OK; i++) {
		if (next->slots[i].type == SLOT_FREE)
			continue;
		next->slots[i].epoch = epoch + 1;
		rc = slot_grant(next, i, by, e);
	}
	if (rc == RC_OK)
		*h = *next;
	free(next);
	return rc;
}

void
slot_clear(struct header *h, size_t index)
{
	memset(&h->slots[index], 0, sizeof(h->slots[index]));
}

size_t
slot_of_key(const struct header *h, const unsigned char ed_pk[32])
{
	for (size_t i = 0; i < SLOTS; i++)
		if (h->slots[i].type != SLOT_FREE &&
		    memcmp(h->slots[i].ed_pk, ed_pk, 32) == 0)
			return i;
	return SLOTS;
}
