/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People of another store, in two stores: cards, what their own store says of
 * them, and whatever they may try to count for more here.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/kinds.h"
#include "db/abroad.h"
#include "db/unite.h"
#include "db/watch.h"
#include "tests/store/folk.h"

#define ADA "Ada Invented"
#define BEN "Ben Fictive"
#define SCHOOL "Marlow Street School"
#define YEAR INT64_C(31536000000)

struct pair {
	struct world ours, theirs;	/* Ilse's, Ada's: a practitioner */
	struct case_id lark;		/* in theirs */
};

static int
make(void **state)
{
	struct pair *p = calloc(1, sizeof(*p));
	struct store_founder f = {.user = ADA, .role = ROLE_PRACTITIONER};

	world_init(&p->ours);
	world_create_as(&p->ours, ROLE_SUPERVISOR);
	world_init(&p->theirs);
	p->theirs.seed = 1000;
	world_ok(&p->theirs, store_create(p->theirs.path, &f,
	    &p->theirs.pass, &p->theirs.opts, &p->theirs.s, &p->theirs.e));
	p->lark = world_case(&p->theirs, "LARK-2");
	*state = p;
	return 0;
}

static int
unmake(void **state)
{
	struct pair *p = *state;

	world_release(&p->ours);
	world_release(&p->theirs);
	free(p);
	return 0;
}

/* ---- cards and what crosses ---- */

static struct card
card_of(struct world *w)
{
	struct card c;

	world_ok(w, store_card(w->s, " Marlow  Street School ", &c, &w->e));
	return c;
}

static enum rc
take(struct pair *p)
{
	struct card c = card_of(&p->theirs);
	enum rc rc = store_trust(p->ours.s, &c, "telephone", &p->ours.e);

	card_release(&c);
	return rc;
}

static enum rc
carry_one(const struct carried *c, void *ctx, struct err *e)
{
	struct unite *u = ctx;
	struct entry copy;
	enum rc rc;

	if (c->entry == NULL)
		return unite_proof(u, c->proof, e);
	entry_copy(&copy, c->entry);
	rc = unite_entry(u, &copy, e);
	entry_release(&copy);
	return rc;
}

/* What they know of themselves and the case comes over. */
static enum rc
bring(struct pair *p, size_t ncases)
{
	struct carry_want want = {.cases = &p->lark, .ncases = ncases};
	struct world *w = &p->ours;
	struct unite *u = NULL;
	struct unite_sum sum;
	json_t *bodies = NULL;
	enum rc rc = unite_begin(w->s, &u, &w->e);

	if (rc != RC_OK)
		return rc;
	world_ok(&p->theirs, store_introductions(p->theirs.s, &bodies,
	    &p->theirs.e));
	rc = unite_introduce(u, bodies, &w->e);
	json_decref(bodies);
	if (rc == RC_OK)
		rc = store_carry(p->theirs.s, &want, carry_one, u, &w->e);
	if (rc == RC_OK)
		return unite_finish(u, NULL, 0, &sum, &w->e);
	unite_abandon(u);
	return rc;
}

/* ---- asking ---- */

struct asking {
	const char *name;
	struct foreigner f;
	struct card card;
	char why[256], order[256];
	unsigned found, all;
};

static bool
ask_one(const struct foreigner *f, void *ctx)
{
	struct asking *a = ctx;

	a->all++;
	(void)strncat(a->order, f->name, sizeof(a->order) -
	    strlen(a->order) - 1);
	(void)strncat(a->order, ";", sizeof(a->order) - strlen(a->order) - 1);
	if (strcmp(f->name, a->name) != 0)
		return true;
	a->f = *f;
	(void)strncat(a->why, f->why_ended, sizeof(a->why) - 1);
	a->found++;
	return true;
}

static struct asking
foreigner(struct pair *p, const char *name)
{
	struct asking a = {.name = name};

	world_ok(&p->ours, store_foreigners(p->ours.s, ask_one, &a,
	    &p->ours.e));
	return a;
}

