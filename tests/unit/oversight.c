/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/facts.h"
#include "tests/unit/reviewing.h"

#define WAITS(w, bits) assert_int_equal((w)->o.why, (bits))

static void
holds(const struct world *w, unsigned level, bool lowered)
{
	assert_int_equal(w->o.level, level);
	assert_int_equal(w->o.lowered, lowered);
}

/* ---- what a lowering needs ---- */

static void
a_lowering_holds_only_by_a_review(void **state)
{
	struct world *w = *state;
	size_t q, v;

	(void)screen(w, PIA, 1, "high", "high");
	q = ask_lower(w, PIA, 2, "vulnerable");
	holds(w, HIGH, false);
	WAITS(w, QUEUE_LOWERING | QUEUE_LEVEL);
	assert_ptr_equal(w->o.request, at(w, q));
	assert_ptr_equal(w->o.about, at(w, q));
	assert_int_equal(w->o.since, BASE + 60000);
	v = review(w, SAL, 3, q, "lower", "potential");
	holds(w, POTENTIAL, true);
	WAITS(w, 0);
	assert_null(w->o.request);
	assert_null(w->c.lowering);
	assert_ptr_equal(w->o.review, at(w, v));
	assert_int_equal(w->o.since, INT64_MAX);
}

static void
agreeing_to_a_request_lowers(void **state)
{
	struct world *w = *state;
	size_t q;

	(void)screen(w, PIA, 1, "high", "high");
	q = ask_lower(w, PIA, 2, "potential");
	(void)review(w, SAL, 3, q, "agree", "potential");
	holds(w, POTENTIAL, true);
}

static void
raising_takes_effect_at_once_and_stays(void **state)
{
	struct world *w = *state;
	size_t s, f;

	w->rules = VULNERABLE;
	s = screen(w, PIA, 1, "vulnerable", "vulnerable");
	WAITS(w, 0);
	(void)review(w, SAL, 2, s, "raise", "high");
	holds(w, HIGH, false);
	assert_true(w->o.raised);
	WAITS(w, 0);
	/* The practitioner alone does not lower what a supervisor raised. */
	(void)screen(w, PIA, 3, "vulnerable", "vulnerable");
	holds(w, HIGH, false);
	WAITS(w, QUEUE_LEVEL);
	f = ask_lower(w, PIA, 4, "vulnerable");
	(void)review(w, TESS, 5, f, "agree", "vulnerable");
	holds(w, VULNERABLE, false);
	WAITS(w, 0);
}

static void
the_judgement_above_the_rules_holds(void **state)
{
	struct world *w = *state;

	w->rules = VULNERABLE;
	(void)screen(w, PIA, 1, "vulnerable", "potential");
	holds(w, POTENTIAL, false);
	WAITS(w, QUEUE_LEVEL);
	(void)screen(w, PIA, 2, "vulnerable", "none-recorded");
	holds(w, VULNERABLE, false);
}

/* ---- whose work ---- */

static void
nobody_reviews_their_own_work(void **state)
{
	struct world *w = *state;
	struct author_id pia = author(PIA_AS_SUPERVISOR);
	struct author_id tess = author(TESS);
	struct err e;
	size_t q;

	(void)screen(w, PIA, 1, "high", "high");
	q = ask_lower(w, PIA, 2, "vulnerable");
	/* Another key of the same name is the same person. */
	(void)review(w, PIA_AS_SUPERVISOR, 4, q, "agree", "vulnerable");
	holds(w, HIGH, false);
	assert_int_equal(oversight_may(&w->c, at(w, q), &pia, &e),
	    RC_REFUSED);
	assert_non_null(strstr(e.text, "your own work"));
	assert_int_equal(oversight_may(&w->c, at(w, q), &tess, &e), RC_OK);
}

/* Somebody asks to lower what a supervisor screened. */
static size_t
mixed(struct world *w)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	size_t s = screen(w, SAL, 1, "high", "high");

	hex_format(w->e[s].id.b, ENTRY_ID_LEN, hex);
	return put(w, PIA, 2, "review-request", json_pack("{s:s, s:s, s:s,"
	    " s:s}", "level", "high", "asked_level", "vulnerable", "reason",
	    "r", "screening", hex));
}

