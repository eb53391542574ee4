/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any kind of entry, chosen from the list and written in its form. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/app.h"
#include "tui/writemenu.h"

static struct golden *
open_case(struct desk *d, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "");
	return g;
}

/* Chooses a kind of an open case in the list. */
static void
choose(struct golden *g, const char *kind)
{
	const struct kind *all;
	size_t n;

	golden_keys(g, "A");
	all = kind_all(&n);
	for (size_t i = 0; i < n && strcmp(all[i].name, kind) != 0; i++)
		if (kind_has_form(&all[i]) &&
		    strcmp(all[i].name, "screening") != 0 &&
		    strcmp(all[i].name, "reopen") != 0)
			golden_keys(g, "Down");
	golden_keys(g, "Enter");
}

static void
the_list_at_every_size(void **state)
{
	static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct desk *d = desk_new();
		struct golden *g = open_case(d, sizes[i][0], sizes[i][1]);

		golden_keys(g, "A");
		golden_check(g, "writing");
		golden_free(g);
		desk_free(d);
	}
}

/* The list is long: letters go to the kind with a word that begins so. */
static void
letters_find_a_kind(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 80, 24);

	(void)state;
	golden_keys(g, "A 'child p'");
	golden_shows(g, "(*) Process: Child protection step");
	golden_keys(g, "'note'");
	golden_shows(g, "(*) Note: Note");
	golden_keys(g, "'#'");
	golden_shows(g, "(*) Note: Note");
	golden_keys(g, "Down 'AC'");
	golden_shows(g, "(*) Plan: Action");
	golden_keys(g, "Enter");
	golden_shows(g, "Agreed on");
	golden_free(g);
	desk_free(d);
}

static void
missing_found_and_talked_to(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	choose(g, "located");
	golden_shows(g, "othing signed is open");
	golden_keys(g, "Esc");
	choose(g, "missing");
	golden_keys(g, "'18/11/2026 21:00' Tab Right Tab Right Tab "
	    "'Her carer, to the police' F2");
	golden_shows(g, "Missing episode: kept, not signed yet");
	golden_keys(g, "$ Enter");
	choose(g, "located");
	golden_shows(g, "Back or found at");
	golden_keys(g, "'19/11/2026 09:30' Tab 'At the bus station' F2 $");
	/* What starts with a signature is said before it is given. */
	golden_shows(g, "Return interview by: 22 November 2026 at 09:30");
	golden_check(g, "writing-sign-deadline");
	golden_keys(g, "Enter Tab Tab Enter");
	golden_check(g, "writing-found");
	golden_shows(g, "Return interview by");
	golden_shows(g, "22 November 2026 at 09:30");
	golden_keys(g, "q");
	/* Found is found once; the talk comes next. */
	choose(g, "located");
	golden_shows(g, "othing signed is open");
	golden_keys(g, "Esc Down Enter");
	golden_shows(g, "What became of it");
	golden_keys(g, "a");
	golden_shows(g, "Return interview");
	golden_keys(g, "Tab Right Right Tab 'A worker of her choice' Tab "
	    "Right Tab 'Ask me first.' F2 q $ Enter");
	golden_shows(g, "Signed: 1 entry");
	golden_free(g);
	desk_free(d);
}

static void
which_of_two_actions_is_asked(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)desk_sign(d, "me", "action", "2026-11-18", json_pack(
	    "{s:s,s:s,s:s}", "what", "A new key card", "owner",
	    "A. Carer", "due", "2026-11-27"));
	(void)desk_sign(d, "me", "action", "2026-11-18", json_pack(
	    "{s:s,s:s,s:s}", "what", "A bus pass", "owner", "A. Worker",
	    "due", "2026-11-30"));
	g = open_case(d, 80, 24);
	choose(g, "action-outcome");
	golden_check(g, "writing-which");
	golden_keys(g, "Down Enter");
	golden_keys(g, "Tab Right Tab 'She has it.' F2 $ Enter");
	golden_shows(g, "Signed: 1 entry");
	/* One is left: nothing to ask. */
	choose(g, "action-outcome");
	golden_shows(g, "1 of 3");
	golden_free(g);
	desk_free(d);
}

static void
coach(struct golden *g)
{
	choose(g, "person-of-concern");
	golden_keys(g, "Tab 'A coach' Tab 'Gives lifts home.' Tab Tab Right "
	    "Tab Right Tab Right Right F2");
	golden_shows(g, "kept, not signed yet");
}

static void
a_clock_is_counted_and_recounted(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	coach(g);
	golden_keys(g, "$ Enter Tab Tab Enter");
	golden_shows(g, "Designated officer told by");
	golden_shows(g, "23 November 2026");
	golden_keys(g, "q");
	/* Put right before it is signed: there is no clock any more. */
	coach(g);
	golden_keys(g, "Enter Tab Tab Tab Tab Tab Tab Right F2 $ Enter "
	    "Enter");
	golden_shows(g, "Works with children");
	golden_hides(g, "Designated officer told by");
	golden_free(g);
	desk_free(d);
}

static void
several_choices_are_ticked(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 80, 24);

	(void)state;
	choose(g, "model");
	golden_keys(g, "Tab Space o Space t Space");
	golden_shows(g, "[x] Gang-associated");
	golden_shows(g, "[x] Trafficking");
	golden_check(g, "writing-ticks");
	golden_keys(g, "Space Tab 'Told us.' F2 $");
	golden_shows(g, "Gang-associated, Organised crime");
	golden_hides(g, "Trafficking");
	golden_free(g);
	desk_free(d);
}

static void
a_new_version_takes_the_place(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)desk_sign(d, "me", "model", "2026-11-18", json_pack(
	    "{s:[s],s:s}", "models", "online", "why", "Messages."));
	g = open_case(d, 120, 40);
	golden_keys(g, "Tab Tab e Tab");
	golden_shows(g, "[x] Online");
	golden_keys(g, "Space o Space F2 $ Enter");
	golden_shows(g, "A later version takes its");
	golden_free(g);
	desk_free(d);
}

static void
closed_and_opened_again(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	choose(g, "close");
	golden_keys(g, "Tab Tab Right Tab 'A plan is in place.' Tab "
	    "'She says it is better.' F2 $ Enter A");
	golden_shows(g, "Case: Case opened again");
	golden_hides(g, "Case: Case closed");
	golden_keys(g, "Down Enter 'He is back.' F2 $ Enter A");
	golden_shows(g, "Case: Case closed");
	golden_free(g);
	desk_free(d);
}

static void
a_reader_is_told(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	desk_read_only(d);
	g = open_case(d, 120, 40);
	golden_keys(g, "A");
	golden_shows(g, "Your role reads cases");
	golden_free(g);
	desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_at_every_size),
		cmocka_unit_test(letters_find_a_kind),
		cmocka_unit_test(missing_found_and_talked_to),
		cmocka_unit_test(which_of_two_actions_is_asked),
		cmocka_unit_test(a_clock_is_counted_and_recounted),
		cmocka_unit_test(several_choices_are_ticked),
		cmocka_unit_test(a_new_version_takes_the_place),
		cmocka_unit_test(closed_and_opened_again),
		cmocka_unit_test(a_reader_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
