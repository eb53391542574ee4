/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People of other stores: what their entries count as here, by our cards and
 * by what their own store's register says; and whatever somebody there may
 * try to count for more.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/card.h"
#include "core/introduced.h"
#include "core/kinds.h"
#include "core/roster.h"
#include "core/xalloc.h"

enum who { ILSE, ODA, ADA, BEN, CLEO, MAEVE, PEOPLE };

/* One store as its own people have it. */
struct book {
	struct roster r;
	struct grantor g;
	unsigned char root_sk[64];
	enum who founder;
};

struct stores {
	struct author_id key[PEOPLE];
	unsigned char sk[PEOPLE][64];
	uint64_t n[PEOPLE];
	struct entry_id head[PEOPLE];
	bool grant;		/* whether entries carry one */
	bool seal;		/* whether the founding is sealed */
	struct book ours, theirs, third;
	json_t *records;	/* of their register, as they travel */
};

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
static struct entry
entry_of(struct stores *st, const struct book *b, enum who who, int64_t at,
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

static void
write_in(struct stores *st, struct book *b, enum who who, int64_t at,
    const char *kind, json_t *body)
{
	struct entry e = entry_of(st, b, who, at, kind, body);

	roster_apply(&b->r, &e);
	if (b != &st->ours && introduced_kind(kind))
		keep_record(st, &e, who == b->founder && e.n <= 2);
	entry_release(&e);
}

static json_t *
about(const struct stores *st, enum who who)
{
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(st->key[who].b, AUTHOR_LEN, hex);
	return json_pack("{s:s}", "key", hex);
}

static json_t *
user_body(const struct stores *st, enum who who)
{
	json_t *body = about(st, who);
	char box[65];

	hex_format(st->key[who].b, 32, box);
	(void)json_object_set_new(body, "name", json_string(names[who]));
	(void)json_object_set_new(body, "box", json_string(box));
	return body;
}

static json_t *
role_body(const struct stores *st, enum who who, const char *role)
{
	json_t *body = about(st, who);

	(void)json_object_set_new(body, "role", json_string(role));
	return body;
}

static json_t *
end_body(const struct stores *st, enum who who, uint64_t after)
{
	json_t *body = about(st, who);

	(void)json_object_set_new(body, "reason", json_string("left"));
	(void)json_object_set_new(body, "after",
	    json_integer((json_int_t)after));
	return body;
}

static void
let_in(struct stores *st, struct book *b, enum who by, int64_t at,
    enum who who, const char *role)
{
	write_in(st, b, by, at, "user", user_body(st, who));
	write_in(st, b, by, at, "role", role_body(st, who, role));
}

/* ---- what crosses ---- */

static struct card
card_of(const struct stores *st, const struct book *b, enum who who,
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
static void
trust_card(struct stores *st, enum who by, int64_t at, struct card c)
{
	json_t *body = card_body(&c, "telephone");

	card_release(&c);
	write_in(st, &st->ours, by, at, "trust", body);
}

static void
trust(struct stores *st, int64_t at, const struct book *b, enum who who,
    enum role role)
{
	trust_card(st, ILSE, at, card_of(st, b, who, role));
}

static json_t *
introduction(const struct stores *st, const struct book *b)
{
	char hex[2 * GRANT_UUID_LEN + 1];

	hex_format(b->g.uuid, GRANT_UUID_LEN, hex);
	return json_pack("{s:s, s:O}", "store", hex, "entries", st->records);
}

/* All that was written there goes over, and no second time. */
static void
introduce(struct stores *st, int64_t at, const struct book *b)
{
	write_in(st, &st->ours, ODA, at, "introduced", introduction(st, b));
	json_decref(st->records);
	st->records = json_array();
}

/* ---- asking ---- */

static unsigned
roles_at(struct stores *st, enum who who, uint64_t n, int64_t at)
{
	struct entry e = {.at = at, .n = n};

	e.author = st->key[who];
	e.on = span_none();
	return roster_entry_roles(&st->ours.r, &e);
}

static unsigned
roles(struct stores *st, enum who who, int64_t at)
{
	return roles_at(st, who, st->n[who] + 1, at);
}

static const struct roster_user *
user(struct stores *st, enum who who)
{
	return roster_find(&st->ours.r, &st->key[who]);
}

static bool
allowed(struct stores *st, enum who who, int64_t at, const char *kind,
    json_t *body)
{
	struct entry e = entry_of(st, &st->ours, who, at, kind, body);
	bool allows = roster_allows(&st->ours.r, &e);

	entry_release(&e);
	return allows;
}

/*
 * Ours: Ilse founded it, a supervisor; Oda is a practitioner.  Theirs: Ada
 * founded it, a practitioner; Ben is a supervisor.  A third: Cleo's.
 */
static int
make(void **state)
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
	let_in(st, &st->ours, ILSE, 100, ILSE, "supervisor");
	let_in(st, &st->ours, ILSE, 110, ODA, "practitioner");
	let_in(st, &st->theirs, ADA, 100, ADA, "practitioner");
	let_in(st, &st->theirs, ADA, 120, BEN, "supervisor");
	*state = st;
	return 0;
}

static int
unmake(void **state)
{
	struct stores *st = *state;

	roster_release(&st->ours.r);
	roster_release(&st->theirs.r);
	roster_release(&st->third.r);
	json_decref(st->records);
	free(st);
	return 0;
}

/* ---- what they count as ---- */

static void
a_card_gives_its_role(void **state)
{
	struct stores *st = *state;

	assert_int_equal(roles(st, ADA, 500), 0);
	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	assert_int_equal(roles(st, ADA, 500), ROLE_PRACTITIONER);
	assert_int_equal(roles(st, ADA, 50), ROLE_PRACTITIONER);
	assert_true(user(st, ADA)->abroad);
	assert_string_equal(roster_name(&st->ours.r, &st->key[ADA]),
	    "Ada Invented (School)");
	assert_null(roster_by_name(&st->ours.r, "Ada Invented"));
	assert_null(roster_by_name(&st->ours.r, "Ada Invented (School)"));
	assert_null(roster_own(&st->ours.r, &st->key[ADA]));
	assert_null(user(st, BEN));
}

static void
whom_their_store_names_is_a_practitioner(void **state)
{
	struct stores *st = *state;

	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	introduce(st, 210, &st->theirs);
	assert_non_null(user(st, BEN));
	assert_string_equal(user(st, BEN)->name, "Ben Fictive (School)");
	assert_int_equal(roles(st, BEN, 500), ROLE_PRACTITIONER);
	assert_int_equal(roles(st, BEN, 119), 0);
	/* A card of his own makes him what he is, also what came before. */
	trust(st, 300, &st->theirs, BEN, ROLE_SUPERVISOR);
	assert_int_equal(roles(st, BEN, 250), ROLE_SUPERVISOR);
	assert_int_equal(roles(st, BEN, 119), 0);
}

static void
an_auditor_there_writes_nothing_here(void **state)
{
	struct stores *st = *state;

	let_in(st, &st->theirs, ADA, 130, MAEVE, "auditor");
	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	introduce(st, 210, &st->theirs);
	assert_int_equal(roles(st, MAEVE, 500), 0);
	write_in(st, &st->theirs, ADA, 300, "role", role_body(st, MAEVE,
	    "trainer"));
	introduce(st, 310, &st->theirs);
	assert_int_equal(roles(st, MAEVE, 500), ROLE_TRAINER);
}

static void
a_later_card_holds_from_then_on(void **state)
{
	struct stores *st = *state;
	struct card c = card_of(st, &st->theirs, BEN, ROLE_PRACTITIONER);

	trust(st, 200, &st->theirs, BEN, ROLE_PRACTITIONER);
	trust(st, 300, &st->theirs, BEN, ROLE_SUPERVISOR);
	assert_int_equal(roles(st, BEN, 299), ROLE_PRACTITIONER);
	assert_int_equal(roles(st, BEN, 300), ROLE_SUPERVISOR);
	free(c.agency);
	c.agency = xstrdup("Other School");
	trust_card(st, ILSE, 400, c);
	assert_int_equal(roles(st, BEN, 400), ROLE_PRACTITIONER);
	assert_string_equal(user(st, BEN)->agency, "Other School");
}

/* A role taken away is taken from what was not known here by then, too. */
static void
nobody_dates_back_behind_a_later_card(void **state)
{
	struct stores *st = *state;
	struct card c = card_of(st, &st->theirs, BEN, ROLE_PRACTITIONER);
	json_t *body = card_body(&c, "person");

	trust(st, 200, &st->theirs, BEN, ROLE_SUPERVISOR);
	(void)json_object_set_new(body, "after", json_integer(7));
	write_in(st, &st->ours, ILSE, 300, "trust", body);
	assert_int_equal(roles_at(st, BEN, 7, 250), ROLE_SUPERVISOR);
	assert_int_equal(roles_at(st, BEN, 8, 250), ROLE_PRACTITIONER);
	assert_int_equal(roles_at(st, BEN, 7, 350), ROLE_PRACTITIONER);
	card_release(&c);
}

static void
a_card_is_no_more_than_their_store_says(void **state)
{
	struct stores *st = *state;
	json_t *body;

	trust(st, 200, &st->theirs, ADA, ROLE_SUPERVISOR);
	assert_int_equal(roles(st, ADA, 500), ROLE_SUPERVISOR);
	introduce(st, 210, &st->theirs);
	assert_int_equal(roles(st, ADA, 500), ROLE_PRACTITIONER);
	trust(st, 220, &st->theirs, BEN, ROLE_SUPERVISOR);
	assert_int_equal(roles(st, BEN, 500), ROLE_SUPERVISOR);
	/* Their own demotion travels, with its place in the chain. */
	st->n[BEN] = 4;
	body = role_body(st, BEN, "practitioner");
	(void)json_object_set_new(body, "after", json_integer(4));
	write_in(st, &st->theirs, ADA, 400, "role", body);
	introduce(st, 410, &st->theirs);
	assert_int_equal(roles_at(st, BEN, 4, 399), ROLE_SUPERVISOR);
	assert_int_equal(roles_at(st, BEN, 5, 399), ROLE_PRACTITIONER);
	assert_int_equal(roles_at(st, BEN, 4, 400), ROLE_PRACTITIONER);
}

/* ---- ending ---- */

static void
an_end_there_travels(void **state)
{
	struct stores *st = *state;

	trust(st, 200, &st->theirs, BEN, ROLE_SUPERVISOR);
	introduce(st, 210, &st->theirs);
	st->n[BEN] = 6;
	write_in(st, &st->theirs, ADA, 400, "revoke", end_body(st, BEN, 6));
	assert_int_equal(roles_at(st, BEN, 7, 399), ROLE_SUPERVISOR);
	introduce(st, 450, &st->theirs);
	assert_int_equal(roles_at(st, BEN, 6, 399), ROLE_SUPERVISOR);
	assert_int_equal(roles_at(st, BEN, 7, 399), 0);
	assert_int_equal(roles_at(st, BEN, 6, 401), 0);
	assert_int_equal(roster_at_home(&st->ours.r, user(st, BEN))->revoked,
	    400);
	/* No card brings the key back. */
	trust(st, 500, &st->theirs, BEN, ROLE_SUPERVISOR);
	assert_int_equal(roles(st, BEN, 600), 0);
}

static void
who_is_ended_here_writes_no_more(void **state)
{
	struct stores *st = *state;

	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	introduce(st, 210, &st->theirs);
	write_in(st, &st->ours, ILSE, 400, "distrust", end_body(st, ADA, 9));
	assert_int_equal(roles_at(st, ADA, 9, 400), ROLE_PRACTITIONER);
	assert_int_equal(roles_at(st, ADA, 10, 300), 0);
	assert_int_equal(roles_at(st, ADA, 9, 401), 0);
	/* Neither a card nor their store undoes it. */
	trust(st, 500, &st->theirs, ADA, ROLE_SUPERVISOR);
	introduce(st, 510, &st->theirs);
	assert_int_equal(roles_at(st, ADA, 9, 600), 0);
	assert_int_equal(roles_at(st, BEN, 1, 600), ROLE_PRACTITIONER);
}

/* Without a card that stands nobody there is heard any more. */
static void
a_store_without_a_card_says_nothing(void **state)
{
	struct stores *st = *state;

	introduce(st, 150, &st->theirs);
	assert_null(user(st, BEN));
	assert_false(roster_knows_store(&st->ours.r, st->theirs.g.uuid));
	let_in(st, &st->theirs, ADA, 160, MAEVE, "practitioner");
	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	assert_true(roster_knows_store(&st->ours.r, st->theirs.g.uuid));
	write_in(st, &st->ours, ILSE, 300, "distrust", end_body(st, ADA, 2));
	assert_false(roster_knows_store(&st->ours.r, st->theirs.g.uuid));
	introduce(st, 400, &st->theirs);
	assert_null(user(st, MAEVE));
}

/* ---- what may be tried ---- */

static void
without_our_grant_a_card_is_nothing(void **state)
{
	struct stores *st = *state;

	st->grant = false;
	trust(st, 200, &st->theirs, ADA, ROLE_SUPERVISOR);
	assert_null(user(st, ADA));
	st->grant = true;
	trust(st, 210, &st->theirs, ADA, ROLE_PRACTITIONER);
	st->grant = false;
	trust(st, 220, &st->theirs, ADA, ROLE_SUPERVISOR);
	write_in(st, &st->ours, ILSE, 230, "distrust", end_body(st, ADA, 0));
	assert_int_equal(roles(st, ADA, 500), ROLE_PRACTITIONER);
}

/* With the root key at hand, but without the role that may let in. */
static void
a_practitioner_takes_no_card_in(void **state)
{
	struct stores *st = *state;

	trust_card(st, ODA, 200, card_of(st, &st->theirs, ADA,
	    ROLE_SUPERVISOR));
	assert_null(user(st, ADA));
}

/* Their root key, their founder, our register: none of it is theirs. */
static void
nobody_abroad_writes_in_our_register(void **state)
{
	struct stores *st = *state;

	trust(st, 200, &st->theirs, BEN, ROLE_SUPERVISOR);
	introduce(st, 210, &st->theirs);
	assert_true(allowed(st, BEN, 300, "review", json_pack("{s:s}",
	    "decision", "agree")));
	assert_false(allowed(st, BEN, 300, "setting", json_pack("{s:s, s:s}",
	    "name", "backup-days", "value", "14")));
	/* Even were our own root key in their hands. */
	assert_false(allowed(st, BEN, 300, "role", role_body(st, BEN,
	    "administrator")));
	assert_false(allowed(st, BEN, 300, "introduced", introduction(st,
	    &st->theirs)));
	let_in(st, &st->ours, BEN, 310, MAEVE, "supervisor");
	write_in(st, &st->ours, BEN, 320, "revoke", end_body(st, ILSE, 0));
	trust_card(st, BEN, 330, card_of(st, &st->third, CLEO,
	    ROLE_SUPERVISOR));
	assert_null(user(st, MAEVE));
	assert_null(user(st, CLEO));
	assert_int_equal(roles(st, ILSE, 500), ROLE_SUPERVISOR);
	/* Nor do our own entries about people of ours reach them. */
	write_in(st, &st->ours, ILSE, 340, "role", role_body(st, BEN,
	    "administrator"));
	write_in(st, &st->ours, ILSE, 350, "revoke", end_body(st, BEN, 0));
	assert_int_equal(roles(st, BEN, 500), ROLE_SUPERVISOR);
}

/* Their register may call anybody supervisor; here that is a practitioner. */
static void
a_self_made_supervisor_is_none_here(void **state)
{
	struct stores *st = *state;

	write_in(st, &st->theirs, ADA, 130, "role", role_body(st, ADA,
	    "supervisor"));
	let_in(st, &st->theirs, ADA, 140, MAEVE, "supervisor");
	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	introduce(st, 210, &st->theirs);
	assert_int_equal(roles(st, ADA, 500), ROLE_PRACTITIONER);
	assert_int_equal(roles(st, MAEVE, 500), ROLE_PRACTITIONER);
	assert_int_equal(roles(st, BEN, 500), ROLE_PRACTITIONER);
}

/* Two stores by name: what one says of the other's people ends nobody. */
static void
one_store_says_nothing_of_anothers_people(void **state)
{
	struct stores *st = *state;

	trust(st, 200, &st->theirs, BEN, ROLE_SUPERVISOR);
	introduce(st, 210, &st->theirs);
	let_in(st, &st->third, CLEO, 220, CLEO, "supervisor");
	let_in(st, &st->third, CLEO, 221, BEN, "auditor");
	let_in(st, &st->third, CLEO, 222, ADA, "auditor");
	let_in(st, &st->third, CLEO, 223, ILSE, "auditor");
	let_in(st, &st->third, CLEO, 224, ODA, "supervisor");
	write_in(st, &st->third, CLEO, 230, "revoke", end_body(st, BEN, 0));
	write_in(st, &st->third, CLEO, 231, "revoke", end_body(st, ADA, 0));
	write_in(st, &st->third, CLEO, 232, "revoke", end_body(st, ILSE, 0));
	trust(st, 300, &st->third, CLEO, ROLE_SUPERVISOR);
	introduce(st, 310, &st->third);
	assert_int_equal(roles(st, CLEO, 500), ROLE_SUPERVISOR);
	assert_int_equal(roles(st, BEN, 500), ROLE_SUPERVISOR);
	assert_int_equal(roles(st, ADA, 500), ROLE_PRACTITIONER);
	assert_int_equal(roles(st, ILSE, 500), ROLE_SUPERVISOR);
	assert_int_equal(roles(st, ODA, 500), ROLE_PRACTITIONER);
	assert_string_equal(user(st, BEN)->name, "Ben Fictive (School)");
	assert_string_equal(user(st, ADA)->name, "Ada Invented (School)");
	assert_string_equal(user(st, ILSE)->name, "Ilse Marwood");
	assert_false(user(st, ILSE)->abroad);
}

/* Named before they are let in: our own people are ours all the same. */
static void
whoever_is_let_in_later_is_our_own(void **state)
{
	struct stores *st = *state;

	let_in(st, &st->theirs, ADA, 130, MAEVE, "practitioner");
	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	introduce(st, 210, &st->theirs);
	trust(st, 220, &st->theirs, MAEVE, ROLE_PRACTITIONER);
	write_in(st, &st->ours, ILSE, 230, "distrust", end_body(st, MAEVE,
	    0));
	let_in(st, &st->ours, ILSE, 300, MAEVE, "supervisor");
	assert_false(user(st, MAEVE)->abroad);
	assert_int_equal(roles(st, MAEVE, 299), 0);
	assert_int_equal(roles(st, MAEVE, 300), ROLE_SUPERVISOR);
	assert_non_null(roster_by_name(&st->ours.r, "Maeve Imagined"));
	/* And no card of theirs makes her another's again. */
	trust(st, 400, &st->theirs, MAEVE, ROLE_PRACTITIONER);
	assert_int_equal(roles(st, MAEVE, 500), ROLE_SUPERVISOR);
}

static void
a_card_of_our_own_store_is_none(void **state)
{
	struct stores *st = *state;
	struct card c = card_of(st, &st->theirs, ADA, ROLE_SUPERVISOR);

	trust(st, 200, &st->ours, MAEVE, ROLE_SUPERVISOR);
	assert_null(user(st, MAEVE));
	memcpy(c.root, st->ours.g.root_pk, sizeof(c.root));
	trust_card(st, ILSE, 210, c);
	assert_null(user(st, ADA));
	/* Nor is an introduction of ours. */
	write_in(st, &st->ours, ODA, 220, "introduced", introduction(st,
	    &st->ours));
	assert_null(user(st, BEN));
	trust(st, 230, &st->theirs, ILSE, ROLE_PRACTITIONER);
	assert_int_equal(roles(st, ILSE, 500), ROLE_SUPERVISOR);
}

/* The same signing key with other keys or another name is somebody's trick. */
static void
a_second_card_may_not_be_another_person(void **state)
{
	struct stores *st = *state;
	struct card c;

	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	for (int i = 0; i < 5; i++) {
		c = card_of(st, &st->theirs, ADA, ROLE_SUPERVISOR);
		if (i == 0) {
			free(c.name);
			c.name = xstrdup("Ilse Marwood");
		}
		c.box[0] = (unsigned char)(c.box[0] ^ (i == 1));
		c.store[0] = (unsigned char)(c.store[0] ^ (i == 2));
		c.root[0] = (unsigned char)(c.root[0] ^ (i == 3));
		c.founder.b[0] = (unsigned char)(c.founder.b[0] ^ (i == 4));
		assert_false(roster_card_fits(&st->ours.r, &c));
		trust_card(st, ILSE, 300 + i, c);
		assert_int_equal(roles(st, ADA, 500), ROLE_PRACTITIONER);
		assert_string_equal(user(st, ADA)->name,
		    "Ada Invented (School)");
	}
}

/* ---- forged introductions ---- */

static json_t *
record_at(const struct stores *st, size_t i)
{
	return json_array_get(st->records, i);
}

static void
alter(struct stores *st, json_t *record, const char *field)
{
	char hex[2 * AUTHOR_LEN + 1];
	json_t *v = json_object_get(record, field), *body;
	char *text;

	if (json_is_integer(v)) {
		(void)json_object_set_new(record, field,
		    json_integer(json_integer_value(v) + 1));
	} else if (strcmp(field, "author") == 0) {
		hex_format(st->key[MAEVE].b, AUTHOR_LEN, hex);
		(void)json_object_set_new(record, field, json_string(hex));
	} else {
		body = entry_body_parse(json_string_value(v));
		(void)json_object_set_new(body, "more", json_true());
		text = entry_canonical_body(body);
		(void)json_object_set_new(record, field, json_string(text));
		json_decref(body);
		free(text);
	}
}

/* What is altered in a record on its way is no record of theirs. */
static void
a_changed_record_proves_nothing(void **state)
{
	static const char *const fields[] = {"author", "n", "at", "body"};
	struct stores *st = *state;
	json_t *good;

	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	good = json_deep_copy(st->records);
	for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++) {
		for (size_t i = 2; i < json_array_size(good); i++)
			alter(st, record_at(st, i), fields[k]);
		write_in(st, &st->ours, ODA, 210, "introduced",
		    introduction(st, &st->theirs));
		assert_null(user(st, BEN));
		json_decref(st->records);
		st->records = json_deep_copy(good);
	}
	introduce(st, 220, &st->theirs);
	assert_non_null(user(st, BEN));
	json_decref(good);
}

