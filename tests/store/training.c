/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store made for training: what it is for is said when it is made and never
 * again, whatever else happens to the store.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/sessions.h"
#include "tests/store/folk.h"

static void
make(struct world *w, bool training)
{
	struct store_founder f = {.user = WORLD_USER, .role = ROLE_TRAINER,
	    .training = training};

	world_init(w);
	world_ok(w, store_create(w->path, &f, &w->pass, &w->opts, &w->s,
	    &w->e));
	world_adopt(w);
}

static int
make_training(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	make(w, true);
	*state = w;
	return 0;
}

static int
make_live(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	make(w, false);
	*state = w;
	return 0;
}

static int
unmake(void **state)
{
	struct world *w = *state;

	world_release(w);
	free(w);
	return 0;
}

static void
a_store_says_what_it_is_for(void **state)
{
	struct world *w = *state;

	assert_true(store_training(w->s));
	world_ok(w, store_need_training(w->s, "a session", &w->e));
	world_reopen(w);
	assert_true(store_training(w->s));
	assert_sound(w);
}

static void
a_live_store_says_that_it_is_none(void **state)
{
	struct world *w = *state;

	assert_false(store_training(w->s));
	assert_int_equal(store_need_training(w->s, "a session", &w->e),
	    RC_REFUSED);
	assert_non_null(strstr(w->e.text, "a session is for a store made "
	    "for training"));
	assert_sound(w);
}

int
main(void)
{
#define TRAINING(fn) cmocka_unit_test_setup_teardown(fn, make_training, unmake)
#define LIVE(fn) cmocka_unit_test_setup_teardown(fn, make_live, unmake)
	const struct CMUnitTest tests[] = {
		TRAINING(a_store_says_what_it_is_for),
		LIVE(a_live_store_says_that_it_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
