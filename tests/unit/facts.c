/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reports count of a case, and which rows are of one child. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/factors.h"
#include "core/facts.h"
#include "tests/unit/book.h"
#include "tests/unit/loaded.h"

#define NOW INT64_C(1795348800000)	/* 2026-11-22 12:00 UTC */
#define CASES 4

struct desk {
	struct instrument *in;
	struct facts f;
	struct book books[CASES];
	size_t n;
};

static void
begin(struct desk *d, const char *from, const char *to)
{
	struct joined_window w = {DAY_NONE, DAY_NONE};

	if (*from != '\0')
		assert_int_equal(day_parse(from, &w.from, NULL), RC_OK);
	if (*to != '\0')
		assert_int_equal(day_parse(to, &w.to, NULL), RC_OK);
	facts_release(&d->f);
	facts_init(&d->f, d->in, &w, NOW);
}

static int
open_desk(void **state)
{
	static struct desk d;

	memset(&d, 0, sizeof(d));
	d.in = load_instrument("content/instruments/occ-csegg.yaml");
	begin(&d, "", "");
	*state = &d;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *d = *state;

	facts_release(&d->f);
	for (size_t i = 0; i < d->n; i++)
		book_release(&d->books[i]);
	instrument_free(d->in);
	return 0;
}

static struct book *
new_case(struct desk *d)
{
	struct book *b = &d->books[d->n++];

	assert_true(d->n <= CASES);
	book_init(b);
	(void)book_write(b, "open", "", "{'reference':'INV-1'}");
	return b;
}

static size_t
saw(struct book *b, const char *item, const char *on)
{
	char body[512];

	(void)snprintf(body, sizeof(body), "{'instrument':'occ-csegg',"
	    "'indicator':'%s','state':'present','agency':'School',"
	    "'evidence':'As noted.'}", item);
	return book_write(b, "observation", on, body);
}

static const struct case_facts *
count(struct desk *d)
{
	for (size_t i = 0; i < d->n; i++)
		facts_add(&d->f, &d->books[i].c, NULL);
	return &d->f.cases[0];
}

static const char *
word(const struct desk *d, uint32_t w)
{
	return fact_words_text(&d->f.words, w);
}

/* ---- who ---- */

static void
who_it_is_is_of_all_versions(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d);
	const struct case_facts *row;

	(void)book_write(b, "identity", "", "{'name':'Wren Invented',"
	    "'birth':'2012-05-01','sex':'F','ethnicity':'WBRI',"
	    "'area':'Ashby','care':'order','disability':['NONE']}");
	(void)book_write(b, "identity", "", "{'name':'Wren Invented',"
	    "'sex':'F','ethnicity':'MWBC','area':'ASHBY','school':"
	    "'Elm Invented School','care':'order','disability':['LD']}");
	row = count(d);
	assert_int_equal(row->sex, 'F');
	assert_string_equal(row->ethnicity, "");
	assert_string_equal(row->care, "order");
	assert_int_equal(row->two, TWO_ETHNICITY);
	assert_string_equal(word(d, row->area), "ASHBY");
	assert_string_equal(word(d, row->school), "Elm Invented School");
	assert_true(row->disability_recorded);
	assert_true(row->disabled);
	assert_false(row->orientation_recorded);
	assert_int_equal(row->age, 14);
}

static void
nothing_recorded_is_a_gap(void **state)
{
	struct desk *d = *state;
	const struct case_facts *row;

	(void)new_case(d);
	row = count(d);
	assert_int_equal(row->sex, 'U');
	assert_string_equal(row->ethnicity, "");
	assert_int_equal(row->area, NO_WORD);
	assert_int_equal(row->school, NO_WORD);
	assert_int_equal(row->agency, NO_WORD);
	assert_int_equal(row->age, -1);
	assert_int_equal(row->two, 0);
	assert_false(row->disability_recorded);
	assert_int_equal(row->first_seen, DAY_NONE);
	assert_int_equal(row->level, LEVEL_INSUFFICIENT(d->in));
}

/* ---- what was seen ---- */

static void
only_the_window_counts(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d);
	const struct case_facts *row;

	(void)saw(b, "B1", "2025-02-01");
	(void)saw(b, "B2", "2026-03-05");
	(void)saw(b, "B6", "2026-09/2026-10");
	begin(d, "2026-03-01", "2026-09-15");
	row = count(d);
	assert_int_equal(itemset_count(&row->present), 2);
	assert_string_equal(screen_level_id(d->in, row->level), "potential");
	assert_int_equal(row->first_seen - d->f.window.from, 4);
	begin(d, "", "");
	row = count(d);
	assert_int_equal(itemset_count(&row->present), 3);
	assert_string_equal(screen_level_id(d->in, row->level), "high");
	/* In the window for its end alone: seen from the first day of it. */
	begin(d, "2026-09-20", "");
	row = count(d);
	assert_int_equal(row->first_seen, d->f.window.from);
}

