/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Referrals: the form, the steps after it, what there is to chase. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/writemenu.h"

static const struct {
	int w, h;
} sizes[] = {{132, 43}, {80, 24}, {40, 10}, {1, 1}};
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

static struct golden *
open_case(struct desk *d, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "");
	return g;
}

static struct desk *
some_signs(void)
{
	struct desk *d = desk_new();

	(void)desk_observe(d, "B1", "present", "School", "Away from school "
	    "and home for two days; came back tired, would not say where "
	    "\xe7\x8e\x8b was.");
	(void)desk_observe(d, "B1", "present", "Police", "Reported missing by "
	    "a parent.");
	(void)desk_observe(d, "A6", "absent", "School", "Assessed in May.");
	return d;
}

static struct entry_id
refer(struct desk *d, const char *service, const char *to, const char *on,
    const char *due)
{
	return desk_sign(d, "me", "referral", on, json_pack(
	    "{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "service", service,
	    "to", to, "urgency", "today", "concern", "Signs of grooming.",
	    "words", "She wants to be left alone.", "asked", "An assessment.",
	    "consent", "given", "contact", "R. Example", "decision_due", due,
	    "counted", "Day 1 is the first working day after it."));
}

static void
step(struct desk *d, const struct entry_id *of, const char *code,
    const char *on, const char *words)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(of->b, ENTRY_ID_LEN, hex);
	(void)desk_sign(d, "me", "referral-step", on, json_pack(
	    "{s:s,s:s,s:s,s:s}", "referral", hex, "step", code, "who",
	    "R. Example", "words", words));
}

/* One sent, one written and not sent, one over; and what followed. */
static struct desk *
three_referrals(void)
{
	struct desk *d = desk_new();
	struct entry_id id;

	id = refer(d, "voluntary", "A service for young people",
	    "2026-11-02", "2026-11-04T00:00:00Z");
	step(d, &id, "sent", "2026-11-02", "By secure mail.");
	step(d, &id, "outcome", "2026-11-12", "She goes there each week.");
	id = refer(d, "social-care", "Duty team, Invented Borough",
	    "2026-11-17", "2026-11-19T00:00:00Z");
	step(d, &id, "sent", "2026-11-17", "By secure mail.");
	(void)refer(d, "nrm", "First responder", "2026-11-20",
	    "2026-11-24T00:00:00Z");
	(void)desk_sign(d, "me", "process", "2026-11-19", json_pack(
	    "{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "step", "strategy", "state",
	    "held", "who", "Police, school, social care", "result",
	    "section47", "outcome", "An enquiry is opened.", "child",
	    "Zo\xc3\xab O'Brien-\xc3\x91" "and\xc3\xba \xe7\x8e\x8b spoke "
	    "for herself.", "conference_due", "2026-12-11T00:00:00Z",
	    "counted", "Day 1 is Friday 20 November 2026."));
	return d;
}

static void
page_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		struct desk *d = three_referrals();
		struct golden *g = open_case(d, sizes[i].w, sizes[i].h);

		golden_keys(g, "5");
		golden_check(g, "referrals");
		golden_keys(g, "Down Down Down Down");
		golden_check(g, "referrals-further");
		golden_free(g);
		desk_free(d);
	}
}

static void
an_empty_page_says_what_to_do(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 80, 24);

	(void)state;
	golden_keys(g, "5");
	golden_shows(g, "No referral yet. r writes one");
	golden_check(g, "referrals-none");
	golden_free(g);
	desk_free(d);
}

/* The voice step's words by the reason why there are none yet. */
static void
no_words_yet(struct golden *g)
{
	golden_keys(g, "Tab Tab Tab Tab Right F2");
}

static void
a_referral_is_filled_in_and_signed(void **state)
{
	struct desk *d = some_signs();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "r");
	no_words_yet(g);
	golden_check(g, "case-referral-form");
	golden_keys(g, "F2");
	golden_check(g, "case-referral-lacking");
	golden_keys(g, "'Duty team, Invented Borough' Tab Tab Tab Tab "
	    "'A strategy discussion.' Tab Right F2");
	golden_shows(g, "signs 2 entries in the record of K-0142");
	golden_keys(g, "Enter");
	golden_check(g, "case-referral");
	golden_shows(g, "Decision due by");
	golden_keys(g, "a");
	golden_check(g, "case-referral-step");
	golden_keys(g, "Tab Tab 'R. Example' F2");
	golden_shows(g, "say by which route it went");
	golden_keys(g, "'By secure mail' F2 q $ Enter");
	golden_shows(g, "Signed: 1 entry");
	golden_free(g);
	desk_free(d);
}

