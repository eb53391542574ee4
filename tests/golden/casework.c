/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ticks, judgements and referrals make of a case, without a screen. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/kind_checks.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/judge.h"
#include "tui/referral.h"
#include "tui/riskview.h"
#include "tui/tick.h"

struct bench {
	struct desk *d;
	struct casework w;
};

static void
open_bench(struct bench *b, struct desk *d)
{
	struct case_door door = desk_door(d);
	struct case_id id = desk_case(d);

	b->d = d;
	assert_int_equal(casework_open(&b->w, &door, &id, NULL, NULL), RC_OK);
}

static void
close_bench(struct bench *b)
{
	casework_release(&b->w);
	desk_free(b->d);
}

static unsigned
item(const struct bench *b, const char *id)
{
	return instrument_item(desk_instrument(b->d), id, strlen(id));
}

static enum answer
answer(const struct bench *b, const char *id)
{
	return answers_get(&b->w.answers, item(b, id));
}

static void
press(struct bench *b, const char *id)
{
	assert_int_equal(tick_step(&b->w, item(b, id), NULL, false),
	    TICK_DONE);
}

/* Makes the newest pending tick of an item complete. */
static void
complete(struct bench *b, const char *id)
{
	size_t i = tick_pending(&b->w, item(b, id));
	struct span on = span_of_day(b->w.today - 2);
	json_t *body = json_deep_copy(b->w.pending.list[i].draft.body);

	json_object_set_new(body, "agency", json_string("School"));
	json_object_set_new(body, "evidence", json_string("Seen."));
	tick_set(&b->w, i, &on, body, true);
	json_decref(body);
}

static void
five_answers_and_back_to_none(void **state)
{
	static const enum answer ring[] = {
		ANSWER_PRESENT, ANSWER_SUSPECTED, ANSWER_ABSENT,
		ANSWER_NOT_KNOWN, ANSWER_NOT_ASKED
	};
	struct bench b;
	size_t i;

	(void)state;
	open_bench(&b, desk_new());
	for (i = 0; i < 5; i++) {
		press(&b, "B1");
		assert_int_equal(answer(&b, "B1"), ring[i]);
		assert_int_equal(b.w.pending.n, i < 4 ? 1 : 0);
	}
	for (i = 0; i < 5; i++)
		assert_true(casework_undo(&b.w));
	assert_false(casework_undo(&b.w));
	close_bench(&b);
}

static void
agency_and_date_are_carried_over_evidence_is_not(void **state)
{
	const struct entry_draft *d;
	struct bench b;

	(void)state;
	open_bench(&b, desk_new());
	press(&b, "B1");
	complete(&b, "B1");
	press(&b, "B2");
	d = &b.w.pending.list[tick_pending(&b.w, item(&b, "B2"))].draft;
	assert_string_equal(json_string_value(json_object_get(d->body,
	    "agency")), "School");
	assert_false(body_has_text(d->body, "evidence"));
	assert_int_equal(d->on.first, b.w.today - 2);
	assert_int_equal(tick_incomplete(&b.w, item(&b, "B1")),
	    b.w.pending.n);
	assert_int_equal(tick_incomplete(&b.w, item(&b, "B2")), 1);
	close_bench(&b);
}

static void
a_correction_is_a_strike_and_a_new_answer(void **state)
{
	struct desk *d = desk_new();
	struct bench b;
	struct err e;
	size_t at;

	(void)state;
	(void)desk_observe(d, "B1", "present", "School", "Two nights away.");
	open_bench(&b, d);
	press(&b, "B1");
	assert_int_equal(b.w.pending.n, 2);
	assert_int_equal(answer(&b, "B1"), ANSWER_SUSPECTED);
	assert_int_equal(casework_sign(&b.w, &at, &e), RC_REFUSED);
	assert_string_equal(b.w.pending.list[at].draft.kind, "strike");
	/* Round to what is signed: nothing is left of it. */
	press(&b, "B1");
	press(&b, "B1");
	press(&b, "B1");
	press(&b, "B1");
	assert_int_equal(b.w.pending.n, 0);
	assert_int_equal(answer(&b, "B1"), ANSWER_PRESENT);
	close_bench(&b);
}

static void
two_agencies_count_once(void **state)
{
	struct desk *d = desk_new();
	struct bench b;

	(void)state;
	(void)desk_observe(d, "B1", "present", "School", "Away.");
	(void)desk_observe(d, "B1", "present", "Police", "Away.");
	(void)desk_observe(d, "B1", "present", "SCHOOL", "Away again.");
	open_bench(&b, d);
	assert_int_equal(b.w.result.signs, 1);
	assert_int_equal(casework_agencies(&b.w, item(&b, "B1")), 2);
	assert_int_equal(tick_step(&b.w, item(&b, "B1"), NULL, false),
	    TICK_CHOOSE);
	assert_int_equal(b.w.pending.n, 0);
	close_bench(&b);
}

