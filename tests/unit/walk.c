/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training session is what its entries say, whatever their order and
 * whoever else writes beside it; and an attempt is laid beside the model.
 */
#include "config.h"

#include "core/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/loaded.h"
#include "tests/unit/walked.h"
#include "tests/unit/walkstory.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
setup(void **state)
{
	struct walked *w = calloc(1, sizeof(*w));

	walked_init(w, instrument_of_text(checklist), story, WALK_ALONE);
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct walked *w = *state;
	const struct instrument *in = w->in;

	walked_release(w);
	instrument_free((struct instrument *)(uintptr_t)in);
	free(w);
	return 0;
}

/* "one/1 two/1! ..." the attempts, "| one>wait" the lookbacks, the state. */
static void
tell(const struct walk *w, struct str *out)
{
	static const char *const states[] = { "answer", "model", "end" };

	for (size_t i = 0; i < w->nattempts; i++)
		str_add_fmt(out, "%s/%u:%s ",
		    w->study->stages[w->attempts[i].stage].id,
		    w->attempts[i].round,
		    screen_level_id(w->in, w->attempts[i].level));
	for (size_t i = 0; i < w->nlookbacks; i++) {
		const struct walk_lookback *l = &w->lookbacks[i];
		const struct study_stage *st = &w->study->stages[l->stage];

		str_add_fmt(out, "%s>%s ", st->id, l->choice == STUDY_END ?
		    "-" : st->choices[l->choice].id);
	}
	str_add_fmt(out, "%s %s", walk_stage(w)->id, states[w->state]);
}

/* In every order in which the entries may come. */
static void
stands(struct walked *w, const char *wanted)
{
	for (uint64_t seed = 0; seed < 30; seed++) {
		struct casefile c;
		struct walk k;
		struct str out;
		struct err e;

		walked_case(w, seed, &c);
		assert_int_equal(walk_of(&c, w->in, &k, &e), RC_OK);
		str_init(&out);
		tell(&k, &out);
		assert_string_equal(out.s, wanted);
		str_release(&out);
		walk_release(&k);
		casefile_release(&c);
	}
}

#define ATTEMPT(stage, round, answers) "{\"answers\":{" answers "}," \
	"\"level\":\"high\",\"round\":" round ",\"stage\":\"" stage "\"," \
	"\"started\":\"2026-11-22T10:00:00Z\"}"
#define LOOKBACK(stage, round, choice) "{\"choice\":\"" choice "\"," \
	"\"round\":" round ",\"stage\":\"" stage "\"}"
#define B1 "\"B1\":\"present\""

static void
begins_with_an_invented_name(void **state)
{
	struct walked *w = *state;
	const struct walk *k = walked_walk(w);

	assert_string_equal(w->c.name, "A. B. (case study)");
	assert_string_equal(w->c.reference, "a-study-1");
	assert_int_equal(json_integer_value(json_object_get(
	    w->c.identity->body, "age_about")), 12);
	assert_string_equal(record_text(w->c.identity, "sex"), "M");
	assert_string_equal(k->sitting, "Autumn");
	assert_int_equal(k->mode, WALK_ALONE);
	assert_int_equal(k->part, WALK_BY_ITSELF);
	stands(w, "one answer");
}

static void
levels_are_worked_out_anew(void **state)
{
	struct walked *w = *state;

	/* The body says "high" for one sign, and for none. */
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("one", "1", B1));
	stands(w, "one/1:some one model");
	(void)walked_write(w, WALKED_ME, "attempt", ATTEMPT("one", "2", ""));
	stands(w, "one/1:some one/2:insufficient one model");
}

