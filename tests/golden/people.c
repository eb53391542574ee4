/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The people who have access: the list, the forms, the recovery code.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/golden.h"
#include "tui/ask.h"
#include "tui/codescreen.h"
#include "tui/userscreen.h"

#define DAY INT64_C(86400000)
#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define LONG "a long enough passphrase"

/* What the fake store was asked for, in words. */
static char asked[512];
static bool may_grant, may_looks, no_code, failing;
static struct golden *golden;
static size_t steps;	/* a progress was called */
static bool stopping;	/* Esc is pressed in the middle of it */

static const struct person people[] = {
	{"R. Example", {{1}}, ROLE_SUPERVISOR, false, true, true, true, false,
	    GOLDEN_NOW - 300 * DAY, INT64_MAX, NULL},
	{ZOE, {{2}}, ROLE_PRACTITIONER, false, false, true, false, true,
	    GOLDEN_NOW - 2 * DAY, INT64_MAX, NULL},
	{"\x1b[31mRed\x1b[0m", {{3}}, ROLE_AUDITOR, false, false, true, false,
	    false, GOLDEN_NOW - 40 * DAY, INT64_MAX, NULL},
	{"Recovery code", {{4}}, ROLE_ADMINISTRATOR, true, false, true, true,
	    false, GOLDEN_NOW - 300 * DAY, INT64_MAX, NULL},
	{"Q. Sample", {{5}}, 0, false, false, false, false, false,
	    GOLDEN_NOW - 290 * DAY, GOLDEN_NOW - 9 * DAY, "left the team"},
};

static enum rc
fake_each(void *ctx, const struct person_sink *to, struct err *e)
{
	(void)ctx;
	if (failing)
		return err_set(e, RC_DAMAGED, "the register is damaged. Run "
		    "hearken verify");
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		if ((!no_code || !people[i].system) &&
		    !to->fn(&people[i], to->ctx))
			break;
	return RC_OK;
}

static bool
fake_may_grant(void *ctx)
{
	(void)ctx;
	return may_grant;
}

static bool
fake_may_looks(void *ctx)
{
	(void)ctx;
	return may_looks;
}

static enum rc
fake_check(void *ctx, const struct secret *pass, struct err *e)
{
	(void)ctx;
	return pass->len >= 14 ? RC_OK : err_set(e, RC_INPUT, "The passphrase "
	    "is too short: take 14 characters or 5 words");
}

static enum rc
fake_add(void *ctx, const struct new_person *p, struct err *e)
{
	(void)ctx;
	if (strcmp(p->name, "R. Example") == 0)
		return err_set(e, RC_EXISTS, "Somebody called R. Example has "
		    "access already. Choose a name that tells them apart.");
	(void)snprintf(asked, sizeof(asked), "add %s as %s with %.*s",
	    p->name, role_name(p->role), (int)p->pass->len,
	    (const char *)p->pass->p);
	return RC_OK;
}

static enum rc
fake_role(void *ctx, const char *name, enum role role, struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(asked, sizeof(asked), "role %s %s", name,
	    role_name(role));
	return RC_OK;
}

static enum rc
fake_reset(void *ctx, const char *name, const struct secret *pass,
    struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(asked, sizeof(asked), "reset %s %.*s", name,
	    (int)pass->len, (const char *)pass->p);
	return RC_OK;
}

/* Four steps; the first and the last are drawn and look for Esc. */
static enum rc
fake_end(void *ctx, const struct ending *x, struct err *e)
{
	(void)ctx;
	for (uint64_t i = 1; i <= 4; i++) {
		steps++;
		if (stopping && i == 3)
			faketerm_key(golden_term(golden), KC_ESC);
		if (!x->progress(i * 250, 1000, x->ctx))
			return err_set(e, RC_CANCELLED, "stopped");
		if (i == 1 && steps == 1) {
			golden_shows(golden, "Encrypting the store anew");
			golden_shows(golden, "25 %");
			golden_shows(golden, "Esc stops");
		}
	}
	(void)snprintf(asked, sizeof(asked), "end %s: %s", x->name,
	    x->reason);
	return RC_OK;
}

static enum rc
fake_code(void *ctx, struct secret *code, struct err *e)
{
	static const char text[] =
	    "7K3M-Q9TD-0VXA-58RC-ZB2N-HW4J-6EGP-1YSF-AB3D";

	(void)ctx;
	(void)e;
	assert_true(secret_add(code, text, sizeof(text) - 1));
	return RC_OK;
}

static enum rc
fake_change(void *ctx, const struct secret *old, const struct secret *fresh,
    struct err *e)
{
	(void)ctx;
	if (old->len != 3 || memcmp(old->p, "old", 3) != 0)
		return err_set(e, RC_PASSPHRASE, "That is not your passphrase "
		    "now. Type it again.");
	(void)snprintf(asked, sizeof(asked), "change to %.*s",
	    (int)fresh->len, (const char *)fresh->p);
	return RC_OK;
}

