/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People of another store, in two stores: cards, names, and what their own
 * store says of them.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/kinds.h"
#include "db/watch.h"
#include "tests/store/elsewhere.h"

/* ---- cards ---- */

static void
a_card_is_taken_in(void **state)
{
	struct elsewhere *p = *state;
	struct asking a;

	world_ok(&p->ours, abroad_take(p));
	world_reopen(&p->ours);
	a = abroad_foreigner(p, ADA);
	assert_int_equal(a.found, 1);
	assert_true(a.f.carded);
	assert_int_equal(a.f.role, ROLE_PRACTITIONER);
	assert_int_equal(a.f.ended, INT64_MAX);
	assert_int_equal(abroad_counts_as(p), ROLE_PRACTITIONER);
	assert_string_equal(roster_name(store_roster(p->ours.s),
	    store_author(p->theirs.s)), ADA " (" SCHOOL ")");
	assert_sound(&p->ours);
	/* Among our own people she is not. */
	assert_int_equal(person(&p->ours, ADA).all, 1);
}

static void
each_card_that_is_refused_says_why(void **state)
{
	struct elsewhere *p = *state;
	struct world *w = &p->ours;
	struct card c = abroad_card(&p->theirs), mine;

	world_ok(w, store_trust(w->s, &c, "person", &w->e));
	assert_refusal(w, store_trust(w->s, &c, "person", &w->e), RC_EXISTS,
	    "known already");
	assert_refusal(w, store_trust(w->s, &c, "guessed", &w->e), RC_EXISTS,
	    "known already");
	mine = abroad_card(w);
	assert_refusal(w, store_trust(w->s, &mine, "person", &w->e),
	    RC_REFUSED, "has access to this store already");
	mine.key.b[0] ^= 1;
	assert_refusal(w, store_trust(w->s, &mine, "person", &w->e),
	    RC_REFUSED, "of this very store");
	mine.store[0] ^= 1;
	assert_refusal(w, store_trust(w->s, &mine, "person", &w->e),
	    RC_TAMPERED, "the root key of this store");
	card_release(&mine);
	c.box[3] ^= 1;
	assert_refusal(w, store_trust(w->s, &c, "person", &w->e),
	    RC_TAMPERED, "another name, box key or store");
	c.box[3] ^= 1;
	c.root[3] ^= 1;
	c.key.b[3] ^= 1;
	assert_refusal(w, store_trust(w->s, &c, "person", &w->e),
	    RC_TAMPERED, "another root key or founder");
	card_release(&c);
	assert_int_equal(abroad_foreigner(p, ADA).all, 1);
	assert_sound(w);
}

static void
how_it_was_made_sure_is_one_of_the_list(void **state)
{
	struct elsewhere *p = *state;
	struct card c = abroad_card(&p->theirs);

	assert_refusal(&p->ours, store_trust(p->ours.s, &c, "guessed",
	    &p->ours.e), RC_INPUT, "How it was made sure");
	card_release(&c);
	assert_int_equal(abroad_foreigner(p, ADA).all, 0);
}

static void
only_who_lets_in_takes_a_card_in(void **state)
{
	struct elsewhere *p = *state;
	struct card c;

	in_as_oda(&p->ours);
	assert_refusal(
	    &p->ours, abroad_take(p), RC_REFUSED, "may not let others in");
	c = abroad_card(&p->theirs);
	assert_refusal(&p->ours, store_distrust(p->ours.s, &c.key, "gone",
	    &p->ours.e), RC_REFUSED, "may not let others in");
	card_release(&c);
}

static void
not_everybody_has_a_card(void **state)
{
	struct elsewhere *p = *state;
	struct world *w = &p->ours;
	struct card c;

	assert_refusal(w, store_card(w->s, "  ", &c, &w->e), RC_INPUT,
	    "the agency");
	world_ok(w, folk_add(w, ODA, ROLE_ADMINISTRATOR));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	assert_refusal(w, store_card(w->s, "Office", &c, &w->e), RC_REFUSED,
	    "choose your own");
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	assert_refusal(w, store_card(w->s, "Office", &c, &w->e), RC_REFUSED,
	    "exchanges no cases");
}

/* ---- names ---- */