static void
steps_out_of_turn_do_not_count(void **state)
{
	struct walked *w = *state;
	static const char *const early[] = {
		ATTEMPT("two", "1", B1), ATTEMPT("one", "2", B1),
		ATTEMPT("one", "0", B1), ATTEMPT("one", "3", B1),
		ATTEMPT("one", "9223372036854775807", B1),
		ATTEMPT("nowhere", "1", B1)
	};

	for (size_t i = 0; i < COUNT(early); i++)
		(void)walked_write(w, WALKED_ME, "attempt", early[i]);
	(void)walked_write(w, WALKED_ME, "lookback",
	    LOOKBACK("one", "1", "ask"));
	stands(w, "one answer");
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("one", "1", B1));
	(void)walked_write(w, WALKED_ME, "attempt", ATTEMPT("one", "1", ""));
	(void)walked_write(w, WALKED_ME, "lookback",
	    LOOKBACK("one", "2", "ask"));
	(void)walked_write(w, WALKED_ME, "lookback",
	    LOOKBACK("one", "1", "nothing"));
	(void)walked_write(w, WALKED_ME, "lookback",
	    "{\"round\":1,\"stage\":\"one\"}");
	stands(w, "one/1:some one model");
	(void)walked_write(w, WALKED_ME, "lookback",
	    LOOKBACK("one", "1", "wait"));
	(void)walked_write(w, WALKED_ME, "lookback",
	    LOOKBACK("one", "1", "ask"));
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("one", "2", B1));
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("two", "1", B1));
	stands(w, "one/1:some one>wait three answer");
}

static void
an_end_is_an_end(void **state)
{
	struct walked *w = *state;

	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("one", "1", B1));
	(void)walked_write(w, WALKED_ME, "lookback",
	    LOOKBACK("one", "1", "wait"));
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("three", "1", ""));
	(void)walked_write(w, WALKED_ME, "lookback",
	    LOOKBACK("three", "1", "whatever"));
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("three", "2", B1));
	stands(w, "one/1:some three/1:insufficient one>wait three>- "
	    "three end");
}

static void
nobody_answers_for_the_learner(void **state)
{
	struct walked *w = *state;

	(void)walked_write(w, 2, "attempt", ATTEMPT("one", "1", B1));
	(void)walked_write(w, 2, "reveal",
	    "{\"round\":1,\"stage\":\"one\"}");
	stands(w, "one answer");
	(void)walked_write(w, WALKED_ME, "attempt", ATTEMPT("one", "1", ""));
	(void)walked_write(w, 2, "lookback", LOOKBACK("one", "1", "ask"));
	stands(w, "one/1:insufficient one model");
}

/* The model was shown; then the clock is put back and all is "known". */
static void
a_clock_put_back_changes_no_answer(void **state)
{
	struct walked *w = *state;

	(void)walked_write(w, WALKED_ME, "attempt", ATTEMPT("one", "1", ""));
	w->now = WALKED_BASE - 86400000;
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("one", "1", B1));
	stands(w, "one/1:insufficient one model");
}

static void
a_strike_takes_no_answer_back(void **state)
{
	struct walked *w = *state;
	char hex[2 * ENTRY_ID_LEN + 1];
	struct entry_id id;
	struct str body;

	id = walked_write(w, WALKED_ME, "attempt", ATTEMPT("one", "1", ""));
	hex_format(id.b, ENTRY_ID_LEN, hex);
	str_init(&body);
	str_add_fmt(&body, "{\"reason\":\"better\",\"target\":\"%s\"}", hex);
	(void)walked_write(w, WALKED_ME, "strike", body.s);
	str_release(&body);
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("one", "1", B1));
	stands(w, "one/1:insufficient one model");
}

static void
a_group_is_led_by_its_facilitators(void **state)
{
	struct instrument *in = instrument_of_text(checklist);
	struct walked w;

	(void)state;
	walked_init(&w, in, story, WALK_GROUP);
	stands(&w, "one answer");
	(void)walked_write(&w, 2, "reveal",
	    "{\"round\":7,\"stage\":\"one\"}");
	(void)walked_write(&w, 2, "reveal",
	    "{\"round\":1,\"stage\":\"two\"}");
	stands(&w, "one answer");
	(void)walked_write(&w, 2, "reveal",
	    "{\"round\":1,\"stage\":\"one\"}");
	stands(&w, "one model");
	(void)walked_write(&w, WALKED_ME, "lookback",
	    LOOKBACK("one", "2", "ask"));
	stands(&w, "one>ask two answer");
	walked_release(&w);
	instrument_free(in);
}

