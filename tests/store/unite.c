/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Uniting: what another store's people wrote is added to the books here, in
 * any order and any number of times, and nothing else is.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/dispose.h"
#include "db/setting.h"
#include "db/watch.h"
#include "tests/store/pair.h"

static struct case_id
wren(struct world *w)
{
	struct case_id id = world_case(w, "WREN-1");

	world_ok(w, world_append(w, draft_identity(id, "Ada Merle",
	    "2012-03-04"), NULL));
	world_ok(w, world_append(w, draft_observation(id, "B1", "present",
	    "away for a night"), NULL));
	return id;
}

static void
assert_same(struct pair *p, struct case_id id)
{
	struct casefile a, b;

	world_ok(&p->school, store_case_load(p->school.s, &id, &a,
	    &p->school.e));
	world_ok(&p->board, store_case_load(p->board.s, &id, &b,
	    &p->board.e));
	assert_int_equal(a.nrecords, b.nrecords);
	for (size_t i = 0; i < a.nrecords; i++) {
		assert_true(entry_id_equal(&a.records[i]->entry.id,
		    &b.records[i]->entry.id));
		assert_string_equal(a.records[i]->entry.body,
		    b.records[i]->entry.body);
		assert_int_equal(a.records[i]->validity,
		    b.records[i]->validity);
	}
	assert_int_equal(a.nconflicts, b.nconflicts);
	casefile_release(&a);
	casefile_release(&b);
}

static void
assert_rebuilds(struct world *w)
{
	unsigned char before[32], after[32];

	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, sizeof(before));
	assert_sound(w);
}

static void
a_case_arrives_whole(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school), found;
	struct unite_sum sum;

	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(sum.cases, 1);
	assert_int_equal(sum.opened, 1);
	assert_int_equal(sum.entries, 3);
	assert_int_equal(sum.added, 3);
	assert_int_equal(sum.known, 0);
	assert_int_equal(sum.uncounted, 0);
	assert_int_equal(sum.conflicts, 0);
	world_ok(&p->board, store_case_by_reference(p->board.s, "WREN-1",
	    &found, &p->board.e));
	assert_true(case_id_equal(&found, &id));
	assert_same(p, id);
	assert_rebuilds(&p->board);
	world_reopen(&p->board);
	assert_rebuilds(&p->board);
}

static void
a_second_time_adds_nothing(void **state)
{
	unsigned char before[32], after[32];
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct unite_sum sum;
	uint64_t n, again;

	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, NULL));
	world_ok(&p->board, store_entry_count(p->board.s, &n, &p->board.e));
	world_ok(&p->board, store_projection_hash(p->board.s, before,
	    &p->board.e));
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(sum.added, 0);
	assert_int_equal(sum.opened, 0);
	assert_int_equal(sum.known, 3);
	world_ok(&p->board, store_entry_count(p->board.s, &again,
	    &p->board.e));
	assert_int_equal(n, again);
	world_ok(&p->board, store_projection_hash(p->board.s, after,
	    &p->board.e));
	assert_memory_equal(before, after, sizeof(before));
	assert_sound(&p->board);
}

static void
what_comes_back_is_known(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct unite_sum sum;

	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, NULL));
	world_ok(&p->board, world_append(&p->board, draft_review(id,
	    "looked at it with the school"), NULL));
	world_ok(&p->board, load_case(p, &p->board, id));
	world_ok(&p->school, unload(p, &p->school, &sum));
	assert_int_equal(sum.known, 3);
	assert_int_equal(sum.added, 1);
	assert_int_equal(sum.uncounted, 0);
	assert_int_equal(sum.opened, 0);
	assert_same(p, id);
	assert_rebuilds(&p->school);
}

static void
trying_leaves_no_trace(void **state)
{
	unsigned char before[32], after[32];
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct unite_sum sum;
	uint64_t n, again;

	world_ok(&p->board, store_entry_count(p->board.s, &n, &p->board.e));
	world_ok(&p->board, store_projection_hash(p->board.s, before,
	    &p->board.e));
	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload_try(p, &p->board, &sum));
	assert_int_equal(sum.added, 3);
	assert_int_equal(sum.opened, 1);
	world_ok(&p->board, store_entry_count(p->board.s, &again,
	    &p->board.e));
	assert_int_equal(n, again);
	world_ok(&p->board, store_projection_hash(p->board.s, after,
	    &p->board.e));
	assert_memory_equal(before, after, sizeof(before));
	assert_int_equal(entries_of(&p->board, id), 0);
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(sum.added, 3);
	assert_sound(&p->board);
}

