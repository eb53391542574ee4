/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of missing episodes, the plan and what is shared. */
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
#include "tui/places.h"

static const int sizes[][2] = {
	{132, 43}, {120, 40}, {80, 24}, {40, 10}, {1, 1}
};
#define NSIZES (sizeof(sizes) / sizeof(sizes[0]))

static struct golden *
open_case(struct desk *d, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "");
	return g;
}

static void
hex_of(struct entry_id id, char hex[2 * ENTRY_ID_LEN + 1])
{
	hex_format(id.b, ENTRY_ID_LEN, hex);
}

/* ---- missing ---- */

static struct entry_id
missing(struct desk *d, const char *since, const char *from)
{
	return desk_sign(d, "me", "missing", "", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s}", "since", since, "from", from, "kind",
	    "missing", "reported_by", "Her carer, to the police", "reasons",
	    "Rows at home, and a friend of Zoë O'Brien-Ñandú 王 who rings at "
	    "night."));
}

static void
located(struct desk *d, struct entry_id episode, const char *at,
    const char *due)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_of(episode, hex);
	(void)desk_sign(d, "me", "located", "", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s}", "episode", hex, "at", at, "where",
	    "At the bus station, with 王", "interview_due", due, "counted",
	    "72 hours from being found."));
}

static void
interview(struct desk *d, struct entry_id episode, const char *on,
    const char *state)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_of(episode, hex);
	(void)desk_sign(d, "Q. Sample", "interview", on, json_pack(
	    "{s:s,s:s,s:s,s:s,s:s}", "episode", hex, "state", state, "by",
	    "M. Trusted, youth service", "independent", "yes", "words",
	    "\"I would rather be asked than looked for.\""));
}

/* The first answered in time, the second not yet, the third still away. */
static struct desk *
three_episodes(void)
{
	struct desk *d = desk_new();
	struct entry_id e;

	e = missing(d, "2026-11-01T21:00:00Z", "home");
	located(d, e, "2026-11-02T09:30:00Z", "2026-11-05T09:30:00Z");
	interview(d, e, "2026-11-04", "held");
	e = missing(d, "2026-11-18T21:00:00Z", "home");
	located(d, e, "2026-11-19T09:30:00Z", "2026-11-22T09:30:00Z");
	interview(d, e, "2026-11-20", "declined");
	(void)missing(d, "2026-11-21T20:15:00Z", "care");
	return d;
}

static void
missing_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < NSIZES; i++) {
		struct desk *d = three_episodes();
		struct golden *g = open_case(d, sizes[i][0], sizes[i][1]);

		golden_keys(g, "4");
		golden_check(g, "missing");
		golden_keys(g, "Down");
		golden_check(g, "missing-episode");
		golden_free(g);
		desk_free(d);
	}
}

static void
missing_says_what_is_due(void **state)
{
	struct desk *d = three_episodes();
	struct golden *g = open_case(d, 120, 60);

	(void)state;
	golden_keys(g, "4");
	golden_shows(g, "Pattern: 3 missing episodes within 30 days, between "
	    "1 November 2026 and 21 November 2026");
	golden_shows(g, "Still missing, since 21 November 2026 at 20:15 "
	    "(17 hours 50 minutes)");
	golden_shows(g, "Return interview due by 22 November 2026 at 09:30, "
	    "overdue by 4 hours 35 minutes");
	golden_shows(g, "(12 hours 30 minutes)");
	golden_shows(g, "Return interview held on 4 November 2026, within its "
	    "72 hours.");
	golden_shows(g, "Open: the reviewing officer is to be told of the "
	    "pattern.");
	/* The risk pane says it, too. */
	golden_keys(g, "1");
	golden_shows(g, "Strategy meeting: 3 missing");
	golden_free(g);
	desk_free(d);
}

static void
nothing_is_due_in_a_closed_case(void **state)
{
	struct desk *d = three_episodes();
	struct golden *g;

	(void)state;
	(void)desk_sign(d, "me", "close", "", json_pack("{s:s,s:s,s:s}", "why",
	    "moved", "words", "Handed over.", "child", "She knows."));
	g = open_case(d, 120, 60);
	golden_keys(g, "4");
	golden_shows(g, "Pattern: 3 missing episodes");
	golden_shows(g, "No return interview was held.");
	golden_hides(g, "overdue by");
	golden_hides(g, "Open: ");
	golden_hides(g, "answers it");
	golden_free(g);
	desk_free(d);
}

