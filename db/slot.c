/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/slot.h"

#include <sodium.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "db/bytes.h"

#define KEK_LEN 32
#define IDENTITY_LEN 96
#define PUBLIC_LEN (UUID_LEN + 2 + 8 + 8 + 16 + 16 + 32 + 32)
#define GRANT_LEN (16 + UUID_LEN + 1 + 4 + 4 + 32 + 32 + 80 + 1 + 80)

struct keys *
keys_new(void)
{
	struct keys *k = sodium_malloc(sizeof(*k));

	if (k != NULL)
		sodium_memzero(k, sizeof(*k));
	return k;
}

void
keys_free(struct keys *k)
{
	sodium_free(k);
}

void
keys_derive(struct keys *k)
{
	crypto_kdf_derive_from_key(k->page, 32, 1, "hearken1", k->master);
	crypto_kdf_derive_from_key(k->mac, 32, 2, "hearken1", k->master);
}

struct kdf_cost
kdf_cost_full(const struct kdf_cost *c)
{
	struct kdf_cost full = *c;

	if (full.ops == 0)
		full.ops = KDF_OPS;
	if (full.mem == 0)
		full.mem = KDF_MEM;
	if (full.floor_ops == 0)
		full.floor_ops = KDF_FLOOR_OPS;
	if (full.floor_mem == 0)
		full.floor_mem = KDF_FLOOR_MEM;
	return full;
}

enum rc
slot_tag(const unsigned char uuid[UUID_LEN], const char *user,
    unsigned char tag[16], struct err *e)
{
	crypto_generichash_state st;
	struct str key;
	bool empty;

	str_init(&key);
	utf8_fold(&key, user, strlen(user));
	empty = key.len == 0;
	crypto_generichash_init(&st, NULL, 0, 16);
	crypto_generichash_update(&st, uuid, UUID_LEN);
	crypto_generichash_update(&st, (const unsigned char *)key.s, key.len);
	crypto_generichash_final(&st, tag, 16);
	str_release(&key);
	if (empty)
		return err_set(e, RC_INPUT, "the name \"%s\" has no letter or "
		    "digit; give the name that colleagues know", user);
	return RC_OK;
}

/* The slot's public part: what the wrapped identity is bound to. */
static void
public_part(const struct header *h, size_t index,
    unsigned char out[PUBLIC_LEN])
{
	const struct slot *s = &h->slots[index];
	unsigned char *p = out;

	p = put_bytes(p, h->uuid, UUID_LEN);
	p = put_uint(p, index, 1);
	p = put_uint(p, s->type, 1);
	p = put_uint(p, s->ops, 8);
	p = put_uint(p, s->mem, 8);
	p = put_bytes(p, s->tag, 16);
	p = put_bytes(p, s->salt, 16);
	p = put_bytes(p, s->ed_pk, 32);
	put_bytes(p, s->x_pk, 32);
}

static void
grant_message(const struct header *h, size_t index,
    unsigned char out[GRANT_LEN])
{
	const struct slot *s = &h->slots[index];
	unsigned char *p = out;

	p = put_bytes(p, "hearken.grant.1", 16);
	p = put_bytes(p, h->uuid, UUID_LEN);
	p = put_uint(p, index, 1);
	p = put_uint(p, s->role, 4);
	p = put_uint(p, s->epoch, 4);
	p = put_bytes(p, s->ed_pk, 32);
	p = put_bytes(p, s->x_pk, 32);
	p = put_bytes(p, s->master, 80);
	p = put_uint(p, s->has_root ? 1 : 0, 1);
	put_bytes(p, s->root, 80);
}

/* False when the memory that Argon2id asks for cannot be had. */
static bool
derive_kek(const struct slot *s, const struct secret *pass,
    unsigned char kek[KEK_LEN])
{
	return crypto_pwhash(kek, KEK_LEN, (const char *)pass->p, pass->len,
	    s->salt, s->ops, (size_t)s->mem,
	    crypto_pwhash_ALG_ARGON2ID13) == 0;
}