/*
 * The hash of the entry before is no matter of the grant: the same grant
 * under other hashes is known, and fills no register.
 */
static void
one_grant_is_known_once(void **state)
{
	struct stores *st = *state;
	json_t *body;
	char hex[2 * ENTRY_ID_LEN + 1];

	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	write_in(st, &st->ours, ODA, 210, "introduced", introduction(st,
	    &st->theirs));
	for (size_t i = 2; i < 4; i++) {
		hex_format(st->key[i].b, ENTRY_ID_LEN, hex);
		(void)json_object_set_new(record_at(st, i), "prev",
		    json_string(hex));
		(void)json_object_set_new(record_at(st, i), "on",
		    json_string("2026"));
	}
	body = introduction(st, &st->theirs);
	assert_null(roster_news(&st->ours.r, body));
	json_decref(body);
}

/* Ben becomes supervisor by a record that he wrote himself. */
static void
another_root_key_introduces_nobody(void **state)
{
	struct stores *st = *state;
	unsigned char pk[32];

	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	introduce(st, 210, &st->theirs);
	crypto_sign_keypair(pk, st->theirs.root_sk);
	let_in(st, &st->theirs, ADA, 220, MAEVE, "practitioner");
	write_in(st, &st->theirs, ADA, 230, "revoke", end_body(st, BEN, 0));
	introduce(st, 240, &st->theirs);
	assert_null(user(st, MAEVE));
	assert_int_equal(roles(st, BEN, 500), ROLE_PRACTITIONER);
	st->grant = false;
	let_in(st, &st->theirs, ADA, 250, MAEVE, "practitioner");
	introduce(st, 260, &st->theirs);
	assert_null(user(st, MAEVE));
}

