/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whatever somebody of another store, or with its root key, may try to count
 * for more here.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/introduced.h"
#include "core/xalloc.h"
#include "tests/unit/registers.h"

/* ---- what may be tried ---- */

static void
without_our_grant_a_card_is_nothing(void **state)
{
	struct stores *st = *state;

	st->grant = false;
	reg_trust(st, 200, &st->theirs, ADA, ROLE_SUPERVISOR);
	assert_null(reg_user(st, ADA));
	st->grant = true;
	reg_trust(st, 210, &st->theirs, ADA, ROLE_PRACTITIONER);
	st->grant = false;
	reg_trust(st, 220, &st->theirs, ADA, ROLE_SUPERVISOR);
	reg_write_in(
	    st, &st->ours, ILSE, 230, "distrust", reg_end_body(st, ADA, 0));
	assert_int_equal(reg_roles(st, ADA, 500), ROLE_PRACTITIONER);
}

/* With the root key at hand, but without the role that may let in. */
static void
a_practitioner_takes_no_card_in(void **state)
{
	struct stores *st = *state;

	reg_trust_card(st, ODA, 200, reg_card_of(st, &st->theirs, ADA,
	    ROLE_SUPERVISOR));
	assert_null(reg_user(st, ADA));
}

/* Their root key, their founder, our register: none of it is theirs. */
static void
nobody_abroad_writes_in_our_register(void **state)
{
	struct stores *st = *state;

	reg_trust(st, 200, &st->theirs, BEN, ROLE_SUPERVISOR);
	reg_introduce(st, 210, &st->theirs);
	assert_true(reg_allowed(st, BEN, 300, "review", json_pack("{s:s}",
	    "decision", "agree")));
	assert_false(reg_allowed(st, BEN, 300, "setting",
	    json_pack("{s:s, s:s}", "name", "backup-days", "value", "14")));
	/* Even were our own root key in their hands. */
	assert_false(reg_allowed(st, BEN, 300, "role", reg_role_body(st, BEN,
	    "administrator")));
	assert_false(reg_allowed(
	    st, BEN, 300, "introduced", reg_introduction(st, &st->theirs)));
	reg_let_in(st, &st->ours, BEN, 310, MAEVE, "supervisor");
	reg_write_in(
	    st, &st->ours, BEN, 320, "revoke", reg_end_body(st, ILSE, 0));
	reg_trust_card(st, BEN, 330, reg_card_of(st, &st->third, CLEO,
	    ROLE_SUPERVISOR));
	assert_null(reg_user(st, MAEVE));
	assert_null(reg_user(st, CLEO));
	assert_int_equal(reg_roles(st, ILSE, 500), ROLE_SUPERVISOR);
	/* Nor do our own entries about people of ours reach them. */
	reg_write_in(st, &st->ours, ILSE, 340, "role", reg_role_body(st, BEN,
	    "administrator"));
	reg_write_in(
	    st, &st->ours, ILSE, 350, "revoke", reg_end_body(st, BEN, 0));
	assert_int_equal(reg_roles(st, BEN, 500), ROLE_SUPERVISOR);
}

/* Their register may call anybody supervisor; here that is a practitioner. */
static void
a_self_made_supervisor_is_none_here(void **state)
{
	struct stores *st = *state;

	reg_write_in(st, &st->theirs, ADA, 130, "role", reg_role_body(st, ADA,
	    "supervisor"));
	reg_let_in(st, &st->theirs, ADA, 140, MAEVE, "supervisor");
	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	reg_introduce(st, 210, &st->theirs);
	assert_int_equal(reg_roles(st, ADA, 500), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, MAEVE, 500), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, BEN, 500), ROLE_PRACTITIONER);
}

/* Two stores by name: what one says of the other's people ends nobody. */
static void
one_store_says_nothing_of_anothers_people(void **state)
{
	struct stores *st = *state;

	reg_trust(st, 200, &st->theirs, BEN, ROLE_SUPERVISOR);
	reg_introduce(st, 210, &st->theirs);
	reg_let_in(st, &st->third, CLEO, 220, CLEO, "supervisor");
	reg_let_in(st, &st->third, CLEO, 221, BEN, "auditor");
	reg_let_in(st, &st->third, CLEO, 222, ADA, "auditor");
	reg_let_in(st, &st->third, CLEO, 223, ILSE, "auditor");
	reg_let_in(st, &st->third, CLEO, 224, ODA, "supervisor");
	reg_write_in(
	    st, &st->third, CLEO, 230, "revoke", reg_end_body(st, BEN, 0));
	reg_write_in(
	    st, &st->third, CLEO, 231, "revoke", reg_end_body(st, ADA, 0));
	reg_write_in(
	    st, &st->third, CLEO, 232, "revoke", reg_end_body(st, ILSE, 0));
	reg_trust(st, 300, &st->third, CLEO, ROLE_SUPERVISOR);
	reg_introduce(st, 310, &st->third);
	assert_int_equal(reg_roles(st, CLEO, 500), ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, BEN, 500), ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, ADA, 500), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, ILSE, 500), ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, ODA, 500), ROLE_PRACTITIONER);
	assert_string_equal(reg_user(st, BEN)->name, "Ben Fictive (School)");
	assert_string_equal(reg_user(st, ADA)->name, "Ada Invented (School)");
	assert_string_equal(reg_user(st, ILSE)->name, "Ilse Marwood");
	assert_false(reg_user(st, ILSE)->abroad);
}