static struct people_source
fake_source(void)
{
	static const struct people_source_ops ops = {
		fake_each, fake_may_grant, fake_may_looks, fake_check,
		fake_add, fake_role, fake_reset, fake_end,
		fake_code, fake_change
	};

	return (struct people_source){&ops, NULL};
}

static void
note_looked(void *ctx, struct app *app, const char *name)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "looks of %s", name);
}

static struct golden *
people_golden(int w, int h)
{
	struct userscreen_opts o = {
		.source = fake_source(), .looked = note_looked,
	};

	golden = golden_new(NULL, w, h);
	asked[0] = '\0';
	steps = 0;
	app_push(golden_app(golden), userscreen_new(&o));
	golden_keys(golden, "");
	return golden;
}

static void
reset_fakes(void)
{
	may_grant = may_looks = true;
	no_code = failing = false;
}

/* Keys, then a name pasted into the field in focus, then keys. */
static void
keys_name_keys(struct golden *g, const char *before, const char *after)
{
	golden_keys(g, before);
	golden_paste(g, ZOE);
	golden_keys(g, after);
}

static void
at_every_size(const char *keys, const char *name)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	for (size_t i = 0; i < 4; i++) {
		struct golden *g = people_golden(sizes[i][0], sizes[i][1]);

		golden_keys(g, keys);
		golden_check(g, name);
		golden_free(g);
	}
}

static void
list_every_size(void **state)
{
	(void)state;
	reset_fakes();
	at_every_size("", "people");
}

static void
forms_every_size(void **state)
{
	(void)state;
	reset_fakes();
	at_every_size("a 'Robin Invented' Enter", "people-add");
	at_every_size("j x 'left' Enter", "people-end");
	at_every_size("m 'old' Enter 'short' Enter", "people-passphrase");
	at_every_size("c 'paper' Enter", "people-code");
}

static void
who_may_not_sees_the_list_only(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	may_grant = may_looks = false;
	g = people_golden(80, 24);
	golden_check(g, "people-may-not");
	golden_keys(g, "a");
	golden_shows(g, "Your role may not change who has access");
	golden_keys(g, "j x");
	golden_shows(g, "lets others in");
	golden_keys(g, "Enter");
	golden_shows(g, "see only what you opened yourself");
	golden_keys(g, "k Enter");
	assert_string_equal(asked, "looks of R. Example");
	golden_free(g);
}

static void
without_a_code_it_is_said_what_that_means(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	no_code = true;
	g = people_golden(80, 24);
	golden_shows(g, "There is no recovery code: if all passphrases are");
	golden_free(g);
	failing = true;
	g = people_golden(80, 24);
	golden_shows(g, "The register is damaged. Run hearken verify.");
	golden_free(g);
}

static void
somebody_is_let_in(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	g = people_golden(80, 24);
	golden_keys(g, "a Enter");
	golden_shows(g, "This is needed.");
	keys_name_keys(g, "", "Enter Down Enter 'short' Enter");
	golden_shows(g, "too short");
	golden_keys(g, "^U '" LONG "' Enter 'another one entirely' Enter");
	golden_shows(g, "not the same as above");
	golden_keys(g, "'" LONG "' Enter '" LONG "'");
	golden_hides(g, "a long enough");
	assert_string_equal(asked, "");
	golden_keys(g, "Enter");
	assert_string_equal(asked, "add " ZOE " as supervisor with " LONG);
	golden_shows(g, ZOE " has access now.");
	golden_free(g);
}

/* A refusal keeps the form with all that was typed. */
static void
a_refusal_keeps_the_form(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	g = people_golden(80, 24);
	golden_keys(g, "a 'R. Example' Enter Enter '" LONG "' Enter '" LONG
	    "' Enter");
	golden_shows(g, "has access already");
	golden_shows(g, "Let a person in");
	golden_keys(g, "BackTab BackTab BackTab '2' Enter");
	assert_string_equal(asked, "add R. Example2 as practitioner with "
	    LONG);
	golden_free(g);
}

static void
roles_and_resets(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	g = people_golden(80, 24);
	golden_keys(g, "j r Down Down Enter");
	assert_string_equal(asked, "role " ZOE " trainer");
	golden_shows(g, ZOE ": Trainer from now on.");
	golden_keys(g, "p '" LONG "' Enter '" LONG "' Enter");
	assert_string_equal(asked, "reset " ZOE " " LONG);
	golden_keys(g, "k p");
	golden_shows(g, "To change your own passphrase press m.");
	golden_keys(g, "x");
	golden_shows(g, "Nobody ends their own access");
	golden_keys(g, "G r");
	golden_shows(g, "has ended");
	golden_keys(g, "k x");
	golden_shows(g, "This is a recovery code, not a person.");
	golden_free(g);
}

