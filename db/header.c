/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/header.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/bytes.h"

#define MAC_AT (HEADER_COPY - 64)
#define SUM_AT (HEADER_COPY - 32)
#define SLOTS_AT 512u
#define SLOT_SIZE 1024u

static const unsigned char magic[8] = {
	'H', 'E', 'A', 'R', 'K', 'E', 'N', '\n'
};

static void
format_slot(const struct slot *s, unsigned char *p)
{
	p = put_uint(p, s->type, 1);
	p = put_uint(p, s->has_root ? 1 : 0, 1);
	p = put_uint(p, s->must_change ? 1 : 0, 1);
	p = put_uint(p, s->pending ? 1 : 0, 1);
	p = put_uint(p, s->role, 4);
	p = put_uint(p, s->epoch, 4);
	p = put_uint(p, 0, 4);
	p = put_uint(p, s->ops, 8);
	p = put_uint(p, s->mem, 8);
	p = put_bytes(p, s->tag, sizeof(s->tag));
	p = put_bytes(p, s->salt, sizeof(s->salt));
	p = put_bytes(p, s->nonce, sizeof(s->nonce));
	p = put_bytes(p, s->ed_pk, sizeof(s->ed_pk));
	p = put_bytes(p, s->x_pk, sizeof(s->x_pk));
	p = put_bytes(p, s->identity, sizeof(s->identity));
	p = put_bytes(p, s->master, sizeof(s->master));
	p = put_bytes(p, s->root, sizeof(s->root));
	put_bytes(p, s->grant, sizeof(s->grant));
}

static void
parse_slot(struct slot *s, const unsigned char *p)
{
	uint64_t v;

	p = take_uint(p, &v, 1);
	s->type = (uint8_t)v;
	p = take_uint(p, &v, 1);
	s->has_root = v != 0;
	p = take_uint(p, &v, 1);
	s->must_change = v != 0;
	p = take_uint(p, &v, 1);
	s->pending = v != 0;
	p = take_uint(p, &v, 4);
	s->role = (uint32_t)v;
	p = take_uint(p, &v, 4);
	s->epoch = (uint32_t)v;
	p += 4;
	p = take_uint(p, &s->ops, 8);
	p = take_uint(p, &s->mem, 8);
	p = take_bytes(p, s->tag, sizeof(s->tag));
	p = take_bytes(p, s->salt, sizeof(s->salt));
	p = take_bytes(p, s->nonce, sizeof(s->nonce));
	p = take_bytes(p, s->ed_pk, sizeof(s->ed_pk));
	p = take_bytes(p, s->x_pk, sizeof(s->x_pk));
	p = take_bytes(p, s->identity, sizeof(s->identity));
	p = take_bytes(p, s->master, sizeof(s->master));
	p = take_bytes(p, s->root, sizeof(s->root));
	take_bytes(p, s->grant, sizeof(s->grant));
}

void
header_format(const struct header *h, const unsigned char mac_key[32],
    unsigned char out[HEADER_COPY])
{
	unsigned char *p = out;

	memset(out, 0, HEADER_COPY);
	p = put_bytes(p, magic, sizeof(magic));
	p = put_uint(p, h->version, 4);
	p = put_uint(p, 0, 4);
	p = put_uint(p, h->generation, 8);
	p = put_bytes(p, h->uuid, sizeof(h->uuid));
	p = put_bytes(p, h->cipher, sizeof(h->cipher));
	p = put_bytes(p, h->root_pk, sizeof(h->root_pk));
	put_bytes(p, h->founder, sizeof(h->founder));
	for (size_t i = 0; i < SLOTS; i++)
		format_slot(&h->slots[i], out + SLOTS_AT + i * SLOT_SIZE);
	crypto_generichash(out + MAC_AT, 32, out, MAC_AT, mac_key, 32);
	crypto_generichash(out + SUM_AT, 32, out, SUM_AT, NULL, 0);
}

bool
header_has_magic(const unsigned char bytes[HEADER_COPY])
{
	return memcmp(bytes, magic, sizeof(magic)) == 0;
}

enum header_state
header_parse(const unsigned char bytes[HEADER_COPY], struct header *out)
{
	unsigned char sum[32];
	const unsigned char *p = bytes + sizeof(magic);
	uint64_t version;

	if (!header_has_magic(bytes))
		return HEADER_FOREIGN;
	crypto_generichash(sum, 32, bytes, SUM_AT, NULL, 0);
	if (memcmp(sum, bytes + SUM_AT, 32) != 0)
		return HEADER_BAD;
	p = take_uint(p, &version, 4);
	if (version > HEADER_VERSION)
		return HEADER_NEWER;
	if (version == 0)
		return HEADER_BAD;
	memset(out, 0, sizeof(*out));
	out->version = (uint32_t)version;
	p = take_uint(p + 4, &out->generation, 8);
	p = take_bytes(p, out->uuid, sizeof(out->uuid));
	p = take_bytes(p, out->cipher, sizeof(out->cipher));
	out->cipher[CIPHER_NAME_MAX - 1] = '\0';
	p = take_bytes(p, out->root_pk, sizeof(out->root_pk));
	take_bytes(p, out->founder, sizeof(out->founder));
	for (size_t i = 0; i < SLOTS; i++)
		parse_slot(&out->slots[i], bytes + SLOTS_AT + i * SLOT_SIZE);
	return HEADER_SOUND;
}

bool
header_mac_holds(const unsigned char bytes[HEADER_COPY],
    const unsigned char mac_key[32])
{
	unsigned char mac[32];

	crypto_generichash(mac, 32, bytes, MAC_AT, mac_key, 32);
	return sodium_memcmp(mac, bytes + MAC_AT, 32) == 0;
}

enum rc
header_save(const struct header_io *io, const struct header *h,
    const unsigned char mac_key[32], unsigned first, struct err *e)
{
	unsigned char *bytes = malloc(HEADER_COPY);
	enum rc rc = RC_OK;

	if (bytes == NULL)
		return err_set(e, RC_NOMEM, "no memory for the store's header");
	header_format(h, mac_key, bytes);
	for (unsigned i = 0; i < 2 && rc == RC_OK; i++) {
		rc = io->write(io->ctx,
		    (uint64_t)((first + i) % 2) * HEADER_COPY, bytes,
		    HEADER_COPY, e);
		if (rc == RC_OK)
			rc = io->sync(io->ctx, e);
	}
	free(bytes);
	return rc;
}

size_t
header_slots(const struct header *h)
{
	size_t n = 0;

	for (size_t i = 0; i < SLOTS; i++)
		n += h->slots[i].type == SLOT_PASSPHRASE;
	return n;
}
