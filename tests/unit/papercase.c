/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The papers of a case and of an entry: what must be said on them, and in
 * which order; and the same case as CSV.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/paper_case.h"
#include "exchange/casecsv.h"
#include "tests/unit/book.h"
#include "tests/unit/loaded.h"

#define NOW INT64_C(1795276800000)	/* 21 November 2026, 16:00 UTC */

static struct book book;
static struct instrument *in;
static struct reading reading;

enum { OPEN, IDENTITY, SIGN, STRUCK, STRIKE, VOICE, REFERRAL, STEP, OTHER };

static int
setup(void **state)
{
	(void)state;
	in = load_instrument("content/instruments/occ-csegg.yaml");
	book_init(&book);
	(void)book_write(&book, "open", "", "{'reference':'TEST-1'}");
	(void)book_write(&book, "identity", "", "{'name':'Zo\\u00eb "
	    "O\\u2019Brien-\\u00d1and\\u00fa \\u738b','birth':'2011-02-03',"
	    "'orientation':'U'}");
	(void)book_write(&book, "observation", "2026-11-02",
	    "{'instrument':'occ-csegg','indicator':'B1','state':'present',"
	    "'agency':'police','evidence':'Missing overnight.'}");
	(void)book_write(&book, "observation", "2026-11-03",
	    "{'instrument':'occ-csegg','indicator':'B2','state':'present',"
	    "'agency':'school','evidence':'Of another child.'}");
	(void)book_write(&book, "strike", "",
	    "{'target':'@3','reason':'It was another child.'}");
	(void)book_write(&book, "voice", "2026-11-04",
	    "{'words':'I want to stay with my aunt.'}");
	(void)book_write(&book, "referral", "2026-11-05",
	    "{'service':'social-care','to':'Front door team','urgency':"
	    "'today','concern':'=Worried','words':'Please ask my aunt.',"
	    "'asked':'An assessment.','consent':'given','contact':'Ada "
	    "Invented','level':'high','decision_due':"
	    "'2026-11-09T00:00:00Z','counted':'One working day.'}");
	(void)book_write(&book, "referral-step", "2026-11-05",
	    "{'referral':'@6','step':'sent','who':'Ada Invented, by secure "
	    "mail'}");
	(void)book_write(&book, "note", "2026-11-06",
	    "{'facts':'Something else.'}");
	reading = (struct reading){&book.c, NULL, in};
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	book_release(&book);
	instrument_free(in);
	return 0;
}

/* Each of the words, one after another. */
static void
in_order(const char *text, const char *const *words)
{
	for (const char *at = text; *words != NULL; words++) {
		at = strstr(at, *words);
		if (at == NULL)
			fail_msg("not there, or not in its place: %s\n%s",
			    *words, text);
	}
}

static void
a_case_begins_with_the_young_person(void **state)
{
	struct paper p;
	struct str out;

	(void)state;
	paper_case(&p, &reading, NOW, "today by Ada Invented");
	str_init(&out);
	paper_text(&p, 80, &out);
	in_order(out.s, (const char *const[]){
	    "OFFICIAL-SENSITIVE", "Case record", "TEST-1",
	    "today by Ada Invented", "The young person", "3 February 2011",
	    "In the young person's own words", "stay with my aunt",
	    "The level and why", "Potential victim", "Signs present: 1",
	    "It never rules out\n    exploitation", "Why", "Rule sign fired",
	    "Source: OCC", "It could be:", "Professional judgement",
	    "None has been written yet", "Answers:", "B1 Missing",
	    "Missing overnight.", "Not known or not asked:", "What is due",
	    "OVERDUE:", "One working day.", "Every entry", "Case opened",
	    "Observation, 3 November 2026 [STRUCK]", "Of another child.",
	    "Struck by", "It was another child.", "Correction", "Referral,",
	    "Written by", "Referral step", "OFFICIAL-SENSITIVE", NULL});
	str_release(&out);
	paper_release(&p);
}

static void
a_struck_answer_is_not_among_the_answers(void **state)
{
	struct paper p;
	struct str out;
	char *end;

	(void)state;
	paper_case(&p, &reading, NOW, NULL);
	str_init(&out);
	paper_text(&p, 80, &out);
	end = strstr(out.s, "Every entry");
	assert_non_null(end);
	*end = '\0';
	assert_null(strstr(out.s, "Of another child"));
	str_release(&out);
	paper_release(&p);
}

static void
a_referral_has_its_steps_and_no_more(void **state)
{
	struct paper p;
	struct str out;

	(void)state;
	paper_entry(&p, &reading, book_record(&book, REFERRAL), NULL);
	str_init(&out);
	paper_text(&p, 80, &out);
	in_order(out.s, (const char *const[]){
	    "Referral\n=", "TEST-1", "The young person", "3 February 2011",
	    "The child's own words", "Please ask my aunt.",
	    "Referral, 5 November 2026", "Front door team", "=Worried",
	    "never rules out\n    exploitation", "Written by",
	    "What was written to it", "Referral step", "Ada Invented, by "
	    "secure mail", NULL});
	assert_null(strstr(out.s, "Something else"));
	assert_null(strstr(out.s, "Missing overnight"));
	/* What nobody needs to act stays in the store. */
	assert_null(strstr(out.s, "orientation"));
	/* Their words stand once, and first. */
	assert_null(strstr(strstr(out.s, "Please ask") + 1, "Please ask"));
	str_release(&out);
	paper_release(&p);
}

