/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Slots made and wrapped anew.
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "db/slot_impl.h"

/* Lays out an identity as it is wrapped. */
static void
lay_out(const struct keys *k, unsigned char out[IDENTITY_LEN])
{
	memcpy(out, k->ed_sk, 32);
	memcpy(out + 32, k->x_sk, 32);
	memcpy(out + 64, k->root_pk, 32);
}

/* Signing and box keys of somebody new. */
static void
make_key_pairs(struct slot *s, const struct rng *rng, struct keys *k)
{
	/* The seed lies where the box key will: it must not alias ed_sk. */
	rng_fill(rng, k->x_sk, sizeof(k->x_sk));
	crypto_sign_seed_keypair(s->ed_pk, k->ed_sk, k->x_sk);
	rng_fill(rng, k->x_sk, sizeof(k->x_sk));
	crypto_scalarmult_base(s->x_pk, k->x_sk);
}

static enum rc
start_slot(struct header *h, size_t index, const struct slot_request *req,
    struct err *e)
{
	struct slot *s = &h->slots[index];

	memset(s, 0, sizeof(*s));
	s->type = (uint8_t)(slot_by_code(req->type) ? req->type :
	    SLOT_PASSPHRASE);
	s->role = req->role;
	s->has_root = req->has_root;
	s->must_change = req->must_change;
	rng_fill(req->rng, s->salt, sizeof(s->salt));
	rng_fill(req->rng, s->nonce, sizeof(s->nonce));
	if (req->user != NULL)
		return slot_tag(h->uuid, req->user, s->tag, e);
	rng_fill(req->rng, s->tag, sizeof(s->tag));
	return RC_OK;
}

/* Derives the key and wraps the identity that k holds. */
static enum rc
wrap(struct header *h, size_t index, const struct slot_request *req,
    const struct keys *k, struct err *e)
{
	struct unlocking *u = sodium_malloc(sizeof(*u));
	enum rc rc;

	if (u == NULL)
		return err_set(e, RC_NOMEM, "no protected memory for keys; "
		    "close other programs and try again");
	rc = slot_new_kek(h, index, req, u->kek, e);
	if (rc == RC_OK) {
		lay_out(k, u->identity);
		slot_wrap(h, index, u);
	}
	sodium_free(u);
	return rc;
}

enum rc
slot_found(struct header *h, const struct slot_request *req,
    struct keys *keys, struct err *e)
{
	struct root_key *root = sodium_malloc(sizeof(*root));
	struct granting by = {root, keys};
	struct slot *s = &h->slots[0];
	enum rc rc;

	if (root == NULL)
		return err_set(e, RC_NOMEM, "no protected memory for keys");
	rc = start_slot(h, 0, req, e);
	s->epoch = 1;
	s->has_root = true;
	rng_fill(req->rng, root->seed, sizeof(root->seed));
	crypto_sign_seed_keypair(h->root_pk, root->sk, root->seed);
	memcpy(keys->root_pk, h->root_pk, sizeof(keys->root_pk));
	make_key_pairs(s, req->rng, keys);
	memcpy(h->founder, s->ed_pk, sizeof(h->founder));
	rng_fill(req->rng, keys->master, sizeof(keys->master));
	keys_derive(keys);
	if (rc == RC_OK)
		rc = wrap(h, 0, req, keys, e);
	if (rc == RC_OK)
		rc = slot_grant(h, 0, &by, e);
	slot_root_free(root);
	return rc;
}

/* The epoch in which the store stands: all grants carry the same. */
static uint32_t
epoch_of(const struct header *h)
{
	uint32_t epoch = 1;

	for (size_t i = 0; i < SLOTS; i++)
		if (h->slots[i].type != SLOT_FREE &&
		    h->slots[i].epoch > epoch)
			epoch = h->slots[i].epoch;
	return epoch;
}

static enum rc
free_slot(const struct header *h, const char *user, size_t *index,
    struct err *e)
{
	unsigned char tag[16];
	enum rc rc;

	*index = SLOTS;
	if (user != NULL) {
		rc = slot_tag(h->uuid, user, tag, e);
		if (rc != RC_OK)
			return rc;
	}
	for (size_t i = SLOTS; i-- > 0;) {
		if (h->slots[i].type == SLOT_FREE)
			*index = i;
		else if (user != NULL &&
		    memcmp(tag, h->slots[i].tag, sizeof(tag)) == 0)
			return err_set(e, RC_EXISTS, "\"%s\" has a passphrase "
			    "for this store already", user);
	}
	if (*index == SLOTS)
		return err_set(e, RC_REFUSED, "all %u key slots of the store "
		    "are taken; end the access of somebody who has left",
		    SLOTS);
	return RC_OK;
}

static enum rc
fill_slot(struct header *h, size_t index, const struct slot_request *req,
    const struct granting *by, struct err *e)
{
	struct keys *k = keys_new();
	uint32_t epoch = epoch_of(h);
	enum rc rc;

	if (k == NULL)
		return err_set(e, RC_NOMEM, "no protected memory for keys; "
		    "close other programs and try again");
	memcpy(k->root_pk, h->root_pk, sizeof(k->root_pk));
	rc = start_slot(h, index, req, e);
	h->slots[index].epoch = epoch;
	h->slots[index].pending = true;
	make_key_pairs(&h->slots[index], req->rng, k);
	if (rc == RC_OK)
		rc = wrap(h, index, req, k, e);
	if (rc == RC_OK)
		rc = slot_grant(h, index, by, e);
	keys_free(k);
	return rc;
}

enum rc
slot_add(struct header *h, const struct slot_request *req,
    const struct granting *by, size_t *index, struct err *e)
{
	enum rc rc = free_slot(h, req->replaces ? NULL : req->user, index, e);

	if (rc != RC_OK)
		return rc;
	rc = fill_slot(h, *index, req, by, e);
	if (rc != RC_OK)
		slot_clear(h, *index);
	return rc;
}

enum rc
slot_rewrap(struct header *h, size_t index, const struct slot_request *req,
    const struct keys *keys, struct err *e)
{
	struct slot old = h->slots[index], *s = &h->slots[index];
	enum rc rc;

	rng_fill(req->rng, s->salt, sizeof(s->salt));
	rng_fill(req->rng, s->nonce, sizeof(s->nonce));
	s->must_change = req->must_change;
	rc = wrap(h, index, req, keys, e);
	if (rc != RC_OK)
		*s = old;
	return rc;
}
