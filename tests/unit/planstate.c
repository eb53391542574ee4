/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions, support, consent and closing, as they are read from a case. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/closing.h"
#include "core/consents.h"
#include "core/date.h"
#include "core/planstate.h"
#include "tests/unit/book.h"

#define ACTION(what, due) "{'what':'" what "','owner':'A. Worker'," \
	"'due':'" due "'}"
#define OUTCOME(of, outcome) "{'action':'@" of "','outcome':'" outcome \
	"','words':'So it is.'}"
#define CONSENT(state, to) "{'state':'" state "','by':'child','to':'" to "'}"
#define SHARING(decision, basis) "{'asked_by':'a','asked':'a'," \
	"'decision':'" decision "','reasons':'r','purpose':'p'," \
	"'basis':'" basis "','consent':'given','told':'both'," \
	"'what':'w','to':'t','route':'r','decider':'d'}"

static int32_t
day(const char *text)
{
	int32_t d;

	assert_int_equal(day_parse(text, &d, NULL), RC_OK);
	return d;
}

static void
expect_action(const struct book *b, size_t i, const char *today,
    const char *words)
{
	struct plan_action a;
	struct str out;

	plan_action_read(&b->c, book_record(b, i), day(today), &a);
	str_init(&out);
	plan_action_words(&a, day(today), &out);
	assert_string_equal(out.s, words);
	str_release(&out);
}

static void
an_action_says_how_it_stands(void **state)
{
	struct book b;

	(void)state;
	book_init(&b);
	(void)book_write(&b, "action", "2026-11-12",
	    ACTION("A bus pass", "2026-11-27"));
	expect_action(&b, 0, "2026-11-22",
	    "open, due 27 November 2026 (in 5 days)");
	expect_action(&b, 0, "2026-11-26",
	    "open, due 27 November 2026 (in 1 day)");
	expect_action(&b, 0, "2026-11-27",
	    "open, due 27 November 2026 (today)");
	expect_action(&b, 0, "2026-11-28",
	    "overdue by 1 day, due 27 November 2026");
	(void)book_write(&b, "action-outcome", "2026-11-25",
	    OUTCOME("0", "partly"));
	expect_action(&b, 0, "2026-11-28", "partly done on 25 November 2026");
	(void)book_write(&b, "action-outcome", "2026-11-26",
	    OUTCOME("0", "done"));
	expect_action(&b, 0, "2026-11-28", "done on 26 November 2026");
	/* Put right afterwards, it is done all the same. */
	(void)book_write(&b, "action", "2026-11-12", "{'what':'A bus pass "
	    "for a month','owner':'A. Worker','due':'2026-11-27',"
	    "'replaces':['@0']}");
	expect_action(&b, 3, "2026-12-28", "done on 26 November 2026");
	book_release(&b);
}

static void
late_actions_come_first(void **state)
{
	struct plan_action *list;
	struct book b;
	size_t n;

	(void)state;
	book_init(&b);
	plan_actions(&b.c, day("2026-11-22"), &list, &n);
	assert_int_equal(n, 0);
	assert_null(list);
	(void)book_write(&b, "action", "2026-11-12",
	    ACTION("done", "2026-11-01"));
	(void)book_write(&b, "action-outcome", "2026-11-13",
	    OUTCOME("0", "not-needed"));
	(void)book_write(&b, "action", "2026-11-12",
	    ACTION("later", "2026-12-01"));
	(void)book_write(&b, "action", "2026-11-12",
	    ACTION("late", "2026-11-21"));
	(void)book_write(&b, "action", "2026-11-12",
	    ACTION("soon", "2026-11-22"));
	plan_actions(&b.c, day("2026-11-22"), &list, &n);
	assert_int_equal(n, 4);
	assert_string_equal(record_text(list[0].record, "what"), "late");
	assert_string_equal(record_text(list[1].record, "what"), "soon");
	assert_string_equal(record_text(list[2].record, "what"), "later");
	assert_string_equal(record_text(list[3].record, "what"), "done");
	free(list);
	book_release(&b);
}

static void
support_has_its_latest_state(void **state)
{
	const struct code *codes;
	struct support_line s;
	struct book b;
	struct str out;
	size_t n;

	(void)state;
	book_init(&b);
	codes = support_codes(&n);
	assert_int_equal(n, 13);
	str_init(&out);
	support_read(&b.c, &codes[0], &s);
	support_words(&s, &out);
	assert_string_equal(out.s, "not offered yet");
	(void)book_write(&b, "support", "2026-11-16",
	    "{'support':'adviser','state':'accepted','by':'b'}");
	/* Written later, said earlier. */
	(void)book_write(&b, "support", "2026-11-13",
	    "{'support':'adviser','state':'offered','by':'b'}");
	support_read(&b.c, &codes[0], &s);
	assert_ptr_equal(s.latest, book_record(&b, 0));
	assert_int_equal(s.n, 2);
	support_read(&b.c, &codes[1], &s);
	assert_null(s.latest);
	str_release(&out);
	book_release(&b);
}

