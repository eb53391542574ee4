/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The unlock screen: what it asks, what it says, how it slows down.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/golden.h"
#include "tui/unlock.h"

#define RIGHT "an invented passphrase"

static struct golden *golden;
static struct unlock_tries tries;
static size_t asked, opened;
static int64_t remembered;	/* ms to wait from before */
static bool keys_behind;	/* they cleared the message line */
static char asked_user[64];
static enum rc answer;

static enum rc
fake_open(void *ctx, const char *user, const struct secret *pass,
    struct err *e)
{
	(void)ctx;
	asked++;
	/* It was said, and painted, before the slow step began. */
	if (golden_term(golden)->w >= 40 && !keys_behind)
		golden_shows(golden, "Deriving the key...");
	asked_user[0] = '\0';
	if (user != NULL)
		memcpy(asked_user, user, strlen(user) + 1);
	if (answer == RC_BUSY)
		return err_set(e, RC_BUSY, "The store is open in another "
		    "window. Close that one, then try again.");
	if (pass->len == strlen(RIGHT) &&
	    memcmp(pass->p, RIGHT, pass->len) == 0)
		return RC_OK;
	return err_set(e, RC_PASSPHRASE,
	    "Name or passphrase not accepted.");
}

static void
fake_opened(void *ctx, struct app *app)
{
	(void)ctx;
	opened++;
	app_say(app, "It is open.");
}

static int64_t remembered_wait(void *ctx);

static struct golden *
unlock_golden(int w, int h, bool ask_name, bool locked)
{
	struct golden *g = golden_new(NULL, w, h);
	struct unlock_opts o = {
		.file = "zo\xC3\xAB\x1b[2J.hearken",
		.ask_name = ask_name,
		.locked = locked,
		.clock = golden_clock(g),
		.tries = &tries,
		.wait = remembered_wait,
		.open = fake_open,
		.opened = fake_opened
	};
	struct err e;
	struct pane *p;

	memset(&tries, 0, sizeof(tries));
	p = unlock_new(&o, &e);
	assert_non_null(p);
	unlock_tell(p, ask_name, unlock_recovery_words(true, false,
	    ask_name));
	golden = g;
	asked = opened = 0;
	answer = RC_OK;
	app_push(golden_app(g), p);
	golden_keys(g, "");
	return g;
}

static void
every_size(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = unlock_golden(sizes[i][0], sizes[i][1],
		    true, false);

		golden_check(g, "unlock");
		golden_keys(g, "'Zo\xC3\xAB' Tab 'secret'");
		golden_check(g, "unlock-typed");
		golden_keys(g, "Enter");
		golden_check(g, "unlock-wrong");
		golden_free(g);
	}
}

static void
right_passphrase_opens(void **state)
{
	struct golden *g = unlock_golden(80, 24, false, true);

	(void)state;
	golden_shows(g, "Locked.");
	golden_hides(g, "Name:");
	golden_keys(g, "'" RIGHT "'");
	golden_hides(g, "invented");
	golden_keys(g, "Enter");
	assert_int_equal(opened, 1);
	assert_string_equal(asked_user, "");
	golden_shows(g, "It is open.");
	golden_free(g);
}

static void
each_wrong_try_waits_longer(void **state)
{
	struct golden *g = unlock_golden(80, 24, false, false);

	(void)state;
	golden_keys(g, "'no' Enter");
	golden_shows(g, "not accepted.");
	golden_hides(g, "The next try");
	golden_keys(g, "'no' Enter");
	assert_int_equal(asked, 2);
	golden_shows(g, "The next try is possible in 1 s.");
	golden_keys(g, "'no' Enter");
	golden_shows(g, "Wait 1 s more");
	assert_int_equal(asked, 2);
	golden_pass(g, 1000);
	golden_hides(g, "The next try");
	golden_keys(g, "Enter");
	assert_int_equal(asked, 3);
	golden_shows(g, "possible in 2 s.");
	golden_pass(g, 2000);
	golden_keys(g, "'no' Enter");
	golden_shows(g, "possible in 4 s.");
	/* Waiting keeps nobody from leaving. */
	golden_keys(g, "Esc");
	assert_true(app_is_done(golden_app(g)));
	golden_free(g);
}

static int64_t
remembered_wait(void *ctx)
{
	(void)ctx;
	return remembered;
}