/* What the last entry of whoever is at their store counts as here. */
static unsigned
counts_as(struct pair *p)
{
	const struct author_id *key = store_author(p->theirs.s);
	struct entry e = {.author = *key, .at = p->theirs.now,
	    .n = (uint64_t)raw_number(p->theirs.s,
	    "SELECT max(n) FROM entry")};

	return roster_entry_roles(store_roster(p->ours.s), &e);
}

static void
assert_refused(struct world *w, enum rc got, enum rc want, const char *words)
{
	assert_int_equal(got, want);
	if (strstr(w->e.text, words) == NULL)
		fail_msg("expected \"%s\" in \"%s\"", words, w->e.text);
}

/* ---- cards ---- */

static void
a_card_is_taken_in(void **state)
{
	struct pair *p = *state;
	struct asking a;

	world_ok(&p->ours, take(p));
	world_reopen(&p->ours);
	a = foreigner(p, ADA);
	assert_int_equal(a.found, 1);
	assert_true(a.f.carded);
	assert_int_equal(a.f.role, ROLE_PRACTITIONER);
	assert_int_equal(a.f.ended, INT64_MAX);
	assert_int_equal(counts_as(p), ROLE_PRACTITIONER);
	assert_string_equal(roster_name(store_roster(p->ours.s),
	    store_author(p->theirs.s)), ADA " (" SCHOOL ")");
	assert_sound(&p->ours);
	/* Among our own people she is not. */
	assert_int_equal(person(&p->ours, ADA).all, 1);
}

static void
each_card_that_is_refused_says_why(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->ours;
	struct card c = card_of(&p->theirs), mine;

	world_ok(w, store_trust(w->s, &c, "person", &w->e));
	assert_refused(w, store_trust(w->s, &c, "person", &w->e), RC_EXISTS,
	    "known already");
	assert_refused(w, store_trust(w->s, &c, "guessed", &w->e), RC_EXISTS,
	    "known already");
	mine = card_of(w);
	assert_refused(w, store_trust(w->s, &mine, "person", &w->e),
	    RC_REFUSED, "has access to this store already");
	mine.key.b[0] ^= 1;
	assert_refused(w, store_trust(w->s, &mine, "person", &w->e),
	    RC_REFUSED, "of this very store");
	mine.store[0] ^= 1;
	assert_refused(w, store_trust(w->s, &mine, "person", &w->e),
	    RC_TAMPERED, "the root key of this store");
	card_release(&mine);
	c.box[3] ^= 1;
	assert_refused(w, store_trust(w->s, &c, "person", &w->e),
	    RC_TAMPERED, "another name, box key or store");
	c.box[3] ^= 1;
	c.root[3] ^= 1;
	c.key.b[3] ^= 1;
	assert_refused(w, store_trust(w->s, &c, "person", &w->e),
	    RC_TAMPERED, "another root key or founder");
	card_release(&c);
	assert_int_equal(foreigner(p, ADA).all, 1);
	assert_sound(w);
}

static void
how_it_was_made_sure_is_one_of_the_list(void **state)
{
	struct pair *p = *state;
	struct card c = card_of(&p->theirs);

	assert_refused(&p->ours, store_trust(p->ours.s, &c, "guessed",
	    &p->ours.e), RC_INPUT, "How it was made sure");
	card_release(&c);
	assert_int_equal(foreigner(p, ADA).all, 0);
}

static void
only_who_lets_in_takes_a_card_in(void **state)
{
	struct pair *p = *state;
	struct card c;

	in_as_oda(&p->ours);
	assert_refused(&p->ours, take(p), RC_REFUSED, "may not let others in");
	c = card_of(&p->theirs);
	assert_refused(&p->ours, store_distrust(p->ours.s, &c.key, "gone",
	    &p->ours.e), RC_REFUSED, "may not let others in");
	card_release(&c);
}