static void
consent_is_told_for_each_thing(void **state)
{
	const struct record **list;
	struct book b;
	size_t n;

	(void)state;
	book_init(&b);
	(void)book_write(&b, "consent", "2026-11-02",
	    CONSENT("given", "Telling the school"));
	(void)book_write(&b, "consent", "2026-11-03",
	    CONSENT("refused", "Telling her father"));
	(void)book_write(&b, "consent", "2026-11-20",
	    CONSENT("withdrawn", "telling the School "));
	consents_now(&b.c, &list, &n);
	assert_int_equal(n, 2);
	assert_ptr_equal(list[0], book_record(&b, 2));
	assert_ptr_equal(list[1], book_record(&b, 1));
	free((void *)list);
	book_release(&b);
}

static void
what_rested_on_a_withdrawn_consent(void **state)
{
	const struct record *consent;
	struct book b;

	(void)state;
	book_init(&b);
	(void)book_write(&b, "consent", "2026-11-02", CONSENT("given", "t"));
	(void)book_write(&b, "sharing", "2026-11-01",
	    SHARING("share", "consent"));
	(void)book_write(&b, "sharing", "2026-11-04",
	    SHARING("part", "consent"));
	(void)book_write(&b, "sharing", "2026-11-04",
	    SHARING("share", "safeguarding"));
	(void)book_write(&b, "sharing", "2026-11-04",
	    SHARING("not", "consent"));
	(void)book_write(&b, "sharing", "2026-11-21",
	    SHARING("share", "consent"));
	assert_null(consent_withdrawn_of(&b.c, book_record(&b, 2)));
	consent = book_record(&b, book_write(&b, "consent", "2026-11-20",
	    CONSENT("withdrawn", "t")));
	for (size_t i = 1; i <= 5; i++)
		if (consent_rested(&b.c, consent, book_record(&b, i)) !=
		    (i == 2))
			fail_msg("decision %zu", i);
	assert_ptr_equal(consent_withdrawn_of(&b.c, book_record(&b, 2)),
	    consent);
	/* Given again, it is not withdrawn any more. */
	(void)book_write(&b, "consent", "2026-11-22", CONSENT("given", "t"));
	assert_null(consent_withdrawn_of(&b.c, book_record(&b, 2)));
	book_release(&b);
}

static void
nothing_open_closes_without_words(void **state)
{
	struct open_things t;
	struct book b;
	struct err e;

	(void)state;
	book_init(&b);
	/* A review ends with the case. */
	(void)book_write(&b, "plan", "2026-11-12", "{'aim':'a',"
	    "'negotiated':'n','danger':'d','review':'2026-12-12'}");
	closing_list(&b.c, NULL, &t);
	assert_int_equal(t.n, 0);
	assert_int_equal(closing_check(&t, "", &e), RC_OK);
	closing_release(&t);
	book_release(&b);
}

static void
each_open_thing_has_its_words(void **state)
{
	struct open_things t;
	struct book b;
	struct str text;
	struct err e;

	(void)state;
	book_init(&b);
	(void)book_write(&b, "action", "2026-11-12",
	    ACTION("A bus pass -> card", "2026-11-27"));
	(void)book_write(&b, "referral", "2026-11-20", "{'service':'hub',"
	    "'to':'Duty','urgency':'today','concern':'c','words':'w',"
	    "'asked':'a','contact':'me','consent':'given'}");
	(void)book_write(&b, "close", "", "{'why':'moved','words':'w',"
	    "'child':'c'}");
	/* What was open before it was closed is open still. */
	closing_list(&b.c, "High: three or more indicators", &t);
	assert_int_equal(t.n, 3);
	assert_string_equal(t.list[0].words, "The level that stands: High: "
	    "three or more indicators");
	assert_string_equal(t.list[1].words, "Action: A bus pass -) card, "
	    "A. Worker, by the end of 27 November 2026");
	assert_string_equal(t.list[2].words, "Referral: Duty, not noted as "
	    "sent");
	str_init(&text);
	closing_text(&t, &text);
	assert_int_equal(closing_check(&t, text.s, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "The level that stands"));
	str_clear(&text);
	str_add_fmt(&text, "- %s -> No new signs since May.\n- %s ->\n Her "
	    "aunt does it.\n- %s -> ", t.list[0].words, t.list[1].words,
	    t.list[2].words);
	assert_int_equal(closing_check(&t, text.s, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "Referral: Duty"));
	str_add(&text, "They wrote back.");
	assert_int_equal(closing_check(&t, text.s, &e), RC_OK);
	/* A line that was taken out is asked for. */
	assert_int_equal(closing_check(&t, strstr(text.s, "- Action"), &e),
	    RC_INPUT);
	assert_non_null(strstr(e.text, "a line is missing"));
	str_release(&text);
	closing_release(&t);
	book_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_action_says_how_it_stands),
		cmocka_unit_test(late_actions_come_first),
		cmocka_unit_test(support_has_its_latest_state),
		cmocka_unit_test(consent_is_told_for_each_thing),
		cmocka_unit_test(what_rested_on_a_withdrawn_consent),
		cmocka_unit_test(nothing_open_closes_without_words),
		cmocka_unit_test(each_open_thing_has_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
