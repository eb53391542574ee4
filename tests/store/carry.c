/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What leaves: each unbroken run with the proof that it is its author's, and
 * nothing that is not for whoever sends it.  It is built twice, the second
 * time with a list of two entries, so that whole chains are read instead.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/proof.h"
#include "db/watch.h"
#include "tests/store/pair.h"

static bool
by_author(const struct load_item *item)
{
	return !proof_vouches(&item->by) && proof_holds(&item->by);
}

static long long
seals(struct world *w)
{
	return raw_number(w->s, "SELECT count(*) FROM seal");
}

static void
each_case_of_one_step_has_its_seal(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->school;
	struct case_id one = world_case(w, "WREN-1");
	struct case_id two = world_case(w, "LARK-2");
	struct entry_draft d[4] = {draft_flag(one, "first"),
	    draft_flag(one, "second"), draft_flag(two, "third"),
	    draft_flag(one, "fourth")};
	long long before = seals(w);

	world_ok(w, store_append(w->s, d, 4, NULL, &w->e));
	for (size_t i = 0; i < 4; i++)
		entry_draft_release(&d[i]);
	assert_int_equal(seals(w), before + 3);
	assert_sound(w);
	world_ok(w, load_case(p, w, one));
	assert_int_equal(load_count(&p->load, false), 4);
	assert_int_equal(load_count(&p->load, true), 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(by_author(load_proof(&p->load, i)));
	/* None had to be made for it. */
	assert_int_equal(seals(w), before + 3);
}

static void
a_review_has_a_seal_of_its_own(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->board;
	struct case_id id = world_case(w, "WREN-1");
	struct entry_draft d[3] = {draft_flag(id, "first"),
	    draft_review(id, "as the rules say"), draft_flag(id, "third")};
	long long before = seals(w);

	world_ok(w, store_append(w->s, d, 3, NULL, &w->e));
	for (size_t i = 0; i < 3; i++)
		entry_draft_release(&d[i]);
	assert_int_equal(seals(w), before + 2);
	world_ok(w, load_case(p, w, id));
	assert_int_equal(load_count(&p->load, true), 2);
}

/* Entries of two cases in turn, under one seal. */
static void
import(struct world *w, struct case_id one, struct case_id two)
{
	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (int i = 0; i < 6; i++) {
		struct entry_draft d = draft_observation(i % 2 != 0 ? two :
		    one, "B1", "present", "seen at the harbour");

		world_ok(w, store_bulk_add(w->s, &d, NULL, &w->e));
		entry_draft_release(&d);
	}
	world_ok(w, store_bulk_seal(w->s, &w->e));
}

static void
ones_own_import_is_sealed_anew(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->school;
	struct case_id one = world_case(w, "WREN-1");
	struct case_id two = world_case(w, "LARK-2");
	long long before;

	import(w, one, two);
	before = seals(w);
	world_ok(w, load_case(p, w, one));
	assert_int_equal(load_count(&p->load, false), 4);
	assert_int_equal(load_count(&p->load, true), 4);
	for (size_t i = 0; i < 4; i++)
		assert_true(by_author(load_proof(&p->load, i)));
	assert_int_equal(seals(w), before + 3);
	assert_sound(w);
	world_ok(&p->board, unload(p, &p->board, NULL));
	assert_sound(&p->board);
	/* The seals are kept for the next time. */
	world_ok(w, load_case(p, w, one));
	assert_int_equal(seals(w), before + 3);
	world_ok(w, load_case(p, w, two));
	assert_int_equal(seals(w), before + 5);
	world_ok(&p->board, unload(p, &p->board, NULL));
	assert_sound(&p->board);
}

/* Oda is let in at the school, and is who has it open. */
static void
be_oda(struct world *w, enum role role)
{
	world_ok(w, folk_add(w, ODA, role));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
}

static void
for_others_one_vouches(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->school;
	struct case_id one = world_case(w, "WREN-1");
	struct case_id two = world_case(w, "LARK-2");
	struct unite_sum sum;
	size_t vouches = 0;

	be_oda(w, ROLE_PRACTITIONER);
	import(w, one, two);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, load_case(p, w, one));
	for (size_t i = 0; i < load_count(&p->load, true); i++) {
		const struct proof *by = &load_proof(&p->load, i)->by;

		assert_true(proof_holds(by));
		vouches += proof_vouches(by);
		if (proof_vouches(by))
			assert_memory_equal(by->by.b,
			    store_author(w->s)->b, AUTHOR_LEN);
	}
	assert_int_equal(vouches, 3);
	assert_sound(w);
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(sum.added, 4);
	assert_int_equal(sum.uncounted, 0);
	assert_int_equal(raw_number(p->board.s,
	    "SELECT count(*) FROM vouch"), 3);
	assert_sound(&p->board);
	/* And further on by whoever sends it then. */
	world_ok(&p->board, load_case(p, &p->board, one));
	world_ok(w, unload(p, w, &sum));
	assert_int_equal(sum.added, 0);
	assert_int_equal(sum.known, 4);
	assert_int_equal(raw_number(w->s, "SELECT count(*) FROM vouch"), 0);
}