/* The root key of one store under the name of another. */
static void
a_register_stands_for_its_own_store(void **state)
{
	struct stores *st = *state;

	trust(st, 200, &st->third, CLEO, ROLE_PRACTITIONER);
	introduce(st, 210, &st->third);
	assert_null(user(st, BEN));
	assert_int_equal(roles(st, CLEO, 500), ROLE_PRACTITIONER);
}

static void
a_founding_without_its_seal_is_none(void **state)
{
	struct stores *st = *state;
	unsigned char seal[64], message[SEAL_LEN];
	char hex[2 * sizeof(seal) + 1];

	trust(st, 190, &st->theirs, ADA, ROLE_PRACTITIONER);
	(void)json_object_del(record_at(st, 1), "seal");
	write_in(st, &st->ours, ODA, 200, "introduced", introduction(st,
	    &st->theirs));
	assert_null(user(st, BEN));
	/* Sealed by somebody else. */
	seal_message(&st->key[ADA], 2, &st->head[ADA], message);
	crypto_sign_detached(seal, NULL, message, sizeof(message),
	    st->sk[BEN]);
	hex_format(seal, sizeof(seal), hex);
	(void)json_object_set_new(record_at(st, 1), "seal",
	    json_string(hex));
	write_in(st, &st->ours, ODA, 210, "introduced", introduction(st,
	    &st->theirs));
	assert_null(user(st, BEN));
}