static void
ending_asks_for_the_name_and_can_be_stopped(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	g = people_golden(80, 24);
	golden_keys(g, "j j x 'left' Enter 'Red' Enter");
	golden_shows(g, "That is not the name.");
	assert_int_equal(steps, 0);
	golden_keys(g, "Esc");
	golden_shows(g, "Nothing was changed.");
	keys_name_keys(g, "k x 'left' Enter", "");
	stopping = true;
	golden_keys(g, "Enter");
	stopping = false;
	golden_shows(g, "Stopped. Nothing was changed");
	assert_string_equal(asked, "");
	/* The form is there with all that was typed: Enter does it again. */
	golden_keys(g, "Enter");
	assert_string_equal(asked, "end " ZOE ": left");
	assert_int_equal(steps, 8);
	golden_shows(g, "has a new key");
	golden_free(g);
}

/* In a low window what does not fit is a page away. */
static void
a_long_form_turns_its_pages(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	g = people_golden(40, 10);
	golden_keys(g, "a 'Robin Invented' Enter");
	golden_hides(g, "Let a person in");
	golden_keys(g, "PgUp");
	golden_shows(g, "Let a person in");
	golden_keys(g, "PgDn PgDn PgDn");
	golden_shows(g, "and nothing is changed.");
	golden_keys(g, "Down");
	golden_shows(g, "Supervisor: reviews");
	golden_free(g);
}

static void
ones_own_passphrase(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	g = people_golden(80, 24);
	golden_keys(g, "m 'no' Enter '" LONG "' Enter '" LONG "' Enter");
	golden_shows(g, "That is not your passphrase now.");
	assert_string_equal(asked, "");
	golden_keys(g, "'old' Enter");
	assert_string_equal(asked, "change to " LONG);
	golden_shows(g, "Your passphrase is changed.");
	golden_free(g);
}

/* The code is on no screen before it is asked for, and on none after. */
static void
code_is_shown_once(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	g = people_golden(80, 24);
	golden_keys(g, "c 'yes' Enter");
	golden_shows(g, "Type the word paper");
	golden_keys(g, "^U 'paper' Enter");
	golden_shows(g, "7K3M");
	golden_shows(g, "AB3D");
	golden_keys(g, "q");
	golden_shows(g, "7K3M");
	golden_shows(g, "Press Enter when it is written down.");
	golden_keys(g, ":");
	golden_shows(g, "7K3M");
	/* The last group is typed from the paper: the code is not shown. */
	golden_keys(g, "Enter");
	golden_hides(g, "7K3M");
	golden_hides(g, "AB3D");
	golden_keys(g, "Esc");
	golden_shows(g, "7K3M");
	golden_keys(g, "Enter 'ab3e' Enter");
	golden_shows(g, "That is not the last group.");
	golden_shows(g, "7K3M");
	golden_keys(g, "Enter 'ab3d' Enter");
	golden_hides(g, "7K3M");
	golden_shows(g, "The code is wiped from this machine.");
	golden_free(g);
}

/* Locked while it is shown: gone, and another can be made. */
static void
a_lock_takes_the_code_away(void **state)
{
	struct golden *g;

	(void)state;
	reset_fakes();
	g = people_golden(80, 24);
	golden_keys(g, "c 'paper' Enter Enter 'ab' L");
	golden_hides(g, "7K3M");
	golden_hides(g, "AB3D");
	golden_free(g);
}

static size_t left, changed;

static void
note_left(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	left++;
}

static void
note_changed(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	changed++;
}

static void
first_passphrase_is_forced(void **state)
{
	struct passform_opts o = {.source = fake_source(), .forced = true,
	    .left = note_left, .then = note_changed};
	struct golden *g;

	(void)state;
	reset_fakes();
	g = people_golden(80, 24);
	left = changed = 0;
	passform_open(golden_app(g), &o);
	golden_keys(g, "");
	golden_check(g, "people-first");
	golden_keys(g, "Esc");
	assert_int_equal(left, 1);
	passform_open(golden_app(g), &o);
	golden_keys(g, "'old' Enter '" LONG "' Enter '" LONG "' Enter");
	assert_int_equal(changed, 1);
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_every_size),
		cmocka_unit_test(forms_every_size),
		cmocka_unit_test(who_may_not_sees_the_list_only),
		cmocka_unit_test(without_a_code_it_is_said_what_that_means),
		cmocka_unit_test(somebody_is_let_in),
		cmocka_unit_test(a_refusal_keeps_the_form),
		cmocka_unit_test(roles_and_resets),
		cmocka_unit_test(ending_asks_for_the_name_and_can_be_stopped),
		cmocka_unit_test(a_long_form_turns_its_pages),
		cmocka_unit_test(ones_own_passphrase),
		cmocka_unit_test(code_is_shown_once),
		cmocka_unit_test(a_lock_takes_the_code_away),
		cmocka_unit_test(first_passphrase_is_forced),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
