/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The drill: a passphrase is lost, the code or two people's codes open the
 * store, the person works again and the old passphrase is dead.
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
#include "db/people.h"
#include "db/recovery.h"
#include "tests/store/disk.h"
#include "tests/store/world.h"

#define FRESH "new words after the old were lost"

static const char *const keepers[] = {
	"Oda Fennimore", "Piers Quillfeather", "Tamsin Oakapple"
};

static struct secret
secret_of(const char *text)
{
	struct secret s;
	struct err e;

	if (secret_init(&s, 256, &e) != RC_OK)
		abort();
	(void)secret_add(&s, text, strlen(text));
	return s;
}

static enum rc
open_with(struct world *w, const char *user, const char *pass)
{
	struct secret p = secret_of(pass);
	enum rc rc;

	world_close(w);
	rc = store_open(w->path, user, &p, &w->opts, &w->s, &w->e);
	if (rc != RC_OK)
		w->s = NULL;
	secret_release(&p);
	return rc;
}

static enum rc
recover(struct world *w, const char *a, const char *b)
{
	struct secret codes[2] = {secret_of(a), secret_of(b ? b : "")};
	enum rc rc;

	world_close(w);
	rc = store_recover(w->path, codes, b != NULL ? 2 : 1, &w->opts, &w->s,
	    &w->e);
	if (rc != RC_OK)
		w->s = NULL;
	secret_release(&codes[0]);
	secret_release(&codes[1]);
	return rc;
}

static enum rc
reset(struct world *w, const char *name)
{
	struct secret p = secret_of(FRESH);
	enum rc rc = store_person_reset(w->s, name, &p, &w->e);

	secret_release(&p);
	return rc;
}

static int
make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	world_init(w);
	world_create(w);
	(void)world_case(w, "WREN-1");
	*state = w;
	return 0;
}

static int
unmake(void **state)
{
	disk_mend();
	world_release(*state);
	free(*state);
	return 0;
}

static void
assert_sound(struct world *w)
{
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

/* The text of a new code, owned. */
static char *
new_code(struct world *w)
{
	struct secret code;
	char *text;

	world_ok(w, store_recovery_make(w->s, &code, &w->e));
	assert_int_equal(code.len, 44);
	text = strdup((const char *)code.p);
	secret_release(&code);
	return text;
}

static void
new_pairs(struct world *w, size_t n, char *texts[PAIR_HOLDERS_MAX])
{
	struct secret codes[PAIR_HOLDERS_MAX];

	world_ok(w, store_pair_make(w->s, keepers, n, codes, &w->e));
	for (size_t i = 0; i < n; i++) {
		texts[i] = strdup((const char *)codes[i].p);
		secret_release(&codes[i]);
	}
}

static struct recovery_state
state_of(struct world *w)
{
	struct recovery_state st;

	world_close(w);
	world_ok(w, store_recovery_state(w->path, &st, &w->e));
	return st;
}

static void
drill(struct world *w)
{
	assert_int_equal(store_role(w->s), ROLE_ADMINISTRATOR);
	assert_true(store_may_grant(w->s));
	assert_int_equal(world_append(w, draft_open(store_new_case_id(w->s),
	    "WREN-7"), NULL), RC_REFUSED);
	world_ok(w, reset(w, WORLD_USER));
	assert_sound(w);
	assert_int_equal(open_with(w, WORLD_USER, WORLD_PASS),
	    RC_PASSPHRASE);
	world_ok(w, open_with(w, WORLD_USER, FRESH));
	/* Nobody else has typed it. */
	assert_false(store_must_change(w->s));
	assert_int_equal(store_role(w->s), ROLE_PRACTITIONER);
	assert_true(store_may_grant(w->s));
	(void)world_case(w, "WREN-2");
	assert_sound(w);
}

static void
a_code_brings_a_person_back(void **state)
{
	struct world *w = *state;
	char *code = new_code(w);

	assert_true(state_of(w).code);
	world_ok(w, open_with(w, NULL, WORLD_PASS));
	assert_sound(w);
	world_ok(w, recover(w, code, NULL));
	assert_string_equal(store_user(w->s), "Recovery code");
	drill(w);
	free(code);
}

/* Used, a code is replaced with what it opens as its last act. */
static void
a_used_code_makes_its_successor(void **state)
{
	struct world *w = *state;
	char *code = new_code(w), *next;

	world_ok(w, recover(w, code, NULL));
	world_ok(w, reset(w, WORLD_USER));
	next = new_code(w);
	assert_string_not_equal(code, next);
	assert_int_equal(recover(w, code, NULL), RC_PASSPHRASE);
	world_ok(w, recover(w, next, NULL));
	assert_sound(w);
	drill(w);
	free(code);
	free(next);
}

static void
a_new_code_ends_the_old(void **state)
{
	struct world *w = *state;
	char *old = new_code(w), *fresh = new_code(w);

	assert_int_equal(recover(w, old, NULL), RC_PASSPHRASE);
	world_ok(w, recover(w, fresh, NULL));
	assert_sound(w);
	free(old);
	free(fresh);
}

static void
two_of_three_open_and_one_does_not(void **state)
{
	struct world *w = *state;
	char *t[PAIR_HOLDERS_MAX];

	new_pairs(w, 3, t);
	assert_int_equal(state_of(w).pairs, 3);
	assert_false(state_of(w).code);
	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; k < 3; k++) {
			enum rc rc = recover(w, t[i], t[k]);

			assert_int_equal(rc, i == k ? RC_INPUT : RC_OK);
		}
		assert_int_equal(recover(w, t[i], NULL), RC_NOTFOUND);
		assert_non_null(strstr(w->e.text, "two people's codes"));
	}
	world_ok(w, recover(w, t[2], t[0]));
	drill(w);
	for (size_t i = 0; i < 3; i++)
		free(t[i]);
}