/* Two entries before the founding: the founder's number is not enough. */
static void
nobody_else_founds_their_store(void **state)
{
	struct stores *st = *state;
	struct entry e = {.at = 90, .n = 1};
	json_t *body = user_body(st, MAEVE);

	trust(st, 190, &st->theirs, ADA, ROLE_PRACTITIONER);
	e.author = st->key[ADA];
	e.case_id = case_id_register();
	e.on = span_none();
	memcpy(e.kind, "user", 5);
	e.body = entry_canonical_body(body);
	entry_seal_id(&e);
	json_array_append_new(st->records, introduced_record(&e, NULL));
	introduce(st, 200, &st->theirs);
	assert_non_null(user(st, BEN));
	assert_null(user(st, MAEVE));
	json_decref(body);
	entry_release(&e);
}

/* Bundles come in any order, and a second time. */
static void
the_order_of_introductions_does_not_matter(void **state)
{
	struct stores *st = *state;
	json_t *all, *one;
	size_t n;

	let_in(st, &st->theirs, BEN, 130, MAEVE, "practitioner");
	write_in(st, &st->theirs, ADA, 140, "revoke", end_body(st, BEN, 2));
	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	all = st->records;
	n = json_array_size(all);
	for (size_t i = n; i-- > 0;) {
		one = json_array();
		json_array_append(one, json_array_get(all, i));
		st->records = one;
		introduce(st, 300 + (int64_t)(n - i), &st->theirs);
		json_decref(st->records);
	}
	/* The first of the founding came when its seal was known already. */
	st->records = all;
	assert_int_equal(roles(st, MAEVE, 500), ROLE_PRACTITIONER);
	assert_int_equal(roles(st, BEN, 500), 0);
	introduce(st, 400, &st->theirs);
	assert_int_equal(roles(st, MAEVE, 500), ROLE_PRACTITIONER);
}