/* A machine short of memory gets a cheaper slot, never below the floor. */
static enum rc
derive_new_kek(struct slot *s, const struct slot_request *req,
    unsigned char kek[KEK_LEN], struct err *e)
{
	s->ops = req->cost.ops;
	s->mem = req->cost.mem;
	for (;;) {
		if (derive_kek(s, req->pass, kek))
			return RC_OK;
		if (s->mem / 2 < req->cost.floor_mem)
			return err_set(e, RC_NOMEM, "no memory to derive the "
			    "key from the passphrase (%llu MiB); close other "
			    "programs and try again",
			    (unsigned long long)(s->mem >> 20));
		s->mem /= 2;
	}
}

static void
wrap_identity(struct header *h, size_t index, const unsigned char *identity,
    const unsigned char kek[KEK_LEN])
{
	struct slot *s = &h->slots[index];
	unsigned char ad[PUBLIC_LEN];
	unsigned long long len;

	public_part(h, index, ad);
	crypto_aead_xchacha20poly1305_ietf_encrypt(s->identity, &len,
	    identity, IDENTITY_LEN, ad, sizeof(ad), NULL, s->nonce, kek);
}

struct founding {
	unsigned char root_seed[32], root_sk[64];
	unsigned char seed[32];
	unsigned char kek[KEK_LEN];
	unsigned char identity[IDENTITY_LEN];
};

static void
make_key_pairs(struct header *h, struct slot *s, struct keys *k,
    const struct rng *rng, struct founding *f)
{
	rng_fill(rng, f->root_seed, sizeof(f->root_seed));
	crypto_sign_seed_keypair(h->root_pk, f->root_sk, f->root_seed);
	rng_fill(rng, f->seed, sizeof(f->seed));
	crypto_sign_seed_keypair(s->ed_pk, k->ed_sk, f->seed);
	memcpy(h->founder, s->ed_pk, sizeof(h->founder));
	rng_fill(rng, k->x_sk, sizeof(k->x_sk));
	crypto_scalarmult_base(s->x_pk, k->x_sk);
	memcpy(k->root_pk, h->root_pk, sizeof(k->root_pk));
	rng_fill(rng, k->master, sizeof(k->master));
	keys_derive(k);
}

static void
seal_and_grant(struct header *h, size_t index, const struct keys *k,
    const struct founding *f)
{
	struct slot *s = &h->slots[index];
	unsigned char message[GRANT_LEN];

	crypto_box_seal(s->master, k->master, 32, s->x_pk);
	crypto_box_seal(s->root, f->root_seed, 32, s->x_pk);
	s->has_root = true;
	grant_message(h, index, message);
	crypto_sign_detached(s->grant, NULL, message, sizeof(message),
	    f->root_sk);
}

enum rc
slot_found(struct header *h, const struct slot_request *req,
    struct keys *keys, struct err *e)
{
	struct founding *f = sodium_malloc(sizeof(*f));
	struct slot *s = &h->slots[0];
	enum rc rc;

	if (f == NULL)
		return err_set(e, RC_NOMEM, "no protected memory for keys");
	memset(s, 0, sizeof(*s));
	s->type = SLOT_PASSPHRASE;
	s->role = req->role;
	s->epoch = 1;
	rng_fill(req->rng, s->salt, sizeof(s->salt));
	rng_fill(req->rng, s->nonce, sizeof(s->nonce));
	rc = slot_tag(h->uuid, req->user, s->tag, e);
	if (rc == RC_OK)
		rc = derive_new_kek(s, req, f->kek, e);
	if (rc == RC_OK) {
		make_key_pairs(h, s, keys, req->rng, f);
		memcpy(f->identity, f->seed, 32);
		memcpy(f->identity + 32, keys->x_sk, 32);
		memcpy(f->identity + 64, h->root_pk, 32);
		wrap_identity(h, 0, f->identity, f->kek);
		seal_and_grant(h, 0, keys, f);
	}
	sodium_free(f);
	return rc;
}

static enum rc
find_slot(const struct header *h, const char *user, size_t *index,
    struct err *e)
{
	unsigned char tag[16];
	enum rc rc;

	if (user == NULL && header_slots(h) != 1)
		return err_set(e, RC_USAGE, "several people have a passphrase "
		    "for this store; say who you are with --user NAME");
	if (user != NULL) {
		rc = slot_tag(h->uuid, user, tag, e);
		if (rc != RC_OK)
			return rc;
	}
	for (size_t i = 0; i < SLOTS; i++) {
		if (h->slots[i].type != SLOT_PASSPHRASE)
			continue;
		if (user != NULL && memcmp(tag, h->slots[i].tag, 16) != 0)
			continue;
		*index = i;
		return RC_OK;
	}
	return err_set(e, RC_PASSPHRASE, "name or passphrase not accepted; "
	    "check the spelling of both");
}