static void
new_pairs_end_the_old(void **state)
{
	struct world *w = *state;
	char *old[PAIR_HOLDERS_MAX], *fresh[PAIR_HOLDERS_MAX];
	char *code;

	new_pairs(w, 3, old);
	code = new_code(w);
	new_pairs(w, 2, fresh);
	assert_int_equal(state_of(w).pairs, 1);
	assert_true(state_of(w).code);
	assert_int_equal(recover(w, old[0], old[1]), RC_PASSPHRASE);
	assert_int_equal(recover(w, old[0], fresh[1]), RC_PASSPHRASE);
	assert_int_equal(recover(w, fresh[0], code), RC_PASSPHRASE);
	world_ok(w, recover(w, fresh[1], fresh[0]));
	world_ok(w, recover(w, code, NULL));
	assert_sound(w);
	free(code);
	for (size_t i = 0; i < 3; i++)
		free(old[i]);
	free(fresh[0]);
	free(fresh[1]);
}

static void
what_is_taken_away_opens_nothing(void **state)
{
	struct world *w = *state;
	char *t[PAIR_HOLDERS_MAX], *code = new_code(w);

	new_pairs(w, 2, t);
	world_ok(w, store_recovery_remove(w->s, false, &w->e));
	assert_int_equal(store_recovery_remove(w->s, false, &w->e),
	    RC_NOTFOUND);
	assert_int_equal(recover(w, code, NULL), RC_NOTFOUND);
	world_ok(w, open_with(w, NULL, WORLD_PASS));
	world_ok(w, store_recovery_remove(w->s, true, &w->e));
	assert_int_equal(recover(w, t[0], t[1]), RC_NOTFOUND);
	assert_non_null(strstr(w->e.text, "nothing can be done"));
	world_ok(w, open_with(w, NULL, WORLD_PASS));
	assert_sound(w);
	free(code);
	free(t[0]);
	free(t[1]);
}

static void
a_store_without_a_code_says_that_nothing_can_be_done(void **state)
{
	struct world *w = *state;
	struct recovery_state st = state_of(w);

	assert_false(st.code);
	assert_int_equal(st.pairs, 0);
	assert_int_equal(recover(w, "0000-0000-0000-0000-0000-0000-0000-0000-"
	    "0000", NULL), RC_NOTFOUND);
	assert_non_null(strstr(w->e.text, "nothing can be done"));
}