static void
a_known_victim_is_told_apart(void **state)
{
	struct desk *d = *state;
	struct book *told = new_case(d), *decided = new_case(d),
	    *waiting = new_case(d);
	const struct case_facts *row;

	(void)saw(told, "disclosure", "2026-10-01");
	(void)book_write(decided, "nrm", "2024-01-01", "{'responder':"
	    "'Invented Police','age':'child','offences':'none',"
	    "'decision':'cg-yes','decided':'2024-03-01'}");
	(void)book_write(waiting, "nrm", "2026-10-01", "{'responder':"
	    "'Invented Police','age':'child','offences':'none',"
	    "'decision':'waiting'}");
	begin(d, "2026-01-01", "");
	row = count(d);
	assert_true(row[0].known_victim);
	assert_int_equal(itemset_count(&row[0].present), 0);
	assert_true(row[1].known_victim);
	assert_int_equal(row[1].nrm, 0);
	assert_false(row[2].known_victim);
	assert_int_equal(row[2].nrm, 1);
}

/* ---- what was done ---- */

static void
write_missing(struct book *b, const char *since, const char *at,
    const char *due)
{
	char body[400];
	size_t n;

	(void)snprintf(body, sizeof(body), "{'since':'%s','from':'home',"
	    "'kind':'missing','reported_by':'Carer'}", since);
	n = book_write(b, "missing", "", body);
	if (*at == '\0')
		return;
	(void)snprintf(body, sizeof(body), "{'episode':'@%zu','at':'%s',"
	    "'where':'Invented Arcade','interview_due':'%s'}", n, at, due);
	(void)book_write(b, "located", "", body);
}

static void
write_interview(struct book *b, size_t episode, const char *on,
    const char *how)
{
	char body[400];

	(void)snprintf(body, sizeof(body), "{'episode':'@%zu','state':'%s',"
	    "'by':'Invented Service','independent':'yes','why':'As noted.'}",
	    episode, how);
	(void)book_write(b, "interview", on, body);
}

/*
 * Four episodes in the window: a talk held in time, one offered in time and
 * held late, none at all, and one whose time still runs; and one before it.
 */
static void
interviews_are_counted_by_their_hours(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d);
	const struct case_facts *row;

	write_missing(b, "2026-10-01T20:00:00Z", "2026-10-02T08:00:00Z",
	    "2026-10-05T08:00:00Z");			/* 1, 2 */
	write_missing(b, "2026-10-10T20:00:00Z", "2026-10-11T08:00:00Z",
	    "2026-10-14T08:00:00Z");			/* 3, 4 */
	write_interview(b, 1, "2026-10-05", "held");
	write_interview(b, 3, "2026-10-12", "offered");
	write_interview(b, 3, "2026-10-20", "held");
	write_missing(b, "2025-10-10T20:00:00Z", "2025-10-11T08:00:00Z",
	    "2025-10-14T08:00:00Z");
	begin(d, "2026-01-01", "");
	row = count(d);
	assert_int_equal(row->missing, 2);
	assert_int_equal(row->interviews_due, 2);
	assert_int_equal(row->interviews_offered_in_time, 2);
	assert_int_equal(row->interviews_held_in_time, 1);
	assert_int_equal(row->nmissing, 2);
	assert_int_equal(row->missing_kind[1], 'M');
	assert_int_equal(row->missing_to[1] - row->missing_from[1], 1);
	assert_int_equal(row->nplaces, 1);
	assert_string_equal(word(d, row->places[0]), "Invented Arcade");
}

static void
who_is_still_missing_has_no_interview_due(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d);
	const struct case_facts *row;

	write_missing(b, "2026-11-20T20:00:00Z", "2026-11-21T08:00:00Z",
	    "2026-11-24T08:00:00Z");
	write_missing(b, "2026-11-21T20:00:00Z", "", "");
	row = count(d);
	assert_int_equal(row->missing, 2);
	assert_int_equal(row->interviews_due, 0);
	assert_int_equal(row->missing_to[1], DAY_NONE);
	assert_int_equal(row->nplaces, 1);
}

static void
screen_due(struct book *b, const char *on, const char *act_by)
{
	char body[700];

	(void)snprintf(body, sizeof(body), "{'instrument':'occ-csegg',"
	    "'version':'1.0','hash':'00','answers':{'B1':'present'},"
	    "'level':'potential','could_be':'high','judgement':'potential',"
	    "'review':'2026-12-24','act_by':'%s'}", act_by);
	(void)book_write(b, "screening", on, body);
}