static void
names_are_found_and_told_apart(void **state)
{
	struct elsewhere *p = *state;
	struct world *w = &p->ours;
	struct card c = abroad_card(&p->theirs);
	struct author_id key;

	assert_refusal(w, store_foreigner_find(w->s, ADA, &key, &w->e),
	    RC_NOTFOUND, "take in their card");
	world_ok(w, abroad_take(p));
	world_ok(w, store_foreigner_find(w->s, "ada invented", &key, &w->e));
	assert_memory_equal(key.b, c.key.b, AUTHOR_LEN);
	world_ok(w, store_foreigner_find(w->s, ADA " (" SCHOOL ")", &key,
	    &w->e));
	/* Another of that name, elsewhere. */
	c.key.b[0] ^= 1;
	c.store[0] ^= 1;
	free(c.agency);
	c.agency = strdup("Hill Clinic");
	world_ok(w, store_trust(w->s, &c, "person", &w->e));
	assert_refusal(w, store_foreigner_find(w->s, ADA, &key, &w->e),
	    RC_INPUT, "2 people elsewhere");
	world_ok(w, store_foreigner_find(w->s, "Ada Invented (hill clinic)",
	    &key, &w->e));
	assert_memory_equal(key.b, c.key.b, AUTHOR_LEN);
	world_ok(w, store_distrust(w->s, &key, "gone", &w->e));
	world_ok(w, store_foreigner_find(w->s, ADA, &key, &w->e));
	assert_memory_not_equal(key.b, c.key.b, AUTHOR_LEN);
	world_ok(w, store_distrust(w->s, &key, "gone as well", &w->e));
	assert_refusal(w, store_foreigner_find(w->s, ADA, &key, &w->e),
	    RC_NOTFOUND, "was ended");
	card_release(&c);
}

/* ---- what their own store says ---- */

static void
who_is_only_named_is_a_practitioner(void **state)
{
	struct elsewhere *p = *state;
	struct asking a;

	world_ok(&p->ours, abroad_take(p));
	world_ok(&p->theirs, folk_add(&p->theirs, BEN, ROLE_SUPERVISOR));
	world_ok(&p->ours, abroad_bring(p, 1));
	a = abroad_foreigner(p, BEN);
	assert_int_equal(a.found, 1);
	assert_false(a.f.carded);
	assert_null(a.f.card);
	assert_int_equal(a.f.role, ROLE_PRACTITIONER);
	assert_string_equal(a.f.agency, SCHOOL);
	assert_string_equal(a.order, ADA ";" BEN ";");
	assert_sound(&p->ours);
	/* A second time nothing is new. */
	world_ok(&p->ours, abroad_bring(p, 1));
	assert_int_equal(raw_number(p->ours.s, "SELECT count(*) FROM entry"
	    " WHERE kind = 'introduced'"), 1);
}

/* Ada makes herself supervisor on her own laptop. */
static void
a_self_made_supervisor_is_none_here(void **state)
{
	struct elsewhere *p = *state;

	world_ok(&p->ours, abroad_take(p));
	p->theirs.now += 1000;
	world_ok(&p->theirs, store_person_role(p->theirs.s, ADA,
	    ROLE_SUPERVISOR, &p->theirs.e));
	world_ok(&p->ours, abroad_bring(p, 1));
	assert_int_equal(store_role(p->theirs.s), ROLE_SUPERVISOR);
	assert_int_equal(abroad_counts_as(p), ROLE_PRACTITIONER);
	assert_int_equal(abroad_foreigner(p, ADA).f.role, ROLE_PRACTITIONER);
}

/* A card that says more than the register behind it. */
static void
a_card_that_says_too_much_is_found_out(void **state)
{
	struct elsewhere *p = *state;
	struct card c = abroad_card(&p->theirs);

	c.role = ROLE_SUPERVISOR;
	world_ok(&p->ours, store_trust(p->ours.s, &c, "person", &p->ours.e));
	assert_int_equal(abroad_counts_as(p), ROLE_SUPERVISOR);
	world_ok(&p->ours, abroad_bring(p, 1));
	assert_int_equal(abroad_counts_as(p), ROLE_PRACTITIONER);
	assert_int_equal(abroad_foreigner(p, ADA).f.role, ROLE_PRACTITIONER);
	card_release(&c);
}

static void
an_access_ended_there_is_ended_here(void **state)
{
	struct elsewhere *p = *state;
	struct asking a;

	world_ok(&p->ours, abroad_take(p));
	world_ok(&p->theirs, folk_add(&p->theirs, BEN, ROLE_SUPERVISOR));
	world_ok(&p->ours, abroad_bring(p, 1));
	p->theirs.now += 1000;
	world_ok(&p->theirs, folk_revoke(&p->theirs, BEN));
	world_ok(&p->ours, abroad_bring(p, 1));
	world_reopen(&p->ours);
	a = abroad_foreigner(p, BEN);
	assert_true(a.f.ended_there);
	assert_int_equal(a.f.role, 0);
	assert_int_equal(a.f.ended, p->theirs.now);
	assert_string_equal(a.why, "left in May");
	assert_sound(&p->ours);
}