static void
not_everybody_has_a_card(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->ours;
	struct card c;

	assert_refused(w, store_card(w->s, "  ", &c, &w->e), RC_INPUT,
	    "the agency");
	world_ok(w, folk_add(w, ODA, ROLE_ADMINISTRATOR));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	assert_refused(w, store_card(w->s, "Office", &c, &w->e), RC_REFUSED,
	    "choose your own");
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	assert_refused(w, store_card(w->s, "Office", &c, &w->e), RC_REFUSED,
	    "exchanges no cases");
}

/* ---- names ---- */

static void
names_are_found_and_told_apart(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->ours;
	struct card c = card_of(&p->theirs);
	struct author_id key;

	assert_refused(w, store_foreigner_find(w->s, ADA, &key, &w->e),
	    RC_NOTFOUND, "take in their card");
	world_ok(w, take(p));
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
	assert_refused(w, store_foreigner_find(w->s, ADA, &key, &w->e),
	    RC_INPUT, "2 people elsewhere");
	world_ok(w, store_foreigner_find(w->s, "Ada Invented (hill clinic)",
	    &key, &w->e));
	assert_memory_equal(key.b, c.key.b, AUTHOR_LEN);
	world_ok(w, store_distrust(w->s, &key, "gone", &w->e));
	world_ok(w, store_foreigner_find(w->s, ADA, &key, &w->e));
	assert_memory_not_equal(key.b, c.key.b, AUTHOR_LEN);
	world_ok(w, store_distrust(w->s, &key, "gone as well", &w->e));
	assert_refused(w, store_foreigner_find(w->s, ADA, &key, &w->e),
	    RC_NOTFOUND, "was ended");
	card_release(&c);
}

/* ---- what their own store says ---- */

static void
who_is_only_named_is_a_practitioner(void **state)
{
	struct pair *p = *state;
	struct asking a;

	world_ok(&p->ours, take(p));
	world_ok(&p->theirs, folk_add(&p->theirs, BEN, ROLE_SUPERVISOR));
	world_ok(&p->ours, bring(p, 1));
	a = foreigner(p, BEN);
	assert_int_equal(a.found, 1);
	assert_false(a.f.carded);
	assert_null(a.f.card);
	assert_int_equal(a.f.role, ROLE_PRACTITIONER);
	assert_string_equal(a.f.agency, SCHOOL);
	assert_string_equal(a.order, ADA ";" BEN ";");
	assert_sound(&p->ours);
	/* A second time nothing is new. */
	world_ok(&p->ours, bring(p, 1));
	assert_int_equal(raw_number(p->ours.s, "SELECT count(*) FROM entry"
	    " WHERE kind = 'introduced'"), 1);
}

/* Ada makes herself supervisor on her own laptop. */
static void
a_self_made_supervisor_is_none_here(void **state)
{
	struct pair *p = *state;

	world_ok(&p->ours, take(p));
	p->theirs.now += 1000;
	world_ok(&p->theirs, store_person_role(p->theirs.s, ADA,
	    ROLE_SUPERVISOR, &p->theirs.e));
	world_ok(&p->ours, bring(p, 1));
	assert_int_equal(store_role(p->theirs.s), ROLE_SUPERVISOR);
	assert_int_equal(counts_as(p), ROLE_PRACTITIONER);
	assert_int_equal(foreigner(p, ADA).f.role, ROLE_PRACTITIONER);
}

/* A card that says more than the register behind it. */
static void
a_card_that_says_too_much_is_found_out(void **state)
{
	struct pair *p = *state;
	struct card c = card_of(&p->theirs);

	c.role = ROLE_SUPERVISOR;
	world_ok(&p->ours, store_trust(p->ours.s, &c, "person", &p->ours.e));
	assert_int_equal(counts_as(p), ROLE_SUPERVISOR);
	world_ok(&p->ours, bring(p, 1));
	assert_int_equal(counts_as(p), ROLE_PRACTITIONER);
	assert_int_equal(foreigner(p, ADA).f.role, ROLE_PRACTITIONER);
	card_release(&c);
}