static void
only_news_are_news(void **state)
{
	struct stores *st = *state;
	json_t *body = introduction(st, &st->theirs), *news;

	assert_null(roster_news(&st->ours.r, body));
	trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	json_array_append_new(st->records, json_pack("{s:s}", "kind", "x"));
	news = roster_news(&st->ours.r, body);
	assert_int_equal(json_array_size(json_object_get(news, "entries")),
	    4);
	write_in(st, &st->ours, ODA, 210, "introduced", news);
	assert_int_equal(roles(st, BEN, 500), ROLE_PRACTITIONER);
	assert_null(roster_news(&st->ours.r, body));
	write_in(st, &st->theirs, ADA, 300, "revoke", end_body(st, BEN, 0));
	news = roster_news(&st->ours.r, body);
	assert_int_equal(json_array_size(json_object_get(news, "entries")),
	    1);
	json_decref(news);
	json_decref(body);
}

/* A record read back is the entry it was made of, id and all. */
static void
a_record_is_the_entry(void **state)
{
	struct stores *st = *state;
	struct introduced in;
	struct entry e = entry_of(st, &st->theirs, ADA, 700, "role",
	    role_body(st, BEN, "trainer"));
	json_t *record = introduced_record(&e, NULL);

	assert_true(introduced_read(record, &in));
	assert_memory_equal(in.entry.id.b, e.id.b, ENTRY_ID_LEN);
	assert_false(in.sealed);
	introduced_release(&in);
	(void)json_object_set_new(record, "kind", json_string("setting"));
	assert_false(introduced_read(record, &in));
	(void)json_object_set_new(record, "kind", json_string("role"));
	(void)json_object_set_new(record, "body", json_string("[]"));
	assert_false(introduced_read(record, &in));
	(void)json_object_set_new(record, "body", json_string("{\"key\":\"1\"}"));
	assert_false(introduced_read(record, &in));
	json_decref(record);
	entry_release(&e);
}