/* Named before they are let in: our own people are ours all the same. */
static void
whoever_is_let_in_later_is_our_own(void **state)
{
	struct stores *st = *state;

	reg_let_in(st, &st->theirs, ADA, 130, MAEVE, "practitioner");
	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	reg_introduce(st, 210, &st->theirs);
	reg_trust(st, 220, &st->theirs, MAEVE, ROLE_PRACTITIONER);
	reg_write_in(
	    st, &st->ours, ILSE, 230, "distrust", reg_end_body(st, MAEVE, 0));
	reg_let_in(st, &st->ours, ILSE, 300, MAEVE, "supervisor");
	assert_false(reg_user(st, MAEVE)->abroad);
	assert_int_equal(reg_roles(st, MAEVE, 299), 0);
	assert_int_equal(reg_roles(st, MAEVE, 300), ROLE_SUPERVISOR);
	assert_non_null(roster_by_name(&st->ours.r, "Maeve Imagined"));
	/* And no card of theirs makes her another's again. */
	reg_trust(st, 400, &st->theirs, MAEVE, ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, MAEVE, 500), ROLE_SUPERVISOR);
}

static void
a_card_of_our_own_store_is_none(void **state)
{
	struct stores *st = *state;
	struct card c = reg_card_of(st, &st->theirs, ADA, ROLE_SUPERVISOR);

	reg_trust(st, 200, &st->ours, MAEVE, ROLE_SUPERVISOR);
	assert_null(reg_user(st, MAEVE));
	memcpy(c.root, st->ours.g.root_pk, sizeof(c.root));
	reg_trust_card(st, ILSE, 210, c);
	assert_null(reg_user(st, ADA));
	/* Nor is an introduction of ours. */
	reg_write_in(st, &st->ours, ODA, 220, "introduced", reg_introduction(st,
	    &st->ours));
	assert_null(reg_user(st, BEN));
	reg_trust(st, 230, &st->theirs, ILSE, ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, ILSE, 500), ROLE_SUPERVISOR);
}