static void
nobody_vouches_for_what_they_might_not_write(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->school;
	struct case_id one = world_case(w, "WREN-1");
	struct case_id two = world_case(w, "LARK-2");
	struct entry_draft d[2] = {draft_review(one, "as the rules say"),
	    draft_flag(two, "in the other case")};
	struct load_item *item;

	be_oda(w, ROLE_SUPERVISOR);
	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (size_t i = 0; i < 2; i++) {
		world_ok(w, store_bulk_add(w->s, &d[i], NULL, &w->e));
		entry_draft_release(&d[i]);
	}
	world_ok(w, store_bulk_seal(w->s, &w->e));
	/* She herself seals it anew, and that seal goes on with others. */
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(load_case(p, w, one), RC_REFUSED);
	assert_non_null(strstr(w->e.text, "cannot vouch"));
	world_ok(w, open_as(w, ODA, ODA_OWN));
	world_ok(w, load_case(p, w, one));
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, load_case(p, w, one));
	item = load_proof(&p->load, load_count(&p->load, true) - 1);
	assert_true(by_author(item));
	/* A vouch in its place is not taken. */
	proof_sign(w->s, &item->by);
	assert_true(proof_vouches(&item->by) && proof_holds(&item->by));
	assert_int_equal(unload(p, &p->board, NULL), RC_REFUSED);
	assert_non_null(strstr(p->board.e.text, "might not have written"));
	assert_sound(&p->board);
}

static void
what_was_planted_does_not_leave(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->school;
	struct case_id one = world_case(w, "WREN-1");

	be_oda(w, ROLE_PRACTITIONER);
	world_ok(w, world_append(w, draft_flag(one, "said by her"), NULL));
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(raw_sql(w->s, "DELETE FROM seal WHERE author = 2"
	    " AND n = (SELECT max(n) FROM seal WHERE author = 2)"), 0);
	assert_int_equal(load_case(p, w, one), RC_TAMPERED);
	assert_non_null(strstr(w->e.text, "verify"));
}

static void
what_is_not_for_these_eyes_does_not_leave(void **state)
{
	static const char *const people[] = {WORLD_USER};
	struct pair *p = *state;
	struct world *w = &p->board;
	struct case_id id = world_case(w, "WREN-1"), none = {{7}};
	struct restriction r = {&id, people, 1, "her aunt works here",
	    DAY_NONE};

	world_ok(w, store_restrict(w->s, &r, &w->e));
	be_oda(w, ROLE_PRACTITIONER);
	assert_int_equal(load_case(p, w, id), RC_REFUSED);
	assert_int_equal(p->load.n, 0);
	assert_int_equal(load_case(p, w, none), RC_NOTFOUND);
	assert_int_equal(load_case(p, w, case_id_register()), RC_NOTFOUND);
}

