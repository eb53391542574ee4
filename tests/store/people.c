/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People: let in, given a role, a passphrase, a new start; their access
 * ended.
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
#include "db/recovery.h"
#include "tests/store/folk.h"

static void
a_person_is_let_in_and_works(void **state)
{
	struct world *w = *state;
	struct looking l;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	l = person(w, ODA);
	assert_int_equal(l.found, 1);
	assert_int_equal(l.all, 2);
	assert_int_equal(l.p.role, ROLE_PRACTITIONER);
	assert_true(l.p.has_slot);
	assert_true(l.p.must_change);
	assert_false(l.p.may_grant);
	assert_false(l.p.me);
	assert_sound(w);
	assert_int_equal(folk_add(w, "oda  FENNIMORE", ROLE_TRAINER), RC_EXISTS);
	assert_int_equal(open_as(w, NULL, ODA_PASS), RC_USAGE);
	assert_int_equal(open_as(w, ODA, WORLD_PASS), RC_PASSPHRASE);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	assert_string_equal(store_user(w->s), ODA);
	assert_true(store_must_change(w->s));
	assert_false(store_may_grant(w->s));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	assert_false(store_must_change(w->s));
	(void)world_case(w, "WREN-1");
	assert_sound(w);
	assert_int_equal(open_as(w, ODA, ODA_PASS), RC_PASSPHRASE);
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_false(store_must_change(w->s));
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_sound(w);
}

static void
a_passphrase_is_refused_for_a_reason(void **state)
{
	struct world *w = *state;

	assert_int_equal(folk_change(w, "not the right words at all", ODA_OWN),
	    RC_PASSPHRASE);
	assert_int_equal(folk_change(w, WORLD_PASS, "short"), RC_INPUT);
	assert_int_equal(folk_change(w, WORLD_PASS, WORLD_PASS), RC_INPUT);
	world_reopen(w);
}

/* All of the header but one slot, its number and its two sums is the same. */
static void
a_new_passphrase_writes_one_slot(void **state)
{
	struct world *w = *state;
	unsigned char *before, *after;
	size_t n, changed = 0;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, folk_add(w, PIERS, ROLE_TRAINER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_close(w);
	before = file_load(w->path, &n);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	world_close(w);
	after = file_load(w->path, &n);
	assert_memory_equal(after, after + HEADER_COPY, HEADER_COPY);
	for (size_t i = 0; i < HEADER_COPY; i++) {
		bool sums = i >= HEADER_COPY - 64;
		bool number = i >= 16 && i < 24;
		bool slot = i >= 512 + 1024 && i < 512 + 2048;

		changed += slot && before[i] != after[i];
		if (before[i] != after[i] && !sums && !number && !slot)
			fail_msg("byte %zu of the header changed", i);
	}
	assert_true(changed > 100);
	free(before);
	free(after);
}

static void
a_role_comes_with_its_rights(void **state)
{
	struct world *w = *state;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	assert_int_equal(folk_add(w, PIERS, ROLE_TRAINER), RC_REFUSED);
	assert_int_equal(store_person_role(w->s, ODA, ROLE_SUPERVISOR,
	    &w->e), RC_REFUSED);
	assert_int_equal(folk_reset(w, WORLD_USER, ODA_PASS), RC_REFUSED);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, store_person_role(w->s, ODA, ROLE_ADMINISTRATOR, &w->e));
	assert_int_equal(store_person_role(w->s, ODA, ROLE_ADMINISTRATOR,
	    &w->e), RC_EXISTS);
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_int_equal(store_role(w->s), ROLE_ADMINISTRATOR);
	assert_true(store_may_grant(w->s));
	world_ok(w, folk_add(w, PIERS, ROLE_TRAINER));
	assert_sound(w);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, store_person_role(w->s, ODA, ROLE_AUDITOR, &w->e));
	assert_sound(w);
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_false(store_may_grant(w->s));
	assert_int_equal(store_person_role(w->s, ODA, ROLE_SUPERVISOR,
	    &w->e), RC_REFUSED);
	/* What they did while they held the role stands. */
	assert_int_equal(person(w, PIERS).p.role, ROLE_TRAINER);
	assert_sound(w);
}

static void
a_given_passphrase_gives_nothing_on(void **state)
{
	struct world *w = *state;

	world_ok(w, folk_add(w, ODA, ROLE_SUPERVISOR));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	assert_int_equal(folk_add(w, PIERS, ROLE_TRAINER), RC_REFUSED);
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	world_ok(w, folk_add(w, PIERS, ROLE_TRAINER));
}