/* ---- ending ---- */

static void
who_is_ended_here_is_ended(void **state)
{
	struct elsewhere *p = *state;
	struct world *w = &p->ours;
	struct author_id key;
	struct asking a;

	world_ok(w, abroad_take(p));
	world_ok(w, abroad_bring(p, 1));
	world_ok(w, store_foreigner_find(w->s, ADA, &key, &w->e));
	world_ok(w, store_distrust(w->s, &key, "lost the laptop", &w->e));
	assert_refusal(w, store_distrust(w->s, &key, "again", &w->e),
	    RC_EXISTS, "ended already (lost the laptop)");
	assert_refusal(w, abroad_take(p), RC_REFUSED, "for good");
	/* What she wrote so far stays; what she writes now is nobody's. */
	assert_int_equal(abroad_counts_as(p), ROLE_PRACTITIONER);
	world_ok(&p->theirs, world_append(&p->theirs, draft_observation(
	    p->lark, "B1", "present", "late home"), NULL));
	assert_int_equal(abroad_counts_as(p), 0);
	world_reopen(w);
	a = abroad_foreigner(p, ADA);
	assert_int_equal(a.f.role, 0);
	assert_string_equal(a.why, "lost the laptop");
	key.b[0] ^= 1;
	assert_refusal(w, store_distrust(w->s, &key, "x", &w->e),
	    RC_NOTFOUND, "nobody elsewhere");
	assert_refusal(w, store_distrust(w->s, store_author(w->s), "x",
	    &w->e), RC_REFUSED, "is of this store");
	assert_sound(w);
}

/* A role that a new card takes away is gone from what is still to come. */
static void
a_lower_card_holds_for_what_is_to_come(void **state)
{
	struct elsewhere *p = *state;
	struct card c = abroad_card(&p->theirs);
	struct world *w = &p->ours;

	c.role = ROLE_SUPERVISOR;
	world_ok(w, store_trust(w->s, &c, "person", &w->e));
	assert_int_equal(abroad_counts_as(p), ROLE_SUPERVISOR);
	c.role = ROLE_PRACTITIONER;
	w->now += 1000;
	world_ok(w, store_trust(w->s, &c, "person", &w->e));
	/* Dated before it, but not known here by then. */
	assert_int_equal(abroad_counts_as(p), ROLE_PRACTITIONER);
	card_release(&c);
}

/* ---- the people of a case ---- */

static void
a_restriction_may_name_somebody_elsewhere(void **state)
{
	struct elsewhere *p = *state;
	struct world *w = &p->ours;
	static const char *const named[] = {ADA " (" SCHOOL ")"};
	struct case_id id = world_case(w, "WREN-1");
	struct restriction r = {.case_id = &id, .people = named, .n = 1,
	    .reason = "her aunt works here", .review = DAY_NONE};
	char hex[2 * AUTHOR_LEN + 1], *body;

	assert_refusal(w, store_restrict(w->s, &r, &w->e), RC_INPUT,
	    "nobody with access is called");
	world_ok(w, abroad_take(p));
	world_ok(w, store_restrict(w->s, &r, &w->e));
	body = raw_text(w->s, "SELECT body FROM entry"
	    " WHERE kind = 'restrict'");
	hex_format(store_author(p->theirs.s)->b, AUTHOR_LEN, hex);
	assert_non_null(strstr(body, hex));
	free(body);
}

#define T(t) cmocka_unit_test_setup_teardown(t, abroad_make, abroad_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_card_is_taken_in),
		T(each_card_that_is_refused_says_why),
		T(how_it_was_made_sure_is_one_of_the_list),
		T(only_who_lets_in_takes_a_card_in),
		T(not_everybody_has_a_card),
		T(names_are_found_and_told_apart),
		T(who_is_only_named_is_a_practitioner),
		T(a_self_made_supervisor_is_none_here),
		T(a_card_that_says_too_much_is_found_out),
		T(an_access_ended_there_is_ended_here),
		T(who_is_ended_here_is_ended),
		T(a_lower_card_holds_for_what_is_to_come),
		T(a_restriction_may_name_somebody_elsewhere),
	};

	return cmocka_run_group_tests_name("abroad", tests, NULL, NULL);
}
