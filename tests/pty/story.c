/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One invented young person, from the first worry to the closed plan, in the
 * real program and by keyboard alone.  What happens and what the person sees
 * stands in story.txt, to be read from top to bottom.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/pty/desk.h"
#include "tests/pty/scene.h"

#define DAY 86400000L
#define ZOE "Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba \xe7\x8e\x8b"

#define FORM(...) ((const struct answer_in[]){__VA_ARGS__, {NULL, NULL}})

static struct story story = {.name = "story"};

/* ---- sittings ---- */

static void
leave(struct pty *p)
{
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* The program on the given day of the story, with the list of cases. */
static struct pty *
come_back(long day)
{
	struct pty *p;

	desk_let_pass(day * DAY);
	p = desk_start_with(NULL, "--folder", getenv("HOME"));
	story.p = p;
	desk_unlock(p);
	pty_wait(p, "c new case");
	return p;
}

static struct pty *
open_zoe(long day)
{
	struct pty *p = come_back(day);

	pty_keys(p, "Enter");
	pty_wait(p, "Direct questions");
	return p;
}

static void
sign(struct pty *p)
{
	pty_keys(p, "$");
	pty_wait(p, "R. Invented signs");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed");
}

static void
keep(struct pty *p, const char *kind, const struct answer_in *a)
{
	fill_form(p, kind, a);
	pty_keys(p, "F2");
	pty_wait(p, "kept, not signed yet");
}

static void
write_entry(struct pty *p, const char *kind, const struct answer_in *a)
{
	choose_kind(p, kind);
	keep(p, kind, a);
}

/* What belongs to an entry, on the page where it stands: `a`. */
static void
write_next(struct pty *p, const char *kind, const struct answer_in *a)
{
	choose_kind(p, kind);
	keep(p, kind, a);
	sign(p);
}

static void
tick(struct pty *p, const char *item, const char *words)
{
	char keys[64];

	(void)snprintf(keys, sizeof(keys), "/ '%s' Enter", item);
	pty_keys(p, keys);
	pty_wait_gone(p, "Search the checklist:");
	pty_keys(p, "Space");
	pty_wait(p, "Enter: date, agency and words");
	pty_keys(p, "Enter");
	pty_wait(p, "Evidence in words");
	fill_form(p, "observation", FORM({"on", "16/11/2026"},
	    {"agency", "School"}, {"source", "Ms Invented, head of year"},
	    {"evidence", words}));
	pty_keys(p, "F2");
	pty_wait(p, "Kept, not signed yet");
}

/* ---- Friday ---- */

static void
the_first_worry(struct pty *p)
{
	pty_keys(p, "c");
	pty_paste(p, ZOE);
	pty_wait(p, "pen a new case for");
	scene(&story, "Friday, four in the afternoon. A head of year has rung. "
	    "Nobody of that name is known: a case is opened.");
	pty_keys(p, "PgDn Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-0142' Tab Tab Tab Tab '4/3/2012' F2");
	pty_wait(p, "The case is open and signed.");
	tick(p, "missing", "Away for two nights.");
	tick(p, "physical", "Bruised arm, not explained.");
	tick(p, "gifts", "A new phone, no name for the giver.");
	pty_wait(p, "!! High");
	scene(&story, "Three signs, with day, agency and words. The level is "
	    "high, and the middle says why.");
	sign(p);
	pty_keys(p, "w");
	pty_wait(p, "F2 keep");
	keep(p, "voice", FORM({"words", "I want to stay with my aunt."},
	    {"wishes", "To be told first what happens."}));
	pty_keys(p, "s");
	pty_wait(p, "Today's screening is kept");
	sign(p);
	pty_wait(p, "refer");
}

static void
the_referral(struct pty *p)
{
	pty_keys(p, "r");
	pty_wait(p, "B1 Missing from home or care");
	pty_keys(p, "Tab Tab 'Duty team, Invented Borough' Tab Tab Tab Tab "
	    "'A strategy discussion.' Tab Right F2");
	pty_wait(p, "signs 1 entry");
	pty_keys(p, "Enter");
	pty_wait(p, "Decision due by");
	scene(&story, "The referral is filled in from the ticks, in her own "
	    "words. Signed, it says when a decision is due.");
	pty_keys(p, "q");
	pty_wait(p, "[1 Work]");
	write_next(p, "referral-step", FORM({"step", "sent"},
	    {"who", "R. Invented"}, {"words", "By secure mail."}));
	leave(p);
}

static void
friday(void)
{
	struct pty *p = come_back(0);

	the_first_worry(p);
	the_referral(p);
}

/* ---- the week after ---- */

static void
monday(void)
{
	struct pty *p = open_zoe(3);

	write_entry(p, "missing", FORM({"since", "21/11/2026 21:00"},
	    {"from", "home"}, {"kind", "missing"},
	    {"reported_by", "Her mother, to the police"}));
	sign(p);
	write_next(p, "located", FORM({"at", "22/11/2026 08:00"},
	    {"where", "At the bus station"}));
	pty_keys(p, "4");
	pty_wait(p, "[4 Missing]");
	pty_wait(p, "At the bus station");
	scene(&story, "Monday. She was missing over the weekend and is back: "
	    "the clock of the return interview runs.");
	write_next(p, "referral-step", FORM({"step", "decision"},
	    {"who", "Duty team, Invented Borough"},
	    {"words", "A strategy discussion tomorrow."},
	    {"result", "strategy"},
	    {"child", "She asked to be told what comes of it."}));
	pty_keys(p, "1");
	pty_wait(p, "[1 Work]");
	leave(p);
}

static void
tuesday(void)
{
	struct pty *p = come_back(4);

	pty_keys(p, "D");
	pty_wait(p, "eturn interview");
	scene(&story, "Tuesday. Everything with a clock, over all cases.");
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	pty_keys(p, "Enter");
	pty_wait(p, "Direct questions");
	write_next(p, "interview", FORM({"state", "held"},
	    {"by", "A worker of her choice"}, {"independent", "yes"},
	    {"words", "She was waiting for somebody who did not come."}));
	write_entry(p, "process", FORM({"step", "strategy"},
	    {"state", "held"}, {"who", "Social care, police, school"},
	    {"result", "section47"}, {"outcome", "An enquiry is opened."},
	    {"child", "She was told the same day, by her head of year."}));
	write_entry(p, "associate", FORM({"name", "Eva Testerman"},
	    {"relation", "relative"}, {"notes", "The aunt she trusts."}));
	write_entry(p, "person-of-concern", FORM({"name", "\"T\", a driver"},
	    {"why", "Waits outside the school."}, {"more_than_one", "unknown"},
	    {"exploitation", "yes"}, {"works_with_children", "no"}));
	sign(p);
	pty_keys(p, "3");
	pty_wait(p, "[3 People]");
	pty_wait(p, "Eva Testerman");
	scene(&story, "The interview was held; the strategy discussion opened "
	    "an enquiry. Who is around her stands on a page of its own.");
	pty_keys(p, "1");
	leave(p);
}

static void
the_plan(void)
{
	struct pty *p = open_zoe(7);

	write_entry(p, "plan", FORM({"aim", "To sleep at home every night."},
	    {"negotiated", "She chose whom to ring; she did not want a curfew "
	    "and there is none."}, {"trusted", "Her aunt."},
	    {"danger", "Ring the aunt and say \"blue\"."},
	    {"review", "18/12/2026"}));
	write_entry(p, "action", FORM({"what", "A lift home on Fridays"},
	    {"owner", "Her aunt"}, {"due", "4/12/2026"}));
	write_entry(p, "support", FORM({"on", "27/11/2026"},
	    {"support", "adviser"}, {"state", "accepted"},
	    {"by", "The adviser of Invented Borough"}));
	write_entry(p, "consent", FORM({"on", "27/11/2026"},
	    {"state", "given"}, {"by", "child"},
	    {"to", "Telling the school about the plan"}));
	write_entry(p, "sharing", FORM({"on", "27/11/2026"},
	    {"asked_by", "The school"}, {"asked", "What they should know."},
	    {"decision", "part"}, {"reasons", "So that the lift is known."},
	    {"purpose", "The safety plan."}, {"basis", "safeguarding"},
	    {"consent", "given"}, {"told", "both"},
	    {"what", "The plan without its reasons."},
	    {"to", "Ms Invented, head of year"}, {"route", "By hand"},
	    {"decider", "R. Invented"}));
	sign(p);
	pty_keys(p, "6");
	pty_wait(p, "[6 Plan]");
	pty_wait(p, "A lift home on Fridays");
	scene(&story, "Friday a week later. The plan is made with her, its "
	    "action has an owner and a day, an adviser is accepted.");
	pty_keys(p, "7");
	pty_wait(p, "[7 Sharing]");
	scene(&story, "What the school was told, and why, stands beside her "
	    "consent.");
	pty_keys(p, "1");
	leave(p);
}

/* ---- the end ---- */

static void
take_out_the_chronology(struct pty *p)
{
	char path[700], keys[32], *text, *at;

	(void)snprintf(path, sizeof(path), "%s/zoe.pdf", getenv("HOME"));
	pty_keys(p, "E Down Enter Enter Enter ^U");
	pty_paste(p, path);
	pty_keys(p, "Enter 'For the last conference' Enter 'K-0142' Enter");
	pty_wait(p, "Its last group is then asked for");
	text = pty_text(p);
	at = strstr(text, " 5  ");
	assert_non_null(at);
	(void)snprintf(keys, sizeof(keys), "'%.5s' Enter", at + 4);
	pty_keys(p, "Enter");
	pty_wait(p, "Last group:");
	pty_keys(p, keys);
	pty_wait(p, "wiped from this machine");
	free(text);
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(unlink(path), 0);
}

static void
closing(void)
{
	struct pty *p = open_zoe(60);

	write_next(p, "action-outcome", FORM({"on", "4/12/2026"},
	    {"outcome", "done"}, {"words", "She is driven home."}));
	write_next(p, "referral-step", FORM({"step", "outcome"},
	    {"who", "Invented Borough"}, {"words", "The enquiry has ended."},
	    {"child", "That it took long, and that it was worth it."}));
	write_entry(p, "process", FORM({"on", "8/1/2027"},
	    {"step", "assessment"}, {"state", "held"},
	    {"who", "Social care"}, {"result", "no-action"},
	    {"outcome", "The aunt's help is enough."},
	    {"child", "She read it and changed two lines."}));
	write_entry(p, "process", FORM({"on", "11/12/2026"},
	    {"step", "conference"}, {"state", "held"},
	    {"who", "Social care, police, school, aunt"},
	    {"result", "other"}, {"outcome", "Her own plan goes on."},
	    {"child", "She came for the first half."}));
	sign(p);
	pty_keys(p, "2");
	pty_wait(p, "[2 Chronology]");
	scene(&story, "January. Everything on one line of time.");
	take_out_the_chronology(p);
	pty_keys(p, "6");
	choose_kind(p, "close");
	/* The form names what is open: a word is said of it, at its end. */
	pty_wait(p, "The level that stands: High");
	pty_keys(p, "Tab M-> 'The plan goes on at school.' BackTab");
	keep(p, "close", FORM({"on", "19/1/2027"}, {"why", "safe"},
	    {"words", "Eight weeks at home, the plan goes on at school."},
	    {"child", "It is quieter now."}, {"agreed_by", "B. Example"}));
	sign(p);
	pty_keys(p, "End");
	pty_wait(p, "Case closed, 19 January 2027");
	scene(&story, "The case is closed, with the reason and her own words.");
	pty_keys(p, "1");
	leave(p);
	p = come_back(61);
	pty_keys(p, "D");
	pty_wait(p, "Nothing is due");
	scene(&story, "Nothing is due any more.");
	pty_keys(p, "q");
	pty_wait(p, "c new case");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
from_the_first_worry_to_the_closed_plan(void **state)
{
	(void)state;
	friday();
	monday();
	tuesday();
	the_plan();
	closing();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(from_the_first_worry_to_the_closed_plan,
		    desk_new_store),
	};

	return cmocka_run_group_tests(tests, desk_prepare, NULL);
}