static void
somebody_is_always_left_who_may_grant(void **state)
{
	struct world *w = *state;

	world_ok(w, folk_add(w, ODA, ROLE_SUPERVISOR));
	/* The founder keeps the root key whatever the role. */
	world_ok(w, store_person_role(w->s, WORLD_USER, ROLE_PRACTITIONER,
	    &w->e));
	assert_true(store_may_grant(w->s));
	world_ok(w, store_person_role(w->s, ODA, ROLE_TRAINER, &w->e));
	world_ok(w, folk_add(w, PIERS, ROLE_ADMINISTRATOR));
	world_ok(w, open_as(w, PIERS, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	/* A forgotten passphrase does not take the founder's right away. */
	world_ok(w, folk_reset(w, WORLD_USER, ODA_PASS));
	assert_true(person(w, WORLD_USER).p.may_grant);
	world_ok(w, store_person_role(w->s, WORLD_USER, ROLE_TRAINER,
	    &w->e));
	assert_true(person(w, WORLD_USER).p.may_grant);
	world_ok(w, folk_revoke(w, WORLD_USER));
	assert_int_equal(store_person_role(w->s, PIERS, ROLE_TRAINER,
	    &w->e), RC_REFUSED);
	assert_sound(w);
}

static void
a_forgotten_passphrase_is_replaced(void **state)
{
	struct world *w = *state;
	struct looking l;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	(void)world_case(w, "WREN-1");
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(folk_reset(w, WORLD_USER, ODA_PASS), RC_REFUSED);
	assert_int_equal(folk_reset(w, PIERS, ODA_PASS), RC_NOTFOUND);
	world_ok(w, folk_reset(w, ODA, "a third passphrase for Oda now"));
	assert_sound(w);
	l = person(w, ODA);
	assert_int_equal(l.found, 2);
	assert_int_equal(l.slots, 2);
	assert_string_equal(l.order, WORLD_USER ";" ODA ";" ODA " (ended);");
	assert_true(l.p.must_change);
	assert_int_equal(open_as(w, ODA, ODA_OWN), RC_PASSPHRASE);
	world_ok(w, open_as(w, ODA, "a third passphrase for Oda now"));
	assert_int_equal(store_role(w->s), ROLE_PRACTITIONER);
	world_ok(w, folk_change(w, "a third passphrase for Oda now", ODA_OWN));
	(void)world_case(w, "WREN-2");
	assert_sound(w);
}

/* A clock put back neither shuts a new person out nor undoes what was done. */
static void
a_clock_put_back_takes_nothing_away(void **state)
{
	struct world *w = *state;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	w->now -= 3600000;
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	w->now += 7200000;
	(void)world_case(w, "WREN-1");
	w->now -= 7200000;
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, folk_reset(w, ODA, ODA_PASS));
	assert_sound(w);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	(void)world_case(w, "WREN-2");
	assert_sound(w);
}

static void
an_ended_access_opens_nothing(void **state)
{
	struct world *w = *state;
	struct looking l;

	in_as_oda(w);
	(void)world_case(w, "WREN-1");
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, folk_add(w, PIERS, ROLE_SUPERVISOR));
	world_ok(w, folk_revoke(w, ODA));
	assert_sound(w);
	l = person(w, ODA);
	assert_string_equal(l.order, WORLD_USER ";" PIERS ";" ODA
	    " (ended);");
	assert_string_equal(l.p.why_ended, "left in May");
	assert_int_equal(l.p.role, 0);
	assert_false(l.p.has_slot);
	assert_int_equal(open_as(w, ODA, ODA_OWN), RC_PASSPHRASE);
	/* The others come in as before, and nobody typed their passphrase. */
	world_ok(w, open_as(w, PIERS, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	assert_true(store_may_grant(w->s));
	assert_sound(w);
	/* The name may come back, as somebody new. */
	world_ok(w, folk_add(w, ODA, ROLE_TRAINER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	assert_int_equal(store_role(w->s), ROLE_TRAINER);
	assert_sound(w);
}

static void
codes_outlive_a_new_key(void **state)
{
	struct world *w = *state;
	struct secret code;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, store_recovery_make(w->s, &code, &w->e));
	world_ok(w, folk_revoke(w, ODA));
	world_close(w);
	world_ok(w, store_recover(w->path, &code, 1, &w->opts, &w->s, &w->e));
	assert_true(store_may_grant(w->s));
	world_ok(w, folk_add(w, PIERS, ROLE_TRAINER));
	assert_sound(w);
	secret_release(&code);
}

static bool
stop_at_once(uint64_t done, uint64_t all, void *ctx)
{
	(void)done, (void)all, (void)ctx;
	return false;
}

static void
ending_an_access_is_refused_for_a_reason(void **state)
{
	struct world *w = *state;

	char *long_text = malloc(4000000);

	/* So much that there is something to stop. */
	memset(long_text, 'x', 3999999);
	long_text[3999999] = '\0';
	world_ok(w, store_draft_save(w->s, "note/1", long_text, &w->e));
	free(long_text);
	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	assert_int_equal(folk_revoke(w, WORLD_USER), RC_REFUSED);
	assert_int_equal(folk_revoke(w, PIERS), RC_NOTFOUND);
	assert_int_equal(store_person_revoke(w->s, ODA, "  ", NULL, NULL,
	    &w->e), RC_INPUT);
	assert_int_equal(store_person_revoke(w->s, ODA, "left in May",
	    stop_at_once, NULL, &w->e), RC_CANCELLED);
	assert_int_equal(person(w, ODA).slots, 2);
	assert_sound(w);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	assert_int_equal(folk_revoke(w, WORLD_USER), RC_REFUSED);
}

/* A slot that is gone comes back with the old header, and is told. */
static void
an_older_header_does_not_open(void **state)
{
	struct world *w = *state;
	unsigned char *old, *now;
	size_t n_old, n;

	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_close(w);
	old = file_load(w->path, &n_old);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	world_close(w);
	now = file_load(w->path, &n);
	memcpy(now, old, HEADER_SIZE);
	file_save(w->path, now, n);
	free(now);
	assert_int_equal(open_as(w, ODA, ODA_PASS), RC_TAMPERED);
	file_save(w->path, old, n_old);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, folk_revoke(w, ODA));
	world_close(w);
	now = file_load(w->path, &n);
	memcpy(now, old, HEADER_SIZE);
	file_save(w->path, now, n);
	free(now);
	free(old);
	switch (open_as(w, ODA, ODA_PASS)) {
	case RC_DAMAGED:
	case RC_TAMPERED:
		break;
	default:
		fail_msg("%s", w->e.text);
	}
}

/* What another process does while a key is derived here. */
struct meanwhile {
	struct world *w;
	enum rc (*what)(struct store *s, struct err *e);
	bool done;
};

static int64_t
now_and_then(void *ctx)
{
	struct meanwhile *m = ctx;
	struct store *s;

	if (m->done)
		return m->w->now++;
	m->done = true;
	world_ok(m->w, store_open(m->w->path, WORLD_USER, &m->w->pass,
	    &m->w->opts, &s, &m->w->e));
	world_ok(m->w, m->what(s, &m->w->e));
	store_close(s);
	return m->w->now++;
}

static enum rc
let_in(struct store *s, struct err *e)
{
	struct secret pass = secret_of(ODA_PASS);
	enum rc rc = store_person_add(s, ODA, ROLE_PRACTITIONER, &pass, e);

	secret_release(&pass);
	return rc;
}

static enum rc
encrypt_anew(struct store *s, struct err *e)
{
	return store_rekey(s, NULL, "a test", NULL, NULL, e);
}

static void
open_while(struct world *w, enum rc (*what)(struct store *, struct err *))
{
	struct meanwhile m = {.w = w, .what = what};
	const struct clock clock = {now_and_then, now_and_then, &m, NULL};
	struct store_opts opts = w->opts;

	world_close(w);
	opts.clock = &clock;
	opts.state_dir = w->dir;
	assert_int_equal(store_open(w->path, WORLD_USER, &w->pass, &opts,
	    &w->s, &w->e), RC_BUSY);
	assert_true(m.done);
	assert_non_null(strstr(w->e.text, "changed by another process"));
	w->s = NULL;
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_sound(w);
}

/* An alarm that nobody caused would be believed the next time by nobody. */
static void
a_change_while_the_key_is_derived_is_no_fault(void **state)
{
	open_while(*state, let_in);
	open_while(*state, encrypt_anew);
}

#define T(f) cmocka_unit_test_setup_teardown(f, folk_make, folk_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_person_is_let_in_and_works),
		T(a_passphrase_is_refused_for_a_reason),
		T(a_new_passphrase_writes_one_slot),
		T(a_role_comes_with_its_rights),
		T(a_given_passphrase_gives_nothing_on),
		T(somebody_is_always_left_who_may_grant),
		T(a_forgotten_passphrase_is_replaced),
		T(a_clock_put_back_takes_nothing_away),
		T(an_ended_access_opens_nothing),
		T(codes_outlive_a_new_key),
		T(ending_an_access_is_refused_for_a_reason),
		T(an_older_header_does_not_open),
		T(a_change_while_the_key_is_derived_is_no_fault),
	};

	return cmocka_run_group_tests_name("store: people", tests, NULL,
	    NULL);
}