static void
mixed_work_is_said_whose_it_is(void **state)
{
	struct world *w = *state;
	struct author_id sal = author(SAL), tess = author(TESS);
	size_t q = mixed(w);
	struct err e;

	assert_int_equal(oversight_may(&w->c, at(w, q), &sal, &e),
	    RC_REFUSED);
	assert_non_null(strstr(e.text, "the Screening of"));
	assert_non_null(strstr(e.text, "is of Pia Example"));
	assert_int_equal(oversight_may(&w->c, at(w, q), &tess, &e), RC_OK);
	(void)review(w, SAL, 3, q, "agree", "vulnerable");
	holds(w, HIGH, false);
	WAITS(w, QUEUE_LOWERING | QUEUE_LEVEL);
	(void)review(w, TESS, 4, q, "agree", "vulnerable");
	holds(w, VULNERABLE, true);
}

static void
nor_by_way_of_a_flag(void **state)
{
	struct world *w = *state;
	size_t f;

	(void)screen(w, SAL, 1, "high", "high");
	f = raise_flag(w, PIA, 2);
	(void)review(w, SAL, 3, f, "lower", "vulnerable");
	holds(w, HIGH, false);
	WAITS(w, QUEUE_FLAG | QUEUE_LEVEL);
	/* Asking for it oneself is work, too. */
	(void)ask_lower(w, TESS, 4, "vulnerable");
	(void)review(w, UMA, 5, f, "lower", "potential");
	holds(w, POTENTIAL, true);
}

static size_t
see_sign(struct world *w, unsigned who, int minute)
{
	return put(w, who, minute, "observation", json_pack("{s:s, s:s, s:s,"
	    " s:s, s:s}", "instrument", "t", "indicator", "B1", "state",
	    "present", "agency", "a", "evidence", "e"));
}

static void
signs_that_nobody_screened(void **state)
{
	struct world *w = *state;
	struct author_id sal = author(SAL);
	struct err e;

	(void)see_sign(w, SAL, 1);
	WAITS(w, QUEUE_LEVEL);
	assert_null(w->o.about);
	assert_int_equal(w->o.since, BASE + 60000);
	assert_int_equal(oversight_may(&w->c, NULL, &sal, &e), RC_REFUSED);
	(void)review(w, SAL, 2, NOTHING, "agree", "high");
	WAITS(w, QUEUE_LEVEL);
	/* There is no screening whose level could be lowered. */
	(void)review(w, TESS, 3, NOTHING, "lower", "vulnerable");
	holds(w, HIGH, false);
	WAITS(w, 0);
	/* A later sign of the reviewer's own undoes no review. */
	(void)see_sign(w, TESS, 4);
	WAITS(w, 0);
}

static void
a_practitioner_reviews_nothing(void **state)
{
	struct world *w = *state;
	size_t q;

	(void)screen(w, PIA, 1, "high", "high");
	q = ask_lower(w, PIA, 2, "vulnerable");
	(void)review(w, QUINN, 3, q, "agree", "vulnerable");
	holds(w, HIGH, false);
	WAITS(w, QUEUE_LOWERING | QUEUE_LEVEL);
}

/* ---- what opens it again ---- */

static void
what_is_new_waits_anew(void **state)
{
	struct world *w = *state;
	size_t q, v;
	char hex[2 * ENTRY_ID_LEN + 1];

	(void)screen(w, PIA, 1, "high", "high");
	q = ask_lower(w, PIA, 2, "vulnerable");
	v = review(w, SAL, 3, q, "agree", "vulnerable");
	(void)raise_flag(w, QUINN, 4);
	WAITS(w, QUEUE_FLAG);
	holds(w, VULNERABLE, true);
	(void)screen(w, PIA, 5, "high", "high");
	WAITS(w, QUEUE_FLAG | QUEUE_LEVEL);
	holds(w, HIGH, false);
	(void)review(w, TESS, 6, w->n - 1, "lower", "vulnerable");
	WAITS(w, 0);
	holds(w, VULNERABLE, true);
	hex_format(w->e[w->n - 1].id.b, ENTRY_ID_LEN, hex);
	(void)put(w, TESS, 7, "strike", json_pack("{s:s, s:s}", "target", hex,
	    "reason", "wrong case"));
	WAITS(w, QUEUE_FLAG | QUEUE_LEVEL);
	holds(w, HIGH, false);
	assert_ptr_equal(w->o.review, at(w, v));
}

