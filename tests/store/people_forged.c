/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What somebody with a stolen signing key, or a colleague with a database
 * tool, may write that does not count; and that verify names it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/header.h"
#include "db/slot.h"
#include "tests/store/folk.h"

/* Writes an entry of the register past all checks, as w's user signs it. */
static void
forge(struct world *w, const char *kind, json_t *body)
{
	struct entry_draft d = {case_id_register(), kind, span_none(), body};

	raw_pass_roles(w->s, true);
	world_ok(w, store_append(w->s, &d, 1, NULL, &w->e));
	raw_pass_roles(w->s, false);
	entry_draft_release(&d);
}

static json_t *
role_body(struct world *w, const char *role, const char *grant)
{
	char hex[2 * AUTHOR_LEN + 1];
	json_t *body;

	hex_format(store_author(w->s)->b, AUTHOR_LEN, hex);
	body = json_pack("{s:s, s:s}", "key", hex, "role", role);
	if (grant != NULL)
		(void)json_object_set_new(body, "grant", json_string(grant));
	return body;
}

static void
assert_still_practitioner(struct world *w)
{
	assert_int_equal(store_role(w->s), ROLE_PRACTITIONER);
	assert_false(store_may_grant(w->s));
	assert_fault(w, "of " ODA " (a role");
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(person(w, ODA).p.role, ROLE_PRACTITIONER);
	assert_fault(w, "it does not count");
}

static void
a_role_given_to_oneself_does_not_count(void **state)
{
	struct world *w = *state;

	in_as_oda(w);
	forge(w, "role", role_body(w, "supervisor", NULL));
	assert_still_practitioner(w);
}

static void
an_invented_grant_does_not_count(void **state)
{
	struct world *w = *state;
	char hex[129];

	in_as_oda(w);
	memset(hex, 'a', 128);
	hex[128] = '\0';
	forge(w, "role", role_body(w, "administrator", hex));
	assert_still_practitioner(w);
}

/* The grant in the last entry that made somebody supervisor. */
static char *
steal_grant(struct world *w)
{
	char *grant = raw_text(w->s, "SELECT json_extract(body, '$.grant')"
	    " FROM entry WHERE json_extract(body, '$.role') = 'supervisor'"
	    " AND json_extract(body, '$.grant') IS NOT NULL"
	    " ORDER BY n DESC LIMIT 1");

	assert_non_null(grant);
	assert_int_equal(strlen(grant), 128);
	return grant;
}

/* Oda was a supervisor once, and keeps the entry that made her one. */
static void
an_old_grant_does_not_count_again(void **state)
{
	struct world *w = *state;
	char *old;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, store_person_role(w->s, ODA, ROLE_SUPERVISOR, &w->e));
	old = steal_grant(w);
	world_ok(w, store_person_role(w->s, ODA, ROLE_PRACTITIONER, &w->e));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	forge(w, "role", role_body(w, "supervisor", old));
	free(old);
	assert_still_practitioner(w);
}

/* Oda was a supervisor, and has the store's key and a database tool. */
static void
demote_oda(struct world *w)
{
	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, store_person_role(w->s, ODA, ROLE_SUPERVISOR, &w->e));
	world_ok(w, store_person_role(w->s, ODA, ROLE_PRACTITIONER, &w->e));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
}

static void
a_grant_moved_in_time_does_not_count(void **state)
{
	struct world *w = *state;

	demote_oda(w);
	assert_int_equal(raw_sql(w->s, "UPDATE entry SET at = at + 5000"
	    " WHERE json_extract(body, '$.role') = 'supervisor'"
	    " AND n > 2"), 0);
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_int_equal(store_role(w->s), ROLE_PRACTITIONER);
	assert_fault(w, "does not have the bytes");
}