static void
a_wrong_code_opens_nothing(void **state)
{
	struct world *w = *state;
	char *code = new_code(w);

	assert_int_equal(recover(w, "0000-0000-0000-0000-0000-0000-0000-0000-"
	    "0000", NULL), RC_PASSPHRASE);
	code[3] = code[3] == '2' ? '3' : '2';
	assert_int_equal(recover(w, code, NULL), RC_INPUT);
	assert_non_null(strstr(w->e.text, "group 1"));
	/* A code is no passphrase, for nobody. */
	assert_int_equal(open_with(w, NULL, code), RC_PASSPHRASE);
	assert_int_equal(open_with(w, "Recovery code", code),
	    RC_PASSPHRASE);
	free(code);
}

static void
only_who_may_grant_makes_codes(void **state)
{
	struct world *w = *state;
	struct secret p = secret_of(FRESH), code, codes[PAIR_HOLDERS_MAX];
	const char *same[2] = {keepers[0], keepers[0]};

	world_ok(w, store_person_add(w->s, keepers[0], ROLE_TRAINER, &p,
	    &w->e));
	assert_int_equal(store_pair_make(w->s, keepers, 1, codes, &w->e),
	    RC_INPUT);
	assert_int_equal(store_pair_make(w->s, same, 2, codes, &w->e),
	    RC_INPUT);
	world_ok(w, open_with(w, keepers[0], FRESH));
	assert_int_equal(store_recovery_make(w->s, &code, &w->e),
	    RC_REFUSED);
	assert_null(code.p);
	assert_int_equal(store_pair_make(w->s, keepers, 2, codes, &w->e),
	    RC_REFUSED);
	assert_int_equal(store_recovery_remove(w->s, false, &w->e),
	    RC_REFUSED);
	secret_release(&p);
}

struct count {
	unsigned system, people, open;
};

static bool
count_person(const struct person *p, void *ctx)
{
	struct count *c = ctx;

	c->system += p->system;
	c->people += !p->system;
	c->open += p->has_slot;
	return true;
}

/* Making a code fails at each call in turn: there is the old or the new. */
static void
a_code_is_made_whole_or_not_at_all(void **state)
{
	struct world *w = *state;
	char *standing = new_code(w);
	bool struck = true;
	long at;

	for (at = 1; at < 200 && struck; at += 2) {
		struct secret code;
		struct count c = {0, 0, 0};
		enum rc rc;

		world_ok(w, open_with(w, NULL, WORLD_PASS));
		disk_arm(at % 4 == 1 ? DISK_EIO : DISK_CUT, at, true,
		    (uint64_t)at);
		rc = store_recovery_make(w->s, &code, &w->e);
		struck = disk_struck();
		world_close(w);
		disk_mend();
		world_ok(w, open_with(w, NULL, WORLD_PASS));
		assert_sound(w);
		world_ok(w, store_people(w->s, count_person, &c, &w->e));
		assert_int_equal(c.open, 2);
		if (rc == RC_OK) {
			free(standing);
			standing = strdup((const char *)code.p);
			secret_release(&code);
			world_ok(w, recover(w, standing, NULL));
		} else if (recover(w, standing, NULL) != RC_OK) {
			/* It stands, and nobody was shown it: make another. */
			world_ok(w, open_with(w, NULL, WORLD_PASS));
			free(standing);
			standing = new_code(w);
		}
	}
	assert_true(at > 15 && !struck);
	free(standing);
}

#define T(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_code_brings_a_person_back),
		T(a_used_code_makes_its_successor),
		T(a_new_code_ends_the_old),
		T(two_of_three_open_and_one_does_not),
		T(new_pairs_end_the_old),
		T(what_is_taken_away_opens_nothing),
		T(a_store_without_a_code_says_that_nothing_can_be_done),
		T(a_wrong_code_opens_nothing),
		T(only_who_may_grant_makes_codes),
		T(a_code_is_made_whole_or_not_at_all),
	};

	disk_install();
	return cmocka_run_group_tests_name("store: recovery", tests, NULL,
	    NULL);
}