static void
two_names_become_a_conflict(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct unite_sum sum;

	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, NULL));
	p->school.now += 60000;
	p->board.now += 120000;
	world_ok(&p->school, world_append(&p->school, draft_identity(id,
	    "Ada Marle", "2012-03-04"), NULL));
	world_ok(&p->board, world_append(&p->board, draft_identity(id,
	    "Ada Merl", "2012-03-04"), NULL));
	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload_try(p, &p->board, &sum));
	assert_true(sum.conflicts > 0);
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_true(sum.conflicts > 0);
	world_ok(&p->board, load_case(p, &p->board, id));
	world_ok(&p->school, unload(p, &p->school, &sum));
	assert_same(p, id);
	assert_rebuilds(&p->school);
	assert_rebuilds(&p->board);
}

static bool
pick_kind(const struct entry *en, void *ctx)
{
	return strcmp(en->kind, ctx) == 0;
}

static void
parts_in_any_order_make_the_whole(void **state)
{
	static const char *const kinds[] = {"observation", "open",
	    "identity"};
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct carry_want want = {&id, 1, pick_kind, NULL};
	char kind[32];

	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(kind, sizeof(kind), "%s", kinds[i]);
		want.ctx = kind;
		world_ok(&p->school, load_up(p, &p->school, &want));
		assert_int_equal(load_count(&p->load, false), 1);
		world_ok(&p->board, unload(p, &p->board, NULL));
		assert_int_equal(entries_of(&p->board, id), i + 1);
		assert_rebuilds(&p->board);
	}
	assert_same(p, id);
}

/* ---- what is refused, each with its own words ---- */

static void
assert_refused(struct pair *p, enum rc want, const char *words)
{
	uint64_t n, again;
	enum rc rc;

	world_ok(&p->board, store_entry_count(p->board.s, &n, &p->board.e));
	rc = unload(p, &p->board, NULL);
	assert_int_equal(rc, want);
	if (strstr(p->board.e.text, words) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", p->board.e.text, words);
	world_ok(&p->board, store_entry_count(p->board.s, &again,
	    &p->board.e));
	assert_int_equal(n, again);
	assert_sound(&p->board);
}

static void
change_body(struct entry *en, const char *body)
{
	free(en->body);
	en->body = strdup(body);
}

static void
what_was_changed_is_refused(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);

	world_ok(&p->school, load_case(p, &p->school, id));
	change_body(&load_entry(&p->load, 0)->entry,
	    "{\"reference\":\"ROOK-9\"}");
	assert_refused(p, RC_TAMPERED, "does not follow");
	world_ok(&p->school, load_case(p, &p->school, id));
	change_body(&load_entry(&p->load, 2)->entry, "{}");
	assert_refused(p, RC_TAMPERED, "does not belong to the entries");
	world_ok(&p->school, load_case(p, &p->school, id));
	load_proof(&p->load, 0)->by.signature[5] ^= 1;
	assert_refused(p, RC_TAMPERED, "was not signed");
	world_ok(&p->school, load_case(p, &p->school, id));
	load_entry(&p->load, 1)->entry.at -= 1000;
	assert_refused(p, RC_TAMPERED, "does not follow");
}

static void
what_was_taken_out_or_moved_is_refused(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct load_item swap;

	world_ok(&p->school, load_case(p, &p->school, id));
	load_drop(&p->load, load_entry(&p->load, 1));
	assert_refused(p, RC_TAMPERED, "without a proof");
	world_ok(&p->school, load_case(p, &p->school, id));
	load_drop(&p->load, load_proof(&p->load, 0));
	assert_refused(p, RC_TAMPERED, "without a proof");
	world_ok(&p->school, load_case(p, &p->school, id));
	swap = p->load.items[0];
	p->load.items[0] = p->load.items[1];
	p->load.items[1] = swap;
	assert_refused(p, RC_TAMPERED, "");
}

static void
a_forked_chain_is_refused(void **state)
{
	unsigned char *copy;
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	size_t n;

	world_close(&p->school);
	copy = file_load(p->school.path, &n);
	world_ok(&p->school, world_open(&p->school));
	world_ok(&p->school, world_append(&p->school, draft_flag(id,
	    "said on one machine"), NULL));
	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, NULL));
	world_close(&p->school);
	file_save(p->school.path, copy, n);
	free(copy);
	world_ok(&p->school, world_open(&p->school));
	world_ok(&p->school, world_append(&p->school, draft_flag(id,
	    "said on another"), NULL));
	world_ok(&p->school, load_case(p, &p->school, id));
	assert_refused(p, RC_TAMPERED, "is not the one that is known");
}

