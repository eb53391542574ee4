/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a bundle says of the people of another store, before anything of it is
 * proved.  Of a store whose root key nobody has, nothing is ever news, and
 * nobody but those whose cards are known is there.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/card.h"
#include "core/introduced.h"
#include "core/roster.h"

static const unsigned char uuid[GRANT_UUID_LEN] = {2};

/* A roster that knows one card of the store with that uuid. */
static void
roster_make(struct roster *r)
{
	struct grantor g = {.uuid = {1}};
	struct entry e = {.n = 3, .at = 5};
	struct card c = {.role = ROLE_SUPERVISOR, .key = {{3}},
	    .root = {4}, .founder = {{3}}};
	unsigned char seed[32] = {9}, sk[64];
	json_t *body;

	crypto_sign_seed_keypair(g.root_pk, sk, seed);
	crypto_sign_seed_keypair(c.root, sk, seed);
	roster_init(r);
	r->proven = true;
	roster_found(r, &e.author, &g);
	c.root[0] ^= 1;
	memcpy(c.store, uuid, sizeof(uuid));
	c.name = strdup("Ada Invented");
	c.agency = strdup("School");
	body = card_body(&c, "person");
	e.n = 1;
	memcpy(e.kind, "trust", 6);
	e.body = entry_canonical_body(body);
	roster_apply(r, &e);
	HOLDS(r->nusers == 1);
	json_decref(body);
	entry_release(&e);
	card_release(&c);
}

static void
try_record(const json_t *record)
{
	struct introduced in, again;
	json_t *copy;

	if (!introduced_read(record, &in))
		return;
	HOLDS(entry_id_holds(&in.entry));
	copy = introduced_record(&in.entry, in.sealed ? in.seal : NULL);
	HOLDS(introduced_read(copy, &again));
	HOLDS(entry_id_equal(&in.entry.id, &again.entry.id));
	HOLDS(in.sealed == again.sealed);
	introduced_release(&again);
	introduced_release(&in);
	json_decref(copy);
}

static void
try_body(json_t *body)
{
	const json_t *entries = json_object_get(body, "entries");
	struct roster r;
	char hex[2 * sizeof(uuid) + 1];

	for (size_t i = 0; i < json_array_size(entries); i++)
		try_record(json_array_get(entries, i));
	try_record(body);
	hex_format(uuid, sizeof(uuid), hex);
	if (json_is_object(body))
		(void)json_object_set_new(body, "store", json_string(hex));
	roster_make(&r);
	HOLDS(roster_news(&r, body) == NULL);
	HOLDS(r.nusers == 1);
	roster_release(&r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	json_t *body;
	char *text;

	if (n > 65536 || sodium_init() < 0)
		return 0;
	text = fuzz_text(data, n);
	body = entry_body_parse(text);
	if (body != NULL)
		try_body(body);
	json_decref(body);
	free(text);
	return 0;
}