/* ---- what an attempt holds ---- */

static void
what_makes_no_sense_is_passed_over(void **state)
{
	struct walked *w = *state;
	const struct walk_attempt *a;

	(void)walked_write(w, 2, "note", "{\"facts\":\"not theirs\"}");
	(void)walked_write(w, WALKED_ME, "attempt",
	    "{\"answers\":{\"b1\":\"present\",\"B1\":\"not known\","
	    "\"Z9\":\"present\",\"B2\":\"Absent\"},\"changes\":["
	    "{\"at\":\"2026-11-22T10:00:01Z\",\"item\":\"B2\","
	    "\"state\":\"absent\"},"
	    "{\"at\":\"2026-11-22T10:00:01Z\",\"item\":\"B9\","
	    "\"state\":\"absent\"},"
	    "{\"at\":\"2026-11-22T10:00:01Z\",\"item\":\"B2\","
	    "\"state\":\"perhaps\"},"
	    "{\"at\":\"soon\",\"item\":\"B2\",\"state\":\"absent\"},"
	    "{\"at\":7,\"item\":[],\"state\":{}},{},"
	    "{\"at\":\"2026-11-22T10:00:01Z\",\"item\":\"B2\","
	    "\"state\":\"absent\"}],\"judgement\":\"dire\","
	    "\"level\":\"moon\",\"note\":[\"abc\",\""
	    "00000000000000000000000000000000000000000000000000000000000000"
	    "00\"],\"round\":1,\"stage\":\"one\","
	    "\"started\":\"2199-01-01T00:00:00Z\"}");
	a = walk_attempt_at(walked_walk(w), 0, 1);
	assert_non_null(a);
	assert_int_equal(answers_get(&a->answers, item_of(w->in, "B1")),
	    ANSWER_PRESENT);
	assert_int_equal(answers_get(&a->answers, item_of(w->in, "B2")),
	    ANSWER_ABSENT);
	assert_int_equal(answers_get(&a->answers, item_of(w->in, "B3")),
	    ANSWER_NOT_ASKED);
	assert_int_equal(a->nchanges, 2);
	assert_int_equal(a->nnotes, 0);
	assert_int_equal(a->judgement, NO_ITEM);
	assert_int_equal(a->level, screen_level_from_id(w->in, "some"));
	assert_true(a->started == a->committed);
}

static void
an_attempt_is_read_as_it_was_written(void **state)
{
	struct walked *w = *state;
	struct answers all = walked_all(w->in, ANSWER_SUSPECTED);
	struct walk_change changes[2500];
	struct walk_commit commit = { .round = 1, .answers = &all,
	    .started = WALKED_BASE, .changes = changes,
	    .nchanges = COUNT(changes), .judgement = 0, .why = "He said so" };
	const struct walk_attempt *a;
	struct entry_id note[2];

	for (size_t i = 0; i < COUNT(changes); i++)
		changes[i] = (struct walk_change){ WALKED_BASE +
		    (int64_t)i * 1000, (unsigned)(i % 3), ANSWER_ABSENT };
	note[0] = note[1] = walked_write(w, WALKED_ME, "note",
	    "{\"facts\":\"tired\"}");
	commit.notes = note;
	commit.nnotes = 2;
	(void)walked_add(w, WALKED_ME,
	    walk_attempt_draft(walked_walk(w), &commit));
	a = walk_attempt_at(walked_walk(w), 0, 1);
	assert_non_null(a);
	assert_int_equal(a->nnotes, 1);
	assert_string_equal(record_text(a->notes[0], "facts"), "tired");
	assert_int_equal(a->nchanges, 2000);
	for (size_t i = 0; i < a->nchanges; i++)
		assert_memory_equal(&a->changes[i], &changes[500 + i],
		    sizeof(changes[0]));
	assert_int_equal(a->judgement, 0);
	assert_string_equal(a->why, "He said so");
	assert_true(a->started == WALKED_BASE);
	assert_true(a->committed > a->started);
}