/* From sent to its outcome, each step named and asked for. */
static void
every_step_is_written_from_the_page(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)refer(d, "social-care", "Duty team", "2026-11-20",
	    "2026-11-24T00:00:00Z");
	g = open_case(d, 120, 40);
	golden_keys(g, "5");
	golden_shows(g, "Not noted as sent for 2 days. Send it");
	golden_keys(g, "a");
	golden_shows(g, "Sent");
	golden_keys(g, "Tab Tab 'R. Example' Tab 'Secure mail' F2");
	golden_shows(g, "Sent, no receipt yet: today. Ring them");
	golden_keys(g, "$ Enter 5 a");
	golden_shows(g, "Receipt confirmed");
	golden_keys(g, "Tab Tab 'Duty' F2 $ Enter 5");
	golden_shows(g, "Received, no decision yet: today");
	golden_keys(g, "a Tab Tab 'Duty' F2");
	golden_shows(g, "choose one of the list");
	golden_keys(g, "Right F2");
	golden_shows(g, "the decision and its reasons");
	golden_keys(g, "'An assessment is made.' F2");
	golden_shows(g, "or why they were not asked");
	golden_keys(g, "'She is glad.' F2 $ Enter 5");
	golden_shows(g, "Decided, no outcome yet: today");
	golden_free(g);
	desk_free(d);
}

static void
one_to_the_mechanism_leads_on(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)refer(d, "nrm", "First responder", "2026-11-20",
	    "2026-11-24T00:00:00Z");
	g = open_case(d, 120, 40);
	golden_shows(g, "Press a");
	golden_keys(g, "5 a");
	golden_shows(g, "National Referral Mechanism");
	golden_shows(g, "First responder *");
	golden_keys(g, "Tab 'by telephone'");
	golden_shows(g, "Not the usual shape; it is kept");
	golden_keys(g, "^U 'NRM 12345/26'");
	golden_hides(g, "Not the usual shape");
	golden_keys(g, "Tab 'Invented Borough' Tab Right "
	    "Tab Right Tab Tab Right Right Tab '2026-11-20'");
	golden_shows(g, "not made before the end of 20 December 2026");
	golden_keys(g, "F2 $ Enter 5");
	golden_shows(g, "ask for the NRM conclusive decision");
	golden_check(g, "referrals-nrm");
	/* Written once: now the steps of the referral itself. */
	golden_keys(g, "End a");
	golden_shows(g, "Step *");
	golden_free(g);
	desk_free(d);
}

static void
a_strategy_discussion_starts_the_clock(void **state)
{
	struct desk *d = three_referrals();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "5 End");
	golden_shows(g, "initial conference");
	golden_keys(g, "a");
	golden_shows(g, "Child protection step");
	golden_keys(g, "Tab i Tab Right Right Tab 'All of them' Tab Right "
	    "Right Right Tab 'A plan for a year.' Tab 'She came.' F2");
	golden_shows(g, "kept, not signed yet");
	golden_keys(g, "$ Enter 5");
	golden_shows(g, "core group (limit not verified)");
	golden_hides(g, "initial conference, in");
	golden_free(g);
	desk_free(d);
}

static void
live_in_invented_borough(struct desk *d)
{
	(void)desk_sign(d, "me", "address", "2026-01-05", json_pack(
	    "{s:s,s:s,s:s}", "address", "1 Sample Road", "kind", "home",
	    "area", "INVENTED borough"));
}

static void
the_directory_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		struct desk *d = some_signs();
		struct golden *g;

		live_in_invented_borough(d);
		g = open_case(d, sizes[i].w, sizes[i].h);
		golden_keys(g, "r");
		no_words_yet(g);
		golden_keys(g, "F3");
		golden_check(g, "services");
		golden_keys(g, "'other bor'");
		golden_check(g, "services-typed");
		golden_keys(g, "' zzz'");
		golden_check(g, "services-nothing");
		golden_free(g);
		desk_free(d);
	}
}

/* The one of the area stands first; it fills three fields. */
static void
a_service_is_chosen_into_the_form(void **state)
{
	struct desk *d = some_signs();
	struct golden *g;

	(void)state;
	live_in_invented_borough(d);
	g = open_case(d, 120, 40);
	golden_keys(g, "r");
	no_words_yet(g);
	golden_shows(g, "F3 directory");
	golden_keys(g, "F3 Tab Tab");
	golden_shows(g, "Kind: Multi-agency safeguarding hub (Tab)  2 of 3");
	golden_keys(g, "Enter");
	golden_shows(g, "Taken over, but not verified. Ring before");
	golden_check(g, "services-taken");
	golden_keys(g, "F3 'young' Enter");
	golden_shows(g, "Taken over: A line for young people");
	golden_hides(g, "hub@invented.example");
	golden_keys(g, "F3 BackTab BackTab Esc");
	golden_shows(g, "A line for young people");
	golden_free(g);
	desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_at_every_size),
		cmocka_unit_test(an_empty_page_says_what_to_do),
		cmocka_unit_test(a_referral_is_filled_in_and_signed),
		cmocka_unit_test(every_step_is_written_from_the_page),
		cmocka_unit_test(one_to_the_mechanism_leads_on),
		cmocka_unit_test(a_strategy_discussion_starts_the_clock),
		cmocka_unit_test(the_directory_at_every_size),
		cmocka_unit_test(a_service_is_chosen_into_the_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