static void
a_higher_level_by_the_rules_opens_it(void **state)
{
	struct world *w = *state;
	size_t q;

	w->rules = POTENTIAL;
	(void)screen(w, PIA, 1, "potential", "potential");
	q = ask_lower(w, PIA, 2, "vulnerable");
	(void)review(w, SAL, 3, q, "agree", "vulnerable");
	holds(w, VULNERABLE, true);
	WAITS(w, 0);
	w->rules = HIGH;
	fold(w);
	holds(w, HIGH, false);
	WAITS(w, QUEUE_LEVEL);
	w->rules = VULNERABLE;
	fold(w);
	assert_int_equal(w->o.level, VULNERABLE);
}

static void
flags_come_down_by_their_own_or_a_review(void **state)
{
	struct world *w = *state;
	char hex[2 * ENTRY_ID_LEN + 1];
	size_t f;

	w->rules = VULNERABLE;
	f = raise_flag(w, PIA, 1);
	hex_format(w->e[f].id.b, ENTRY_ID_LEN, hex);
	(void)put(w, QUINN, 2, "unflag", json_pack("{s:s, s:s}", "flag", hex,
	    "why", "w"));
	WAITS(w, QUEUE_FLAG);
	(void)put(w, PIA, 3, "unflag", json_pack("{s:s, s:s}", "flag", hex,
	    "why", "w"));
	WAITS(w, 0);
	f = raise_flag(w, SAL, 4);
	(void)review(w, SAL, 5, f, "agree", "vulnerable");
	WAITS(w, QUEUE_FLAG);
	(void)review(w, TESS, 6, f, "agree", "vulnerable");
	WAITS(w, 0);
	(void)raise_flag(w, TESS, 1);
	WAITS(w, QUEUE_FLAG);
}

/* ---- given back ---- */

static void
what_is_given_back_waits_for_an_answer(void **state)
{
	struct world *w = *state;
	size_t q, v;

	(void)screen(w, PIA, 1, "high", "high");
	q = ask_lower(w, PIA, 2, "vulnerable");
	(void)put(w, PIA, 3, "note", json_pack("{s:s}", "facts", "f"));
	v = review(w, SAL, 4, q, "return", "");
	WAITS(w, QUEUE_RETURNED);
	holds(w, HIGH, false);
	assert_ptr_equal(w->o.returned, at(w, v));
	assert_ptr_equal(w->o.request, at(w, q));
	assert_ptr_equal(w->o.about, at(w, q));
	/* A flag that it did not see waits beside it. */
	(void)raise_flag(w, QUINN, 5);
	WAITS(w, QUEUE_RETURNED | QUEUE_FLAG);
	(void)put(w, QUINN, 6, "note", json_pack("{s:s}", "facts", "f"));
	WAITS(w, QUEUE_RETURNED | QUEUE_FLAG);
	(void)put(w, PIA, 7, "note", json_pack("{s:s}", "facts", "f"));
	WAITS(w, QUEUE_LOWERING | QUEUE_LEVEL | QUEUE_FLAG);
	(void)review(w, SAL, 8, q, "agree", "vulnerable");
	WAITS(w, 0);
	holds(w, VULNERABLE, true);
}

static void
a_new_screening_answers_whatever_its_clock(void **state)
{
	struct world *w = *state;
	size_t s = screen(w, PIA, 5, "high", "high");

	(void)review(w, SAL, 6, s, "return", "");
	WAITS(w, QUEUE_RETURNED);
	(void)screen(w, PIA, 2, "high", "high");
	WAITS(w, QUEUE_LEVEL);
}

/* Written on a machine whose clock is behind; and one that names another. */
static void
a_note_that_names_it_answers_whatever_its_clock(void **state)
{
	struct world *w = *state;
	size_t s = screen(w, PIA, 5, "high", "high"), v;
	char hex[2 * ENTRY_ID_LEN + 1];

	v = review(w, SAL, 6, s, "return", "");
	hex_format(at(w, s)->entry.id.b, ENTRY_ID_LEN, hex);
	(void)put(w, PIA, 9, "note", json_pack("{s:s, s:s}", "facts", "f",
	    "answers", hex));
	WAITS(w, QUEUE_RETURNED);
	hex_format(at(w, v)->entry.id.b, ENTRY_ID_LEN, hex);
	(void)put(w, PIA, 3, "note", json_pack("{s:s, s:s}", "facts", "f",
	    "answers", hex));
	WAITS(w, QUEUE_LEVEL);
}