static void
rows_say_what_stands_and_defuse(void **state)
{
	const struct record *r[] = {book_record(&book, SIGN),
		book_record(&book, STRUCK), book_record(&book, OTHER)};
	struct str out;

	(void)state;
	str_init(&out);
	records_csv(&reading, r, 3, &out);
	in_order(out.s, (const char *const[]){
	    "reference,entry,kind,label,on,written,author,standing,text\n",
	    "\nTEST-1,", ",observation,Observation,2026-11-02,",
	    ",stands,\"Checklist: occ-csegg", "\nTEST-1,", "2026-11-03,",
	    ",struck,", "\nTEST-1,", ",note,Note,2026-11-06,", NULL});
	str_release(&out);
	/* The first cell of a row is the reference: it is defused, too. */
	book.c.reference = "=cmd()";
	str_init(&out);
	records_csv(&reading, r, 1, &out);
	assert_non_null(strstr(out.s, "\n'=cmd(),"));
	str_release(&out);
	book.c.reference = "TEST-1";
}

/* What leaves of a session must not be taken for a child's. */
static void
a_session_says_that_it_is_one(void **state)
{
	struct book walk;
	struct reading g = {&walk.c, NULL, in};
	const struct record *r;
	struct paper p;
	struct str out;

	(void)state;
	assert_null(paper_classification(&book.c));
	book_init(&walk);
	(void)book_write(&walk, "open", "", "{'reference':'headset-1',"
	    "'study':'ab12'}");
	(void)book_write(&walk, "identity", "", "{'name':'Ash Invented'}");
	assert_string_equal(paper_classification(&walk.c), PAPER_TRAINING);
	paper_case(&p, &g, NOW, NULL);
	str_init(&out);
	paper_text(&p, 80, &out);
	in_order(out.s, (const char *const[]){PAPER_TRAINING, "Case record",
	    "headset-1", "Every entry", PAPER_TRAINING, NULL});
	assert_null(strstr(out.s, "OFFICIAL"));
	paper_release(&p);
	str_clear(&out);
	r = book_record(&walk, IDENTITY);
	paper_entry(&p, &g, r, NULL);
	paper_text(&p, 80, &out);
	in_order(out.s, (const char *const[]){PAPER_TRAINING, "headset-1",
	    "Ash Invented", PAPER_TRAINING, NULL});
	assert_null(strstr(out.s, "OFFICIAL"));
	paper_release(&p);
	str_clear(&out);
	records_csv(&g, &r, 1, &out);
	in_order(out.s, (const char *const[]){",standing,text,classification\n",
	    "headset-1,", "Ash Invented," PAPER_TRAINING "\n", NULL});
	str_release(&out);
	book_release(&walk);
}

static void
a_closed_case_says_why(void **state)
{
	struct book shut;
	struct reading g = {&shut.c, NULL, in};
	struct paper p;
	struct str out;

	(void)state;
	book_init(&shut);
	(void)book_write(&shut, "open", "", "{'reference':'TEST-3'}");
	(void)book_write(&shut, "close", "2026-11-20", "{'why':'moved',"
	    "'words':'The new team has it.','child':'It is all right.'}");
	paper_case(&p, &g, NOW, NULL);
	str_init(&out);
	paper_text(&p, 400, &out);
	in_order(out.s, (const char *const[]){
	    "The young person", "Moved; handed over. The new team has it.",
	    "What is due", "Nothing is counted: the case is closed.",
	    "Every entry", NULL});
	str_release(&out);
	paper_release(&p);
	book_release(&shut);
}

/* What two people wrote apart is all there, and that nobody settled it. */
static void
what_is_not_settled_is_told(void **state)
{
	struct book two;
	struct reading g = {&two.c, NULL, in};
	struct paper p;
	struct str out;

	(void)state;
	book_init(&two);
	(void)book_write(&two, "open", "", "{'reference':'TEST-2'}");
	(void)book_write(&two, "model", "", "{'models':['online'],"
	    "'why':'x'}");
	(void)book_write(&two, "model", "", "{'models':['peer'],'why':'x',"
	    "'replaces':['@1']}");
	(void)book_write(&two, "model", "", "{'models':['group'],'why':'y',"
	    "'replaces':['@1']}");
	(void)book_write(&two, "identity", "", "{'name':'E. Invented',"
	    "'school':'North','age_about':14}");
	(void)book_write(&two, "identity", "", "{'name':'E. Invented',"
	    "'area':'NT1','age_about':16}");
	paper_case(&p, &g, NOW, NULL);
	str_init(&out);
	paper_text(&p, 80, &out);
	in_order(out.s, (const char *const[]){"The young person", "NT1",
	    "North", "Two values stand for Age, if only about", "14", "16",
	    "Two versions stand of one entry", NULL});
	str_release(&out);
	paper_release(&p);
	book_release(&two);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_begins_with_the_young_person),
		cmocka_unit_test(a_struck_answer_is_not_among_the_answers),
		cmocka_unit_test(what_is_not_settled_is_told),
		cmocka_unit_test(a_session_says_that_it_is_one),
		cmocka_unit_test(a_closed_case_says_why),
		cmocka_unit_test(a_referral_has_its_steps_and_no_more),
		cmocka_unit_test(rows_say_what_stands_and_defuse),
	};

	return cmocka_run_group_tests_name("papercase", tests, setup,
	    teardown);
}