static void
what_was_signed_before_the_crash_is_not_signed_twice(void **state)
{
	struct desk *d = desk_new();
	struct case_door door = desk_door(d);
	struct case_id id = desk_case(d);
	struct casework again;
	struct bench b;
	struct err e;
	struct str text;
	size_t at;

	(void)state;
	open_bench(&b, d);
	press(&b, "B1");
	complete(&b, "B1");
	str_init(&text);
	pending_write(&b.w.pending, &text);
	assert_int_equal(casework_sign(&b.w, &at, &e), RC_OK);
	/* As if the draft had outlived the signing. */
	assert_int_equal(door.save(door.ctx, "pending", NULL, text.s, &e),
	    RC_OK);
	str_release(&text);
	assert_int_equal(casework_open(&again, &door, &id, NULL, &e), RC_OK);
	assert_int_equal(again.pending.n, 0);
	casework_release(&again);
	close_bench(&b);
}

static void
judged(struct bench *b, const char *level, const char *reason, bool lower)
{
	struct span on = span_of_day(b->w.today);
	json_t *body = judge_body(&b->w);
	bool asked = !lower;
	struct err e;

	json_object_set_new(body, "judgement", json_string(level));
	if (reason != NULL)
		json_object_set_new(body, "reason", json_string(reason));
	assert_int_equal(judge_keep(&b->w, body, &on, &asked, &e), RC_OK);
	assert_int_equal(asked, lower);
	json_decref(body);
}

static void
a_level_rises_freely_and_falls_only_on_request(void **state)
{
	struct desk *d = desk_new();
	struct bench b;
	struct span on;
	json_t *body;
	struct err e;

	(void)state;
	(void)desk_observe(d, "B1", "present", "School", "Away.");
	open_bench(&b, d);
	judged(&b, "vulnerable", "With an aunt.", true);
	assert_string_equal(record_text(b.w.now.screening, "judgement"),
	    "potential");
	assert_non_null(b.w.now.lowering);
	assert_int_equal(casework_level(&b.w), b.w.result.level);
	judged(&b, "high", "A stranger waits.", false);
	assert_int_equal(casework_level(&b.w), 0);
	assert_int_equal(b.w.pending.n, 1);
	/* Without a reason: refused, and nothing pending changes. */
	on = span_of_day(b.w.today);
	body = judge_body(&b.w);
	json_object_del(body, "reason");
	assert_int_equal(judge_keep(&b.w, body, &on, NULL, &e), RC_INPUT);
	assert_int_equal(b.w.pending.n, 1);
	json_decref(body);
	close_bench(&b);
}

/* The practitioner alone does not undo it, though the rules would let them. */
static void
below_what_a_review_raised_is_asked_for(void **state)
{
	struct desk *d = desk_new();
	struct bench b;

	(void)state;
	(void)desk_observe(d, "B1", "present", "School", "Away.");
	(void)desk_sign(d, "T. Third", "review", "", json_pack("{s:s,s:s,"
	    "s:s,s:s}", "decision", "raise", "rules_level", "potential",
	    "level", "high", "reason", "I know the address."));
	open_bench(&b, d);
	assert_int_equal(casework_level(&b.w), 0);
	judged(&b, "potential", "It was another house.", true);
	assert_non_null(b.w.now.lowering);
	assert_int_equal(casework_level(&b.w), 0);
	judged(&b, "high", "It was that house.", false);
	close_bench(&b);
}

/* No age on either side once read as another age: it was never signed. */
static void
a_judgement_is_signed_when_the_age_is_not_known(void **state)
{
	struct desk *d = desk_new();
	char hex[2 * ENTRY_ID_LEN + 1];
	struct bench b;
	struct err e;

	(void)state;
	(void)desk_observe(d, "B1", "present", "School", "Away.");
	open_bench(&b, d);
	hex_format(b.w.now.identity->entry.id.b, ENTRY_ID_LEN, hex);
	(void)desk_sign(d, "me", "strike", "", json_pack("{s:s,s:s}",
	    "target", hex, "reason", "Another child."));
	assert_int_equal(casework_reload(&b.w, &e), RC_OK);
	assert_int_equal(b.w.answers.age, -1);
	judged(&b, "vulnerable", "With an aunt.", true);
	assert_int_equal(judge_bring_up_to_date(&b.w, &e), RC_OK);
	close_bench(&b);
}

