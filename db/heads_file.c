/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file that remembers heads (remember.h says how it is laid out).
 */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/bytes.h"
#include "db/impl.h"
#include "db/remember.h"
#include "db/state.h"

#define LAYOUT 1u
#define NONCE_LEN crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_LEN crypto_aead_xchacha20poly1305_ietf_ABYTES
#define FRONT_LEN (8 + 4 + 4 + UUID_LEN + NONCE_LEN)
#define FIXED_LEN (8 + 8 + 8 + PLACE_LEN + 4)
#define HEAD_LEN (AUTHOR_LEN + 8 + ENTRY_ID_LEN)
#define NAME_MAX_HERE (2 * UUID_LEN + 1 + 16 + 1 + 16 + sizeof(".heads"))

static const unsigned char magic[8] = "HRKHEADS";

/* One purpose, one key: BLAKE2b under the person's own seed. */
static void
derive(const struct store *s, const char *purpose, unsigned char out[32])
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, s->keys->ed_sk, 32, 32);
	crypto_generichash_update(&h, (const unsigned char *)purpose,
	    strlen(purpose) + 1);
	crypto_generichash_update(&h, s->header.uuid, UUID_LEN);
	crypto_generichash_final(&h, out, 32);
	sodium_memzero(&h, sizeof(h));
}

/*
 * Names the store, and the person and the place only to whoever has their
 * key.
 */
static void
name_of(const struct store *s, bool away, char out[NAME_MAX_HERE])
{
	unsigned char tag[32], place[PLACE_LEN], hash[32];
	char *p = out + 2 * UUID_LEN + 17;

	derive(s, "hearken.heads.name.1", tag);
	hex_format(s->header.uuid, UUID_LEN, out);
	out[2 * UUID_LEN] = '-';
	hex_format(tag, 8, out + 2 * UUID_LEN + 1);
	if (away) {
		derive(s, "hearken.heads.place.1", tag);
		heads_place(s, place);
		crypto_generichash(hash, sizeof(hash), place, PLACE_LEN, tag,
		    sizeof(tag));
		*p++ = '-';
		hex_format(hash, 8, p);
		p += 16;
	}
	memcpy(p, ".heads", sizeof(".heads"));
}

static unsigned char *
put_front(const struct store *s, unsigned char *p)
{
	unsigned char nonce[NONCE_LEN];

	rng_fill(s->rng, nonce, sizeof(nonce));
	p = put_bytes(p, magic, sizeof(magic));
	p = put_uint(p, LAYOUT, 4);
	p = put_uint(p, 0, 4);
	p = put_bytes(p, s->header.uuid, UUID_LEN);
	return put_bytes(p, nonce, NONCE_LEN);
}

static void
put_heads(const struct heads *h, unsigned char *p)
{
	p = put_uint(p, h->generation, 8);
	p = put_uint(p, h->entries, 8);
	p = put_uint(p, (uint64_t)h->at, 8);
	p = put_bytes(p, h->place, PLACE_LEN);
	p = put_uint(p, h->n, 4);
	for (size_t i = 0; i < h->n; i++) {
		p = put_bytes(p, h->list[i].author.b, AUTHOR_LEN);
		p = put_uint(p, h->list[i].n, 8);
		p = put_bytes(p, h->list[i].id.b, ENTRY_ID_LEN);
	}
}

enum rc
heads_store(struct store *s, const struct heads *h, struct err *e)
{
	size_t body = FIXED_LEN + h->n * HEAD_LEN;
	size_t size = FRONT_LEN + body + TAG_LEN;
	unsigned char key[32], *p;
	char name[NAME_MAX_HERE];
	enum rc rc;

	if (h->n > HEADS_MAX)
		return err_set(e, RC_INPUT, "there are more authors than this "
		    "machine remembers");
	p = malloc(size);
	if (p == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to remember "
		    "the store's state");
	(void)put_front(s, p);
	put_heads(h, p + FRONT_LEN);
	derive(s, "hearken.heads.key.1", key);
	crypto_aead_xchacha20poly1305_ietf_encrypt(p + FRONT_LEN, NULL,
	    p + FRONT_LEN, body, p, FRONT_LEN, NULL,
	    p + FRONT_LEN - NONCE_LEN, key);
	sodium_memzero(key, sizeof(key));
	name_of(s, s->away, name);
	rc = state_write(s->state_dir, name, p, size, e);
	free(p);
	return rc;
}