/* One lowers while another, elsewhere, gives it back. */
static void
a_lowering_that_did_not_see_the_return_waits(void **state)
{
	struct world *w = *state;
	json_t *lower, *back;
	size_t q;

	(void)screen(w, PIA, 1, "high", "high");
	q = ask_lower(w, PIA, 2, "vulnerable");
	lower = review_body(w, q, "agree", "vulnerable");
	back = review_body(w, q, "return", "");
	(void)put(w, SAL, 3, "review", back);
	(void)put(w, TESS, 9, "review", lower);
	holds(w, HIGH, false);
	(void)review(w, TESS, 10, q, "agree", "vulnerable");
	holds(w, VULNERABLE, true);
}

/* ---- apart ---- */

static void
reviews_written_apart_are_a_conflict(void **state)
{
	struct world *w = *state;
	json_t *a, *b;
	size_t q, low;

	(void)screen(w, PIA, 1, "high", "high");
	q = ask_lower(w, PIA, 2, "vulnerable");
	a = review_body(w, q, "lower", "potential");
	b = review_body(w, q, "agree", "vulnerable");
	low = put(w, SAL, 3, "review", a);
	assert_int_equal(w->c.nconflicts, 0);
	(void)put(w, TESS, 4, "review", b);
	holds(w, POTENTIAL, true);
	assert_ptr_equal(w->o.review, at(w, low));
	assert_int_equal(w->c.nconflicts, 1);
	assert_null(w->c.conflicts[0].field);
	assert_string_equal(w->c.conflicts[0].a->entry.kind, "review");
	/* A third that saw both settles it. */
	(void)review(w, UMA, 5, q, "agree", "vulnerable");
	holds(w, VULNERABLE, true);
	assert_int_equal(w->c.nconflicts, 0);
}

static void
a_clock_that_is_behind_lowers_nothing(void **state)
{
	struct world *w = *state;
	json_t *v;
	size_t q;

	(void)screen(w, PIA, 10, "high", "high");
	q = ask_lower(w, PIA, 11, "vulnerable");
	v = review_body(w, q, "agree", "vulnerable");
	/* Written while the review was; its clock is years behind. */
	(void)screen(w, QUINN, -1000000, "high", "high");
	(void)put(w, SAL, 20, "review", v);
	holds(w, HIGH, false);
	WAITS(w, QUEUE_LEVEL);
	(void)review(w, SAL, 19, q, "agree", "vulnerable");
	holds(w, VULNERABLE, true);
}

/* ---- second looks ---- */

static void
a_second_look_is_blind_and_by_another(void **state)
{
	struct world *w = *state;
	struct second_looks n = {0, 0, 0, 0};
	struct author_id sal = author(SAL);
	struct err e;
	size_t s, v;

	w->sample = 1;
	s = screen(w, PIA, 1, "high", "high");
	v = review(w, SAL, 2, s, "agree", "high");
	WAITS(w, QUEUE_SECOND);
	assert_ptr_equal(w->o.second, at(w, v));
	assert_ptr_equal(w->o.about, at(w, v));
	assert_int_equal(oversight_may(&w->c, at(w, v), &sal, &e),
	    RC_REFUSED);
	(void)review(w, SAL, 3, v, "agree", "high");
	assert_int_equal(w->o.why & QUEUE_SECOND, QUEUE_SECOND);
	casefile_second_looks(&w->c, 1, &n);
	assert_int_equal(n.drawn, 1);
	assert_int_equal(n.seen, 0);
}