/* `a` writes what comes next: the return, the officer, the interview. */
static void
missing_step_by_step(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "4");
	golden_shows(g, "No missing episode is written down.");
	golden_keys(g, "Enter '18/11/2026 21:00' Tab Right Right Tab Right Tab "
	    "'Her carer' F2 Down a");
	golden_shows(g, "Sign it first");
	golden_keys(g, "$ Enter a");
	golden_shows(g, "Back or found at");
	golden_keys(g, "'19/11/2026 09:30' Tab 'At the bus station' F2 $ "
	    "Enter a");
	golden_shows(g, "Reviewing officer");
	golden_keys(g, "Tab 'O. Ficer' Tab Right Tab 'A. Worker' F2 $ Enter");
	golden_hides(g, "Open: the reviewing officer");
	/* From a row under the episode it is the same episode. */
	golden_keys(g, "Down a");
	golden_shows(g, "Return interview *");
	golden_keys(g, "Tab Right Right Tab 'M. Trusted' Tab Right F2");
	golden_shows(g, "What the young person said: say it in their words");
	golden_keys(g, "'Ask me first.' F2 $ Enter");
	golden_shows(g, "within its 72 hours");
	golden_keys(g, "a");
	golden_shows(g, "Nothing comes after it");
	golden_free(g);
	desk_free(d);
}

/* ---- the plan ---- */

static struct entry_id
action(struct desk *d, const char *what, const char *owner, const char *due)
{
	return desk_sign(d, "me", "action", "2026-11-12", json_pack(
	    "{s:s,s:s,s:s}", "what", what, "owner", owner, "due", due));
}

static void
support(struct desk *d, const char *what, const char *state, const char *on)
{
	(void)desk_sign(d, "me", "support", on, json_pack(
	    "{s:s,s:s,s:s,s:s}", "support", what, "state", state, "by",
	    "V. Adviser, Invented Trust", "words", "\"Only if she stays.\""));
}

static struct desk *
a_plan(void)
{
	struct desk *d = desk_new();
	char hex[2 * ENTRY_ID_LEN + 1];

	(void)desk_sign(d, "me", "plan", "2026-11-12", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s}", "aim", "Zoë O'Brien-Ñandú 王 comes home "
	    "when she wants to.", "negotiated", "She agreed to the code word; "
	    "not to the phone, so the phone is not part of it.", "trusted",
	    "Her aunt", "danger", "Ring the aunt; \"is the cat fed\" means "
	    "come.", "review", "2026-12-10"));
	hex_of(action(d, "A new key card for the flat", "C. Carer, Invented "
	    "Homes", "2026-11-16"), hex);
	(void)action(d, "A talk with the taxi firm", "P. Example, licensing",
	    "2026-11-19");
	(void)action(d, "A bus pass", "A. Worker", "2026-11-27");
	(void)desk_sign(d, "me", "action-outcome", "2026-11-15", json_pack(
	    "{s:s,s:s,s:s}", "action", hex, "outcome", "done", "words",
	    "She has it and uses it."));
	support(d, "adviser", "offered", "2026-11-13");
	support(d, "adviser", "accepted", "2026-11-16");
	support(d, "live-link", "declined", "2026-11-16");
	return d;
}

static void
plan_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < NSIZES; i++) {
		struct desk *d = a_plan();
		struct golden *g = open_case(d, sizes[i][0], sizes[i][1]);

		golden_keys(g, "6");
		golden_check(g, "plan");
		golden_keys(g, "End");
		golden_check(g, "plan-end");
		golden_free(g);
		desk_free(d);
	}
}

static void
plan_says_how_it_stands(void **state)
{
	struct desk *d = a_plan();
	struct golden *g = open_case(d, 120, 90);

	(void)state;
	golden_keys(g, "6");
	golden_shows(g, "How it was made with them: She agreed");
	golden_shows(g, "overdue by 3 days, due 19 November 2026");
	golden_shows(g, "A. Worker: open, due 27 November 2026 (in 5 days)");
	golden_shows(g, "done on 15 November 2026");
	golden_shows(g, "In words: She has it and uses it.");
	golden_shows(g, "Support for a victim and witness (2 of 13 offered)");
	golden_shows(g, "Accepted, 16 November 2026, by V. Adviser, Invented "
	    "Trust");
	golden_shows(g, "Declined, 16 November 2026");
	golden_shows(g, "Not offered yet");
	golden_shows(g, "Action: A talk with the taxi firm, P. Example, "
	    "licensing, by the end of 19 November 2026");
	golden_free(g);
	desk_free(d);
}