#define REFERRAL "{'service':'social-care','to':'Invented team'," \
	"'urgency':'today','concern':'As noted.','words':'Not asked yet.'," \
	"'asked':'To assess.','consent':'given','contact':'Invented desk'}"

static void
referrals_are_in_time_or_overdue(void **state)
{
	struct desk *d = *state;
	struct book *good = new_case(d), *late = new_case(d),
	    *open = new_case(d), *back = new_case(d);
	const struct case_facts *row;
	size_t n;

	screen_due(good, "2026-10-01", "2026-10-02T22:59:00Z");
	(void)book_write(good, "referral", "2026-10-02", REFERRAL);
	screen_due(late, "2026-10-01", "2026-10-02T22:59:00Z");
	(void)book_write(late, "referral", "2026-10-05", REFERRAL);
	screen_due(open, "2026-11-22", "2026-11-23T23:59:00Z");
	screen_due(back, "2026-10-01", "2026-10-02T22:59:00Z");
	n = book_write(back, "referral", "2026-10-01", REFERRAL);
	assert_int_equal(n, 2);
	(void)book_write(back, "referral-step", "2026-10-01", "{'referral':"
	    "'@2','step':'recalled','who':'Sent by mistake',"
	    "'words':'Wrong child.'}");
	row = count(d);
	assert_int_equal(row[0].referrals, 1);
	assert_int_equal(row[0].referrals_in_time, 1);
	assert_int_equal(row[0].referrals_overdue, 0);
	assert_int_equal(row[1].referrals_in_time, 0);
	assert_int_equal(row[1].referrals_overdue, 1);
	assert_int_equal(row[2].referrals_overdue, 0);
	assert_int_equal(row[2].screenings, 1);
	assert_true(row[2].screened);
	assert_int_equal(row[3].referrals, 0);
	assert_int_equal(row[3].referrals_overdue, 1);
}

static void
write_step(struct book *b, const char *step, const char *state)
{
	char body[400];

	(void)snprintf(body, sizeof(body), "{'step':'%s','state':'%s',"
	    "'who':'As noted.','result':'other','outcome':'As noted.',"
	    "'child':'Not asked yet.'}", step, state);
	(void)book_write(b, "process", "2026-10-02", body);
}

static void
steps_count_once_held(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d);
	const struct case_facts *row;

	write_step(b, "strategy", "held");
	write_step(b, "strategy", "planned");
	write_step(b, "section47", "held");
	write_step(b, "assessment", "not-held");
	write_step(b, "conference", "held");
	write_step(b, "investigation", "held");
	write_step(b, "prosecution", "held");
	write_step(b, "conviction", "held");
	row = count(d);
	assert_int_equal(row->strategy, 1);
	assert_int_equal(row->enquiries, 1);
	assert_int_equal(row->assessments, 0);
	assert_int_equal(row->conferences, 1);
	assert_int_equal(row->investigations, 1);
	assert_int_equal(row->prosecutions, 1);
	assert_int_equal(row->convictions, 1);
}

static void
what_is_struck_counts_nowhere(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d);
	const struct case_facts *row;

	(void)saw(b, "B1", "2026-10-01");
	screen_due(b, "2026-10-01", "2026-10-02T22:59:00Z");
	(void)book_write(b, "strike", "", "{'target':'@1','reason':"
	    "'Another child.'}");
	(void)book_write(b, "strike", "", "{'target':'@2','reason':"
	    "'Another child.'}");
	row = count(d);
	assert_int_equal(itemset_count(&row->present), 0);
	assert_int_equal(row->first_seen, DAY_NONE);
	assert_int_equal(row->screenings, 0);
}

/* ---- children ---- */

static void
rows_of_one_child_have_one_number(void **state)
{
	static const uint32_t lower[] = {9, 4, 9, 7}, upper[] = {3, 3, 3, 1};
	struct desk *d = *state;

	for (int i = 0; i < CASES; i++)
		(void)new_case(d);
	(void)count(d);
	assert_int_equal(d->f.nlower, 4);
	assert_int_equal(d->f.cases[3].child_upper, 3);
	facts_link(&d->f, lower, upper);
	assert_int_equal(d->f.nlower, 3);
	assert_int_equal(d->f.nupper, 2);
	assert_int_equal(d->f.cases[0].child_lower, 0);
	assert_int_equal(d->f.cases[1].child_lower, 1);
	assert_int_equal(d->f.cases[2].child_lower, 0);
	assert_int_equal(d->f.cases[3].child_lower, 2);
	assert_int_equal(d->f.cases[2].child_upper, 0);
	assert_int_equal(d->f.cases[3].child_upper, 1);
}

