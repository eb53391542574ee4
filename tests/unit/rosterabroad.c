/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People of other stores: what their entries count as here, by our cards and
 * by what their own store's register says.
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

/* ---- what they count as ---- */

static void
a_card_gives_its_role(void **state)
{
	struct stores *st = *state;

	assert_int_equal(reg_roles(st, ADA, 500), 0);
	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, ADA, 500), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, ADA, 50), ROLE_PRACTITIONER);
	assert_true(reg_user(st, ADA)->abroad);
	assert_string_equal(roster_name(&st->ours.r, &st->key[ADA]),
	    "Ada Invented (School)");
	assert_null(roster_by_name(&st->ours.r, "Ada Invented"));
	assert_null(roster_by_name(&st->ours.r, "Ada Invented (School)"));
	assert_null(roster_own(&st->ours.r, &st->key[ADA]));
	assert_null(reg_user(st, BEN));
}

static void
whom_their_store_names_is_a_practitioner(void **state)
{
	struct stores *st = *state;

	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	reg_introduce(st, 210, &st->theirs);
	assert_non_null(reg_user(st, BEN));
	assert_string_equal(reg_user(st, BEN)->name, "Ben Fictive (School)");
	assert_int_equal(reg_roles(st, BEN, 500), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, BEN, 119), 0);
	/* A card of his own makes him what he is, also what came before. */
	reg_trust(st, 300, &st->theirs, BEN, ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, BEN, 250), ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, BEN, 119), 0);
}

static void
an_auditor_there_writes_nothing_here(void **state)
{
	struct stores *st = *state;

	reg_let_in(st, &st->theirs, ADA, 130, MAEVE, "auditor");
	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	reg_introduce(st, 210, &st->theirs);
	assert_int_equal(reg_roles(st, MAEVE, 500), 0);
	reg_write_in(st, &st->theirs, ADA, 300, "role", reg_role_body(st, MAEVE,
	    "trainer"));
	reg_introduce(st, 310, &st->theirs);
	assert_int_equal(reg_roles(st, MAEVE, 500), ROLE_TRAINER);
}

static void
a_later_card_holds_from_then_on(void **state)
{
	struct stores *st = *state;
	struct card c = reg_card_of(st, &st->theirs, BEN, ROLE_PRACTITIONER);

	reg_trust(st, 200, &st->theirs, BEN, ROLE_PRACTITIONER);
	reg_trust(st, 300, &st->theirs, BEN, ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, BEN, 299), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, BEN, 300), ROLE_SUPERVISOR);
	free(c.agency);
	c.agency = xstrdup("Other School");
	reg_trust_card(st, ILSE, 400, c);
	assert_int_equal(reg_roles(st, BEN, 400), ROLE_PRACTITIONER);
	assert_string_equal(reg_user(st, BEN)->agency, "Other School");
}

/* A role taken away is taken from what was not known here by then, too. */
static void
nobody_dates_back_behind_a_later_card(void **state)
{
	struct stores *st = *state;
	struct card c = reg_card_of(st, &st->theirs, BEN, ROLE_PRACTITIONER);
	json_t *body = card_body(&c, "person");

	reg_trust(st, 200, &st->theirs, BEN, ROLE_SUPERVISOR);
	(void)json_object_set_new(body, "after", json_integer(7));
	reg_write_in(st, &st->ours, ILSE, 300, "trust", body);
	assert_int_equal(reg_roles_at(st, BEN, 7, 250), ROLE_SUPERVISOR);
	assert_int_equal(reg_roles_at(st, BEN, 8, 250), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles_at(st, BEN, 7, 350), ROLE_PRACTITIONER);
	card_release(&c);
}

static void
a_card_is_no_more_than_their_store_says(void **state)
{
	struct stores *st = *state;
	json_t *body;

	reg_trust(st, 200, &st->theirs, ADA, ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, ADA, 500), ROLE_SUPERVISOR);
	reg_introduce(st, 210, &st->theirs);
	assert_int_equal(reg_roles(st, ADA, 500), ROLE_PRACTITIONER);
	reg_trust(st, 220, &st->theirs, BEN, ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, BEN, 500), ROLE_SUPERVISOR);
	/* Their own demotion travels, with its place in the chain. */
	st->n[BEN] = 4;
	body = reg_role_body(st, BEN, "practitioner");
	(void)json_object_set_new(body, "after", json_integer(4));
	reg_write_in(st, &st->theirs, ADA, 400, "role", body);
	reg_introduce(st, 410, &st->theirs);
	assert_int_equal(reg_roles_at(st, BEN, 4, 399), ROLE_SUPERVISOR);
	assert_int_equal(reg_roles_at(st, BEN, 5, 399), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles_at(st, BEN, 4, 400), ROLE_PRACTITIONER);
}

/* ---- ending ---- */

