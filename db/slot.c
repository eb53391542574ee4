/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/slot.h"

#include <sodium.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "db/bytes.h"
#include "db/slot_impl.h"

#define PUBLIC_LEN (UUID_LEN + 2 + 8 + 8 + 16 + 16 + 32 + 32)

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
	static const char context[] = "hearken1";

	crypto_kdf_derive_from_key(k->page, 32, 1, context, k->master);
	crypto_kdf_derive_from_key(k->mac, 32, 2, context, k->master);
	crypto_kdf_derive_from_key(k->receipts, 32, 4, context, k->master);
	crypto_kdf_derive_from_key(k->drafts, 32, 5, context, k->master);
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

bool
slot_by_code(enum slot_type type)
{
	return type == SLOT_RECOVERY || type == SLOT_PAIR;
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
derive_from_code(const struct header *h, const struct slot *s,
    const struct secret *code, unsigned char kek[KEK_LEN])
{
	static const unsigned char label[16] = "hearken.code.1";
	const unsigned char type = s->type;
	crypto_generichash_state st;

	crypto_generichash_init(&st, s->salt, sizeof(s->salt), KEK_LEN);
	crypto_generichash_update(&st, label, sizeof(label));
	crypto_generichash_update(&st, h->uuid, UUID_LEN);
	crypto_generichash_update(&st, &type, 1);
	crypto_generichash_update(&st, code->p, code->len);
	crypto_generichash_final(&st, kek, KEK_LEN);
	sodium_memzero(&st, sizeof(st));
}

/* False when the memory that Argon2id asks for cannot be had. */
static bool
derive_kek(const struct header *h, const struct slot *s,
    const struct secret *pass, unsigned char kek[KEK_LEN])
{
	if (slot_by_code((enum slot_type)s->type)) {
		derive_from_code(h, s, pass, kek);
		return true;
	}
	return crypto_pwhash(kek, KEK_LEN, (const char *)pass->p, pass->len,
	    s->salt, s->ops, (size_t)s->mem,
	    crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static enum rc
no_memory(const struct slot *s, struct err *e)
{
	return err_set(e, RC_NOMEM, "no memory to derive the key from the "
	    "passphrase (%llu MiB); close other programs and try again",
	    (unsigned long long)(s->mem >> 20));
}

enum rc
slot_new_kek(struct header *h, size_t index, const struct slot_request *req,
    unsigned char kek[KEK_LEN], struct err *e)
{
	struct slot *s = &h->slots[index];
	bool code = slot_by_code((enum slot_type)s->type);

	s->ops = code ? 0 : req->cost.ops;
	s->mem = code ? 0 : req->cost.mem;
	for (;;) {
		if (derive_kek(h, s, req->pass, kek))
			return RC_OK;
		if (s->mem / 2 < req->cost.floor_mem)
			return no_memory(s, e);
		s->mem /= 2;
	}
}

void
slot_wrap(struct header *h, size_t index, const struct unlocking *u)
{
	struct slot *s = &h->slots[index];
	unsigned char ad[PUBLIC_LEN];
	unsigned long long len;

	public_part(h, index, ad);
	crypto_aead_xchacha20poly1305_ietf_encrypt(s->identity, &len,
	    u->identity, IDENTITY_LEN, ad, sizeof(ad), NULL, s->nonce,
	    u->kek);
}

/* Chooses by name, or the only person when there is no name. */
static enum rc
check_choice(const struct header *h, const char *user,
    unsigned char tag[16], struct err *e)
{
	if (user != NULL)
		return slot_tag(h->uuid, user, tag, e);
	if (header_slots(h) > 1)
		return err_set(e, RC_USAGE, "several people have a passphrase "
		    "for this store; say who you are with --user NAME");
	return RC_OK;
}

static bool
is_of(const struct slot *s, const char *user, const unsigned char tag[16])
{
	return s->type == SLOT_PASSPHRASE &&
	    (user == NULL || memcmp(tag, s->tag, 16) == 0);
}

/* Limits are looked at before Argon2id is given any of the memory asked. */
static enum rc
check_cost(const struct slot *s, const struct kdf_cost *c, struct err *e)
{
	if (slot_by_code((enum slot_type)s->type))
		return RC_OK;
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

static enum rc
open_identity(const struct header *h, size_t index,
    const struct secret *pass, struct unlocking *u, struct err *e)
{
	const struct slot *s = &h->slots[index];
	unsigned char ad[PUBLIC_LEN];
	unsigned long long len;

	if (!derive_kek(h, s, pass, u->kek))
		return no_memory(s, e);
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
	unsigned char x_pk[32];

	crypto_scalarmult_base(x_pk, k->x_sk);
	if (memcmp(k->root_pk, h->root_pk, 32) != 0 ||
	    memcmp(x_pk, s->x_pk, 32) != 0 ||
	    memcmp(k->ed_sk + 32, s->ed_pk, 32) != 0 ||
	    !slot_grant_holds(h, index))
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

/* A code names nobody: it is tried on each slot of its type. */
static enum rc
open_by_code(const struct header *h, const struct slot_request *req,
    struct unlocking *u, size_t *index, struct err *e)
{
	for (size_t i = 0; i < SLOTS; i++) {
		if (h->slots[i].type != req->type ||
		    open_identity(h, i, req->pass, u, NULL) != RC_OK)
			continue;
		*index = i;
		return RC_OK;
	}
	return err_set(e, RC_PASSPHRASE, "the store does not open with %s; "
	    "look for the latest one: only that opens it",
	    req->type == SLOT_PAIR ? "these two codes" : "this code");
}

/* A reset that was interrupted leaves two slots of one name: each is tried. */
static enum rc
open_by_name(const struct header *h, const struct slot_request *req,
    struct unlocking *u, size_t *index, struct err *e)
{
	unsigned char tag[16];
	enum rc rc = check_choice(h, req->user, tag, e);

	if (rc != RC_OK)
		return rc;
	rc = err_set(e, RC_PASSPHRASE, "name or passphrase not accepted; "
	    "check the spelling of both");
	for (size_t i = 0; i < SLOTS && rc == RC_PASSPHRASE; i++) {
		if (!is_of(&h->slots[i], req->user, tag))
			continue;
		*index = i;
		rc = check_cost(&h->slots[i], &req->cost, e);
		if (rc == RC_OK)
			rc = open_identity(h, i, req->pass, u, e);
	}
	return rc;
}

static enum rc
guarded(struct unlocking **u, struct err *e)
{
	*u = sodium_malloc(sizeof(**u));
	return *u != NULL ? RC_OK : err_set(e, RC_NOMEM, "no protected memory "
	    "for keys; close other programs and try again");
}

enum rc
slot_unlock(const struct header *h, const struct slot_request *req,
    struct keys *keys, size_t *index, struct err *e)
{
	unsigned char pk[32];
	struct unlocking *u;
	enum rc rc = guarded(&u, e);

	if (rc != RC_OK)
		return rc;
	rc = slot_by_code(req->type) ? open_by_code(h, req, u, index, e) :
	    open_by_name(h, req, u, index, e);
	if (rc == RC_OK) {
		crypto_sign_seed_keypair(pk, keys->ed_sk, u->identity);
		memcpy(keys->x_sk, u->identity + 32, 32);
		memcpy(keys->root_pk, u->identity + 64, 32);
		rc = open_grant(h, *index, keys, e);
	}
	sodium_free(u);
	return rc;
}

enum rc
slot_try(const struct header *h, size_t index,
    const struct slot_request *req, struct err *e)
{
	struct unlocking *u;
	enum rc rc = check_cost(&h->slots[index], &req->cost, e);

	if (rc == RC_OK)
		rc = guarded(&u, e);
	if (rc != RC_OK)
		return rc;
	rc = open_identity(h, index, req->pass, u, e);
	sodium_free(u);
	return rc;
}