static void
an_entry_taken_out_gives_no_root_key_back(void **state)
{
	struct world *w = *state;

	demote_oda(w);
	/* The end of another's chain, cut off so that the rest is sound. */
	assert_int_equal(raw_sql(w->s, "DELETE FROM entry WHERE author = 1"
	    " AND n = 6; DELETE FROM seal WHERE author = 1 AND n = 6"), 0);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(person(w, ODA).p.role, ROLE_SUPERVISOR);
	assert_false(person(w, ODA).p.may_grant);
	assert_fault(w, "a role that was taken away again");
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_false(store_may_grant(w->s));
	assert_int_equal(folk_add(w, PIERS, ROLE_TRAINER), RC_REFUSED);
}

/* In a store of their own everybody is their own supervisor. */
static void
a_grant_of_another_store_does_not_count(void **state)
{
	struct world *w = *state, other;
	char *own;

	world_init(&other);
	other.seed = 5000;
	world_create_as(&other, ROLE_SUPERVISOR);
	world_ok(&other, folk_add(&other, ODA, ROLE_PRACTITIONER));
	world_ok(&other, store_person_role(other.s, ODA, ROLE_SUPERVISOR,
	    &other.e));
	own = steal_grant(&other);
	world_release(&other);
	in_as_oda(w);
	forge(w, "role", role_body(w, "supervisor", own));
	free(own);
	assert_still_practitioner(w);
}

static void
ending_another_without_a_grant_does_not_count(void **state)
{
	struct world *w = *state;
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(store_author(w->s)->b, AUTHOR_LEN, hex);
	in_as_oda(w);
	forge(w, "revoke", json_pack("{s:s, s:s}", "key", hex, "reason",
	    "invented"));
	assert_fault(w, "of " ODA " (a revoke");
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(store_role(w->s), ROLE_SUPERVISOR);
	assert_true(store_may_grant(w->s));
}

static void
a_friend_let_in_without_a_grant_is_nobody(void **state)
{
	struct world *w = *state;
	char hex[65];

	in_as_oda(w);
	memset(hex, 'b', 64);
	hex[64] = '\0';
	forge(w, "user", json_pack("{s:s, s:s}", "name", PIERS, "key", hex));
	assert_int_equal(person(w, PIERS).found, 0);
	assert_fault(w, "of " ODA " (a user");
}

static void
the_role_is_asked_for_when_writing(void **state)
{
	struct world *w = *state;

	in_as_oda(w);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, store_person_role(w->s, ODA, ROLE_AUDITOR, &w->e));
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_int_equal(world_append(w, draft_open(store_new_case_id(w->s),
	    "WREN-9"), NULL), RC_REFUSED);
}

/* Writes a header that has the right MAC, as everybody in a store can. */
static void
forge_header_with(struct world *w, const char *words, size_t slot,
    void (*alter)(struct header *h, size_t slot))
{
	struct secret pass = secret_of(words);
	struct slot_request req = {
		.user = ODA, .pass = &pass, .cost = w->opts.kdf
	};
	struct header *h = malloc(sizeof(*h));
	struct keys *k = keys_new();
	unsigned char *bytes;
	size_t n, index;

	world_close(w);
	bytes = file_load(w->path, &n);
	assert_int_equal(header_parse(bytes, h), HEADER_SOUND);
	world_ok(w, slot_unlock(h, &req, k, &index, &w->e));
	h->generation++;
	alter(h, slot == SLOTS ? index : slot);
	header_format(h, k->mac, bytes);
	header_format(h, k->mac, bytes + HEADER_COPY);
	file_save(w->path, bytes, n);
	secret_release(&pass);
	keys_free(k);
	free(bytes);
	free(h);
}

static void
forge_header(struct world *w, void (*alter)(struct header *h, size_t slot))
{
	forge_header_with(w, ODA_OWN, SLOTS, alter);
}

static void
take_the_root_key(struct header *h, size_t slot)
{
	h->slots[slot].has_root = true;
	memcpy(h->slots[slot].root, h->slots[0].root, 80);
}

static void
take_a_role(struct header *h, size_t slot)
{
	h->slots[slot].role = ROLE_SUPERVISOR;
}

static void
take_a_place(struct header *h, size_t slot)
{
	memcpy(h->slots[0].x_pk, h->slots[slot].x_pk, 32);
}