static void
an_access_ended_there_is_ended_here(void **state)
{
	struct pair *p = *state;
	struct asking a;

	world_ok(&p->ours, take(p));
	world_ok(&p->theirs, folk_add(&p->theirs, BEN, ROLE_SUPERVISOR));
	world_ok(&p->ours, bring(p, 1));
	p->theirs.now += 1000;
	world_ok(&p->theirs, folk_revoke(&p->theirs, BEN));
	world_ok(&p->ours, bring(p, 1));
	world_reopen(&p->ours);
	a = foreigner(p, BEN);
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
	struct pair *p = *state;
	struct world *w = &p->ours;
	struct author_id key;
	struct asking a;

	world_ok(w, take(p));
	world_ok(w, bring(p, 1));
	world_ok(w, store_foreigner_find(w->s, ADA, &key, &w->e));
	world_ok(w, store_distrust(w->s, &key, "lost the laptop", &w->e));
	assert_refused(w, store_distrust(w->s, &key, "again", &w->e),
	    RC_EXISTS, "ended already (lost the laptop)");
	assert_refused(w, take(p), RC_REFUSED, "for good");
	/* What she wrote so far stays; what she writes now is nobody's. */
	assert_int_equal(counts_as(p), ROLE_PRACTITIONER);
	world_ok(&p->theirs, world_append(&p->theirs, draft_observation(
	    p->lark, "B1", "present", "late home"), NULL));
	assert_int_equal(counts_as(p), 0);
	world_reopen(w);
	a = foreigner(p, ADA);
	assert_int_equal(a.f.role, 0);
	assert_string_equal(a.why, "lost the laptop");
	key.b[0] ^= 1;
	assert_refused(w, store_distrust(w->s, &key, "x", &w->e),
	    RC_NOTFOUND, "nobody elsewhere");
	assert_refused(w, store_distrust(w->s, store_author(w->s), "x",
	    &w->e), RC_REFUSED, "is of this store");
	assert_sound(w);
}

/* A role that a new card takes away is gone from what is still to come. */
static void
a_lower_card_holds_for_what_is_to_come(void **state)
{
	struct pair *p = *state;
	struct card c = card_of(&p->theirs);
	struct world *w = &p->ours;

	c.role = ROLE_SUPERVISOR;
	world_ok(w, store_trust(w->s, &c, "person", &w->e));
	assert_int_equal(counts_as(p), ROLE_SUPERVISOR);
	c.role = ROLE_PRACTITIONER;
	w->now += 1000;
	world_ok(w, store_trust(w->s, &c, "person", &w->e));
	/* Dated before it, but not known here by then. */
	assert_int_equal(counts_as(p), ROLE_PRACTITIONER);
	card_release(&c);
}

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
	struct pair *p = *state;
	struct card c = card_of(&p->theirs);

	in_as_oda(&p->ours);
	forge(&p->ours, "trust", card_body(&c, "person"));
	assert_int_equal(foreigner(p, ADA).all, 0);
	assert_fault(&p->ours, "(a trust in case");
	card_release(&c);
}

/* A grant of one card, for another. */
static void
a_grant_is_for_one_card(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->ours;
	struct card c = card_of(&p->theirs);
	char *grant;
	json_t *body;

	world_ok(w, take(p));
	grant = raw_text(w->s, "SELECT json_extract(body, '$.grant')"
	    " FROM entry WHERE kind = 'trust'");
	c.role = ROLE_SUPERVISOR;
	body = card_body(&c, "telephone");
	(void)json_object_set_new(body, "grant", json_string(grant));
	forge(w, "trust", body);
	assert_int_equal(counts_as(p), ROLE_PRACTITIONER);
	assert_fault(w, "it does not count");
	free(grant);
	card_release(&c);
}

static void
an_ending_without_a_grant_ends_nobody(void **state)
{
	struct pair *p = *state;
	char hex[2 * AUTHOR_LEN + 1];

	world_ok(&p->ours, take(p));
	hex_format(store_author(p->theirs.s)->b, AUTHOR_LEN, hex);
	in_as_oda(&p->ours);
	forge(&p->ours, "distrust", json_pack("{s:s, s:s, s:i}", "key", hex,
	    "reason", "no", "after", 0));
	assert_int_equal(counts_as(p), ROLE_PRACTITIONER);
	assert_fault(&p->ours, "(a distrust in case");
}

