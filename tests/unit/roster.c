/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The roster: whose entries count when.  A role needs a grant of the root
 * key, for this store, this author, this place in the chain and this time;
 * and what is written after an access ended counts for nothing.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/kinds.h"
#include "core/roster.h"

#define FOUNDER 1
#define ODA 2
#define PIERS 3

struct fold {
	struct roster r;
	struct grantor g;
	unsigned char root_sk[64];
	uint64_t n[4];
	bool grant;		/* whether entries carry one */
};

static struct author_id
key_of(int who)
{
	struct author_id id;

	memset(id.b, who, sizeof(id.b));
	return id;
}

static void
fold_init(struct fold *f)
{
	const struct author_id founder = key_of(FOUNDER);

	memset(f, 0, sizeof(*f));
	assert_true(sodium_init() >= 0);
	crypto_sign_keypair(f->g.root_pk, f->root_sk);
	memset(f->g.uuid, 5, sizeof(f->g.uuid));
	roster_init(&f->r);
	roster_found(&f->r, &founder, &f->g);
}

/* An entry that who writes; released by the caller.  Takes body. */
static struct entry
entry_of(struct fold *f, int who, int64_t at, const char *kind,
    json_t *body)
{
	struct entry e = {.at = at, .n = ++f->n[who]};

	e.author = key_of(who);
	e.case_id = case_id_register();
	e.on = span_none();
	memcpy(e.kind, kind, strlen(kind) + 1);
	if (f->grant)
		grant_sign(&f->g, f->root_sk, &e, body);
	e.body = entry_canonical_body(body);
	entry_seal_id(&e);
	json_decref(body);
	return e;
}

static void
apply(struct fold *f, int who, int64_t at, const char *kind, json_t *body)
{
	struct entry e = entry_of(f, who, at, kind, body);

	roster_apply(&f->r, &e);
	entry_release(&e);
}

static json_t *
user_body(int who, const char *name)
{
	const struct author_id key = key_of(who);
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(key.b, AUTHOR_LEN, hex);
	return json_pack("{s:s, s:s}", "name", name, "key", hex);
}

static json_t *
role_body(int who, const char *role)
{
	json_t *body = user_body(who, "");

	(void)json_object_del(body, "name");
	(void)json_object_set_new(body, "role", json_string(role));
	return body;
}

static json_t *
revoke_body(int who)
{
	json_t *body = role_body(who, "");

	(void)json_object_del(body, "role");
	(void)json_object_set_new(body, "reason", json_string("left in May"));
	return body;
}

static unsigned
roles(const struct fold *f, int who, int64_t at)
{
	const struct author_id key = key_of(who);

	return roster_roles(&f->r, &key, at);
}

/* A founder who is supervisor, and Oda, a practitioner. */
static int
make(void **state)
{
	struct fold *f = calloc(1, sizeof(*f));

	fold_init(f);
	apply(f, FOUNDER, 100, "user", user_body(FOUNDER, "Ilse Marwood"));
	apply(f, FOUNDER, 100, "role", role_body(FOUNDER, "supervisor"));
	f->grant = true;
	apply(f, FOUNDER, 200, "user", user_body(ODA, "Oda Fennimore"));
	apply(f, FOUNDER, 200, "role", role_body(ODA, "practitioner"));
	*state = f;
	return 0;
}

static int
unmake(void **state)
{
	struct fold *f = *state;

	roster_release(&f->r);
	free(f);
	return 0;
}

/* True if an entry by who counts. */
static bool
allowed(struct fold *f, int who, int64_t at, const char *kind, json_t *body)
{
	struct entry e = entry_of(f, who, at, kind, body);
	bool allows = roster_allows(&f->r, &e);

	entry_release(&e);
	return allows;
}

static void
a_role_holds_from_its_time_to_the_next(void **state)
{
	struct fold *f = *state;

	assert_int_equal(roles(f, ODA, 199), 0);
	assert_int_equal(roles(f, ODA, 200), ROLE_PRACTITIONER);
	apply(f, FOUNDER, 300, "role", role_body(ODA, "auditor"));
	assert_int_equal(roles(f, ODA, 299), ROLE_PRACTITIONER);
	assert_int_equal(roles(f, ODA, 300), ROLE_AUDITOR);
	assert_int_equal(roles(f, PIERS, 300), 0);
}