static void
a_judgement_on_other_answers_is_not_signed(void **state)
{
	struct bench b;
	struct err e;

	(void)state;
	open_bench(&b, desk_new());
	press(&b, "B1");
	complete(&b, "B1");
	judged(&b, "potential", NULL, false);
	press(&b, "B2");
	complete(&b, "B2");
	/* The rule's own level: made anew on the answers of now. */
	assert_int_equal(judge_bring_up_to_date(&b.w, &e), RC_OK);
	assert_string_equal(json_string_value(json_object_get(
	    json_object_get(b.w.now.screening->body, "answers"), "B2")),
	    "present");
	judged(&b, "high", "A stranger waits.", false);
	press(&b, "B3");
	complete(&b, "B3");
	assert_int_equal(judge_bring_up_to_date(&b.w, &e), RC_REFUSED);
	close_bench(&b);
}

static void
the_clock_starts_when_risk_was_first_recognised(void **state)
{
	struct desk *d = desk_new();
	struct counted c;
	struct bench b;
	json_t *body;

	(void)state;
	(void)desk_observe(d, "B1", "present", "School", "Away.");
	open_bench(&b, d);
	body = judge_body(&b.w);
	json_object_set_new(body, "act_by",
	    json_string("2026-11-19T00:00:00Z"));
	json_object_set_new(body, "counted", json_string("Counted then."));
	(void)desk_sign(d, "me", "screening", "2026-11-17", body);
	assert_int_equal(casework_reload(&b.w, NULL), RC_OK);
	counted_init(&c);
	judge_refer_by(&b.w, &c);
	assert_string_equal(c.words.s, "Counted then.");
	assert_true(c.due < GOLDEN_NOW);
	counted_release(&c);
	close_bench(&b);
}

static void
a_referral_carries_the_ticks(void **state)
{
	struct desk *d = desk_new();
	const json_t *list, *first;
	struct bench b;
	json_t *body;

	(void)state;
	(void)desk_observe(d, "disclosure", "present", "School", "Told us.");
	(void)desk_observe(d, "B3", "suspected", "Police", "Smell of drink.");
	(void)desk_observe(d, "A6", "absent", "School", "Assessed.");
	(void)desk_sign(d, "me", "missing", "", json_pack("{s:s,s:s,s:s,s:s}",
	    "since", "2026-11-12T21:00:00Z", "from", "home", "kind",
	    "missing", "reported_by", "A carer"));
	open_bench(&b, d);
	body = referral_body(&b.w);
	assert_non_null(strstr(json_string_value(json_object_get(body,
	    "concern")), "Missing episodes on record: 1, the latest from "
	    "12 November 2026 at 21:00."));
	list = json_object_get(body, "indicators");
	assert_int_equal(json_array_size(list), 2);
	first = json_array_get(list, 0);
	assert_string_equal(json_string_value(json_object_get(first,
	    "indicator")), "disclosure");
	assert_string_equal(json_string_value(json_object_get(first,
	    "evidence")), "Told us.");
	assert_string_equal(json_string_value(json_object_get(body,
	    "urgency")), "immediate");
	assert_non_null(strstr(json_string_value(json_object_get(body,
	    "concern")), "B3 Drug or alcohol misuse: 18 November 2026"));
	assert_non_null(strstr(json_string_value(json_object_get(body,
	    "counted")), "At once"));
	assert_non_null(json_object_get(body, "due"));
	assert_non_null(json_object_get(body, "decision_due"));
	json_decref(body);
	close_bench(&b);
}

static void
no_view_ever_says_that_there_is_no_risk(void **state)
{
	const struct instrument *in;
	struct risk_view r;
	struct desk *d = desk_new();
	struct bench b;
	size_t i;

	(void)state;
	in = desk_instrument(d);
	for (i = 0; i < in->nitems; i++)
		(void)desk_observe(d, in->items[i].id, "absent", "School",
		    "Looked for.");
	open_bench(&b, d);
	risk_view_fill(&r, &b.w);
	assert_null(strstr(r.label, "ow risk"));
	assert_null(strstr(r.label, "o risk"));
	assert_non_null(strstr(r.label, "does not rule out"));
	risk_view_release(&r);
	close_bench(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_answers_and_back_to_none),
		cmocka_unit_test(
		    agency_and_date_are_carried_over_evidence_is_not),
		cmocka_unit_test(a_correction_is_a_strike_and_a_new_answer),
		cmocka_unit_test(two_agencies_count_once),
		cmocka_unit_test(
		    what_was_signed_before_the_crash_is_not_signed_twice),
		cmocka_unit_test(
		    a_level_rises_freely_and_falls_only_on_request),
		cmocka_unit_test(below_what_a_review_raised_is_asked_for),
		cmocka_unit_test(
		    a_judgement_is_signed_when_the_age_is_not_known),
		cmocka_unit_test(a_judgement_on_other_answers_is_not_signed),
		cmocka_unit_test(
		    the_clock_starts_when_risk_was_first_recognised),
		cmocka_unit_test(a_referral_carries_the_ticks),
		cmocka_unit_test(no_view_ever_says_that_there_is_no_risk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