#define T(t) cmocka_unit_test_setup_teardown(t, make, unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_card_gives_its_role),
		T(whom_their_store_names_is_a_practitioner),
		T(an_auditor_there_writes_nothing_here),
		T(a_later_card_holds_from_then_on),
		T(nobody_dates_back_behind_a_later_card),
		T(a_card_is_no_more_than_their_store_says),
		T(an_end_there_travels),
		T(who_is_ended_here_writes_no_more),
		T(a_store_without_a_card_says_nothing),
		T(without_our_grant_a_card_is_nothing),
		T(a_practitioner_takes_no_card_in),
		T(nobody_abroad_writes_in_our_register),
		T(a_self_made_supervisor_is_none_here),
		T(one_store_says_nothing_of_anothers_people),
		T(whoever_is_let_in_later_is_our_own),
		T(a_card_of_our_own_store_is_none),
		T(a_second_card_may_not_be_another_person),
		T(a_changed_record_proves_nothing),
		T(one_grant_is_known_once),
		T(another_root_key_introduces_nobody),
		T(a_register_stands_for_its_own_store),
		T(a_founding_without_its_seal_is_none),
		T(nobody_else_founds_their_store),
		T(the_order_of_introductions_does_not_matter),
		T(only_news_are_news),
		T(a_record_is_the_entry),
	};

	return cmocka_run_group_tests_name("roster abroad", tests, NULL,
	    NULL);
}