static void
without_a_grant_nothing_changes(void **state)
{
	struct fold *f = *state;

	f->grant = false;
	apply(f, FOUNDER, 300, "role", role_body(ODA, "supervisor"));
	apply(f, ODA, 300, "role", role_body(ODA, "supervisor"));
	apply(f, ODA, 300, "user", user_body(PIERS, "Piers Quillfeather"));
	apply(f, ODA, 300, "revoke", revoke_body(FOUNDER));
	assert_int_equal(roles(f, ODA, 400), ROLE_PRACTITIONER);
	assert_int_equal(roles(f, FOUNDER, 400), ROLE_SUPERVISOR);
	assert_null(roster_by_name(&f->r, "Piers Quillfeather"));
}

/* The same grant at another place, at another time, for another body. */
static void
a_grant_is_for_one_entry(void **state)
{
	struct fold *f = *state;
	struct entry e = entry_of(f, FOUNDER, 300, "role",
	    role_body(ODA, "supervisor"));
	struct entry other;

	assert_true(roster_allows(&f->r, &e));
	entry_copy(&other, &e);
	other.n++;
	assert_false(roster_allows(&f->r, &other));
	other.n = e.n;
	other.at++;
	assert_false(roster_allows(&f->r, &other));
	other.at = e.at;
	other.author = key_of(ODA);
	assert_false(roster_allows(&f->r, &other));
	other.author = e.author;
	*strstr(other.body, "supervisor") = 'S';
	assert_false(roster_allows(&f->r, &other));
	entry_release(&other);
	memset(f->r.grantor.uuid, 6, sizeof(f->r.grantor.uuid));
	assert_false(roster_allows(&f->r, &e));
	entry_release(&e);
}

static void
another_root_key_grants_nothing(void **state)
{
	struct fold *f = *state;
	unsigned char pk[32];

	crypto_sign_keypair(pk, f->root_sk);
	apply(f, FOUNDER, 300, "role", role_body(ODA, "supervisor"));
	assert_int_equal(roles(f, ODA, 400), ROLE_PRACTITIONER);
}

/* Somebody kept the key of a person who has left, and the store's. */
static void
a_stolen_key_writes_nothing_after_the_end(void **state)
{
	struct fold *f = *state;

	assert_true(allowed(f, ODA, 499, "recovery", json_pack("{s:s}",
	    "what", "made")));
	apply(f, FOUNDER, 500, "revoke", revoke_body(ODA));
	assert_int_equal(roles(f, ODA, 500), ROLE_PRACTITIONER);
	assert_int_equal(roles(f, ODA, 501), 0);
	assert_false(allowed(f, ODA, 501, "recovery", json_pack("{s:s}",
	    "what", "made")));
	/* For good: no later entry brings the key back. */
	apply(f, FOUNDER, 600, "user", user_body(ODA, "Oda Fennimore"));
	apply(f, FOUNDER, 600, "role", role_body(ODA, "supervisor"));
	assert_int_equal(roles(f, ODA, 700), 0);
	assert_null(roster_by_name(&f->r, "Oda Fennimore"));
	/* The name may be somebody's again, with another key. */
	apply(f, FOUNDER, 700, "user", user_body(PIERS, "Oda Fennimore"));
	apply(f, FOUNDER, 700, "role", role_body(PIERS, "trainer"));
	assert_int_equal(roles(f, PIERS, 800), ROLE_TRAINER);
	assert_non_null(roster_by_name(&f->r, "oda fennimore"));
}

/* A role taken away, with what the person had written by then. */
static void
change(struct fold *f, int who, int64_t at, const char *role)
{
	json_t *body = role_body(who, role);

	(void)json_object_set_new(body, "after",
	    json_integer((json_int_t)f->n[who]));
	apply(f, FOUNDER, at, "role", body);
}

static json_t *
setting_body(void)
{
	return json_pack("{s:s, s:s}", "name", "backup-days", "value", "14");
}

/* The date is the author's word; the place in the chain is not. */
static void
nobody_writes_into_the_time_of_an_old_role(void **state)
{
	struct fold *f = *state;
	struct entry early;

	apply(f, FOUNDER, 300, "role", role_body(ODA, "supervisor"));
	early = entry_of(f, ODA, 400, "setting", setting_body());
	change(f, ODA, 500, "practitioner");
	assert_true(roster_allows(&f->r, &early));
	assert_false(allowed(f, ODA, 499, "setting", setting_body()));
	assert_false(allowed(f, ODA, 501, "setting", setting_body()));
	change(f, ODA, 600, "supervisor");
	assert_true(allowed(f, ODA, 601, "setting", setting_body()));
	entry_release(&early);
}

/* Who has had a date to do it on keeps no way to write before the end. */
static void
nobody_writes_into_the_time_before_the_end(void **state)
{
	struct fold *f = *state;
	json_t *body = revoke_body(ODA);

	(void)json_object_set_new(body, "after", json_integer(0));
	apply(f, FOUNDER, 500, "revoke", body);
	assert_false(allowed(f, ODA, 400, "recovery", json_pack("{s:s}",
	    "what", "made")));
}