/* What the machine remembers of earlier runs counts, and is counted down. */
static void
seconds_are_counted_down(void **state)
{
	struct golden *g;

	(void)state;
	remembered = 3000;
	g = unlock_golden(80, 24, false, false);
	golden_shows(g, "The last passphrases were wrong.");
	golden_shows(g, "The next try is possible in 3 s.");
	assert_in_range(app_wait_ms(golden_app(g)), 1, 1000);
	golden_pass(g, 1000);
	golden_shows(g, "possible in 2 s.");
	golden_keys(g, "'" RIGHT "' Enter");
	assert_int_equal(asked, 0);
	golden_pass(g, 1500);
	golden_shows(g, "possible in 1 s.");
	golden_pass(g, 500);
	golden_hides(g, "The last passphrases");
	remembered = 0;
	golden_keys(g, "Enter");
	assert_int_equal(opened, 1);
	golden_free(g);
}

static void
another_fault_is_shown_whole_and_costs_no_wait(void **state)
{
	struct golden *g = unlock_golden(80, 24, false, false);

	(void)state;
	answer = RC_BUSY;
	golden_keys(g, "'no' Enter");
	golden_shows(g, "open in another window. Close that one, then try");
	assert_int_equal(tries.wrong, 0);
	answer = RC_OK;
	golden_keys(g, "'" RIGHT "' Enter");
	assert_int_equal(opened, 1);
	golden_free(g);
}

static void
name_comes_first_and_is_handed_on(void **state)
{
	struct golden *g = unlock_golden(80, 24, true, false);

	(void)state;
	golden_keys(g, "Enter");
	golden_shows(g, "Type your name");
	golden_keys(g, "'R. Invented' Enter '" RIGHT "' Enter");
	assert_string_equal(asked_user, "R. Invented");
	assert_int_equal(opened, 1);
	golden_free(g);
}

static void
what_helps_a_forgetful_person_is_said(void **state)
{
	(void)state;
	assert_non_null(strstr(unlock_recovery_words(false, false, false),
	    "nothing can be done"));
	assert_non_null(strstr(unlock_recovery_words(false, false, true),
	    "a colleague"));
	assert_non_null(strstr(unlock_recovery_words(false, true, false),
	    "Two of the people"));
	assert_non_null(strstr(unlock_recovery_words(true, true, false),
	    "on paper"));
	for (int code = 0; code < 2; code++)
		for (int pair = 0; pair < 2; pair++)
			assert_non_null(strstr(unlock_recovery_words(code != 0,
			    pair != 0, true), "a colleague"));
	assert_non_null(strstr(unlock_recovery_words(false, true, true),
	    "two who keep a code"));
	assert_non_null(strstr(unlock_recovery_words(true, false, true),
	    "on paper"));
}

/* Keys that come while the key is derived wait for nothing and break nothing. */
static void
keys_behind_enter_do_no_harm(void **state)
{
	struct golden *g = unlock_golden(80, 24, false, false);
	struct faketerm *ft = golden_term(g);

	(void)state;
	golden_keys(g, "'" RIGHT "'");
	keys_behind = true;
	faketerm_key(ft, KC_ENTER);
	faketerm_key(ft, KC_ESC);
	faketerm_key(ft, KC_ESC);
	golden_keys(g, "");
	keys_behind = false;
	assert_int_equal(opened, 1);
	golden_free(g);
}

static void
escape_wipes_first_then_leaves(void **state)
{
	struct golden *g = unlock_golden(80, 24, false, false);

	(void)state;
	golden_keys(g, "'half' Esc");
	assert_false(app_is_done(golden_app(g)));
	golden_keys(g, "Enter");
	golden_shows(g, "Type the passphrase");
	assert_int_equal(asked, 0);
	golden_keys(g, "Esc");
	assert_true(app_is_done(golden_app(g)));
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(right_passphrase_opens),
		cmocka_unit_test(each_wrong_try_waits_longer),
		cmocka_unit_test(seconds_are_counted_down),
		cmocka_unit_test(another_fault_is_shown_whole_and_costs_no_wait),
		cmocka_unit_test(name_comes_first_and_is_handed_on),
		cmocka_unit_test(escape_wipes_first_then_leaves),
		cmocka_unit_test(what_helps_a_forgetful_person_is_said),
		cmocka_unit_test(keys_behind_enter_do_no_harm),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