/* Limits are looked at before Argon2id is given any of the memory asked. */
static enum rc
check_cost(const struct slot *s, const struct kdf_cost *c, struct err *e)
{
	if (s->ops > KDF_CEILING_OPS || s->mem > KDF_CEILING_MEM)
		return err_set(e, RC_DAMAGED, "the store's header asks for "
		    "more work than any store does (%llu passes, %llu MiB); "
		    "it was altered: take a backup",
		    (unsigned long long)s->ops,
		    (unsigned long long)(s->mem >> 20));
	if (s->ops < c->floor_ops || s->mem < c->floor_mem)
		return err_set(e, RC_DAMAGED, "the store's header asks for "
		    "less work than is safe (%llu passes, %llu KiB); it was "
		    "altered: take a backup", (unsigned long long)s->ops,
		    (unsigned long long)(s->mem >> 10));
	return RC_OK;
}

/* In guarded memory; freeing it wipes it. */
struct unlocking {
	unsigned char kek[KEK_LEN];
	unsigned char identity[IDENTITY_LEN];
};

static enum rc
open_identity(const struct header *h, size_t index,
    const struct secret *pass, struct unlocking *u, struct err *e)
{
	const struct slot *s = &h->slots[index];
	unsigned char ad[PUBLIC_LEN];
	unsigned long long len;

	if (!derive_kek(s, pass, u->kek))
		return err_set(e, RC_NOMEM, "no memory to derive the key from "
		    "the passphrase (%llu MiB); close other programs and try "
		    "again", (unsigned long long)(s->mem >> 20));
	public_part(h, index, ad);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(u->identity, &len, NULL,
	    s->identity, sizeof(s->identity), ad, sizeof(ad), s->nonce,
	    u->kek) != 0)
		return err_set(e, RC_PASSPHRASE, "name or passphrase not "
		    "accepted; check the spelling of both");
	return RC_OK;
}

static enum rc
open_grant(const struct header *h, size_t index, struct keys *k,
    struct err *e)
{
	const struct slot *s = &h->slots[index];
	unsigned char message[GRANT_LEN], x_pk[32];

	crypto_scalarmult_base(x_pk, k->x_sk);
	grant_message(h, index, message);
	if (memcmp(k->root_pk, h->root_pk, 32) != 0 ||
	    memcmp(x_pk, s->x_pk, 32) != 0 ||
	    memcmp(k->ed_sk + 32, s->ed_pk, 32) != 0 ||
	    crypto_sign_verify_detached(s->grant, message, sizeof(message),
	    k->root_pk) != 0)
		return err_set(e, RC_TAMPERED, "the header's grant to this "
		    "person was not made by this store's root key; the header "
		    "was altered: take a backup and tell the store's keeper");
	if (crypto_box_seal_open(k->master, s->master, sizeof(s->master),
	    s->x_pk, k->x_sk) != 0)
		return err_set(e, RC_TAMPERED, "the store's key cannot be "
		    "opened with this person's identity; the header was "
		    "altered: take a backup and tell the store's keeper");
	keys_derive(k);
	return RC_OK;
}

enum rc
slot_unlock(const struct header *h, const struct slot_request *req,
    struct keys *keys, size_t *index, struct err *e)
{
	unsigned char pk[32];
	struct unlocking *u;
	enum rc rc;

	rc = find_slot(h, req->user, index, e);
	if (rc == RC_OK)
		rc = check_cost(&h->slots[*index], &req->cost, e);
	if (rc != RC_OK)
		return rc;
	u = sodium_malloc(sizeof(*u));
	if (u == NULL)
		return err_set(e, RC_NOMEM, "no protected memory for keys");
	rc = open_identity(h, *index, req->pass, u, e);
	if (rc == RC_OK) {
		crypto_sign_seed_keypair(pk, keys->ed_sk, u->identity);
		memcpy(keys->x_sk, u->identity + 32, 32);
		memcpy(keys->root_pk, u->identity + 64, 32);
		rc = open_grant(h, *index, keys, e);
	}
	sodium_free(u);
	return rc;
}
