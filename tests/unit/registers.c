/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/registers.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/introduced.h"
#include "core/xalloc.h"

static const char *const names[PEOPLE] = {"Ilse Marwood", "Oda Fennimore",
    "Ada Invented", "Ben Fictive", "Cleo Madeup", "Maeve Imagined"};

/* ---- writing in a register ---- */

static void
found(struct stores *st, struct book *b, enum who founder, unsigned char id)
{
	unsigned char seed[32];

	memset(seed, 100 + id, sizeof(seed));
	crypto_sign_seed_keypair(b->g.root_pk, b->root_sk, seed);
	memset(b->g.uuid, id, sizeof(b->g.uuid));
	b->founder = founder;
	roster_init(&b->r);
	roster_found(&b->r, &st->key[founder], &b->g);
}

/* Takes body; released by the caller. */
struct entry
reg_entry_of(struct stores *st, const struct book *b, enum who who, int64_t at,
    const char *kind, json_t *body)
{
	struct entry e = {.at = at, .n = ++st->n[who]};

	e.author = st->key[who];
	e.prev = st->head[who];
	e.case_id = case_id_register();
	e.on = span_none();
	memcpy(e.kind, kind, strlen(kind) + 1);
	if (st->grant && grant_needed(kind) &&
	    (e.n > 2 || who != b->founder))
		grant_sign(&b->g, b->root_sk, &e, body);
	e.body = entry_canonical_body(body);
	entry_seal_id(&e);
	st->head[who] = e.id;
	json_decref(body);
	return e;
}

static void
keep_record(struct stores *st, const struct entry *e, bool founding)
{
	unsigned char message[SEAL_LEN], seal[64];

	seal_message(&e->author, e->n, &e->id, message);
	for (int who = 0; who < PEOPLE; who++)
		if (memcmp(st->key[who].b, e->author.b, AUTHOR_LEN) == 0)
			crypto_sign_detached(seal, NULL, message,
			    sizeof(message), st->sk[who]);
	/* One seal a transaction: the founding is sealed at its end. */
	json_array_append_new(st->records, introduced_record(e,
	    founding && st->seal && e->n == 2 ? seal : NULL));
}

void
reg_write_in(struct stores *st, struct book *b, enum who who, int64_t at,
    const char *kind, json_t *body)
{
	struct entry e = reg_entry_of(st, b, who, at, kind, body);

	roster_apply(&b->r, &e);
	if (b != &st->ours && introduced_kind(kind))
		keep_record(st, &e, who == b->founder && e.n <= 2);
	entry_release(&e);
}

json_t *
reg_about(const struct stores *st, enum who who)
{
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(st->key[who].b, AUTHOR_LEN, hex);
	return json_pack("{s:s}", "key", hex);
}

json_t *
reg_user_body(const struct stores *st, enum who who)
{
	json_t *body = reg_about(st, who);
	char box[65];

	hex_format(st->key[who].b, 32, box);
	(void)json_object_set_new(body, "name", json_string(names[who]));
	(void)json_object_set_new(body, "box", json_string(box));
	return body;
}

json_t *
reg_role_body(const struct stores *st, enum who who, const char *role)
{
	json_t *body = reg_about(st, who);

	(void)json_object_set_new(body, "role", json_string(role));
	return body;
}

json_t *
reg_end_body(const struct stores *st, enum who who, uint64_t after)
{
	json_t *body = reg_about(st, who);

	(void)json_object_set_new(body, "reason", json_string("left"));
	(void)json_object_set_new(body, "after",
	    json_integer((json_int_t)after));
	return body;
}

void
reg_let_in(struct stores *st, struct book *b, enum who by, int64_t at,
    enum who who, const char *role)
{
	reg_write_in(st, b, by, at, "user", reg_user_body(st, who));
	reg_write_in(st, b, by, at, "role", reg_role_body(st, who, role));
}

/* ---- what crosses ---- */