static void
ones_own_unknown_entries_are_refused(void **state)
{
	unsigned char *copy;
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	size_t n;

	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, NULL));
	world_close(&p->board);
	copy = file_load(p->board.path, &n);
	world_ok(&p->board, world_open(&p->board));
	world_ok(&p->board, world_append(&p->board, draft_flag(id,
	    "said before the copy"), NULL));
	world_ok(&p->board, load_case(p, &p->board, id));
	world_ok(&p->school, unload(p, &p->school, NULL));
	world_close(&p->board);
	file_save(p->board.path, copy, n);
	free(copy);
	world_ok(&p->board, world_open(&p->board));
	world_ok(&p->school, load_case(p, &p->school, id));
	assert_refused(p, RC_REFUSED, "earlier copy of this store");
}

static void
people_of_whom_nothing_is_known_are_refused(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct author_id key = *store_author(p->school.s);
	struct world third;

	world_ok(&p->school, load_case(p, &p->school, id));
	world_init(&third);
	third.seed = 2000000;
	world_create_as(&third, ROLE_SUPERVISOR);
	assert_int_equal(unload(p, &third, NULL), RC_REFUSED);
	assert_non_null(strstr(third.e.text, "nothing is known"));
	world_release(&third);

	/* Ended here: what they write from then on is kept and not counted. */
	world_ok(&p->board, unload(p, &p->board, NULL));
	p->board.now += 60000;
	world_ok(&p->board, store_distrust(p->board.s, &key,
	    "the laptop was lost", &p->board.e));
}

static void
entries_of_the_register_are_refused(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);

	world_ok(&p->school, load_case(p, &p->school, id));
	load_entry(&p->load, 0)->entry.case_id = case_id_register();
	assert_refused(p, RC_REFUSED, "register");
	world_ok(&p->school, load_case(p, &p->school, id));
	memcpy(load_entry(&p->load, 0)->entry.kind, "setting", 8);
	assert_refused(p, RC_REFUSED, "register");
}

/* ---- what is kept and does not count ---- */

static void
a_kind_from_a_newer_version_is_kept(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct unite_sum sum;
	struct casefile c;

	world_ok(&p->school, world_append(&p->school, draft_flag(id,
	    "to become another"), NULL));
	raw_forge(p->school.s, &id, "omen", "{\"seen\":\"a heron\"}");
	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(sum.added, 4);
	assert_int_equal(sum.sealed, 1);
	world_ok(&p->board, store_case_load(p->board.s, &id, &c,
	    &p->board.e));
	assert_int_equal(c.nrecords, 4);
	assert_int_equal(c.records[3]->validity, RECORD_UNKNOWN_KIND);
	casefile_release(&c);
	assert_rebuilds(&p->board);
	/* It goes on as it came. */
	world_ok(&p->board, load_case(p, &p->board, id));
	assert_int_equal(load_count(&p->load, false), 4);
}

static void
a_bad_body_is_kept(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct unite_sum sum;

	world_ok(&p->school, world_append(&p->school, draft_flag(id,
	    "to become another"), NULL));
	raw_forge(p->school.s, &id, "flag", "{\"why\":[1,2,{\"x\":null}]}");
	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(sum.added, 4);
	raw_forge(p->school.s, &id, "observation", "no json at all");
	world_ok(&p->school, load_case(p, &p->school, id));
	/* What was rewritten there is not what is known here. */
	assert_refused(p, RC_TAMPERED, "is not the one that is known");
	assert_rebuilds(&p->board);
}

static void
what_a_role_did_not_allow_does_not_count(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct unite_sum sum;
	struct casefile c;

	raw_pass_roles(p->school.s, true);
	world_ok(&p->school, world_append(&p->school, draft_review(id,
	    "my own work looks well"), NULL));
	raw_pass_roles(p->school.s, false);
	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, &sum));
	assert_int_equal(sum.uncounted, 1);
	world_ok(&p->board, store_case_load(p->board.s, &id, &c,
	    &p->board.e));
	assert_int_equal(c.records[3]->validity, RECORD_NO_ROLE);
	casefile_release(&c);
	assert_rebuilds(&p->board);
}

/* ---- restricted and disposed of ---- */