/* Oda writes that Ada's store made Piers its supervisor. */
static void
an_invented_introduction_introduces_nobody(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->ours;
	json_t *bodies, *body, *records;

	world_ok(w, take(p));
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
	assert_int_equal(foreigner(p, BEN).found, 0);
	assert_int_equal(counts_as(p), ROLE_PRACTITIONER);
	/* It shuts nobody out: the true one is heard later. */
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, bring(p, 1));
	assert_int_equal(foreigner(p, BEN).found, 1);
	json_decref(bodies);
}

/* Their register brings our own people, under their roles and endings. */
static void
our_own_people_are_ours(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->ours;
	const struct author_id ilse = *store_author(w->s);
	char hex[2 * AUTHOR_LEN + 1];

	world_ok(w, take(p));
	hex_format(ilse.b, AUTHOR_LEN, hex);
	p->theirs.now += 1000;
	raw_granted(p->theirs.s, "user", json_pack("{s:s, s:s}", "name",
	    "Somebody Else", "key", hex));
	raw_granted(p->theirs.s, "role", json_pack("{s:s, s:s}", "key", hex,
	    "role", "auditor"));
	raw_granted(p->theirs.s, "revoke", json_pack("{s:s, s:s, s:i}",
	    "key", hex, "reason", "no", "after", 0));
	world_ok(w, bring(p, 1));
	world_reopen(w);
	assert_int_equal(store_role(w->s), ROLE_SUPERVISOR);
	assert_true(store_may_grant(w->s));
	assert_string_equal(roster_name(store_roster(w->s), &ilse),
	    WORLD_USER);
	assert_int_equal(foreigner(p, "Somebody Else").found, 0);
	assert_sound(w);
}

/* The clock of another store is years ahead: it dates nothing here. */
static void
their_clock_does_not_date_our_register(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->ours;
	long long at;

	world_ok(w, take(p));
	p->theirs.now += 50 * YEAR;
	world_ok(&p->theirs, world_append(&p->theirs, draft_observation(
	    p->lark, "B1", "present", "late home"), NULL));
	(void)bring(p, 1);
	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	at = raw_number(w->s, "SELECT max(at) FROM entry WHERE kind = 'role'");
	assert_true(at < w->now + YEAR);
	assert_int_equal(person(w, ODA).p.role, ROLE_PRACTITIONER);
}

/* ---- the people of a case ---- */

static void
a_restriction_may_name_somebody_elsewhere(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->ours;
	static const char *const named[] = {ADA " (" SCHOOL ")"};
	struct case_id id = world_case(w, "WREN-1");
	struct restriction r = {.case_id = &id, .people = named, .n = 1,
	    .reason = "her aunt works here", .review = DAY_NONE};
	char hex[2 * AUTHOR_LEN + 1], *body;

	assert_refused(w, store_restrict(w->s, &r, &w->e), RC_INPUT,
	    "nobody with access is called");
	world_ok(w, take(p));
	world_ok(w, store_restrict(w->s, &r, &w->e));
	body = raw_text(w->s, "SELECT body FROM entry"
	    " WHERE kind = 'restrict'");
	hex_format(store_author(p->theirs.s)->b, AUTHOR_LEN, hex);
	assert_non_null(strstr(body, hex));
	free(body);
}

#define T(t) cmocka_unit_test_setup_teardown(t, make, unmake)

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
		T(a_card_without_a_grant_is_named),
		T(a_grant_is_for_one_card),
		T(an_ending_without_a_grant_ends_nobody),
		T(an_invented_introduction_introduces_nobody),
		T(our_own_people_are_ours),
		T(their_clock_does_not_date_our_register),
		T(a_restriction_may_name_somebody_elsewhere),
	};

	return cmocka_run_group_tests_name("abroad", tests, NULL, NULL);
}
