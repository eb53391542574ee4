/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/grant.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_LEN (16 + GRANT_UUID_LEN + AUTHOR_LEN + 8 + 8 + 32)

static void
hash_body(const char *kind, const json_t *body, unsigned char out[32])
{
	crypto_generichash_state h;
	json_t *bare = json_copy((json_t *)(uintptr_t)body);
	char *text;

	(void)json_object_del(bare, "grant");
	text = entry_canonical_body(bare);
	crypto_generichash_init(&h, NULL, 0, 32);
	crypto_generichash_update(&h, (const unsigned char *)kind,
	    strlen(kind) + 1);
	crypto_generichash_update(&h, (const unsigned char *)text,
	    strlen(text));
	crypto_generichash_final(&h, out, 32);
	free(text);
	json_decref(bare);
}

static unsigned char *
put_number(unsigned char *p, uint64_t v)
{
	for (size_t i = 0; i < 8; i++)
		*p++ = (unsigned char)(v >> (8 * i) & 255u);
	return p;
}

static void
message(const struct grantor *g, const struct entry *e,
    const unsigned char hash[32], unsigned char out[MESSAGE_LEN])
{
	unsigned char *p = out;

	memcpy(p, "hearken.right.1", 16);
	memcpy(p += 16, g->uuid, GRANT_UUID_LEN);
	memcpy(p += GRANT_UUID_LEN, e->author.b, AUTHOR_LEN);
	p = put_number(p + AUTHOR_LEN, e->n);
	p = put_number(p, (uint64_t)e->at);
	memcpy(p, hash, 32);
}

void
grant_sign(const struct grantor *g, const unsigned char root_sk[64],
    const struct entry *e, json_t *body)
{
	unsigned char hash[32], text[MESSAGE_LEN];
	unsigned char sig[crypto_sign_BYTES];
	char hex[2 * crypto_sign_BYTES + 1];

	hash_body(e->kind, body, hash);
	message(g, e, hash, text);
	crypto_sign_detached(sig, NULL, text, sizeof(text), root_sk);
	hex_format(sig, sizeof(sig), hex);
	(void)json_object_set_new(body, "grant", json_string(hex));
}

bool
grant_holds(const struct grantor *g, const struct entry *e,
    const json_t *body)
{
	const char *hex = json_string_value(json_object_get(body, "grant"));
	unsigned char hash[32], text[MESSAGE_LEN];
	unsigned char sig[crypto_sign_BYTES];

	if (hex == NULL || !hex_parse(hex, sig, sizeof(sig)))
		return false;
	hash_body(e->kind, body, hash);
	message(g, e, hash, text);
	return crypto_sign_verify_detached(sig, text, sizeof(text),
	    g->root_pk) == 0;
}

bool
grant_needed(const char *kind)
{
	return strcmp(kind, "user") == 0 || strcmp(kind, "role") == 0 ||
	    strcmp(kind, "revoke") == 0 || strcmp(kind, "trust") == 0 ||
	    strcmp(kind, "distrust") == 0 || strcmp(kind, "purpose") == 0;
}