/* What the learner's own chain holds since the attempt before. */
static void
notes_signed_with_an_attempt_are_its_own(void **state)
{
	struct walked *w = *state;
	char hex[2 * ENTRY_ID_LEN + 1];
	const struct walk *k;
	struct entry_id id;
	struct str body;

	str_init(&body);
	(void)walked_write(w, WALKED_ME, "note", "{\"facts\":\"first\"}");
	id = walked_write(w, WALKED_ME, "note", "{\"facts\":\"struck\"}");
	hex_format(id.b, ENTRY_ID_LEN, hex);
	str_add_fmt(&body, "{\"reason\":\"r\",\"target\":\"%s\"}", hex);
	(void)walked_write(w, WALKED_ME, "strike", body.s);
	(void)walked_write(w, 2, "note", "{\"facts\":\"another's\"}");
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("one", "1", B1));
	id = walked_write(w, WALKED_ME, "note", "{\"facts\":\"second\"}");
	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("one", "2", B1));
	/* Too late: the model has been seen. */
	str_clear(&body);
	hex_format(id.b, ENTRY_ID_LEN, hex);
	str_add_fmt(&body, "{\"reason\":\"r\",\"target\":\"%s\"}", hex);
	(void)walked_write(w, WALKED_ME, "strike", body.s);
	(void)walked_write(w, WALKED_ME, "note", "{\"facts\":\"after\"}");
	k = walked_walk(w);
	assert_int_equal(k->nattempts, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(k->attempts[i].nnotes, 1);
		assert_string_equal(record_text(k->attempts[i].notes[0],
		    "facts"), i == 0 ? "first" : "second");
	}
	str_release(&body);
}

static void
points_are_those_of_the_stage(void **state)
{
	struct walked *w = *state;
	const struct walk *k;
	struct str out;

	(void)walked_write(w, WALKED_ME, "attempt",
	    ATTEMPT("one", "1", B1));
	(void)walked_write(w, WALKED_ME, "lookback",
	    "{\"choice\":\"wait\",\"points\":["
	    "{\"point\":\"since when\",\"state\":\"partly\"},"
	    "{\"point\":\"words\",\"state\":\"named\"},"
	    "{\"point\":\"the sign\",\"state\":\"gladly\"},"
	    "{\"point\":7},{}],\"round\":1,\"stage\":\"one\"}");
	k = walked_walk(w);
	assert_int_equal(k->nlookbacks, 1);
	assert_int_equal(k->lookbacks[0].points[0], POINT_MISSING);
	assert_int_equal(k->lookbacks[0].points[1], POINT_PARTLY);
	str_init(&out);
	walk_disclosed(k, 0, &out);
	assert_string_equal(out.s, "");
	walk_disclosed(k, 1, &out);
	assert_string_equal(out.s, "more");
	walk_disclosed(k, 2, &out);
	walk_disclosed(k, 40, &out);
	assert_string_equal(out.s, "more");
	str_release(&out);
}

/* Two signs within 30 days are high. */
static void
a_sign_is_dated_since_it_was_first_seen(void **state)
{
	struct walked *w = *state;
	struct answers a = walked_all(w->in, ANSWER_NOT_KNOWN);

	/* B2 and B3 on 2 January; B3 still on the 20th; both in March. */
	answers_set(&a, item_of(w->in, "B2"), ANSWER_PRESENT);
	answers_set(&a, item_of(w->in, "B3"), ANSWER_PRESENT);
	(void)walked_attempt(w, &a);
	walked_lookback(w, 0);
	answers_set(&a, item_of(w->in, "B2"), ANSWER_NOT_KNOWN);
	(void)walked_attempt(w, &a);
	walked_lookback(w, STUDY_END);
	answers_set(&a, item_of(w->in, "B2"), ANSWER_PRESENT);
	(void)walked_attempt(w, &a);
	stands(w, "one/1:high two/1:some three/1:some one>ask two>- "
	    "three model");
}