/* The same signing key with other keys or another name is somebody's trick. */
static void
a_second_card_may_not_be_another_person(void **state)
{
	struct stores *st = *state;
	struct card c;

	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	for (int i = 0; i < 5; i++) {
		c = reg_card_of(st, &st->theirs, ADA, ROLE_SUPERVISOR);
		if (i == 0) {
			free(c.name);
			c.name = xstrdup("Ilse Marwood");
		}
		c.box[0] = (unsigned char)(c.box[0] ^ (i == 1));
		c.store[0] = (unsigned char)(c.store[0] ^ (i == 2));
		c.root[0] = (unsigned char)(c.root[0] ^ (i == 3));
		c.founder.b[0] = (unsigned char)(c.founder.b[0] ^ (i == 4));
		assert_false(roster_card_fits(&st->ours.r, &c));
		reg_trust_card(st, ILSE, 300 + i, c);
		assert_int_equal(reg_roles(st, ADA, 500), ROLE_PRACTITIONER);
		assert_string_equal(reg_user(st, ADA)->name,
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

	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	good = json_deep_copy(st->records);
	for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++) {
		for (size_t i = 2; i < json_array_size(good); i++)
			alter(st, record_at(st, i), fields[k]);
		reg_write_in(st, &st->ours, ODA, 210, "introduced",
		    reg_introduction(st, &st->theirs));
		assert_null(reg_user(st, BEN));
		json_decref(st->records);
		st->records = json_deep_copy(good);
	}
	reg_introduce(st, 220, &st->theirs);
	assert_non_null(reg_user(st, BEN));
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

	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	reg_write_in(st, &st->ours, ODA, 210, "introduced", reg_introduction(st,
	    &st->theirs));
	for (size_t i = 2; i < 4; i++) {
		hex_format(st->key[i].b, ENTRY_ID_LEN, hex);
		(void)json_object_set_new(record_at(st, i), "prev",
		    json_string(hex));
		(void)json_object_set_new(record_at(st, i), "on",
		    json_string("2026"));
	}
	body = reg_introduction(st, &st->theirs);
	assert_null(roster_news(&st->ours.r, body));
	json_decref(body);
}

/* Ben becomes supervisor by a record that he wrote himself. */
static void
another_root_key_introduces_nobody(void **state)
{
	struct stores *st = *state;
	unsigned char pk[32];

	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	reg_introduce(st, 210, &st->theirs);
	crypto_sign_keypair(pk, st->theirs.root_sk);
	reg_let_in(st, &st->theirs, ADA, 220, MAEVE, "practitioner");
	reg_write_in(
	    st, &st->theirs, ADA, 230, "revoke", reg_end_body(st, BEN, 0));
	reg_introduce(st, 240, &st->theirs);
	assert_null(reg_user(st, MAEVE));
	assert_int_equal(reg_roles(st, BEN, 500), ROLE_PRACTITIONER);
	st->grant = false;
	reg_let_in(st, &st->theirs, ADA, 250, MAEVE, "practitioner");
	reg_introduce(st, 260, &st->theirs);
	assert_null(reg_user(st, MAEVE));
}

/* The root key of one store under the name of another. */
static void
a_register_stands_for_its_own_store(void **state)
{
	struct stores *st = *state;

	reg_trust(st, 200, &st->third, CLEO, ROLE_PRACTITIONER);
	reg_introduce(st, 210, &st->third);
	assert_null(reg_user(st, BEN));
	assert_int_equal(reg_roles(st, CLEO, 500), ROLE_PRACTITIONER);
}

static void
a_founding_without_its_seal_is_none(void **state)
{
	struct stores *st = *state;
	unsigned char seal[64], message[SEAL_LEN];
	char hex[2 * sizeof(seal) + 1];

	reg_trust(st, 190, &st->theirs, ADA, ROLE_PRACTITIONER);
	(void)json_object_del(record_at(st, 1), "seal");
	reg_write_in(st, &st->ours, ODA, 200, "introduced", reg_introduction(st,
	    &st->theirs));
	assert_null(reg_user(st, BEN));
	/* Sealed by somebody else. */
	seal_message(&st->key[ADA], 2, &st->head[ADA], message);
	crypto_sign_detached(seal, NULL, message, sizeof(message),
	    st->sk[BEN]);
	hex_format(seal, sizeof(seal), hex);
	(void)json_object_set_new(record_at(st, 1), "seal",
	    json_string(hex));
	reg_write_in(st, &st->ours, ODA, 210, "introduced", reg_introduction(st,
	    &st->theirs));
	assert_null(reg_user(st, BEN));
}

/* Two entries before the founding: the founder's number is not enough. */
static void
nobody_else_founds_their_store(void **state)
{
	struct stores *st = *state;
	struct entry e = {.at = 90, .n = 1};
	json_t *body = reg_user_body(st, MAEVE);

	reg_trust(st, 190, &st->theirs, ADA, ROLE_PRACTITIONER);
	e.author = st->key[ADA];
	e.case_id = case_id_register();
	e.on = span_none();
	memcpy(e.kind, "user", 5);
	e.body = entry_canonical_body(body);
	entry_seal_id(&e);
	json_array_append_new(st->records, introduced_record(&e, NULL));
	reg_introduce(st, 200, &st->theirs);
	assert_non_null(reg_user(st, BEN));
	assert_null(reg_user(st, MAEVE));
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

	reg_let_in(st, &st->theirs, BEN, 130, MAEVE, "practitioner");
	reg_write_in(
	    st, &st->theirs, ADA, 140, "revoke", reg_end_body(st, BEN, 2));
	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	all = st->records;
	n = json_array_size(all);
	for (size_t i = n; i-- > 0;) {
		one = json_array();
		json_array_append(one, json_array_get(all, i));
		st->records = one;
		reg_introduce(st, 300 + (int64_t)(n - i), &st->theirs);
		json_decref(st->records);
	}
	/* The first of the founding came when its seal was known already. */
	st->records = all;
	assert_int_equal(reg_roles(st, MAEVE, 500), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, BEN, 500), 0);
	reg_introduce(st, 400, &st->theirs);
	assert_int_equal(reg_roles(st, MAEVE, 500), ROLE_PRACTITIONER);
}

static void
only_news_are_news(void **state)
{
	struct stores *st = *state;
	json_t *body = reg_introduction(st, &st->theirs), *news;

	assert_null(roster_news(&st->ours.r, body));
	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	json_array_append_new(st->records, json_pack("{s:s}", "kind", "x"));
	news = roster_news(&st->ours.r, body);
	assert_int_equal(json_array_size(json_object_get(news, "entries")),
	    4);
	reg_write_in(st, &st->ours, ODA, 210, "introduced", news);
	assert_int_equal(reg_roles(st, BEN, 500), ROLE_PRACTITIONER);
	assert_null(roster_news(&st->ours.r, body));
	reg_write_in(
	    st, &st->theirs, ADA, 300, "revoke", reg_end_body(st, BEN, 0));
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
	struct entry e = reg_entry_of(st, &st->theirs, ADA, 700, "role",
	    reg_role_body(st, BEN, "trainer"));
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
	(void)json_object_set_new(
	    record, "body", json_string("{\"key\":\"1\"}"));
	assert_false(introduced_read(record, &in));
	json_decref(record);
	entry_release(&e);
}

#define T(t) cmocka_unit_test_setup_teardown(t, reg_make, reg_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
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

	return cmocka_run_group_tests_name("roster forged", tests, NULL, NULL);
}