static enum rc
unreadable(const struct store *s, struct err *e)
{
	return err_set(e, RC_DAMAGED, "what is remembered of the store in %s "
	    "was damaged or changed", s->state_dir);
}

/* p is opened already: its bytes are those that heads_store wrote. */
static enum rc
take_heads(const struct store *s, const unsigned char *p, size_t size,
    struct heads *out, struct err *e)
{
	uint64_t at, n;

	p = take_uint(p, &out->generation, 8);
	p = take_uint(p, &out->entries, 8);
	p = take_uint(p, &at, 8);
	out->at = (int64_t)at;
	p = take_bytes(p, out->place, PLACE_LEN);
	p = take_uint(p, &n, 4);
	if (n > HEADS_MAX || size != FIXED_LEN + n * HEAD_LEN)
		return unreadable(s, e);
	out->list = calloc(n + 1, sizeof(*out->list));
	if (out->list == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to read what "
		    "is remembered of the store");
	out->n = (size_t)n;
	for (size_t i = 0; i < out->n; i++) {
		p = take_bytes(p, out->list[i].author.b, AUTHOR_LEN);
		p = take_uint(p, &out->list[i].n, 8);
		p = take_bytes(p, out->list[i].id.b, ENTRY_ID_LEN);
	}
	return RC_OK;
}

static enum rc
open_file(const struct store *s, unsigned char *p, size_t n,
    struct heads *out, struct err *e)
{
	unsigned char key[32];
	uint64_t version;
	int bad;

	if (n < FRONT_LEN + FIXED_LEN + TAG_LEN ||
	    memcmp(p, magic, sizeof(magic)) != 0)
		return unreadable(s, e);
	(void)take_uint(p + sizeof(magic), &version, 4);
	if (version > LAYOUT)
		return err_set(e, RC_NEWER, "what is remembered of the store "
		    "in %s was written by a newer version of Hearken",
		    s->state_dir);
	derive(s, "hearken.heads.key.1", key);
	bad = crypto_aead_xchacha20poly1305_ietf_decrypt(p + FRONT_LEN, NULL,
	    NULL, p + FRONT_LEN, n - FRONT_LEN, p, FRONT_LEN,
	    p + FRONT_LEN - NONCE_LEN, key);
	sodium_memzero(key, sizeof(key));
	if (bad != 0)
		return unreadable(s, e);
	return take_heads(s, p + FRONT_LEN, n - FRONT_LEN - TAG_LEN, out, e);
}

static enum rc
load_named(const struct store *s, bool away, struct heads *out, struct err *e)
{
	char name[NAME_MAX_HERE];
	unsigned char *p;
	size_t n = 0;
	enum rc rc;

	memset(out, 0, sizeof(*out));
	name_of(s, away, name);
	rc = state_read(s->state_dir, name, &p, &n, e);
	if (rc != RC_OK)
		return rc;
	rc = open_file(s, p, n, out, e);
	sodium_memzero(p, n);
	free(p);
	if (rc != RC_OK)
		heads_release(out);
	return rc;
}

enum rc
heads_load(struct store *s, struct heads *out, struct err *e)
{
	unsigned char here[PLACE_LEN];
	struct heads own;
	enum rc rc = load_named(s, false, out, e);

	heads_place(s, here);
	s->away = rc == RC_OK && memcmp(here, out->place, PLACE_LEN) != 0;
	if (!s->away)
		return rc;
	rc = load_named(s, true, &own, e);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	heads_release(out);
	if (rc == RC_OK)
		*out = own;
	return rc;
}