/* The model has B1 as of June, so it makes no two of one month. */
static void
a_sign_of_the_models_is_dated_as_the_models(void **state)
{
	struct walked *w = *state;
	struct answers a = walked_all(w->in, ANSWER_NOT_KNOWN);

	answers_set(&a, item_of(w->in, "B1"), ANSWER_PRESENT);
	answers_set(&a, item_of(w->in, "B2"), ANSWER_PRESENT);
	(void)walked_attempt(w, &a);
	stands(w, "one/1:some one model");
}

static void
matches_are_sorted_by_what_matters(void **state)
{
	static const struct {
		const char *answers, *wanted;
		bool same;
	} rows[] = {
		/* The model at two: B1 present, B2 suspected, high by hand. */
		{ "", "B1=missed B2=missed ", false },
		{ "\"B1\":\"suspected\",\"B3\":\"suspected\"",
		    "B2=missed B1=seen, less sure B3=more than was known ",
		    false },
		{ "\"B1\":\"present\",\"B2\":\"present\",\"B3\":\"absent\"",
		    "B2=more than was known B3=otherwise B1=as the model ",
		    false },
		{ "\"B1\":\"absent\",\"B2\":\"suspected\","
		    "\"B3\":\"not known\"", "B1=missed B2=as the model ",
		    false },
		{ "\"B1\":\"present\",\"B2\":\"suspected\"},"
		    "\"judgement\":\"high\",\"x\":{",
		    "B1=as the model B2=as the model ", true },
	};
	struct instrument *in = instrument_of_text(checklist);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct walked w;
		struct walk_model m;
		struct str body, out;
		const struct walk *k;

		str_init(&body);
		str_init(&out);
		walked_init(&w, in, story, WALK_ALONE);
		(void)walked_write(&w, WALKED_ME, "attempt",
		    ATTEMPT("one", "1", B1));
		(void)walked_write(&w, WALKED_ME, "lookback",
		    LOOKBACK("one", "1", "ask"));
		str_add_fmt(&body, "{\"answers\":{%s},\"level\":\"high\","
		    "\"round\":1,\"stage\":\"two\","
		    "\"started\":\"2026-11-22T10:00:00Z\"}", rows[i].answers);
		(void)walked_write(&w, WALKED_ME, "attempt", body.s);
		k = walked_walk(&w);
		assert_int_equal(k->nattempts, 2);
		walk_model_of(k, 1, &k->attempts[1], &m);
		for (size_t j = 0; j < m.nitems; j++)
			str_add_fmt(&out, "%s=%s ",
			    in->items[m.items[j].item].id,
			    walk_match_words(m.items[j].match));
		assert_string_equal(out.s, rows[i].wanted);
		assert_int_equal(m.level_same, rows[i].same);
		assert_int_equal(m.level, 0);
		assert_int_equal(m.answers.age, 13);
		walk_model_release(&m);
		walked_release(&w);
		str_release(&body);
		str_release(&out);
	}
	instrument_free(in);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(begins_with_an_invented_name),
		EACH(levels_are_worked_out_anew),
		EACH(steps_out_of_turn_do_not_count),
		EACH(an_end_is_an_end),
		EACH(nobody_answers_for_the_learner),
		EACH(a_clock_put_back_changes_no_answer),
		EACH(a_strike_takes_no_answer_back),
		cmocka_unit_test(a_group_is_led_by_its_facilitators),
		EACH(what_makes_no_sense_is_passed_over),
		EACH(an_attempt_is_read_as_it_was_written),
		EACH(notes_signed_with_an_attempt_are_its_own),
		EACH(points_are_those_of_the_stage),
		EACH(a_sign_is_dated_since_it_was_first_seen),
		EACH(a_sign_of_the_models_is_dated_as_the_models),
		cmocka_unit_test(matches_are_sorted_by_what_matters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