/* A supervisor of once has kept the root key, which signs for anybody. */
static void
a_kept_root_key_lets_nobody_in(void **state)
{
	struct fold *f = *state;

	apply(f, FOUNDER, 300, "role", role_body(ODA, "supervisor"));
	assert_true(allowed(f, ODA, 400, "user", user_body(PIERS, "Piers")));
	change(f, ODA, 500, "practitioner");
	apply(f, ODA, 600, "role", role_body(ODA, "administrator"));
	apply(f, ODA, 400, "role", role_body(ODA, "administrator"));
	apply(f, ODA, 700, "revoke", revoke_body(FOUNDER));
	assert_int_equal(roles(f, ODA, 800), ROLE_PRACTITIONER);
	assert_int_equal(roles(f, FOUNDER, 800), ROLE_SUPERVISOR);
}

/* The founder lets others in whatever the role; so does who took the place. */
static void
the_founders_place_is_kept(void **state)
{
	struct fold *f = *state;
	json_t *body = user_body(PIERS, "Piers Quillfeather");

	change(f, FOUNDER, 300, "practitioner");
	(void)json_object_set_new(body, "keeper", json_true());
	apply(f, FOUNDER, 400, "user", body);
	apply(f, FOUNDER, 400, "role", role_body(PIERS, "practitioner"));
	apply(f, PIERS, 500, "role", role_body(ODA, "auditor"));
	assert_int_equal(roles(f, ODA, 500), ROLE_AUDITOR);
}

/* ---- what a store is for ---- */

static void
found(struct fold *f)
{
	fold_init(f);
	apply(f, FOUNDER, 100, "user", user_body(FOUNDER, "Ilse Marwood"));
	apply(f, FOUNDER, 100, "role", role_body(FOUNDER, "supervisor"));
	f->grant = true;
}

static json_t *
purpose_body(void)
{
	return json_pack("{s:s}", "purpose", "training");
}

/* The third entry of who, if it is the founder; of body and grant as given. */
static bool
training_after(int who, bool grant, json_t *body)
{
	struct fold f;
	bool training;

	found(&f);
	f.grant = grant;
	f.n[who] = 2;
	apply(&f, who, 100, "purpose", body);
	training = f.r.training;
	roster_release(&f.r);
	return training;
}

static void
the_founders_third_entry_says_what_the_store_is_for(void **state)
{
	(void)state;
	assert_true(training_after(FOUNDER, true, purpose_body()));
	assert_false(training_after(FOUNDER, false, purpose_body()));
	assert_false(training_after(ODA, true, purpose_body()));
	assert_false(training_after(FOUNDER, true, json_pack("{s:s}",
	    "purpose", "anything")));
	assert_false(training_after(FOUNDER, true, json_pack("{}")));
}

static void
no_other_entry_says_it(void **state)
{
	struct fold *f = *state;

	assert_false(allowed(f, FOUNDER, 300, "purpose", purpose_body()));
	apply(f, FOUNDER, 300, "purpose", purpose_body());
	assert_false(f->r.training);
	f->n[FOUNDER] = 1;
	assert_false(allowed(f, FOUNDER, 100, "purpose", purpose_body()));
	f->n[FOUNDER] = 0;
	apply(f, FOUNDER, 100, "purpose", purpose_body());
	assert_false(f->r.training);
}

/* A store of nobody's founding, such as a test's, is for real cases. */
static void
without_a_founder_it_is_for_real_cases(void **state)
{
	struct fold f;

	(void)state;
	fold_init(&f);
	f.r.founded = false;
	f.grant = true;
	f.n[FOUNDER] = 2;
	apply(&f, FOUNDER, 100, "purpose", purpose_body());
	assert_false(f.r.training);
	roster_release(&f.r);
}

#define T(t) cmocka_unit_test_setup_teardown(t, make, unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_role_holds_from_its_time_to_the_next),
		T(without_a_grant_nothing_changes),
		T(a_grant_is_for_one_entry),
		T(another_root_key_grants_nothing),
		T(a_stolen_key_writes_nothing_after_the_end),
		T(nobody_writes_into_the_time_of_an_old_role),
		T(nobody_writes_into_the_time_before_the_end),
		T(a_kept_root_key_lets_nobody_in),
		T(the_founders_place_is_kept),
		T(no_other_entry_says_it),
		cmocka_unit_test(
		    the_founders_third_entry_says_what_the_store_is_for),
		cmocka_unit_test(without_a_founder_it_is_for_real_cases),
	};

	return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