static void
a_header_written_by_a_colleague_gives_nothing(void **state)
{
	struct world *w = *state;
	unsigned char *sound;
	size_t n;

	in_as_oda(w);
	world_close(w);
	sound = file_load(w->path, &n);
	forge_header(w, take_the_root_key);
	assert_int_equal(open_as(w, ODA, ODA_OWN), RC_TAMPERED);
	file_save(w->path, sound, n);
	forge_header(w, take_a_role);
	assert_int_equal(open_as(w, ODA, ODA_OWN), RC_TAMPERED);
	file_save(w->path, sound, n);
	/* Nobody is given a new key while one slot is not what was granted. */
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, folk_add(w, PIERS, ROLE_SUPERVISOR));
	forge_header(w, take_a_place);
	world_ok(w, open_as(w, PIERS, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	assert_int_equal(folk_revoke(w, ODA), RC_TAMPERED);
	assert_fault(w, "key slot 0, of " WORLD_USER ", was not granted");
	/* The slot that was spoilt is given anew, and all goes on. */
	world_ok(w, folk_reset(w, WORLD_USER, WORLD_PASS));
	world_ok(w, folk_revoke(w, ODA));
	assert_sound(w);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	free(sound);
}

static void
be_the_founder(struct header *h, size_t slot)
{
	memcpy(h->founder, h->slots[slot].ed_pk, sizeof(h->founder));
}

static void
be_a_code(struct header *h, size_t slot)
{
	(void)slot;
	h->slots[0].type = SLOT_RECOVERY;
}

/* Whose first two entries need no grant is not for a colleague to say. */
static void
nobody_makes_themselves_the_founder(void **state)
{
	struct world *w = *state;

	in_as_oda(w);
	forge_header(w, be_the_founder);
	assert_int_equal(open_as(w, ODA, ODA_OWN), RC_TAMPERED);
	assert_int_equal(open_as(w, WORLD_USER, WORLD_PASS), RC_TAMPERED);
}

static void
a_slot_of_another_type_is_told(void **state)
{
	struct world *w = *state;

	in_as_oda(w);
	forge_header(w, be_a_code);
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_fault(w, "was not granted");
}

static void
lock_out(struct header *h, size_t slot)
{
	(void)slot;
	memset(&h->slots[0], 0, sizeof(h->slots[0]));
}

static void
a_slot_taken_out_is_told(void **state)
{
	struct world *w = *state;

	in_as_oda(w);
	forge_header(w, lock_out);
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_fault(w, WORLD_USER " has access by the register, but");
}

static struct slot kept;

static void
put_back(struct header *h, size_t slot)
{
	h->slots[slot] = kept;
}

/* Oda's slot of before the reset, by a colleague who kept a copy of it. */
static void
a_slot_put_back_lets_nobody_in(void **state)
{
	struct world *w = *state;
	struct header *h = malloc(sizeof(*h));
	unsigned char *bytes;
	size_t n;

	in_as_oda(w);
	world_close(w);
	bytes = file_load(w->path, &n);
	assert_int_equal(header_parse(bytes, h), HEADER_SOUND);
	kept = h->slots[1];
	free(bytes);
	free(h);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, folk_reset(w, ODA, ODA_PASS));
	assert_int_equal(open_as(w, ODA, ODA_OWN), RC_PASSPHRASE);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, "words that nobody has seen yet"));
	forge_header_with(w, "words that nobody has seen yet", 1, put_back);
	assert_int_equal(open_as(w, ODA, ODA_OWN), RC_REFUSED);
	assert_non_null(strstr(w->e.text, "ended"));
	assert_int_equal(open_as(w, ODA, ODA_OWN), RC_PASSPHRASE);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(person(w, ODA).slots, 2);
	assert_sound(w);
}