/* A support is chosen by its line, and what is typed is kept for it alone. */
static void
support_is_chosen_by_its_line(void **state)
{
	struct desk *d = a_plan();
	struct golden *g = open_case(d, 120, 90);

	(void)state;
	/* Plan, three actions, another action, then the second support. */
	golden_keys(g, "6 Down Down Down Down Down Down");
	golden_shows(g, "Enter or Space writes what became of it.");
	golden_keys(g, "Space");
	golden_shows(g, "Therapy before the trial");
	golden_keys(g, "Tab Tab Right Tab 'Dr Invented' Esc");
	golden_shows(g, "Therapy before the trial, not finished");
	/* The unfinished form is a row above all others now. */
	golden_keys(g, "Down Down Enter");
	golden_shows(g, "Visit to the court");
	golden_hides(g, "Dr Invented");
	golden_keys(g, "Esc Up Enter");
	golden_shows(g, "Dr Invented");
	golden_keys(g, "F2");
	golden_shows(g, "Support for a victim and witness: kept");
	golden_keys(g, "$ Enter");
	golden_shows(g, "Support for a victim and witness (3 of 13 offered)");
	golden_free(g);
	desk_free(d);
}

/* After a lock the form comes back with the support that was chosen. */
static void
a_chosen_form_comes_back(void **state)
{
	struct desk *d = a_plan();
	struct golden *g = open_case(d, 80, 24);
	struct place form = {.type = PLACE_FORM, .id = desk_case(d),
	    .text = "support/00/therapy"};
	struct place other = {.type = PLACE_FORM, .id = desk_case(d),
	    .text = "support/00/nothing-like-it"};

	(void)state;
	case_screen_return(app_top(golden_app(g)), golden_app(g), &other);
	golden_keys(g, "");
	golden_hides(g, "1 of 5");
	case_screen_return(app_top(golden_app(g)), golden_app(g), &form);
	golden_keys(g, "");
	golden_shows(g, "1 of 5");
	golden_shows(g, "Therapy before the trial");
	golden_free(g);
	desk_free(d);
}

static void
an_action_is_answered(void **state)
{
	struct desk *d = a_plan();
	struct golden *g = open_case(d, 120, 90);

	(void)state;
	golden_keys(g, "6 a");
	golden_shows(g, "Agreed on");
	golden_keys(g, "Esc Down a");
	golden_shows(g, "Outcome *");
	golden_keys(g, "Tab Right Tab 'They will train their drivers.' F2 $ "
	    "Enter");
	golden_hides(g, "overdue by");
	golden_shows(g, "In words: They will train their drivers.");
	golden_free(g);
	desk_free(d);
}

/* A closing says a word on each thing that is open. */
static void
closing_says_a_word_on_each(void **state)
{
	struct desk *d = a_plan();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "6 End Enter");
	golden_shows(g, "- Action: A talk with the taxi firm");
	golden_shows(g, "- Action: A bus pass, A. Worker");
	golden_check(g, "plan-close");
	golden_keys(g, "Tab M-> 'She has one.' Tab Right Tab 'A plan is in "
	    "place.' Tab 'She says it is better.' F2");
	golden_shows(g, "say after -> what becomes of this: Action: A talk "
	    "with the taxi firm");
	golden_keys(g, "M-< Down End "
	    "' The council does.' F2");
	golden_shows(g, "Case closed: kept, not signed yet");
	golden_keys(g, "$ Enter End");
	golden_check(g, "plan-closed");
	golden_shows(g, "The council does.");
	/* Who opens it again reads why it was closed. */
	golden_keys(g, "Enter");
	golden_shows(g, "Case closed, 22 November 2026: The risk has gone "
	    "down; a plan is in place. A plan is in place.");
	golden_keys(g, "'He is back.' F2 $ Enter End");
	golden_shows(g, "Case opened again");
	golden_shows(g, "Close the case, with the reason");
	golden_free(g);
	desk_free(d);
}

/* ---- sharing ---- */

static struct entry_id
sharing(struct desk *d, const char *on, const char *decision,
    const char *basis, const char *to)
{
	return desk_sign(d, "me", "sharing", on, json_pack(
	    "{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "asked_by",
	    "T. Eacher, Invented School", "asked", "Whether she is safe at "
	    "lunch", "decision", decision, "reasons", "Zoë O'Brien-Ñandú 王 "
	    "asked for it.", "purpose", "Somebody meets her at the gate",
	    "basis", basis, "consent", "given", "told", "both", "what",
	    "The times, no reasons", "to", to, "route", "Secure mail",
	    "decider", "A. Worker"));
}