static void
people_are_introduced_and_ended(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->school;
	struct case_id one = world_case(w, "WREN-1");
	struct author_id oda;
	struct unite_sum sum;
	unsigned roles;

	be_oda(w, ROLE_PRACTITIONER);
	oda = *store_author(w->s);
	world_ok(w, world_append(w, draft_flag(one, "said by her"), NULL));
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, load_case(p, w, one));
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(sum.uncounted, 0);
	roles = roster_roles(store_roster(p->board.s), &oda,
	    p->board.now);
	assert_int_equal(roles, ROLE_PRACTITIONER);
	assert_non_null(strstr(roster_name(store_roster(p->board.s), &oda),
	    ODA));
	assert_int_equal(raw_number(p->board.s, "SELECT count(*) FROM entry"
	    " WHERE kind = 'introduced'"), 1);
	w->now += 3600000;
	p->board.now += 3600000;
	world_ok(w, folk_revoke(w, ODA));
	world_ok(w, load_case(p, w, one));
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(roster_roles(store_roster(p->board.s), &oda,
	    p->board.now + 1000), 0);
	/* What is known is not written a second time. */
	assert_int_equal(raw_number(p->board.s, "SELECT count(*) FROM entry"
	    " WHERE kind = 'introduced'"), 2);
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(raw_number(p->board.s, "SELECT count(*) FROM entry"
	    " WHERE kind = 'introduced'"), 2);
	assert_sound(&p->board);
}

static void
a_box_opens_for_its_owner_alone(void **state)
{
	struct pair *p = *state;
	unsigned char box[32 + crypto_box_SEALBYTES], out[32];
	struct card c;

	world_ok(&p->school, store_card(p->school.s, "an invented school",
	    &c, &p->school.e));
	assert_int_equal(crypto_box_seal(box, c.root, 32, c.box), 0);
	world_ok(&p->school, store_unseal(p->school.s, box, sizeof(box), out,
	    &p->school.e));
	assert_memory_equal(out, c.root, 32);
	assert_int_equal(store_unseal(p->board.s, box, sizeof(box), out,
	    &p->board.e), RC_NOTFOUND);
	box[40] ^= 1;
	assert_int_equal(store_unseal(p->school.s, box, sizeof(box), out,
	    &p->school.e), RC_NOTFOUND);
	assert_int_equal(store_unseal(p->school.s, box, 9, out,
	    &p->school.e), RC_NOTFOUND);
	card_release(&c);
}

static void
a_bundle_is_signed_by_its_sender(void **state)
{
	struct pair *p = *state;
	unsigned char hash[32] = {1, 2, 3}, signature[64];
	unsigned char uuid[16], root[32];
	struct author_id founder;
	struct card c;

	store_sign_bundle(p->school.s, hash, signature);
	assert_true(bundle_signature_holds(store_author(p->school.s), hash,
	    signature));
	assert_false(bundle_signature_holds(store_author(p->board.s), hash,
	    signature));
	hash[31] ^= 1;
	assert_false(bundle_signature_holds(store_author(p->school.s), hash,
	    signature));
	world_ok(&p->school, store_card(p->school.s, "an invented school",
	    &c, &p->school.e));
	store_origin(p->school.s, uuid, root, &founder);
	assert_memory_equal(uuid, c.store, 16);
	assert_memory_equal(root, c.root, 32);
	assert_memory_equal(founder.b, c.founder.b, AUTHOR_LEN);
	card_release(&c);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_make, pair_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_case_of_one_step_has_its_seal),
		TEST(a_review_has_a_seal_of_its_own),
		TEST(ones_own_import_is_sealed_anew),
		TEST(for_others_one_vouches),
		TEST(nobody_vouches_for_what_they_might_not_write),
		TEST(what_was_planted_does_not_leave),
		TEST(what_is_not_for_these_eyes_does_not_leave),
		TEST(people_are_introduced_and_ended),
		TEST(a_box_opens_for_its_owner_alone),
		TEST(a_bundle_is_signed_by_its_sender),
	};

	return cmocka_run_group_tests_name("carry", tests, NULL, NULL);
}