static void
many_words_are_found_again(void **state)
{
	struct fact_words w = {.n = 0};
	char text[32];

	(void)state;
	for (int turn = 0; turn < 2; turn++)
		for (unsigned i = 0; i < 500; i++) {
			(void)snprintf(text, sizeof(text), turn == 0 ?
			    "Area %u" : "AREA %u", i);
			assert_int_equal(fact_word(&w, text), i);
		}
	assert_int_equal(fact_word(&w, ""), NO_WORD);
	assert_int_equal(fact_word(&w, " "), NO_WORD);
	assert_string_equal(fact_words_text(&w, NO_WORD), "");
	fact_words_release(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)

/* ---- events and factors ---- */

static size_t
events_of(const struct desk *d, enum fact_what what)
{
	size_t n = 0;

	for (size_t i = 0; i < d->f.nevents; i++)
		n += d->f.events[i].what == what;
	return n;
}

/* What is told by month adds up to what is told of the whole window. */
static void
each_thing_counted_has_its_day(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d);
	const struct case_facts *row;

	write_missing(b, "2026-10-01T20:00:00Z", "2026-10-02T08:00:00Z",
	    "2026-10-05T08:00:00Z");
	write_interview(b, 1, "2026-10-05", "held");
	(void)book_write(b, "process", "2026-11-03", "{'step':'conviction',"
	    "'state':'held','who':'Invented court','result':'other',"
	    "'outcome':'As noted.','child':'Was told.'}");
	(void)book_write(b, "process", "2025-11-03", "{'step':'prosecution',"
	    "'state':'held','who':'Invented court','result':'other',"
	    "'outcome':'As noted.','child':'Was told.'}");
	begin(d, "2026-01-01", "");
	row = count(d);
	assert_int_equal(events_of(d, FACT_MISSING), row->missing);
	assert_int_equal(events_of(d, FACT_INTERVIEW_OFFERED), 0);
	assert_int_equal(events_of(d, FACT_INTERVIEW_NEITHER), 0);
	assert_int_equal(events_of(d, FACT_INTERVIEW_HELD), 1);
	assert_int_equal(events_of(d, FACT_CONVICTION), row->convictions);
	assert_int_equal(row->convictions, 1);
	assert_int_equal(events_of(d, FACT_PROSECUTION), 0);
	for (size_t i = 0; i < d->f.nevents; i++) {
		assert_true(d->f.events[i].day >= d->f.window.from);
		assert_int_equal(d->f.events[i].row, 0);
	}
}

static void
write_assessment(struct book *b, const char *on, const char *factors)
{
	char body[400];

	(void)snprintf(body, sizeof(body), "{'step':'assessment','state':"
	    "'held','who':'Invented team','result':'child-in-need',"
	    "'outcome':'As noted.','child':'Was asked.','factors':[%s]}",
	    factors);
	(void)book_write(b, "process", on, body);
}

static void
factors_are_suggested_and_a_person_says(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d), *other = new_case(d);
	const struct case_facts *row;
	json_t *found = json_pack("[ss]", "11A", "10A"),
	    *meant = json_pack("[sss]", "10A", "1A", "2A");

	(void)saw(b, "B1", "2026-10-01");
	(void)saw(b, "B3", "2026-10-01");
	write_assessment(b, "2026-10-20", "'11A','10A'");
	/* Written later, of an earlier day. */
	write_assessment(b, "2026-08-20", "'21'");
	(void)saw(other, "A4", "2026-10-01");
	row = count(d);
	assert_true(row[0].factors_confirmed);
	assert_true(row[0].factors == factors_of(found));
	assert_true(row[0].factors_suggested == factors_of(meant));
	assert_false(row[1].factors_confirmed);
	assert_true(row[1].factors == 0);
	assert_true(row[1].factors_suggested != 0);
	json_decref(found);
	json_decref(meant);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_it_is_is_of_all_versions),
		TEST(nothing_recorded_is_a_gap),
		TEST(only_the_window_counts),
		TEST(a_known_victim_is_told_apart),
		TEST(interviews_are_counted_by_their_hours),
		TEST(who_is_still_missing_has_no_interview_due),
		TEST(referrals_are_in_time_or_overdue),
		TEST(steps_count_once_held),
		TEST(what_is_struck_counts_nowhere),
		TEST(rows_of_one_child_have_one_number),
		TEST(many_words_are_found_again),
		TEST(each_thing_counted_has_its_day),
		TEST(factors_are_suggested_and_a_person_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