static void
an_end_there_travels(void **state)
{
	struct stores *st = *state;

	reg_trust(st, 200, &st->theirs, BEN, ROLE_SUPERVISOR);
	reg_introduce(st, 210, &st->theirs);
	st->n[BEN] = 6;
	reg_write_in(
	    st, &st->theirs, ADA, 400, "revoke", reg_end_body(st, BEN, 6));
	assert_int_equal(reg_roles_at(st, BEN, 7, 399), ROLE_SUPERVISOR);
	reg_introduce(st, 450, &st->theirs);
	assert_int_equal(reg_roles_at(st, BEN, 6, 399), ROLE_SUPERVISOR);
	assert_int_equal(reg_roles_at(st, BEN, 7, 399), 0);
	assert_int_equal(reg_roles_at(st, BEN, 6, 401), 0);
	assert_int_equal(
	    roster_at_home(&st->ours.r, reg_user(st, BEN))->revoked, 400);
	/* No card brings the key back. */
	reg_trust(st, 500, &st->theirs, BEN, ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, BEN, 600), 0);
}

static void
who_is_ended_here_writes_no_more(void **state)
{
	struct stores *st = *state;

	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	reg_introduce(st, 210, &st->theirs);
	reg_write_in(
	    st, &st->ours, ILSE, 400, "distrust", reg_end_body(st, ADA, 9));
	assert_int_equal(reg_roles_at(st, ADA, 9, 400), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles_at(st, ADA, 10, 300), 0);
	assert_int_equal(reg_roles_at(st, ADA, 9, 401), 0);
	/* Neither a card nor their store undoes it. */
	reg_trust(st, 500, &st->theirs, ADA, ROLE_SUPERVISOR);
	reg_introduce(st, 510, &st->theirs);
	assert_int_equal(reg_roles_at(st, ADA, 9, 600), 0);
	assert_int_equal(reg_roles_at(st, BEN, 1, 600), ROLE_PRACTITIONER);
}

/* By a clock put back the card is dated behind what came with it. */
static void
what_came_before_its_card_is_heard(void **state)
{
	struct stores *st = *state;

	reg_introduce(st, 150, &st->theirs);
	assert_null(reg_user(st, BEN));
	reg_trust(st, 190, &st->third, CLEO, ROLE_SUPERVISOR);
	assert_null(reg_user(st, BEN));
	reg_trust(st, 200, &st->theirs, ADA, ROLE_SUPERVISOR);
	assert_int_equal(reg_roles(st, BEN, 500), ROLE_PRACTITIONER);
	assert_int_equal(reg_roles(st, ADA, 500), ROLE_PRACTITIONER);
}

/* Without a card that stands nobody there is heard any more. */
static json_t *
one_record(struct stores *st, const char *kind, json_t *body, int64_t at)
{
	json_t *all, *news;

	reg_write_in(st, &st->theirs, ADA, at, kind, body);
	all = reg_introduction(st, &st->theirs);
	news = roster_news(&st->ours.r, all);
	json_decref(all);
	return news;
}

/* Whoever founds a store may name thousands; an ending is always heard. */
static void
a_store_names_so_many_and_no_more(void **state)
{
	struct stores *st = *state;
	json_t *news;

	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	reg_introduce(st, 210, &st->theirs);
	for (int i = 0; i < 3 * 900; i++) {
		reg_write_in(st, &st->theirs, ADA, 300 + i, "role",
		    reg_role_body(st, BEN, i % 2 ? "trainer" :
		    "supervisor"));
		if (i % 900 == 899)
			reg_introduce(st, 300 + i, &st->theirs);
	}
	news = one_record(st, "role", reg_role_body(st, BEN, "trainer"),
	    3900);
	assert_null(news);
	assert_int_not_equal(reg_roles(st, BEN, 5000), 0);
	news = one_record(st, "revoke", reg_end_body(st, BEN, 0), 4000);
	assert_int_equal(json_array_size(json_object_get(news, "entries")),
	    1);
	json_decref(news);
}

static void
a_store_without_a_card_says_nothing(void **state)
{
	struct stores *st = *state;

	assert_false(roster_knows_store(&st->ours.r, st->theirs.g.uuid));
	reg_let_in(st, &st->theirs, ADA, 160, MAEVE, "practitioner");
	reg_trust(st, 200, &st->theirs, ADA, ROLE_PRACTITIONER);
	assert_true(roster_knows_store(&st->ours.r, st->theirs.g.uuid));
	reg_write_in(
	    st, &st->ours, ILSE, 300, "distrust", reg_end_body(st, ADA, 2));
	assert_false(roster_knows_store(&st->ours.r, st->theirs.g.uuid));
	reg_introduce(st, 400, &st->theirs);
	assert_null(reg_user(st, MAEVE));
}

#define T(t) cmocka_unit_test_setup_teardown(t, reg_make, reg_unmake)

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
		T(what_came_before_its_card_is_heard),
		T(a_store_without_a_card_says_nothing),
		T(a_store_names_so_many_and_no_more),
	};

	return cmocka_run_group_tests_name("roster abroad", tests, NULL, NULL);
}