struct card
reg_card_of(const struct stores *st, const struct book *b, enum who who,
    enum role role)
{
	struct card c = {.role = role, .key = st->key[who],
	    .founder = st->key[b->founder]};

	c.name = xstrdup(names[who]);
	c.agency = xstrdup(b == &st->third ? "Hill Clinic" : "School");
	memcpy(c.box, st->key[who].b, sizeof(c.box));
	memcpy(c.store, b->g.uuid, sizeof(c.store));
	memcpy(c.root, b->g.root_pk, sizeof(c.root));
	return c;
}

/* Takes c. */
void
reg_trust_card(struct stores *st, enum who by, int64_t at, struct card c)
{
	json_t *body = card_body(&c, "telephone");

	card_release(&c);
	reg_write_in(st, &st->ours, by, at, "trust", body);
}

void
reg_trust(struct stores *st, int64_t at, const struct book *b, enum who who,
    enum role role)
{
	reg_trust_card(st, ILSE, at, reg_card_of(st, b, who, role));
}

json_t *
reg_introduction(const struct stores *st, const struct book *b)
{
	char hex[2 * GRANT_UUID_LEN + 1];

	hex_format(b->g.uuid, GRANT_UUID_LEN, hex);
	return json_pack("{s:s, s:O}", "store", hex, "entries", st->records);
}

/* All that was written there goes over, and no second time. */
void
reg_introduce(struct stores *st, int64_t at, const struct book *b)
{
	reg_write_in(
	    st, &st->ours, ODA, at, "introduced", reg_introduction(st, b));
	json_decref(st->records);
	st->records = json_array();
}

/* ---- asking ---- */

unsigned
reg_roles_at(struct stores *st, enum who who, uint64_t n, int64_t at)
{
	struct entry e = {.at = at, .n = n};

	e.author = st->key[who];
	e.on = span_none();
	return roster_entry_roles(&st->ours.r, &e);
}

unsigned
reg_roles(struct stores *st, enum who who, int64_t at)
{
	return reg_roles_at(st, who, st->n[who] + 1, at);
}

const struct roster_user *
reg_user(struct stores *st, enum who who)
{
	return roster_find(&st->ours.r, &st->key[who]);
}

bool
reg_allowed(struct stores *st, enum who who, int64_t at, const char *kind,
    json_t *body)
{
	struct entry e = reg_entry_of(st, &st->ours, who, at, kind, body);
	bool allows = roster_allows(&st->ours.r, &e);

	entry_release(&e);
	return allows;
}

/*
 * Ours: Ilse founded it, a supervisor; Oda is a practitioner.  Theirs: Ada
 * founded it, a practitioner; Ben is a supervisor.  A third: Cleo's.
 */
int
reg_make(void **state)
{
	struct stores *st = xcalloc(1, sizeof(*st));
	unsigned char seed[32];

	assert_true(sodium_init() >= 0);
	for (int who = 0; who < PEOPLE; who++) {
		memset(seed, 1 + who, sizeof(seed));
		crypto_sign_seed_keypair(st->key[who].b, st->sk[who], seed);
	}
	st->grant = st->seal = true;
	st->records = json_array();
	found(st, &st->ours, ILSE, 1);
	found(st, &st->theirs, ADA, 2);
	found(st, &st->third, CLEO, 3);
	reg_let_in(st, &st->ours, ILSE, 100, ILSE, "supervisor");
	reg_let_in(st, &st->ours, ILSE, 110, ODA, "practitioner");
	reg_let_in(st, &st->theirs, ADA, 100, ADA, "practitioner");
	reg_let_in(st, &st->theirs, ADA, 120, BEN, "supervisor");
	*state = st;
	return 0;
}

int
reg_unmake(void **state)
{
	struct stores *st = *state;

	roster_release(&st->ours.r);
	roster_release(&st->theirs.r);
	roster_release(&st->third.r);
	json_decref(st->records);
	free(st);
	return 0;
}