static void
consent(struct desk *d, const char *on, const char *state)
{
	(void)desk_sign(d, "me", "consent", on, json_pack(
	    "{s:s,s:s,s:s,s:s}", "state", state, "by", "child", "to",
	    "Telling the school when she is late", "words", "\"Ask me each "
	    "time.\""));
}

static struct desk *
some_sharing(void)
{
	struct desk *d = desk_new();

	consent(d, "2026-11-02", "given");
	(void)sharing(d, "2026-11-04", "share", "consent",
	    "T. Eacher, Invented School");
	(void)sharing(d, "2026-11-05", "not", "none", "A newspaper");
	(void)sharing(d, "2026-11-06", "part", "safeguarding",
	    "P. Example, police");
	consent(d, "2026-11-20", "withdrawn");
	return d;
}

static void
sharing_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < NSIZES; i++) {
		struct desk *d = some_sharing();
		struct golden *g = open_case(d, sizes[i][0], sizes[i][1]);

		golden_keys(g, "7");
		golden_check(g, "sharing");
		golden_free(g);
		desk_free(d);
	}
}

static void
a_withdrawn_consent_says_what_rested_on_it(void **state)
{
	struct desk *d = some_sharing();
	struct golden *g = open_case(d, 132, 60);

	(void)state;
	golden_keys(g, "7");
	golden_shows(g, "Consent, 20 November 2026: Withdrawn");
	golden_hides(g, "Consent, 2 November 2026");
	golden_shows(g, "These rested on it; decide anew: Sharing decision, "
	    "4 November 2026, to T. Eacher, Invented School.");
	golden_shows(g, "It rested on consent. Withdrawn since: Consent, 20 "
	    "November 2026");
	golden_shows(g, "Sharing decision, 5 November 2026: Do not share");
	golden_shows(g, "Not restricted");
	golden_free(g);
	desk_free(d);
}

static void
a_decision_is_filled_in_from_the_referral(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)desk_sign(d, "me", "referral", "2026-11-20", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "service", "hub", "to",
	    "Invented hub, duty team", "urgency", "today", "concern", "Three "
	    "signs", "words", "\"Not yet.\"", "asked", "A strategy "
	    "discussion", "contact", "A. Worker, 000", "consent", "refused",
	    "basis", "Her safety"));
	g = open_case(d, 120, 40);
	golden_keys(g, "7");
	golden_shows(g, "no sharing decision is written about it");
	golden_keys(g, "Down x");
	golden_shows(g, "The referral is struck where it stands");
	golden_keys(g, "Enter");
	golden_check(g, "sharing-referral");
	golden_keys(g, "Esc");
	golden_free(g);
	desk_free(d);
}

static void
a_restriction_names_who_and_why(void **state)
{
	static const char colleague[] = "02000000000000000000000000000000"
	    "00000000000000000000000000000000";
	static const char me[] = "01000000000000000000000000000000"
	    "00000000000000000000000000000000";
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)desk_sign(d, "Q. Sample", "restrict", "", json_pack(
	    "{s:s,s:[s,s],s:s,s:s}", "state", "set", "people", me, colleague,
	    "reason", "A relative works here.", "review", "2026-11-20"));
	g = open_case(d, 120, 40);
	golden_keys(g, "7");
	golden_shows(g, "Who alone may open it");
	golden_shows(g, "Reason: A relative works here.");
	golden_shows(g, "Its review is overdue by 2 days.");
	golden_free(g);
	desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(missing_at_every_size),
		cmocka_unit_test(missing_says_what_is_due),
		cmocka_unit_test(nothing_is_due_in_a_closed_case),
		cmocka_unit_test(missing_step_by_step),
		cmocka_unit_test(plan_at_every_size),
		cmocka_unit_test(plan_says_how_it_stands),
		cmocka_unit_test(support_is_chosen_by_its_line),
		cmocka_unit_test(a_chosen_form_comes_back),
		cmocka_unit_test(an_action_is_answered),
		cmocka_unit_test(closing_says_a_word_on_each),
		cmocka_unit_test(sharing_at_every_size),
		cmocka_unit_test(a_withdrawn_consent_says_what_rested_on_it),
		cmocka_unit_test(a_decision_is_filled_in_from_the_referral),
		cmocka_unit_test(a_restriction_names_who_and_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