static void
a_disagreement_stays_until_a_third(void **state)
{
	struct world *w = *state;
	struct second_looks n = {0, 0, 0, 0};
	size_t s, q, v;

	w->sample = 1;
	s = screen(w, PIA, 1, "high", "high");
	q = ask_lower(w, PIA, 2, "vulnerable");
	v = review(w, SAL, 3, q, "agree", "vulnerable");
	holds(w, VULNERABLE, true);
	WAITS(w, QUEUE_SECOND);
	(void)review(w, TESS, 4, v, "raise", "potential");
	holds(w, POTENTIAL, true);
	WAITS(w, 0);
	assert_int_equal(w->c.nconflicts, 1);
	casefile_second_looks(&w->c, 1, &n);
	assert_int_equal(n.differed, 1);
	assert_int_equal(n.agreed, 0);
	(void)review(w, UMA, 5, s, "lower", "vulnerable");
	holds(w, VULNERABLE, true);
	assert_int_equal(w->c.nconflicts, 0);
	memset(&n, 0, sizeof(n));
	casefile_second_looks(&w->c, 10, &n);
	assert_int_equal(n.drawn, 1);
	assert_int_equal(n.seen, 1);
	assert_int_equal(n.differed, 1);
}

/* A report of one year says nothing of another's. */
static void
a_report_counts_second_looks_at_reviews_of_its_days(void **state)
{
	static const struct {
		const char *from, *to;
		uint64_t drawn, agreed;
	} trials[] = {
		{"2026-11-20", "2026-11-20", 1, 1},
		{"2026-11-21", "2026-11-30", 0, 0},
		{"2026-01-01", "2026-11-19", 0, 0}
	};
	struct world *w = *state;
	size_t s = screen(w, PIA, 1, "high", "high");
	size_t v = review(w, SAL, 2, s, "agree", "high");

	(void)review(w, TESS, 24 * 60, v, "agree", "high");
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		struct joined_window days;
		struct facts f;

		assert_int_equal(day_parse(trials[i].from, &days.from, NULL),
		    RC_OK);
		assert_int_equal(day_parse(trials[i].to, &days.to, NULL),
		    RC_OK);
		facts_init(&f, w->in, &days, BASE + INT64_C(864000000));
		f.sample = 1;
		facts_add(&f, &w->c, &w->roster);
		assert_int_equal(f.looks.drawn, trials[i].drawn);
		assert_int_equal(f.looks.agreed, trials[i].agreed);
		facts_release(&f);
	}
}

/* About one in ten, and with none asked for none. */
static void
the_lot_is_fair(void **state)
{
	struct world *w = *state;
	unsigned drawn = 0;

	for (int i = 0; i < 400; i++) {
		forget(w);
		w->sample = 10;
		(void)screen(w, PIA, i, "high", "high");
		(void)review(w, SAL, i + 1, 0, "agree", "high");
		drawn += w->o.second != NULL;
		w->sample = 0;
		fold(w);
		assert_null(w->o.second);
	}
	assert_in_range(drawn, 20, 65);
}

static void
a_closed_case_asks_for_no_level(void **state)
{
	struct world *w = *state;

	(void)screen(w, PIA, 1, "high", "high");
	WAITS(w, QUEUE_LEVEL);
	(void)put(w, PIA, 2, "close", json_pack("{s:s, s:s, s:s}", "why",
	    "safe", "words", "w", "child", "c"));
	WAITS(w, 0);
	holds(w, HIGH, false);
}

int
main(void)
{
#define T(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_lowering_holds_only_by_a_review),
		T(agreeing_to_a_request_lowers),
		T(raising_takes_effect_at_once_and_stays),
		T(the_judgement_above_the_rules_holds),
		T(nobody_reviews_their_own_work),
		T(mixed_work_is_said_whose_it_is),
		T(nor_by_way_of_a_flag),
		T(signs_that_nobody_screened),
		T(a_practitioner_reviews_nothing),
		T(what_is_new_waits_anew),
		T(a_higher_level_by_the_rules_opens_it),
		T(flags_come_down_by_their_own_or_a_review),
		T(what_is_given_back_waits_for_an_answer),
		T(a_new_screening_answers_whatever_its_clock),
		T(a_note_that_names_it_answers_whatever_its_clock),
		T(a_lowering_that_did_not_see_the_return_waits),
		T(reviews_written_apart_are_a_conflict),
		T(a_clock_that_is_behind_lowers_nothing),
		T(a_second_look_is_blind_and_by_another),
		T(a_disagreement_stays_until_a_third),
		T(a_report_counts_second_looks_at_reviews_of_its_days),
		T(the_lot_is_fair),
		T(a_closed_case_asks_for_no_level),
	};

	return cmocka_run_group_tests_name("oversight", tests, NULL, NULL);
}