static void
a_masked_case_grows_and_tells_nothing(void **state)
{
	static const char *const people[] = {WORLD_USER};
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct restriction r = {&id, people, 1, "her aunt works here",
	    DAY_NONE};
	struct unite_sum sum;

	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, NULL));
	world_ok(&p->board, folk_add(&p->board, ODA, ROLE_PRACTITIONER));
	world_ok(&p->board, store_restrict(p->board.s, &r, &p->board.e));
	world_ok(&p->board, open_as(&p->board, ODA, ODA_PASS));
	world_ok(&p->board, folk_change(&p->board, ODA_PASS, ODA_OWN));
	assert_int_equal(entries_of(&p->board, id), 0);
	world_ok(&p->school, world_append(&p->school, draft_flag(id,
	    "something new"), NULL));
	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, &sum));
	/* As if nothing of it had been here. */
	assert_int_equal(sum.opened, 1);
	assert_int_equal(sum.added, 4);
	assert_int_equal(sum.known, 0);
	assert_int_equal(entries_of(&p->board, id), 0);
	assert_int_equal(load_case(p, &p->board, id), RC_REFUSED);
	world_ok(&p->board, open_as(&p->board, WORLD_USER, WORLD_PASS));
	assert_int_equal(entries_of(&p->board, id), 5);
	assert_sound(&p->board);
}

static void
what_two_people_disposed_of_does_not_come_back(void **state)
{
	struct pair *p = *state;
	struct case_id id = wren(&p->school);
	struct dispose_request r = {&id, "child-in-need", DAY_NONE,
	    "kept for as long as the rule says"};
	struct disposal d;

	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, NULL));
	world_ok(&p->board, folk_add(&p->board, ODA, ROLE_SUPERVISOR));
	world_ok(&p->board, store_dispose_ask(p->board.s, &r, NULL,
	    &p->board.e));
	world_ok(&p->board, open_as(&p->board, ODA, ODA_PASS));
	world_ok(&p->board, folk_change(&p->board, ODA_PASS, ODA_OWN));
	world_ok(&p->board, store_dispose_agree(p->board.s, &id,
	    "looked at the rule", &d, &p->board.e));
	disposal_release(&d);
	assert_sound(&p->board);
	assert_refused(p, RC_REFUSED, "disposed of here by two people");
	assert_int_equal(load_case(p, &p->board, id), RC_REFUSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_case_arrives_whole,
		    pair_make, pair_unmake),
		cmocka_unit_test_setup_teardown(a_second_time_adds_nothing,
		    pair_make, pair_unmake),
		cmocka_unit_test_setup_teardown(what_comes_back_is_known,
		    pair_make, pair_unmake),
		cmocka_unit_test_setup_teardown(trying_leaves_no_trace,
		    pair_make, pair_unmake),
		cmocka_unit_test_setup_teardown(two_names_become_a_conflict,
		    pair_make, pair_unmake),
		cmocka_unit_test_setup_teardown(
		    parts_in_any_order_make_the_whole, pair_make,
		    pair_unmake),
		cmocka_unit_test_setup_teardown(what_was_changed_is_refused,
		    pair_make, pair_unmake),
		cmocka_unit_test_setup_teardown(
		    what_was_taken_out_or_moved_is_refused, pair_make,
		    pair_unmake),
		cmocka_unit_test_setup_teardown(a_forked_chain_is_refused,
		    pair_make, pair_unmake),
		cmocka_unit_test_setup_teardown(
		    ones_own_unknown_entries_are_refused, pair_make,
		    pair_unmake),
		cmocka_unit_test_setup_teardown(
		    people_of_whom_nothing_is_known_are_refused, pair_make,
		    pair_unmake),
		cmocka_unit_test_setup_teardown(
		    entries_of_the_register_are_refused, pair_make,
		    pair_unmake),
		cmocka_unit_test_setup_teardown(
		    a_kind_from_a_newer_version_is_kept, pair_make,
		    pair_unmake),
		cmocka_unit_test_setup_teardown(a_bad_body_is_kept,
		    pair_make, pair_unmake),
		cmocka_unit_test_setup_teardown(
		    what_a_role_did_not_allow_does_not_count, pair_make,
		    pair_unmake),
		cmocka_unit_test_setup_teardown(
		    a_masked_case_grows_and_tells_nothing, pair_make,
		    pair_unmake),
		cmocka_unit_test_setup_teardown(
		    what_two_people_disposed_of_does_not_come_back,
		    pair_make, pair_unmake),
	};

	return cmocka_run_group_tests_name("unite", tests, NULL, NULL);
}