/* Of a slot that was granted, the entries are gone: nobody is shut out. */
static void
a_slot_without_entries_is_told_and_left(void **state)
{
	struct world *w = *state;
	size_t slots;

	in_as_oda(w);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(raw_sql(w->s, "DELETE FROM entry WHERE n > 2 AND"
	    " json_extract(body, '$.name') = '" ODA "'"), 0);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(person(w, ODA).found, 0);
	world_close(w);
	world_ok(w, store_slot_count(w->path, &slots, &w->e));
	assert_int_equal(slots, 2);
}

/* A date beyond all calendars would end no access, for the end is after it. */
static void
a_date_beyond_the_calendar_does_not_count(void **state)
{
	static const int64_t dates[] = {
		INT64_MAX, INT64_MAX - 1, ENTRY_AT_MAX + 1, ENTRY_AT_MAX,
		ENTRY_AT_MAX - INT64_C(1000000000001)
	};
	struct world *w = *state;
	unsigned char *sound;
	size_t n;

	in_as_oda(w);
	(void)world_case(w, "WREN-1");
	world_close(w);
	sound = file_load(w->path, &n);
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		file_save(w->path, sound, n);
		world_ok(w, open_as(w, ODA, ODA_OWN));
		raw_redate(w->s, dates[i]);
		world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
		world_ok(w, folk_add(w, PIERS, ROLE_TRAINER));
		world_ok(w, folk_revoke(w, ODA));
		assert_true(person(w, ODA).p.ended < ENTRY_AT_MAX);
		assert_int_equal(open_as(w, ODA, ODA_OWN), RC_PASSPHRASE);
		world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
		if (dates[i] > ENTRY_AT_MAX)
			assert_fault(w, "it does not count");
	}
	free(sound);
}

/* What others' hands would do, whenever they wrote or opened. */
static void
nothing_is_planted_in_the_tables(void **state)
{
	static const char *const plants[] = {
		"CREATE TRIGGER kept AFTER UPDATE ON entry BEGIN INSERT INTO"
		    " draft VALUES (1, old.id, old.body, 0); END",
		"CREATE VIEW seen AS SELECT * FROM look",
		"CREATE TABLE aside (body TEXT)",
		"CREATE INDEX by_body ON entry (body)",
		"DROP INDEX entry_book; CREATE INDEX entry_book ON entry"
		    " (book, at) WHERE n > 3",
		"ALTER TABLE entry ADD COLUMN also TEXT",
	};
	struct world *w = *state;
	unsigned char *sound;
	size_t n;

	in_as_oda(w);
	world_close(w);
	sound = file_load(w->path, &n);
	for (size_t i = 0; i < sizeof(plants) / sizeof(plants[0]); i++) {
		file_save(w->path, sound, n);
		world_ok(w, open_as(w, ODA, ODA_OWN));
		assert_int_equal(raw_sql(w->s, plants[i]), 0);
		assert_int_equal(open_as(w, WORLD_USER, WORLD_PASS),
		    RC_TAMPERED);
		assert_non_null(strstr(w->e.text, "did not make"));
	}
	free(sound);
}

#define T(f) cmocka_unit_test_setup_teardown(f, folk_make, folk_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_role_given_to_oneself_does_not_count),
		T(an_invented_grant_does_not_count),
		T(an_old_grant_does_not_count_again),
		T(a_grant_moved_in_time_does_not_count),
		T(an_entry_taken_out_gives_no_root_key_back),
		T(a_grant_of_another_store_does_not_count),
		T(ending_another_without_a_grant_does_not_count),
		T(a_friend_let_in_without_a_grant_is_nobody),
		T(the_role_is_asked_for_when_writing),
		T(a_header_written_by_a_colleague_gives_nothing),
		T(nobody_makes_themselves_the_founder),
		T(a_slot_of_another_type_is_told),
		T(a_slot_taken_out_is_told),
		T(a_slot_put_back_lets_nobody_in),
		T(a_slot_without_entries_is_told_and_left),
		T(a_date_beyond_the_calendar_does_not_count),
		T(nothing_is_planted_in_the_tables),
	};

	return cmocka_run_group_tests_name("store: people forged", tests, NULL,
	    NULL);
}
