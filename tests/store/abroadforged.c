/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whatever somebody may write past all checks, here or elsewhere, to count
 * for more than they are.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/kinds.h"
#include "db/carry.h"
#include "tests/store/elsewhere.h"

#define YEAR INT64_C(31536000000)

/* ---- what our own people may try ---- */

static void
forge(struct world *w, const char *kind, json_t *body)
{
	struct entry_draft d = {case_id_register(), kind, span_none(), body};

	raw_pass_roles(w->s, true);
	world_ok(w, store_append(w->s, &d, 1, NULL, &w->e));
	raw_pass_roles(w->s, false);
	entry_draft_release(&d);
}

static void
a_card_without_a_grant_is_named(void **state)
{
	struct elsewhere *p = *state;
	struct card c = abroad_card(&p->theirs);

	in_as_oda(&p->ours);
	forge(&p->ours, "trust", card_body(&c, "person"));
	assert_int_equal(abroad_foreigner(p, ADA).all, 0);
	assert_fault(&p->ours, "(a trust in case");
	card_release(&c);
}

/* A grant of one card, for another. */
static void
a_grant_is_for_one_card(void **state)
{
	struct elsewhere *p = *state;
	struct world *w = &p->ours;
	struct card c = abroad_card(&p->theirs);
	char *grant;
	json_t *body;

	world_ok(w, abroad_take(p));
	grant = raw_text(w->s, "SELECT json_extract(body, '$.grant')"
	    " FROM entry WHERE kind = 'trust'");
	c.role = ROLE_SUPERVISOR;
	body = card_body(&c, "telephone");
	(void)json_object_set_new(body, "grant", json_string(grant));
	forge(w, "trust", body);
	assert_int_equal(abroad_counts_as(p), ROLE_PRACTITIONER);
	assert_fault(w, "it does not count");
	free(grant);
	card_release(&c);
}

static void
an_ending_without_a_grant_ends_nobody(void **state)
{
	struct elsewhere *p = *state;
	char hex[2 * AUTHOR_LEN + 1];

	world_ok(&p->ours, abroad_take(p));
	hex_format(store_author(p->theirs.s)->b, AUTHOR_LEN, hex);
	in_as_oda(&p->ours);
	forge(&p->ours, "distrust", json_pack("{s:s, s:s, s:i}", "key", hex,
	    "reason", "no", "after", 0));
	assert_int_equal(abroad_counts_as(p), ROLE_PRACTITIONER);
	assert_fault(&p->ours, "(a distrust in case");
}

/* Oda writes that Ada's store made Piers its supervisor. */
static void
an_invented_introduction_introduces_nobody(void **state)
{
	struct elsewhere *p = *state;
	struct world *w = &p->ours;
	json_t *bodies, *body, *records;

	world_ok(w, abroad_take(p));
	world_ok(&p->theirs, folk_add(&p->theirs, BEN, ROLE_SUPERVISOR));
	world_ok(&p->theirs, store_introductions(p->theirs.s, &bodies,
	    &p->theirs.e));
	body = json_deep_copy(json_array_get(bodies, 0));
	records = json_object_get(body, "entries");
	for (size_t i = 2; i < json_array_size(records); i++) {
		json_t *r = json_array_get(records, i);

		(void)json_object_set_new(r, "at", json_integer(
		    json_integer_value(json_object_get(r, "at")) + 1));
	}
	in_as_oda(w);
	forge(w, "introduced", body);
	assert_int_equal(abroad_foreigner(p, BEN).found, 0);
	assert_int_equal(abroad_counts_as(p), ROLE_PRACTITIONER);
	assert_fault(w, "of " ODA " (an introduced in the register) names");
	/* It shuts nobody out: the true one is heard later. */
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, abroad_bring(p, 1));
	assert_int_equal(abroad_foreigner(p, BEN).found, 1);
	json_decref(bodies);
}

/* Their register brings our own people, under their roles and endings. */
static void
our_own_people_are_ours(void **state)
{
	struct elsewhere *p = *state;
	struct world *w = &p->ours;
	const struct author_id ilse = *store_author(w->s);
	char hex[2 * AUTHOR_LEN + 1];

	world_ok(w, abroad_take(p));
	hex_format(ilse.b, AUTHOR_LEN, hex);
	p->theirs.now += 1000;
	raw_granted(p->theirs.s, "user", json_pack("{s:s, s:s}", "name",
	    "Somebody Else", "key", hex));
	raw_granted(p->theirs.s, "role", json_pack("{s:s, s:s}", "key", hex,
	    "role", "auditor"));
	raw_granted(p->theirs.s, "revoke", json_pack("{s:s, s:s, s:i}",
	    "key", hex, "reason", "no", "after", 0));
	world_ok(w, abroad_bring(p, 1));
	world_reopen(w);
	assert_int_equal(store_role(w->s), ROLE_SUPERVISOR);
	assert_true(store_may_grant(w->s));
	assert_string_equal(roster_name(store_roster(w->s), &ilse),
	    WORLD_USER);
	assert_int_equal(abroad_foreigner(p, "Somebody Else").found, 0);
	assert_sound(w);
}

/* The clock of another store is years ahead: it dates nothing here. */
static void
their_clock_does_not_date_our_register(void **state)
{
	struct elsewhere *p = *state;
	struct world *w = &p->ours;
	long long at;

	world_ok(w, abroad_take(p));
	p->theirs.now += 50 * YEAR;
	world_ok(&p->theirs, world_append(&p->theirs, draft_observation(
	    p->lark, "B1", "present", "late home"), NULL));
	(void)abroad_bring(p, 1);
	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	at = raw_number(w->s, "SELECT max(at) FROM entry WHERE kind = 'role'");
	assert_true(at < w->now + YEAR);
	assert_int_equal(person(w, ODA).p.role, ROLE_PRACTITIONER);
}

#define T(t) cmocka_unit_test_setup_teardown(t, abroad_make, abroad_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_card_without_a_grant_is_named),
		T(a_grant_is_for_one_card),
		T(an_ending_without_a_grant_ends_nobody),
		T(an_invented_introduction_introduces_nobody),
		T(our_own_people_are_ours),
		T(their_clock_does_not_date_our_register),
	};

	return cmocka_run_group_tests_name("abroad forged", tests, NULL, NULL);
}
